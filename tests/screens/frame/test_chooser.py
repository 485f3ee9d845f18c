"""Choosing one line or several, by mark and by letter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual import events

from screens.frame.case import Case
from screens.frame.chooser import ChooserScreen, Option

KINDS = (
    Option("phone", "Phone", "p", "10 minutes"),
    Option("visit", "Visit", "j"),
    Option("note", "Note", "", "nothing is sent"),
)

Staged = Callable[[Any], Any]


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["enter"], "phone"),
        (["down", "enter"], "visit"),
        (["k", "down", "down", "down", "enter"], "note"),
        (["end", "home", "enter"], "phone"),
        (["p"], "phone"),
        (["escape"], None),
        (["q"], None),
    ],
)
async def test_one_is_chosen(case: Case, stage: Staged, keys: list[str], answer: str | None) -> None:
    app = stage(ChooserScreen(case, "Kind", KINDS))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert app.answers == [answer]


async def test_an_options_letter_wins_over_the_lists(case: Case, stage: Staged) -> None:
    app = stage(ChooserScreen(case, "Kind", KINDS))
    async with app.run_test() as pilot:
        await pilot.press("j")
        assert app.answers == ["visit"]
        assert case.private is False
        await pilot.press("p")


async def test_several_are_marked_and_taken_in_the_order_of_the_options(case: Case, stage: Staged) -> None:
    app = stage(ChooserScreen(case, "Kinds", KINDS, multiple=True, chosen=["note", "gone"]))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "[ ] Phone" in app.text()
        assert "[x] Note" in app.text()
        # The mark begins on what is chosen already; letters move it, since nothing is chosen at once here.
        await pilot.press("k", "space")
        assert "[x] Visit" in app.text()
        await pilot.press("enter")
        assert app.answers == [("visit", "note")]


async def test_taking_every_mark_away_is_an_answer(case: Case, stage: Staged) -> None:
    app = stage(ChooserScreen(case, "Kinds", KINDS, multiple=True, chosen=["phone"]))
    async with app.run_test() as pilot:
        await pilot.press("space", "enter")
        assert app.answers == [()]


async def test_nothing_to_choose_is_said(case: Case, stage: Staged) -> None:
    app = stage(ChooserScreen(case, "Colleague", ()))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "There is nothing to choose from." in app.text()
        await pilot.press("enter")
        assert app.answers == []
        await pilot.press("escape")
        assert app.answers == [None]


async def test_other_screens_wait_until_it_is_answered(case: Case, stage: Staged) -> None:
    app = stage(ChooserScreen(case, "Kind", KINDS[1:]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("u")
        assert "Close this first." in app.text()
        await pilot.press("slash", "comma")
        assert app.asked == []


async def test_a_long_list_is_scrolled_by_page(case: Case, stage: Staged) -> None:
    many = [Option(str(number), f"Office {number}") for number in range(500)]
    app = stage(ChooserScreen(case, "Office", many))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("pagedown", "home", "pagedown", "end", "up", "enter")
        assert app.answers == ["498"]


COLLEAGUES = [
    Option("1", "Kari Nordmann", hint="KN"), Option("2", "Ola Berg-Åsen", hint="OB"), Option("3", "Olav Quist"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        ([*"ola", "enter"], "2"),
        ([*"ola", "down", "enter"], "3"),
        ([*"aas", "enter"], "2"),
        (["O", "B", "enter"], "2"),
        ([*"qui", "enter"], "3"),
        ([*"ola", "space", *"ber", "enter"], "2"),
        ([*"kjg", "backspace", "backspace", "enter"], "1"),
        ([*"zz", "enter", "backspace", "backspace", "enter"], "1"),
        (["down", *"kar", "escape", "enter"], "1"),
        ([*"qui", "escape", "up", "enter"], "2"),
        (["q", "escape", "escape"], None),
        (["f4"], None),
        (["escape"], None),
    ],
)
async def test_typing_narrows_and_no_letter_is_a_key(
    case: Case, stage: Staged, keys: list[str], answer: str | None
) -> None:
    app = stage(ChooserScreen(case, "Colleague", COLLEAGUES))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        assert app.answers == [answer]
        assert app.asked == []


async def test_what_fits_nothing_says_so_and_chooses_nothing(case: Case, stage: Staged) -> None:
    app = stage(ChooserScreen(case, "Colleague", COLLEAGUES, chosen=["3"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"xy", "enter")
        assert "Nothing here begins so. Esc shows all." in app.text()
        assert "0 of 3" in app.text()
        assert app.answers == []
        await pilot.press("escape")
        assert "Olav Quist" in app.text()
        assert "of 3" not in app.text()
        assert app.screen.moving.row.value == "3", "where it stood"


async def test_where_several_are_chosen_space_marks_while_one_types(case: Case, stage: Staged) -> None:
    app = stage(ChooserScreen(case, "Present?", COLLEAGUES, multiple=True, chosen=["1"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"quis", "space")
        assert "[x] Olav Quist" in app.text()
        assert "Berg-Åsen" not in app.text()
        await pilot.press("escape", "home", "enter")
        assert app.answers == [("1", "3")], "what is marked stays so, in sight or not"


async def test_a_number_of_a_line_chooses_it_and_a_letter_narrows(case: Case, stage: Staged) -> None:
    kinds = [Option("daily", "Stand-up", "1"), Option("weekly", "Weekly", "2")]
    for keys, answer in ((["2"], "weekly"), ([*"week", "enter"], "weekly"), (["1"], "daily")):
        app = stage(ChooserScreen(case, "Which meeting?", kinds))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press(*keys)
            assert app.answers == [answer]


async def test_what_is_pasted_narrows_too(case: Case, stage: Staged) -> None:
    app = stage(ChooserScreen(case, "Colleague", COLLEAGUES))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.moving.post_message(events.Paste(" Olav\nQuist "))
        await pilot.pause()
        await pilot.press("enter")
        assert app.answers == ["3"]


async def test_five_thousand_are_narrowed(case: Case, stage: Staged) -> None:
    many = [Option(str(number), f"Person Nr{number}", hint=f"EX-{number}") for number in range(5_000)]
    app = stage(ChooserScreen(case, "Whom?", many, chosen=["4000"]))
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.screen.moving.row.value == "4000"
        await pilot.press(*"nr4321")
        assert app.screen.moving.count == 1
        await pilot.press("escape")
        assert app.screen.moving.row.value == "4321", "it stays on whom was found"
        await pilot.press("enter")
        assert app.answers == ["4321"]


async def test_what_looks_like_markup_is_text(case: Case, stage: Staged) -> None:
    odd = Option("x", "[@click=app.quit]go[/] [red")
    app = stage(ChooserScreen(case, "[bold]Kind", [odd]))
    async with app.run_test(size=(80, 24)):
        assert "[@click=app.quit]go[/] [red" in app.text()
        assert "[bold]Kind" in app.text()


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize("multiple", [False, True], ids=["one", "several"])
def test_it_looks_right(case: Case, stage: Staged, snap_compare: Any, size: tuple[int, int], multiple: bool) -> None:
    app = stage(ChooserScreen(case, "What happened?", KINDS, multiple=multiple, chosen=["visit"]))
    assert snap_compare(app, terminal_size=size)
