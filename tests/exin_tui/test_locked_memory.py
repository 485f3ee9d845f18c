"""What a locked program lets go of; what it still holds, `python -m tests.memory` measures."""

from __future__ import annotations

from config.settings import Settings
from exin_tui.app import ExinApp
from models.store import Store
from models.values.clock import Clock
from screens.participant.screen import ParticipantScreen
from tests.screens.small_caseload import fill


async def test_a_lock_lets_go_of_screens_that_were_left(store: Store, clock: Clock) -> None:
    fill(store)
    app = ExinApp(Settings(language="en", board_scope="team"), store, clock)
    async with app.run_test() as pilot:
        await pilot.press("enter")
        left = app.screen
        assert isinstance(left, ParticipantScreen)
        await pilot.press("q")
        assert left.is_running
        await pilot.press("L")
        await pilot.pause(0.5)
        assert not left.is_running
        assert left not in app.installed().values()
