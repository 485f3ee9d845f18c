"""One figure: what it is in words, where it comes from, and its table or its bars."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partialmethod
from typing import ClassVar, Final

from textual.app import ComposeResult

from config.actions import Action
from config.words import N_, _
from models.figures import definitions as figure
from models.figures.definitions import Definition
from models.figures.showing import Shown
from models.paper import figures as paper
from screens.frame.case import Case
from screens.frame.moving import MoveKeys
from screens.frame.screen import CaseScreen
from screens.meetings.chart import Chart, legend
from screens.meetings.numbers import NumbersTable
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, Piece, wrapped
from screens.widgets.lines import Lines

HEAD: Final = 8


class FigureScreen(MoveKeys, CaseScreen[None]):
    """The figures of a period one by one; `bars` begins with bars."""

    SCOPE = "figure"
    HELP: ClassVar[str] = N_(
        "What is counted, in words, and where the notion comes from; below it the table, a column a month for what "
        "happened in it. Space shows bars instead."
    )

    def __init__(self, case: Case, shown: Shown, there: Sequence[Definition], place: int, *, bars: bool) -> None:
        super().__init__(case)
        self.shown, self.there, self.place, self.bars = shown, there, place, bars
        self.moving: NumbersTable = NumbersTable()

    def body(self) -> ComposeResult:
        yield Lines(HEAD, id="figure-head")
        yield self.moving
        yield Chart()

    async def on_mount(self) -> None:
        self._draw()
        self.moving.focus()

    def lay_out(self) -> None:
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        one, width = self.there[self.place], self.app.size.width
        sheet, chart = paper.sheet(self.shown, one), self.query_one(Chart)
        self.moving.display, chart.display = not self.bars, self.bars
        self.moving.show(sheet.table)
        chart.show(sheet)
        whose = self.shown.whose or _("the whole team")
        head: list[list[Piece]] = [
            [(f" {_(one.name)}", HEADING), (f"  {self.shown.period.told()}", BOLD), (f"  {whose}", PLAIN)],
            *([(" " + line, PLAIN)] for line in wrapped(_(one.words), width - 2)),
            *([(" " + line, DIM)] for line in wrapped(_(one.source), width - 2)),
            [(" " + self._about(one), DIM)],
            [],
        ]
        if self.bars:
            head[-1] = legend(sheet.series, width)
        lines = self.query_one("#figure-head", Lines)
        lines.styles.height = min(HEAD, len(head))
        lines.show(head[:HEAD])
        self.draw_foot()

    def _about(self, one: Definition) -> str:
        leaves = _("It leaves the team rounded.") if one.leaves else _("It never leaves the team.")
        of_day = {
            figure.STOCK: _("As it stood on the last day."), figure.FLOW: _("What happened in the period."),
            figure.SPREAD: _("A quarter, half and three quarters took no longer."),
        }[one.kind]  # fmt: skip
        return f"{of_day} {leaves}"

    # ------------------------------------------------------------------ keys

    def key_label(self, action: Action) -> str:
        if action.id == "figure.bars" and self.bars:
            return _("Table")
        return super().key_label(action)

    def action_bars(self) -> None:
        """Between bars and the table."""
        self.bars = not self.bars
        self._draw()

    def turn(self, step: int) -> None:
        """Go so many figures on, or back."""
        self.place = (self.place + step) % len(self.there)
        self.moving.mark = 0
        self._draw()

    action_former = partialmethod(turn, -1)
    action_next = partialmethod(turn, 1)

    def action_close(self) -> None:
        """Back to the figures."""
        self.dismiss(None)
