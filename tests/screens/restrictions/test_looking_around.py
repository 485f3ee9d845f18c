"""What colleagues do at the worst moment: while the program looks for their changes, or while a screen is opened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

import pytest
from textual.pilot import Pilot

from config.settings import Settings
from exin_tui import app as app_module
from exin_tui.app import ExinApp
from models.meetings import meetings
from models.meetings.reading import DAILY
from models.restrictions import restrictions
from models.storage.reading import Reading
from models.store import Store
from models.values.clock import Clock
from models.vault.errors import Busy
from screens.board.screen import BoardScreen
from screens.frame.destinations import CONSENTS, PARTICIPANT, RECORD
from screens.frame.route import Route
from screens.frame.screen import CaseScreen
from screens.frame.sudden import ToldScreen
from screens.meetings.list import MeetingsScreen
from screens.meetings.standup import StandupScreen
from screens.participant.screen import ParticipantScreen
from tests.conftest import PASSPHRASE
from tests.screens.board.test_board import words_on
from tests.screens.restrictions.sessions import Sessions
from tests.screens.small_caseload import fill

ENGLISH = Settings(language="en", board_scope="team")
MEETING_OF = (
    Route[int]("screens.meetings.standup", "StandupScreen"),
    Route[int]("screens.meetings.screen", "MeetingScreen"),
    Route[int]("screens.meetings.monthly", "MonthlyScreen"),
)


async def look(app: ExinApp, pilot: Pilot[None]) -> None:
    await app._look_around()
    assert app._looking is not None
    await app._looking.wait()
    await pilot.pause()


async def told(app: ExinApp, pilot: Pilot[None]) -> str:
    """What the dialog says that took a screen away; read, and gone afterwards."""
    await pilot.pause()
    assert isinstance(app.screen, ToldScreen)
    said = " ".join(words_on(app).split())
    await pilot.press("enter")
    await pilot.pause()
    return said


def after_hearing(app: ExinApp, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Do something when a colleague's change is heard of, before anything is asked about it."""
    hear = app.case.store.changed_elsewhere

    async def heard() -> bool:
        changed = await hear()
        if changed:
            act()
        return changed

    monkeypatch.setattr(app.case.store, "changed_elsewhere", heard)


async def test_whoever_is_revoked_while_a_change_is_looked_at_is_told_and_nothing_crashes(
    store: Store, sessions: Sessions, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = fill(store)["Frode Nguyen"]
    ola = sessions("ola")
    app = ExinApp(ENGLISH, ola, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        after_hearing(app, monkeypatch, lambda: store.unlocked.remove_slot(ola.unlocked.slot_id or ""))
        store.change_now(restrictions.restrict, person, {"may_see": (), "reason": "Slekt"})
        await look(app, pilot)
        assert ola.lost is not None
        assert app.return_code == int(ola.lost.exit_code)


async def test_a_look_that_failed_is_made_again_and_the_screen_is_left_then(
    store: Store, sessions: Sessions, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = fill(store)["Frode Nguyen"]
    app = ExinApp(ENGLISH, sessions("ola"), clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.open(CONSENTS, person)
        fails = [True]

        def hidden(reading: Reading) -> set[int]:
            if fails:
                fails.pop()
                raise Busy(store.unlocked.place.database)
            return set(reading.hidden)

        monkeypatch.setattr(app_module, "_hidden", hidden)
        store.change_now(restrictions.restrict, person, {"may_see": (), "reason": "Slekt"})
        await look(app, pilot)
        assert not fails
        await look(app, pilot)
        assert "restricted to some colleagues" in await told(app, pilot)
        assert isinstance(app.screen, BoardScreen)
        assert "Frode Nguyen" not in words_on(app)


async def test_a_screen_that_is_being_read_for_the_first_time_is_no_hindrance(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    meeting = store.change_now(meetings.open_, DAILY)
    app = ExinApp(ENGLISH, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        screen = StandupScreen(app.case, meeting)
        mounted = app.push_screen(screen)

        async def at_once(_query: object) -> set[int]:
            return {77}

        with monkeypatch.context() as patch:
            patch.setattr(store, "ask", at_once)
            await app._leave_hidden()
        await mounted
        await pilot.pause()
        assert app.screen is screen


@pytest.mark.parametrize("route", MEETING_OF, ids=lambda route: route.name)
async def test_what_is_gone_before_its_screen_has_read_it_is_told_below(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch, route: Route[int]
) -> None:
    """The meeting was there when it was looked for; a colleague took it away, or hid whom it was about."""
    person = fill(store)["Frode Nguyen"]
    app = ExinApp(ENGLISH, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await app.open(PARTICIPANT, person)
        below = app.screen
        assert isinstance(below, ParticipantScreen)

        async def act() -> None:
            await app.open(route, 77)

        monkeypatch.setattr(below, "action_help", act)
        await pilot.press("question_mark")
        assert "This meeting is not here any more." in await told(app, pilot)
        assert app.screen is below


async def test_a_screen_that_is_not_mounted_yet_is_not_read_for_a_change(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = ExinApp(ENGLISH, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        screen = MeetingsScreen(app.case)
        mounted = app.push_screen(screen)

        async def at_once() -> None:
            screen.query_one("#meetings-head")

        with monkeypatch.context() as patch:
            patch.setattr(screen, "refresh_case", at_once)
            store.changes += 1
            await screen.catch_up()
        await mounted
        await pilot.pause()
        assert "Meetings" in words_on(app)


async def test_a_screen_that_is_left_while_it_is_read_for_a_change_is_not_drawn(
    store: Store, sessions: Sessions, clock: Clock
) -> None:
    fill(store)
    app = ExinApp(ENGLISH, sessions("ola"), clock)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = MeetingsScreen(app.case)
        await app.push_screen(screen)
        await pilot.pause()
        app.case.store.changes += 1
        looked = asyncio.create_task(screen.catch_up())
        await asyncio.sleep(0)
        await app.pop_screen()
        await looked
        assert isinstance(app.screen, BoardScreen)


async def test_a_list_behind_another_screen_shows_nobody_restricted_meanwhile(
    store: Store, sessions: Sessions, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = fill(store)
    app = ExinApp(ENGLISH, sessions("ola"), clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        board = app.screen
        assert isinstance(board, BoardScreen)
        before = named(app, people)
        assert "Frode Nguyen" in before
        await app.open(PARTICIPANT, next(one for name, one in people.items() if name != "Frode Nguyen"))
        store.change_now(restrictions.restrict, people["Frode Nguyen"], {"may_see": (), "reason": "Slekt"})
        await look(app, pilot)
        with monkeypatch.context() as patch:
            patch.setattr(board, "catch_up", nothing)
            await app.pop_screen()
            await pilot.pause()
            assert app.screen is board
            assert not named(app, people)
        await look(app, pilot)
        assert named(app, people) == before - {"Frode Nguyen"}


async def test_what_a_lock_covers_is_read_before_it_is_shown_again(
    store: Store, sessions: Sessions, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever was restricted while the program was locked is not there after the passphrase, not for a moment."""
    people = fill(store)
    app = ExinApp(ENGLISH, sessions("ola"), clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        before = named(app, people)
        await app.open(PARTICIPANT, people["Frode Nguyen"])
        await pilot.press("L")
        assert app.locked
        store.change_now(restrictions.restrict, people["Frode Nguyen"], {"may_see": (), "reason": "Slekt"})
        seen: list[str] = []
        monkeypatch.setattr(app, "_display", lambda *_given: seen.append(words_on(app)))
        await pilot.press(*("space" if letter == " " else letter for letter in PASSPHRASE), "enter")
        for _wait in range(200):
            await pilot.pause(0.05)
            if not app.locked:
                break
        assert "restricted to some colleagues" in await told(app, pilot)
        assert isinstance(app.screen, BoardScreen)
        assert seen
        assert not any("Frode Nguyen" in words for words in seen)
        assert named(app, people) == before - {"Frode Nguyen"}


async def nothing() -> None:
    """What takes its time."""


def named(app: ExinApp, people: Mapping[str, int]) -> set[str]:
    """Whose names stand on the screen."""
    words = words_on(app)
    return {name for name in people if name in words}


async def test_a_form_behind_the_lock_has_its_field_and_its_text_again(store: Store, clock: Clock) -> None:
    person = fill(store)["Frode Nguyen"]
    app = ExinApp(ENGLISH, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.open(RECORD, person)
        await pilot.press("t", *"halv")
        form, field = app.screen, app.screen.focused
        await pilot.press("f9")
        assert app.locked
        assert isinstance(form, CaseScreen)
        assert form.covered
        await pilot.press(*("space" if letter == " " else letter for letter in PASSPHRASE), "enter")
        for _wait in range(200):
            await pilot.pause(0.05)
            if not app.locked:
                break
        await pilot.press(*"veis")
        assert app.screen is form
        assert form.focused is field
        assert "halvveis" in words_on(app)
