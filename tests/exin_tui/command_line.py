"""Running `exin` for tests: vaults that open quickly, and a home of its own for every run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pexpect

from config.programme import load
from models import timeline
from models.participants import participants
from models.store import Store
from models.team import staff
from models.values.clock import oslo
from models.vault import sealed
from models.vault.keys import KdfParameters

PASSPHRASE = "korrekt hest batteri stift"
NEW_PASSPHRASE = "blågrønn traktor på månen"
USER = "kari"
QUICK = KdfParameters(16 * 1024, 2, 1)
KEPT = ("PATH", "SYSTEMROOT", "LD_PRELOAD", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")
"""What a run takes over from the tests' own surroundings; the last three are there where it is watched."""

EXIN = (sys.executable, "-m", "exin_tui")


class House:
    """A home folder with a vault in it, and the program run there."""

    def __init__(self, home: Path, recovery: str = "") -> None:
        self.home = home
        self.vault = home / "vault"
        self.recovery = recovery
        self.more: dict[str, str] = {}
        self.secret("passphrase", PASSPHRASE)
        self.settings('language = "en"\n')

    def settings(self, text: str) -> None:
        file = self.home / "config" / "exin" / "settings.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def secret(self, name: str, text: str, mode: int = 0o600) -> str:
        file = self.home / name
        file.write_text(text + "\n", encoding="utf-8")
        file.chmod(mode)
        return str(file)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        return kept | {
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_STATE_HOME": str(self.home / "state"),
            **self.more,
        }

    def run(self, *arguments: str, program: Sequence[str] = EXIN, **options: Any) -> subprocess.CompletedProcess[str]:
        """`exin --vault … ARGUMENTS` without a terminal."""
        wanted: dict[str, Any] = {
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "env": self.environment,
            "timeout": 60,
            "start_new_session": True,
            "encoding": "utf-8",
        }
        return subprocess.run(self.command(*arguments, program=program), check=False, **(wanted | options))

    def signed(self, *arguments: str, user: str = USER, **options: Any) -> subprocess.CompletedProcess[str]:
        """As `run`, with user name and passphrase file."""
        given = ("--user", user, "--passphrase-file", str(self.home / "passphrase"))
        return self.run(*arguments, *given, **options)

    def command(self, *arguments: str, program: Sequence[str] = EXIN) -> list[str]:
        return [*program, "--vault", str(self.vault), *arguments]

    def terminal(self, *arguments: str, program: Sequence[str] = EXIN) -> pexpect.spawn[str]:
        """`exin --vault … ARGUMENTS` in a terminal of 80 x 24."""
        command, *rest = self.command(*arguments, program=program)
        return pexpect.spawn(
            command, rest, env=self.environment, encoding="utf-8", dimensions=(24, 80), timeout=20, echo=True
        )

    def store(self, user: str = USER, passphrase: str = PASSPHRASE) -> Store:
        """The vault, opened by this test's own process."""
        store = Store(sealed.unlock(self.vault, user, passphrase), oslo(), load())
        store.open()
        return store


def build(home: Path) -> House:
    """A house whose vault has kari as team leader, one participant and one entry."""
    home.mkdir(parents=True, exist_ok=True)
    unlocked, recovery = sealed.create(home / "vault", USER, PASSPHRASE, kdf=QUICK)
    store = Store(unlocked, oslo(), load())
    store.open()
    store.change_now(staff.join, USER, "Kari Nordmann", "team_leader", unlocked.slot_id or "")
    store.close()
    house = House(home, recovery.text())
    store = house.store()
    person = store.change_now(
        participants.add, {"given_name": "Åse", "family_name": "Sæthre", "sentence_start": date(2026, 1, 1)}
    )
    store.change_now(timeline.record, person, {"kind": "phone", "minutes": 10, "text": "Ringte om bolig. 日本 😀"})
    store.close()
    return house


def build_team(home: Path) -> House:
    """The same with ola, a caseworker, and lise, a reader; their passphrase is `NEW_PASSPHRASE`."""
    house = build(home)
    store = house.store()
    for user, role in (("ola", "caseworker"), ("lise", "reader")):
        slot = store.unlocked.add_slot(user, NEW_PASSPHRASE, role=role, kdf=QUICK)
        store.change_now(staff.join, user, user.title(), role, slot)
    store.close()
    return house


def copy(house: House, home: Path) -> House:
    """Another house just like it."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copytree(house.vault, home / "vault")
    return House(home, house.recovery)
