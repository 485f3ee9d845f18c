"""A form that is read first: Enter on a line of a list opens it as a page, from the top, and a key goes on to correct.

What stands in it is what the form holds, so a page shows all of a record, and for nobody more than its form would.
"""

from __future__ import annotations

from typing import Self

from textual.app import ComposeResult

from config.words import _
from screens.forms.body import FormHint
from screens.forms.form import FormScreen
from screens.forms.line_fields import HIDDEN, FormField
from screens.frame.case import Case
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, Piece, wrapped
from screens.widgets.read_lines import ReadLines

WIDEST = 100


class ReadableForm(FormScreen, abstract=True):
    """As `FormScreen`; after `to_read` it is a page of what it holds, until it is to be corrected."""

    def __init__(self, case: Case, subject: int) -> None:
        super().__init__(case, subject)
        self.reading_page = False
        self.meant = ""
        """The field that is meant: it has the mark on the page, and correcting begins with it."""
        self.text = ReadLines(id="form-read")

    def to_read(self) -> Self:
        """Let it be opened as a page; for a record that is there."""
        self.reading_page, self.SCOPE = True, "read"
        self.bind_keys()
        return self

    def body(self) -> ComposeResult:
        yield from super().body()
        if self.reading_page:
            yield self.text

    def _begin(self) -> None:
        if not self.reading_page:
            super()._begin()
            return
        self.settle()
        self._show_page(True)
        self.draw()
        self.set_focus(self.text)
        self.call_after_refresh(self._go_to_meant)

    def _go_to_meant(self) -> None:
        lines = self.page_lines(max(20, min(self.text.size.width, WIDEST) - 2))
        at = next((number for number, line in enumerate(lines) if line and line[0][0].startswith("▌")), 0)
        if at >= self.text.size.height:
            self.text.move(at - self.text.size.height // 2)

    def _show_page(self, shown: bool) -> None:
        self.text.display = shown
        self.form.display = self.query_one(FormHint).display = not shown

    def draw(self) -> None:
        super().draw()
        if self.reading_page:
            self.text.show(lambda width: self.page_lines(max(20, min(width, WIDEST) - 2)))

    def head_lines(self) -> list[Piece]:
        if not self.reading_page:
            return super().head_lines()
        lines = self.heading()
        if self.offer.kept is not None and not self.only_reads():
            key = self.case.keymap.shown("read.correct", "read")
            lines.append((_("You left a correction unfinished: {key} goes on with it.").format(key=key), DIM))
        return lines

    def page_lines(self, width: int) -> list[list[Piece]]:
        """What the fields hold, one below the other; those that are empty are left out."""
        label, lines, heading = self.form.label_width, list[list[Piece]](), ""
        for field in self.form.fields:
            heading = field.about.heading or heading
            if not field.display or not (field.written or field.about.key == self.meant):
                continue
            if heading:
                lines += [*([[]] if lines else []), [(" " + heading, HEADING)]]
                heading = ""
            for number, line in enumerate(wrapped(self._read(field), width - label)):
                name = field.about.label if not number else ""
                gutter = "▌" if field.about.key == self.meant else " "
                lines.append([(gutter + name.ljust(label)[:label], BOLD), (line, PLAIN)])
        return lines

    def _read(self, field: FormField) -> str:
        """What a field holds, as it is read: while names are hidden a text has the code where the name stands."""
        return HIDDEN if field.veiled and field.about.personal else self.said(field.shown)

    def why_not(self, action_id: str) -> str:
        return self.only_reads() if action_id == "read.correct" else super().why_not(action_id)

    def action_correct(self) -> None:
        """Go on to correct what is read."""
        self.reading_page, self.SCOPE = False, type(self).SCOPE
        self.bind_keys()
        self._show_page(False)
        super()._begin()
        if self.meant:
            self.go(self.field(self.meant))

    # ------------------------------------------------------------------ moving

    def action_up(self) -> None:
        (self.text.action_up if self.reading_page else super().action_up)()

    def action_down(self) -> None:
        (self.text.action_down if self.reading_page else super().action_down)()

    def action_page_up(self) -> None:
        (self.text.action_page_up if self.reading_page else super().action_page_up)()

    def action_page_down(self) -> None:
        (self.text.action_page_down if self.reading_page else super().action_page_down)()

    def action_first(self) -> None:
        """To the top of the page."""
        self.text.action_first()

    def action_last(self) -> None:
        """To the end of the page."""
        self.text.action_last()
