"""The monthly meeting: a page a figure, as bars or in numbers, with the minutes written beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Final

from textual.app import ComposeResult

from config.dates import format_date
from config.words import N_, _, n_
from models.meetings import meetings, monthly
from models.meetings import reading as meeting_reading
from models.meetings.monthly import Figures, first_of
from models.meetings.reading import MONTHLY, NOTE, Item, Meeting
from models.paper import monthly_sheets
from models.paper.document import Document
from models.paper.monthly_sheets import Sheet
from models.paper.plain import lines as laid
from models.storage.reading import Reading
from screens.frame.case import Case
from screens.frame.moving import ReadKeys
from screens.meetings.chart import Chart, legend
from screens.meetings.keys import MeetingKeys
from screens.meetings.monthly_paper import MonthlyPaperScreen
from screens.widgets.line import BOLD, DIM, HEADING, MARK, PLAIN, WARN, Piece, wrapped
from screens.widgets.lines import Lines
from screens.widgets.read_lines import ReadLines

HEAD: Final = 4
NOTE_LINES: Final = 2


class MonthlyScreen(ReadKeys, MeetingKeys):
    """`meeting` is the monthly meeting whose minutes are written; None joins today's, which the first line opens.

    The result is the meeting's id, 0 where none was opened.
    """

    SCOPE = "monthly"
    CSS_PATH = "monthly.tcss"
    HELP: ClassVar[str] = N_(
        "Planning and evaluation once a month: what is coming, how much each colleague carries, who moved, who left, "
        "how long applications wait, how often there was contact, and what is lacking. Planning rests on today, the "
        "rest on the month shown. Notes, decisions and tasks go into the minutes of the monthly meeting."
    )

    def __init__(self, case: Case, meeting: int | None = None) -> None:
        super().__init__(case)
        self.moving = ReadLines(id="monthly-numbers")
        self._asked = meeting
        self.month = first_of(case.today)
        self.place = 0
        self.numbers = False
        self._figures: Figures | None = None
        self._sheets: Sequence[Sheet] = ()
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
        figures, found, self.said, self._parked = await self.case.store.ask(_load_monthly, self.month, self._asked)
        self._figures, self.meeting = figures, found
        self._asked = found.id if found is not None else self._asked
        self._sheets = monthly_sheets.sheets(self.case.programme, figures, self.case.called)
        self._draw(first=False)

    @property
    def sheet(self) -> Sheet | None:
        """The page shown."""
        return self._sheets[self.place] if self._sheets else None

    def on_resize(self) -> None:
        if self.is_mounted and self._sheets:
            self.call_after_refresh(self._draw, first=False)

    def _draw(self, *, first: bool) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        width = self.app.size.width
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
        note = [[(" " + text, PLAIN)] for text in wrapped(sheet.note, max(20, width - 2))[:NOTE_LINES]]
        self.query_one("#monthly-note", Lines).show(note)
        self.draw_foot()
        if drawn:
            self.call_after_refresh(self._say_left_out)

    def _say_left_out(self) -> None:
        left = self.query_one(Chart).left_out
        if left:
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
        pieces: list[Piece] = []
        for number, sheet in enumerate(self._sheets):
            here = number == self.place
            pieces.append((f" {number + 1} {sheet.title} " if here else f" {number + 1} ", MARK if here else DIM))
        return [(" ", PLAIN), *pieces]

    def _numbers(self, width: int) -> Sequence[Sequence[Piece]]:
        sheet = self.sheet
        if sheet is None:
            return []
        if not sheet.rows:
            return [[(" " + _("Nothing this month."), DIM)]]
        found = laid(Document("", "", (sheet.table,)), max(40, width - 2))
        # Above the table stand the document's title and its rule, which are empty here.
        return [[(" " + line, BOLD if place == 0 else PLAIN)] for place, line in enumerate(found[3:])]

    # ------------------------------------------------------------------ keys

    def about(self) -> tuple[int | None, str]:
        return None, _("The team")

    def why_not(self, action_id: str) -> str:
        name = action_id.partition(".")[2]
        if name == "later" and self.month >= first_of(self.case.today):
            return _("This month is the last that can be shown.")
        if name == "numbers" and self.sheet is not None and not self.sheet.labels:
            return _("There is nothing to draw on this page.")
        if name == "finish" and self.meeting is None:
            return _("There are no minutes yet; the first note begins them.")
        if name == "points" and self.meeting is None:
            # It begins the minutes.
            return self.only_reads()
        return super().why_not(action_id)

    def action_left(self) -> None:
        """The page before."""
        self._turn(-1)

    def action_right(self) -> None:
        """The next page."""
        self._turn(1)

    def _turn(self, step: int) -> None:
        self.place = (self.place + step) % max(1, len(self._sheets))
        self.say("")
        self._draw(first=True)

    def action_numbers(self) -> None:
        """Between bars and numbers."""
        self.numbers = not self.numbers
        self._draw(first=True)

    async def action_earlier(self) -> None:
        """The month before."""
        await self._show_month(first_of(self.month, -1))

    async def action_later(self) -> None:
        """The month after."""
        await self._show_month(first_of(self.month, 1))

    async def _show_month(self, month: date) -> None:
        self.month = month
        await self.refresh_case()

    async def _begin(self) -> None:
        """Open today's meeting, or join it, before anything is written."""
        if self.meeting is None:
            self._asked = await self.case.store.change(meetings.open_, MONTHLY)
            await self.refresh_case()

    async def action_note(self) -> None:
        await self._begin()
        await super().action_note()

    async def action_decide(self) -> None:
        await self._begin()
        await super().action_decide()

    async def action_task(self) -> None:
        await self._begin()
        await super().action_task()

    async def action_present(self) -> None:
        await self._begin()
        await super().action_present()

    async def action_guests(self) -> None:
        await self._begin()
        await super().action_guests()

    async def action_lines(self) -> None:
        if self.meeting is None:
            self.say(_("There are no minutes yet; the first note begins them."))
            return
        await super().action_lines()

    async def action_keep(self) -> None:
        """Put the numbers of this page in the minutes, as they are today; participants stand there by code."""
        if self._figures is None:
            return
        await self._begin()
        sheets = monthly_sheets.sheets(self.case.programme, self._figures, lambda code, name: code)
        month = monthly_sheets.month_words(self.month)
        text = f"{month}. {monthly_sheets.minutes_text(sheets[self.place])}"
        if len(text) > meetings.TEXT_LIMIT:
            text = text[: meetings.TEXT_LIMIT - 1] + "…"
        await self.case.store.change(meetings.add, self._number, NOTE, text)
        await self.refresh_case()
        self.say(_("The numbers stand in the minutes; u takes them back."))

    async def action_points(self) -> None:
        """The topics parked for this meeting, and what was said."""
        from screens.meetings.screen import MeetingScreen

        await self._begin()
        await self.app.push_screen(MeetingScreen(self.case, self._number))

    async def action_paper(self) -> None:
        """All figures as they are printed."""
        await self.app.push_screen(MonthlyPaperScreen(self.case, self.month))


def _load_monthly(
    reading: Reading, month: date, meeting: int | None
) -> tuple[Figures, Meeting | None, Sequence[Item], int]:
    """The figures, the minutes and what stands in them, and how many topics were parked for them."""
    found = meeting_reading.one(reading, meeting) if meeting else None
    if found is None:
        today = [one for one in meeting_reading.open_now(reading, MONTHLY) if one.day == reading.today]
        found = today[0] if today else None
    said = meeting_reading.items(reading, found.id) if found is not None else ()
    return monthly.figures(reading, month), found, said, len(meeting_reading.parked(reading, MONTHLY))
