"""Unfinished forms are found again, gone on with, and thrown away only on purpose."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from models import timeline
from models.participants import participants
from models.storage import drafts
from screens.everywhere.drafts import DraftsScreen
from screens.frame.case import Case
from tests.models.case_sample import note_now

Staged = Callable[[Any], Any]


@pytest.fixture
def person(case: Case) -> int:
    return case.store.change_now(participants.add, {"given_name": "Åse", "family_name": "Sæthre"})


@pytest.fixture
def entry(case: Case, person: int) -> int:
    entry = case.store.change_now(timeline.record, person, {"kind": "phone", "text": "Før"})
    keep = partial(note_now, case.store)
    keep(drafts.keep, "correction", entry, {"text": "Rettet tekst", "_version": "1"})
    keep(drafts.keep, "participant", 0, {"given_name": "Ola"})
    keep(drafts.keep, "participant", person, {"unit": "Avdeling B", "_version": "1"})
    keep(drafts.keep, "phase", person, {"reason": "Klar for neste"})
    keep(drafts.keep, "record", person, {"kind": "phone", "text": "Midt i\nen setning"})
    return entry


async def test_each_form_is_listed_with_whom_it_is_about(case: Case, stage: Staged, entry: int) -> None:
    assert len(await case.store.ask(drafts.kept)) == 5
    app = stage(DraftsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "5 unfinished forms" in text
        for shown in ("New entry", "Correction", "Begin a phase", "Åse Sæthre", "Ola", "Midt i"):
            assert shown in text
        await pilot.press("p")
        await pilot.pause()
        assert "Åse" not in app.text()
        assert "Midt i" not in app.text()
        assert "EX-001" in app.text()


async def test_throwing_away_takes_two_keys(case: Case, stage: Staged, entry: int) -> None:
    app = stage(DraftsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2")
        assert "Mark a form with d first." in app.text()
        await pilot.press("d")
        assert "Throw away?" in app.text()
        await pilot.press("down", "f2")
        await pilot.pause()
        assert len(await case.store.ask(drafts.kept)) == 5, "moving on keeps it"
        await pilot.press("d", "d", "f2")
        await pilot.pause()
        assert len(await case.store.ask(drafts.kept)) == 5, "the same key again takes the mark back"
        await pilot.press("d", "f2")
        await pilot.pause()
        assert len(await case.store.ask(drafts.kept)) == 4
        assert "was thrown away" in app.text()


async def test_a_form_about_something_that_is_gone_can_only_be_thrown_away(case: Case, stage: Staged) -> None:
    note_now(case.store, drafts.keep, "record", 999, {"text": "x"})
    note_now(case.store, drafts.keep, "correction", 999, {"text": "x"})
    app = stage(DraftsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "(no longer here)" in app.text()
        await pilot.press("enter")
        assert "only be thrown away" in app.text()
        assert app.asked == []
        await pilot.press("d", "f2", "d", "f2")
        await pilot.pause()
        assert await case.store.ask(drafts.kept) == []
        assert "Every form is finished." in app.text()


async def test_hostile_text_is_only_text(case: Case, stage: Staged, person: int) -> None:
    hostile = "\x1b[2J\x07[@click=app.quit]x[/] \u202e" + "日本👍🏽" * 40
    note_now(case.store, drafts.keep, "record", person, {"text": hostile})
    note_now(case.store, drafts.keep, "participant", 0, {"given_name": hostile})
    app = stage(DraftsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "\x1b" not in app.text()
        assert "\u202e" not in app.text()


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
def test_it_looks_right(case: Case, stage: Staged, entry: int, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(stage(DraftsScreen(case)), terminal_size=size, press=["d"])


def test_nothing_unfinished_looks_right(case: Case, stage: Staged, snap_compare: Any) -> None:
    assert snap_compare(stage(DraftsScreen(case)), terminal_size=(80, 24))
