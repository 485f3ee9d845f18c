"""Enter on a line of any list leads somewhere or says why not, and one comes back to where one was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from config.errors import ExinError
from config.settings import Settings
from exin_tui.app import ExinApp
from models import timeline
from models.contacts import people
from models.hand_overs import hand_overs
from models.meetings import meetings
from models.signals import listing as signals
from models.signals import snoozes
from models.store import Store
from models.tables import Record
from models.team import absences, staff
from models.values.clock import Clock
from screens.everywhere.search import SearchScreen
from screens.frame.destinations import MEETING, PARTICIPANT, SEARCH
from screens.frame.moving import ListKeys
from screens.frame.route import Route
from screens.participant.screen import ParticipantScreen
from screens.widgets.key_line import SaidLine
from tests.models.roles.canaries import CANARY
from tests.models.roles.canaries import enter as enter_canary
from tests.screens.board.test_board import words_on
from tests.screens.hiding.test_hidden_names import CODE, IDS, ROUTES
from tests.screens.small_caseload import fill

TEAM = Settings(language="en", board_scope="team", board_view="list")


@pytest.fixture
def made(store: Store) -> Mapping[type[Record], int]:
    """Somebody of whom there is a row in nearly every table."""
    return store.change_now(enter_canary, CODE, CANARY, store.actor.staff_id)


@pytest.mark.slow
@pytest.mark.parametrize(("route", "given"), ROUTES, ids=IDS)
async def test_enter_on_a_line_leads_somewhere_or_says_why_not(
    store: Store, clock: Clock, made: Mapping[type[Record], int], route: Route[...], given: tuple[Any, ...]
) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.pause()
        try:
            await app.open(route, *given)
        except ExinError as error:
            pytest.skip(error.text)
        await pilot.pause()
        listed = app.screen
        if not isinstance(listed, ListKeys):
            pytest.skip("no list")
        listed.query_one(SaidLine).say("")
        before, depth = words_on(app), len(app.screen_stack)
        await pilot.press("enter")
        await pilot.pause()
        if app.screen is listed:
            assert listed.query_one(SaidLine).said or words_on(app) != before, "nothing came of it"
            return
        if len(app.screen_stack) > depth:
            await pilot.press("escape")
            await pilot.pause()
            assert app.screen is listed, "one comes back to the list"


@pytest.fixture
def people_of(store: Store) -> dict[str, int]:
    found = fill(store)
    store.change_now(people.add, {"name": "Berit Moe", "agency": "nav", "phone": "22 05 05 00"})
    away = {
        "staff": store.actor.staff_id,
        "first": date(2026, 11, 23),
        "last": date(2026, 11, 24),
        "note": "Kjeltringkurs",
    }
    store.change_now(absences.add, {**away, "first": date(2026, 12, 23), "last": date(2026, 12, 24), "note": "Jul"})
    store.change_now(absences.add, away)
    whom, ola = found["Even Lunde"], next(one.id for one in store.ask_now(staff.team) if one.user == "ola")
    sign = store.ask_now(signals.of, whom)[-1]
    store.change_now(snoozes.put_aside, whom, None, sign.rule, date(2026, 12, 1), "Pausegrunn: svar ventes")
    for name in ("Even Lunde", "Gry Aasen"):
        note = "Overført fordi Kari slutter" if name == "Even Lunde" else "Bytte"
        store.change_now(hand_overs.hand_over, found[name], ola if name == "Even Lunde" else 1, note)
    return found


async def settle(pilot: Any) -> None:
    await pilot.pause(0.15)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize("below", ["board", "somebody", "the same"])
async def test_a_hit_is_opened_with_the_mark_on_it_and_esc_is_back_in_the_search(
    store: Store, clock: Clock, people_of: dict[str, int], below: str
) -> None:
    whom = people_of["Even Lunde"]
    entry = store.change_now(
        timeline.record, whom, {"kind": "note", "at": clock.seconds() - 30 * 86_400, "text": "Kjeks og kaffe"}
    )
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        if below != "board":
            await app.open(PARTICIPANT, whom if below == "the same" else people_of["Lars Vik"])
        depth = len(app.screen_stack)
        await pilot.press("slash", *"kaffe")
        await settle(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ParticipantScreen)
        assert app.screen.participant == whom
        assert app.screen.line.row is not None
        assert app.screen.line.row.id == entry
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, SearchScreen)
        assert app.screen._line.value == "kaffe"
        assert app.screen.moving.row.entry == entry
        await pilot.press("escape")
        await pilot.pause()
        assert len(app.screen_stack) == depth
        if below == "somebody":
            assert "Lars Vik" in words_on(app)
        await pilot.press("slash")
        await settle(pilot)
        assert len(app.screen_stack) == depth + 1


async def test_an_entry_of_a_kind_that_is_not_shown_is_shown_all_the_same(
    store: Store, clock: Clock, people_of: dict[str, int]
) -> None:
    whom = people_of["Even Lunde"]
    entry = store.change_now(timeline.record, whom, {"kind": "note", "text": "Kjeks"})
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.open(PARTICIPANT, whom)
        await app.screen._show_kinds(("phone",))
        await pilot.press("escape", "slash", *"kjeks")
        await settle(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen.line.row.id == entry


@pytest.mark.parametrize(
    ("word", "title", "there"),
    [
        ("berit", "Berit Moe", "22 05 05 00"),
        ("jul", "Absences", "Jul"),
        ("kjeltringkurs", "Absences", "Kjeltr"),
        ("pausegrunn", "Snoozed", "Pausegrunn"),
        ("overført", "Hand-overs", "Overf"),
    ],
)
async def test_what_is_about_nobody_in_particular_is_opened_where_it_stands(
    store: Store, clock: Clock, people_of: dict[str, int], word: str, title: str, there: str
) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *word)
        await settle(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert title in words_on(app)
        marked = [line for line in words_on(app).splitlines() if line.startswith("▌")]
        assert there in (words_on(app) if title in ("Berit Moe", "Snoozed") else marked[0])
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, SearchScreen)


@pytest.mark.parametrize("kind", ["daily", "weekly"])
@pytest.mark.parametrize("from_participant", [False, True], ids=["from the board", "from a participant"])
async def test_from_a_meeting_enter_opens_who_is_spoken_of_and_back_is_the_meeting(
    store: Store, clock: Clock, people_of: dict[str, int], kind: str, from_participant: bool
) -> None:
    meeting = store.change_now(meetings.open_, kind, None)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        if from_participant:
            await app.open(PARTICIPANT, people_of["Lars Vik"])
        await app.open(MEETING, meeting)
        await pilot.pause()
        await pilot.press("right" if kind == "daily" else "down")
        there, spoken_of = app.screen, app.screen.concerned
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ParticipantScreen)
        assert app.screen.participant == spoken_of
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is there
        assert app.screen.concerned == spoken_of
        await pilot.press("escape")
        await pilot.pause()
        assert ("Lars Vik" in words_on(app)) or not from_participant


async def test_of_a_support_team_enter_opens_the_participant_over_the_meeting(
    store: Store, clock: Clock, people_of: dict[str, int]
) -> None:
    whom = people_of["Lars Vik"]
    meeting = store.change_now(meetings.open_, "support", whom)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await app.open(PARTICIPANT, whom)
        await app.open(MEETING, meeting)
        await pilot.pause()
        there = app.screen
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ParticipantScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is there


async def test_the_search_is_left_behind_by_no_second_one(
    store: Store, clock: Clock, people_of: dict[str, int]
) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for _again in range(3):
            await app.open(PARTICIPANT, people_of["Lars Vik"])
            await app.open(SEARCH)
            await pilot.pause()
            await app.open(PARTICIPANT, people_of["Even Lunde"])
            await pilot.pause()
        assert len(app.screen_stack) <= 4


async def test_who_is_gone_by_the_time_they_are_opened_is_told_so(
    store: Store, clock: Clock, people_of: dict[str, int]
) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.open(PARTICIPANT, people_of["Lars Vik"])
        await app.open(SEARCH)
        await app.open(PARTICIPANT, 9_999)
        await pilot.pause()
        assert "not here any more" in words_on(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, SearchScreen)
