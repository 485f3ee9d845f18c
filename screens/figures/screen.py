"""The figures of a period: every one in a line with its sum, beside it its bars where there is room, and one to read.

Imported only when it is opened, since it draws charts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partialmethod
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.containers import Horizontal

from config.words import N_, _, n_
from models.figures import counting, showing
from models.figures import definitions as figure
from models.figures.counting import Counted
from models.figures.definitions import Definition
from models.figures.periods import LENGTHS, MONTH, Period, around
from models.figures.showing import Shown
from models.paper import figures as paper
from models.team import staff
from screens.figures.one import FigureScreen
from screens.figures.writing import FiguresPaperScreen, write_file
from screens.frame.case import Case
from screens.frame.chooser import Option, choose, choose_whose
from screens.frame.dialog import ListScreen
from screens.meetings.panel import ChartPanel
from screens.widgets.columns import Cell, ColumnedList, told
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, Piece
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

PANEL_FROM: Final = 120
"""The columns from which the bars of the marked figure stand beside the list."""
LARGEST: Final = 3
"""How many of a figure's rows its line names."""


class FigureList(ColumnedList[Definition]):
    """One line a figure: what it is, its sum, its largest rows."""

    def __init__(self) -> None:
        super().__init__(empty=_("Nothing was counted in this period."))
        self.shown: Shown | None = None

    def cells(self, row: Definition, part: int) -> Sequence[Cell]:
        assert self.shown is not None
        name = Cell((_(row.name), BOLD), least=16)
        if row.kind == figure.SPREAD:
            spread = self.shown.quartiles.get(row.id, ())
            half = " · ".join(_("{row}: half within {days}").format(row=one.label, days=f"{one.middle:g}")
                              for one in spread[:LARGEST])  # fmt: skip
            return [name, Cell(("", PLAIN), at_right=True, wide=5), told(half.replace(".", ","), DIM)]
        rows = self.shown.rows.get(row.id, ())
        largest = sorted(rows, key=lambda one: -one.total)[:LARGEST]
        words = " · ".join(f"{one.label} {one.total}" for one in largest if one.total)
        # What is counted in several rows, as a consent of each agency, has no sum.
        total = "" if row.id in figure.NO_SUM else str(sum(one.total for one in rows))
        return [name, Cell((total, PLAIN), at_right=True, wide=5), told(words, DIM)]


class FiguresScreen(ListScreen[None]):
    """The figures of one period, of the team or of one colleague; exact, for they stay here."""

    SCOPE = "figures"
    HELP: ClassVar[str] = N_(
        "A month, a quarter, a half year or a year in numbers: who is followed, who came and went, contact, consents "
        "and agencies, and in whose hands things are. Nobody is named. Here the numbers are exact; what is written "
        "to a file is rounded, so that nobody can be counted back, and only of a period that is over. Enter says what "
        "a figure is and where it comes from."
    )

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.moving: FigureList = FigureList()
        self.period = around(case.today, MONTH)
        self.worker: int | None = None
        self.counted: Counted | None = None
        self.shown: Shown | None = None

    def body(self) -> ComposeResult:
        yield Lines(2, id="figures-head")
        with Horizontal():
            yield self.moving
            yield ChartPanel()

    async def refresh_case(self) -> None:
        whose = ""
        if self.worker is not None:
            team = await self.case.store.ask(staff.team, active_only=False)
            whose = next(one.name for one in team if one.id == self.worker)
        self.counted = await counting.in_portions(self.case.store, self.period, self.worker)
        self.shown = self.moving.shown = showing.exact(self.counted, whose)
        rows = [one for one in figure.DEFINITIONS if one.id in self.shown.rows or one.id in self.shown.quartiles]
        groups = [
            Group(section, _(title), sum(one.section == section for one in rows))
            for section, title in figure.SECTIONS.items()
        ]
        await self.moving.show_rows(rows, [group for group in groups if group.count])
        self._draw()

    def _draw(self) -> None:
        if self.shown is None:
            return
        head: list[Piece] = [(" " + _("Figures"), HEADING), (f"  {self.period.told()}", BOLD)]
        whose = self.shown.whose or _("the whole team")
        head.append((f"  {whose}", PLAIN))
        if self.period.last >= self.case.today:
            head.append(("  " + _("not over yet"), DIM))
        people = self.shown.people or 0
        said = n_("{count} in a phase at its end; exact, for the team alone.",
                  "{count} in a phase at its end; exact, for the team alone.", people)  # fmt: skip
        self.query_one("#figures-head", Lines).show([head, [(" " + said.format(count=people), DIM)]])
        panel, width = self.query_one(ChartPanel), self.app.size.width
        panel.display = width >= PANEL_FROM and self.moving.row is not None
        if panel.display:
            sheet = paper.sheet(self.shown, self.moving.marked)
            panel.show(sheet, self.moving.mark + 1, width // 2, alone=False, marked=False)
        self.draw_foot()

    def lay_out(self) -> None:
        self.call_after_refresh(self._draw)

    def on_windowed_list_marked(self) -> None:
        self._draw()

    # ------------------------------------------------------------------ keys

    def why_not(self, action_id: str) -> str:
        if action_id == "figures.later" and self.period.last >= self.case.today:
            return _("{period} has not begun yet.").format(period=self.period.later(1).told())
        if action_id == "figures.write":
            if self.worker is not None:
                return _("One colleague's figures stay in the team. w shows the whole team.")
            if self.period.last >= self.case.today:
                return _("{period} is not over. Figures leave the team when the period is.").format(
                    period=self.period.told()
                )
        return super().why_not(action_id)

    async def action_open(self) -> None:
        """What the figure is, and its table."""
        await self._read(bars=False)

    async def action_bars(self) -> None:
        """The figure as bars."""
        await self._read(bars=True)

    async def _read(self, *, bars: bool) -> None:
        assert self.shown is not None
        there = [one for one in figure.DEFINITIONS if one.id in self.shown.rows or one.id in self.shown.quartiles]
        await self.app.push_screen(
            FigureScreen(self.case, self.shown, there, there.index(self.moving.marked), bars=bars)
        )

    async def _turn(self, period: Period) -> None:
        self.period = period
        self.say("")
        await self.read_again()

    async def turn(self, step: int) -> None:
        """Show a period so many later, or before."""
        await self._turn(self.period.later(step))

    action_earlier = partialmethod(turn, -1)
    action_later = partialmethod(turn, 1)

    async def action_length(self) -> None:
        """The next length of a period, around the day this one ends on, or today."""
        length = LENGTHS[(LENGTHS.index(self.period.length) + 1) % len(LENGTHS)]
        await self._turn(around(min(self.period.last, self.case.today), length))

    async def action_worker(self) -> None:
        """Whose participants are counted."""
        answer = await choose_whose(self, _("Whose figures?"), self.worker)
        if answer is not None:
            self.worker = answer[0]
            await self.read_again()

    async def action_write(self) -> None:
        """The rounded figures: to read and print, or in a file."""
        options = [
            Option("pdf", _("To read, and to write as a PDF"), "p"),
            Option("csv", _("A table (CSV)"), "c"),
            Option("json", _("To be added to other teams' (JSON)"), "j"),
        ]
        title = _("Rounded, as they leave the team: {period}").format(period=self.period.told())
        answer = await choose(self, title, options)
        if answer == "pdf":
            await self.app.push_screen(FiguresPaperScreen(self.case, self.period))
        elif answer is not None:
            await write_file(self, self.period, csv=answer == "csv")
