"""Where the terminal's cursor is and how it writes: the cheapest way to the next cell."""

from __future__ import annotations

from typing import Final

from exin_tui.display.cells import PLAIN, cell_width
from exin_tui.display.looks import DEFAULT, Looks

_GAP: Final = 8
"""Unchanged cells that may be written again when that is shorter than a move."""

_FAR: Final = 8
"""Rows down from which counting line feeds cannot win any more."""


class Pen:
    """Collects the bytes of one frame, beginning with the terminal's own look and an unknown cursor.

    The first move of a frame is always absolute, so that a cursor moved by somebody else (`wall`, a dropped byte)
    spoils one frame at most.
    """

    def __init__(self, looks: Looks, shown_texts: list[list[str]], shown_looks: list[list[int]]) -> None:
        self.out: list[str] = []
        self._looks = looks
        self._texts = shown_texts
        self._shown = shown_looks
        self._look = DEFAULT
        self._x = -1
        self._y = -1

    def write(self, x: int, y: int, text: str, look: int, width: int) -> None:
        """Write one cluster at (x, y) of a screen `width` cells wide."""
        if x != self._x or y != self._y:
            self._move(x, y)
        if look != self._look and not (text == " " and self._looks.blank(look) == self._looks.blank(self._look)):
            self._turn(look)
        if text in PLAIN:
            self.out.append(text)
            # After the last column the cursor may wait to wrap or not: it is nowhere.
            self._x = x + 1 if x + 1 < width else -1
            return
        cells = cell_width(text)
        if cells > 1:
            # A terminal that takes the cluster for narrower leaves a cell untouched: it shall be blank.
            self.out.append(" " * cells)
            self._x = -1
            if x + cells < width:
                self.out.append("\b" * cells)
            else:
                self._move(x, y)
        self.out.append(text)
        self._x = -1

    def write_run(self, x: int, y: int, text: str, look: int, width: int) -> None:
        """Write clusters of one cell each, all in one look."""
        if x != self._x or y != self._y:
            self._move(x, y)
        if look != self._look and not (text.isspace() and self._looks.blank(look) == self._looks.blank(self._look)):
            self._turn(look)
        self.out.append(text)
        self._x = x + len(text) if x + len(text) < width else -1

    def erase(self, x: int, y: int) -> None:
        """Blank row `y` from `x` in the terminal's own look."""
        if x != self._x or y != self._y:
            self._move(x, y)
        # Where a terminal erases with the current background, only the default is sure.
        self._turn(DEFAULT)
        self.out.append("\x1b[K")

    def finish(self, x: int, y: int) -> None:
        """Leave the terminal in its own look, the cursor at (x, y)."""
        self._turn(DEFAULT)
        if x != self._x or y != self._y:
            self._move(x, y)

    def _turn(self, look: int) -> None:
        self.out.append(self._looks.codes(self._look, look))
        self._look = look

    def _move(self, x: int, y: int) -> None:
        best = _absolute(x, y)
        if self._x >= 0:
            for way in self._relative(x, y):
                if len(way.encode()) < len(best.encode()):
                    best = way
        self.out.append(best)
        self._x, self._y = x, y

    def _relative(self, x: int, y: int) -> list[str]:
        ways: list[str] = []
        down, right = y - self._y, x - self._x
        if down == 0:
            if 0 < right <= _GAP and (again := self._rewritten(x, y)):
                ways.append(again)
            ways.append(_sideways(right))
            ways.append("\r" + _sideways(x))
        elif right == 0:
            ways.append(_step(down, "B") if down > 0 else _step(-down, "A"))
        if 0 < down < _FAR:
            # The row exists, so nothing can scroll.
            ways.append("\r" + "\n" * down + _sideways(x))
        return ways

    def _rewritten(self, x: int, y: int) -> str:
        """The unchanged cells from the cursor to `x`, when the pen writes them as they are."""
        texts = self._texts[y][self._x : x]
        blank = self._looks.blank
        for text, look in zip(texts, self._shown[y][self._x : x], strict=True):
            if text not in PLAIN or (look != self._look and (text != " " or blank(look) != blank(self._look))):
                return ""
        return "".join(texts)


def _absolute(x: int, y: int) -> str:
    if x:
        return f"\x1b[{y + 1};{x + 1}H" if y else f"\x1b[;{x + 1}H"
    return f"\x1b[{y + 1}H" if y else "\x1b[H"


def _sideways(cells: int) -> str:
    if cells == 0:
        return ""
    if cells > 0:
        return _step(cells, "C")
    return "\b" * -cells if cells > -4 else _step(-cells, "D")


def _step(count: int, letter: str) -> str:
    return f"\x1b[{count}{letter}" if count > 1 else f"\x1b[{letter}"
