"""Who has looked at one participant's file: day by day, who, when, how and in what relation; and the paper of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult

from config.dates import format_date, short_weekday
from config.words import N_, _, n_
from models.access import visits
from models.access.visits import KINDS, OTHER, RELATIONS, Visit
from models.paper import visits as paper
from models.paper.document import Document
from models.participants import participants
from models.participants.participants import ParticipantFile
from screens.frame.case import Case
from screens.frame.dialog import ListScreen
from screens.paper.document import DocumentScreen
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, WARN, Piece
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group


class VisitsScreen(ListScreen[None]):
    """The access log of one participant; it tells nothing of the file, so looking at it is no look at the file."""

    SCOPE = "visits"
    HELP: ClassVar[str] = N_(
        "Who has looked at the participant's file, day by day: when, how, and how the colleague had to do with the "
        "participant. Who comes back within half an hour stands there once; each print and each export stands for "
        "itself. What was read is not noted. The participant has a right to know this: z prints it in plain words."
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case)
        self.participant = participant
        self.moving: ColumnedList[Visit] = ColumnedList(self._cells_of_visit)
        self.moving.empty = _("Nobody has looked at the file yet.")

    def body(self) -> ComposeResult:
        yield Lines(2, id="visits-head")
        yield self.moving

    @property
    def looked_at(self) -> None:
        return None

    async def refresh_case(self) -> None:
        store, whose = self.case.store, self.participant
        # What this session has seen itself is in it.
        await store.write_looks()
        file, days = await store.ask(
            lambda reading: (participants.file_of(reading, whose), visits.days(reading, whose))
        )
        groups = [Group(str(day), f"{short_weekday(day)} {format_date(day)}", count) for day, count in days]
        await self.moving.show(groups, lambda offset, limit: store.ask(visits.of, whose, offset, limit))
        count = sum(count for _day, count in days)
        who = self.case.called(file.code, file.name)
        told = n_("{count} time", "{count} times", count).format(count=count)
        title: list[Piece] = [(" " + _("Access log · {who}").format(who=who), HEADING), (f"  {told}", DIM)]
        self.query_one("#visits-head", Lines).show([title])
        self.draw_foot()

    def _cells_of_visit(self, row: Visit, part: int) -> Sequence[Cell]:
        return [
            Cell((f" {self.case.clock.local(row.at):%H:%M} ", PLAIN)),
            Cell((row.name or _("The recovery key"), BOLD), least=16),
            Cell((_(KINDS.get(row.kind, row.kind)), PLAIN), least=12),
            Cell((_(RELATIONS.get(row.relation, row.relation)), WARN if row.relation == OTHER else DIM)),
        ]

    async def action_paper(self) -> None:
        """Read it as it is printed."""
        await self.app.push_screen(VisitsPaperScreen(self.case, self.participant))


class VisitsPaperScreen(DocumentScreen):
    """The log as the participant gets it."""

    HELP: ClassVar[str] = N_(
        "Who has looked at the file, in plain words, for the participant. Writing it makes a PDF file where you "
        "say; that file is not encrypted, so print it and delete it. The audit keeps that it was written."
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case)
        self.participant = participant
        self._file: ParticipantFile | None = None

    @property
    def looked_at(self) -> None:
        return None

    async def read(self) -> Document:
        whose = self.participant
        self._file, document = await self.case.store.ask(
            lambda reading: (participants.file_of(reading, whose), paper.sheet(reading, whose))
        )
        return document

    async def to_print(self) -> Document:
        # Exactly what was read before it was asked where to write it.
        return self.document or await self.read()

    def called(self) -> tuple[str, str]:
        who = self.case.called(self._file.code, self._file.name) if self._file else ""
        return _("Access log · {who}").format(who=who), ""

    def veiled(self) -> str:
        return _("Names are hidden; the paper shows them.") if self.case.private else ""

    def stem(self, document: Document) -> str:
        return f"{document.file}-{self._file.code if self._file else ''}"

    def trace(self) -> str:
        return f"paper.write visits {self._file.code if self._file else ''}"
