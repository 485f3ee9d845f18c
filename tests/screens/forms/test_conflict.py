"""Both versions are readable, field by field, whatever the columns hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models.participants.participants import LABELS
from models.storage.work import Conflict
from models.timeline import FIELDS
from screens.forms.conflict import ConflictScreen
from screens.frame.case import Case

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]


def record() -> Conflict:
    return Conflict(
        "participant",
        1,
        mine={"phone": "41111111", "release_date": "2027-02-01", "worker_id": 1, "unit": "B", "nav_state": "Alna"},
        theirs={"phone": "42222222", "stays": "family", "worker_id": None, "national_id": "01858310187", "unit": "B"},
        now=4,
        who="Ola Hansen",
    )


def entry(text: str) -> Conflict:
    theirs = {"text": "Deres", "at": 1795338000, "kind": "phone", "day": "2026-11-22"}
    return Conflict("entry", 1, mine={"text": text}, theirs=theirs, now=3, who="Ola Hansen")


@pytest.mark.parametrize("size", SIZES)
async def test_stored_values_are_written_as_people_write_them(case: Case, stage: Staged, size: tuple[int, int]) -> None:
    app = stage(ConflictScreen(case, record(), LABELS))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        text = app.text()
        for shown in (
            "411 11 111",
            "42222222",
            "01.02.2027",
            "Kari Nordmann",
            "With family",
            "018583*****",
            "Responsible",
        ):
            assert shown in text
        for hidden in ("01858310187", "2027-02-01", "worker_id", "Unit"):
            assert hidden not in text


async def test_moments_and_kinds_are_words_and_derived_columns_are_left_out(case: Case, stage: Staged) -> None:
    app = stage(ConflictScreen(case, entry("Mitt"), FIELDS))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert case.clock.local(1795338000).strftime("%d.%m.%Y %H:%M") in app.text()
        assert "Phone call" in app.text()
        assert "2026-11-22" not in app.text()


@pytest.mark.parametrize(
    ("table", "mine", "theirs", "shown", "hidden"),
    [
        ("contact", {"agency": "nav", "role": "nav_state"}, {"agency": "prison", "folded": "kari ila", "active": 0},
         ("Nav", "Correctional service", "State caseworker", "no"), ("nav_state", "kari ila")),
        ("application", {"outcome": "granted", "domain": "housing"}, {"agency": "nav", "sent": "2026-11-01"},
         ("Granted", "Housing", "Nav", "01.11.2026"), ("granted", "2026-11-01")),
        ("task", {"turn": "agency", "owner_id": 1}, {"repeats": "FREQ=WEEKLY;BYDAY=MO", "state": "done"},
         ("An agency", "Kari Nordmann", "every week"), ("FREQ", "owner_id")),
        ("spending", {"day": "2026-11-01", "amount": 12_550}, {"day": "2026-11-02", "purpose": "necessity"},
         ("01.11.2026", "02.11.2026", "125,50 kr", "Necessity"), ("12550", "2026-11")),
    ],
)  # fmt: skip
async def test_every_id_is_shown_by_its_name(
    case: Case, stage: Staged, table: str, mine: dict[str, Any], theirs: dict[str, Any], shown: tuple[str, ...],
    hidden: tuple[str, ...],
) -> None:  # fmt: skip
    labels = {"owner": "Who sees to it"}
    app = stage(ConflictScreen(case, Conflict(table, 1, mine, theirs, 3, "Ola Hansen"), labels))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        text = app.text()
        for each in shown:
            assert each in text
        for each in hidden:
            assert each not in text


async def test_what_a_form_calls_personal_is_hidden_with_the_names(case: Case, stage: Staged) -> None:
    case.private = True
    conflict = Conflict("involvement", 1, {"note": "Ringer Åse"}, {"note": "Ringer Bo", "role": "nav_state"}, 3, "Ola")
    app = stage(ConflictScreen(case, conflict, {"note": "Note"}, {"note"}))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Ringer" not in app.text()
        assert "State caseworker" in app.text()
        await pilot.press("f8")
        assert "Ringer Åse" in app.text()
        assert "Ringer Bo" in app.text()


def texts(mine: dict[str, Any], theirs: dict[str, Any]) -> Conflict:
    return Conflict("task", 1, mine, theirs, 3, "Ola Hansen")


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        ({"text": "Ring dem."}, {"text": "Skriv til dem."}, {"text": "Skriv til dem.\n\nKN 22.11.2026: Ring dem."}),
        # What one of them holds already stands once.
        ({"text": "Ring dem. I dag."}, {"text": "Ring dem."}, {"text": "Ring dem. I dag."}),
        ({"text": ""}, {"text": "Ring dem."}, {"text": "Ring dem."}),
        # What only one of them changed is not in dispute.
        ({"text": "Ring."}, {"text": "Skriv.", "due": "2026-11-30"}, {"text": "Skriv.\n\nKN 22.11.2026: Ring."}),
        ({"text": "Ring.", "due": "2026-11-30"}, {"text": "Skriv.", "due": "2026-12-01"}, {}),
        ({"turn": "agency"}, {"turn": "ours"}, {}),
    ],
)
async def test_of_texts_alone_both_can_stand(
    case: Case, stage: Staged, mine: dict[str, Any], theirs: dict[str, Any], both: dict[str, str]
) -> None:
    screen = ConflictScreen(case, texts(mine, theirs), {}, texts=("text",))
    app = stage(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert ("keeps both texts" in app.text()) == bool(both)
        await pilot.press("enter", "b")
        await pilot.pause()
        assert screen.both == both
        assert app.answers == (["both"] if both else [])
        assert both or "Only texts can stand" in app.text()


@pytest.mark.parametrize(("key", "answer"), [("m", "mine"), ("t", "theirs"), ("escape", None), ("q", None)])
async def test_a_key_answers(case: Case, stage: Staged, key: str, answer: str | None) -> None:
    app = stage(ConflictScreen(case, record(), LABELS))
    async with app.run_test(size=(80, 24)) as pilot:
        if key != "escape":
            await pilot.press(key)
            assert app.answers == []
            assert "press Enter" in app.text()
            # The first is the end of what was being typed.
            await pilot.press("enter", "enter")
        await pilot.press(key)
        await pilot.pause()
        assert app.answers == [answer]


async def test_long_text_is_read_by_scrolling(case: Case, stage: Staged) -> None:
    app = stage(ConflictScreen(case, entry("\n".join(f"linje {number}" for number in range(60))), FIELDS))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "linje 0" in app.text()
        assert "linje 59" not in app.text()
        await pilot.press("pagedown")
        assert "linje 0" not in app.text()
        await pilot.press("end")
        assert "linje 59" in app.text()
        await pilot.press("home", "down", "up")
        assert "linje 0" in app.text()


async def test_hidden_names_stay_hidden(case: Case, stage: Staged) -> None:
    case.private = True
    app = stage(ConflictScreen(case, record(), LABELS))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "411 11 111" not in app.text()
        assert "018583" not in app.text()
        await pilot.press("enter", "p")
        await pilot.pause()
        assert "411 11 111" in app.text()


async def test_hostile_text_is_only_text(case: Case, stage: Staged) -> None:
    app = stage(ConflictScreen(case, entry("\x1b[2J[@click=app.quit]x[/] [bold \u202e" + "👍🏽" * 50), FIELDS))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "\x1b" not in app.text()
        assert "[@click=app.quit]x[/]" in app.text()


@pytest.mark.parametrize("size", SIZES)
def test_it_looks_right(case: Case, stage: Staged, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(stage(ConflictScreen(case, record(), LABELS)), terminal_size=size)
