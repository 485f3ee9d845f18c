"""A field for text of several lines: wraps at words, counts when it becomes long, and never cuts what is pasted."""

from __future__ import annotations

import re
import sys
from typing import Any, ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from config.words import _
from models.values.text import TEXT_LIMIT, clean_text
from screens.forms.line_fields import About, FormField

NEAR: Final = 0.9
PASTE_LIMIT: Final = 100_000
_TO_FILL_IN: Final = re.compile(r":[ \t]*$", re.MULTILINE)
# Textual's own keys less those that have a meaning everywhere in the program (F6, F7).
_TAKEN: Final = {"f6", "f7"}


class TextBox(FormField, TextArea, inherit_bindings=False):
    """Tab leaves it, and so do the arrows at its first and last line; Enter is a new line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in TextArea.BINDINGS if isinstance(binding, Binding) and binding.key not in _TAKEN
    ]

    def __init__(self, about: About, *, limit: int = TEXT_LIMIT) -> None:
        super().__init__(id=f"field-{about.key}", highlight_cursor_line=False, soft_wrap=True, tab_behavior="focus")
        self.about = about
        self.limit = limit
        self.cursor_blink = False

    @property
    def written(self) -> str:
        return self.text

    def put(self, text: str) -> None:
        self.load_text(clean_text(text, limit=sys.maxsize))
        self.move_cursor(self.document.end)

    def read(self) -> Any:
        return clean_text(self.text, self.about.label, self.limit)

    @property
    def hint(self) -> str:
        count = len(self.text)
        if count < self.limit * NEAR:
            return self.about.hint
        return _("{count} of at most {limit} characters.").format(count=count, limit=self.limit)

    def only_read(self) -> None:
        """Take nothing more, but let a long text be read to its end."""
        self.read_only = True

    @property
    def free(self) -> bool:
        return not self.read_only

    @property
    def chosen(self) -> str:
        """What is selected, or all that is written."""
        return self.selected_text or self.text

    def put_in(self, text: str) -> None:
        """Put a text in at the cursor, or over what is selected, which Ctrl+Z takes back as one.

        A line that ends in a colon is to be filled in: a space comes behind it, and the cursor goes to the first, or to
        the end where there is none.
        """
        row, column = min(self.selection)
        text = _TO_FILL_IN.sub(": ", text)
        end = self.replace(text, *self.selection, maintain_selection_offset=False).end_location
        for number, line in enumerate(text.split("\n")):
            if line.endswith(": "):
                end = row + number, len(line) + (0 if number else column)
                break
        self.move_cursor(end)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(self.Edited(self))

    def on_paste(self, event: events.Paste) -> None:
        """Put in what was pasted less its controls; far more than fits is refused whole, so that nothing is cut."""
        event.stop()
        event.prevent_default()
        text = clean_text(event.text, limit=sys.maxsize)
        if len(text) > PASTE_LIMIT:
            told = _("{count} characters were pasted, far more than fit; nothing was put in.")
            self.refuse(told.format(count=len(text)))
        elif not self.read_only:
            result = self.replace(text, *self.selection, maintain_selection_offset=False)
            self.move_cursor(result.end_location)
            if len(self.text) > self.limit:
                told = _(
                    "All that was pasted was put in ({pasted}). It is too long to be saved: {count}, at most {limit}."
                )
                self.refuse(told.format(pasted=len(text), count=len(self.text), limit=self.limit))

    def action_paste(self) -> None:
        """Put in what was put aside, as if it were pasted."""
        self.on_paste(events.Paste(self.app.clipboard))

    def action_cursor_up(self, select: bool = False) -> None:
        """A line up, or out of the field from the first one."""
        if not select and self._line_here() == 0:
            self.screen.focus_previous()
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """A line down, or out of the field from the last one."""
        if not select and self._line_here() >= self.wrapped_document.height - 1:
            self.screen.focus_next()
        else:
            super().action_cursor_down(select)

    def _line_here(self) -> int:
        return self.wrapped_document.location_to_offset(self.cursor_location).y
