"""The agenda by keyboard: done, moved, missed, recorded, made anew, and written to a file."""

from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from msgspec.structs import replace

from models import timeline
from models.participants import participants
from models.plans import applications, appointments, tasks
from models.plans.appointments import Agreed
from models.team import staff
from models.timeline import TimelineQuery
from models.values.clock import Clock
from screens.frame.case import Case
from screens.frame.destinations import PERSON
from screens.plans.agenda import APPOINTMENT, ATTEND, TASK, AgendaScreen
from screens.plans.applications import APPLICATION
from screens.plans.appointment_form import AttendForm
from screens.plans.suggested import SuggestedScreen

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


def meet(case: Case, person: int, day: date, title: str, hour: int = 10, **more: Any) -> int:
    moment = case.clock.stored(datetime(day.year, day.month, day.day, hour))
    return case.store.change_now(appointments.add, person, {"title": title, "at": moment, "worker": 1, **more})


@pytest.fixture
def person(case: Case) -> int:
    return case.store.change_now(
        participants.add, {"given_name": "Åse", "family_name": "Sæthre", "risk_areas": "Grønland\nOslo S"}
    )


@pytest.fixture
def filled(case: Case, person: int) -> None:
    store = case.store
    store.change_now(staff.join, "ola", "Ola Berg", "caseworker", "")
    bjorn = store.change_now(
        participants.add,
        {"given_name": "Bjørn", "family_name": "Ådnøy-Haugerudbråten", "release_date": TODAY + 40 * DAY},
    )
    meet(case, person, TODAY - 3 * DAY, "Visning", driver=2, place="Mortensrud")
    meet(case, person, TODAY, "NAV-møte", 13, with_whom="Tor Moe", place="NAV Søndre Nordstrand", minutes=45)
    meet(case, bjorn, TODAY + 2 * DAY, "Fast samtale", repeats="weekly", prepared=True)
    meet(case, bjorn, TODAY + 20 * DAY, "Ansvarsgruppe", 9, driver=1)
    for who, text, due, turn in (
        (person, "Ringe fastlegen", TODAY - DAY, "ours"), (bjorn, "Bestille legitimasjon", TODAY, "participant"),
        (None, "Handle inn til felleslunsj", TODAY + 5 * DAY, "ours"), (person, "Finne skole", None, "agency"),
    ):  # fmt: skip
        store.change_now(tasks.add, who, {"text": text, "due": due, "owner": 1, "turn": turn})
    store.change_now(
        applications.add, bjorn,
        {"agency": "nav", "about": "Bostøtte", "sent": TODAY - 50 * DAY, "complement_asked": TODAY - 4 * DAY},
    )  # fmt: skip


def only(case: Case, person: int) -> Agreed:
    (found,) = case.store.ask_now(appointments.of, person)
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("today", [date(2026, 12, 28), date(2028, 2, 29), date(2027, 1, 1), date(2027, 10, 30)])
async def test_the_time_of_day_is_never_cut_whatever_day_it_is(
    case: Case, stage: Staged, person: int, today: date, size: tuple[int, int]
) -> None:
    now = datetime(today.year, today.month, today.day, 8, tzinfo=case.clock.zone)
    clock = Clock(case.clock.zone, lambda: now)
    days = [today + timedelta(days=days) for days in (0, 1, 2, 5, 40, 200, 400)]
    for hour, day in enumerate(days, 9):
        meet(case, person, day, f"Avtale {hour}", hour)
    case.store.clock = clock
    case.clock = clock
    app = stage(AgendaScreen(case))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        lines = app.text().splitlines()
        for hour, day in enumerate(days, 9):
            line = next(each for each in lines if f"Avtale {hour}" in each)
            assert f"{hour:02}:00" in line
            assert day == today or f"{day:%d.%m}" in line
            assert day.year == today.year or f"{day:%d.%m.%Y}" in line


async def test_what_presses_now_stands_above_one_s_own(case: Case, stage: Staged, filled: None) -> None:
    app = stage(AgendaScreen(case))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "1 signal now: R Bjørn Ådnøy-Haugerudbråten prepare" in " ".join(app.text().split())
        case.private = True
        await app.screen.refresh_case()
        assert "R EX-002 prepare" in " ".join(app.text().split())
        await pilot.press("m")
        await pilot.pause()
        # The whole team's are on a screen of their own.
        assert "signal now" not in app.text()


async def test_overdue_first_and_one_s_own(case: Case, stage: Staged, filled: None) -> None:
    app = stage(AgendaScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        places = [text.index(word) for word in ("Overdue", "Visning", "Today", "NAV-møte", "The next seven", "Later")]
        assert places == sorted(places)
        assert "Kari Nordmann" in text
        assert "3 overdue" in text
        await pilot.press("m")
        await pilot.pause()
        assert "the whole team" in app.text()
        await pilot.press("escape")
        await pilot.pause()
        assert app.answers == [None]


async def test_risk_areas_stand_below_and_hide_with_the_names(case: Case, stage: Staged, person: int) -> None:
    meet(case, person, TODAY, "Besøk")
    app = stage(AgendaScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Risk areas: Grønland · Oslo S" in app.text()
        await pilot.press("p")
        await pilot.pause()
        assert "Grønland" not in app.text()
        assert "Åse" not in app.text()
        assert "EX-001" in app.text()


async def test_space_is_done_and_undo_takes_it_back(case: Case, stage: Staged, person: int) -> None:
    case.store.change_now(tasks.add, person, {"text": "Ringe", "due": TODAY, "owner": 1})
    app = stage(AgendaScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await pilot.pause()
        assert case.store.ask_now(tasks.of, person)[0].state == "done"
        assert "Nothing is planned" in app.text()
        await pilot.press("u")
        await pilot.pause()
        assert "Ringe" in app.text()


async def test_attended_then_recorded_then_gone_through(case: Case, stage: Staged, person: int) -> None:
    number = meet(case, person, TODAY, "NAV-møte", 9)
    app = stage(AgendaScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await pilot.pause()
        assert "r records what happened" in app.text()
        await pilot.press("r")
        assert app.asked == [(ATTEND, person, number)]
        assert "To go through afterwards" in app.text()
        await pilot.press("space")
        await pilot.pause()
    assert only(case, person).gone_through


@pytest.mark.parametrize(("key", "days"), [("plus", 1), ("greater_than_sign", 7)])
async def test_one_key_moves(case: Case, stage: Staged, person: int, key: str, days: int) -> None:
    meet(case, person, TODAY - 5 * DAY, "Møte")
    app = stage(AgendaScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert "Moved to" in app.text()
        assert only(case, person).day == TODAY + days * DAY


async def test_missed_cancelled_and_the_end_of_a_series(case: Case, stage: Staged, person: int) -> None:
    meet(case, person, TODAY - DAY, "Fast", repeats="weekly")
    app = stage(AgendaScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "m")
        await pilot.pause()
        # The next one lies ahead and cannot be missed yet.
        await pilot.press("x", "m")
        await pilot.pause()
        assert "lies ahead still" in app.text()
        await pilot.press("x", "s")
        await pilot.pause()
    assert [one.state for one in case.store.ask_now(appointments.of, person)] == ["missed", "cancelled"]


async def test_prepared_and_not(case: Case, stage: Staged, person: int) -> None:
    meet(case, person, TODAY, "Møte")
    app = stage(AgendaScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f")
        await pilot.pause()
        assert only(case, person).prepared
        await pilot.press("f")
        await pilot.pause()
        assert not only(case, person).prepared


async def test_enter_opens_what_it_is(case: Case, stage: Staged, filled: None, person: int) -> None:
    app = stage(AgendaScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for _row in range(9):
            await pilot.press("enter", "down")
        read = {replace(form, reads=True) for form in (APPOINTMENT, TASK, APPLICATION)}
        assert {asked[0] for asked in app.asked} == {*read, PERSON}
        assert (replace(APPOINTMENT, reads=True), person, 1) in app.asked


async def test_e_changes_what_is_ours_to_change(case: Case, stage: Staged, filled: None, person: int) -> None:
    app = stage(AgendaScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for _row in range(9):
            await pilot.press("e", "down")
        assert {asked[0] for asked in app.asked} == {APPOINTMENT, TASK, APPLICATION}
        assert (APPOINTMENT, person, 1) in app.asked


async def test_a_new_one_for_somebody(case: Case, stage: Staged, filled: None, person: int) -> None:
    app = stage(AgendaScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        await pilot.pause()
        assert "An appointment for whom?" in app.text()
        await pilot.press("enter", "t", "end", "enter")
        await pilot.pause()
        assert app.asked == [(APPOINTMENT, 2, None), (TASK, 0, None)], "the one under the mark comes first"


async def test_what_is_not_ours_to_move_says_so(case: Case, stage: Staged, person: int) -> None:
    case.store.change_now(participants.change, person, 1, {"release_date": TODAY + 3 * DAY})
    app = stage(AgendaScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        for key, sentence in (
            ("plus", "not ours to move"), ("space", "not ticked off here"), ("f", "Only an appointment"),
            ("m", "one participant's agenda"),
        ):  # fmt: skip
            await pilot.press(key)
            assert sentence in app.text()


async def test_a_reader_only_looks(case: Case, stage: Staged, filled: None) -> None:
    case.store.actor = replace(case.store.actor, role="reader")
    app = stage(AgendaScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("space", "plus", "n", "t", "x", "f", "r"):
            await pilot.press(key)
            assert "read access only" in app.text(), key
        assert app.asked == []


async def test_a_calendar_file_by_codes_and_not_over_another_unasked(
    case: Case, stage: Staged, filled: None, tmp_path: Path
) -> None:
    file = tmp_path / "p.ics"
    app = stage(AgendaScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("z")
        await pilot.pause()
        assert "not sealed" in app.text()
        await pilot.press("c")
        await pilot.pause()
        for _letter in range(40):
            await pilot.press("backspace")
        await pilot.press(*str(file), "enter")
        await pilot.pause(0.2)
        assert "The file is not sealed" in app.text()
        first = file.read_bytes()
        assert b"Bj" not in first
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        await pilot.press("z", "n")
        await pilot.pause()
        for _letter in range(40):
            await pilot.press("backspace")
        await pilot.press(*str(file), "enter")
        await pilot.pause(0.2)
        assert "p.ics is there already" in app.text()
        await pilot.press("enter")
        await pilot.pause()
        assert file.read_bytes() == first
    assert len(Calendar.from_ical(first).walk("VEVENT")) > 3
    actions = case.store.ask_now(lambda reading: [row[0] for row in reading.sql("SELECT action FROM audit")])
    assert [one for one in actions if one.startswith("export.")] == ["export.calendar"]


async def test_recording_fills_in_what_was_agreed(case: Case, stage: Staged, person: int) -> None:
    number = meet(case, person, TODAY, "NAV-møte", 9, with_whom="Tor", place="Holmlia", minutes=45)
    app = stage(AttendForm(case, person, number))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Risk areas: Grønland" in app.text()
        await pilot.press("f2")
        await pilot.pause()
    assert only(case, person).state == "attended"
    (entry, *_rest) = [
        one for one in case.store.ask_now(timeline.page, TimelineQuery(person), 0, 9) if one.kind == "meeting"
    ]
    assert (entry.with_whom, entry.place, entry.minutes, entry.text) == ("Tor", "Holmlia", 45, "NAV-møte: ")
    assert case.clock.local(entry.at).hour == 9


async def test_suggested_tasks_are_taken_or_declined_one_by_one(case: Case, stage: Staged, person: int) -> None:
    before = case.store.ask_now(tasks.suggested, person)
    app = stage(SuggestedScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert f"{len(before)} suggested" in app.text()
        await pilot.press("space", "x")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert app.answers == [person]
    assert [(one.state, one.owner) for one in case.store.ask_now(tasks.of, person)] == [("open", 1), ("declined", None)]
    assert len(case.store.ask_now(tasks.suggested, person)) == len(before) - 2


@pytest.mark.parametrize("size", SIZES)
def test_the_agenda_looks_right(
    case: Case, stage: Staged, filled: None, snap_compare: Any, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(AgendaScreen(case)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_a_participant_s_agenda_looks_right(
    case: Case, stage: Staged, filled: None, person: int, snap_compare: Any, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(AgendaScreen(case, person)), terminal_size=size)


def test_nothing_planned_looks_right(case: Case, stage: Staged, snap_compare: Any) -> None:
    assert snap_compare(stage(AgendaScreen(case)), terminal_size=(80, 24))


@pytest.mark.parametrize("size", SIZES)
def test_suggestions_look_right(
    case: Case, stage: Staged, person: int, snap_compare: Any, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(SuggestedScreen(case, person)), terminal_size=size)
