"""The terminal's keys as bytes, unseen and unprocessed, on Unix and on Windows."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_FINAL_BYTES = range(0x40, 0x7F)

if sys.platform == "win32":
    import msvcrt

    class Console:
        """The console window; Windows shows nothing of what `msvcrt` reads."""

        def __init__(self, handle: int) -> None:
            self._pending = bytearray()
            self._half = ""

        @property
        def has_more(self) -> bool:
            """Whether keys that were pressed already wait here."""
            return bool(self._pending)

        def quiet(self) -> None:
            """Nothing shows by itself."""

        def restore(self) -> None:
            """Nothing was changed."""

        def drop(self) -> None:
            """Forget keys pressed meanwhile."""
            self._pending.clear()
            while msvcrt.kbhit():
                msvcrt.getwch()

        def suspend(self) -> None:
            """Windows does not suspend programs."""

        def skip_sequence(self) -> None:
            """Special keys were left out when they were read."""

        def byte(self) -> int:
            """The next byte of the UTF-8 of what is typed."""
            while not self._pending:
                letter = self._half + msvcrt.getwch()
                if letter in ("\x00", "\xe0"):
                    msvcrt.getwch()
                elif len(letter) == 1 and "\ud800" <= letter < "\udc00":
                    self._half = letter
                else:
                    self._half = ""
                    self._pending += letter.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
            return self._pending.pop(0)

else:
    import termios

    class Console:
        """A Unix terminal; between `quiet` and `restore` it neither echoes nor acts on keys such as Ctrl-C."""

        def __init__(self, handle: int) -> None:
            self._handle = handle
            self._pending = bytearray()
            self._before: list[Any] | None = None

        @property
        def has_more(self) -> bool:
            """Whether keys that were read already wait here."""
            return bool(self._pending)

        def quiet(self) -> None:
            """Stop the echo; what was typed before stays to be read."""
            try:
                self._before = termios.tcgetattr(self._handle)
                wanted = termios.tcgetattr(self._handle)
                wanted[3] &= ~(termios.ECHO | termios.ECHONL | termios.ICANON | termios.ISIG | termios.IEXTEN)
                wanted[6][termios.VMIN], wanted[6][termios.VTIME] = 1, 0
                termios.tcsetattr(self._handle, termios.TCSADRAIN, wanted)
            except termios.error:
                # The terminal is gone, or was none after all.
                raise KeyboardInterrupt from None

        def restore(self) -> None:
            """Make the terminal what it was; calling twice is no error."""
            before, self._before = self._before, None
            if before is not None:
                try:
                    # Not after what is still to be written: nobody may ever read it.
                    termios.tcsetattr(self._handle, termios.TCSANOW, before)
                except termios.error:
                    return

        def drop(self) -> None:
            """Forget keys pressed meanwhile."""
            self._pending.clear()
            try:
                termios.tcflush(self._handle, termios.TCIFLUSH)
            except termios.error:
                return

        def suspend(self) -> None:
            """Stop as Ctrl-Z asks, with the terminal as it was, until continued."""
            import signal

            self.restore()
            os.kill(os.getpid(), signal.SIGTSTP)
            self.quiet()

        def skip_sequence(self) -> None:
            """Leave out the rest of what a special key sends after Esc; after a lone Esc there is none."""
            if not self._comes_soon() or self._pending[0] not in b"[O":
                return
            self.byte()
            while self._comes_soon() and self.byte() not in _FINAL_BYTES:
                pass

        def byte(self) -> int:
            """The next byte typed; raises KeyboardInterrupt when the terminal is gone."""
            if not self._pending:
                # Into memory of our own, which is emptied afterwards: what is typed here is mostly a passphrase.
                typed = bytearray(4096)
                try:
                    count = os.readv(self._handle, [typed])
                except OSError:
                    raise KeyboardInterrupt from None
                if not count:
                    raise KeyboardInterrupt
                self._pending.extend(memoryview(typed)[:count])
                typed[:] = bytes(len(typed))
            return self._pending.pop(0)

        def _comes_soon(self) -> bool:
            """Whether there is another byte within the time in which a terminal sends the whole of a key."""
            if not self._pending:
                import select

                if not select.select([self._handle], [], [], 0.05)[0]:
                    return False
                self._pending.insert(0, self.byte())
            return True
