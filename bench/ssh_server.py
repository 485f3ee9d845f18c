"""An OpenSSH server of our own on the loopback: own keys, own port, nothing of the machine's configuration."""

from __future__ import annotations

import os
import shlex
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final

from bench.terminal import BenchError

_CONFIGURATION: Final = """\
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
PidFile none
AuthorizedKeysFile {folder}/keys-%u
StrictModes no
UsePAM no
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
PubkeyAuthentication yes
AllowTcpForwarding no
X11Forwarding no
PrintMotd no
PrintLastLog no
LogLevel ERROR
"""
_CLIENT: Final = (
    "BatchMode=yes", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "GlobalKnownHostsFile=/dev/null",
    "IdentitiesOnly=yes", "LogLevel=ERROR", "ControlMaster=no", "ControlPath=none",
)  # fmt: skip


class Unable(BenchError):
    """The server cannot run here; the text says why."""


def missing() -> str:
    """Why there can be no server on this machine; empty when there can."""
    for name in ("sshd", "ssh", "ssh-keygen"):
        if not _found(name):
            return f"{name} is not installed here"
    return ""


class Server:
    """A running server; `people` are Unix users, each with the file of the key that opens a session. Use as a context.

    Raises Unable where it does not run.
    """

    def __init__(self, folder: Path, users: Sequence[str]) -> None:
        self.folder = folder
        self.people: list[tuple[str, Path]] = []
        folder.mkdir(mode=0o755, exist_ok=True)
        _key(folder / "host")
        for number, user in enumerate(users):
            key = folder / f"key-{number}"
            _key(key)
            with (folder / f"keys-{user}").open("a") as known:
                known.write(key.with_suffix(".pub").read_text())
            self.people.append((user, key))
        if os.getuid() == 0:
            # Where the server separates its privileges; Debian makes it when the service starts.
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        (folder / "config").write_text(_CONFIGURATION.format(port=self.port, folder=folder))
        self._log = (folder / "log").open("w")
        self._process = subprocess.Popen(
            [_found("sshd"), "-D", "-e", "-f", str(folder / "config")], stderr=self._log, stdin=subprocess.DEVNULL
        )
        try:
            self._await()
        except Unable:
            self.close()
            raise

    def _await(self) -> None:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise Unable(f"sshd does not run here: {(self.folder / 'log').read_text().strip()}")
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise Unable("sshd does not answer")

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def client(self, number: int, remote: Sequence[str], port: int = 0) -> list[str]:
        """An ssh client that runs `remote` for person `number` in a terminal; `port` leads by another way."""
        user, key = self.people[number]
        return [
            _found("ssh"), "-F", "none", "-tt", "-p", str(port or self.port), "-i", str(key),
            *(part for setting in _CLIENT for part in ("-o", setting)),
            f"{user}@127.0.0.1", shlex.join(remote),
        ]  # fmt: skip

    def close(self) -> None:
        """End the server; sessions end with their clients."""
        self._process.terminate()
        self._process.wait(10)
        self._log.close()


def _key(file: Path) -> None:
    made = subprocess.run(
        [_found("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", str(file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode:
        raise Unable(f"ssh-keygen: {made.stderr.strip()}")


def _found(program: str) -> str:
    # A server's folder is often not on a person's path.
    return shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin:/sbin") or ""
