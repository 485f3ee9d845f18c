"""The monthly meeting: a page a figure, or panels where there is room, as bars or in numbers, with the minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partialmethod
from itertools import zip_longest
from typing import ClassVar, Final

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Container

from config.actions import Action
from config.dates import format_date
from config.words import N_, _, n_
from models.meetings import meetings, monthly
from models.meetings import reading as meeting_reading
from models.meetings.month import Person, first_of
from models.meetings.monthly import Figures
from models.meetings.reading import MONTHLY, NOTE, Item, Meeting
from models.paper import monthly as paper
from models.paper import monthly_sheets
from models.paper.document import Document
from models.paper.monthly_sheets import Sheet
from models.storage.reading import Reading
from screens.frame.case import Case
from screens.frame.moving import MoveKeys
from screens.frame.route import Route
from screens.meetings.chart import legend
from screens.meetings.keys import MeetingKeys
from screens.meetings.list import POINTS
from screens.meetings.numbers import BehindScreen, NumbersTable
from screens.meetings.panel import ChartPanel, note_lines
from screens.paper.document import DocumentScreen
from screens.widgets.line import BOLD, DIM, HEADING, MARK, PLAIN, WARN, Piece, cut
from screens.widgets.lines import Lines

HEAD: Final = 4
NOTE_LINES: Final = 2
PANELS_FROM: Final = 120
"""The columns from which two charts stand side by side."""
FOUR_FROM: Final = 50
"""The lines from which two more stand below them."""
MOST_PANELS: Final = 4


class MonthlyScreen(MoveKeys, MeetingKeys):
    """`meeting` is the monthly meeting whose minutes are written; 0 joins today's, which the first line opens.

    The result is the meeting's id, 0 where none was opened.
    """

    SCOPE = "monthly"
    CSS_PATH = "monthly.tcss"
    HELP: ClassVar[str] = N_(
        "Planning and evaluation once a month: what is coming, how much each colleague carries, who moved, who left, "
        "how long applications wait, how often there was contact, and what is lacking. Planning rests on today, the "
        "rest on the month shown. On a wide terminal two pages stand side by side, on a large one four; the arrows go "
        "from one to the next. Enter goes to the numbers, and on a row of them to the participants who are counted in "
        "it. Notes, decisions and tasks go into the minutes of the monthly meeting."
    )

    OPENS: ClassVar[Mapping[str, Route[[]]]] = {
        "monthly.team_reviews": Route[[]]("screens.reviews.team_list", "of_all"),
    }  # fmt: skip

    _figures: Figures
    _sheets: Sequence[Sheet]

    def __init__(self, case: Case, meeting: int = 0) -> None:
        super().__init__(case, meeting)
        self.moving: NumbersTable = NumbersTable(id="monthly-numbers")
        self.month = first_of(case.today)
        self.place = 0
        self.numbers = False
        self._parked = 0

    # ------------------------------------------------------------------ what is shown

    def body(self) -> ComposeResult:
        yield Lines(HEAD, id="monthly-head")
        with Container(id="monthly-charts"):
            for _place in range(MOST_PANELS):
                yield ChartPanel()
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
        sheet, width, drawn = self.sheet, self.app.size.width, self.drawn
        self.query_one("#monthly-charts").display, self.moving.display = drawn, not drawn
        if first:
            self.moving.mark = 0
        self.moving.show(sheet.table)
        alone = self.panels == 1
        if drawn:
            self._draw_panels(alone=alone)
        head = self.query_one("#monthly-head", Lines)
        head.styles.height = HEAD if alone or not drawn else HEAD - 1
        head.show([
            self._title(), self._tabs(), self._waiting(),
            legend(sheet.series, width) if drawn else [(" " + self._told_of_numbers(), DIM)],
        ])  # fmt: skip
        note = self.query_one("#monthly-note", Lines)
        note.display = alone or not drawn
        note.show([[(" " + text, PLAIN)] for text in note_lines(sheet, width, drawn=drawn)[:NOTE_LINES]])
        self.draw_foot()
        if drawn:
            self.call_after_refresh(self._say_left_out)

    def _told_of_numbers(self) -> str:
        if not any(self.sheet.behind):
            return _("In numbers")
        key = self.case.keymap.shown("monthly.open", self.SCOPE)
        return _("In numbers; {key} shows who is counted in a row").format(key=key)

    def _draw_panels(self, *, alone: bool) -> None:
        first = self.place - self.place % self.panels
        shown = range(first, min(first + self.panels, len(self._sheets)))
        box = self.query_one("#monthly-charts")
        columns = min(2, len(shown))
        box.styles.grid_size_columns, box.styles.grid_size_rows = columns, -(-len(shown) // columns)
        for panel, place in zip_longest(self.query(ChartPanel), shown):
            panel.display = place is not None
            if place is not None:
                # The last one takes the room of the one that is not there.
                span = columns if place == shown[-1] and len(shown) % columns else 1
                panel.styles.column_span = span
                width = self.app.size.width // columns * span
                panel.show(self._sheets[place], place + 1, width, alone=alone, marked=place == self.place)

    @property
    def panels(self) -> int:
        """How many charts stand on the screen at once."""
        width, height = self.app.size
        return 1 if width < PANELS_FROM else 2 if height < FOUR_FROM else MOST_PANELS

    @property
    def drawn(self) -> bool:
        """Whether bars are shown, and not the numbers; among panels, one that has no bars stands in numbers."""
        return not self.numbers and (self.panels > 1 or bool(self.sheet.labels))

    def _say_left_out(self) -> None:
        # The person may have gone on to the numbers before the bars were drawn: those leave nothing out.
        charts = self.query_one("#monthly-charts")
        if charts.display and (left := sum(one.chart.left_out for one in self.query(ChartPanel) if one.display)):
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
        numbers = [f" {number} " for number in range(1, len(self._sheets) + 1)]
        room = self.app.size.width - 3 - sum(map(len, numbers))
        named = f"{numbers[self.place]}{cut(self.sheet.title, min(room, cell_len(self.sheet.title)))} "
        first, shown = self.place - self.place % self.panels, self.panels if self.drawn else 1
        return [
            (" ", PLAIN),
            *(
                (named, MARK)
                if place == self.place
                else (number, BOLD if shown > 1 and first <= place < first + shown else DIM)
                for place, number in enumerate(numbers)
            ),
        ]

    # ------------------------------------------------------------------ keys

    def about(self) -> tuple[int | None, str]:
        return None, _("The team")

    def why_not(self, action_id: str) -> str:
        name = action_id.partition(".")[2]
        if name == "later" and self.month >= first_of(self.case.today):
            return _("This month is the last that can be shown.")
        if name == "numbers" and not self.sheet.labels and self.panels == 1:
            return _("There is nothing to draw on this page.")
        if name == "open":
            return "" if self.drawn or self._behind_row else _("No participants are counted in this row.")
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

    @property
    def _behind_row(self) -> Sequence[Person]:
        """Who stands behind the row under the mark."""
        behind = self.sheet.behind
        return behind[self.moving.mark] if self.moving.mark < len(behind) else ()

    def key_label(self, action: Action) -> str:
        if action.id == "monthly.numbers" and not self.drawn:
            return _("Bars")
        return super().key_label(action)

    def settled(self, action_id: str) -> bool:
        # Among the bars it does what the key of the numbers does.
        return (action_id == "monthly.open" and self.drawn) or super().settled(action_id)

    async def action_open(self) -> None:
        """From the bars to the numbers; from a row of them to who stands behind it."""
        if self.drawn:
            self.action_numbers()
        else:
            await self.app.push_screen(BehindScreen(self.case, self.month, self.sheet.id, self.moving.mark))

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
        sheets = monthly_sheets.for_minutes(self.case.programme, self._figures)
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
        "All figures of the month in numbers. Writing it makes a PDF file where you say; that file is not "
        "encrypted. While names are hidden the file has codes instead of names."
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
