"""The agenda by keyboard: done, moved, missed, recorded, made anew, and written to a file."""

from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
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
from screens.plans.agenda import APPOINTMENT, ATTEND, TASK, AgendaScreen, near
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
        TODAY,
        2,
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


async def test_from_the_board_the_mark_is_on_what_somebody_has_today(
    case: Case, stage: Staged, person: int, filled: None
) -> None:
    for whom, marked in ((person, "NAV-møte"), (None, "more documents"), (999, "more documents")):
        app = stage(near(case, whom))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert marked in next(line for line in app.text().split("\n") if line.startswith("▌")), app.text()
            await pilot.press("home", "p")
            await pilot.pause()
            assert app.screen.moving.mark == 0, "only when it is opened"
            await pilot.press("p")
            await pilot.pause()


def only(case: Case, person: int) -> Agreed:
    (found,) = case.store.ask_now(appointments.of, person)
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("minutes", [None, 60, 24 * 60 - 1])
@pytest.mark.parametrize("today", [date(2026, 12, 28), date(2028, 2, 29), date(2027, 1, 1), date(2027, 10, 30)])
async def test_the_time_of_day_is_never_cut_whatever_day_it_is(
    case: Case, stage: Staged, person: int, today: date, size: tuple[int, int], minutes: int | None
) -> None:
    now = datetime(today.year, today.month, today.day, 8, tzinfo=case.clock.zone)
    clock = Clock(case.clock.zone, lambda: now)
    days = [today + timedelta(days=days) for days in (0, 1, 2, 5, 40, 200, 400)]
    for hour, day in enumerate(days, 9):
        meet(case, person, day, f"Avtale {hour}", hour, minutes=minutes)
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
            assert minutes != 60 or f"{hour:02}:00–{hour + 1:02}:00" in line
            if day.year != today.year and minutes is None:
                assert f"{day:%d.%m.%Y}" in line
            if (day - today).days > 300:
                assert f"{day:%d.%m.%y}" in line or f"{day:%d.%m.%Y}" in line


async def test_what_presses_now_stands_above_one_s_own(case: Case, stage: Staged, filled: None) -> None:
    app = stage(AgendaScreen(case))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "2 signals now: Bjørn Ådnøy-Haugerudbråten phase 3 missing" in " ".join(app.text().split())
        case.private = True
        await app.screen.refresh_case()
        assert "2 signals now: EX-002 phase 3 missing" in " ".join(app.text().split())
        await pilot.press("m")
        await pilot.pause()
        # The whole team's are on a screen of their own.
        assert "signals now" not in app.text()


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
        assert "The date is in the future" in app.text()
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
        await pilot.press("enter", "t", "home", "enter")
        await pilot.pause()
        assert app.asked == [(APPOINTMENT, 2, None), (TASK, 0, None)], "it begins at the one under the mark"


async def test_what_is_not_ours_to_move_says_so(case: Case, stage: Staged, person: int) -> None:
    case.store.change_now(participants.change, person, 1, {"release_date": TODAY + 3 * DAY})
    app = stage(AgendaScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        for key, sentence in (
            ("plus", "not ours to set"), ("space", "not ticked off here"), ("f", "Only an appointment"),
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
        assert "not encrypted" in app.text()
        await pilot.press("c")
        await pilot.pause()
        for _letter in range(40):
            await pilot.press("backspace")
        await pilot.press(*str(file), "enter")
        await pilot.pause(0.2)
        first = file.read_bytes()
        count = len(Calendar.from_ical(first).walk("VEVENT"))
        told = " ".join(app.text().split())
        assert told.index(f"Written, {count} appointments and deadlines: ") < told.index("The file is not encrypted.")
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


async def test_recording_before_the_agreed_hour_says_now(case: Case, stage: Staged, person: int) -> None:
    number = meet(case, person, TODAY, "NAV-møte", 23)
    app = stage(AttendForm(case, person, number))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2")
        await pilot.pause()
    entry = case.store.ask_now(timeline.page, TimelineQuery(person, ("meeting",)), 0, 1)[0]
    assert entry.at <= case.clock.seconds()


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


# ---------------------------------------------------------------------- moved, and what else is then


async def test_the_mark_goes_along_with_what_is_moved(case: Case, stage: Staged, person: int) -> None:
    for day, title in ((1, "først"), (2, "nest"), (9, "sist")):
        meet(case, person, TODAY + day * DAY, title)
    app = stage(AgendaScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        for keys, day in (("plus plus plus", 4), ("minus", 3), ("greater_than_sign", 10), ("minus minus", 8)):
            await pilot.press(*keys.split())
            await pilot.pause()
            assert app.screen.moving.marked.text == "først"
            assert app.screen.moving.marked.day == TODAY + day * DAY
    assert [one.title for one in case.store.ask_now(appointments.of, person)] == ["nest", "først", "sist"]


@pytest.mark.parametrize(
    ("typed", "day", "hour"),
    [
        ("fre", 5, "10:00"), ("fre 14", 5, "14:00"), ("14:30", 1, "14:30"), ("27.11 9", 5, "09:00"),
        ("+1w", 7, "10:00"), ("today", 0, "10:00"), ("24.11.2026", 2, "10:00"),
    ],
)  # fmt: skip
async def test_a_day_is_typed(case: Case, stage: Staged, person: int, typed: str, day: int, hour: str) -> None:
    meet(case, person, TODAY + DAY, "NAV")
    app = stage(AgendaScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d", *typed)
        await pilot.pause()
        assert f"{TODAY + day * DAY:%d.%m.%Y} {hour}" in app.text(), "what it is taken for"
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen.moving.marked.text == "NAV"
    found = only(case, person)
    assert (found.day, f"{case.clock.local(found.at):%H:%M}") == (TODAY + day * DAY, hour)


async def test_a_task_is_moved_to_a_day_and_nonsense_moves_nothing(case: Case, stage: Staged, person: int) -> None:
    number = case.store.change_now(tasks.add, person, {"text": "Ringe", "owner": 1})
    app = stage(AgendaScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d", *"tull", "enter")
        await pilot.pause()
        assert "is not a" in app.text()
        await pilot.press("escape")
        await pilot.pause()
        assert case.store.ask_now(tasks.one, number).due is None
        await pilot.press("d", *"1.12", "enter")
        await pilot.pause()
    assert case.store.ask_now(tasks.one, number).due == date(2026, 12, 1)


async def test_it_goes_no_further_back_than_today(case: Case, stage: Staged, person: int) -> None:
    meet(case, person, TODAY, "NAV", 15)
    app = stage(AgendaScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("minus")
        await pilot.pause()
        assert "would have passed" in app.text()
    assert only(case, person).day == TODAY


async def test_until_when_stands_in_the_line_and_whole_below(case: Case, stage: Staged, person: int) -> None:
    meet(case, person, TODAY, "kort", 15, minutes=45)
    meet(case, person, TODAY + DAY, "lang", 22, minutes=180)
    meet(case, person, TODAY + 60 * DAY, "senere", 9, minutes=30)
    app = stage(AgendaScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        lines = app.text().splitlines()
        for title, when in (("kort", "15:00–15:45"), ("lang", "23.11 22:00–01:00"), ("senere", "21.01 09:00–09:30")):
            assert any(title in line and when in line for line in lines)
        await pilot.press("end")
        await pilot.pause()
        assert "21.01.2027 09:00–09:30" in app.text()


async def test_a_clash_is_said_where_it_is_moved_to(case: Case, stage: Staged, person: int) -> None:
    other = case.store.change_now(participants.add, {"given_name": "Bo"})
    meet(case, other, TODAY + 2 * DAY, "annet", worker=1)
    meet(case, person, TODAY + DAY, "NAV", worker=1)
    app = stage(AgendaScreen(case))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("plus")
        await pilot.pause()
        assert "KN is also with Bo at 10:00." in app.text()
    assert only(case, person).day == TODAY + 2 * DAY


# ---------------------------------------------------------------------- the week


@pytest.fixture
def busy(case: Case, person: int) -> int:
    """Ten on Monday in a week, one on its Wednesday and on its Sunday, one the week after; answers a colleague."""
    ola = case.store.change_now(staff.join, "ola", "Ola Berg", "caseworker", "")
    monday = TODAY + DAY
    for hour in range(8, 18):
        meet(case, person, monday, f"ma{hour}", hour, worker=1)
    meet(case, person, monday + 2 * DAY, "onsdag", 9, worker=ola)
    meet(case, person, monday + 6 * DAY, "søndag", 9, worker=1)
    meet(case, person, monday + 7 * DAY, "uka etter", 9, worker=1)
    return ola


@pytest.mark.parametrize("size", SIZES)
async def test_a_week_day_by_day(case: Case, stage: Staged, busy: int, size: tuple[int, int]) -> None:
    app = stage(AgendaScreen(case))
    async with app.run_test(size=size) as pilot:
        await pilot.press("v")
        await pilot.pause()
        assert "Week 47: 16.11–22.11.2026" in app.text()
        await pilot.press("right")
        await pilot.pause()
        text = app.text()
        assert "Week 48: 23.11–29.11.2026" in text
        lines = text.splitlines()
        days = [next(number for number, line in enumerate(lines) if day in line) for day in ("Mon 23.11", "Tue 24.11")]
        # Side by side where there is room, else one below the other.
        assert (days[0] == days[1]) == (size[0] >= 120)
        assert app.screen.moving.marked.text == "ma8"
        await pilot.press("end")
        await pilot.pause()
        assert app.screen.moving.marked.text == "søndag"
        assert "søndag" in app.text()
        await pilot.press("up", "left", "right", "v")
        await pilot.pause()
        assert "The next seven days" in app.text()
        await pilot.press("left")
        await pilot.pause()
        assert "v shows the week" in app.text()


@pytest.mark.parametrize("size", SIZES)
async def test_the_week_is_one_s_own_a_colleague_s_or_the_team_s(
    case: Case, stage: Staged, busy: int, size: tuple[int, int]
) -> None:
    def texts() -> set[str]:
        moving = app.screen.moving
        return {moving.row_at(index).text for index in range(moving.count)}

    app = stage(AgendaScreen(case))
    async with app.run_test(size=size) as pilot:
        await pilot.press("v", "right")
        await pilot.pause()
        own = {*(f"ma{hour}" for hour in range(8, 18)), "søndag"}
        assert texts() == own
        await pilot.press("m")
        await pilot.pause()
        assert texts() == own | {"onsdag"}
        await app.screen._ask_for(busy)
        await pilot.pause()
        assert texts() == {"onsdag"}


@pytest.mark.parametrize("size", SIZES)
async def test_the_agenda_s_keys_hold_in_the_week(
    case: Case, stage: Staged, busy: int, person: int, size: tuple[int, int]
) -> None:
    app = stage(AgendaScreen(case))
    async with app.run_test(size=size) as pilot:
        await pilot.press("v", "right", "plus")
        await pilot.pause()
        assert (app.screen.moving.marked.text, app.screen.moving.marked.day) == ("ma8", TODAY + 2 * DAY)
        await pilot.press("d", *"29.11 11", "enter")
        await pilot.pause()
        assert (app.screen.moving.marked.text, app.screen.moving.marked.day) == ("ma8", TODAY + 7 * DAY)
        await pilot.press("f")
        await pilot.pause()
        assert app.screen.moving.marked.prepared


async def test_a_full_day_says_how_many_more_and_follows_the_mark(case: Case, stage: Staged, busy: int) -> None:
    app = stage(AgendaScreen(case))
    async with app.run_test(size=(120, 20)) as pilot:
        await pilot.press("v", "right")
        await pilot.pause()
        assert "and 4 more" in app.text()
        await pilot.press(*["down"] * 9)
        await pilot.pause()
        assert "ma17" in app.text()
        assert "ma8" not in app.text()


async def test_a_week_of_more_than_a_page_is_all_there(case: Case, stage: Staged, person: int) -> None:
    for number in range(70):
        meet(case, person, TODAY + (1 + number % 7) * DAY, f"nr {number:02}", 8 + number // 7 % 10, worker=1)
    app = stage(AgendaScreen(case))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("v", "right")
        await pilot.pause(0.2)
        assert app.screen.moving.count == 70
        assert "nr 06" in app.text(), "Sunday's, of the second page"


@pytest.mark.parametrize("size", SIZES)
def test_the_week_looks_right(
    case: Case, stage: Staged, filled: None, snap_compare: Any, size: tuple[int, int]
) -> None:
    app = stage(AgendaScreen(case))
    assert snap_compare(app, press=["v", "right"], terminal_size=size)


@pytest.mark.parametrize("view", ["list", "week"])
@pytest.mark.parametrize(
    ("agreed", "keys", "said"),
    [
        (datetime(2027, 3, 27, 2, 30), ["plus"], "28.03.2027 02:30 does not come"),
        (datetime(2027, 3, 29, 2, 30), ["minus"], "28.03.2027 02:30 does not come"),
        (datetime(2027, 3, 21, 2, 30), ["greater_than_sign"], "28.03.2027 02:30 does not come"),
        (datetime(2027, 3, 27, 2, 30), ["d", *"28.03.2027", "enter"], "28.03.2027 02:30 does not come"),
        (datetime(2027, 3, 28, 10, 0), ["d", *"02:15", "enter"], "28.03.2027 02:15 does not come"),
        (datetime(2027, 10, 30, 2, 30), ["plus"], "31.10.2027 02:30 comes twice"),
        (datetime(2027, 10, 31, 12, 0), ["d", *"2:00", "enter"], "31.10.2027 02:00 comes twice"),
        (datetime(2027, 10, 30, 10, 0), ["plus"], ""),
    ],
)
async def test_a_move_to_a_time_the_clocks_pass_over_or_tell_twice_is_said(
    case: Case, stage: Staged, person: int, agreed: datetime, keys: list[str], said: str, view: str
) -> None:
    now = case.clock.stored(agreed - timedelta(days=1, hours=-8))
    case.clock = case.store.clock = replace(case.clock, now_utc=lambda: datetime.fromtimestamp(now, UTC))
    case.store.change_now(appointments.add, person, {"title": "Natt", "at": case.clock.stored(agreed), "worker": 1})
    before = only(case, person)
    app = stage(AgendaScreen(case, person))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        if view == "week":
            await pilot.press("v")
            if app.screen.moving.row is None:
                await pilot.press("right")
        await pilot.press(*["space" if key == " " else "full_stop" if key == "." else key for key in keys])
        text = " ".join(app.text().split())
        if said:
            assert said in text
        else:
            assert "comes" not in text
    assert (only(case, person).at == before.at) == ("does not come" in said)
