"""Lines to read that may be more than fit: scrolled by keys, drawn as far as they are seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.line import BOLD, Piece, strip
from screens.widgets.moved import Moved

MORE: Final = " ▾"
Lay = Callable[[int], Sequence[Sequence[Piece]]]


class ReadLines(Moved, Widget, can_focus=True):
    """Shows the lines that `lay` makes for a width, from `top`."""

    DEFAULT_CSS = "ReadLines { height: 1fr; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.top = 0
        self._lay: Lay | None = None
        self._lines: Sequence[Sequence[Piece]] = ()

    def show(self, lay: Lay) -> None:
        """Show what `lay` makes of the width, now and whenever it changes."""
        self._lay = lay
        self.on_resize()

    def on_resize(self) -> None:
        if self._lay is not None and self.size.width:
            self._lines = self._lay(self.size.width)
            self.move(0)
            self.refresh()

    def move(self, lines: int) -> None:
        top = max(0, min(self.top + lines, len(self._lines) - self.size.height))
        if top != self.top:
            self.top = top
            self.refresh()

    @property
    def page(self) -> int:
        return max(1, self.size.height - 1)

    @property
    def more(self) -> bool:
        """Whether there are lines below the last one shown."""
        return self.top + self.size.height < len(self._lines)

    def render_line(self, y: int) -> Strip:
        index, width = self.top + y, self.size.width
        pieces = self._lines[index] if index < len(self._lines) else ()
        if y == self.size.height - 1 and self.more:
            # Whoever reads to the edge is told that it goes on.
            return Strip.join([strip(pieces, width - 2), strip([(MORE, BOLD)], 2)])
        return strip(pieces, width)
