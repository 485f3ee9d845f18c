"""A program in a pseudo-terminal: keys in, time-stamped bytes out, and the screen they make.

The screen is made after the fact, so that drawing it costs the measured program nothing.
"""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Final

import pyte
from msgspec import Struct

from bench.answers import Answers
from bench.processes import cpu_seconds, held_megabytes, peak_megabytes
from bench.program import Program

KEYS: Final = {
    "up": b"\x1b[A", "down": b"\x1b[B", "right": b"\x1b[C", "left": b"\x1b[D", "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~", "enter": b"\r", "escape": b"\x1b", "tab": b"\t", "space": b" ", "backspace": b"\x7f",
}  # fmt: skip
SILENCE: Final = 0.15
"""Seconds without a byte after which a key is taken to be answered."""

_PRIVATE: Final = re.compile(r"\x1b(?:\[[<=>][0-9;:]*[a-zA-Z]|\[[0-9;?]*\$[a-z]|[P\]^_][^\x1b\x07]*(?:\x1b\\|\x07))")
"""What pyte would print instead of passing over."""


class BenchError(Exception):
    """The measured program did not do what the measurement rests on."""


class Answered(Struct, frozen=True):
    """One key: milliseconds to the first and the last byte of the answer, its bytes, CPU milliseconds."""

    first: float
    last: float
    size: int
    cpu: float


class Terminal(Program):
    """Runs `command` in a terminal of `columns` x `rows`; use as a context, which ends the program."""

    def __init__(
        self, command: Sequence[str], columns: int = 120, rows: int = 36, environment: Mapping[str, str] | None = None
    ) -> None:
        self.total = 0
        self.last = 0.0
        self.ended = False
        self._answers = Answers()
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._unread: list[tuple[float, int, bytes]] = []
        settings = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})}
        settings.pop("NO_COLOR", None)
        self.started = time.perf_counter()
        super().__init__(command, (columns, rows), settings)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the program, gently first, and its terminal."""
        self.end(signal.SIGTERM, signal.SIGKILL)

    # ------------------------------------------------------------------ what comes out

    def read(self, seconds: float) -> bool:
        """Read what comes within `seconds`, answering its queries; whether anything did."""
        if self.ended:
            time.sleep(min(seconds, 0.01))
            return False
        data = self.bytes_within(seconds)
        if data is None:
            return False
        if not data:
            self.ended = True
            return False
        self.last = time.perf_counter()
        self.total += len(data)
        self._unread.append((self.last, self.total, data))
        if answer := self._answers.to(data):
            self.write(answer)
        return True

    def wait(self, text: str, seconds: float = 20.0) -> tuple[float, int]:
        """Until `text` is on the screen; when it came, and the bytes by then. The screen is drawn in pauses only."""
        return self.wait_until(lambda: text in self.screen, seconds, text)

    def wait_until(self, shown: Callable[[], bool], seconds: float, what: str) -> tuple[float, int]:
        """Until `shown` is true of the screen. Raises BenchError with the screen when it never is."""
        until = time.perf_counter() + seconds
        while True:
            came = self.read(0.05)
            if not came or time.perf_counter() > until:
                if found := self._draw(shown):
                    return found
                if self.ended or time.perf_counter() > until:
                    raise BenchError(f"never on the screen: {what}\n{self.screen}")

    def _draw(self, shown: Callable[[], bool]) -> tuple[float, int] | None:
        unread, self._unread = self._unread, []
        found = None
        for when, total, data in unread:
            self._feed(data)
            if found is None and shown():
                found = when, total
        return found or ((self.last, self.total) if shown() else None)

    def _feed(self, data: bytes) -> None:
        self._stream.feed(_PRIVATE.sub("", data.decode("latin-1")).encode("latin-1"))

    @property
    def screen(self) -> str:
        """What the screen shows, line by line."""
        unread, self._unread = self._unread, []
        for _when, _total, data in unread:
            self._feed(data)
        return "\n".join(self._screen.display)

    def settle(self, silence: float = 0.4, limit: float = 6.0) -> None:
        """Until nothing has been written and next to nothing computed for `silence` seconds."""
        until = time.perf_counter() + limit
        while time.perf_counter() < until and not self.ended:
            before, used = self.total, self.cpu
            self.idle(silence)
            if before == self.total and self.cpu - used < silence * 0.2:
                return

    def idle(self, seconds: float) -> None:
        """Let `seconds` pass, reading."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self.read(left)

    # ------------------------------------------------------------------ what goes in

    def press(self, key: str) -> float:
        """Send a key by its name or letter; when it was sent."""
        sent = time.perf_counter()
        self.write(KEYS.get(key) or key.encode())
        return sent

    def type(self, text: str, seconds: float) -> None:
        """Type `text` as a person does, spread over `seconds`."""
        for letter in text:
            self.write(letter.encode())
            self.idle(seconds / len(text))

    def measure(self, key: str, silence: float = SILENCE) -> Answered:
        """Press a key and wait until its answer is over."""
        total, used, before = self.total, self.cpu, self.last
        sent = self.press(key)
        first = 0.0
        until = sent + 1.0
        while time.perf_counter() < until:
            if self.read(until - time.perf_counter()):
                first = first or self.last
                until = self.last + silence
        if self.last == before:
            raise BenchError(f"nothing came after the key {key}\n{self.screen}")
        spent = (self.cpu - used) * 1e3
        return Answered((first - sent) * 1e3, (self.last - sent) * 1e3, self.total - total, spent)

    def hold(self, keys: Sequence[str], presses: int = 60, rate: float = 30.0) -> float:
        """Press `keys` in turn as fast as a held key repeats; milliseconds from the last press to the last byte."""
        begun = sent = time.perf_counter()
        for count in range(presses):
            while (left := begun + count / rate - time.perf_counter()) > 0:
                self.read(left)
            sent = self.press(keys[count % len(keys)])
        self.settle(0.3)
        return max(0.0, (self.last - sent) * 1e3)

    # ------------------------------------------------------------------ what it costs

    @property
    def cpu(self) -> float:
        """CPU seconds so far."""
        return cpu_seconds(self.pid)

    @property
    def peak(self) -> float:
        """The most memory so far, in MB."""
        return peak_megabytes(self.pid)

    @property
    def held(self) -> float:
        """The memory held now, in MB."""
        return held_megabytes(self.pid)
