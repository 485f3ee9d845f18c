"""Another process of the same person tries to read the memory of one that holds a secret, and may not."""

from __future__ import annotations

import array
import fcntl
import os
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.exin_tui.command_line import EXIN, PASSPHRASE, House, build

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc and prctl are Linux's")

# Root may read everything by its capabilities; without them it is a person like any other.
LIKE_ANYBODY = (
    sys.executable,
    "-c",
    "import ctypes, os, sys\n"
    "for capability in range(64): ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)\n"
    "os.execv(sys.argv[1], sys.argv[1:])",
)
THIEF = (*LIKE_ANYBODY, sys.executable, "-c", "import sys; open(f'/proc/{sys.argv[1]}/mem', 'rb'); print('open')")
WAYS = {
    "init": ("init", "--user", "ola", "--passphrase-fd"),
    "add": ("user", "add", "ola", "--user", "kari", "--passphrase-fd"),
    "passphrase": ("user", "passphrase", "--user", "kari", "--passphrase-fd"),
    "list": ("user", "list", "--user", "kari", "--passphrase-fd"),
    "recover": ("user", "recover", "kari", "--recovery-key-fd"),
    "export": ("export", "--format", "json", "--user", "kari", "--passphrase-fd"),
    "verify": ("verify", "--user", "kari", "--passphrase-fd"),
}


def can_be_read(pid: int) -> bool:
    """Whether a process of the same user, with nobody's capabilities, opens the memory of `pid`."""
    tried = subprocess.run([*THIEF, str(pid)], capture_output=True, text=True, check=False)
    assert tried.stdout == "open\n" or "PermissionError" in tried.stderr, tried.stderr
    return tried.stdout == "open\n"


@pytest.fixture(scope="module", autouse=True)
def _thief_can() -> None:
    """The attack works on a process that does not protect itself, or what follows would prove nothing."""
    command = [*LIKE_ANYBODY, sys.executable, "-c", "print(flush=True); input()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as plain:
        assert plain.stdout is not None
        plain.stdout.readline()
        readable = can_be_read(plain.pid)
        plain.kill()
    if not readable:
        pytest.skip("this system lets nobody read another process's memory")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build(tmp_path_factory.mktemp("memory"))


def has_taken(descriptor: int, seconds: float = 30) -> bool:
    """Whether what was written into a pipe is read within `seconds`."""
    left = array.array("i", [1])
    end = time.monotonic() + seconds
    while left[0] and time.monotonic() < end:
        time.sleep(0.01)
        fcntl.ioctl(descriptor, termios.FIONREAD, left)
    return not left[0]


@pytest.mark.parametrize("way", WAYS)
def test_no_command_that_reads_a_secret_can_be_read(way: str, house: House, tmp_path: Path) -> None:
    *arguments, option = WAYS[way]
    vault = tmp_path / "new" if way == "init" else house.vault
    taking, giving = os.pipe()
    command = [*LIKE_ANYBODY, *EXIN, "--vault", str(vault), *arguments, option, str(taking)]
    with subprocess.Popen(
        command, env=house.environment, pass_fds=[taking], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as program:
        try:
            os.write(giving, PASSPHRASE[:9].encode())
            assert has_taken(taking)
            assert program.poll() is None
            assert not can_be_read(program.pid)
        finally:
            program.kill()
            os.close(taking)
            os.close(giving)


@pytest.mark.terminal
def test_the_prompt_cannot_be_read_once_something_was_typed(house: House) -> None:
    child = house.terminal(program=(*LIKE_ANYBODY, *EXIN))
    child.send(PASSPHRASE[:9])
    child.expect("User name: ")
    child.expect("korrekt")
    assert not can_be_read(child.pid)
    child.close(force=True)
