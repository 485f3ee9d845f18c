"""Help is made from the registry: what the screen is for, its keys, those from everywhere, the signs, the dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest

from config import words
from config.dates import parse_date, parse_moment, parse_written
from config.keymap import build, written
from models.signals.sign import FAMILIES, LEGEND
from screens.everywhere.help import DATES, HelpScreen
from screens.everywhere.search import SearchScreen
from screens.frame.case import Case
from screens.frame.chooser import ChooserScreen, Option
from screens.frame.prompt import PromptScreen

Staged = Callable[[Any], Any]


def _lines(app: Any) -> list[tuple[str, ...]]:
    """Everything the help says, not only what is in sight."""
    return [line for _heading, lines in app.screen._parts(app.size.width - 2) for line in lines]


def _keys(app: Any) -> list[str]:
    return [key for first, *others in _lines(app) if others for key in first.split()]


def _whole(app: Any) -> str:
    return "\n".join("".join(line) for line in _lines(app))


async def test_it_says_what_the_screen_is_for_and_every_key_of_it(case: Case, stage: Staged) -> None:
    app = stage(SearchScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        text = app.text()
        assert "What this is for" in text
        assert "Write the beginnings of one or more words" in text
        whole = _whole(app)
        for action in case.keymap.actions("search"):
            assert action.label in whole, action.id
            for key in case.keymap.holding(action.id, "search"):
                assert written(key) in whole
        for family in FAMILIES.values():
            assert f"{family.tag}  {family.name}" in " ".join(whole.split(" "))
        flowing = " ".join(whole.split())
        for _family, meaning in LEGEND.values():
            assert f"– {meaning}" in flowing


async def test_every_line_can_be_reached_and_none_is_cut_at_80_columns(case: Case, stage: Staged) -> None:
    app = stage(HelpScreen(case, SearchScreen(case)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        seen = set()
        for _line in range(app.screen.moving.count):
            seen.update(app.text().splitlines())
            await pilot.press("j")
        assert not [line for line in seen if "…" in line]
        for _example, meaning in DATES:
            assert any(meaning[:20] in line for line in seen)


async def test_keys_of_ones_own_are_shown(case: Case, stage: Staged) -> None:
    case.keymap = build({"search.open": "f11"})
    app = stage(HelpScreen(case, SearchScreen(case)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert any(others and first.split() == ["F11"] for first, *others in _lines(app))


async def test_where_text_is_typed_only_keys_that_type_nothing_are_named(case: Case, stage: Staged) -> None:
    app = stage(HelpScreen(case, PromptScreen(case, "Date?", str)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        keys = _keys(app)
        assert "F1" in keys
        assert "?" not in keys


async def test_what_a_question_does_not_offer_is_not_in_its_help(case: Case, stage: Staged) -> None:
    app = stage(HelpScreen(case, ChooserScreen(case, "Which?", [Option("a", "A")])))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        whole = _whole(app)
        assert "Undo" not in whole
        assert "Space" not in _keys(app)


@pytest.mark.parametrize("key", ["escape", "q", "question_mark", "f1", "enter"])
async def test_it_closes(case: Case, stage: Staged, key: str) -> None:
    app = stage(HelpScreen(case, SearchScreen(case)))
    async with app.run_test() as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert app.answers == [None]


async def test_a_narrower_window_wraps_again(case: Case, stage: Staged) -> None:
    app = stage(HelpScreen(case, SearchScreen(case)))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        before = app.screen.moving.count
        await pilot.resize_terminal(60, 36)
        await pilot.pause()
        assert app.screen.moving.count > before
        assert "…" not in app.text()


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_dates_it_shows_can_be_typed(case: Case, language: str) -> None:
    words.use(language)
    for example, _meaning in DATES:
        parse_moment(words._(example), case.today, time(9))
    numbers = ("-3d", "+2w", "+1m", "+1y", "221126", "2026-11-22")
    said = ("yesterday", "Monday", "3 Dec", "week 48 Friday", "next Tuesday", "uke 48 fredag", "neste tirsdag")
    for example in (*said, *numbers):
        parse_date(example, case.today)
    for example in ("Friday at 2 pm", "14.30", "tomorrow 9", "kl 14 fredag", "i morgen 9"):
        assert parse_written(example, case.today, time(9)).timed


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
def test_it_looks_right(case: Case, stage: Staged, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(stage(HelpScreen(case, SearchScreen(case))), terminal_size=size)
