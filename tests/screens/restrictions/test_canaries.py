"""Of a hidden participant no screen there is says anything, whatever it is opened on; a leader's says it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from textual.pilot import Pilot

from config.errors import ExinError
from config.settings import Settings
from exin_tui.app import ExinApp
from models.restrictions import restrictions
from models.store import Store
from models.tables import Participant
from models.values.clock import Clock
from screens.everywhere.drafts import import_all
from screens.frame.route import Route
from tests.models.roles.canaries import CANARY, enter
from tests.screens.board.test_board import words_on
from tests.screens.frame.test_routes import CALLS, arguments, is_plain, values
from tests.screens.restrictions.sessions import Sessions

TEAM = Settings(language="en", board_scope="team", board_view="list")


@pytest.fixture
def hidden(store: Store) -> int:
    """The second participant, and the second row of nearly every table, which only leaders see."""
    for number, (code, text) in enumerate((("EX-001", "spurv"), ("EX-002", CANARY)), 1):
        made = store.change_now(enter, code, text, store.actor.staff_id)
        assert made[Participant] == number
    store.change_now(restrictions.restrict, 2, {"may_see": (), "reason": f"{CANARY} grunn"})
    return 2


def routes() -> Iterator[tuple[Route[...], tuple[Any, ...]]]:
    """Every route with every number that may be anything of either participant's."""
    import_all()
    known = set()
    for module, node in CALLS:
        route, given = values(module, node)
        if (route.module, route.name, str(given)) in known:
            continue
        known.add((route.module, route.name, str(given)))
        if not is_plain(given):
            # Help, commands and what goes on with an unfinished form are opened from screens.
            continue
        for number in (1, 2) if given else (0,):
            for each in arguments(route, given, number, "EX-002"):
                yield route, each


async def texts(app: ExinApp, pilot: Pilot[None]) -> dict[str, str]:
    """What stands on every screen that opens, by its route and what it was opened on."""
    found = {"board": words_on(app)}
    for route, given in routes():
        depth = len(app.screen_stack)
        try:
            await app.open(route, *given)
            await pilot.pause()
            found[f"{route.module}.{route.name}{given}"] = words_on(app)
        except ExinError as error:
            found[f"{route.module}.{route.name}{given}"] = error.text
        while len(app.screen_stack) > depth:
            await app.pop_screen()
        await pilot.pause()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("user", ["ola", "lise"])
async def test_no_screen_tells_of_a_hidden_participant(
    sessions: Sessions, hidden: int, clock: Clock, user: str
) -> None:
    app = ExinApp(TEAM, sessions(user), clock)
    async with app.run_test(size=(200, 60)) as pilot:
        await pilot.pause()
        found = await texts(app, pilot)
        assert sum("spurv" in text for text in found.values()) > 15
        assert {where: text for where, text in found.items() if CANARY in text} == {}
        told = {where for where, text in found.items() if "EX-002" in text}
        assert told == {"screens.restrictions.forms.OpeningForm('EX-002',)"}, "where it was typed"


@pytest.mark.slow
async def test_a_leaders_screens_tell_of_them(store: Store, hidden: int, clock: Clock) -> None:
    """Else the test above would hold of screens that tell of nobody."""
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(200, 60)) as pilot:
        await pilot.pause()
        found = await texts(app, pilot)
        assert sum(CANARY in text for text in found.values()) > 25
