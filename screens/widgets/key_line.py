"""The foot of every screen: what was just said, on as many lines as it takes, and which keys do what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from rich.cells import cell_len
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.line import ALARM, BOLD, DIM, PLAIN, Piece, strip
from screens.widgets.text_lines import Wrapping, indented

MOST_LINES: Final = 4


class KeyHint(Struct, frozen=True):
    """One key that does something now, as the foot shows it."""

    key: str
    label: str


class KeyLine(Widget):
    """Draws hints as far as they fit, each whole, the most useful first; the last one, help, always stands.

    Set again only when something differs.
    """

    DEFAULT_CSS = "KeyLine { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._hints: tuple[KeyHint, ...] = ()

    def show(self, hints: Sequence[KeyHint]) -> None:
        """Show these hints."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self.refresh()

    @property
    def shown(self) -> list[KeyHint]:
        """The hints there is room for, in the order they stand in."""
        if not self._hints:
            return []
        *others, last = self._hints
        room = self.size.width - _width(last)
        found: list[KeyHint] = []
        for hint in others:
            if (size := _width(hint)) <= room:
                room -= size
                found.append(hint)
        return [*found, last]

    def render_line(self, y: int) -> Strip:
        pieces: list[Piece] = []
        for hint in self.shown:
            pieces += [(f" {hint.key}", BOLD), (f" {hint.label} ", PLAIN)]
        return strip(pieces, self.size.width)


def _width(hint: KeyHint) -> int:
    return cell_len(hint.key) + cell_len(hint.label) + 3


class SaidLine(Wrapping[tuple[str, bool, str]]):
    """What the program has to say, on one line where it fits; the next key that does something clears it."""

    def __init__(self) -> None:
        super().__init__(("", False, ""))

    @property
    def said(self) -> str:
        """What stands there now, empty when only the resting text does."""
        return self.content[0]

    def say(self, text: str, *, warn: bool = False) -> None:
        """Say something in place of what stood there."""
        self.put((text, warn, self.content[2]))

    def rest(self, text: str) -> None:
        """What stands there while there is nothing to say, on one line."""
        self.put((*self.content[:2], text))

    def lines(self, width: int) -> Sequence[Sequence[Piece]]:
        text, warn, resting = self.content
        if not text:
            return [[(" " + resting, DIM)]]
        return [[(line, ALARM if warn else BOLD)] for line in indented(text, width, MOST_LINES)]
