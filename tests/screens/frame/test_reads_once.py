"""What one act costs in visits to the vault: the screen that is in front again is read once, and never left old."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from textual.pilot import Pilot

from config.settings import Settings
from exin_tui.app import ExinApp
from models import timeline
from models.consents import consents, matrix
from models.meetings import meetings
from models.phase_outs import phase_outs
from models.reviews import reviews
from models.store import Store
from models.values.clock import Clock
from screens.consents.matrix import ConsentsScreen
from screens.contacts.network import NetworkScreen
from screens.frame.destinations import ABSENCES, CONSENTS, MEETING, NETWORK, PARTICIPANT, PHASE_OUT, REVIEWS
from screens.participant.screen import ParticipantScreen
from screens.reviews.list import ReviewsScreen
from tests.screens.board.test_board import board_of, marked, press, words_on
from tests.screens.small_caseload import fill

ENGLISH = Settings(language="en", board_scope="team")
THE_BOARD = {"board._overview": 1, "board.columns": 1}
THE_PARTICIPANT = {"participant._load_participant": 1, "timeline.page": 1}
BESIDE = {"listing.read_on", "listing.severities", "drafts.kept", "sessions.passphrase_given"}
"""What the board counts beside its cards, as often as it takes; and what is looked for once at the start."""


@pytest.fixture
def asked(store: Store, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each query was asked, by its subject and its name."""
    # Cards nobody looks at yet are read a while later, and would be counted with whatever comes then.
    monkeypatch.setattr("screens.board.columns.AHEAD_SECONDS", 3_600)
    found: Counter[str] = Counter()
    ask = store.ask

    async def counting(query: Any, *args: Any, **kwargs: Any) -> Any:
        parts = query.__module__.removesuffix(".screen").split(".")
        found[f"{parts[-1]}.{query.__name__}"] += 1
        return await ask(query, *args, **kwargs)

    monkeypatch.setattr(store, "ask", counting)
    return found


def shown(asked: Counter[str]) -> dict[str, int]:
    """What was asked since the last `clear` for what a screen shows."""
    return {name: count for name, count in asked.items() if name not in BESIDE}


async def settled(pilot: Pilot[None]) -> None:
    """Wait until nothing is read any more."""
    for _turn in range(4):
        await press(pilot)


async def begun(pilot: Pilot[None], asked: Counter[str], *keys: str) -> None:
    """Press the keys up to the act, and count from there."""
    await settled(pilot)
    await press(pilot, *keys)
    await settled(pilot)
    asked.clear()


async def test_an_entry_saved_on_the_participant(store: Store, clock: Clock, asked: Counter[str]) -> None:
    person = fill(store)["Even Lunde"]
    app = ExinApp(ENGLISH, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.open(PARTICIPANT, person)
        await begun(pilot, asked, "r", "t", *"Ringte om jobb")
        await press(pilot, "f2")
        await settled(pilot)
        assert isinstance(app.screen, ParticipantScreen)
        assert shown(asked) == THE_PARTICIPANT
        assert "Ringte om jobb" in words_on(app)
        row = app.screen.line.row
        assert row is not None
        assert row.text == "Ringte om jobb"
        assert "Saved." in words_on(app)


async def test_an_entry_saved_from_the_board(store: Store, clock: Clock, asked: Counter[str]) -> None:
    fill(store)
    app = ExinApp(ENGLISH, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await begun(pilot, asked, "down", "r", "t", *"Ringte om jobb")
        await press(pilot, "f2")
        await settled(pilot)
        assert marked(app) == "Åse Østby-Haugerud"
        assert shown(asked) == THE_BOARD
        assert "Saved." in words_on(app)


async def test_a_consent_withdrawn_and_the_way_back(store: Store, clock: Clock, asked: Counter[str]) -> None:
    person = fill(store)["Even Lunde"]
    values = {"agency": "prison", "role": "contact_officer", "given": clock.today()}
    store.change_now(consents.give, person, values)
    app = ExinApp(ENGLISH, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.open(PARTICIPANT, person)
        await settled(pilot)
        await app.open(CONSENTS, person)
        await settled(pilot)
        assert isinstance(app.screen, ConsentsScreen)
        rows = store.ask_now(matrix.matrix, person)
        app.screen.moving.go(next(place for place, row in enumerate(rows) if row.role == "contact_officer"))
        await begun(pilot, asked, "w", "f2", *"Perm 4")
        await press(pilot, "f2")
        await settled(pilot)
        assert "no: withdrawn" in words_on(app)
        assert shown(asked) == {"matrix._load_consents": 1}
        asked.clear()
        await press(pilot, "escape")
        await settled(pilot)
        assert isinstance(app.screen, ParticipantScreen)
        assert shown(asked) == THE_PARTICIPANT


async def test_the_network_opened(store: Store, clock: Clock, asked: Counter[str]) -> None:
    person = fill(store)["Even Lunde"]
    app = ExinApp(ENGLISH, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.open(PARTICIPANT, person)
        await begun(pilot, asked)
        await app.open(NETWORK, person)
        await settled(pilot)
        assert isinstance(app.screen, NetworkScreen)
        assert shown(asked) == {"network._load_network": 1}
        asked.clear()
        await press(pilot, "escape")
        await settled(pilot)
        assert shown(asked) == {}, "nothing was changed there"


@pytest.mark.parametrize(
    ("kind", "reads"),
    [("daily", "standup._load_stand_up"), ("weekly", "meetings._load_minutes"), ("monthly", "monthly._load_monthly")],
)
async def test_a_line_of_minutes_and_somebody_gone_through(
    store: Store, clock: Clock, asked: Counter[str], kind: str, reads: str
) -> None:
    fill(store)
    meeting = store.change_now(meetings.open_, kind)
    app = ExinApp(ENGLISH, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.open(MEETING, meeting)
        await begun(pilot, asked, "n", *"Ja")
        await press(pilot, "enter")
        await settled(pilot)
        assert "Written; u to undo." in words_on(app)
        assert shown(asked) == {reads: 1}
        asked.clear()
        if kind != "monthly":
            await press(pilot, "space")
            await settled(pilot)
            assert shown(asked) == {reads: 1}


async def test_an_absence_noted_and_taken_away(store: Store, clock: Clock, asked: Counter[str]) -> None:
    fill(store)
    app = ExinApp(ENGLISH, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.open(ABSENCES)
        await begun(pilot, asked, "n", "o")
        await press(pilot, "f2")
        await settled(pilot)
        assert shown(asked) == {"absences.listing": 1}
        await begun(pilot, asked, "d", "down")
        await press(pilot, "enter")
        await settled(pilot)
        assert "Nobody is away" in words_on(app)
        assert shown(asked) == {"absences.listing": 1}


async def test_what_a_colleague_saves_behind_another_screen_is_shown(
    store: Store, clock: Clock, asked: Counter[str]
) -> None:
    person = fill(store)["Even Lunde"]
    app = ExinApp(ENGLISH, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.open(PARTICIPANT, person)
        await begun(pilot, asked)
        await app.open(NETWORK, person)
        await settled(pilot)
        store.change_now(timeline.record, person, {"kind": "phone", "text": "Ringte om bolig"})
        asked.clear()
        await press(pilot, "escape")
        await settled(pilot)
        assert shown(asked) == THE_PARTICIPANT
        assert "Ringte om bolig" in words_on(app)


async def test_names_hidden_on_another_screen_are_hidden_on_the_one_below(
    store: Store, clock: Clock, asked: Counter[str]
) -> None:
    person = fill(store)["Even Lunde"]
    app = ExinApp(ENGLISH, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.open(PARTICIPANT, person)
        await begun(pilot, asked)
        assert "Even Lunde" in words_on(app)
        await app.open(NETWORK, person)
        await press(pilot, "p", "escape")
        await settled(pilot)
        assert isinstance(app.screen, ParticipantScreen)
        assert "Even Lunde" not in words_on(app)
        await press(pilot, "escape")
        await settled(pilot)
        assert board_of(app)
        assert "Even Lunde" not in words_on(app)


async def test_a_review_discarded(store: Store, clock: Clock, asked: Counter[str]) -> None:
    person = fill(store)["Even Lunde"]
    store.change_now(reviews.begin, person, "stay")
    app = ExinApp(ENGLISH, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.open(REVIEWS, person)
        await begun(pilot, asked, "end", "d", "down")
        await press(pilot, "enter")
        await settled(pilot)
        assert "Discarded" in words_on(app)
        assert sum(shown(asked).values()) == 1


async def test_a_review_looked_at_and_left(store: Store, clock: Clock, asked: Counter[str]) -> None:
    person = fill(store)["Even Lunde"]
    store.change_now(reviews.begin, person, "stay")
    app = ExinApp(ENGLISH, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.open(REVIEWS, person)
        await begun(pilot, asked, "enter")
        await press(pilot, "escape")
        await settled(pilot)
        assert isinstance(app.screen, ReviewsScreen)
        assert shown(asked) == {}, "nothing was changed there"


async def test_a_step_of_a_phase_out(store: Store, clock: Clock, asked: Counter[str]) -> None:
    person = fill(store)["Even Lunde"]
    store.change_now(consents.give, person, {"agency": "nav", "role": "nav_state", "given": clock.today()})
    store.change_now(phase_outs.begin, person, "independence")
    app = ExinApp(ENGLISH, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.open(PHASE_OUT, person)
        await begun(pilot, asked, "x", *"Flyttet")
        await press(pilot, "enter")
        await settled(pilot)
        assert "not to be told: Flyttet" in words_on(app)
        assert shown(asked) == {"file.file_of": 1}
        await begun(pilot, asked, "c")
        await press(pilot, "f2")
        await settled(pilot)
        assert "[x] Closing talk" in words_on(app)
        assert shown(asked) == {"file.file_of": 1}
