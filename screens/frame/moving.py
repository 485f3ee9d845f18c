"""The keys that move on a screen: in its list, or in the lines that are read."""

from __future__ import annotations

from typing import Any, Protocol

from screens.widgets.read_lines import ReadLines
from screens.widgets.windowed_list import WindowedList


class Movable(Protocol):
    """What can be moved in, by lines, by pages and to its ends."""

    def action_up(self) -> None: ...

    def action_down(self) -> None: ...

    def action_page_up(self) -> None: ...

    def action_page_down(self) -> None: ...

    def action_first(self) -> None: ...

    def action_last(self) -> None: ...


class MoveKeys:
    """The keys that move, for a screen on which they go to `moving`."""

    moving: Movable

    def action_up(self) -> None:
        self.moving.action_up()

    def action_down(self) -> None:
        self.moving.action_down()

    def action_page_up(self) -> None:
        self.moving.action_page_up()

    def action_page_down(self) -> None:
        self.moving.action_page_down()

    def action_first(self) -> None:
        self.moving.action_first()

    def action_last(self) -> None:
        self.moving.action_last()


class ListKeys(MoveKeys):
    """For a screen whose mark is that of one list."""

    moving: WindowedList[Any]

    def on_a_row(self) -> bool:
        return self.moving.row is not None

    @property
    def marked(self) -> Any:
        """The row under the mark, for an action that needs one by its row in the registry."""
        return self.moving.row


class ReadKeys(MoveKeys):
    """For a screen of lines that are scrolled."""

    moving: ReadLines
