"""The back buffer: what the terminal shows, what it should show, and the fewest bytes between the two."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from textual.strip import Strip

from exin_tui.display.cells import CONTINUATION, PLAIN, cell_width, is_plain_text, split_cells
from exin_tui.display.looks import DEFAULT, Looks
from exin_tui.display.pen import Pen

CLEAR: Final = "\x1b[m\x1b[2J"
RECOVER: Final = "\x1b(B\x0f\x1b[r\x1b[?6l\x1b[?7l\x1b[?25l"
"""Undoes what stray bytes do: line-drawing letters, a scroll region, origin mode, wrapping, a shown cursor."""

_ERASE_WORTH: Final = 4
"""Blank cells at a row's end from which erasing to the end is shorter than writing them."""


class Painter:
    """Takes strips at places, answers with the bytes that make the terminal show them.

    Coordinates are cells from the top left, 0-based. Nothing is known of the terminal until the first `flush`, which
    clears it; `invalidate` returns to that state.
    """

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self.width = 0
        self.height = 0
        self._shown_texts: list[list[str]] = []
        self._shown_looks: list[list[int]] = []
        self._texts: list[list[str]] = []
        self._numbers: list[list[int]] = []
        self._uneven: set[int] = set()
        self._touched: set[int] = set()
        self._placed: list[dict[int, tuple[int, Strip]]] = []
        self._cursor: tuple[int, int] | None = None
        self.valid = False
        self._recover = False

    def invalidate(self, *, recover: bool = False) -> None:
        """Forget what the terminal shows: the next `flush` clears it and writes everything.

        With `recover`, its modes are put right as well.
        """
        self.valid = False
        self._recover = self._recover or recover

    def begin(self, width: int, height: int) -> None:
        """Start a frame that covers the whole screen, for a buffer that is not valid."""
        self.width, self.height = width, height
        self._shown_texts = [[" "] * width for _ in range(height)]
        self._shown_looks = [[DEFAULT] * width for _ in range(height)]
        self._texts = [[" "] * width for _ in range(height)]
        self._numbers = [[DEFAULT] * width for _ in range(height)]
        self._placed = [{} for _ in range(height)]
        self._uneven.clear()
        self._touched.clear()

    def place(self, x: int, y: int, strip: Strip, length: int) -> None:
        """Want `strip` in the `length` cells from `x` of row `y`; what is longer is cut, what is shorter is blank."""
        length = min(length, self.width - x)
        if length <= 0 or not 0 <= y < self.height:
            return
        placed = self._placed[y]
        before = placed.get(x)
        if before is not None and before[0] == length:
            former = before[1]
            if former is strip or former == strip:
                return
        if before is None or before[0] != length:
            end = x + length
            for start in [start for start, (size, _) in placed.items() if start < end and start + size > x]:
                del placed[start]
        placed[x] = (length, strip)
        self._write(x, y, strip, length)
        self._touched.add(y)

    def _write(self, x: int, y: int, strip: Strip, length: int) -> None:
        texts: list[str] = []
        numbers: list[int] = []
        number_of = self._looks.number
        for text, style, control in strip:
            if control or not text:
                continue
            if is_plain_text(text):
                texts.extend(text)
            else:
                texts.extend(split_cells(text))
                self._uneven.add(y)
            numbers.extend([number_of(style)] * (len(texts) - len(numbers)))
        missing = length - len(texts)
        if missing > 0:
            texts.extend([" "] * missing)
            numbers.extend([DEFAULT] * missing)
        elif missing < 0:
            del texts[length:], numbers[length:]
        end = x + length
        self._texts[y][x:end] = texts
        self._numbers[y][x:end] = numbers

    def flush(self, cursor: tuple[int, int]) -> str:
        """The bytes that bring the terminal up to date and leave its cursor at `cursor` (x, y); empty when it is."""
        pen = Pen(self._looks, self._shown_texts, self._shown_looks)
        start = ""
        if not self.valid:
            start = (RECOVER if self._recover else "") + CLEAR
            self._recover = False
            self._cursor = None
        for y in sorted(self._touched):
            if y in self._uneven:
                self._mend(y)
            if self._texts[y] != self._shown_texts[y] or self._numbers[y] != self._shown_looks[y]:
                self._write_row(pen, y)
        self._touched.clear()
        self.valid = True
        if not (start or pen.out) and cursor == self._cursor:
            return ""
        self._cursor = cursor
        pen.finish(*cursor)
        return start + "".join(pen.out)

    def _mend(self, y: int) -> None:
        """Blank the halves of wide clusters that something else now covers, as a terminal would."""
        row = self._texts[y]
        x = 0
        uneven = False
        while x < self.width:
            text = row[x]
            if text in PLAIN:
                x += 1
                continue
            width = cell_width(text)
            whole = text != CONTINUATION and all(
                x + more < self.width and row[x + more] == CONTINUATION for more in range(1, width)
            )
            if whole:
                uneven = True
                look = self._numbers[y][x]
                self._numbers[y][x : x + width] = [look] * width
                x += width
            else:
                row[x] = " "
                x += 1
        if not uneven and all(text in PLAIN for text in self._shown_texts[y]):
            self._uneven.discard(y)

    def _write_row(self, pen: Pen, y: int) -> None:
        texts, numbers = self._texts[y], self._numbers[y]
        changed = self._changed(y)
        # Erasing must colour nothing: only for a tail in the terminal's own look.
        tail = self.width
        blank = self._looks.blank
        while tail and texts[tail - 1] == " " and blank(numbers[tail - 1]) == DEFAULT:
            tail -= 1
        erase_from = next((x for x in changed if x >= tail), self.width)
        erase = sum(1 for x in changed if x >= tail) > _ERASE_WORTH
        if erase:
            changed = [x for x in changed if x < erase_from]
        for x, cells in _runs(changed, texts, numbers):
            if cells > 1:
                pen.write_run(x, y, "".join(texts[x : x + cells]), numbers[x], self.width)
            elif texts[x] != CONTINUATION:
                pen.write(x, y, texts[x], numbers[x], self.width)
        if erase:
            pen.erase(erase_from, y)
        self._shown_texts[y][:] = texts
        self._shown_looks[y][:] = numbers

    def _changed(self, y: int) -> list[int]:
        """The columns to write in row `y`."""
        blank = self._looks.blank
        changed = [
            x
            for x, (text, shown, look, shown_look) in enumerate(
                zip(self._texts[y], self._shown_texts[y], self._numbers[y], self._shown_looks[y], strict=True)
            )
            if text != shown or (look != shown_look and (text != " " or blank(look) != blank(shown_look)))
        ]
        if y not in self._uneven:
            return changed
        # Terminals disagree about the width of such a cell, so what stands after it may have been moved.
        for x in changed:
            if self._texts[y][x] not in PLAIN or self._shown_texts[y][x] not in PLAIN:
                first = x
                while self._texts[y][first] == CONTINUATION:
                    first -= 1
                return [before for before in changed if before < first] + list(range(first, self.width))
        return changed


def _runs(changed: list[int], texts: list[str], numbers: list[int]) -> Iterator[tuple[int, int]]:
    """The columns to write as (first, how many): neighbours of one look and one cell each go together."""
    place, count = 0, len(changed)
    while place < count:
        first = end = changed[place]
        look = numbers[first]
        while place < count and changed[place] == end and numbers[end] == look and texts[end] in PLAIN:
            place += 1
            end += 1
        if end == first:
            place += 1
        yield first, max(1, end - first)
