"""What a locked program lets go of; what it still holds, `python -m tests.memory` measures."""

from __future__ import annotations

import subprocess
import sys

import pytest

from config.settings import Settings
from exin_tui.app import ExinApp
from models.store import Store
from models.values.clock import Clock
from screens.participant.screen import ParticipantScreen
from tests.memory import found
from tests.screens.small_caseload import fill

LETS_GO = """
from exin_tui import guard
kept = [b"-" * 3000 + b"kanari" + b"fugl" + b"-" * 3000 + bytes(number % 7) for number in range(500)]
kept[:-1] = []
print(flush=True)
input()
guard.give_back_memory()
print(flush=True)
input()
"""


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


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc and malloc_trim are Linux's")
def test_what_is_only_freed_is_given_back_and_empty() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", LETS_GO], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdout.readline()
        try:
            freed = found(child.pid, {"it": b"kanarifugl"})["it"]
        except PermissionError:
            pytest.skip("this system lets nobody read another process's memory")
        child.stdin.write(b"\n")
        child.stdout.readline()
        left = found(child.pid, {"it": b"kanarifugl"})["it"]
        child.kill()
    if freed < 100:
        pytest.skip("this C library gives back what is freed by itself")
    assert left < freed / 10
