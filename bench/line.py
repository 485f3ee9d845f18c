"""The program behind a real SSH server on this machine and a slow line: 64 kbit/s and 40 ms each way."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bench.figures import Samples
from bench.programs import BOARD, TYPING, exin
from bench.relay import Relay
from bench.terminal import BenchError, Terminal
from bench.vaults import PASSPHRASE, USER, BenchVault, environment

_SILENCE: Final = 0.6
"""Longer than a round trip and a page on the wire."""

_SERVER: Final = """\
ListenAddress 127.0.0.1:{port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/client.pub
PidFile {folder}/pid
PermitRootLogin prohibit-password
PasswordAuthentication no
StrictModes no
UsePAM no
"""


def missing() -> str:
    """Why this machine cannot measure over SSH; empty when it can."""
    for program in ("sshd", "ssh", "ssh-keygen"):
        if _found(program) is None:
            return f"{program} is not installed here"
    return ""


def measure(samples: Samples, vault: BenchVault) -> None:
    """Start to settled board, keys and pages, at 120x36 through the line. Raises BenchError when SSH does not work."""
    with tempfile.TemporaryDirectory() as folder, _server(Path(folder)) as port, Relay(port) as relay:
        remote = ["env", *(f"{name}={value}" for name, value in environment().items()), "COLORTERM=truecolor"]
        command = [
            "ssh", "-tt", "-F", "none", "-p", str(relay.port), "-i", f"{folder}/client",
            "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR",
            "-o", "IdentitiesOnly=yes", "127.0.0.1", shlex.join([*remote, *exin(vault)]),
        ]  # fmt: skip
        with Terminal(command) as terminal:
            terminal.wait(USER)
            terminal.type(PASSPHRASE, TYPING)
            terminal.idle(0.5)
            entered = terminal.press("enter")
            terminal.wait(BOARD)
            terminal.idle(3 * _SILENCE)
            samples.add("line/settled", (terminal.last - entered) * 1e3)
            for key in ("j", "j", "k", "k") * 3:
                samples.add("line/key", terminal.measure(key, _SILENCE).last)
            for key in ("pagedown", "pageup") * 3:
                samples.add("line/page", terminal.measure(key, _SILENCE).last)


def _found(program: str) -> str | None:
    # A server's folder is often not on a person's path.
    return shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin:/sbin")


@contextmanager
def _server(folder: Path) -> Iterator[int]:
    """A server of our own with keys of its own, ended afterwards; its port."""
    for name in ("host", "client"):
        subprocess.run(
            [_found("ssh-keygen") or "", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True
        )
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    settings = folder / "sshd_config"
    settings.write_text(_SERVER.format(port=port, folder=folder), encoding="utf-8")
    if os.geteuid() == 0:
        # Started by root, it wants this empty folder; a packaged server's start script makes it.
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    server = subprocess.Popen([_found("sshd") or "", "-D", "-e", "-f", str(settings)], stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(5)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 5
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.05)
    raise BenchError("the SSH server of this machine does not start for this user")
