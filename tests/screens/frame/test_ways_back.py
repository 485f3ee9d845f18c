"""Every screen about a participant is left by Esc also where there is nothing on it yet."""

from __future__ import annotations

import pytest

from config.settings import Settings
from exin_tui.app import ExinApp
from models.participants import participants
from models.store import Store
from models.values.clock import Clock
from screens.frame.route import Route
from screens.participant.screen import ParticipantScreen

OPENED = sorted(ParticipantScreen.OPENS_OF.items())


@pytest.mark.parametrize(("action", "route"), OPENED, ids=[action for action, _route in OPENED])
async def test_a_screen_with_nothing_on_it_is_left(action: str, route: Route[int], store: Store, clock: Clock) -> None:
    number = store.change_now(participants.add, {"given_name": "Ny"})
    app = ExinApp(Settings(language="en", board_scope="team"), store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        board = app.screen
        await app.open(route, number)
        await pilot.pause()
        assert app.screen is not board, f"{action} does not open"
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is board, f"Esc does not close what {action} opens"
