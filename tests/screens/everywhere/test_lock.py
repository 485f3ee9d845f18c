"""The locked screen shows nothing of the case, and only the passphrase leads away from it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from config.errors import ExinError
from models.participants import participants
from models.vault import sealed
from models.vault.errors import CannotUnlock
from screens.everywhere.lock import LockScreen
from screens.everywhere.search import SearchScreen
from screens.frame.case import Case
from tests.screens.conftest import Stage

Staged = Callable[[Any], Any]
PASSPHRASE = "korrekt hest batteri stift"


class Waits:
    """The waits of a locked screen, which end when the test says so."""

    def __init__(self, screen: LockScreen, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seconds: list[float] = []
        self._then: list[Callable[[], None]] = []
        monkeypatch.setattr(screen, "set_timer", self._keep)

    def _keep(self, delay: float, callback: Callable[[], None]) -> None:
        self.seconds.append(delay)
        self._then.append(callback)

    def end(self) -> None:
        self._then.pop()()


@pytest.fixture
def locked(case: Case, vault_folder: Path) -> LockScreen:
    """Locked over a vault that really has to be unlocked."""

    async def unlock(passphrase: str) -> None:
        await asyncio.to_thread(sealed.unlock, vault_folder, "kari", passphrase)

    return LockScreen(case, unlock)


async def _write(pilot: Pilot[Any], text: str) -> None:
    await pilot.press(*["space" if letter == " " else letter for letter in text], "enter")


async def _tried(pilot: Pilot[Any]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_the_passphrase_unlocks(locked: LockScreen, stage: Staged) -> None:
    app = stage(locked)
    async with app.run_test(size=(80, 24)) as pilot:
        await _write(pilot, PASSPHRASE)
        await _tried(pilot)
        assert app.answers == [None]


async def test_a_wrong_one_is_said_waits_and_leaves_nothing_in_the_line(
    locked: LockScreen, stage: Staged, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = Waits(locked, monkeypatch)
    app = stage(locked)
    async with app.run_test(size=(80, 24)) as pilot:
        line = app.screen.query_one(Input)
        await _write(pilot, "feil")
        assert line.value == ""
        await _tried(pilot)
        assert app.answers == []
        assert "Wrong passphrase." in app.text()
        await pilot.press(*"abc", "enter")
        await pilot.pause()
        assert line.value == ""
        waits.end()
        await pilot.pause()
        assert line.has_focus
        await _write(pilot, PASSPHRASE)
        await _tried(pilot)
        assert app.answers == [None]


async def test_every_failure_waits_longer_up_to_four_seconds(
    locked: LockScreen, stage: Staged, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = Waits(locked, monkeypatch)
    app = stage(locked)
    async with app.run_test() as pilot:
        for _attempt in range(4):
            await _write(pilot, "feil")
            await _tried(pilot)
            waits.end()
            await pilot.pause()
        assert waits.seconds == [1, 2, 4, 4]


async def test_no_other_key_does_anything(case: Case, locked: LockScreen, stage: Staged) -> None:
    app = stage(SearchScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(locked)
        await pilot.pause()
        keys = ["escape", "f1", "f2", "f3", "f5", "f6", "f7", "f8", "f9", "f10", "f12"]
        keys += [f"ctrl+{letter}" for letter in "pqcklnostxyz"]
        await pilot.press(*keys, "tab", "shift+tab", "up", "pagedown", "enter")
        await pilot.pause()
        assert app.screen is locked
        assert app.asked == []
        assert not case.private
        assert app.screen.query_one(Input).has_focus


async def test_letters_are_typed_and_an_empty_line_tries_nothing(case: Case, stage: Staged) -> None:
    tried: list[str] = []

    async def unlock(passphrase: str) -> None:
        tried.append(passphrase)
        raise ExinError("No.")

    app = stage(LockScreen(case, unlock))
    async with app.run_test() as pilot:
        await pilot.press("enter")
        await pilot.press("q", "L", "slash", "question_mark", "p", "u", "enter")
        await _tried(pilot)
        assert tried == ["qL/?pu"]


async def test_leaving_the_program_takes_the_key_twice_in_a_row(locked: LockScreen, stage: Staged) -> None:
    app = stage(locked)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4")
        await pilot.pause()
        assert "Press F4 once more to leave the program." in app.text()
        await pilot.press("a", "f4")
        await pilot.pause()
        assert app.is_running
        assert app.screen is locked
        await pilot.press("f4")
        await pilot.pause()
        assert app._exit
        assert app.answers == []


async def test_nothing_of_the_case_and_nothing_typed_can_be_seen_or_copied(
    case: Case, locked: LockScreen, stage: Callable[[Any], Stage]
) -> None:
    case.store.change_now(participants.add, {"given_name": "Kanarifugl", "family_name": "Zq"})
    app = stage(SearchScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"kanari")
        await pilot.pause(0.2)
        assert "Kanarifugl" in app.text()
        await app.push_screen(locked)
        await pilot.press(*"hemmelig")
        await pilot.press("ctrl+shift+a", "ctrl+c", "ctrl+x")
        await pilot.pause()
        text = app.text()
        for word in ("kanari", "zq", "ex-0", "hemmelig", "nordmann"):
            assert word not in text.lower()
        assert "kari" in text
        assert app.clipboard == ""
        assert app.screen.query_one(Input).value == "hemmelig"
        seen = [str(getattr(widget, "text", "")) + str(widget.render()) for widget in app.screen.walk_children()]
        assert not any("Kanarifugl" in part for part in seen)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize("tried", [False, True], ids=["new", "wrong"])
def test_it_looks_right(case: Case, stage: Staged, snap_compare: Any, size: tuple[int, int], tried: bool) -> None:
    async def unlock(passphrase: str) -> None:
        raise CannotUnlock(Path("/srv/exin"))

    async def before(pilot: Pilot[Any]) -> None:
        if tried:
            await _write(pilot, "feil")
            await _tried(pilot)

    assert snap_compare(stage(LockScreen(case, unlock)), terminal_size=size, run_before=before)


async def test_a_passphrase_that_is_pasted_is_put_in_once_as_it_is(locked: LockScreen, stage: Staged) -> None:
    app = stage(locked)
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(events.Paste(f" {PASSPHRASE} \nanother line"))
        await pilot.pause()
        assert app.screen.query_one(Input).value == f" {PASSPHRASE} "
