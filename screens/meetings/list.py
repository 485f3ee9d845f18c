"""The meetings: those that are open on top, then what was closed; of the team, or of one participant's support team."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from textual.app import ComposeResult
from textual.screen import Screen

from config.dates import format_date, short_weekday
from config.words import N_, _, n_
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.meetings.reading import DAILY, KINDS, MONTHLY, OPENED_ELSEWHERE, STEERING, SUPPORT, WEEKLY, Meeting
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.storage.drafts import KeptForm
from models.storage.reading import Reading
from screens.forms.draft_keeper import Whose
from screens.frame.case import Case
from screens.frame.chooser import Option, choose
from screens.frame.destinations import MEETING
from screens.frame.dialog import ChangedList
from screens.frame.route import Route
from screens.meetings.line import kind_name, kind_options
from screens.meetings.minutes import MinutesScreen, opened_again
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.line import BOLD, DIM, GOOD, HEADING, PLAIN
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

POINTS: Final = Route[int]("screens.meetings.screen", "MeetingScreen")
OF_KIND: Final = {
    DAILY: Route[int]("screens.meetings.standup", "StandupScreen"),
    WEEKLY: POINTS,
    MONTHLY: Route[int]("screens.meetings.monthly", "MonthlyScreen"),
    SUPPORT: POINTS,
    STEERING: Route[int]("screens.cooperation.steering", "SteeringScreen"),
}


class MeetingList(ColumnedList[Meeting]):
    """One line a meeting."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("No meeting yet. n opens one."))
        self.case = case

    def cells(self, row: Meeting, part: int) -> Sequence[Cell]:
        who = self.case.called(row.code, row.name) if row.participant is not None else ""
        written = n_("{count} line", "{count} lines", row.items).format(count=row.items)
        state = (row.closed_by or "–") if row.closed else _("open")
        return [
            Cell((f"{short_weekday(row.day)} {format_date(row.day)} ", PLAIN)),
            Cell((kind_name(self.case, row.kind), BOLD), least=12),
            Cell((who, PLAIN), least=12),
            Cell((written, DIM)),
            Cell((state, DIM if row.closed else GOOD), least=12),
        ]


class MeetingsScreen(ChangedList):
    """`participant` None is the team's; the result is a meeting that was in, None when nothing was opened."""

    SCOPE = "meetings"
    HELP: ClassVar[str] = N_(
        "The team's meetings with their minutes: the daily stand-up, the weekly and the monthly, and the support teams "
        "of participants. One that somebody has opened today is joined, so that everybody writes the same minutes. A "
        "support team is opened from its participant, a steering group from its agreement. A meeting that was closed "
        "by mistake is opened again by a team leader on the same day."
    )

    def __init__(self, case: Case, participant: int | None = None) -> None:
        super().__init__(case)
        self.participant = participant
        self.kind = SUPPORT if participant is not None else ""
        self.moving = MeetingList(case)
        self._file: ParticipantFile | None = None
        self._open: list[Meeting] = []
        self._was_in: int | None = None

    def body(self) -> ComposeResult:
        yield Lines(2, id="meetings-head")
        yield self.moving

    async def refresh_case(self) -> None:
        self._file, self._open, closed = await self.case.store.ask(_overview, self.kind, self.participant)
        groups = [Group("open", _("Open"), len(self._open)), Group("closed", _("Closed"), closed)]
        await self.moving.show([group for group in groups if group.count], self._fetch)
        if self._file is not None:
            who = self.case.called(self._file.code, self._file.name)
            head = [(" " + _("Support team · {who}").format(who=who), HEADING)]
        else:
            kind = kind_name(self.case, self.kind) if self.kind else _("all kinds")
            head = [(" " + _("Meetings"), HEADING), ("   " + kind, PLAIN)]
        self.query_one("#meetings-head", Lines).show([head])
        self.draw_foot()

    async def _fetch(self, offset: int, limit: int) -> Sequence[Meeting]:
        there = self._open[offset : offset + limit]
        rest = limit - len(there)
        if not rest:
            return there
        after = max(0, offset - len(self._open))
        return [*there, *await self.case.store.ask(meeting_reading.closed, self.kind, self.participant, after, rest)]

    def why_not(self, action_id: str) -> str:
        row = self.moving.row
        if action_id == "meetings.discard" and row is not None and (row.closed or row.items):
            return _("Only a meeting in which nothing was written can be taken away.")
        if action_id == "meetings.reopen" and row is not None and not row.closed:
            return _("This meeting is open already.")
        if action_id == "meetings.kind" and self.participant is not None:
            return _("Here are the meetings of one participant's support team.")
        return ""

    async def action_add(self) -> None:
        """Open a meeting, or join the one of today."""
        kind: str | None = SUPPORT
        if self.participant is None:
            options = kind_options(self.case, (kind for kind in KINDS if kind not in OPENED_ELSEWHERE))
            kind = await choose(self, _("Which meeting?"), options)
        if kind is not None:
            self._was_in = await self.case.store.change(meetings.open_, kind, self.participant)
            await self.open(MEETING, self._was_in)

    async def action_open(self) -> None:
        """Go into an open meeting, or read the minutes of a closed one."""
        row = self.moving.marked
        if not row.closed and row.day == self.case.today and self.case.store.actor.may_write:
            await self.case.store.change(meetings.attend, row.id, self.case.store.actor.staff_id, True)
        self._was_in = row.id
        await self.open(MEETING, row.id)

    async def action_read(self) -> None:
        """Read the minutes as they stand."""
        await self.app.push_screen(MinutesScreen(self.case, self.moving.marked.id))

    async def action_kind(self) -> None:
        """Show meetings of one kind only, or of all kinds."""
        options = [Option("", _("All kinds"), "0"), *kind_options(self.case, KINDS)]
        kind = await choose(self, _("Which meetings?"), options, chosen=self.kind)
        if kind is not None:
            self.kind = kind
            await self.refresh_case()

    async def action_discard(self) -> None:
        """Take away a meeting that was opened by mistake."""
        await self.case.store.change(meetings.discard, self.moving.marked.id, self.moving.marked.version)
        await self.catch_up()
        self.say(_("Taken away; u to undo."))

    async def action_reopen(self) -> None:
        """Open a meeting again that was closed by mistake."""
        row = self.moving.marked
        if await opened_again(self, row):
            await self.mark_saved(row.id)
            self.say(_("Open again; it stands on top of the meetings, and everybody can write in it."))

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(self._was_in)


async def screen_of(case: Case, meeting: int) -> Screen[Any]:
    """The screen for a meeting: its minutes when it is closed, the stand-up, or the points of any other."""
    found = await case.store.ask(meeting_reading.one, meeting)
    return MinutesScreen(case, meeting) if found.closed else await OF_KIND[found.kind](case, meeting)


async def meeting_again(case: Case, whom: Whose, kept: KeptForm) -> Screen[Any]:
    """The meeting that a half-written line was about."""
    return await screen_of(case, kept.subject)


def _overview(
    reading: Reading, kind: str, participant: int | None
) -> tuple[ParticipantFile | None, list[Meeting], int]:
    return (
        None if participant is None else participants.file_of(reading, participant),
        meeting_reading.open_now(reading, kind, participant),
        meeting_reading.how_many_closed(reading, kind, participant),
    )
