"""The end of a meeting on the screen: who was not gone through, opening it again, and a topic that is no follow-up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.participants import participants
from models.store import Store
from models.values.clock import Clock, oslo
from screens.frame.case import Case
from screens.meetings.keys import LEFT_NAMED
from screens.meetings.list import MeetingsScreen, screen_of
from screens.meetings.minutes import MinutesScreen
from screens.meetings.screen import MeetingScreen
from screens.meetings.standup import StandupScreen
from tests.models.case_sample import Hands
from tests.screens import small_caseload

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def clock(hands: Hands) -> Clock:
    return Clock(oslo().zone, hands)


@pytest.fixture
def folk(case: Case) -> dict[str, int]:
    return small_caseload.fill(case.store)


@pytest.fixture
def weekly(case: Case, folk: dict[str, int]) -> int:
    return case.store.change_now(meetings.open_, "weekly", None)


def close(case: Case, meeting: int) -> None:
    case.store.change_now(meetings.close, meeting, case.store.ask_now(meeting_reading.one, meeting).version)


def is_open(case: Case, meeting: int) -> bool:
    return not case.store.ask_now(meeting_reading.one, meeting).closed


def said(app: Any) -> str:
    return " ".join(app.text().split())


def go_through(case: Case, meeting: int, folk: dict[str, int], *but: str) -> None:
    for name, number in folk.items():
        if name not in but:
            case.store.change_now(meetings.gone_through, meeting, number)


# ---------------------------------------------------------------------- before it is closed


@pytest.mark.parametrize(("kind", "screen"), [("weekly", MeetingScreen), ("daily", StandupScreen)])
async def test_closing_names_who_was_not_gone_through_and_codes_while_names_are_hidden(
    case: Case, stage: Staged, folk: dict[str, int], kind: str, screen: Callable[[Case, int], Any]
) -> None:
    meeting = case.store.change_now(meetings.open_, kind, None)
    go_through(case, meeting, folk, "Kaja Lie", "Aksel Moen", "Lars Vik")
    case.store.change_now(meetings.add, meeting, "decision", "Søke bolig", folk["Lars Vik"])
    app = stage(screen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f")
        assert "2 of 14 were not gone through: Kaja Lie, Aksel Moen" in said(app)
        assert "Enter closes the meeting" in said(app)
        await pilot.press("f8")
        await pilot.pause()
        assert "2 of 14 were not gone through: EX-012, EX-001" in said(app)
        await pilot.press("escape")
        assert is_open(case, meeting)


async def test_when_everybody_was_gone_through_it_says_so(
    case: Case, stage: Staged, folk: dict[str, int], weekly: int
) -> None:
    go_through(case, weekly, folk)
    app = stage(MeetingScreen(case, weekly))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f")
        assert "All 14 who are followed up were gone through." in said(app)


async def test_a_support_team_leaves_nobody(case: Case, stage: Staged, folk: dict[str, int]) -> None:
    support = case.store.change_now(meetings.open_, "support", folk["Kaja Lie"])
    app = stage(MeetingScreen(case, support))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f")
        assert "Enter closes the meeting" in said(app)
        assert "gone through" not in said(app)


async def test_of_very_many_the_first_are_named_and_the_minutes_have_all(
    case: Case, stage: Staged, folk: dict[str, int]
) -> None:
    for number in range(LEFT_NAMED):
        case.store.change_now(participants.add, {"given_name": f"Nr{number:03}"})
    meeting = case.store.change_now(meetings.open_, "weekly", None)
    app = stage(MeetingScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f", "end")
        await pilot.pause()
        many = LEFT_NAMED + len(folk)
        assert f"and {len(folk)} more, whom the minutes name." in said(app)
        await pilot.press("enter")
        await pilot.pause()
    assert not is_open(case, meeting)
    lines = case.store.ask_now(meeting_reading.items, meeting)
    assert [line.kind for line in lines] == ["left"] * many


# ---------------------------------------------------------------------- from closing by mistake to the minutes


async def test_closed_with_people_left_opened_again_gone_through_and_closed_again(
    case: Case, stage: Staged, folk: dict[str, int], weekly: int, hands: Hands
) -> None:
    go_through(case, weekly, folk, "Kaja Lie", "Aksel Moen")
    app = stage(MeetingScreen(case, weekly))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f", "enter")
        await pilot.pause()
    assert not is_open(case, weekly)
    hands.move(hours=1)

    app = stage(MeetingsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        assert "Its minutes say for good that it was closed" in said(app)
        await pilot.press("enter")
        assert not is_open(case, weekly), "the first answer leaves it closed"
        await pilot.press("a", "down", "enter")
        await pilot.pause()
        assert "Open again; it stands on top of the meetings" in said(app)
        assert is_open(case, weekly)
        await pilot.press("a")
        assert "This meeting is open already." in said(app)

    app = stage(await screen_of(case, weekly))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, MeetingScreen)
        await pilot.press("home", "n", *"Trives", "enter", "space")
        hands.move(hours=1)
        await pilot.press("f")
        assert "1 of 14 was not gone through: " in said(app)
        await pilot.press("enter")
        await pilot.pause()
    (closed, last) = meeting_reading.closings(
        case.store.ask_now(meeting_reading.one, weekly), case.store.ask_now(meeting_reading.items, weekly)
    )
    assert {line.name for line in closed.left} == {"Kaja Lie", "Aksel Moen"}
    (still,) = last.left

    app = stage(MinutesScreen(case, weekly))
    async with app.run_test(size=(80, 60)) as pilot:
        await pilot.pause()
        for line in (
            "Closed: 22.11.2026 10:00 by Kari Nordmann", "Opened again: 22.11.2026 11:00 by Kari Nordmann",
            "Closed: 22.11.2026 12:00 by Kari Nordmann", "Not gone through: 1",
            "Not gone through when it was closed 22.11.2026 10:00: 2", "Kaja Lie · Aksel Moen", "Note: Trives",
        ):  # fmt: skip
            assert line in said(app), line
        await pilot.press("p")
        await pilot.pause()
        assert still.name not in app.text()
        assert still.code in app.text()


async def test_the_minutes_open_it_again_too(case: Case, stage: Staged, folk: dict[str, int], weekly: int) -> None:
    app = stage(MinutesScreen(case, weekly))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        assert "This meeting is open already." in said(app)
        close(case, weekly)
        await app.screen.read_again()
        await pilot.press("a", "down", "enter")
        await pilot.pause()
        assert "Open again" in said(app)
        assert is_open(case, weekly)


async def test_on_the_next_day_it_says_when_it_was_closed(
    case: Case, stage: Staged, folk: dict[str, int], weekly: int, hands: Hands
) -> None:
    close(case, weekly)
    hands.move(days=1)
    app = stage(MinutesScreen(case, weekly))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", "down", "enter")
        await pilot.pause()
        assert "Kari Nordmann closed this meeting on 22.11.2026 at 10:00, and it is opened again on that day" in said(
            app
        )
    assert not is_open(case, weekly)


@pytest.mark.parametrize("role", ["caseworker", "reader"])
async def test_only_a_leader_opens_it_again(
    case: Case, stage: Staged, folk: dict[str, int], weekly: int, role: str
) -> None:
    close(case, weekly)
    case.store.actor = replace(case.store.actor, role=role)
    for screen in (MeetingsScreen(case), MinutesScreen(case, weekly)):
        app = stage(screen)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("a")
            assert "Only a team leader opens a closed meeting again." in said(app)
            assert "Open again" not in app.text().splitlines()[-1]
    assert not is_open(case, weekly)


async def test_two_close_at_once(
    case: Case, stage: Staged, folk: dict[str, int], weekly: int, colleague: Store
) -> None:
    app = stage(MeetingScreen(case, weekly))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f")
        colleague.change_now(meetings.close, weekly, colleague.ask_now(meeting_reading.one, weekly).version)
        await pilot.press("enter")
        await pilot.pause()
        assert "Kari Nordmann closed this meeting already, on 22.11.2026 at 10:00." in said(app)
        assert app.answers == []
    assert sum(line.kind == "left" for line in case.store.ask_now(meeting_reading.items, weekly)) == len(folk)


async def test_whoever_is_in_it_hears_that_it_is_open_again(
    case: Case, stage: Staged, folk: dict[str, int], weekly: int, colleague: Store
) -> None:
    app = stage(MeetingScreen(case, weekly))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        close(case, weekly)
        await app.screen.read_again()
        colleague.change_now(meetings.reopen, weekly, colleague.ask_now(meeting_reading.one, weekly).version)
        assert await case.store.changed_elsewhere()
        await app.screen.catch_up()
        assert "Kari Nordmann opened this meeting again." in said(app)
        assert "Space Done" in app.text().splitlines()[-1]
        assert "Not gone through" not in app.text()


# ---------------------------------------------------------------------- a topic is no follow-up


async def test_a_topic_is_taken_up_and_its_participant_is_still_to_be_gone_through(
    case: Case, stage: Staged, folk: dict[str, int]
) -> None:
    kaja = folk["Kaja Lie"]
    case.store.change_now(meetings.park, kaja, "Vil flytte til Bergen og trenger hjelp til alt som hører med til det")
    weekly = case.store.change_now(meetings.open_, "weekly", None)
    app = stage(MeetingScreen(case, weekly))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        (row,) = [line for line in app.text().splitlines() if "▌" in line and "Kaja Lie" in line]
        assert "Vil flytte" in row
        assert "silent" in row, row
        await pilot.press("space")
        await pilot.pause()
        assert "The topic is taken up; the follow-up itself is still to be gone through." in said(app)
        assert [point.participant for point in app.screen._points if point.group == "heard"] == []
        (point,) = [point for point in app.screen._points if point.participant == kaja]
        assert (point.group, point.topics) == ("long" if point.group == "long" else "signals", ())
        assert point.signs
        assert app.screen.about()[0] != kaja, "the mark goes on to the next point"
    (left,) = [each for each in case.store.ask_now(meeting_reading.left_out,
               case.store.ask_now(meeting_reading.one, weekly)) if each.participant == kaja]  # fmt: skip
    assert left.name == "Kaja Lie"


# ---------------------------------------------------------------------- how they look


@pytest.mark.parametrize("size", SIZES)
def test_how_the_end_looks(
    snap_compare: Any, case: Case, stage: Staged, folk: dict[str, int], weekly: int, size: tuple[int, int]
) -> None:
    go_through(case, weekly, folk, *list(folk)[:9])
    case.store.change_now(meetings.add, weekly, "decision", "Søke bolig i Bergen", folk["Kaja Lie"])
    assert snap_compare(stage(MeetingScreen(case, weekly)), terminal_size=size, press=["f"])


@pytest.mark.parametrize("size", SIZES)
def test_how_minutes_of_one_opened_again_look(
    snap_compare: Any, case: Case, stage: Staged, folk: dict[str, int], weekly: int, hands: Hands, size: tuple[int, int]
) -> None:
    go_through(case, weekly, folk, *list(folk)[:9])
    close(case, weekly)
    hands.move(hours=1)
    case.store.change_now(meetings.reopen, weekly, case.store.ask_now(meeting_reading.one, weekly).version)
    go_through(case, weekly, folk, *list(folk)[:3])
    hands.move(hours=1)
    close(case, weekly)
    assert snap_compare(stage(MinutesScreen(case, weekly)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_how_a_line_looks(
    snap_compare: Any, case: Case, stage: Staged, folk: dict[str, int], weekly: int, size: tuple[int, int]
) -> None:
    keys = ["n", *("Flyttingen er utsatt til april, " * 4), "ctrl+n", *"Ringer igjen"]
    assert snap_compare(stage(MeetingScreen(case, weekly)), terminal_size=size, press=keys)
