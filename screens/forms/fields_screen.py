"""Fields on a screen: what stands around them, and how one goes from one to the other.

It knows the texts its fields began with, its base: what differs from it is what the person did. How it is opened, kept
and saved is `screens/forms/form.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from config.errors import ExinError
from screens.forms.about_whom import AboutWhom
from screens.forms.body import FormBody, FormHint, FormLines
from screens.forms.line_fields import FormField, LineField
from screens.forms.suggest_fields import SuggestField
from screens.forms.templates import WritingScreen
from screens.frame.case import Case
from screens.widgets.line import WARN, Piece


class FieldsScreen(AboutWhom, WritingScreen[int]):
    """The result is a record's id. A subclass gives `fields` and `heading`."""

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.form = FormBody([])
        self.base: dict[str, str] = {}
        self._drawn_private: bool | None = None

    # ------------------------------------------------------------------ what a subclass gives

    def fields(self) -> list[FormField]:
        """The fields in order."""
        raise NotImplementedError

    def tail(self) -> list[Widget]:
        """What stands below the fields."""
        return []

    def heading(self) -> list[Piece]:
        """The lines above the fields."""
        return []

    def day(self, key: str) -> date | None:
        """The date that stands in a field, None where it is none."""
        found: date | None = None
        with suppress(ExinError):
            found = self.field(key).read()
        return found

    def texts_of(self, record: object) -> dict[str, str]:
        """The texts the fields begin with for a record, which has a value by the name of each."""
        return {field.about.key: field.show(getattr(record, field.about.key)) for field in self.form.fields}

    def labels(self) -> Mapping[str, str]:
        """What the fields are called, for a conflict."""
        return {field.about.key: field.about.label for field in self.form.fields}

    def first_field(self) -> Widget:
        """Where the focus begins."""
        shown = [field for field in self.form.fields if field.display]
        return next((field for field in shown if not field.veiled), shown[0])

    def warnings(self) -> Sequence[str]:
        """What looks wrong in the form as a whole, and does not hinder saving."""
        return ()

    # ------------------------------------------------------------------ what stands in the fields

    def body(self) -> ComposeResult:
        self.form = FormBody(self.fields(), *self.tail())
        yield FormLines(6, id="form-head")
        yield self.form
        yield FormLines(3, id="form-warnings")
        yield FormHint()

    def put_all(self, texts: Mapping[str, str]) -> None:
        """Let these texts stand in the fields; a field that is not named becomes empty."""
        for field in self.form.fields:
            field.error = ""
            field.put(texts.get(field.about.key, ""))

    def rebase(self) -> None:
        """What stands in the fields now is what the form begins with."""
        self.base = {field.about.key: field.written for field in self.form.fields}

    def field(self, key: str) -> FormField:
        """One field by its key."""
        return next(field for field in self.form.fields if field.about.key == key)

    @property
    def edited(self) -> list[FormField]:
        """The fields that differ from what the form began with."""
        return [field for field in self.form.fields if field.written != self.base.get(field.about.key, "")]

    @property
    def dirty(self) -> bool:
        """Whether there is anything to lose."""
        return bool(self.edited)

    # ------------------------------------------------------------------ drawing

    def draw(self) -> None:
        """Everything around the fields, and which of them are hidden."""
        if self.case.private != self._drawn_private:
            self._drawn_private = self.case.private
            self._veil()
        self.query_one("#form-head", FormLines).show(self.head_lines())
        self.draw_warnings()
        self.draw_hint()
        self.draw_foot()

    def head_lines(self) -> list[Piece]:
        """All that stands above the fields."""
        return [(self.said(text), style) for text, style in self.heading()]

    def _veil(self) -> None:
        """Hide at once what tells who it is; a field that is still empty can be filled in, and shows what is typed."""
        for field in self.form.fields:
            field.private = self.case.private
            field.veil(
                self.case.private and bool(field.written) and (field.about.personal or self.tells_who(field.written))
            )
        here = self.focused
        if isinstance(here, FormField) and here.veiled:
            fields = [*self.form.fields, *self.form.fields][self.form.fields.index(here) :]
            self.set_focus(next((field for field in fields if field.display and not field.veiled), None))

    def draw_warnings(self) -> None:
        """Say what looks wrong in the fields that were left and in the form as a whole."""
        texts = [*self.form.faults(), *self.warnings()]
        self.query_one("#form-warnings", FormLines).show([("! " + text, WARN) for text in texts])

    def draw_hint(self) -> None:
        """Say what is wrong with the field with the focus, or what it expects."""
        self.query_one(FormHint).tell(self.focused)

    async def refresh_case(self) -> None:
        self.draw()

    def _draw_marks(self) -> None:
        for field in self.form.fields:
            if field.display:
                self.form.draw_label(field)
        self.draw_hint()
        self.draw_warnings()

    on_descendant_focus = _draw_marks

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Mark a field that was left with something in it that cannot be saved."""
        field = event.widget
        if isinstance(field, FormField) and field in self.edited and not field.error:
            field.judge()
        self._draw_marks()

    # ------------------------------------------------------------------ moving

    def go(self, field: Widget) -> None:
        """Give a field the focus, with the heading of its section in sight."""
        self.set_focus(field)
        self.draw_hint()
        if isinstance(field, FormField):
            # A screen that is only being opened gives the focus without the event that would select.
            if isinstance(field, LineField) and field.select_on_focus:
                field.action_select_all()
            self.call_after_refresh(self.form.show_heading, field)

    def action_next(self) -> None:
        """To the next field; what the one left behind suggests alone is taken."""
        if isinstance(self.focused, SuggestField):
            self.focused.take_only()
        self.focus_next()

    def action_down(self) -> None:
        """To the next field, as it stands."""
        self.focus_next()

    def action_prev(self) -> None:
        """To the field before."""
        self.focus_previous()

    action_up = action_prev

    def action_page_up(self) -> None:
        """To the section before."""
        self._to_section(-1)

    def action_page_down(self) -> None:
        """To the next section."""
        self._to_section(1)

    def _to_section(self, direction: int) -> None:
        here = self.focused if isinstance(self.focused, FormField) else None
        if (field := self.form.section(here, direction)) is not None:
            self.go(field)
