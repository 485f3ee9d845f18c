"""Textual's Unix driver, made to survive a terminal that goes away."""

from __future__ import annotations

import contextlib
import os
import selectors
import sys
import termios
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TextIO, cast

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from exin_tui.terminal_input import TerminalInput

if TYPE_CHECKING:
    from textual.app import App

_READ: Final = 4096
_TICK: Final = 0.1


class _Sink:
    """A stream that goes silent when its terminal is gone, instead of ending the thread that writes to it.

    A dead writing thread leaves a full queue behind, on which the whole program would wait for ever.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.gone = False

    def write(self, text: str) -> int:
        if not self.gone:
            try:
                self._stream.write(text)
            except (OSError, ValueError):
                self._silence()
        return len(text)

    def flush(self) -> None:
        if not self.gone:
            try:
                self._stream.flush()
            except (OSError, ValueError):
                self._silence()

    def _silence(self) -> None:
        self.gone = True
        # What is still buffered is flushed when the interpreter ends, and failing there would change the exit code.
        for stream in (self._stream, sys.__stdout__):
            with contextlib.suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                if stream is not None:
                    os.dup2(nowhere, stream.fileno())
                os.close(nowhere)

    def fileno(self) -> int:
        return self._stream.fileno()


class SturdyDriver(LinuxDriver):
    """Tells the app when its terminal came back (`display_restarted`) and when it is gone (`terminal_lost`)."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        # The queue of writes ends in this stream; the base class only writes to it and flushes it.
        self._file = cast("Any", _Sink(cast("TextIO", self._file)))

    def start_application_mode(self) -> None:
        """Take the terminal, at the start and after every suspension."""
        start: Callable[[], None] = super().start_application_mode
        start()
        restarted = getattr(self._app, "display_restarted", None)
        if restarted is not None:
            restarted()

    def _run_input_thread(self) -> None:
        """Read keys until told to stop; an error ends the app like any other, without a rendered traceback."""
        try:
            self.run_input_thread()
        except BaseException as error:  # noqa: BLE001 - a thread has nobody above it
            failure = error if isinstance(error, Exception) else RuntimeError()
            self._loop.call_soon_threadsafe(self._app._handle_exception, failure)

    def run_input_thread(self) -> None:
        """Read and dispatch events; at the end of the input say so once, where Textual's loop would spin."""
        parser = XTermParser(self._debug)
        typed = TerminalInput()
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_TICK):
                    try:
                        data = os.read(self.fileno, _READ)
                    except OSError:
                        data = b""
                    if not data:
                        self._lost()
                        break
                    text = typed.text(data, time.monotonic())
                else:
                    text = typed.overdue(time.monotonic())
                # To the parser, an empty text is the end of the input.
                for event in parser.feed(text) if text else ():
                    self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
        try:
            for _event in parser.feed(""):
                pass
        except (EOFError, ParseError):
            pass

    def _lost(self) -> None:
        lost = getattr(self._app, "terminal_lost", None)
        if lost is not None and not self.exit_event.is_set():
            self._loop.call_soon_threadsafe(lost)

    def give_back(self) -> None:
        """Restore the line's own modes without writing anything; for when writing would wait for ever."""
        if self.attrs_before is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
