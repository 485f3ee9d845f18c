"""The agenda: overdue first, then today, the week and what is later; one's own, the team's or a participant's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from msgspec.structs import replace
from textual.app import ComposeResult

from config.dates import format_date, short_weekday, week
from config.words import N_, _, n_
from models import board
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.plans import agenda
from models.plans.agenda import AgendaItem, AgendaQuery
from models.signals import listing as signals
from models.signals.listing import SignalLine
from models.storage.reading import Reading
from screens.frame.case import Case
from screens.frame.chooser import Option, choose, choose_whose
from screens.frame.route import Route
from screens.plans.agenda_keys import AgendaKeys
from screens.plans.agenda_list import HEADINGS, AgendaList, detail_lines
from screens.plans.calendar_file import CalendarFile
from screens.widgets.line import ALARM, BY_SEVERITY, DIM, HEADING, PLAIN, Piece, flat
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

DETAIL_LINES: Final = 3
OFFERED: Final = 200
APPOINTMENT: Final = Route[int]("screens.plans.appointment_form", "AppointmentForm")
TASK: Final = Route[int]("screens.plans.task_form", "TaskForm")


class AgendaScreen(AgendaKeys):
    """Shows one participant's agenda, or without one that of a colleague or the team."""

    SCOPE = "agenda"
    HELP: ClassVar[str] = N_(
        "What is to come: appointments, tasks, deadlines of applications, consents that end, releases. What was left "
        "behind stands on top. One key says that something is done, or moves it to another day; what repeats is then "
        "planned anew. An A stands where the participant has risk areas: they are shown below before you plan."
    )

    def __init__(self, case: Case, participant: int | None = None) -> None:
        worker = None if participant is not None else case.store.actor.staff_id or None
        super().__init__(case, AgendaQuery(worker=worker, participant=participant))
        self.moving = AgendaList(case, people=participant is None)
        self._counts: dict[str, int] = {}
        self._now: tuple[int, Sequence[SignalLine]] = (0, ())
        self._file: ParticipantFile | None = None
        self._whose = ""

    def body(self) -> ComposeResult:
        yield Lines(2, id="agenda-head")
        yield self.moving
        yield Lines(DETAIL_LINES, id="agenda-detail")

    async def on_mount(self) -> None:
        await self.refresh_case()
        self.set_focus(self.moving)

    # ------------------------------------------------------------------ what is shown

    async def refresh_case(self) -> None:
        self._counts, self._file, self._whose, self._now = await self.case.store.ask(_overview, self.asked)
        groups = [Group(key, _(HEADINGS[key]), count) for key, count in self._counts.items() if count]
        await self.moving.show(groups, self._fetch)
        self._draw_head()
        self._draw_detail()
        self.draw_foot()

    async def _fetch(self, offset: int, limit: int) -> Sequence[AgendaItem]:
        return await self.case.store.ask(agenda.page, self.asked, self._counts, offset, limit)

    def _draw_head(self) -> None:
        today = self.case.today
        whose = self._whose or _("the whole team")
        if self._file is not None:
            whose = self.case.called(self._file.code, self._file.name)
        when = _("{weekday} {date}, week {week}").format(
            weekday=short_weekday(today), date=format_date(today), week=week(today)
        )
        first: list[Piece] = [(" " + _("Agenda · {whose}").format(whose=whose), HEADING), (f"   {when}", DIM)]
        second: list[Piece] = []
        if overdue := self._counts.get("overdue"):
            second.append((" " + _("{count} overdue").format(count=overdue), ALARM))
        second.append((" " + _("{count} today").format(count=self._counts.get("today", 0)), PLAIN))
        if self._file is not None and (risk := flat(self._file.values["risk_areas"].replace("\n", " · "))):
            shown = _("hidden with the names") if self.case.private else risk
            second.append(("   " + _("Risk areas: {places}").format(places=shown), ALARM))
        self.query_one("#agenda-head", Lines).show([first, [*second, *self._now_pieces()]])

    def _now_pieces(self) -> list[Piece]:
        """The signals that press now, as many as there is room for."""
        count, found = self._now
        if not count:
            return []
        pieces: list[Piece] = [
            ("   " + n_("{count} signal now:", "{count} signals now:", count).format(count=count), ALARM)
        ]
        for line in found:
            who = "" if self.asked.participant else f" {self.case.called(line.code, line.name)}"
            pieces += [(f" {line.sign.letter}{who}", BY_SEVERITY[line.sign.severity]), (f" {line.sign.short}", PLAIN)]
        return pieces

    def _draw_detail(self) -> None:
        row = self.moving.row
        lines = detail_lines(self.case, row) if row is not None else []
        self.query_one("#agenda-detail", Lines).show(lines)

    def on_windowed_list_marked(self) -> None:
        self._draw_detail()
        self.draw_foot()

    # ------------------------------------------------------------------ keys

    async def action_add(self) -> None:
        """Make an appointment."""
        await self._for_somebody(_("An appointment for whom?"), APPOINTMENT)

    async def action_task(self) -> None:
        """Set a task."""
        await self._for_somebody(_("A task for whom?"), TASK, team=True)

    async def _for_somebody(self, title: str, form: Route[int], *, team: bool = False) -> None:
        """Open a form for the participant of this agenda, or for one that is chosen, the one under the mark first."""
        if self.asked.participant is not None:
            await self.open(form, self.asked.participant)
            return
        cards = await self.case.store.ask(board.page, board.BoardQuery(worker=self.asked.worker), 0, OFFERED)
        named = {card.participant: (card.code, card.name) for card in cards}
        row = self.moving.row
        if row is not None and row.participant is not None:
            named = {row.participant: (row.code, row.name), **named}
        options = [Option(str(one), self.case.called(*names), hint=names[0]) for one, names in named.items()]
        if team:
            options.append(Option("0", _("Nobody: the team's own")))
        if answer := await choose(self, title, options):
            await self.open(form, int(answer))

    async def action_scope(self) -> None:
        """Between one's own agenda and the team's."""
        mine = self.case.store.actor.staff_id or None
        await self._ask_for(None if self.asked.worker == mine else mine)

    async def action_worker(self) -> None:
        """Choose whose agenda is shown."""
        if whose := await choose_whose(self, _("Whose agenda?")):
            await self._ask_for(*whose)

    async def _ask_for(self, worker: int | None) -> None:
        self.asked = replace(self.asked, worker=worker)
        self.moving.mark = 0
        await self.refresh_case()

    async def action_export(self) -> None:
        """Write what is to come as a calendar file."""
        await CalendarFile(self, self.asked).ask()

    def action_close(self) -> None:
        """Back to where this was opened from."""
        self.dismiss(None)


def _overview(
    reading: Reading, query: AgendaQuery
) -> tuple[dict[str, int], ParticipantFile | None, str, tuple[int, Sequence[SignalLine]]]:
    """How much there is, and whose it is, in one visit to the vault."""
    whose = reading.value("SELECT name FROM staff WHERE id = ?", [query.worker]) if query.worker else ""
    file = participants.file_of(reading, query.participant) if query.participant is not None else None
    # A whole team's are on a screen of their own; here they would hold up the agenda.
    own = query.participant is not None or query.worker is not None
    now = signals.pressing(reading, worker=query.worker, participant=query.participant) if own else (0, ())
    return agenda.groups(reading, query), file, str(whose or ""), now
