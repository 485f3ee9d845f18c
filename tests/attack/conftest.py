"""Where an attack takes place, the chance it is left to, and what came of it."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    collect_ignore_glob = ["*"]
else:
    from tests.exin_tui.command_line import House, build_team, copy
    from tests.journeys.terminal import KARI, OLA, Desk, found_vault

Tally = Counter[str]
"""How often an attack was refused, found, or harmless."""


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """The same in each run of the suite; `python -m tests.attack` names another seed each time."""
    return random.Random(os.environ.get("EXIN_ATTACK_SEED", "") + request.node.nodeid)


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Iterator[Tally]:
    """What a test that tries several times says of each."""
    counted = Tally()
    yield counted
    for held, count in counted.items():
        record_property(held, count)


@pytest.fixture(scope="session")
def _team_house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build_team(tmp_path_factory.mktemp("attacked"))


@pytest.fixture
def house(_team_house: House, tmp_path: Path) -> House:
    """The vault of kari, who leads, ola and the reader lise."""
    return copy(_team_house, tmp_path)


@pytest.fixture(scope="session")
def _two_people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("attacked") / "vault"
    found_vault(folder, KARI, OLA)
    return folder


@pytest.fixture
def desk(_two_people: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk with the vault of kari, who leads, and ola."""
    desk = Desk(tmp_path)
    shutil.copytree(_two_people, desk.vault)
    yield desk
    desk.close()
