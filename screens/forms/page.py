"""A form as it is shown: its fields, the lines above and below them, the hint, and the way from field to field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from textual.app import ComposeResult
from textual.widget import Widget

from config.errors import ExinError
from screens.forms.body import FormBody, FormHint, FormLines
from screens.forms.line_fields import FormField, LineField
from screens.frame.case import Case
from screens.frame.screen import CaseScreen
from screens.widgets.line import WARN, Piece


class FormPage(CaseScreen[int]):
    """What is to be seen of a form; a subclass gives `fields`, `load` and `heading`."""

    SCOPE = "form"
    CSS_PATH = Path(__file__).with_name("form.tcss")  # screens in other rooms inherit it

    def __init__(self, case: Case, subject: int) -> None:
        super().__init__(case)
        self.subject = subject
        self.form = FormBody([])
        self._drawn_private: bool | None = None

    # ------------------------------------------------------------------ what a subclass gives

    def fields(self) -> list[FormField]:
        """The fields in order."""
        raise NotImplementedError

    def tail(self) -> list[Widget]:
        """What stands below the fields."""
        return []

    async def load(self) -> Mapping[str, str]:
        """Read what the form is about; answers the texts the fields begin with, and sets `version` of a record."""
        return {}

    def heading(self) -> list[Piece]:
        """The lines above the fields."""
        return []

    def first_field(self) -> Widget:
        """Where the focus begins."""
        return next(field for field in self.form.fields if field.display and not field.veiled)

    def warnings(self) -> Sequence[str]:
        """What looks wrong in the form as a whole, and does not hinder saving."""
        return ()

    def settle(self) -> None:
        """Bring the form's shape in line with what stands in it; called after texts were put in."""

    def changed(self, field: FormField) -> None:
        """A field has another text: what depends on it follows."""

    # ------------------------------------------------------------------ composing

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

    def field(self, key: str) -> FormField:
        """One field by its key."""
        return next(field for field in self.form.fields if field.about.key == key)

    def day(self, key: str) -> date | None:
        """The date that stands in a field, None where it is none."""
        try:
            found: date | None = self.field(key).read()
        except ExinError:
            return None
        return found

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
        return list(self.heading())

    def _veil(self) -> None:
        """Hide at once what tells who it is; a field that is still empty can be filled in, and shows what is typed."""
        for field in self.form.fields:
            field.veil(self.case.private and field.about.personal and bool(field.written))
        here = self.focused
        if isinstance(here, FormField) and here.veiled:
            fields = [*self.form.fields, *self.form.fields][self.form.fields.index(here) :]
            self.set_focus(next((field for field in fields if field.display and not field.veiled), None))

    def draw_warnings(self) -> None:
        """Say what looks wrong in the form as a whole."""
        self.query_one("#form-warnings", FormLines).show([("! " + text, WARN) for text in self.warnings()])

    def draw_hint(self) -> None:
        """Say what is wrong with the field with the focus, or what it expects."""
        field = self.focused
        if isinstance(field, FormField):
            self.query_one(FormHint).show(field.error or field.hint, warn=bool(field.error))
        else:
            self.query_one(FormHint).show("")

    async def refresh_case(self) -> None:
        self.draw()

    def go(self, field: Widget) -> None:
        """Give a field the focus, with the heading of its section in sight."""
        self.set_focus(field)
        self.draw_hint()
        if isinstance(field, FormField):
            # A screen that is only being opened gives the focus without the event that would select.
            if isinstance(field, LineField) and field.select_on_focus:
                field.action_select_all()
            self.call_after_refresh(self.form.show_heading, field)

    def on_descendant_focus(self) -> None:
        self._draw_marks()

    def on_descendant_blur(self) -> None:
        self._draw_marks()

    def _draw_marks(self) -> None:
        for field in self.form.fields:
            if field.display:
                self.form.draw_label(field)
        self.draw_hint()

    # ------------------------------------------------------------------ moving

    def action_next(self) -> None:
        """To the next field."""
        self.focus_next()

    def action_prev(self) -> None:
        """To the field before."""
        self.focus_previous()

    def action_up(self) -> None:
        """To the field above."""
        self.focus_previous()

    def action_down(self) -> None:
        """To the field below."""
        self.focus_next()

    def action_page_up(self) -> None:
        """To the section before."""
        self._to_section(-1)

    def action_page_down(self) -> None:
        """To the next section."""
        self._to_section(1)

    def _to_section(self, direction: int) -> None:
        here = self.focused if isinstance(self.focused, FormField) else None
        field = self.form.section(here, direction)
        if field is not None:
            self.go(field)
