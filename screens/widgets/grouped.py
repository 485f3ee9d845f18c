"""Where rows stand when they are put under headings: rows and lines counted without the rows themselves."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct


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
