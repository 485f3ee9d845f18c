"""A participant's applications, the longest waiting on top, and how long the same agencies let the whole team wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Final

from textual.app import ComposeResult

from config.dates import days_told, format_date, short_date
from config.words import N_, _, n_
from models.participants import participants
from models.plans import applications
from models.plans.applications import Applied, Waiting
from screens.frame.case import Case
from screens.frame.chooser import choose, named
from screens.frame.dialog import AboutParticipant
from screens.frame.route import Route
from screens.widgets.columns import Cell, ColumnedList, told
from screens.widgets.line import ALARM, BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece, cut, flat, right
from screens.widgets.lines import Lines

TEAM_LINES: Final = 5
APPLICATION: Final = Route[int, int | None]("screens.plans.application_form", "ApplicationForm")
READ_APPLICATION: Final = Route[int, int]("screens.plans.application_form", "ApplicationForm", reads=True)


class ApplicationList(ColumnedList[Applied]):
    """One line an application."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("No application yet. n enters the first one."))
        self.case, self.about = case, ("", "")

    def cells(self, row: Applied, part: int) -> Sequence[Cell]:
        return [
            Cell(self._waits(row)),
            Cell((str(self.case.programme.agency(row.agency).name), BOLD), least=12),
            told(flat(self.case.said(row.about, *self.about)), least=16),
            Cell(*self._state(row)),
        ]

    def _waits(self, row: Applied) -> Piece:
        days = row.days_waiting(self.case.today)
        if days is None:
            return (right("–", 6) + " ", DIM)
        long = row.decided is None and days > self.case.programme.limits.application_days
        text = _("{count} d").format(count=days)
        return (right(text, 6) + ("!" if long else " "), DIM if row.decided else ALARM if long else PLAIN)

    def _state(self, row: Applied) -> list[Piece]:
        if row.decided:
            outcome = self.case.programme.choice("application_outcome", row.outcome).name if row.outcome else "–"
            pieces: list[Piece] = [(f"{outcome} {format_date(row.decided)}", GOOD)]
            if row.appeal_deadline:
                late = row.appeal_deadline < self.case.today
                text = "  " + _("appeal by {date}").format(date=short_date(row.appeal_deadline))
                pieces.append((text, DIM if late else WARN))
            return pieces
        if row.wants_complement:
            return [(_("more documents requested"), ALARM)]
        if row.sent:
            return [(_("sent {date}").format(date=format_date(row.sent)), DIM)]
        return [(_("not sent"), WARN)]


class ApplicationsScreen(AboutParticipant):
    """The result is the participant when something was changed here, else None."""

    moving: ApplicationList
    SCOPE = "applications"
    HELP: ClassVar[str] = N_(
        "The applications of one participant, the longest waiting first, with how many days each has waited from when "
        "it was sent. An exclamation mark stands where it is longer than the team's limit. Below stands how long each "
        "agency lets the whole team wait now."
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant)
        self.moving = ApplicationList(case)

    def body(self) -> ComposeResult:
        yield Lines(2, id="applications-head")
        yield self.moving
        yield Lines(TEAM_LINES, id="applications-team")

    async def refresh_case(self) -> None:
        file, found, waiting = await self.case.store.ask(
            lambda reading: (
                participants.file_of(reading, self.participant),
                applications.of(reading, self.participant),
                applications.by_agency(reading),
            )
        )
        self.moving.about = file.code, file.name
        await self.moving.show_rows(found)
        who = self.case.called(file.code, file.name)
        undecided = sum(one.sent is not None and one.decided is None for one in found)
        waits = n_("{count} waits for a decision", "{count} wait for a decision", undecided).format(count=undecided)
        head: list[Piece] = [(" " + _("Applications · {who}").format(who=who), HEADING), (f"   {waits}", PLAIN)]
        self.query_one("#applications-head", Lines).show([head])
        mine = {one.agency for one in found}
        ordered = sorted(waiting, key=lambda one: one.agency not in mine)
        self.query_one("#applications-team", Lines).show(self._team(ordered))
        self.draw_foot()

    def _team(self, waiting: Sequence[Waiting]) -> list[list[Piece]]:
        lines: list[list[Piece]] = [[(" " + _("What waits now, over the whole team"), HEADING)]]
        if not waiting:
            return [*lines, [(" " + _("Nothing waits for a decision."), DIM)]]
        for one in waiting[: TEAM_LINES - 1]:
            name = cut(str(self.case.programme.agency(one.agency).name), 24)
            text = _("{count} waiting, median {median}, longest {longest}").format(
                count=one.count, median=days_told(one.median), longest=days_told(one.longest)
            )
            lines.append([(f" {name} ", BOLD), (text, PLAIN)])
        return lines

    def why_not(self, action_id: str) -> str:
        row, name = self.moving.row, action_id.removeprefix("applications.")
        if row is None:
            return ""
        if name == "sent" and row.sent is not None:
            return _("It is sent already; Enter opens it to change the date.")
        if name in ("complement", "decided") and row.sent is None:
            return _("It is not sent yet.")
        if name in ("complement", "decided") and row.decided is not None:
            return _("It is decided already; Enter opens it.")
        if name == "complement" and row.complement_sent is not None:
            return _("The documents are sent already; Enter opens the application to record more.")
        return ""

    async def came_back(self, route: Route[...], answer: object) -> None:
        await super().came_back(route, answer)
        if isinstance(answer, int):
            await self._saved(answer)

    async def action_add(self) -> None:
        """Enter an application."""
        await self.open(APPLICATION, self.participant, None)

    async def action_read(self) -> None:
        """Read all of the application under the mark."""
        await self.open(READ_APPLICATION, self.participant, self.moving.marked.id)

    async def action_edit(self) -> None:
        """Change the application under the mark."""
        await self.open(APPLICATION, self.participant, self.moving.marked.id)

    async def action_sent(self) -> None:
        """It was sent today."""
        await self._note(self.moving.marked, _("Sent today. u to undo."), sent=self.case.today)

    async def action_complement(self) -> None:
        """A complement was asked for today, or sent today."""
        row, today = self.moving.marked, self.case.today
        if row.complement_asked is None:
            await self._note(row, _("More documents were requested today. u to undo."), complement_asked=today)
        else:
            await self._note(row, _("The documents were sent today. u to undo."), complement_sent=today)

    async def action_decided(self) -> None:
        """It was decided today; the outcome is chosen."""
        row, outcomes = self.moving.marked, self.case.programme.choices["application_outcome"]
        options = named(outcomes)
        outcome = await choose(self, _("Decided today. What was the outcome?"), options)
        if outcome is not None:
            await self._note(row, _("Decided. u to undo."), decided=self.case.today, outcome=outcome)

    async def _note(self, row: Applied, said: str, **changes: date | str) -> None:
        await self.case.store.change(applications.change, row.id, row.version, changes)
        self._touched = True
        await self.refresh_case()
        self.say(said)
