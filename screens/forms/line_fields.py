"""What every field of a form is, and those of one line of text; the form draws their labels.

A field holds text. `read` turns it into a value or raises an `ExinError` whose sentence belongs to the field; `kept` is
the text as an unfinished form remembers it, which must mean the same next week.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input

from config.dates import format_date
from config.errors import ExinError
from config.words import _
from models.values.national_id import covered, validated
from models.values.text import LINE_LIMIT, TEXT_LIMIT, clean_line
from screens.frame.screen import CaseScreen
from screens.textual_inside.line import InItsPlace, WithoutParts, keep_cursor
from screens.widgets.filled_line import FilledLine
from screens.widgets.line import DIM, MARK, strip

if TYPE_CHECKING:
    from textual.widget import Widget

    _WidgetBase = Widget
else:
    # Textual takes component styles and keys from the first base that is a widget: that must be the one with the text.
    _WidgetBase = object

HIDDEN: Final = "•••"


class About(Struct, frozen=True):
    """What a field is: `key` names it in the record, `heading` begins a section, `personal` hides with the names."""

    key: str
    label: str
    hint: str = ""
    heading: str = ""
    personal: bool = False


class FormField(InItsPlace, _WidgetBase):
    """What every field has; mixed in before the widget that holds the text."""

    about: About
    error: str = ""
    note: str = ""
    veiled: bool = False
    locked: bool = False
    private: bool = False

    @dataclass
    class Edited(Message):
        """The text of a field is another one."""

        field: FormField

    @dataclass
    class Placed(Message):
        """The field has come into sight, gone out of it or is of another size: what is below it has moved."""

        field: FormField

    @property
    def written(self) -> str:
        """What stands in the field."""
        raise NotImplementedError

    def put(self, text: str) -> None:
        """Let `text` stand in the field."""
        raise NotImplementedError

    def show(self, stored: Any) -> str:
        """How a stored value is written in the field."""
        return format_date(stored) if isinstance(stored, date) else "" if stored is None else str(stored)

    @property
    def kept(self) -> str:
        """What an unfinished form remembers of the field."""
        return self.written

    @property
    def shown(self) -> str:
        """What stands in the field, to be read."""
        return self.written

    @property
    def free(self) -> bool:
        """Whether any text may be written in it, so that a template may be put in."""
        return False

    @property
    def hint(self) -> str:
        """What the field expects, in a line."""
        return self.about.hint

    def hint_within(self, width: int, lines: int) -> str:
        """The hint for so many lines of `width` cells; one that is longer is said on more."""
        return self.hint

    @property
    def beside(self) -> str:
        """What stands beside the field."""
        return self.note

    @property
    def remark(self) -> str:
        """What is to be said of what stands in the field, and does not hinder saving."""
        return ""

    def leave(self) -> None:
        """Bring what stands in the field into its one form: it was written."""

    def read(self) -> Any:
        """The value; raises an `ExinError` that names the field."""
        return self.written

    def judge(self) -> Any:
        """The value, None where there is none: `error` says why."""
        self.error = ""
        try:
            return self.read()
        except ExinError as error:
            self.error = error.text
            return None

    def refuse(self, text: str) -> None:
        """Say at the foot why what was typed or pasted was not put in; the field stays as it was."""
        if isinstance(self.screen, CaseScreen):
            self.screen.say(text, warn=True)

    def veil(self, veiled: bool) -> None:
        """Show dots in place of what stands in the field, taking no focus; or show it again."""
        self.veiled = veiled
        self.can_focus = not veiled and not self.locked
        self.refresh()

    def only_read(self) -> None:
        """Take nothing more: for whoever may only read."""
        self.locked = True
        self.veil(self.veiled)

    def render_line(self, y: int) -> Strip:
        """A line of the field, or dots."""
        if self.veiled:
            return strip([("" if y else HIDDEN, DIM)], self.size.width)
        return super().render_line(y)

    def on_show(self) -> None:
        """The form has made room for the field, closed up over it, or given it another size."""
        self.post_message(self.Placed(self))

    on_hide = on_resize = on_show


class LineField(FormField, WithoutParts, FilledLine):
    """One line of text; Enter goes on to the next field."""

    def __init__(self, about: About, *, limit: int = LINE_LIMIT, select: bool = False, **options: Any) -> None:
        super().__init__(select_on_focus=select, id=f"field-{about.key}", **options)
        self.about = about
        self.limit = limit
        self.cursor_blink = False
        # `put` places the cursor; Input would do it once more, later, and take a selection away.
        keep_cursor(self)

    def get_component_rich_style(self, *names: str, partial: bool = False, default: Style | None = None) -> Style:
        """Cursor and selection reversed: seen on every terminal."""
        return MARK if names[0] in ("input--cursor", "input--selection") else DIM

    @property
    def written(self) -> str:
        return self.value

    def put(self, text: str) -> None:
        self.value = clean_line(text, limit=sys.maxsize)
        self.cursor_position = len(self.value)

    @property
    def free(self) -> bool:
        # What reads a date, a number or a name of what is written is another kind of line.
        return type(self) is LineField and not self.about.personal and not self.locked

    def on_blur(self) -> None:
        self.leave()

    def read(self) -> Any:
        return clean_line(self.value, self.about.label, self.limit)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Edited(self))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()

    def on_paste(self, event: events.Paste) -> None:
        """Everything pasted goes in, as one line; a whole document is refused rather than cut."""
        event.stop()
        event.prevent_default()
        text = clean_line(event.text, limit=sys.maxsize)
        if len(text) > TEXT_LIMIT:
            self.refuse(_("{count} characters were pasted into one line; nothing was put in.").format(count=len(text)))
        elif self.selection.is_empty:
            self.insert_text_at_cursor(text)
        else:
            self.replace(text, *self.selection)

    def action_paste(self) -> None:
        """Put in what was put aside, as if it were pasted."""
        self.on_paste(events.Paste(self.app.clipboard))


class NationalIdField(LineField):
    """The national identity number, of which only the birth date shows while the field is left alone."""

    def read(self) -> Any:
        return validated(self.value)

    def render_line(self, y: int) -> Strip:
        if self.has_focus or self.veiled or not self.value:
            return super().render_line(y)
        return strip([(self.shown, self.rich_style)], self.size.width)

    @property
    def shown(self) -> str:
        return covered(self.value)
