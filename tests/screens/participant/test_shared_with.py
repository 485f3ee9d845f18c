"""An entry that says what was shared as well: one form, one change, one undo, and a ground where nothing covers it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models import timeline
from models.consents import consents, disclosures
from models.consents.disclosures import Shared
from models.contacts import network, people
from models.participants import participants
from models.storage import drafts, undo
from models.timeline import TimelineEntry, TimelineQuery
from screens.frame.case import Case
from screens.participant.record_form import RecordForm, begun
from screens.participant.shared_with import WITH

Staged = Callable[[Any], Any]


@pytest.fixture
def person(case: Case) -> int:
    change = case.store.change_now
    number = change(participants.add, {"given_name": "Åse", "family_name": "Sæthre"})
    contact = change(people.add, {"name": "Tor Moe", "agency": "nav", "role": "nav_state"})
    change(network.involve, number, contact)
    return number


def shared(case: Case, person: int) -> tuple[Shared, ...]:
    return case.store.ask_now(disclosures.of, person)


def entries(case: Case, person: int) -> list[TimelineEntry]:
    found = case.store.ask_now(timeline.page, TimelineQuery(person), 0, 50)
    return [entry for entry in found if not case.programme.kind(entry.kind).system]


def words_on(app: Any) -> str:
    return " ".join(app.text().split())


async def choose_whom(pilot: Any, app: Any) -> None:
    app.screen.set_focus(app.screen.field(WITH))
    await pilot.press("right")


async def test_what_is_covered_is_shared_and_recorded_as_one(case: Case, stage: Staged, person: int) -> None:
    given = {"agency": "nav", "role": "nav_state", "given": case.today}
    case.store.change_now(consents.give, person, given)
    app = stage(begun(case, person, "phone"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Ringte Nav.")
        await choose_whom(pilot, app)
        assert "Covered: " in words_on(app)
        assert not app.screen.field("shared_ground").display
        await pilot.press("tab", *"Adressen", "f2")
        [entry] = entries(case, person)
        assert app.answers == [entry.id]
        [one] = shared(case, person)
        assert (one.agency, one.role, one.person, one.what) == ("nav", "nav_state", "Tor Moe", "Adressen")
        assert (one.day, one.flagged, one.contact) == (case.today, False, 1)
        assert case.store.ask_now(drafts.kept) == []
        case.store.change_now(undo.undo)
        assert entries(case, person) == []
        assert shared(case, person) == ()


async def test_without_a_consent_its_ground_is_demanded_and_nothing_is_half_saved(
    case: Case, stage: Staged, person: int
) -> None:
    app = stage(begun(case, person, "phone"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Ringte Nav.")
        await choose_whom(pilot, app)
        assert "NOT covered: " in words_on(app)
        await pilot.press("f2")
        assert "What: say what was shared." in words_on(app)
        assert entries(case, person) == []
        await pilot.press(*"Adressen", "f2")
        assert "Ground: no consent covers this" in words_on(app)
        assert (entries(case, person), shared(case, person)) == ([], ())
        await pilot.press("left")
        assert app.screen.field("shared_own_words").display, "the last ground asks for words of one's own"
        await pilot.press("f2")
        assert "another ground needs your own words" in words_on(app)
        await pilot.press(*"Fare for liv", "f2")
        [one] = shared(case, person)
        assert (one.flagged, one.ground) == (True, "Fare for liv")
        assert len(entries(case, person)) == 1


async def test_whoever_is_chosen_no_more_is_not_shared_with(case: Case, stage: Staged, person: int) -> None:
    app = stage(begun(case, person, "phone"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Ringte.")
        await choose_whom(pilot, app)
        await pilot.press("tab", *"Adressen", "shift+tab", "right", "f2")
    assert len(entries(case, person)) == 1
    assert shared(case, person) == ()


async def test_it_is_left_unfinished_and_gone_on_with(case: Case, stage: Staged, person: int) -> None:
    app = stage(begun(case, person, "phone"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Ringte.")
        await choose_whom(pilot, app)
        await pilot.press("tab", *"Adressen", "escape")
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "NOT covered: " in words_on(app)
        assert app.screen.field("shared_what").written == "Adressen"
        assert app.screen.field("shared_ground").display


async def test_with_names_hidden_nobody_is_named(case: Case, stage: Staged, person: int) -> None:
    app = stage(begun(case, person, "phone"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await choose_whom(pilot, app)
        assert "Tor Moe (" in app.text()
        await pilot.press("f8")
        assert "Tor" not in app.text()


async def test_it_is_not_asked_where_nobody_is_around_nor_in_a_correction(
    case: Case, stage: Staged, person: int
) -> None:
    alone = case.store.change_now(participants.add, {"given_name": "Bo"})
    app = stage(begun(case, alone, "phone"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Shared with" not in app.text()
    entry = case.store.change_now(timeline.record, person, {"kind": "phone", "text": "Før"})
    app = stage(RecordForm(case, person, entry=entry))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Shared with" not in app.text()


@pytest.mark.parametrize(("kind", "stays", "phase", "place"), [
    ("visit_progress", "", 2, "Ullersmo"), ("visit_progress", "in_prison", 3, "Ullersmo"),
    ("phone", "", 2, ""), ("visit_progress", "own_home", 2, ""), ("visit_progress", "", 4, ""),
])  # fmt: skip
async def test_a_visit_to_somebody_inside_is_in_their_prison(
    case: Case, stage: Staged, kind: str, stays: str, phase: int, place: str
) -> None:
    values = {"given_name": "Bo", "prison": "Ullersmo", "stays": stays}
    number = case.store.change_now(participants.add, values, None, phase)
    app = stage(begun(case, number, kind))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.screen.field("place").written == place
        other = "phone" if kind != "phone" else "visit_progress"
        app.screen.field("kind").put(other)
        await pilot.pause()
        inside = stays != "own_home" and phase < 4
        assert app.screen.field("place").written == ("Ullersmo" if other != "phone" and inside else "")
        app.screen.field("place").put("På toget")
        app.screen.field("kind").put(kind)
        await pilot.pause()
        assert app.screen.field("place").written == "På toget", "what was written stays"
