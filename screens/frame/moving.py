"""The keys that move on a screen: in its list, or in the lines that are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from textual import events

from config.words import _
from screens.frame.screen import CaseScreen
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

    def on_key(self, event: events.Key) -> None:
        """Where Enter stands for nothing, say so: whoever presses it would wait."""
        screen = cast("CaseScreen[Any]", self)
        if event.key == "enter" and not any("enter" in action.keys for action in screen.bound()):
            screen.say(_("Nothing more opens here: all of it stands on the line."))

    def on_a_row(self) -> bool:
        return self.moving.row is not None

    def is_saved(self, row: Any, number: int) -> bool:
        """Whether a row is the record of this number, which was saved just now."""
        return getattr(row, "id", None) == number

    async def mark_saved(self, number: int, is_it: Callable[[Any, int], bool] | None = None) -> None:
        """Put the mark on what was saved just now, where it is among what is shown: the next key is about it."""
        wanted = is_it or self.is_saved
        place = await self.moving.find(lambda row: wanted(row, number))
        if place is None:
            # What is being read since the screen came back may not be here yet.
            await cast("CaseScreen[Any]", self).read_again()
            place = await self.moving.find(lambda row: wanted(row, number))
        if place is not None:
            self.moving.go(place)


class ReadKeys(MoveKeys):
    """For a screen of lines that are scrolled."""

    moving: ReadLines
