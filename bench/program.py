"""A program in a pseudo-terminal of its own, as the bench and the journeys of the tests run it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

_STALLED_SECONDS: Final = 20.0


class Program:
    """Runs `command` with exactly `environment` in a terminal of `size` (columns, rows), in `folder`."""

    def __init__(
        self, command: Sequence[str], size: tuple[int, int], environment: Mapping[str, str], folder: Path | None = None
    ) -> None:
        self._code: int | None = None
        self._open = True
        self.pid, self._handle = pty.fork()
        if not self.pid:
            self._become(command, size, environment, folder)
        # Else the program of a terminal opened later would hold this end too, and a dropped line be none.
        os.set_inheritable(self._handle, False)
        os.set_blocking(self._handle, False)
        self._poll = select.poll()
        self._poll.register(self._handle, select.POLLIN)

    @staticmethod
    def _become(
        command: Sequence[str], size: tuple[int, int], environment: Mapping[str, str], folder: Path | None
    ) -> None:
        try:
            if folder is not None:
                os.chdir(folder)
            fcntl.ioctl(0, termios.TIOCSWINSZ, _window(size))
            os.execvpe(command[0], list(command), dict(environment))
        finally:
            os._exit(127)

    def bytes_within(self, seconds: float) -> bytes | None:
        """What comes within `seconds`: None where nothing does, empty where nothing ever will."""
        if not self._open:
            return b""
        if not self._poll.poll(max(0.0, seconds) * 1000):
            return None
        try:
            return os.read(self._handle, 65536)
        except BlockingIOError:
            return None
        except OSError:
            return b""

    def write(self, data: bytes) -> None:
        """Send bytes as the terminal would, all of them: a program that does not read is waited for."""
        until = time.monotonic() + _STALLED_SECONDS
        while data and self._open and time.monotonic() < until:
            try:
                data = data[os.write(self._handle, data) :]
            except BlockingIOError:
                select.select([], [self._handle], [], 0.2)
            except OSError:
                return

    def resize(self, columns: int, rows: int) -> None:
        """Make the window another size; the program is told by the system."""
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, _window((columns, rows)))

    @property
    def handle(self) -> int:
        """The terminal's own end, which can be asked for the modes of the program's."""
        return self._handle

    def exit_code(self) -> int | None:
        """None while it runs; negative for a signal that was not handled."""
        if self._code is None:
            try:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:
                self._code = 127
            else:
                self._code = os.waitstatus_to_exitcode(status) if pid else None
        return self._code

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send it a signal, where it still runs."""
        if self.exit_code() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Let the terminal go away, as when a line is dropped."""
        if self._open:
            os.close(self._handle)
            self._open = False

    def end(self, *signals: int, seconds: float = 3.0) -> None:
        """End it with one signal after the other, each given `seconds`, and take its terminal away."""
        for number in signals:
            self.kill(number)
            until = time.monotonic() + seconds
            while self.exit_code() is None and time.monotonic() < until:
                # Who is not read from may never come to the end.
                if not self.bytes_within(0.02):
                    time.sleep(0.002)
        self.hang_up()


def _window(size: tuple[int, int]) -> bytes:
    return struct.pack("HHHH", size[1], size[0], 0, 0)
