"""How the help around one participant holds together, in plain counts over time, and what lies behind each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult

from config.dates import days_told, format_date, month_name, months_told
from config.words import N_, _
from models.contacts import fragmentation
from models.contacts.fragmentation import OF_PERIOD, PERIODS, TALK, Behind, Count, Fragmentation
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.storage.reading import Reading
from screens.contacts.forms import ContactForm
from screens.forms.line_fields import HIDDEN
from screens.frame.case import Case
from screens.frame.destinations import READ_TASK
from screens.frame.dialog import AboutParticipant
from screens.plans.applications import READ_APPLICATION
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, WARN, Piece, flat, wrapped
from screens.widgets.lines import Lines

BELOW: Final = 4
NAMES: Final[Mapping[str, str]] = {
    "helpers": N_("Helpers in all"),
    "new": N_("New helpers"),
    "nobody": N_("Agencies with nobody"),
    "several": N_("Agencies with several"),
    "unowned": N_("Tasks without an owner"),
    "unmet": N_("Two who never met"),
    "waiting": N_("Waits for an answer"),
    "answered": N_("Answered"),
}
MEANINGS: Final[Mapping[str, str]] = {
    "helpers": N_("Everybody with a part in the case on the day."),
    "new": N_("Who got their first part in the case in the period; a month counts its own."),
    "nobody": N_("Agencies that should have somebody in the phase and have nobody."),
    "several": N_("Agencies in which more than one has a part."),
    "unowned": N_("Open tasks that are no colleague's, or an agency's where nobody has a part; only as it is today."),
    "unmet": N_("Each two helpers of whom no minutes of the support team name both among the guests."),
    "waiting": N_("Tasks that lie with an agency, and applications, from asked or sent until answered."),
    "answered": N_("The same, answered in the period; a month counts its own."),
}


class CountList(ColumnedList[Count]):
    """One line a count: as it is now, and at the end of each of the last months."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Nothing to count."))
        self.case = case
        self.shown_of: Fragmentation | None = None

    def heads(self) -> Sequence[Cell]:
        ends = self.shown_of.ends if self.shown_of is not None else ()
        months = [Cell((f"  {month_name(end.month)[:3]}", DIM), at_right=True) for end in ends]
        return [Cell(("", DIM), least=24), Cell((_("now"), BOLD), at_right=True), *months, Cell(("", DIM))]

    def cells(self, row: Count, part: int) -> Sequence[Cell]:
        months = [Cell((f"  {'–' if one is None else one}", DIM), at_right=True) for one in row.months]
        longest = "   " + _("longest {time}").format(time=days_told(row.longest)) if row.longest is not None else ""
        return [
            Cell((_(NAMES[row.id]), PLAIN), least=24),
            Cell((f"{row.number}", BOLD), at_right=True),
            *months,
            Cell((longest, DIM)),
        ]


class FragmentationScreen(AboutParticipant):
    """The result is the participant when something was changed from here, else None."""

    moving: CountList
    SCOPE = "fragmentation"
    HELP: ClassVar[str] = N_(
        "Plain counts of how the help around the participant holds together, now and at the end of each of the last "
        "six months. There is no score: below stands what a count means and something to talk about. Enter shows what "
        "is counted; f chooses how far back new helpers and answers are counted."
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant)
        self.moving = CountList(case)
        self.months = PERIODS[1]

    def body(self) -> ComposeResult:
        yield Lines(2, id="fragmentation-head")
        yield self.moving.titles
        yield self.moving
        yield Lines(BELOW, id="fragmentation-talk")

    async def refresh_case(self) -> None:
        file, found = await self.case.store.ask(_load, self.participant, self.months)
        self.moving.shown_of = found
        await self.moving.show_rows(found.counts)
        self.moving.lay_out_anew()
        who = self.case.called(file.code, file.name)
        period = _("new and answered: over {time}, since {date}").format(
            time=months_told(self.months), date=format_date(found.since)
        )
        title = [(" " + _("Fragmentation · {who}").format(who=who), HEADING)]
        self.query_one("#fragmentation-head", Lines).show([title, [(" " + period, DIM)]])
        self._draw_talk()
        self.draw_foot()

    def on_windowed_list_marked(self) -> None:
        self._draw_talk()

    def on_resize(self) -> None:
        if self.is_mounted:
            self.call_after_refresh(self._draw_talk)

    def _draw_talk(self) -> None:
        """What the count under the mark means, and what to talk about."""
        row, width = self.moving.row, max(20, self.app.size.width - 2)
        lines: list[list[Piece]] = []
        if row is not None:
            lines = [[(" " + line, DIM)] for line in wrapped(_(MEANINGS[row.id]), width, 2)]
            talk = str(self.case.programme.choice(TALK, row.id).name)
            lines += [[(" " + line, PLAIN)] for line in wrapped(talk, width, 2)]
        self.query_one("#fragmentation-talk", Lines).show(lines[:BELOW])

    async def action_open(self) -> None:
        """Show what lies behind the count under the mark."""
        id = self.moving.marked.id
        await self.app.push_screen(BehindCountScreen(self.case, self.participant, id, self.months))

    async def action_period(self) -> None:
        """The next of the periods."""
        self.months = PERIODS[(PERIODS.index(self.months) + 1) % len(PERIODS)]
        await self.refresh_case()


class BehindCountScreen(AboutParticipant):
    """What one count of a participant counts, each with the way there."""

    SCOPE = "fragmentation_behind"
    HELP: ClassVar[str] = N_("What is counted, each on a line. Enter goes to where it stands.")

    def __init__(self, case: Case, participant: int, count: str, months: int) -> None:
        super().__init__(case, participant)
        self.count, self.months = count, months
        self._whose = ("", "")
        self.moving: ColumnedList[Behind] = ColumnedList(self._cells, empty=_("There is nothing."))

    def body(self) -> ComposeResult:
        yield Lines(2, id="behind-count-head")
        yield self.moving

    async def refresh_case(self) -> None:
        file, found = await self.case.store.ask(_load, self.participant, self.months)
        self._whose = file.code, file.name
        count = next(one for one in found.counts if one.id == self.count)
        await self.moving.show_rows(count.behind)
        title = f" {_(NAMES[self.count])} · {self.case.called(file.code, file.name)}"
        told = _(MEANINGS[self.count])
        if self.count in OF_PERIOD:
            told = _("since {date}").format(date=format_date(found.since)) + " · " + told
        self.query_one("#behind-count-head", Lines).show(
            [[(title, HEADING), (f"  {count.number}", BOLD)], [(" " + told, DIM)]]
        )
        self.draw_foot()

    def _cells(self, row: Behind, part: int) -> Sequence[Cell]:
        programme = self.case.programme
        people = ", ".join(HIDDEN if self.case.private else one for one in row.people)
        what = people or flat(self.case.said(row.text, *self._whose))
        role = str(programme.role(row.role).name) if row.role else ""
        agency = str(programme.agency(row.agency).name) if row.agency else ""
        days = days_told(row.days) if row.days is not None else ""
        return [
            Cell((what or agency, BOLD), least=28),
            Cell((", ".join(dict.fromkeys(one for one in (role, agency if what else "") if one)), PLAIN), least=18),
            Cell((format_date(row.day) if row.day else "", DIM)),
            Cell((days, WARN)),
        ]

    def why_not(self, action_id: str) -> str:
        row = self.moving.row
        if action_id == "fragmentation_behind.open" and row is not None and not row.row:
            return _("Nobody has a part there yet: the people around is where somebody is linked.")
        return ""

    async def action_open(self) -> None:
        """Go to where what is under the mark stands."""
        row = self.moving.marked
        if row.table == "task":
            await self.open(READ_TASK, self.participant, row.row)
        elif row.table == "application":
            await self.open(READ_APPLICATION, self.participant, row.row)
        else:
            await self.ask(ContactForm(self.case, row.row).to_read())


def _load(reading: Reading, participant: int, months: int) -> tuple[ParticipantFile, Fragmentation]:
    return (
        participants.file_of(reading, participant),
        fragmentation.fragmentation(reading, participant, months),
    )
