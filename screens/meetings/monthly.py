"""The monthly meeting: a page a figure, as bars or in numbers, with the minutes written beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partialmethod
from typing import ClassVar, Final

from textual.app import ComposeResult

from config.dates import format_date
from config.words import N_, _, n_
from models.meetings import meetings, monthly
from models.meetings import reading as meeting_reading
from models.meetings.month import first_of
from models.meetings.monthly import Figures
from models.meetings.reading import MONTHLY, NOTE, Item, Meeting
from models.paper import monthly as paper
from models.paper import monthly_sheets
from models.paper.document import Document
from models.paper.monthly_sheets import Sheet
from models.paper.plain import lines as laid
from models.storage.reading import Reading
from screens.frame.case import Case
from screens.frame.moving import ReadKeys
from screens.frame.route import Route
from screens.meetings.chart import Chart, legend
from screens.meetings.keys import MeetingKeys
from screens.meetings.list import POINTS
from screens.paper.document import DocumentScreen
from screens.widgets.line import BOLD, DIM, HEADING, MARK, PLAIN, WARN, Piece, wrapped
from screens.widgets.lines import Lines
from screens.widgets.read_lines import ReadLines

HEAD: Final = 4
NOTE_LINES: Final = 2


class MonthlyScreen(ReadKeys, MeetingKeys):
    """`meeting` is the monthly meeting whose minutes are written; 0 joins today's, which the first line opens.

    The result is the meeting's id, 0 where none was opened.
    """

    SCOPE = "monthly"
    CSS_PATH = "monthly.tcss"
    HELP: ClassVar[str] = N_(
        "Planning and evaluation once a month: what is coming, how much each colleague carries, who moved, who left, "
        "how long applications wait, how often there was contact, and what is lacking. Planning rests on today, the "
        "rest on the month shown. Notes, decisions and tasks go into the minutes of the monthly meeting."
    )

    OPENS: ClassVar[Mapping[str, Route[[]]]] = {
        "monthly.team_reviews": Route[[]]("screens.reviews.team_list", "of_all"),
    }  # fmt: skip

    _figures: Figures
    _sheets: Sequence[Sheet]

    def __init__(self, case: Case, meeting: int = 0) -> None:
        super().__init__(case, meeting)
        self.moving = ReadLines(id="monthly-numbers")
        self.month = first_of(case.today)
        self.place = 0
        self.numbers = False
        self._parked = 0

    # ------------------------------------------------------------------ what is shown

    def body(self) -> ComposeResult:
        yield Lines(HEAD, id="monthly-head")
        yield Chart(id="monthly-chart")
        yield self.moving
        yield Lines(NOTE_LINES, id="monthly-note")

    async def on_mount(self) -> None:
        await self.refresh_case()
        self.moving.focus()

    async def refresh_case(self) -> None:
        found = await self.case.store.ask(_load_monthly, self.month, self.meeting_id)
        self._figures, self.meeting, self.said, self._parked = found
        self.meeting_id = self.meeting.id if self.meeting is not None else 0
        self._sheets = monthly_sheets.sheets(self.case.programme, self._figures, self.case.called)
        self._draw(first=False)

    @property
    def sheet(self) -> Sheet:
        """The page shown."""
        return self._sheets[self.place]

    def lay_out(self) -> None:
        self.call_after_refresh(self._draw, first=False)

    def _draw(self, *, first: bool) -> None:
        sheet, width = self.sheet, self.app.size.width
        drawn = bool(sheet.labels) and not self.numbers
        chart, table = self.query_one(Chart), self.moving
        chart.display, table.display = drawn, not drawn
        if first:
            table.top = 0
        table.show(self._numbers)
        chart.show(sheet)
        self.query_one("#monthly-head", Lines).show([
            self._title(), self._tabs(), self._waiting(),
            legend(sheet.series, width) if drawn else [(" " + _("In numbers"), DIM)],
        ])  # fmt: skip
        told = " ".join(filter(None, (sheet.as_of, sheet.bars_note if drawn else "", sheet.note)))
        note = [[(" " + text, PLAIN)] for text in wrapped(told, max(20, width - 2))[:NOTE_LINES]]
        self.query_one("#monthly-note", Lines).show(note)
        self.draw_foot()
        if drawn:
            self.call_after_refresh(self._say_left_out)

    def _say_left_out(self) -> None:
        chart = self.query_one(Chart)
        # The person may have gone on to the numbers before the bars were drawn: those leave nothing out.
        if chart.display and (left := chart.left_out):
            key = self.case.keymap.shown("monthly.numbers", self.SCOPE)
            more = n_("{count} more does not fit; {key} shows all.", "{count} more do not fit; {key} shows all.", left)
            self.say(more.format(count=left, key=key))

    def _title(self) -> list[Piece]:
        month = monthly_sheets.month_words(self.month)
        title: list[Piece] = [(" " + _("Monthly meeting"), HEADING), (f"  {month}", BOLD)]
        if self.meeting is None:
            return [*title, ("  " + _("no minutes yet"), DIM)]
        day = format_date(self.meeting.day)
        if self.meeting.closed:
            return [*title, ("  " + _("minutes of {date}, closed").format(date=day), WARN)]
        lines = n_("{count} line", "{count} lines", len(self.said)).format(count=len(self.said))
        return [*title, ("  " + _("minutes of {date}: {lines}").format(date=day, lines=lines), PLAIN)]

    def _waiting(self) -> list[Piece]:
        """The topics parked for this meeting, and the key that shows them."""
        if not self._parked:
            return []
        key = self.case.keymap.shown("monthly.points", self.SCOPE)
        waiting = n_(
            "{count} topic was parked for this meeting: {key}",
            "{count} topics were parked for this meeting: {key}",
            self._parked,
        )
        return [(" " + waiting.format(count=self._parked, key=key), WARN)]

    def _tabs(self) -> list[Piece]:
        """The pages by number, that shown by name."""
        pieces: list[Piece] = [(" ", PLAIN)]
        for number, sheet in enumerate(self._sheets, 1):
            pieces.append((f" {number} {sheet.title} ", MARK) if sheet is self.sheet else (f" {number} ", DIM))
        return pieces

    def _numbers(self, width: int) -> Sequence[Sequence[Piece]]:
        if not self.sheet.rows:
            return [[(" " + _("Nothing this month."), DIM)]]
        found = laid(Document("", "", (self.sheet.table,)), max(40, width - 2))
        # Above the table stand the document's title and its rule, which are empty here.
        return [[(" " + line, BOLD if place == 0 else PLAIN)] for place, line in enumerate(found[3:])]

    # ------------------------------------------------------------------ keys

    def about(self) -> tuple[int | None, str]:
        return None, _("The team")

    def why_not(self, action_id: str) -> str:
        name = action_id.partition(".")[2]
        if name == "later" and self.month >= first_of(self.case.today):
            return _("This month is the last that can be shown.")
        if name == "numbers" and not self.sheet.labels:
            return _("There is nothing to draw on this page.")
        if name == "finish" and self.meeting is None:
            return _("There are no minutes yet; the first note begins them.")
        if name == "points" and self.meeting is None:
            # It begins the minutes.
            return self.only_reads()
        return super().why_not(action_id)

    def turn(self, step: int) -> None:
        """Show a page so many further on, or back."""
        self.place = (self.place + step) % len(self._sheets)
        self.say("")
        self._draw(first=True)

    action_left = partialmethod(turn, -1)
    action_right = partialmethod(turn, 1)

    def action_numbers(self) -> None:
        """Between bars and numbers."""
        self.numbers = not self.numbers
        self._draw(first=True)

    async def show_month(self, step: int) -> None:
        """Show a month so many later, or before."""
        self.month = first_of(self.month, step)
        await self.refresh_case()

    action_earlier = partialmethod(show_month, -1)
    action_later = partialmethod(show_month, 1)

    async def opened(self) -> Meeting:
        """Today's meeting, opened or joined before anything is written."""
        if self.meeting is None:
            self.meeting_id = await self.case.store.change(meetings.open_, MONTHLY)
            await self.refresh_case()
        return await super().opened()

    async def action_lines(self) -> None:
        if self.meeting is None:
            self.say(_("There are no minutes yet; the first note begins them."))
            return
        await super().action_lines()

    async def action_keep(self) -> None:
        """Put the numbers of this page in the minutes, as they are today; participants stand there by code."""
        await self.opened()
        sheets = monthly_sheets.sheets(self.case.programme, self._figures, lambda code, name: code)
        month = monthly_sheets.month_words(self.month)
        text = f"{month}. {monthly_sheets.minutes_text(sheets[self.place])}"
        if len(text) > meetings.TEXT_LIMIT:
            text = text[: meetings.TEXT_LIMIT - 1] + "…"
        await self.case.store.change(meetings.add, self.meeting_id, NOTE, text)
        await self.catch_up()
        self.say(_("The numbers stand in the minutes; u to undo."))

    async def action_points(self) -> None:
        """The topics parked for this meeting, and what was said."""
        await self.opened()
        await self.app.push_screen(await POINTS(self.case, self.meeting_id))

    async def action_paper(self) -> None:
        """All figures as they are printed."""
        await self.app.push_screen(MonthlyPaperScreen(self.case, self.month))


class MonthlyPaperScreen(DocumentScreen):
    """The figures of one month as they are printed; while names are hidden the paper has codes."""

    HELP: ClassVar[str] = N_(
        "All figures of the month in numbers. Writing it makes a PDF file where you say; that file is not sealed. "
        "While names are hidden the file has codes instead of names."
    )

    def __init__(self, case: Case, month: date) -> None:
        super().__init__(case)
        self.month = month

    async def read(self) -> Document:
        names = not self.case.private
        return await self.case.store.ask(lambda reading: paper.sheet(reading, self.month, names=names))

    def called(self) -> tuple[str, str]:
        return monthly_sheets.month_words(self.month), _("with codes") if self.case.private else _("with names")

    def stem(self, document: Document) -> str:
        return f"{document.file}-{self.month:%Y-%m}"

    def trace(self) -> str:
        return f"paper.write monthly {self.month:%Y-%m}"


def _load_monthly(reading: Reading, month: date, meeting: int) -> tuple[Figures, Meeting | None, Sequence[Item], int]:
    """The figures, the minutes and what stands in them, and how many topics were parked for them."""
    todays = (one for one in meeting_reading.open_now(reading, MONTHLY) if one.day == reading.today)
    found = meeting_reading.one(reading, meeting) if meeting else next(todays, None)
    said = meeting_reading.items(reading, found.id) if found is not None else ()
    return monthly.figures(reading, month), found, said, len(meeting_reading.parked(reading, MONTHLY))
