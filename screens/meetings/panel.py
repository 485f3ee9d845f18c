"""One panel of the monthly page: a sheet by name, its bars as large as there is room for, and its sentence."""

from __future__ import annotations

from typing import Final

from textual.app import ComposeResult
from textual.containers import Vertical

from models.paper.monthly_sheets import Sheet
from screens.meetings.chart import Chart, legend
from screens.widgets.line import BOLD, DIM, MARK, PLAIN, Piece, wrapped
from screens.widgets.lines import Lines

HEAD: Final = 3
NOTE_LINES: Final = 3
THICK: Final = 3


class ChartPanel(Vertical):
    """Shows nothing but the bars where it is `alone`: what stands around them has its place on the screen then."""

    DEFAULT_CSS = "ChartPanel { height: 1fr; width: 1fr; }"

    def compose(self) -> ComposeResult:
        yield Lines(HEAD, id="panel-head")
        yield Chart()
        yield Lines(NOTE_LINES, id="panel-note")

    def show(self, sheet: Sheet, number: int, width: int, *, alone: bool, marked: bool) -> None:
        """Show a sheet, the `number`th, in so many columns; the `marked` one is what the keys are about."""
        head, chart, note = self.query_one("#panel-head", Lines), self.chart, self.query_one("#panel-note", Lines)
        head.display = note.display = not alone
        chart.thickest = 1 if alone else THICK
        chart.show(sheet)
        title: Piece = (f" {number} {sheet.title} ", MARK if marked else BOLD)
        head.show([[("─" * (width - 1), DIM)], [title], legend(sheet.series, width) if sheet.labels else []])
        note.show([[(" " + line, PLAIN)] for line in note_lines(sheet, width, drawn=bool(sheet.labels))[:NOTE_LINES]])

    @property
    def chart(self) -> Chart:
        """The bars."""
        return self.query_one(Chart)


def note_lines(sheet: Sheet, width: int, *, drawn: bool) -> list[str]:
    """What stands below a sheet: that its values are of today where they are, what its bars mean, and its sentence."""
    parts = (sheet.as_of, sheet.bars_note if drawn else "", sheet.note)
    return wrapped(" ".join(part for part in parts if part), max(20, width - 2))
