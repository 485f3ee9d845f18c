"""The keys that move on a screen: in its list, or in the lines that are read."""

from __future__ import annotations

from typing import Any

from screens.widgets.moved import Moved
from screens.widgets.read_lines import ReadLines
from screens.widgets.windowed_list import WindowedList


class MoveKeys(Moved):
    """The keys that move, for a screen on which they go to `moving`."""

    moving: Moved

    @property
    def page(self) -> int:
        return self.moving.page

    def move(self, lines: int) -> None:
        self.moving.move(lines)


class ListKeys(MoveKeys):
    """For a screen whose mark is that of one list."""

    moving: WindowedList[Any]

    def on_a_row(self) -> bool:
        return self.moving.row is not None


class ReadKeys(MoveKeys):
    """For a screen of lines that are scrolled."""

    moving: ReadLines
