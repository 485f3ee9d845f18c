"""A few fixed lines, given as pieces: headers, details, legends."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.line import Piece, strip


class Lines(Widget):
    """Shows lines from its top; draws only when they differ from what stands there."""

    DEFAULT_CSS = "Lines { width: 1fr; }"

    def __init__(self, height: int, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.styles.height = height
        self._lines: tuple[tuple[Piece, ...], ...] = ()

    def show(self, lines: Sequence[Sequence[Piece]]) -> None:
        """Show these lines; those past the height are not seen."""
        wanted = tuple(tuple(line) for line in lines)
        changed = [y for y, (now, then) in enumerate(zip_longest(wanted, self._lines)) if now != then]
        self._lines = wanted
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed if y < self.size.height))

    def render_line(self, y: int) -> Strip:
        return strip(self._lines[y] if y < len(self._lines) else (), self.size.width)
