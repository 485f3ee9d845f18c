"""Every screen about a participant is left by Esc also where there is nothing on it yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models.participants import participants
from models.store import Store
from screens.frame.case import Case
from screens.frame.route import Route
from screens.frame.screen import CaseScreen
from screens.participant.screen import ParticipantScreen
from tests.screens.conftest import Stage
from tests.screens.walk import back_to

OPENED = sorted(ParticipantScreen.OPENS_OF.items())


@pytest.mark.parametrize(("action", "route"), OPENED, ids=[action for action, _route in OPENED])
async def test_a_screen_with_nothing_on_it_is_left(
    action: str, route: Route[int], case: Case, store: Store, stage: Callable[[CaseScreen[Any]], Stage]
) -> None:
    number = store.change_now(participants.add, {"given_name": "Ny"})
    app = stage(ParticipantScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        below = app.screen
        await app.open(route, number)
        await pilot.pause()
        assert app.screen is not below
        await pilot.press("escape")
        await pilot.pause()
        assert await back_to(app, pilot, below)
