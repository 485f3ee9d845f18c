"""A slow line on this machine: forwards one TCP connection with a delay and a rate each way."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
import time
from collections import deque
from types import TracebackType
from typing import Final

_PIECE: Final = 128
"""Bytes that arrive together, about what a modem would hand over at once."""

_HELD: Final = 16_384
"""Bytes in flight each way; whoever writes more has to wait, as behind a real queue."""


class Direction:
    """One way of the line: takes bytes from `source` and gives them to `target` when their time has come."""

    def __init__(self, source: socket.socket, target: socket.socket, seconds: float, bytes_a_second: float) -> None:
        self.source, self.target = source, target
        self._delay, self._rate = seconds, bytes_a_second
        self._pieces: deque[tuple[float, bytes]] = deque()
        self._held = 0
        self._free = 0.0
        self.open = True

    @property
    def wants(self) -> bool:
        """Whether there is room for more."""
        return self.open and self._held < _HELD

    @property
    def due(self) -> float:
        """When the next piece arrives."""
        return self._pieces[0][0] if self._pieces else float("inf")

    def take(self) -> None:
        """Take in what is there; at its end, pass the end on."""
        try:
            data = self.source.recv(4096)
        except OSError:
            data = b""
        now = time.monotonic()
        self.open = bool(data)
        for start in range(0, len(data), _PIECE):
            piece = data[start : start + _PIECE]
            self._free = max(self._free, now) + len(piece) / self._rate
            self._pieces.append((self._free + self._delay, piece))
            self._held += len(piece)

    def give(self) -> None:
        """Hand over what has arrived."""
        while self._pieces and self._pieces[0][0] <= time.monotonic():
            _due, piece = self._pieces.popleft()
            self._held -= len(piece)
            with contextlib.suppress(OSError):
                self.target.sendall(piece)
        if not self.open and not self._pieces:
            with contextlib.suppress(OSError):
                self.target.shutdown(socket.SHUT_WR)


class Relay:
    """Listens on a port of 127.0.0.1 and forwards to another, one connection at a time; use as a context."""

    def __init__(self, target: int, *, seconds: float = 0.04, bits_a_second: float = 64_000) -> None:
        self._target, self._seconds, self._rate = target, seconds, bits_a_second / 8
        self._server = socket.create_server(("127.0.0.1", 0))
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="relay", daemon=True)

    @property
    def port(self) -> int:
        """The port to connect to."""
        return int(self._server.getsockname()[1])

    def __enter__(self) -> Relay:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join(5)
        self._server.close()

    def _serve(self) -> None:
        while not self._ended.is_set():
            if not select.select([self._server], [], [], 0.1)[0]:
                continue
            near, _address = self._server.accept()
            with near, socket.create_connection(("127.0.0.1", self._target)) as far:
                for end in (near, far):
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._forward(near, far)

    def _forward(self, near: socket.socket, far: socket.socket) -> None:
        ways = [
            Direction(near, far, self._seconds, self._rate),
            Direction(far, near, self._seconds, self._rate),
        ]
        while not self._ended.is_set() and any(way.open or way.due < float("inf") for way in ways):
            pause = min(0.1, max(0.0, min(way.due for way in ways) - time.monotonic()))
            ready = select.select([way.source for way in ways if way.wants], [], [], pause)[0]
            for way in ways:
                if way.source in ready:
                    way.take()
                way.give()
