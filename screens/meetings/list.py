"""The meetings: those that are open on top, then what was closed; of the team, or of one participant's support team."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult

from config.dates import format_date, short_weekday
from config.words import N_, _, n_
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.meetings.reading import DAILY, KINDS, MONTHLY, SUPPORT, Meeting
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.storage.drafts import KeptForm
from models.storage.reading import Reading
from screens.forms.draft_keeper import Whose
from screens.frame.case import Case
from screens.frame.chooser import Option, choose
from screens.frame.destinations import MEETING
from screens.frame.moving import ListKeys
from screens.frame.screen import CaseScreen
from screens.widgets.line import BOLD, DIM, GOOD, HEADING, PLAIN, Piece, cut
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group, WindowedList


class MeetingList(WindowedList[Meeting]):
    """One line a meeting."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("No meeting yet. n opens one."))
        self.case = case

    def draw_row(self, row: Meeting, width: int, part: int) -> Sequence[Piece]:
        kind = str(self.case.programme.choice("meeting_kind", row.kind).name)
        who = self.case.called(row.code, row.name) if row.participant is not None else ""
        written = n_("{count} line", "{count} lines", row.items).format(count=row.items)
        state = (row.closed_by or "–") if row.closed else _("open")
        return [
            (f"{short_weekday(row.day)} {format_date(row.day)}  ", PLAIN),
            (cut(kind, 16) + " ", BOLD),
            (cut(who, max(16, width - 66)) + " ", PLAIN),
            (cut(written, 11) + " ", DIM),
            (state, DIM if row.closed else GOOD),
        ]


class MeetingsScreen(ListKeys, CaseScreen[int]):
    """`participant` None is the team's; the result is a meeting that was in, None when nothing was opened."""

    SCOPE = "meetings"
    HELP: ClassVar[str] = N_(
        "The team's meetings with their minutes: the daily stand-up, the weekly and the monthly, and the support teams "
        "of participants. One that somebody has opened today is joined, so that everybody writes the same minutes. A "
        "support team is opened from its participant."
    )

    def __init__(self, case: Case, participant: int | None = None) -> None:
        super().__init__(case)
        self.participant = participant
        self.kind = SUPPORT if participant is not None else ""
        self.moving = MeetingList(case)
        self._file: ParticipantFile | None = None
        self._open: list[Meeting] = []
        self._touched: int | None = None

    def body(self) -> ComposeResult:
        yield Lines(2, id="meetings-head")
        yield self.moving

    async def on_mount(self) -> None:
        await self.refresh_case()
        self.set_focus(self.moving)

    async def refresh_case(self) -> None:
        self._file, self._open, closed = await self.case.store.ask(_overview, self.kind, self.participant)
        groups = [Group("open", _("Open"), len(self._open)), Group("closed", _("Closed"), closed)]
        await self.moving.show([group for group in groups if group.count], self._fetch)
        if self._file is not None:
            title = _("Support team · {who}").format(who=self.case.called(self._file.code, self._file.name))
        else:
            title = _("Meetings")
        kind = str(self.case.programme.choice("meeting_kind", self.kind).name) if self.kind else _("all kinds")
        beside: list[Piece] = [] if self._file is not None else [("   " + kind, PLAIN)]
        self.query_one("#meetings-head", Lines).show([[(" " + title, HEADING), *beside]])
        self.draw_foot()

    async def _fetch(self, offset: int, limit: int) -> Sequence[Meeting]:
        there = self._open[offset : offset + limit]
        rest = limit - len(there)
        if not rest:
            return there
        after = max(0, offset - len(self._open))
        return [*there, *await self.case.store.ask(meeting_reading.closed, self.kind, self.participant, after, rest)]

    def on_windowed_list_marked(self) -> None:
        self.draw_foot()

    def why_not(self, action_id: str) -> str:
        name, row = action_id.partition(".")[2], self.moving.row
        if name == "discard" and row is not None and (row.closed or row.items):
            return _("Only a meeting in which nothing was written can be taken away.")
        if action_id == "meetings.kind" and self.participant is not None:
            return _("Here are the meetings of one participant's support team.")
        return ""

    async def action_add(self) -> None:
        """Open a meeting, or join the one of today."""
        if self.participant is not None:
            await self._hold(SUPPORT)
            return
        name = self.case.programme.choice
        options = [
            Option(kind, str(name("meeting_kind", kind).name), str(number))
            for number, kind in enumerate((kind for kind in KINDS if kind != SUPPORT), 1)
        ]
        if kind := await choose(self, _("Which meeting?"), options):
            await self._hold(kind)

    async def _hold(self, kind: str) -> None:
        number = await self.case.store.change(meetings.open_, kind, self.participant)
        self._touched = number
        await self.open(MEETING, number)

    async def action_open(self) -> None:
        """Go into an open meeting, or read the minutes of a closed one."""
        row = self.moving.row
        if row is None:
            return
        if not row.closed and row.day == self.case.today and self.case.store.actor.may_write:
            await self.case.store.change(meetings.open_, row.kind, row.participant)
        self._touched = row.id
        await self.open(MEETING, row.id)

    async def action_read(self) -> None:
        """Read the minutes as they stand."""
        from screens.meetings.minutes import MinutesScreen

        row = self.moving.row
        if row is not None:
            await self.app.push_screen(MinutesScreen(self.case, row.id))

    async def action_kind(self) -> None:
        """Show meetings of one kind only, or of all kinds."""
        options = [Option("", _("All kinds"), "0")]
        options += [
            Option(kind, str(self.case.programme.choice("meeting_kind", kind).name), str(number))
            for number, kind in enumerate(KINDS, 1)
        ]
        kind = await choose(self, _("Which meetings?"), options, chosen=self.kind)
        if kind is not None:
            self.kind = kind
            await self.refresh_case()

    async def action_discard(self) -> None:
        """Take away a meeting that was opened by mistake."""
        row = self.moving.row
        if row is not None:
            await self.case.store.change(meetings.discard, row.id, row.version)
            await self.refresh_case()
            self.say(_("Taken away; u brings it back."))

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(self._touched)


async def screen_of(case: Case, meeting: int) -> CaseScreen[int] | CaseScreen[None]:
    """The screen for a meeting: its minutes when it is closed, the stand-up, or the points of any other."""
    found = await case.store.ask(meeting_reading.one, meeting)
    if found.closed:
        from screens.meetings.minutes import MinutesScreen

        return MinutesScreen(case, meeting)
    if found.kind == DAILY:
        from screens.meetings.standup import StandupScreen

        return StandupScreen(case, meeting)
    if found.kind == MONTHLY:
        from screens.meetings.monthly import MonthlyScreen

        return MonthlyScreen(case, meeting)
    from screens.meetings.screen import MeetingScreen

    return MeetingScreen(case, meeting)


async def meeting_again(case: Case, whom: Whose, kept: KeptForm) -> CaseScreen[int] | CaseScreen[None]:
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
