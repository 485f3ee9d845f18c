"""What the moving keys do, in a list as in a long text."""

from __future__ import annotations

import sys


class Moved:
    """What is moved in by lines, by pages and to its ends; mixed in before the widget."""

    @property
    def page(self) -> int:
        """How far a page moves."""
        raise NotImplementedError

    def move(self, lines: int) -> None:
        """Move by so many lines or rows, stopping at the ends."""
        raise NotImplementedError

    def action_up(self) -> None:
        self.move(-1)

    def action_down(self) -> None:
        self.move(1)

    def action_page_up(self) -> None:
        self.move(-self.page)

    def action_page_down(self) -> None:
        self.move(self.page)

    def action_first(self) -> None:
        self.move(-sys.maxsize)

    def action_last(self) -> None:
        self.move(sys.maxsize)
