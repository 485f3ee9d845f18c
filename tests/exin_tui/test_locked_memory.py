"""What a locked program still holds, looked for from outside as only root can."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from config.settings import Settings
from exin_tui.app import ExinApp
from models.store import Store
from models.values.clock import Clock
from models.vault import sealed
from screens.participant.screen import ParticipantScreen
from tests.journeys.terminal import KARI, Desk, found_vault
from tests.memory import found
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


@pytest.mark.terminal
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_a_lock_leaves_no_private_key_in_memory(tmp_path: Path) -> None:
    if os.geteuid():
        pytest.skip("only root can look into the memory of an undumpable process")
    desk = Desk(tmp_path)
    found_vault(desk.vault)
    way_in = sealed.unlock(desk.vault, KARI[0], KARI[3])
    secrets = {"private": bytes(way_in._private), "key": bytes(way_in._database_key)}
    terminal = desk.log_in()
    assert min(found(terminal.pid, secrets).values()) >= 1
    terminal.send("L")
    terminal.wait("Locked.")
    terminal.settle()
    end = time.monotonic() + 10
    while any(left := found(terminal.pid, secrets).values()) and time.monotonic() < end:
        time.sleep(0.2)
    desk.close()
    assert not any(left), left
