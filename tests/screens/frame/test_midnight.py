"""A new day begins: whatever stands on the screen says by itself how far away things are now."""

from __future__ import annotations

import inspect
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from config.settings import Settings
from exin_tui import app as app_module
from exin_tui.app import ExinApp
from models import timeline
from models.participants import participants
from models.phase_outs import phase_outs
from models.plans import appointments, tasks
from models.store import Store
from models.values.clock import Clock, oslo
from screens.access.log import VisitsScreen
from screens.board.screen import BoardScreen
from screens.forms.form import FormScreen
from screens.frame.dialog import Dialog
from screens.frame.route import Route
from tests.screens.board.test_board import words_on
from tests.screens.frame.test_routes import CALLS, values
from tests.screens.reviews.review_case import enter
from tests.screens.small_caseload import fill

TEAM = Settings(language="en", board_scope="team")
EVENING = datetime(2026, 11, 22, 22, 59, tzinfo=UTC)
"""A minute before midnight in Oslo."""


class Hands:
    """The hands of a clock that a test moves."""

    def __init__(self) -> None:
        self.moment = EVENING

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def clock(hands: Hands) -> Clock:
    return Clock(oslo().zone, hands)


@pytest.fixture
def person(store: Store) -> int:
    """Somebody with something on every side of today."""
    number = enter(store)
    today, seconds = store.clock.today(), store.clock.seconds()
    file = store.ask_now(participants.file_of, number)
    store.change_now(participants.change, number, file.version, {"release_date": today + timedelta(days=9)})
    store.change_now(timeline.record, number, {"kind": "phone", "at": seconds - 86_400, "text": "Ringte"})
    store.change_now(appointments.add, number, {"title": "NAV", "at": seconds + 90_000})
    store.change_now(tasks.add, number, {"text": "Søke", "due": today})
    store.change_now(phase_outs.begin, number, "own_wish")
    return number


def ways() -> dict[str, tuple[Route[...], bool]]:
    """Every route to a screen of nothing, or of a participant alone, that is not filled in."""
    found = {}
    for module, node in CALLS:
        route, given = values(module, node)
        taker = route.load()
        if not inspect.isclass(taker) or issubclass(taker, FormScreen | Dialog | VisitsScreen):
            continue
        shown = taker.turn_to if route.kept else taker
        names = [name for name in inspect.signature(shown).parameters if name not in ("self", "case")][: len(given)]
        if names in ([], ["participant"]) and taker is not BoardScreen:
            found[f"{route.module}.{route.name}"] = (route, bool(names))
    return found


WAYS = ways()


def test_there_are_ways() -> None:
    assert len(WAYS) > 20


async def look(app: ExinApp, pilot: Pilot[None]) -> None:
    await app._look_around()
    assert app._looking is not None
    await app._looking.wait()
    await app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize("way", sorted(WAYS))
async def test_after_midnight_a_screen_says_what_it_says_when_it_is_opened(
    store: Store, clock: Clock, hands: Hands, person: int, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_module, "LOOK_SECONDS", 3600.0)
    route, of_one = WAYS[way]
    given: list[Any] = [person] if of_one else []
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await app.open(route, *given)
        await app.workers.wait_for_complete()
        await pilot.pause()
        hands.moment += timedelta(minutes=2)
        await look(app, pilot)
        after = words_on(app)
        await app.pop_screen()
        await app.open(route, *given)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert after == words_on(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["narrow", "wide"])
async def test_an_idle_board_goes_on_to_the_new_day(
    store: Store, clock: Clock, hands: Hands, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_module, "LOOK_SECONDS", 3600.0)
    fill(store)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=size) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        before = words_on(app)
        assert "Sun 22.11" in before
        hands.moment += timedelta(minutes=2)
        await look(app, pilot)
        after = words_on(app)
        assert "Mon 23.11" in after
        assert "Sun 22.11" not in after
        below = [text.splitlines()[1:] for text in (before, after)]
        assert below[0] != below[1], "everything is a day nearer"


@pytest.mark.parametrize("width", range(60, 131, 10))
@pytest.mark.parametrize("language", ["nb", "en"])
async def test_the_board_s_head_always_has_the_day(store: Store, clock: Clock, width: int, language: str) -> None:
    fill(store)
    app = ExinApp(Settings(language=language, board_scope="team"), store, clock)
    async with app.run_test(size=(width, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        head = words_on(app).splitlines()[0]
        assert {"nb": "Nå 1", "en": "Now 1"}[language] in head, head
        assert {"nb": "sø 22.11", "en": "Sun 22.11"}[language] in head, head
