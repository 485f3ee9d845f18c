"""The team at an OpenSSH server of our own on the loopback."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest

from bench import ssh_server
from bench.ssh_server import Unable, missing
from tests.journeys.terminal import Desk, Terminal, unlock

MISSING: Final = missing()


class Server(ssh_server.Server):
    """A running server at which the team's people sit down; `interpreter` runs the program with `environ` added."""

    def __init__(self, folder: Path, users: list[str]) -> None:
        self.interpreter = sys.executable
        self.environ: dict[str, str] = {}
        super().__init__(folder, users)

    def command(self, number: int, desk: Desk, *arguments: str) -> list[str]:
        """An ssh client that runs the program for person `number` in a terminal on the server's side."""
        wanted = [f"{name}={value}" for name, value in (desk.environ | self.environ).items()]
        wanted = [each for each in wanted if not each.startswith(("PATH=", "TERM="))]
        return self.client(number, ["env", *wanted, self.interpreter, "-m", "exin_tui", *arguments])


def serve(folder: Path, users: list[str]) -> Server:
    """A running server, or the test is skipped with the reason."""
    try:
        return Server(folder, users)
    except Unable as error:
        pytest.skip(str(error))


def log_in(
    desk: Desk, server: Server, number: int, person: tuple[str, str, str, str], home: Desk | None = None
) -> Terminal:
    """Open the vault through ssh."""
    command = server.command(number, home or desk, "--vault", str(desk.vault), "--user", person[0])
    terminal = desk.run(command=command)
    unlock(terminal, person)
    return terminal


class UnixUsers:
    """Two Unix users with a group of their own, made for a test and removed after it; needs root."""

    def __init__(self) -> None:
        mark = f"{os.getpid() % 100000}"
        self.group = f"exint{mark}"
        self.names = [f"exin{letter}{mark}" for letter in "ab"]
        _run("groupadd", self.group)
        for name in self.names:
            _run("useradd", "--no-create-home", "--groups", self.group, "--shell", "/bin/sh", "--password", "*", name)

    def share(self, folder: Path) -> None:
        """Give a folder and what is in it to the group, as a team's folder is."""
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, group=self.group)
            path.chmod(0o2770 if path.is_dir() else 0o660)

    def give(self, folder: Path, name: str) -> None:
        """Make somebody the owner of a folder and what is in it."""
        person = pwd.getpwnam(name)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, person.pw_uid, person.pw_gid)

    def close(self) -> None:
        """Remove them."""
        end = time.monotonic() + 15
        for name in self.names:
            # Refused while the session, whose client has just ended, is still leaving.
            while subprocess.run(["userdel", name], check=False, capture_output=True).returncode == 8:
                assert time.monotonic() < end, f"a session of {name} does not end"
                time.sleep(0.1)
        subprocess.run(["groupdel", self.group], check=False, capture_output=True)


def reachable(user: str) -> tuple[str, dict[str, str]]:
    """An interpreter of this version that another Unix user can run the program with, and what it needs to find it.

    The one the tests run on may lie in somebody's home.
    """
    ours = [path for path in sys.path if path.endswith("site-packages")] + [str(Path(__file__).parents[2])]
    environ = {"PYTHONPATH": os.pathsep.join(ours)}
    name = f"python3.{sys.version_info.minor}"
    for python in (sys.executable, f"/usr/bin/{name}", f"/usr/local/bin/{name}"):
        try:
            done = subprocess.run(
                [python, "-c", "import exin_tui.app"], user=user, cwd="/", env=environ, capture_output=True, check=False
            )
        except OSError:
            continue
        if done.returncode == 0:
            return python, environ
    raise Unable("another Unix user cannot reach the interpreter or the program's folder on this machine")


def can_make_users() -> bool:
    """Whether Unix users can be made, and would reach the interpreter and the program."""
    return os.getuid() == 0 and all(map(shutil.which, ("useradd", "userdel", "groupadd", "groupdel")))


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unable(f"{command[0]}: {done.stderr.strip()}")
