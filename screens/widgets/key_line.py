"""The foot of every screen: what was just said, on as many lines as it takes, and which keys do what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from rich.cells import cell_len
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.line import ALARM, BOLD, DIM, PLAIN, Piece, strip, wrapped

MOST_LINES: Final = 4


class KeyHint(Struct, frozen=True):
    """One key as the foot shows it; `active` is False for an action that would now say why it does nothing."""

    key: str
    label: str
    active: bool = True


class KeyLine(Widget):
    """Draws hints as far as they fit; the last one, help, always does. Set again only when something differs."""

    DEFAULT_CSS = "KeyLine { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._hints: tuple[KeyHint, ...] = ()

    def show(self, hints: Sequence[KeyHint]) -> None:
        """Show these hints."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if not self._hints:
            return strip([], width)
        *others, last = self._hints
        room = width - _width(last)
        pieces: list[Piece] = []
        for hint in others:
            size = _width(hint)
            if size > room:
                continue
            room -= size
            pieces += _pieces(hint)
        return strip([*pieces, *_pieces(last)], width)


def _width(hint: KeyHint) -> int:
    return cell_len(hint.key) + cell_len(hint.label) + 3


def _pieces(hint: KeyHint) -> list[Piece]:
    return [(f" {hint.key}", BOLD if hint.active else DIM), (f" {hint.label} ", PLAIN if hint.active else DIM)]


class SaidLine(Widget):
    """What the program has to say, on one line where it fits; the next key that does something clears it."""

    DEFAULT_CSS = "SaidLine { height: auto; }"

    def __init__(self) -> None:
        super().__init__()
        self._text, self._warn, self._resting = "", False, ""

    @property
    def said(self) -> str:
        """What stands there now, empty when only the resting text does."""
        return self._text

    def say(self, text: str, *, warn: bool = False) -> None:
        """Say something in place of what stood there."""
        if (text, warn) != (self._text, self._warn):
            before = len(self._lines(self.size.width))
            self._text, self._warn = text, warn
            # The screen is laid out anew only where it takes another number of lines than what stood there.
            self.refresh(layout=len(self._lines(self.size.width)) != before)

    def rest(self, text: str) -> None:
        """What stands there while there is nothing to say."""
        if text != self._resting:
            self._resting = text
            self.refresh()

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def _lines(self, width: int) -> list[str]:
        """What is said, in the lines it takes; what only rests there never takes more than one."""
        if width < 3 or cell_len(self._text) < width:
            return [self._text]
        return wrapped(self._text, width - 2, MOST_LINES)

    def render_line(self, y: int) -> Strip:
        if not self._text:
            return strip([(" " + self._resting, DIM)], self.size.width)
        lines = self._lines(self.size.width)
        return strip([(" " + lines[y] if y < len(lines) else "", ALARM if self._warn else BOLD)], self.size.width)
