"""Columns that share the width of a list by what stands in them, one below the other in all its lines.

They are laid out from the rows of the pages read so far, not line by line, so that nothing jumps while the mark moves.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Final, Self

from rich.cells import cell_len
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.line import PLAIN, Piece, cut, right, strip
from screens.widgets.windowed_list import Row, WindowedList

WORTH: Final = 24
"""So many lines of free text give up a cell for one line's name or the like."""
FREE: Final = 12
"""A line with so many cells free cuts no text: it leaves its column there."""
LONGEST: Final = 400


class Cell:
    """What a line has in one column; one with `least` gives way down to so many cells, one without never does.

    The column is at least `wide`.
    """

    __slots__ = ("at_right", "least", "pieces", "size", "wide", "worth")

    def __init__(
        self, *pieces: Piece, least: int | None = None, worth: int = WORTH, at_right: bool = False, wide: int = 0
    ) -> None:
        self.pieces, self.least, self.worth, self.at_right, self.wide = pieces, least, worth, at_right, wide
        self.size = cell_len(pieces[0][0]) if len(pieces) == 1 else sum(cell_len(text) for text, _style in pieces)

    def drawn(self, width: int) -> list[Piece]:
        """In exactly `width` cells."""
        if self.at_right:
            return [(right(text, width), style) for text, style in self.pieces]
        found: list[Piece] = []
        for text, style in self.pieces:
            size = cell_len(text)
            found.append((text if size <= width else cut(text, width), style))
            width -= min(size, width)
        return [*found, (" " * width, PLAIN)] if width else found


def told(text: str, style: Style = PLAIN, *, least: int = 20) -> Cell:
    """Free text: it takes what the others leave, and at least `least` cells."""
    return Cell((text, style), least=least, worth=1)


class Columns:
    """How wide the columns of lines of one kind are; between them is a cell, two where everything has room."""

    def __init__(self) -> None:
        self._sizes: list[Counter[int]] = []
        self._least: list[int | None] = []
        self._worth: list[int] = []
        self._shared: dict[int, tuple[list[int], int]] = {}

    def read(self, cells: Sequence[Cell]) -> None:
        """Take a line into account."""
        self._shared.clear()
        for place, cell in enumerate(cells):
            if place == len(self._sizes):
                self._sizes.append(Counter())
                self._least.append(None)
                self._worth.append(WORTH)
            if cell.least is not None:
                self._least[place], self._worth[place] = cell.least, cell.worth
            self._sizes[place][min(max(cell.size, cell.wide), LONGEST)] += 1

    def widths(self, width: int) -> tuple[list[int], int]:
        """The widths of the columns in lines of `width` cells, and of what is between them."""
        if width not in self._shared:
            self._shared[width] = self._share(width)
        return self._shared[width]

    def _share(self, width: int) -> tuple[list[int], int]:
        """Cell by cell to where it lets most lines say more."""
        wanted = [max(sizes) for sizes in self._sizes]
        widths = [want if least is None else min(want, least) for want, least in zip(wanted, self._least, strict=True)]
        longer = [_longer(sizes, want) for sizes, want in zip(self._sizes, wanted, strict=True)]
        gaps = sum(1 for want in wanted[:-1] if want)
        left = width - sum(widths) - gaps
        while left > 0:
            gains = [self._worth[place] * longer[place][has] for place, has in enumerate(widths)]
            most = max(gains, default=0)
            if not most:
                break
            widths[gains.index(most)] += 1
            left -= 1
        return widths, 2 if left >= gaps else 1

    def line(self, cells: Sequence[Cell], width: int) -> list[Piece]:
        """The pieces of a line of `width` cells; the last cell has whatever is left."""
        if len(self._sizes) < len(cells):
            self.read(cells)
        shared, gap = self.widths(width)
        widths = shared[: len(cells)]
        widths[-1] = max(0, width - sum(has + gap for has in widths[:-1] if has))
        if any(cell.size > has for cell, has in zip(cells, widths, strict=True)):
            widths = _lent(cells, widths)
        pieces: list[Piece] = []
        for cell, has in zip(cells, widths, strict=True):
            if has:
                pieces += cell.drawn(has)
                pieces.append((" " * gap, PLAIN))
        return pieces[:-1]


def _longer(sizes: Counter[int], want: int) -> list[int]:
    """How many are longer than 0, 1, 2 … cells, up to `want`."""
    found = [0] * (want + 1)
    for size in range(want, 0, -1):
        found[size - 1] = found[size] + sizes[size]
    return found


def _lent(cells: Sequence[Cell], widths: list[int]) -> list[int]:
    """The widths for a line in which something is too long: it gets what others do not need, free text only of much."""
    spare = [max(0, has - cell.size) for cell, has in zip(cells, widths, strict=True)]
    widths = list(widths)
    for place, cell in enumerate(cells):
        if cell.worth < WORTH and sum(spare) < FREE:
            continue
        # What stands before it is asked first: what comes after then stays in its column.
        for lender in (*range(place - 1, -1, -1), *range(place + 1, len(cells))):
            lent = max(0, min(spare[lender], cell.size - widths[place]))
            spare[lender] -= lent
            widths[lender] -= lent
            widths[place] += lent
    return widths


class Titles(Widget):
    """What stands over the columns of a list, and moves as they do."""

    DEFAULT_CSS = "Titles { height: 1; width: 1fr; }"

    def __init__(self, of: ColumnedList[Any]) -> None:
        super().__init__()
        self._list = of

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        return strip(self._list.head_line(width), width)


class ColumnedList(WindowedList[Row]):
    """A windowed list whose lines are cells in columns; a screen that shows `titles` shows `heads` over them."""

    _stale = True

    def __init__(self, cells: Callable[[Row, int], Sequence[Cell]] | None = None, **named: Any) -> None:
        super().__init__(**named)
        self.titles = Titles(self)
        self._cells_of = cells
        self._columns: defaultdict[Hashable, Columns] = defaultdict(Columns)
        self._read: set[int] = set()
        self._read_of = 0

    def cells(self, row: Row, part: int) -> Sequence[Cell]:
        """The cells of a line, of which there are some; `part` counts the lines of a row from 0."""
        if self._cells_of is None:
            raise NotImplementedError
        return self._cells_of(row, part)

    def measured(self, row: Row, part: int) -> Sequence[Cell]:
        """Cells as long as those of the line, where those would cost more to make; none for a line of one cell."""
        return self.cells(row, part)

    def heads(self) -> Sequence[Cell]:
        """What stands over the columns, where anything does."""
        return ()

    def alike(self, row: Row, part: int) -> Hashable:
        """Lines of which this is the same stand in the same columns."""
        return type(row), part

    def head_line(self, width: int) -> list[Piece]:
        """What stands over the columns, in a line as wide as those of the list."""
        self._lay_out()
        row = self.row_at(0)
        columns = Columns() if row is None else self._columns[self.alike(row, 0)]
        heads = self.heads()
        if row is None:
            columns.read(heads)
        return [(" ", PLAIN), *columns.line(heads, width - 1)]

    def draw_row(self, row: Row, width: int, part: int) -> Sequence[Piece]:
        self._lay_out()
        return self._columns[self.alike(row, part)].line(self.cells(row, part), width)

    def refresh(self, *regions: Region, **how: Any) -> Self:
        # Only where all is drawn again may the columns become others.
        self._stale = self._stale or not regions
        return super().refresh(*regions, **how)

    def lay_out_anew(self) -> None:
        """Other columns are shown of the same rows."""
        self._read_of = -1
        self.titles.refresh()
        self.refresh()

    def _lay_out(self) -> None:
        """Read the pages in sight that were not yet."""
        if not self._stale:
            return
        self._stale = False
        if self._read_of != self._shown:
            self._read_of = self._shown
            self._columns.clear()
            self._read.clear()
        for page in self._pages_of(self._shape, self.top):
            if page not in self._read and page in self._pages:
                self._read.add(page)
                if self.titles.is_attached:
                    self.titles.refresh()
                for place, row in enumerate(self._pages[page]):
                    if place == 0:
                        self._columns[self.alike(row, 0)].read(self.heads())
                    for part in range(self.LINES_A_ROW):
                        self._columns[self.alike(row, part)].read(self.measured(row, part))
