"""A desk to sit at, with a vault where one is wanted."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    collect_ignore_glob = ["*"]
else:
    import pwd

    from tests.journeys.sshd import MISSING, log_in, serve
    from tests.journeys.terminal import KARI, OLA, Desk, Terminal, found_vault, wait_past_midnight

    @pytest.fixture(autouse=True)
    def _one_day() -> None:
        """The team's day does not change in the middle of a journey."""
        wait_past_midnight()

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

    @pytest.fixture(
        params=[
            "here",
            pytest.param("ssh", marks=[pytest.mark.sshd, pytest.mark.skipif(bool(MISSING), reason=MISSING)]),
        ]
    )
    def sits_down(
        request: pytest.FixtureRequest, desk: Desk
    ) -> Iterator[Callable[[tuple[str, str, str, str]], Terminal]]:
        """Let one of the team open the vault: at a terminal of this machine, and through a real server over ssh."""
        if request.param == "here":
            yield desk.log_in
            return
        people = (KARI, OLA)
        server = serve(desk.folder / "sshd", [pwd.getpwuid(os.getuid()).pw_name] * len(people))
        yield lambda person: log_in(desk, server, people.index(person), person)
        server.close()
