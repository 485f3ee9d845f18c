"""Restricting from the participant's screen, what others meet, opening with a reason, and what leaders are shown."""

from __future__ import annotations

from config import words
from config.settings import Settings
from exin_tui.app import ExinApp
from models import board
from models.restrictions import restrictions
from models.store import Store
from models.values.clock import Clock
from screens.board.screen import BoardScreen
from screens.everywhere.search import QUIET_SECONDS
from screens.frame.destinations import CONSENTS, OPENING, PARTICIPANT
from screens.participant.screen import ParticipantScreen
from screens.restrictions.forms import OpeningForm, RestrictForm
from screens.restrictions.list import RestrictedScreen
from tests.screens.board.test_board import press, words_on
from tests.screens.restrictions.sessions import Sessions
from tests.screens.small_caseload import fill

ENGLISH = Settings(language="en", board_scope="team")
REASON = "Slekt i teamet"


def restrict(store: Store, participant: int, *may_see: int) -> None:
    store.change_now(restrictions.restrict, participant, {"may_see": may_see, "reason": REASON})


async def test_a_leader_restricts_changes_and_lifts(store: Store, sessions: Sessions, clock: Clock) -> None:
    person = fill(store)["Frode Nguyen"]
    ola = sessions("ola")
    app = ExinApp(ENGLISH, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.open(PARTICIPANT, person)
        await press(pilot, "X")
        assert isinstance(app.screen, RestrictForm)
        assert "[x] Ola" in words_on(app), "the responsible one is ticked"
        await press(pilot, "tab", *REASON, "f2")
        assert isinstance(app.screen, ParticipantScreen)
        assert "RESTRICTED" in words_on(app)
        found = store.ask_now(restrictions.of, person)
        assert found is not None
        assert (found.may_see, found.reason, found.by) == ((ola.actor.staff_id,), REASON, "Kari Nordmann")
        await press(pilot, "X", "c")
        assert isinstance(app.screen, RestrictForm)
        await press(pilot, "space", "f2")
        assert ola.ask_now(board.card, person) is None
        await press(pilot, "X", "l")
        assert "The whole team sees the participant again" in words_on(app)
        assert "RESTRICTED" not in words_on(app)
        assert ola.ask_now(board.card, person) is not None


async def test_who_does_not_see_them_meets_a_sentence_only_for_the_whole_code(
    store: Store, sessions: Sessions, clock: Clock
) -> None:
    person = fill(store)["Frode Nguyen"]
    restrict(store, person)
    code = store.ask_now(restrictions.everybody)[0].code
    app = ExinApp(ENGLISH, sessions("lise"), clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "Nguyen" not in words_on(app)
        assert "Caseload board  13" in words_on(app)
        await press(pilot, "/", *code[:-1])
        await pilot.pause(2 * QUIET_SECONDS)
        assert "restricted" not in words_on(app)
        await press(pilot, code[-1])
        await pilot.pause(2 * QUIET_SECONDS)
        await pilot.app.workers.wait_for_complete()
        assert "This participant is restricted to some colleagues." in words_on(app)
        assert "Nguyen" not in words_on(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, OpeningForm)
        await press(pilot, "f2")
        assert "Reason: say why" in words_on(app)
        await press(pilot, *"Ringte nå", "f2")
        assert isinstance(app.screen, ParticipantScreen)
        assert "Frode Nguyen" in words_on(app)
        await press(pilot, "r")
        assert "read access only" in words_on(app), "a reader still only reads"


async def test_leaders_are_shown_who_opened_whom_until_one_notes_it(
    store: Store, sessions: Sessions, clock: Clock
) -> None:
    person = fill(store)["Frode Nguyen"]
    restrict(store, person)
    code = store.ask_now(restrictions.everybody)[0].code
    ola = sessions("ola")
    app = ExinApp(ENGLISH, ola, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "X")
        assert "Only a team leader can restrict" in words_on(app)
        await press(pilot, "O", *code, "tab", *"Akutt", "f2")
        assert isinstance(app.screen, ParticipantScreen)
    app = ExinApp(ENGLISH, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "1 restricted was opened: X" in words_on(app)
        await press(pilot, "X")
        assert isinstance(app.screen, RestrictedScreen)
        assert "Ola Berg  Akutt" in words_on(app)
        assert "team leaders only" in words_on(app)
        await press(pilot, "p")
        assert not {"Nguyen", "Akutt", REASON} & set(words_on(app).split())
        await press(pilot, "p", "space")
        assert "Ola Berg  Akutt" not in words_on(app)
        await press(pilot, "q")
        assert isinstance(app.screen, BoardScreen)
        assert "opened" not in words_on(app)


async def test_a_code_that_is_nobodys_opens_nothing(store: Store, sessions: Sessions, clock: Clock) -> None:
    fill(store)
    app = ExinApp(ENGLISH, sessions("ola"), clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.open(OPENING, "EX-003")
        await press(pilot, "tab", *"Akutt", "f2")
        assert "EX-003 is no restricted participant's code." in words_on(app)


async def test_a_screen_about_somebody_who_is_restricted_just_now_is_left(
    store: Store, sessions: Sessions, clock: Clock
) -> None:
    person = fill(store)["Frode Nguyen"]
    app = ExinApp(ENGLISH, sessions("ola"), clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.open(PARTICIPANT, person)
        await app.open(CONSENTS, person)
        await pilot.pause()
        assert "Nguyen" in words_on(app)
        restrict(store, person)
        await app._look_around()
        await pilot.pause()
        assert "Nguyen" not in words_on(app)
        assert "This participant is restricted" in words_on(app)
        await pilot.press("enter")
        assert isinstance(app.screen, BoardScreen)
        assert "Nguyen" not in words_on(app)


async def test_the_card_of_a_restricted_one_says_so_to_whoever_sees_it(store: Store, clock: Clock) -> None:
    person = fill(store)["Frode Nguyen"]
    restrict(store, person)
    for view, said in (("columns", "⊘"), ("list", "restricted")):
        app = ExinApp(Settings(language="en", board_scope="team", board_view=view), store, clock)
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.pause()
            line = next(line for line in words_on(app).splitlines() if "Frode" in line)
            assert said in line


async def test_the_words_are_norwegian_too(store: Store, sessions: Sessions, clock: Clock) -> None:
    person = fill(store)["Frode Nguyen"]
    restrict(store, person)
    app = ExinApp(Settings(language="nb", board_scope="team"), store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "X")
        assert "bare teamledere" in words_on(app)
        assert words.language() == "nb"
