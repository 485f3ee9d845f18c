"""A release before the sentence began, at every place that takes one: one sentence with both days, and nothing lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest

from models.participants import participants
from models.phase_outs import phase_outs
from models.phases import phases
from models.reviews import reviews
from models.reviews.brief import known_of
from models.store import Store
from screens.frame.case import Case
from screens.intake.forms import DecisionForm
from screens.participant.form import ParticipantForm
from screens.phases.list import BeginPhaseForm
from screens.reviews.screen import ReviewScreen
from tests.screens.reviews.review_case import answered

Staged = Callable[[Any], Any]
BEGAN, EARLY = date(2026, 11, 10), date(2026, 11, 5)
SAID = "A release on 05.11.2026 is before the sentence began, 10.11.2026."


def enter(store: Store, phase: int) -> int:
    """Somebody inside, in a phase since before their sentence began, as on remand."""
    values = {"given_name": "Åse", "stays": "in_prison", "sentence_start": BEGAN}
    return store.change_now(participants.add, values, date(2026, 10, 1), phase)


async def by_phase(app: Any, pilot: Any) -> None:
    await pilot.press("down", *"5.11.2026", "f2")


async def by_review(app: Any, pilot: Any) -> None:
    await pilot.press("f12", "home", *["down"] * 9, "enter", "tab", *"5.11.2026")
    app.screen.field("reason").put("Løslatt av retten")
    await pilot.press("f12", "end", "enter", "f2")


async def by_intake(app: Any, pilot: Any) -> None:
    await pilot.press("y", "down", "y", "down", "down", "4", "down", *"5.11.2026", "down", *"Haster", "f2")


def review_of(case: Case, person: int) -> ReviewScreen:
    review = case.store.change_now(reviews.begin, person, "3_4")
    answered(case.store, review)
    return ReviewScreen(case, case.store.ask_now(known_of, review))


PLACES: dict[str, tuple[int, Callable[[Case, int], Any], Callable[[Any, Any], Awaitable[None]], str]] = {
    "a phase": (3, BeginPhaseForm, by_phase, "began"),
    "a review's decision": (3, review_of, by_review, "effective"),
    "an intake's decision": (1, DecisionForm, by_intake, "decided"),
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
async def test_it_is_refused_with_both_days_and_what_was_written_stays(
    case: Case, stage: Staged, place: tuple[int, Callable[..., Any], Callable[..., Awaitable[None]], str]
) -> None:
    phase, form, fill, field = place
    person = enter(case.store, phase)
    app = stage(form(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(app, pilot)
        await pilot.pause()
        assert SAID in " ".join(app.text().split())
        assert app.answers == []
        assert app.screen.field(field).read() == EARLY
    assert [span.phase for span in case.store.ask_now(phases.of, person)] == [phase]
    assert case.store.ask_now(participants.file_of, person).values["release_date"] is None


async def test_in_the_record_either_day_may_be_wrong_so_it_is_said_and_saved(case: Case, stage: Staged) -> None:
    person = enter(case.store, 3)
    app = stage(ParticipantForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.screen.field("release_date").put("05.11.2026")
        await pilot.pause()
        assert "The release date is before the sentence starts." in " ".join(app.text().split())
        await pilot.press("f2")
        await pilot.pause()
        assert app.answers == [person]
    assert case.store.ask_now(participants.file_of, person).values["release_date"] == EARLY


@pytest.mark.parametrize("phase", [2, 4])
def test_a_return_takes_no_day_of_release(case: Case, phase: int) -> None:
    store = case.store
    person = enter(store, 3)
    leaving = store.change_now(phase_outs.begin, person, "drop_out", began=date(2026, 10, 20))
    store.change_now(phase_outs.close, leaving, 1, "Ikke nådd", "x", day=date(2026, 10, 20))
    store.change_now(phase_outs.come_back, leaving, None, EARLY, phase)
    assert [span.phase for span in store.ask_now(phases.lasting, person)] == [phase]
    assert store.ask_now(participants.file_of, person).values["release_date"] is None
