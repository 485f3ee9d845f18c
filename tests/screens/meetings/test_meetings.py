"""Meetings on the screen: the list, the weekly's points, a support team with guests, minutes that are only added to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from models.consents import consents
from models.contacts import network, people
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.plans import tasks
from models.store import Store
from screens.frame.case import Case
from screens.frame.destinations import MEETING, PARTICIPANT, REVIEWS
from screens.meetings.list import MeetingsScreen, screen_of
from screens.meetings.minutes import MinutesScreen
from screens.meetings.screen import MeetingScreen
from screens.meetings.standup import StandupScreen
from tests.screens import small_caseload

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def folk(case: Case) -> dict[str, int]:
    return small_caseload.fill(case.store)


@pytest.fixture
def weekly(case: Case, folk: dict[str, int]) -> int:
    case.store.change_now(meetings.park, None, "Ny rutine for nøkler")
    case.store.change_now(meetings.park, folk["Kaja Lie"], "Vil flytte til Bergen")
    return case.store.change_now(meetings.open_, "weekly", None)


@pytest.fixture
def support(case: Case, folk: dict[str, int]) -> int:
    person = folk["Even Lunde"]
    for agency, role, name in (
        ("nav", "nav_municipal", "Nina Nav"),
        ("prison", "contact_officer", "Ole Moe"),
    ):
        contact = case.store.change_now(people.add, {"name": name, "agency": agency, "role": role})
        case.store.change_now(network.involve, person, contact, None)
    case.store.change_now(consents.give, person, {"agency": "nav", "role": "nav_municipal", "given": date(2026, 11, 1)})
    return case.store.change_now(meetings.open_, "support", person)


def close(case: Case, meeting: int) -> None:
    case.store.change_now(meetings.close, meeting, case.store.ask_now(meeting_reading.one, meeting).version)


def lines(case: Case, meeting: int) -> list[tuple[str, str]]:
    return [(item.kind, item.text) for item in case.store.ask_now(meeting_reading.items, meeting)]


# ---------------------------------------------------------------------- the list


async def test_open_ones_stand_on_top_and_one_is_opened_or_joined(
    case: Case, stage: Staged, weekly: int, support: int
) -> None:
    close(case, weekly)
    app = stage(MeetingsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = app.text()
        assert shown.index("Support team") < shown.index("Weekly meeting")
        (shut,) = [line for line in shown.splitlines() if "Weekly meeting" in line]
        assert "Kari Nordmann" in shut
        await pilot.press("n", "1")
        daily = app.asked[-1][1]
        assert case.store.ask_now(meeting_reading.one, daily).kind == "daily"
        await pilot.press("n", "1")
        assert app.asked[-1] == (MEETING, daily)
        await pilot.press("q")
        assert app.answers == [daily]


async def test_one_kind_only_and_one_taken_away(case: Case, stage: Staged, folk: dict[str, int], weekly: int) -> None:
    case.store.change_now(meetings.open_, "daily", None)
    app = stage(MeetingsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f", "2")
        assert "Stand-up" not in app.text()
        await pilot.press("x")
        assert "Taken away" in app.text()
        assert "No meeting yet" in app.text()
        await pilot.press("u")
        assert "Weekly meeting" in app.text()
        case.store.change_now(meetings.add, weekly, "note", "x")
        await app.screen.read_again()
        await pilot.press("x")
        assert "Only a meeting in which nothing was written" in app.text()


async def test_a_participant_has_their_support_teams_only(
    case: Case, stage: Staged, folk: dict[str, int], weekly: int, support: int
) -> None:
    app = stage(MeetingsScreen(case, folk["Even Lunde"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Support team · Even Lunde" in app.text()
        assert "Weekly" not in app.text()
        await pilot.press("n")
        assert app.asked == [(MEETING, support)]
        await pilot.press("p")
        assert "Lunde" not in app.text()


async def test_each_meeting_has_its_screen(case: Case, folk: dict[str, int], weekly: int) -> None:
    daily = case.store.change_now(meetings.open_, "daily", None)
    assert isinstance(await screen_of(case, daily), StandupScreen)
    assert isinstance(await screen_of(case, weekly), MeetingScreen)
    close(case, daily)
    assert isinstance(await screen_of(case, daily), MinutesScreen)


async def test_many_closed_ones_are_read_in_windows(case: Case, stage: Staged) -> None:
    for _number in range(70):
        close(case, case.store.change_now(meetings.open_, "daily", None))
    case.store.change_now(meetings.open_, "weekly", None)
    app = stage(MeetingsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("G")
        await pilot.pause()
        row = app.screen.moving.row
        assert row is not None
        assert (row.id, row.kind) == (1, "daily")


# ---------------------------------------------------------------------- the weekly


async def test_the_points_are_gone_through_one_after_the_other(
    case: Case, stage: Staged, folk: dict[str, int], weekly: int
) -> None:
    app = stage(MeetingScreen(case, weekly))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "▌Ny rutine for nøkler" in app.text()
        assert "Phase review missing or due" in app.text()
        await pilot.press("space")
        assert ("topic", "Ny rutine for nøkler") in lines(case, weekly)
        assert case.store.ask_now(meeting_reading.parked, "weekly")[0].text == "Vil flytte til Bergen"
        seen = set()
        # One of them has a topic, which is taken up by itself.
        for _point in [*folk, "the topic"]:
            participant, who = app.screen.about()
            seen.add(participant)
            await pilot.press("n", *"Ja", "enter", "space")
            assert ("note", "Ja") in lines(case, weekly), who
        assert seen == set(folk.values())
        assert case.store.ask_now(meeting_reading.parked, "weekly") == ()
    assert sum(kind == "heard" for kind, _text in lines(case, weekly)) == len(folk)


async def test_what_is_decided_is_about_the_point_under_the_mark(
    case: Case, stage: Staged, folk: dict[str, int], weekly: int
) -> None:
    app = stage(MeetingScreen(case, weekly))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d", *"Alle bytter nøkler", "enter", "down")
        participant, _who = app.screen.about()
        await pilot.press("t", *"Skrive søknad", "enter", *"+1w", "enter")
        assert "Task: Skrive søknad" in app.text()
        await pilot.press("enter", "R")
        assert app.asked == [(PARTICIPANT, participant), (REVIEWS, participant)]
    first, second = case.store.ask_now(meeting_reading.items, weekly)
    assert (first.participant, first.text) == (None, "Alle bytter nøkler")
    assert second.participant == participant
    (task,) = case.store.ask_now(tasks.of, participant)
    assert (task.text, task.due) == ("Skrive søknad", date(2026, 11, 29))


async def test_two_take_up_the_same_topic(case: Case, stage: Staged, weekly: int, colleague: Store) -> None:
    (topic, *_rest) = case.store.ask_now(meeting_reading.parked, "weekly")
    app = stage(MeetingScreen(case, weekly))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        colleague.change_now(meetings.take_up, topic.id, topic.version, weekly)
        await pilot.press("space")
        assert "This topic was taken up already." in app.text()
    assert lines(case, weekly) == [("topic", "Ny rutine for nøkler")]


# ---------------------------------------------------------------------- a support team


async def test_guests_come_from_the_people_around_with_their_consent(case: Case, stage: Staged, support: int) -> None:
    app = stage(MeetingScreen(case, support))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("I")
        text = app.text()
        (ole,) = [line for line in text.splitlines() if "Ole Moe" in line]
        (nina,) = [line for line in text.splitlines() if "Nina Nav" in line]
        assert "cannot be shared: never given" in ole
        assert "may be shared: until" in nina
        await pilot.press("space", "end", "space", "enter", *"Mor til Even", "enter")
        await pilot.pause()
        assert "guests: " in app.text()
        found = case.store.ask_now(meeting_reading.one, support).guests
        assert found[-1] == "Mor til Even"
        assert len(found) == 2
        await pilot.press("p")
        assert "Mor til Even" not in app.text()
        await pilot.press("I")
        assert "Ole Moe" not in app.text()


async def test_the_foot_of_a_closed_meeting_offers_nothing_to_write(
    case: Case, stage: Staged, folk: dict[str, int], weekly: int
) -> None:
    app = stage(MeetingScreen(case, weekly))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "n Note" in app.text().splitlines()[-1]
        close(case, weekly)
        await app.screen.read_again()
        await pilot.pause()
        foot = app.text().splitlines()[-1]
        for gone in ("Done", "Note", "Decision", "Task", "Finish"):
            assert gone not in foot
        await pilot.press("space")
        assert "These minutes are closed; they can only be added to." in app.text()


@pytest.mark.parametrize("key", ["n", "b", "t"])
async def test_a_sentence_begun_when_a_colleague_closed_the_meeting_is_added(
    case: Case, stage: Staged, folk: dict[str, int], weekly: int, key: str
) -> None:
    app = stage(MeetingScreen(case, weekly))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        close(case, weekly)
        await app.screen.read_again()
        await pilot.press(key, *"ub Ringte om Bao", "enter")
        await pilot.pause()
        assert "Added to the closed minutes" in app.text()
    assert [item.text for item in case.store.ask_now(meeting_reading.items, weekly)][-1] == "ub Ringte om Bao"


# ---------------------------------------------------------------------- minutes


async def test_closed_minutes_are_read_added_to_and_printed(
    case: Case, stage: Staged, folk: dict[str, int], weekly: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        case.store.change_now(meetings.add, weekly, "decision", f"Søke bolig nr. {number}", folk["Kaja Lie"])
    app = stage(MinutesScreen(case, weekly))
    target = tmp_path / "minutes.pdf"
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        assert "The meeting is still open" in app.text()
        close(case, weekly)
        await app.screen.read_again()
        await pilot.press("n", *"Det gjelder fra mandag", "enter")
        await pilot.pause()
        assert "Added 22.11.2026 10:00 by KN" in app.text()
        assert "Det gjelder fra mandag" in app.text()
        await pilot.press("z", "ctrl+u", *str(target), "enter")
        await pilot.pause()
        for _wait in range(200):
            if target.exists():
                break
            await pilot.pause(0.05)
    assert target.read_bytes().startswith(b"%PDF-")
    traces = case.store.ask_now(lambda reading: reading.sql("SELECT action FROM audit ORDER BY seq DESC LIMIT 1"))
    assert traces == [(f"paper.write minutes {weekly} names",)]


async def test_minutes_hide_names_too(case: Case, stage: Staged, folk: dict[str, int], support: int) -> None:
    case.store.change_now(meetings.add, support, "decision", "Søke bolig")
    case.store.change_now(meetings.receive, support, "Nina Nav, NAV", True)
    app = stage(MinutesScreen(case, support))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Even Lunde" in app.text()
        assert "Nina Nav" in app.text()
        await pilot.press("p")
        assert "Lunde" not in app.text()
        assert "Nina" not in app.text()
        assert "EX-006" in app.text()


async def test_a_reader_looks_only(case: Case, stage: Staged, weekly: int) -> None:
    case.store.actor = replace(case.store.actor, role="reader")
    before = lines(case, weekly)
    for screen, keys in (
        (MeetingScreen(case, weekly), ("n", "d", "t", "b", "w", "i", "I", "f", "space")),
        (MeetingsScreen(case), ("n", "x")),
    ):
        app = stage(screen)
        async with app.run_test(size=(80, 24)) as pilot:
            for key in keys:
                await pilot.press(key)
                assert "read access only" in app.text(), key
                await pilot.press("down")
    assert lines(case, weekly) == before


# ---------------------------------------------------------------------- how they look


@pytest.mark.parametrize("size", SIZES)
def test_how_the_list_looks(
    snap_compare: Any, case: Case, stage: Staged, weekly: int, support: int, size: tuple[int, int]
) -> None:
    close(case, weekly)
    case.store.change_now(meetings.open_, "daily", None)
    assert snap_compare(stage(MeetingsScreen(case)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_how_the_weekly_looks(
    snap_compare: Any, case: Case, stage: Staged, folk: dict[str, int], weekly: int, size: tuple[int, int]
) -> None:
    case.store.change_now(meetings.add, weekly, "decision", "Søke bolig i Bergen", folk["Kaja Lie"])
    assert snap_compare(stage(MeetingScreen(case, weekly)), terminal_size=size, press=["down"])


@pytest.mark.parametrize("size", SIZES)
def test_how_a_support_team_looks(
    snap_compare: Any, case: Case, stage: Staged, support: int, size: tuple[int, int]
) -> None:
    case.store.change_now(meetings.receive, support, "Nina Nav, NAV", True)
    case.store.change_now(meetings.add, support, "task", "Bestille time", None, date(2026, 11, 25), 1)
    assert snap_compare(stage(MeetingScreen(case, support)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_how_minutes_look(
    snap_compare: Any, case: Case, stage: Staged, folk: dict[str, int], weekly: int, size: tuple[int, int]
) -> None:
    kaja = folk["Kaja Lie"]
    case.store.change_now(meetings.add, weekly, "decision", "Søke bolig i Bergen", kaja)
    case.store.change_now(meetings.add, weekly, "task", "Ringe Bergen kommune", kaja, date(2026, 11, 25), 1)
    case.store.change_now(meetings.add, weekly, "note", "Gleder seg", kaja)
    case.store.change_now(meetings.gone_through, weekly, kaja)
    close(case, weekly)
    case.store.change_now(meetings.supplement, weekly, "Det gjelder fra mandag", kaja)
    assert snap_compare(stage(MinutesScreen(case, weekly)), terminal_size=size)
