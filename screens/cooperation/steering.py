"""A meeting of a steering group: its agenda, made from the agreement, and what is decided on the proposals."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import groupby
from typing import ClassVar, Final

from msgspec import Struct
from textual.app import ComposeResult

from config.dates import format_date, short_weekday
from config.words import N_, _, n_
from models.cooperation import agenda, agreements
from models.cooperation.agenda import DECIDED, DUE, GROUPS, SteeringPoint
from models.cooperation.reading import AgreementFile, Prepared
from models.meetings import reading as meeting_reading
from models.meetings.reading import Item, Meeting
from models.storage.reading import Reading
from models.team import staff
from screens.cooperation.paper import SteeringAgendaScreen
from screens.forms.draft_keeper import DraftKind, declare, teams
from screens.forms.text_prompt import KeptText
from screens.frame.case import Case
from screens.frame.destinations import AGREEMENT
from screens.frame.moving import ListKeys
from screens.meetings.keys import MeetingKeys
from screens.meetings.list import meeting_again
from screens.meetings.spoken_lines import said_lines
from screens.widgets.columns import Cell, ColumnedList, told
from screens.widgets.line import ALARM, BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece, flat, wrapped
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

BELOW: Final = 8
SAID: Final = 3
DECISION: Final = declare(DraftKind("steering_decision", N_("Decision on a proposal"), meeting_again, teams))


class _SteeringRead(Struct, frozen=True):
    """Everything that is shown, read in one visit to the vault."""

    meeting: Meeting
    said: tuple[Item, ...]
    file: AgreementFile
    points: tuple[SteeringPoint, ...]
    initials: Mapping[int, str]


class SteeringList(ColumnedList[SteeringPoint]):
    """One line a point."""

    def __init__(self) -> None:
        super().__init__(empty=_("Nothing is on the agenda. n writes a note."))

    def alike(self, row: SteeringPoint, part: int) -> Hashable:
        return row.group

    def cells(self, row: SteeringPoint, part: int) -> Sequence[Cell]:
        end = row.proposal.decision if row.group == DECIDED and row.proposal else ""
        if row.proposal and not end:
            end = row.proposal.recommendation
        return [
            told(flat(row.text), WARN if row.group == DUE else PLAIN),
            Cell((flat(end), GOOD if row.group == DECIDED else DIM), least=20 if end else 0),
        ]


class SteeringScreen(ListKeys, MeetingKeys):
    """The result is the meeting."""

    SCOPE = "steering"
    HELP: ClassVar[str] = N_(
        "A meeting of a steering group. Its agenda is made from the agreement: the project group's proposals with what "
        "it recommends, what is due, and what has been done. d on a proposal writes what was decided; it stands on the "
        "proposal and in the minutes. Anything else is noted, decided and set as a task as in any meeting, and f "
        "finishes it."
    )
    moving: SteeringList

    def __init__(self, case: Case, meeting: int) -> None:
        super().__init__(case, meeting)
        self.moving = SteeringList()
        self._file: AgreementFile | None = None

    def body(self) -> ComposeResult:
        yield Lines(3, id="steering-head")
        yield self.moving
        yield Lines(BELOW, id="steering-below")

    async def on_mount(self) -> None:
        await self.read_again()
        self.set_focus(self.moving)

    def lay_out(self) -> None:
        self.call_after_refresh(self._draw_below)

    async def refresh_case(self) -> None:
        read = await self.case.store.ask(_load, self.meeting_id)
        self.meeting, self.said, self._file = read.meeting, read.said, read.file
        groups = [
            Group(group, _(GROUPS[group]), len(list(those)))
            for group, those in groupby(read.points, key=lambda point: point.group)
        ]
        await self.moving.show_rows(read.points, groups)
        self._draw_head(read)
        self._draw_below()
        self.draw_foot()

    def about(self) -> tuple[int | None, str]:
        return None, self._file.agreement.title if self._file else ""

    # ------------------------------------------------------------------ what is shown

    def _draw_head(self, read: _SteeringRead) -> None:
        day = f"{short_weekday(read.meeting.day)} {format_date(read.meeting.day)}"
        first: list[Piece] = [(" " + _("Steering group"), HEADING), (f" · {read.file.agreement.title}", BOLD)]
        first.append((f"  {day}", PLAIN))
        if read.meeting.closed:
            first.append(("   " + _("closed"), ALARM))
        there = " ".join(read.initials.get(each, "?") for each in read.meeting.present) or _("nobody noted")
        second: list[Piece] = [(" " + _("present:") + " ", DIM), (there, BOLD)]
        if guests := read.meeting.guests:
            second += [("   " + _("guests:") + " ", DIM), ("; ".join(guests), PLAIN)]
        written = n_("{count} line in the minutes", "{count} lines in the minutes", read.meeting.items)
        second.append(("   " + written.format(count=read.meeting.items), DIM))
        self.query_one("#steering-head", Lines).show([first, second])

    def on_windowed_list_marked(self) -> None:
        self._draw_below()
        self.draw_foot()

    def _draw_below(self) -> None:
        """All of the point under the mark, then what was written last."""
        row, room = self.moving.row, max(20, self.app.size.width - 2)
        lines: list[list[Piece]] = [[("─" * (room + 2), DIM)]]
        if row is not None:
            lines += [[(" " + line, BOLD)] for line in wrapped(row.text, room)[:2]]
            for text in _told(row.proposal) if row.proposal else ():
                lines += [[(" " + line, PLAIN)] for line in wrapped(text, room)[:2]]
        said = said_lines(self.case, self.said, None, room, most=SAID)
        self.query_one("#steering-below", Lines).show([*lines, *([(" ", PLAIN), *line] for line in said)][:BELOW])

    # ------------------------------------------------------------------ keys

    async def action_decide(self) -> None:
        """Write what was decided: on the proposal under the mark while it waits, else a decision of its own."""
        proposal = self.moving.row.proposal if self.moving.row is not None else None
        if proposal is None or proposal.decided is not None or self._minutes_closed:
            await super().action_decide()
            return
        version = proposal.version

        async def decide(text: str) -> str:
            await self.case.store.change(agreements.decide, proposal.id, version, text, self.meeting_id)
            return _("Decided; it stands on the proposal and in the minutes. u to undo.")

        question = _("Decision on: {proposal}").format(proposal=flat(proposal.text))
        line = KeptText(
            self.case, question, decide, DECISION.name, self.meeting_id, limit=agreements.TEXT_LIMIT,
            label=_("Decision"), beside={"proposal": str(proposal.id)},
        )  # fmt: skip
        if told := await self.ask(line):
            await self._received(told)

    async def action_open(self) -> None:
        """Open the agreement that the meeting is about."""
        if self._file is not None:
            await self.open(AGREEMENT, self._file.agreement.id)

    async def action_agenda(self) -> None:
        """Read the agenda as it is printed."""
        if self._file is not None:
            await self.app.push_screen(SteeringAgendaScreen(self.case, self._file.agreement.id))


def _told(proposal: Prepared) -> Sequence[str]:
    told = [_("Recommendation: {text}").format(text=proposal.recommendation or "–")]
    return [*told, _("Decision: {text}").format(text=proposal.decision)] if proposal.decision else told


def _load(reading: Reading, meeting: int) -> _SteeringRead:
    file, points = agenda.of_meeting(reading, meeting)
    return _SteeringRead(
        meeting=meeting_reading.one(reading, meeting),
        said=meeting_reading.items(reading, meeting),
        file=file,
        points=points,
        initials={one.id: one.initials for one in staff.team(reading, active_only=False)},
    )
