"""A small vault with a known team, copied for each test."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from models.vault import sealed
from models.vault.sealed import Unlocked
from tests.models.vault.vault_sample import CANARY, FLOOR, KARI, LISE, OLA, PER, ROOT, Team, Vault


def _fill(unlocked: Unlocked) -> None:
    database = unlocked.connect()
    database.execute_sql("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
    with database.atomic():
        for number in range(300):
            database.execute_sql("INSERT INTO note (text) VALUES (?)", (f"{CANARY} {number} " + "x" * 100,))
    database.close()


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    folder = tmp_path_factory.mktemp("pattern") / "vault"
    kari, recovery = sealed.create(folder, *KARI, kdf=FLOOR)
    _fill(kari)
    return Vault(folder, recovery, kari.add_slot(*OLA, role="team_leader", kdf=FLOOR))


@pytest.fixture
def vault(pattern: Vault, tmp_path: Path) -> Vault:
    folder = tmp_path / "vault"
    shutil.copytree(pattern.folder, folder)
    return Vault(folder, pattern.recovery, pattern.ola_id)


@pytest.fixture(scope="session")
def team_pattern(tmp_path_factory: pytest.TempPathFactory) -> Team:
    folder = tmp_path_factory.mktemp("team") / "vault"
    kari, recovery = sealed.create(folder, *KARI, kdf=FLOOR)
    _fill(kari)
    ola = kari.add_slot(*OLA, kdf=FLOOR)
    per = kari.add_slot(*PER, role="team_leader", kdf=FLOOR)
    return Team(folder, recovery, ola, per, kari.add_slot(*LISE, role="reader", kdf=FLOOR))


@pytest.fixture
def team(team_pattern: Team, tmp_path: Path) -> Team:
    folder = tmp_path / "vault"
    shutil.copytree(team_pattern.folder, folder)
    return replace(team_pattern, folder=folder)


@pytest.fixture
def other(tmp_path: Path) -> Vault:
    """Another vault with the same people and the same passphrases."""
    folder = tmp_path / "other"
    kari, recovery = sealed.create(folder, *KARI, kdf=FLOOR)
    _fill(kari)
    return Vault(folder, recovery, kari.add_slot(*OLA, role="team_leader", kdf=FLOOR))


@pytest.fixture
def child() -> Callable[..., subprocess.Popen[str]]:
    """Start Python on a script, with `arguments` in sys.argv[1:] and the product importable."""

    def start(script: str, *arguments: str | Path) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", script, *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        )

    return start
