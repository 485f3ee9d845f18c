"""A signed sheet is noted once: Space marks whom it is for, one form says what it says, one undo takes it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from models.consents import consents
from models.consents.answer import held
from models.participants import participants
from models.storage import drafts, undo
from screens.consents.forms import SAME_SHEET_DAYS, GiveConsentForm, SheetForm
from screens.consents.matrix import ConsentsScreen
from screens.forms.draft_keeper import Whose
from screens.frame.case import Case

Staged = Callable[[Any], Any]
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


@pytest.fixture
def person(case: Case) -> int:
    return case.store.change_now(participants.add, {"given_name": "Arne", "family_name": "Prøve"})


def given(case: Case, person: int) -> list[tuple[str, date, str, str]]:
    return [(one.role, one.given, one.place, one.original_at) for one in case.store.ask_now(held, person)]


async def test_twelve_ticks_are_one_form(case: Case, stage: Staged, person: int) -> None:
    app = stage(ConsentsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        rows = [app.screen.moving.row_at(number) for number in range(4)]
        await pilot.press("space", "space", "space")
        assert "3 marked: n notes them as one sheet." in app.text()
        assert app.text().count("[x]") == 3
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(app.screen, SheetForm)
        app.screen.field("given").focus()
        await pilot.press(*"20.11.2026", "tab", "tab", *"Ila", "tab", "tab", *"Permen", "f2")
        await pilot.pause()
        assert "[x]" not in app.text()
    found = given(case, person)
    assert found == [(row.role, date(2026, 11, 20), "Ila", "Permen") for row in rows[:3]]
    case.store.change_now(undo.undo)
    assert given(case, person) == [], "one sheet, one undo"


async def test_marks_are_taken_away_one_by_one_and_by_esc(case: Case, stage: Staged, person: int) -> None:
    app = stage(ConsentsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("space", "space", "up", "space")
        assert app.text().count("[x]") == 1
        await pilot.press("escape")
        assert "[x]" not in app.text()
        assert app.answers == []
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(app.screen, GiveConsentForm), "nothing marked: one consent, as before"


async def test_an_agency_that_wants_a_name_is_not_marked_without_one(case: Case, stage: Staged, person: int) -> None:
    app = stage(ConsentsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        named = {agency.id for agency in case.programme.agencies if agency.named}
        rows = [app.screen.moving.row_at(number) for number in range(app.screen.moving.count)]
        app.screen.moving.go(next(number for number, row in enumerate(rows) if row.agency in named))
        await pilot.press("space")
        assert "names a person: n without marks gives it." in app.text()
        assert "[x]" not in app.text()


async def test_a_reader_marks_nothing(case: Case, stage: Staged, person: int) -> None:
    case.store.actor = replace(case.store.actor, role="reader")
    app = stage(ConsentsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        assert "read access only" in app.text()


@pytest.mark.parametrize("days", [SAME_SHEET_DAYS, SAME_SHEET_DAYS + 1])
async def test_what_was_entered_last_is_offered_for_the_next(case: Case, stage: Staged, person: int, days: int) -> None:
    before = {"given": TODAY - days * DAY, "place": "Ila", "original_at": "Permen"}
    case.store.change_now(consents.give, person, {"agency": "nav", "role": "nav_state", **before})
    for form in (GiveConsentForm(case, person), SheetForm(case, person, [("nav", "nav_municipal", "")])):
        app = stage(form)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            stands = [app.screen.field(key).written for key in ("given", "place", "original_at")]
            lately = days <= SAME_SHEET_DAYS
            day = before["given"] if lately else TODAY
            assert stands == [f"{day:%d.%m.%Y}", "Ila" if lately else "", "Permen" if lately else ""]


async def test_an_unfinished_sheet_remembers_for_whom(case: Case, stage: Staged, person: int) -> None:
    whom = [("nav", "nav_state", ""), ("private", "friend", "Åse Ø")]
    app = stage(SheetForm(case, person, whom))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.field("place").focus()
        await pilot.press(*"Ila", "escape")
    (kept,) = case.store.ask_now(drafts.kept)
    form: Any = SheetForm.DRAFTS[0].reopen(case, Whose(person, "", ""), kept)
    assert form.wanted == tuple(whom)
