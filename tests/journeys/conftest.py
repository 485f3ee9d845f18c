"""A desk to sit at, with a vault where one is wanted."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    collect_ignore_glob = ["*"]
else:
    from terminal import KARI, OLA, Desk, found_vault

    @pytest.fixture(scope="session")
    def _two_people(tmp_path_factory: pytest.TempPathFactory) -> Path:
        folder = tmp_path_factory.mktemp("team") / "vault"
        found_vault(folder, KARI, OLA)
        return folder

    @pytest.fixture
    def bare_desk(tmp_path: Path) -> Iterator[Desk]:
        """A desk where no vault is yet."""
        desk = Desk(tmp_path)
        yield desk
        desk.close()

    @pytest.fixture
    def desk(bare_desk: Desk, _two_people: Path) -> Desk:
        """A desk with the vault of kari (team leader) and ola (caseworker)."""
        shutil.copytree(_two_people, bare_desk.vault)
        return bare_desk
