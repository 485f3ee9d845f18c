"""A caseload for tests: a real sealed vault with cheap key derivation, one team leader, a clock that stands still."""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

# Both are read once, when textual is imported, and would draw other pictures.
os.environ.pop("NO_COLOR", None)
os.environ.pop("TEXTUAL_THEME", None)

import pytest
import textual._wait
from hypothesis import settings
from textual.pilot import Pilot

from config import programme as programmes
from config import words
from config.keymap import build
from config.programme.shapes import Programme
from config.settings import Settings
from models.store import Store
from models.team import staff
from models.values.clock import Clock, oslo
from models.vault import keys, sealed
from models.vault.keys import KdfParameters
from screens.frame.case import Case

# Hypothesis judges no test by its time: a machine with other work is no fault of the program.
settings.register_profile("exin", deadline=None)
settings.load_profile("exin")

# How long Textual's pilot sleeps between two looks at whether the program is idle: most of a screen test's time.
textual._wait.SLEEP_GRANULARITY = 0.006
textual._wait.SLEEP_IDLE = 0.0003

# Every test's vault is a copy of one: the keys of a passphrase in it are derived once, not in every test again.
keys.passphrase_keys = lru_cache(keys.passphrase_keys)

LONG = ("slow", "terminal", "sshd")

PASSPHRASE = "korrekt hest batteri stift"
WEAK = KdfParameters(memory_kib=16 * 1024, passes=2, lanes=1)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first, so that no worker begins one when the others are done."""
    items.sort(key=lambda item: not any(item.get_closest_marker(name) for name in LONG))


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: it is not looked through for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Tests read the words in English unless they say otherwise."""
    before = words.language()
    words.use("en")
    yield
    words.use(before)


@pytest.fixture(autouse=True)
def _answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a pilot did has been dealt with when it goes on, as a person sees it answered: keys, and what was asked."""
    press, pause = Pilot.press, Pilot.pause

    async def wait(self: Pilot[Any], delay: float | None = None) -> None:
        await pause(self, delay)
        case = getattr(self.app, "case", None) or getattr(getattr(self.app, "shown", None), "case", None)
        for _again in range(2 if delay is None else 0):
            # Behind whatever the screens have asked the vault; then what they make of the answer.
            if case is not None:
                with suppress(RuntimeError):
                    await asyncio.wrap_future(case.store._thread.submit(int))
            await pause(self)

    async def press_and_wait(self: Pilot[Any], *keys: str) -> None:
        await press(self, *keys)
        while getattr(self.app, "_busy", False) and self.app.is_running:
            await pause(self, 0.01)
        await self.pause()

    monkeypatch.setattr(Pilot, "press", press_and_wait)
    monkeypatch.setattr(Pilot, "pause", wait)


@pytest.fixture
def clock() -> Clock:
    """Sunday 22 November 2026, ten o'clock in Oslo."""
    return Clock(oslo().zone, lambda: NOW)


@pytest.fixture(scope="session")
def programme() -> Programme:
    """The programme as shipped."""
    return programmes.load()


@pytest.fixture(scope="session")
def _founded(tmp_path_factory: pytest.TempPathFactory, programme: Programme) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("founded") / "vault"
    unlocked, _recovery = sealed.create(folder, "kari", PASSPHRASE, kdf=WEAK)
    store = Store(unlocked, Clock(oslo().zone, lambda: NOW), programme)
    store.open()
    store.change_now(staff.join, "kari", "Kari Nordmann", "team_leader", unlocked.slot_id or "")
    store.close()
    return folder, PASSPHRASE


@pytest.fixture
def vault_folder(_founded: tuple[Path, str], tmp_path: Path) -> Path:
    """A vault of this test's own, with kari (team leader) in it."""
    folder = tmp_path / "vault"
    shutil.copytree(_founded[0], folder)
    return folder


@pytest.fixture
def store(vault_folder: Path, clock: Clock, programme: Programme) -> Iterator[Store]:
    """The vault open for kari."""
    opened = Store(sealed.unlock(vault_folder, "kari", PASSPHRASE), clock, programme)
    opened.open()
    yield opened
    opened.close()


@pytest.fixture
def colleague(vault_folder: Path, clock: Clock, store: Store) -> Iterator[Store]:
    """A second session on the same vault."""
    opened = Store(sealed.unlock(vault_folder, "kari", PASSPHRASE), clock, store.programme)
    opened.open()
    yield opened
    opened.close()


@pytest.fixture
def case(store: Store, clock: Clock, programme: Programme) -> Case:
    """What screens are given."""
    return Case(store, Settings(), programme, build({}), clock)
