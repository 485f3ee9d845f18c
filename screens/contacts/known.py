"""Who around one participant was told of whom: when, by whom and on what; above each, whom they do not know of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult

from config.dates import format_date
from config.programme.shapes import Programme
from config.words import N_, _
from models.consents.disclosures import ground_name
from models.contacts import known
from models.contacts.known import Gap, Knower, Told
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.storage.reading import Reading
from screens.contacts.telling import ToldForm, tell_each_other, told
from screens.forms.line_fields import HIDDEN
from screens.frame.case import Case
from screens.frame.dialog import AboutParticipant
from screens.participant.wrong_person import put_right
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.line import BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece, wrapped
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

BELOW = 3


def gaps_told(programme: Programme, gaps: Sequence[Gap]) -> list[str]:
    """A sentence for each agency that does not know of others."""
    return [
        _("{agency} does not know of {others}.").format(
            agency=programme.agency(gap.agency).name, others=", ".join(str(programme.agency(id).name) for id in gap.of)
        )
        for gap in gaps
    ]


class KnownList(ColumnedList[Told]):
    """One line a person somebody was told of, under whoever was told."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Nobody has a part here yet."))
        self.case = case
        self.people: dict[str, Knower] = {}
        self.whose = ("", "")

    def cells(self, row: Told, part: int) -> Sequence[Cell]:
        name = HIDDEN if self.case.private else row.of_name
        ground = self.case.said(ground_name(self.case.programme, row.ground), *self.whose)
        rests = _("on a consent") if row.consent else ground
        return [
            Cell(("   " + name, BOLD), least=18),
            Cell((str(self.case.programme.agency(row.of_agency).name), PLAIN), least=10),
            Cell((_("told {date}").format(date=format_date(row.day)), PLAIN)),
            Cell((row.by, DIM), least=8),
            Cell((rests, GOOD if row.consent else WARN), least=14),
        ]

    def draw_heading(self, group: Group, width: int) -> Sequence[Piece]:
        of = self.people[group.key]
        name = HIDDEN if self.case.private else of.name
        pieces: list[Piece] = [(f"{name}, {self.case.programme.agency(of.agency).name}", HEADING)]
        if not of.around:
            return [*pieces, ("  " + _("has no part any more"), DIM)]
        if not of.unknown:
            return [*pieces, ("  " + _("knows of everybody"), GOOD)]
        programme = self.case.programme
        agencies = dict.fromkeys(str(programme.agency(one.agency).name) for one in of.unknown)
        names = agencies if self.case.private else [one.name for one in of.unknown]
        return [*pieces, ("  " + _("does not know of {names}").format(names=", ".join(names)), WARN)]


class KnownScreen(AboutParticipant):
    """The result is the participant when something was changed here, else None."""

    moving: KnownList
    SCOPE = "known"
    HELP: ClassVar[str] = N_(
        "Who around the participant was told of whom, when, by whom, and on which consent or ground. Above each stands "
        "whom they do not know of; colleagues of one agency are not missed. r notes that everybody knows of each other "
        "from today."
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant)
        self.moving = KnownList(case)

    def body(self) -> ComposeResult:
        yield Lines(1, id="known-head")
        yield self.moving
        yield Lines(BELOW, id="known-gaps")

    async def refresh_case(self) -> None:
        file, people, gaps = await self.case.store.ask(_load, self.participant)
        self.moving.whose = file.code, file.name
        self.moving.people = {str(one.contact): one for one in people}
        groups = [Group(str(one.contact), one.name, len(one.told)) for one in people]
        rows = [row for one in people for row in one.told]
        await self.moving.show_rows(rows, groups)
        who = self.case.called(file.code, file.name)
        self.query_one("#known-head", Lines).show([[(" " + _("Who knows whom · {who}").format(who=who), HEADING)]])
        text = " ".join(gaps_told(self.case.programme, gaps)) or _("Every agency knows of the others.")
        lines = wrapped(text, max(20, self.app.size.width - 2), BELOW)
        self.query_one("#known-gaps", Lines).show([[(" " + line, WARN if gaps else GOOD)] for line in lines])
        self.draw_foot()

    async def action_tell(self) -> None:
        """Note that everybody around knows of each other from today."""
        whom = await self.case.store.ask(known.around, [self.participant])
        if count := await tell_each_other(self, whom):
            await self._changed()
            self.say(told(count))

    def _form(self) -> ToldForm:
        return ToldForm(self.case, self.participant, {}, self.moving.marked.id)

    async def action_read(self) -> None:
        """Read who was told, and on what."""
        await self.app.push_screen(self._form().to_read(), self._saved)

    async def action_edit(self) -> None:
        """Change the day or the ground of what is under the mark."""
        await self.app.push_screen(self._form(), self._saved)

    async def action_misplaced(self) -> None:
        """What is under the mark was noted by mistake."""
        row = self.moving.marked
        if done := await put_right(self, "told_of", row.id, row.version, self.participant):
            await self._changed()
            self.say(done)


def _load(reading: Reading, participant: int) -> tuple[ParticipantFile, tuple[Knower, ...], tuple[Gap, ...]]:
    return (
        participants.file_of(reading, participant),
        known.knowers(reading, participant),
        known.gaps(reading, [participant])[participant],
    )
