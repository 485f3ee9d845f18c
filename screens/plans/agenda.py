"""The agenda: overdue first, then today, the week and what is later; one's own, the team's or a participant's.

One key finishes, moves, closes, records or opens what stands on a line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Final

from msgspec.structs import replace
from rich.cells import cell_len
from textual.app import ComposeResult

from config.dates import (
    DateError,
    format_date,
    relative_days,
    short_date,
    short_weekday,
    week,
    weekday,
)
from config.words import N_, _, n_
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.plans import agenda, appointments, clashes, tasks
from models.plans.agenda import WEEK_DAYS, AgendaItem, AgendaQuery
from models.signals import listing as signals
from models.signals.listing import SignalLine
from models.values.clock import passed_over, twice
from screens.forms.day_prompt import day_and_clock
from screens.frame.case import Case
from screens.frame.chooser import Option, choose, choose_participant, choose_whose
from screens.frame.destinations import CONSENTS, INDIVIDUAL_PLAN, PARTICIPANT, PERSON, RECORD, SUGGESTED
from screens.frame.moving import ListKeys
from screens.frame.places import MARKED
from screens.frame.prompt import PromptScreen
from screens.frame.route import Route
from screens.frame.screen import CaseScreen
from screens.participant.wrong_person import put_right
from screens.plans.agenda_list import AgendaList, detail_lines, heading, risk_pieces
from screens.plans.applications import APPLICATION
from screens.plans.calendar_file import write_calendar
from screens.plans.clashes import told
from screens.widgets.line import ALARM, BOLD, BY_SEVERITY, DIM, HEADING, PLAIN, Piece
from screens.widgets.lines import Lines
from screens.widgets.signs import BETWEEN
from screens.widgets.windowed_list import Group

APPOINTMENT: Final = Route[int, int | None]("screens.plans.appointment_form", "AppointmentForm")
ATTEND: Final = Route[int, int]("screens.plans.appointment_form", "AttendForm")
TASK: Final = Route[int | None, int | None]("screens.plans.task_form", "TaskForm")
FORMS: Final[Mapping[str, Route[Any, Any]]] = {
    "appointment": APPOINTMENT, "after": APPOINTMENT, "appeal": APPLICATION, "complement": APPLICATION, "task": TASK,
    "plan": INDIVIDUAL_PLAN,
}  # fmt: skip
"""What is read and changed in a form of its own; the rest stands elsewhere."""


class AgendaScreen(ListKeys, CaseScreen[None]):
    """Shows one participant's agenda, or without one that of a colleague or the team."""

    moving: AgendaList
    SCOPE = "agenda"
    HELP: ClassVar[str] = N_(
        "What is to come: appointments, tasks, deadlines of applications, consents that end, individual plans to be "
        "revised, releases. What was left behind stands on top. One key says that something is done, or moves it to "
        "another day; what repeats is then planned anew. v shows a week day by day, in columns where there is room. "
        "An A stands where the participant has risk areas: they are shown below before you plan."
    )
    OPENS_OF: ClassVar[Mapping[str, Route[int]]] = {"agenda.participant": PARTICIPANT, "agenda.suggested": SUGGESTED}

    def __init__(self, case: Case, participant: int | None = None) -> None:
        super().__init__(case)
        worker = None if participant is not None else case.store.actor.staff_id or None
        self.asked = AgendaQuery(worker=worker, participant=participant)
        self.moving = AgendaList(case, people=participant is None)
        self._counts: dict[str, int] = {}
        self.near: int | None = None
        """Whose of today the mark goes to when the agenda is shown first."""
        self._just: int | None = None
        """The appointment that was noted as attended by the key before: now it can be recorded."""

    def body(self) -> ComposeResult:
        yield Lines(2, id="agenda-head")
        yield self.moving
        yield Lines(3, id="agenda-detail")

    async def on_mount(self) -> None:
        await self.read_again()
        self.set_focus(self.moving)

    # ------------------------------------------------------------------ what is shown

    async def refresh_case(self, marked: AgendaItem | None = None) -> None:
        """Read again; the mark goes to where `marked` is now, or stays at its line."""
        asked = self.asked
        self._counts, file, whose, now = await self.case.store.ask(
            lambda reading: (
                agenda.groups(reading, asked),
                None if asked.participant is None else participants.file_of(reading, asked.participant),
                reading.value("SELECT name FROM staff WHERE id = ?", [asked.worker]),
                # A whole team's are on a screen of their own; here they would hold up the agenda.
                (0, ())
                if asked == AgendaQuery()
                else signals.pressing(reading, worker=asked.worker, participant=asked.participant),
            )
        )
        groups = [
            Group(key, heading(key, self.case.today), count)
            for key, count in self._counts.items()
            if count or asked.week is not None
        ]
        self.moving.days = asked.week is not None
        mark, near = None, self.near
        self.near = None
        if marked is not None:
            mark = await self.case.store.ask(agenda.place, asked, self._counts, marked.kind, marked.id)
        elif near is not None:
            mark = await self.case.store.ask(agenda.place_today, asked, self._counts, near)
        await self.moving.show(groups, self._fetch, mark=mark)
        self._draw_head(file, whose or _("the whole team"), *now)
        self.on_windowed_list_marked()

    async def _fetch(self, offset: int, limit: int) -> Sequence[AgendaItem]:
        return await self.case.store.ask(agenda.page, self.asked, self._counts, offset, limit)

    def _draw_head(self, file: ParticipantFile | None, whose: str, count: int, pressing: Sequence[SignalLine]) -> None:
        today = self.case.today
        if file is not None:
            whose = self.case.called(file.code, file.name)
        when = _("{weekday} {date}, week {week}").format(
            weekday=short_weekday(today), date=format_date(today), week=week(today)
        )
        first: list[Piece] = [(" " + _("Agenda · {whose}").format(whose=whose), HEADING), (f"   {when}", DIM)]
        second: list[Piece] = []
        if self.asked.week is not None:
            last = self.asked.week + timedelta(days=WEEK_DAYS - 1)
            span = {"week": week(last), "first": short_date(self.asked.week), "last": format_date(last)}
            second.append((" " + _("Week {week}: {first}–{last}").format(**span), PLAIN))
            second.append((" · " + _("← → the week before or after"), DIM))
        if overdue := self._counts.get("overdue"):
            second.append((" " + _("{count} overdue").format(count=overdue), ALARM))
        if self.asked.week is None:
            second.append((" " + _("{count} today").format(count=self._counts.get("today", 0)), PLAIN))
        if file is not None:
            second += risk_pieces(self.case, file.values["risk_areas"], "   ")
        if count:
            second.append(("   " + n_("{count} signal now:", "{count} signals now:", count).format(count=count), ALARM))
            room = self.app.size.width - sum(cell_len(text) for text, _style in second)
            second += self._pressing(pressing, room, named=file is None)
        self.query_one("#agenda-head", Lines).show([first, second])

    def _pressing(self, lines: Sequence[SignalLine], room: int, *, named: bool) -> list[Piece]:
        """The first of what presses now, as many as there is room for."""
        pieces: list[Piece] = []
        for line in lines:
            who = f"{self.case.called(line.code, line.name)} " if named else ""
            told = [(BETWEEN if pieces else " ", DIM), (who, BOLD), (line.sign.short, BY_SEVERITY[line.sign.severity])]
            room -= sum(cell_len(text) for text, _style in told)
            if room < 0:
                break
            pieces += told
        return pieces

    def on_windowed_list_marked(self) -> None:
        row = self.moving.row
        self.query_one("#agenda-detail", Lines).show(detail_lines(self.case, row) if row is not None else [])
        self.draw_foot()

    # ------------------------------------------------------------------ what can be done

    @property
    def looked_at(self) -> int | None:
        return self.asked.participant

    @property
    def concerned(self) -> int | None:
        row = self.moving.row
        return self.asked.participant or (row.participant if row is not None else None)

    def why_not(self, action_id: str) -> str:
        row, name = self.moving.row, action_id.removeprefix("agenda.")
        if name in ("scope", "worker") and self.asked.participant is not None:
            return _("This is one participant's agenda.")
        if name in ("before", "after") and self.asked.week is None:
            return _("This is the list; v shows the week.")
        if name == "suggested" and self.concerned is None:
            return _("No participant is selected.")
        if name == "record" and self._just is not None:
            return ""
        if row is None:
            return _("Nothing is selected.") if name in ("record", "misplaced") else ""
        if name == "misplaced" and row.kind not in ("appointment", "after", "task"):
            return _("This stands elsewhere: open it with Enter.")
        if name in ("later", "earlier", "to_day", "week", "other") and row.kind not in ("appointment", "task"):
            return _("This date is not ours to set: open it with Enter.")
        if name == "done" and row.kind not in ("appointment", "task", "after"):
            return _("This is not ticked off here: open it with Enter.")
        if name == "edit" and row.kind not in FORMS:
            return _("This stands elsewhere: Enter goes there.")
        if name == "prepared" and row.kind != "appointment":
            return _("Only an appointment is prepared.")
        if name in ("participant", "record") and row.participant is None:
            return _("This is the team's own and concerns no participant.")
        return ""

    async def action_act(self, action_id: str) -> None:
        just, self._just = self._just, None
        if action_id == "agenda.record":
            self._just = just
        await super().action_act(action_id)

    # ------------------------------------------------------------------ with what is under the mark

    async def action_done(self) -> None:
        """A task is done, an appointment attended, an attended one gone through."""
        row, store = self.moving.marked, self.case.store
        if row.kind == "task":
            await store.change(tasks.finish, row.id, row.version)
            said = _("Done. u to undo.")
        elif row.kind == "after":
            await store.change(appointments.go_through, row.id, row.version)
            said = _("Gone through. u to undo.")
        else:
            await store.change(appointments.attend, row.id, row.version)
            self._just = row.id
            key = self.case.keymap.shown("agenda.record", self.SCOPE)
            said = _("Attended, which counts as contact. {key} records what happened; u to undo.").format(key=key)
        await self.refresh_case()
        self.say(said)

    async def action_later(self) -> None:
        """One day on."""
        await self._move(1)

    async def action_earlier(self) -> None:
        """One day back."""
        await self._move(-1)

    async def action_to_day(self) -> None:
        """To a day that is typed, at its own time of day unless another is."""
        row, clock = self.moving.marked, self.case.clock
        own = clock.local(row.at).time() if row.at else None

        def wanted(text: str) -> tuple[date, time | None]:
            day, at = day_and_clock(text, row.day, self.case.today)
            if own is not None and not clock.occurs(moment := datetime.combine(day, at or own)):
                raise DateError(passed_over(moment))
            return day, at

        def echo(answer: tuple[date, time | None]) -> str:
            day, at = answer
            shown = f" {at or own:%H:%M}" if own else ""
            return f"{weekday(day)} {format_date(day)}{shown}, {relative_days(day, self.case.today)}"

        hint = _("E.g. Friday, Friday 10, 14:30, +1w or 24.11.")
        question = _("Move it to which day?")
        answer = await self.ask(PromptScreen(self.case, question, wanted, hint=hint, echo=echo))
        if answer is None:
            return
        day, at = answer
        if row.kind == "task":
            await self.case.store.change(tasks.move_to, row.id, row.version, day)
        else:
            await self.case.store.change(appointments.move_to, row.id, row.version, day, at)
        await self._moved(row, day, at)

    async def action_week(self) -> None:
        """A week on."""
        await self._move(7)

    async def _move(self, days: int) -> None:
        row = self.moving.marked
        move = tasks.move if row.kind == "task" else appointments.move
        await self._moved(row, await self.case.store.change(move, row.id, row.version, days))

    async def _moved(self, row: AgendaItem, day: date, at: time | None = None) -> None:
        """Say where it is now, whether that time comes twice, and who has something else there; the mark goes along."""
        clock = self.case.clock
        moment = datetime.combine(day, at or clock.local(row.at).time()) if row.at else None
        again = twice(moment) if moment is not None and clock.occurs(moment) > 1 else ""
        found = await self.case.store.ask(clashes.of_one, row.id) if row.kind == "appointment" else []
        await self.refresh_case(row)
        said = _("Moved to {weekday} {date}. u to undo.").format(
            weekday=short_weekday(day), date=format_date(day)
        )  # fmt: skip
        more = [words for words in (again, told(self.case, found)) if words]
        self.say(" ".join([said, *more]), warn=bool(more))

    async def action_prepared(self) -> None:
        """Prepared, or not after all."""
        row = self.moving.marked
        await self.case.store.change(appointments.prepare, row.id, row.version, not row.prepared)
        await self.refresh_case()

    async def action_other(self) -> None:
        """Missed, cancelled or declined."""
        row, store = self.moving.marked, self.case.store
        said = _("Noted. u to undo.")
        if row.kind == "task":
            await store.change(tasks.decline, row.id, row.version)
            said = _("Declined. u to undo.")
        else:
            options = [
                Option("miss", _("Missed: the participant did not come"), "m"),
                Option("cancel", _("Cancelled"), "c"),
            ]
            if row.repeats:
                options.append(Option("series", _("Cancelled, and it repeats no more"), "s"))
            how = await choose(self, _("What became of it?"), options)
            if how is None:
                return
            if how == "miss":
                await store.change(appointments.miss, row.id, row.version)
            else:
                await store.change(appointments.cancel, row.id, row.version, series=how == "series")
        await self.refresh_case()
        self.say(said)

    async def action_record(self) -> None:
        """What happened at the appointment just attended or under the mark; else with the participant."""
        row, just = self.moving.row, self._just
        if just is not None:
            found = await self.case.store.ask(appointments.one, just)
            await self.open(ATTEND, found.participant, just)
        elif row is not None and row.participant is not None:
            if row.kind in ("appointment", "after"):
                await self.open(ATTEND, row.participant, row.id)
            else:
                await self.open(RECORD, row.participant)

    async def action_open(self) -> None:
        """Read what is under the mark, or go to where it stands."""
        row = self.moving.marked
        if row.kind in FORMS:
            await self.open(replace(FORMS[row.kind], reads=True), row.participant, row.id)
        elif row.participant is not None and row.kind == "consent":
            whom = row.with_whom, row.text
            await self.open(MARKED, CONSENTS, row.participant, lambda one: (one.agency, one.role) == whom)
        elif row.participant is not None:
            await self.open(PERSON, row.participant, "release_date")

    async def action_edit(self) -> None:
        """Change what is under the mark."""
        row = self.moving.marked
        if row.kind in FORMS:
            await self.open(FORMS[row.kind], row.participant, row.id)

    # ------------------------------------------------------------------ with the agenda

    async def came_back(self, route: Route[...], answer: object) -> None:
        await super().came_back(route, answer)
        kinds = {APPOINTMENT: ("appointment", "after"), TASK: ("task",)}.get(route, ())
        if kinds and isinstance(answer, int):
            await self.catch_up()
            await self.mark_saved(answer, lambda row, number: row.kind in kinds and row.id == number)

    async def action_add(self) -> None:
        """Make an appointment."""
        whom = await self._whom(_("An appointment for whom?"))
        if whom is not None:
            await self.open(APPOINTMENT, whom, None)

    async def action_task(self) -> None:
        """Set a task."""
        whom = await self._whom(_("A task for whom?"), Option("0", _("Nobody: the team's own")))
        if whom is not None:
            await self.open(TASK, whom, None)

    async def _whom(self, title: str, *more: Option) -> int | None:
        """The participant of this agenda, or one that is chosen; the mark begins at the one under the mark here."""
        if self.asked.participant is not None:
            return self.asked.participant
        answer = await choose_participant(self, title, *more, whose=self.asked.worker, marked=self.concerned)
        return int(answer) if answer else None

    async def action_misplaced(self) -> None:
        """What is under the mark was about somebody else."""
        row = self.moving.marked
        table = "task" if row.kind == "task" else "appointment"
        if told := await put_right(self, table, row.id, row.version, row.participant):
            await self.refresh_case()
            self.say(told)

    async def action_scope(self) -> None:
        """Between one's own agenda and the team's."""
        mine = self.case.store.actor.staff_id or None
        await self._ask_for(None if self.asked.worker == mine else mine)

    async def action_worker(self) -> None:
        """Choose whose agenda is shown."""
        if whose := await choose_whose(self, _("Whose agenda?"), self.asked.worker):
            await self._ask_for(*whose)

    async def _ask_for(self, worker: int | None) -> None:
        await self._show(replace(self.asked, worker=worker))

    async def _show(self, asked: AgendaQuery) -> None:
        """Show something else, from its first line on; of the week with today in it from today on."""
        self.asked = asked
        self.moving.mark = self.moving.top = 0
        await self.refresh_case()
        today = self.case.today.isoformat()
        if asked.week is not None and today in self._counts:
            self.moving.go(sum(count for day, count in self._counts.items() if day < today))

    async def action_view(self) -> None:
        """Between the list and the week."""
        today = self.case.today
        monday = today - timedelta(days=today.weekday()) if self.asked.week is None else None
        await self._show(replace(self.asked, week=monday))

    async def action_before(self) -> None:
        """The week before."""
        await self._turn(-WEEK_DAYS)

    async def action_after(self) -> None:
        """The week after."""
        await self._turn(WEEK_DAYS)

    async def _turn(self, days: int) -> None:
        assert self.asked.week is not None
        await self._show(replace(self.asked, week=self.asked.week + timedelta(days=days)))

    async def action_export(self) -> None:
        """Write what is to come as a calendar file."""
        await write_calendar(self, self.asked)

    def action_close(self) -> None:
        """Back to where this was opened from."""
        self.dismiss(None)


def of_team(case: Case) -> AgendaScreen:
    """The whole team's agenda, with the tasks that are about nobody."""
    screen = AgendaScreen(case)
    screen.asked = AgendaQuery()
    return screen


def near(case: Case, participant: int | None) -> AgendaScreen:
    """One's own agenda, with the mark on what a participant has today where that is anything, else on top."""
    screen = AgendaScreen(case)
    screen.near = participant
    return screen
