"""A line to type in that a text can be put into, and taken out again."""

from __future__ import annotations

import sys
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from models.values.text import clean_line


class FilledLine(Input):
    """Textual's Input, which has no undo of its own: Ctrl+Z takes out what was put in last, if nothing came after."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+z", "take_out", show=False)]
    _before: tuple[str, int, str] | None = None

    @property
    def chosen(self) -> str:
        """What is selected, or all that is written."""
        return self.selected_text or self.value

    def put_in(self, text: str) -> None:
        """Put a text in at the cursor, or over what is selected, as one line."""
        before = self.value, self.cursor_position
        self.replace(clean_line(text, limit=sys.maxsize), *self.selection)
        self._before = (*before, self.value)

    def action_take_out(self) -> None:
        """Take out what was put in last."""
        if self._before is not None and self.value == self._before[2]:
            self.value, self.cursor_position = self._before[:2]
            self._before = None
