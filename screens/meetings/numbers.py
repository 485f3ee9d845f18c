"""The numbers of a page in a table whose rows are marked, and who stands behind one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.strip import Strip
from textual.widget import Widget

from config.dates import format_date
from config.words import N_, _, n_
from models.meetings import monthly
from models.meetings.month import Person
from models.paper import monthly_sheets
from models.paper.document import Table
from models.paper.plain import table_lines
from screens.frame.case import Case
from screens.frame.destinations import PARTICIPANT
from screens.frame.dialog import ListScreen
from screens.frame.route import Route
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, Piece, cut, strip
from screens.widgets.lines import Lines
from screens.widgets.moved import Moved
from screens.widgets.read_lines import MORE
from screens.widgets.windowed_list import WindowedList

LEAST: Final = 40


class NumbersTable(Moved, Widget, can_focus=True):
    """A table whose head stays and whose rows scroll, as many lines each as their words take; `mark` is a row."""

    DEFAULT_CSS = "NumbersTable { height: 1fr; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.mark = 0
        self._top = 0
        self._table = Table((), ())
        self._head: Sequence[str] = ()
        self._lines: Sequence[tuple[int, str]] = ()

    def show(self, table: Table) -> None:
        """Show the rows of another table, or of the same one as it is now."""
        self._table = table
        self.mark = max(0, min(self.mark, len(table.rows) - 1))
        self.on_resize()

    def on_resize(self) -> None:
        if not self.size.width:
            return
        self._head, rows = table_lines(self._table, max(LEAST, self.size.width - 2)) if self._table.rows else ((), [])
        self._lines = [(place, line) for place, row in enumerate(rows) for line in row]
        self._bring_in_sight()
        self.refresh()

    def _bring_in_sight(self) -> None:
        """Scroll so far that all of the marked row is seen."""
        marked = [place for place, (row, _line) in enumerate(self._lines) if row == self.mark]
        if marked:
            self._top = min(max(self._top, marked[-1] + 1 - self._room), marked[0])
            self._top = max(0, min(self._top, len(self._lines) - self._room))

    @property
    def _room(self) -> int:
        return max(1, self.size.height - len(self._head))

    @property
    def page(self) -> int:
        return max(1, self._room - 1)

    def move(self, lines: int) -> None:
        mark = max(0, min(self.mark + lines, len(self._table.rows) - 1))
        if mark != self.mark:
            self.mark = mark
            self._bring_in_sight()
            self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if not self._table.rows:
            return strip([(" " + _("Nothing this month."), DIM)] if y == 0 else (), width)
        if y < len(self._head):
            return strip([(" " + self._head[y], BOLD if y == 0 else PLAIN)], width)
        place = self._top + y - len(self._head)
        if place >= len(self._lines):
            return strip((), width)
        row, line = self._lines[place]
        pieces: list[Piece] = [("▌" if row == self.mark else " ", PLAIN), (line, PLAIN)]
        if y == self.size.height - 1 and place + 1 < len(self._lines):
            return Strip.join([strip(pieces, width - 2), strip([(MORE, BOLD)], 2)])
        return strip(pieces, width)


class BehindScreen(ListScreen[None]):
    """Who stands behind one number of a month: a row of a sheet, told by its place and by what it is called."""

    SCOPE = "behind"
    HELP: ClassVar[str] = N_(
        "The participants who are counted in the row, with the day it rests on and a word about it. Enter opens one."
    )
    OPENS_OF: ClassVar[Mapping[str, Route[int]]] = {"behind.open": PARTICIPANT}

    def __init__(self, case: Case, month: date, sheet: str, row: int) -> None:
        super().__init__(case)
        self.month, self.sheet, self.place = month, sheet, row
        self._row = ""
        self.moving = WindowedList(self._draw, empty=_("Nobody is counted here any more."))

    def body(self) -> ComposeResult:
        yield Lines(2, id="behind-head")
        yield self.moving

    @property
    def concerned(self) -> int | None:
        return self.moving.row.participant if self.moving.row is not None else None

    async def refresh_case(self) -> None:
        figures = await self.case.store.ask(monthly.figures, self.month)
        coded = monthly_sheets.sheets(self.case.programme, figures, lambda code, name: code)
        sheet = next(one for one in coded if one.id == self.sheet)
        named = [row[0] for row in sheet.rows]
        # What the row is called stays; its place may not, when a colleague has changed something.
        if not self._row and self.place < len(named):
            self._row = named[self.place]
        if self.place >= len(named) or named[self.place] != self._row:
            self.place = named.index(self._row) if self._row in named else len(named)
        people = sheet.behind[self.place] if self.place < len(named) else ()
        await self.moving.show_rows(people)
        shown = monthly_sheets.sheets(self.case.programme, figures, self.case.called)
        called = next(one for one in shown if one.id == self.sheet).rows
        row = called[self.place][0] if self.place < len(called) else self._row
        count = n_("{count} participant", "{count} participants", len(people)).format(count=len(people))
        title = f" {monthly_sheets.month_words(self.month)} · {sheet.title} · {row}"
        self.query_one("#behind-head", Lines).show(
            [[(title, HEADING), ("  " + count, BOLD)], [(" " + sheet.as_of, DIM)]]
        )
        self.draw_foot()

    def _draw(self, row: Person, width: int, part: int) -> Sequence[Piece]:
        day = format_date(row.day) if row.day is not None else ""
        return [
            (cut(self.case.called(row.code, row.name), max(20, min(36, width // 3))) + " ", BOLD),
            (cut(day, 12), PLAIN),
            (self.case.said(row.word, row.code, row.name), PLAIN),
        ]
