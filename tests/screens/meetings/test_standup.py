"""The stand-up on the screen: who comes first, one key each, what a colleague writes, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from config.settings import Settings
from exin_tui.app import ExinApp
from models import timeline
from models.meetings import agenda as meeting_agenda
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.paper import minutes, plain
from models.plans import tasks
from models.store import Store
from models.team import absences, staff
from models.timeline import TimelineQuery
from models.values.clock import Clock
from screens.frame.case import Case
from screens.frame.destinations import MEETING
from screens.meetings.large_letters import large
from screens.meetings.standup import StandupScreen
from tests.screens import small_caseload
from tests.screens.board.test_board import words_on

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36), (200, 60)]


@pytest.fixture
def people(case: Case) -> dict[str, int]:
    return small_caseload.fill(case.store)


@pytest.fixture
def meeting(case: Case, people: dict[str, int]) -> int:
    return case.store.change_now(meetings.open_, "daily", None)


def lines(case: Case, meeting: int) -> list[tuple[str, str]]:
    return [(item.kind, item.text) for item in case.store.ask_now(meeting_reading.items, meeting)]


def name_of(app: Any) -> str:
    """Who is spoken of."""
    return str(app.screen.card.name)


async def test_what_presses_comes_first_and_space_goes_through_everybody(
    case: Case, stage: Staged, people: dict[str, int], meeting: int
) -> None:
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        seen, severities = [], []
        for _participant in people:
            seen.append(name_of(app))
            severities.append(max((sign.severity for sign in app.screen.card.signs), default=0))
            await pilot.press("space")
        # Dina is nobody's, so she is the first; then kari's by severity, then ola's.
        assert seen[0] == "Dina Sæther"
        assert sorted(seen) == sorted(people)
        workers = [name in ("Bjørn Ådnøy", "Even Lunde", "Halvor Jensen", "Jon Kowalski") for name in seen]
        assert workers[1:8].count(True) == 4
        assert severities[1:8] == sorted(severities[1:8], reverse=True)
        assert "That was the last one." in app.text()
        assert "14 gone through" in app.text()
        await pilot.press("left")
        assert "✓ gone through" in app.text()
    assert lines(case, meeting) == [("heard", "")] * 14


async def test_a_note_a_task_and_a_parked_topic_in_a_few_keys(
    case: Case, stage: Staged, people: dict[str, int], meeting: int
) -> None:
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"Ny leder", "enter", "t", *"Finne noen", "enter", *"24.11", "enter")
        await pilot.press("w", *"Hvem tar saken", "enter", "b", *"Bil fredag", "enter", "d", *"Kari tar den", "enter")
        await pilot.pause()
        text = app.text()
        for shown in ("Note: Ny leder", "Task: Finne noen  KN 24.11.2026", "Practical need: Bil fredag"):
            assert shown in text
        assert "For the weekly meeting: Hvem tar saken" in text
    dina = people["Dina Sæther"]
    (task,) = case.store.ask_now(tasks.of, dina)
    assert (task.text, task.due, task.owner) == ("Finne noen", date(2026, 11, 24), 1)
    assert [topic.text for topic in case.store.ask_now(meeting_reading.parked, "weekly", dina)] == ["Hvem tar saken"]
    kinds = [entry.kind for entry in case.store.ask_now(timeline.page, TimelineQuery(dina), 0, 3)]
    assert sorted(kinds) == ["meeting_decision", "meeting_note", "meeting_task"]


async def test_a_task_goes_to_who_covers(case: Case, stage: Staged, people: dict[str, int], meeting: int) -> None:
    ola = next(one.id for one in case.store.ask_now(staff.team) if one.user == "ola")
    case.store.change_now(
        absences.add, {"staff": ola, "first": date(2026, 11, 20), "last": date(2026, 11, 27), "cover": 1}
    )
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "OB away to 27.11.2026, KN covers" in app.text()
        await pilot.press("pagedown", "pagedown")
        assert app.screen.card.worker == ola
        await pilot.press("t", *"Ringe", "enter", "enter")
        (task,) = case.store.ask_now(tasks.of, app.screen.card.participant)
    assert (task.owner, task.due) == (1, None)


async def test_what_could_not_be_written_is_still_in_the_line(
    case: Case, stage: Staged, meeting: int, colleague: Store
) -> None:
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "enter")
        assert "There is nothing written yet." in app.text()
        await pilot.press(*"Lang tekst")
        colleague.change_now(meetings.close, meeting, 1)
        await pilot.press("enter")
        await pilot.pause()
        assert "closed these minutes on 22.11.2026" in app.text()
        assert "Lang tekst" in app.text()
        await pilot.press("escape", "t", *"x", "enter", "escape")
        assert {kind for kind, _text in lines(case, meeting)} == {"left"}


async def test_leaving_the_date_goes_back_to_the_words(case: Case, stage: Staged, meeting: int) -> None:
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t", *"Ringe NAV", "enter", "escape")
        assert "Ringe NAV" in app.text()
        await pilot.press("enter", *"igår og sånn", "enter")
        assert lines(case, meeting) == []
        await pilot.press("escape", "escape")
        assert lines(case, meeting) == []


async def test_a_colleague_is_seen_and_joins_where_nobody_was(
    case: Case, stage: Staged, people: dict[str, int], meeting: int, colleague: Store
) -> None:
    dina = people["Dina Sæther"]
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        colleague.change_now(meetings.add, meeting, "note", "Fra Ola", dina)
        colleague.change_now(meetings.gone_through, meeting, dina)
        await app.screen.read_again()
        await pilot.pause()
        assert "Note: Fra Ola" in app.text()
        assert name_of(app) == "Dina Sæther"
    other = stage(StandupScreen(case, meeting))
    async with other.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert name_of(other) != "Dina Sæther"


async def test_who_is_present_is_marked_by_key(case: Case, stage: Staged, meeting: int) -> None:
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "present: KN" in app.text()
        await pilot.press("i", "down", "space", "enter")
        await pilot.pause()
        assert "present: KN OB" in app.text()
        await pilot.press("i", "space", "enter")
        assert case.store.ask_now(meeting_reading.one, meeting).present == (2,)


async def test_the_clock_tells_whole_minutes(case: Case, stage: Staged, meeting: int) -> None:
    passed = timedelta(seconds=59)
    start = case.clock.now()
    case.clock = Clock(case.clock.zone, lambda: start + passed)
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "   0 min" in app.text()
        passed = timedelta(seconds=121)
        for _wait in range(100):
            if "   2 min" in app.text():
                break
            await pilot.pause(0.1)
        assert "   2 min" in app.text()


async def test_it_ends_with_what_was_agreed(case: Case, stage: Staged, meeting: int) -> None:
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"Bare et notat", "enter", "d", *"Vi bytter bil", "enter", "f")
        text = app.text()
        assert "What was agreed" in text
        assert "Vi bytter bil" in text
        assert "Bare et notat" not in text
        assert "can only be added to from then on" in text
        await pilot.press("escape")
        assert not case.store.ask_now(meeting_reading.one, meeting).closed
        await pilot.press("f", "enter")
        await pilot.pause()
        assert app.answers == [meeting]
    assert case.store.ask_now(meeting_reading.one, meeting).closed


async def test_closing_says_so_and_how_many_were_passed_over(
    store: Store, clock: Clock, people: dict[str, int]
) -> None:
    meeting = store.change_now(meetings.open_, "daily", None)
    app = ExinApp(Settings(language="en"), store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(MEETING, meeting)
        await pilot.press("space", "f", "enter")
        await pilot.pause()
        assert not isinstance(app.screen, StandupScreen)
        assert "The stand-up is closed. 1 was gone through. 13 were passed over." in words_on(app)


async def test_in_a_closed_one_the_key_of_a_note_adds(
    case: Case, stage: Staged, meeting: int, colleague: Store
) -> None:
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "n Note" in app.text()
        colleague.change_now(meetings.close, meeting, colleague.ask_now(meeting_reading.one, meeting).version)
        assert await case.store.changed_elsewhere()
        await app.screen.catch_up()
        assert "Kari Nordmann closed these minutes. n adds to them." in app.text()
        await pilot.press("n")
        assert "Add to the closed minutes" in app.text()
        await pilot.press(*"Etterpå", "enter")
        assert "n Add" in app.text()
    assert lines(case, meeting)[-1] == ("added", "Etterpå")


async def test_leaving_keeps_it_open(case: Case, stage: Staged, meeting: int) -> None:
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("q")
        assert app.answers == [meeting]
    assert not case.store.ask_now(meeting_reading.one, meeting).closed


async def test_hidden_names_are_codes(case: Case, stage: Staged, people: dict[str, int], meeting: int) -> None:
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(200, 60)) as pilot:
        await pilot.pause()
        drawn = large("Dina Sæther", 160, double=True)
        assert drawn is not None
        assert drawn[1] in app.text()
        await pilot.press("d", *"Vi bytter bil", "enter", "p")
        for keys in ((), ("f",), ("escape", "v"), ("q", "n")):
            await pilot.press(*keys)
            await pilot.pause()
            assert "EX-0" in app.text(), keys
            assert drawn[1] not in app.text()
            for name in people:
                assert name.split(" ", 1)[1] not in app.text(), keys


def test_in_the_minutes_a_hidden_name_is_a_code_also_in_what_was_said(
    case: Case, people: dict[str, int], meeting: int
) -> None:
    dina = people["Dina Sæther"]
    for kind in ("note", "decision"):
        case.store.change_now(meetings.add, meeting, kind, "Dina Sæther ringer selv", dina)
    for names in (True, False):
        document = case.store.ask_now(minutes.sheet, meeting, names=names)
        text = " ".join(plain.lines(document, 100))
        assert ("Sæther" in text) is names
        assert ("Dina" in text) is names
        assert text.count("ringer selv") == 2


async def test_a_reader_looks_only(case: Case, stage: Staged, meeting: int) -> None:
    case.store.actor = replace(case.store.actor, role="reader")
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("n", "t", "d", "b", "w", "i", "f", "space"):
            await pilot.press(key)
            assert "read access only" in app.text(), key
            await pilot.press("right")
    assert lines(case, meeting) == []


async def test_nobody_yet(case: Case, stage: Staged) -> None:
    meeting = case.store.change_now(meetings.open_, "daily", None)
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "right", "left", "pagedown", "pageup", "n", *"Stille dag", "enter")
        assert "Nobody to go through yet." in app.text()
    assert lines(case, meeting) == [("note", "Stille dag")]


@pytest.mark.parametrize("size", SIZES)
def test_how_it_looks(
    snap_compare: Any, case: Case, stage: Staged, people: dict[str, int], meeting: int, size: tuple[int, int]
) -> None:
    case.store.change_now(meetings.add, meeting, "need", "Bil fredag")
    dina = people["Dina Sæther"]
    case.store.change_now(meetings.add, meeting, "task", "Finne hvem som har ansvaret", dina, date(2026, 11, 24), 1)
    assert snap_compare(stage(StandupScreen(case, meeting)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES[:2])
def test_how_the_end_looks(
    snap_compare: Any, case: Case, stage: Staged, people: dict[str, int], meeting: int, size: tuple[int, int]
) -> None:
    dina = people["Dina Sæther"]
    case.store.change_now(meetings.add, meeting, "need", "Bil fredag")
    case.store.change_now(meetings.add, meeting, "decision", "Kari tar saken inntil videre", dina)
    case.store.change_now(meetings.add, meeting, "task", "Finne hvem som har ansvaret", dina, date(2026, 11, 24), 1)
    assert snap_compare(stage(StandupScreen(case, meeting)), terminal_size=size, press=["f"])


async def test_what_does_not_fit_is_told_of_and_scrolled_to(case: Case, stage: Staged, meeting: int) -> None:
    for number in range(6):
        dina = next(one for one in case.store.ask_now(meeting_agenda.cards, None)).participant
        case.store.change_now(meetings.add, meeting, "note", f"Notat {number} som er lengre enn linjen. " * 4, dina)
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "and 2 before" in text
        assert "Notat 1" not in text
        assert "▾" in text
        assert "No contact person" not in text
        await pilot.press(*["down"] * 9)
        assert "No contact person" in app.text()
        assert "▾" not in app.text()
