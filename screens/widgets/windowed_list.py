"""A list as long as the caseload: only what is on the screen is fetched and drawn, in groups with headings.

It is given what draws a row, or a subclass has that in itself and may draw headings too; the screen gives it the groups
(each with how many rows) and a way to fetch rows.
Moving the mark redraws two lines and asks the database for nothing that is already here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, ClassVar, Final, Generic, TypeVar

from msgspec import Struct
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from config.errors import ExinError
from screens.textual_inside.workers import run_beside
from screens.widgets.line import DIM, HEADING, PLAIN, Piece, strip
from screens.widgets.moved import Moved

Row = TypeVar("Row")
PAGE: Final = 64
KEPT_BESIDE: Final = 6
"""How many pages on either side of what is in sight are kept."""

Fetch = Callable[[int, int], Awaitable[Sequence[Row]]]
"""Answers the rows from an offset on, at most so many; called with whole pages of `PAGE` rows."""


Draw = Callable[[Row, int, int], Sequence[Piece]]
"""Draws a row as `WindowedList.draw_row`."""


class Group(Struct, frozen=True):
    """A run of rows under one heading; an empty heading takes no line."""

    key: str
    heading: str
    count: int


class Grouped:
    """Groups one below the other, each row `height` lines; rows and lines count from 0 over all groups."""

    def __init__(self, groups: Sequence[Group], height: int) -> None:
        self.groups = tuple(group for group in groups if group.count or group.heading)
        self._height = height
        counts = [group.count for group in self.groups]
        self._row_starts = [0, *accumulate(counts)]
        heights = [group.count * height + bool(group.heading) for group in self.groups]
        self._line_starts = [0, *accumulate(heights)]
        self.rows, self.lines = self._row_starts[-1], self._line_starts[-1]

    def nearest_row(self, index: int) -> int:
        """The row nearest to `index` that there is; 0 where there is none."""
        return max(0, min(index, self.rows - 1))

    def line_of(self, index: int) -> int:
        """The first line of a row; 0 where there are no rows."""
        if not self.rows:
            return 0
        group = bisect_right(self._row_starts, index) - 1
        inside = (index - self._row_starts[group]) * self._height
        return self._line_starts[group] + bool(self.groups[group].heading) + inside

    def at_line(self, line: int) -> tuple[int, int | None, int]:
        """What a line shows: its group, the row (None for a heading), and the part of the row."""
        group = max(0, bisect_right(self._line_starts, line) - 1)
        inside = line - self._line_starts[group] - bool(self.groups[group].heading)
        if inside < 0:
            return group, None, 0
        return group, self._row_starts[group] + inside // self._height, inside % self._height

    def first_row(self, line: int) -> int:
        """The row of a line, for a heading the first one below it (which may be one past the last)."""
        group, index, _part = self.at_line(line)
        return self._row_starts[group] if index is None else index

    def around(self, index: int) -> tuple[int, int]:
        """The lines of a row as (first, past the last), with the headings right above it and what trails the last."""
        line = self.line_of(index)
        above = self.line_of(index - 1) + self._height if index else 0
        return above, self.lines if index == self.rows - 1 else line + self._height


class WindowedList(Moved, Widget, Generic[Row], can_focus=True):
    """Rows under headings, with a mark that moves; `mark` counts rows only, from 0.

    The mark is drawn while the list has the focus, or always where `always_marked` is set (an input beside it has the
    focus).
    """

    DEFAULT_CSS = "WindowedList { height: 1fr; width: 1fr; }"
    LINES_A_ROW: ClassVar[int] = 1

    @dataclass
    class Marked(Message):
        """The mark stands on another row, or the row under it has just come; `list.row` is None on an empty list."""

        list: WindowedList[Any]
        index: int

    @dataclass
    class Unread(Message):
        """Rows could not be fetched; they stay dots until the mark moves again."""

        list: Widget
        error: ExinError

    def __init__(
        self, draw: Draw[Row] | None = None, *, empty: str = "", id: str | None = None, always_marked: bool = False
    ) -> None:
        super().__init__(id=id)
        self._pieces_of = draw
        self.mark = 0
        self.top = 0
        self.empty = empty
        self.always_marked = always_marked
        self.can_focus = not always_marked
        self._shape = Grouped((), self.LINES_A_ROW)
        self._fetch: Fetch[Row] | None = None
        self._pages: dict[int, Sequence[Row]] = {}
        self._asked = 0
        self._shown = 0
        self._loading = False
        self.seek: Callable[[Row], bool] | None = None
        """What the mark goes to when rows are shown next: the first of which it holds."""

    # ------------------------------------------------------------------ what it shows

    async def show(self, groups: Sequence[Group], fetch: Fetch[Row], *, mark: int | None = None) -> None:
        """Show other rows; the mark goes to `mark`, or stays at its number where there is such a row.

        What stood there stays until the first rows are here, so nothing flickers; an error of `fetch` reaches the
        caller and leaves everything as it was. Of two overlapping calls the later one is shown.
        """
        self._asked += 1
        asked = self._asked
        shape = Grouped(groups, self.LINES_A_ROW)
        if self.seek is not None and shape.rows:
            seek, self.seek = self.seek, None
            mark = await _place_of(seek, shape.rows, fetch)
        wanted = shape.nearest_row(self.mark if mark is None else mark)
        pages: dict[int, Sequence[Row]] = {}
        for page in self._pages_of(shape, self._top_for(shape, wanted)):
            pages[page] = await fetch(page * PAGE, PAGE)
            if asked != self._asked:
                return
        self._shown = asked
        # The mark may have moved while the rows were fetched.
        self.mark = shape.nearest_row(self.mark if mark is None else mark)
        self._shape, self._fetch, self._pages = shape, fetch, pages
        self.top = self._top_for(shape, self.mark)
        self.refresh()
        self._want()
        self.post_message(self.Marked(self, self.mark))

    async def show_rows(
        self, rows: Sequence[Row], groups: Sequence[Group] | None = None, *, mark: int | None = None
    ) -> None:
        """Show rows that are all here already, under one heading that says nothing where no `groups` are given."""

        async def fetch(offset: int, limit: int) -> Sequence[Row]:
            return rows[offset : offset + limit]

        await self.show([Group("", "", len(rows))] if groups is None else groups, fetch, mark=mark)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups shown."""
        return self._shape.groups

    @property
    def count(self) -> int:
        """How many rows there are in all."""
        return self._shape.rows

    @property
    def row(self) -> Row | None:
        """The row under the mark, None on an empty list or while it is being fetched."""
        return self.row_at(self.mark)

    @property
    def marked(self) -> Row:
        """The row under the mark, for what a key does only where there is one, as its action `needs_row`."""
        row = self.row
        assert row is not None, "nothing is under the mark"
        return row

    def row_at(self, index: int) -> Row | None:
        """A row by its number, None while it is not here."""
        page = self._pages.get(index // PAGE)
        place = index % PAGE
        return page[place] if page is not None and place < len(page) else None

    async def find(self, wanted: Callable[[Row], bool]) -> int | None:
        """The number of the first row that is `wanted`, read from the first on; None where there is none."""
        for page in range(-(-self.count // PAGE) if self._fetch is not None else 0):
            rows = self._pages.get(page)
            if rows is None and self._fetch is not None:
                rows = await self._fetch(page * PAGE, PAGE)
            found = next((place for place, row in enumerate(rows or ()) if wanted(row)), None)
            if found is not None:
                return page * PAGE + found
        return None

    def draw_row(self, row: Row, width: int, part: int) -> Sequence[Piece]:
        """The pieces of one row; `part` counts its lines from 0 where a row takes several."""
        if self._pieces_of is None:
            raise NotImplementedError
        return self._pieces_of(row, width, part)

    def draw_heading(self, group: Group, width: int) -> Sequence[Piece]:
        """The pieces of a heading."""
        return [(group.heading, HEADING), (f"  {group.count}", DIM)]

    # ------------------------------------------------------------------ moving

    def move(self, lines: int) -> None:
        self.go(self.mark + lines)

    def go(self, index: int) -> None:
        index = self._shape.nearest_row(index)
        if index == self.mark:
            return
        before, top = self.mark, self.top
        self.mark = index
        self.top = self._top_for(self._shape, index)
        if self.top != top:
            self.refresh()
        else:
            self.redraw_row(before)
            self.redraw_row(index)
        self._want()
        self.post_message(self.Marked(self, index))

    def redraw_row(self, index: int) -> None:
        """Draw one row again, where it is in sight."""
        line = self._shape.line_of(index) - self.top
        if -self.LINES_A_ROW < line < self.size.height:
            self.refresh(Region(0, line, self.size.width, self.LINES_A_ROW))

    @property
    def _height(self) -> int:
        """The lines in sight; before the first layout those of a usual screen."""
        return self.size.height or 24

    @property
    def page(self) -> int:
        return max(1, self._height // self.LINES_A_ROW - 1)

    def _top_for(self, shape: Grouped, mark: int) -> int:
        """The first line in sight so that the mark, and the headings right above it where there is room, are too."""
        height = self._height
        if not shape.rows:
            return 0
        first, last = shape.around(mark)
        line = shape.line_of(mark)
        top = max(self.top, last - height)
        top = min(top, max(first, line + self.LINES_A_ROW - height), line)
        return max(0, min(top, shape.lines - height))

    # ------------------------------------------------------------------ fetching

    def _pages_of(self, shape: Grouped, top: int) -> list[int]:
        """The pages in sight from line `top` on."""
        if not shape.rows:
            return []
        first = shape.nearest_row(shape.first_row(top))
        last = shape.nearest_row(shape.first_row(min(top + self._height, shape.lines) - 1))
        return list(range(first // PAGE, last // PAGE + 1))

    def _missing(self) -> list[int]:
        """The pages to fetch, the most urgent first: those in sight, then the ones beside them."""
        sight = self._pages_of(self._shape, self.top)
        if not sight:
            return []
        last = (self.count - 1) // PAGE
        near = (*sight, sight[-1] + 1, sight[0] - 1)
        return [page for page in near if 0 <= page <= last and page not in self._pages]

    def _want(self) -> None:
        if not self._loading and self._missing() and self.is_attached:
            self._loading = True
            run_beside(self, self._load)

    async def _load(self) -> None:
        """Fetch what is missing, asking again after every page what that is: whoever pages on is not kept waiting."""
        try:
            while missing := self._missing():
                shown, fetch, page = self._shown, self._fetch, missing[0]
                if fetch is None:
                    return
                rows = await fetch(page * PAGE, PAGE)
                if shown == self._shown:
                    self._arrived(page, rows)
        except ExinError as error:
            self.post_message(self.Unread(self, error))
        finally:
            self._loading = False

    def _arrived(self, page: int, rows: Sequence[Row]) -> None:
        self._pages[page] = rows
        sight = self._pages_of(self._shape, self.top)
        low, high = sight[0] - KEPT_BESIDE, sight[-1] + KEPT_BESIDE
        self._pages = {number: kept for number, kept in self._pages.items() if low <= number <= high}
        if page in sight:
            self.refresh()
        if self.mark // PAGE == page:
            self.post_message(self.Marked(self, self.mark))

    # ------------------------------------------------------------------ drawing

    def on_resize(self) -> None:
        top = self._top_for(self._shape, self.mark)
        if top != self.top:
            # The lines may have been drawn for the new size already.
            self.top = top
            self.refresh()
        self._want()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        line = self.top + y
        if line >= self._shape.lines:
            text = self.empty if not self.count and y == self._shape.lines else ""
            return strip([(" " + text, DIM)], width)
        group, index, part = self._shape.at_line(line)
        if index is None:
            return strip(self.draw_heading(self.groups[group], width), width)
        row = self.row_at(index)
        gutter = "▌" if index == self.mark and (self.has_focus or self.always_marked) else " "
        pieces = self.draw_row(row, width - 1, part) if row is not None else [("…", DIM)]
        return strip([(gutter, PLAIN), *pieces], width)


async def _place_of(seek: Callable[[Row], bool], count: int, fetch: Fetch[Row]) -> int | None:
    """The number of the first row of which `seek` holds, None where there is none."""
    for offset in range(0, count, PAGE):
        rows = await fetch(offset, PAGE)
        found = next((place for place, row in enumerate(rows) if seek(row)), None)
        if found is not None:
            return offset + found
    return None
