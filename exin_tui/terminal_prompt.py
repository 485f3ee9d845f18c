"""Asking a person on the plain terminal, before any screen: what is secret does not show as it is typed.

Imported before the first prompt, so it imports next to nothing.
"""

from __future__ import annotations

import os
import sys

from config.words import _
from exin_tui.console import Console
from exin_tui.guard import is_terminal
from exin_tui.printing import show

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Final, TextIO

_ENTER: Final = b"\r\n"
_ERASE: Final = b"\x7f\x08"
_ERASE_ALL: Final = b"\x15\x17"
_LEAVE: Final = b"\x03\x04"
_SUSPEND: Final = 0x1A
_ESCAPE: Final = 0x1B
_CLEAR: Final = "\x1b[H\x1b[2J\x1b[3J"
_REWRITE: Final = "\r\x1b[K"


class Asker:
    """Asks line by line; while it is entered as a context, nothing that is typed shows by itself.

    Ctrl-C, Ctrl-D and a terminal that is gone raise KeyboardInterrupt.
    """

    def __init__(self, console: Console, out: TextIO) -> None:
        self._console = console
        self._out = out

    def __enter__(self) -> Asker:
        try:
            self._console.quiet()
        except BaseException:
            # A signal in here comes too early for the block that would put it right.
            self._console.restore()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._console.restore()

    def say(self, text: str = "") -> None:
        """A line for the person."""
        self.show(text + "\n")

    def show(self, text: str, before: str = "") -> None:
        """Text for the person, after what steers the terminal."""
        try:
            self._out.write(before)
            show(self._out, text)
        except (OSError, ValueError):
            # Nobody is there to read, and so nobody to answer either.
            raise KeyboardInterrupt from None

    def hidden(self, prompt: str) -> str:
        """What is typed after `prompt` until Enter, unseen; asked again when it is not valid UTF-8."""
        self.show(prompt)
        return self.rest_of(prompt)

    def shown(self, prompt: str) -> str:
        """What is typed after `prompt` until Enter, shown as it is typed, without outer space."""
        self.show(prompt)
        return self.rest_of(prompt, visible=True).strip()

    def agrees(self, question: str) -> bool:
        """Whether the person says yes; Enter alone is no."""
        # j and y both: people switch languages less often than programs do.
        return self.shown(question + " [" + _("y") + "/N] ").casefold()[:1] in {"y", "j"}

    def show_once(self, text: str) -> None:
        """Show `text` until Enter, then take it off the screen and out of what can be scrolled back to."""
        self.say(text)
        self.hidden(_("Press Enter when it is written down; then it is taken off the screen. "))
        self.show("", _CLEAR)

    def give_back(self) -> None:
        """Make the terminal what it was, and forget keys pressed meanwhile: on a screen they would be commands."""
        self._console.drop()
        self._console.restore()

    def rest_of(self, prompt: str, *, visible: bool = False) -> str:
        """What is typed until Enter after a prompt that already stands there."""
        typed = bytearray()
        while True:
            byte = self._console.byte()
            if byte in _ENTER:
                self.show("\n")
                try:
                    return typed.decode()
                except UnicodeDecodeError:
                    self.say(_("That was not valid UTF-8: the terminal is set to another character set. Try again."))
                    self.show(prompt)
                finally:
                    typed[:] = bytes(len(typed))
                    typed.clear()
                continue
            if byte in _LEAVE:
                self.show("\n")
                raise KeyboardInterrupt
            if byte == _SUSPEND:
                self.show("\n")
                self._console.suspend()
                self.show(prompt)
            elif byte == _ESCAPE:
                self._console.skip_sequence()
            elif byte in _ERASE:
                _drop_letter(typed)
            elif byte in _ERASE_ALL:
                typed.clear()
            elif byte >= 0x20:
                typed.append(byte)
            if visible and not self._console.has_more:
                letters = (letter for letter in typed.decode(errors="ignore") if letter.isprintable())
                self.show(prompt + "".join(letters), _REWRITE)


def asker() -> Asker | None:
    """The way to ask the person at the terminal; None where the input is no terminal.

    Prompts go to the error output, or straight to the terminal when that goes elsewhere: standard output is for data.
    """
    if not is_terminal(sys.stdin):
        return None
    handle = sys.stdin.fileno()
    try:
        if is_terminal(sys.stderr):
            return Asker(Console(handle), sys.stderr)
        return Asker(Console(handle), open(os.ttyname(handle), "w", encoding="utf-8"))
    except (OSError, AttributeError):
        return None


def _drop_letter(typed: bytearray) -> None:
    """Take away the last letter, all bytes of it."""
    while typed and typed.pop() & 0xC0 == 0x80:
        pass
