"""What was handed over: first what was handed to oneself and is not read, then the team's latest; and the brief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult

from config.dates import format_date
from config.words import N_, _, n_
from models.hand_overs import hand_overs
from models.hand_overs.brief import Brief, brief
from models.hand_overs.hand_overs import HandOver
from models.paper import hand_over_brief as paper
from models.paper.document import Document
from models.storage.reading import Reading
from models.team import staff
from screens.frame.case import Case
from screens.frame.chooser import Option, choose
from screens.frame.destinations import PARTICIPANT
from screens.frame.dialog import ChangedList
from screens.frame.route import Route
from screens.frame.screen import CaseScreen
from screens.paper.document import DocumentScreen
from screens.team.hand_over_form import CaseloadForm, HandOverForm
from screens.widgets.columns import Cell, ColumnedList, told
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, WARN, flat
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

LATEST = 60


class HandOverList(ColumnedList[HandOver]):
    """One line a hand-over: who was handed over, when, from whom to whom, whether it was read."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Nothing has been handed over. n hands over a whole caseload."))
        self.case = case

    def cells(self, row: HandOver, part: int) -> Sequence[Cell]:
        people = f"{row.from_name or '–'} → {row.to_name}"
        read = _("read") if row.read_at is not None else _("not read")
        return [
            Cell((self.case.called(row.code, row.participant_name), BOLD), least=12),
            Cell((format_date(row.day), PLAIN)),
            Cell((people, PLAIN), least=20),
            Cell((read, DIM if row.read_at is not None else WARN)),
            told("" if self.case.private else flat(row.note), DIM, least=10),
        ]


class HandOversScreen(ChangedList):
    """What is to be read first, then the latest; from here briefs are read and a whole caseload is handed over."""

    SCOPE = "hand_overs"
    HELP: ClassVar[str] = N_(
        "On top stand the participants who were handed to you and whose brief you have not noted as read; below them "
        "the latest hand-overs of the team. Enter opens the brief of everything that is known and agreed."
    )
    OPENS_OF: ClassVar[Mapping[str, Route[int]]] = {"hand_overs.participant": PARTICIPANT}

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.moving = HandOverList(case)

    def body(self) -> ComposeResult:
        yield Lines(2, id="hand-overs-head")
        yield self.moving

    async def refresh_case(self) -> None:
        mine, others = await self.case.store.ask(_listed)
        groups = [
            Group("mine", _("Handed to you, not read") if mine else "", len(mine)),
            Group("latest", _("Latest in the team") if others else "", len(others)),
        ]
        await self.moving.show_rows((*mine, *others), groups)
        count = n_("{count} to read", "{count} to read", len(mine)).format(count=len(mine))
        style = WARN if mine else DIM
        self.query_one("#hand-overs-head", Lines).show([[(" " + _("Hand-overs"), HEADING), ("  " + count, style)]])
        self.draw_foot()

    @property
    def concerned(self) -> int | None:
        row = self.moving.row
        return row.participant if row else None

    async def action_open(self) -> None:
        """Read the brief."""
        await self.app.push_screen(HandOverBriefScreen(self.case, self.moving.marked.participant))

    async def action_caseload(self) -> None:
        """Choose whose caseload is handed over."""
        team = await self.case.store.ask(staff.team, active_only=False)
        carried = await self.case.store.ask(_carried)
        options = [Option(str(one.id), one.name, hint=str(carried[one.id])) for one in team if carried.get(one.id)]
        row = self.moving.row
        marked = row.from_staff if row is not None else self.case.store.actor.staff_id
        whose = await choose(self, _("Whose caseload is handed over?"), options, chosen=str(marked or ""))
        if whose is None:
            return
        form = CaseloadForm(self.case, int(whose))
        if count := await self.ask(form):
            await self._changed()
            self.say(form.told(count))


class HandOverBriefScreen(DocumentScreen):
    """The brief of one participant; whoever took over notes it as read."""

    SCOPE = "hand_over_brief"
    HELP: ClassVar[str] = N_(
        "Everything that whoever takes over must know: the note, risk areas, signals, what is agreed and due, "
        "consents, people around, goals, and the latest of what happened. Noting it as read takes it from your list; "
        "it can be opened again at any time."
    )
    OPENS_OF: ClassVar[Mapping[str, Route[int]]] = {"hand_over_brief.participant": PARTICIPANT}

    brief: Brief

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case)
        self.participant = participant

    @property
    def concerned(self) -> int:
        return self.participant

    async def read(self) -> Document:
        self.brief, document = await self.case.store.ask(_made, self.participant)
        return document

    async def to_print(self) -> Document:
        # Exactly what was read before it was asked where to write it.
        return self.document or await self.read()

    def called(self) -> tuple[str, str]:
        file, handed = self.brief.file, self.brief.handed
        state = _("read") if handed and handed.read_at else _("not read") if handed else ""
        return _("Brief · {who}").format(who=self.case.called(file.code, file.name)), state

    def veiled(self) -> str:
        return _("Names are hidden; the brief shows them.") if self.case.private else ""

    def stem(self, document: Document) -> str:
        return f"{document.file}-{self.brief.file.code}"

    def trace(self) -> str:
        return f"paper.write hand_over_brief {self.brief.file.code}"

    @property
    def _mine(self) -> HandOver | None:
        """The hand-over that is this person's to note as read."""
        # What could not be read, such as of somebody hidden, is nobody's to note.
        handed = self.brief.handed if self.document else None
        mine = handed and handed.to_staff == self.case.store.actor.staff_id and handed.read_at is None
        return handed if mine else None

    def why_not(self, action_id: str) -> str:
        if action_id == "hand_over_brief.read" and self._mine is None:
            return _("Only whoever takes over notes it as read, once.")
        return ""

    async def action_read(self) -> None:
        """Note that it was read, and close."""
        if handed := self._mine:
            await self.case.store.change(hand_overs.mark_read, handed.id, handed.version)
            self.dismiss(None)

    async def action_hand_over(self) -> None:
        """Hand the participant over."""
        if await self.ask(HandOverForm(self.case, self.participant)) is not None:
            await self.catch_up()
            self.say(_("Saved."))


async def screen_for(case: Case, participant: int) -> CaseScreen[Any]:
    """The brief where the participant was handed to this person and it is not read, else the form that hands over."""
    unread = await case.store.ask(hand_overs.unread)
    if any(one.participant == participant for one in unread):
        return HandOverBriefScreen(case, participant)
    return HandOverForm(case, participant)


def _listed(reading: Reading) -> tuple[Sequence[HandOver], Sequence[HandOver]]:
    mine = hand_overs.unread(reading)
    shown = {one.id for one in mine}
    return mine, [one for one in hand_overs.latest(reading, LATEST) if one.id not in shown]


def _carried(reading: Reading) -> dict[int, int]:
    return dict(reading.sql("SELECT worker, count(*) FROM card WHERE phase > 0 AND worker IS NOT NULL GROUP BY worker"))


def _made(reading: Reading, participant: int) -> tuple[Brief, Document]:
    found = brief(reading, participant)
    return found, paper.document(reading, found)
