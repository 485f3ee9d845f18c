"""One agreement between agencies as a page in sections: what it says, who stands behind it, what is due and decided."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import groupby
from typing import ClassVar, Final

from textual.app import ComposeResult

from config.words import N_, _
from models.cooperation import agreements, reading, signs
from models.cooperation.reading import PARTY, AgreementFile, Held
from models.signals.sign import Sign
from models.storage.reading import Reading
from screens.cooperation.forms import AgreementForm, PartForm
from screens.cooperation.list import in_force
from screens.cooperation.paper import AgreementPaperScreen, SteeringAgendaScreen
from screens.cooperation.rows import DUE, HEADINGS, KIND_OF, SAYS, AgreementRow, rows
from screens.forms.reading import ReadableForm
from screens.frame.case import Case
from screens.frame.chooser import Option, agreed, choose
from screens.frame.destinations import MEETING
from screens.frame.dialog import ChangedList
from screens.widgets.columns import Cell, ColumnedList, told
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, WARN, Piece, flat, wrapped
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

BELOW: Final = 5


class SectionList(ColumnedList[AgreementRow]):
    """The lines of each section in columns of their own."""

    def alike(self, row: AgreementRow, part: int) -> Hashable:
        return row.section

    def draw_heading(self, group: Group, width: int) -> Sequence[Piece]:
        """Without a number: an empty section has a line, too."""
        return [(group.heading, HEADING)]

    def cells(self, row: AgreementRow, part: int) -> Sequence[Cell]:
        style = WARN if row.section == DUE else DIM if row.is_empty else PLAIN
        return [
            Cell((row.label, DIM), least=12),
            told(flat(row.text), style),
            Cell((row.end, WARN if row.warns else DIM), least=12),
        ]


class AgreementScreen(ChangedList):
    """The result is 1 when something was changed."""

    SCOPE = "agreement"
    HELP: ClassVar[str] = N_(
        "An agreement between agencies. On top is what is due. Parties stand where the agreement names them: in the "
        "title, as a party, by the signature; where these differ it is said. The project group's proposals are decided "
        "in a meeting of the steering group, or the decision is written on the proposal. n adds to the part that is "
        "selected, e corrects the line, M opens a meeting of the steering group, which writes minutes like any other."
    )
    moving: SectionList

    def __init__(self, case: Case, agreement: int) -> None:
        super().__init__(case)
        self.agreement = agreement
        self.moving = SectionList()

    def body(self) -> ComposeResult:
        yield Lines(2, id="agreement-head")
        yield self.moving
        yield Lines(BELOW, id="agreement-below")

    async def refresh_case(self) -> None:
        found, due = await self.case.store.ask(_load, self.agreement)
        lines = list(rows(self.case, found, due))
        groups = [
            Group(section, _(HEADINGS[section]), len(list(those)))
            for section, those in groupby(lines, key=lambda row: row.section)
        ]
        await self.moving.show_rows(lines, groups)
        one = found.agreement
        self.query_one("#agreement-head", Lines).show([[(f" {one.title}", HEADING), (f"   {in_force(one)}", PLAIN)]])
        self._draw_below()
        self.draw_foot()

    def on_windowed_list_marked(self) -> None:
        self._draw_below()

    def on_resize(self) -> None:
        if self.is_mounted and self.unread is None:
            self.call_after_refresh(self._draw_below)

    def _draw_below(self) -> None:
        """All of the line under the mark, as far as it fits."""
        row, width = self.moving.row, self.app.size.width
        lines: list[list[Piece]] = []
        if row is not None:
            lines = [[("─" * width, DIM)], [(f" {row.label}", BOLD), (f"  {row.end}", WARN if row.warns else DIM)]]
            for text in (row.text, *row.more):
                lines += [[(" " + line, PLAIN)] for line in wrapped(text, width - 2)]
        self.query_one("#agreement-below", Lines).show(lines[:BELOW])

    # ------------------------------------------------------------------ keys

    def why_not(self, action_id: str) -> str:
        row = self.moving.row
        if row is None:
            return ""
        if row.is_empty and action_id in ("agreement.read", "agreement.edit", "agreement.remove"):
            return _("Nothing stands here yet; n adds to it.")
        kept_here = isinstance(row.part, Held) and row.part.meeting is not None
        if kept_here and action_id in ("agreement.edit", "agreement.remove"):
            return _("The minutes of this meeting are kept here: Enter opens it.")
        if row.part is None and action_id == "agreement.remove":
            return _("What the agreement says is changed with e, and not taken away.")
        return ""

    def _form(self) -> ReadableForm:
        """The form of the line under the mark."""
        row = self.moving.marked
        if row.part is None:
            return AgreementForm(self.case, self.agreement, meant=row.field)
        return PartForm(self.case, KIND_OF[row.section], self.agreement, row.part.id)

    async def action_read(self) -> None:
        """Read all of the line, or go into the meeting."""
        part = self.moving.marked.part
        if isinstance(part, Held) and part.meeting is not None:
            await self.open(MEETING, part.meeting)
        else:
            saved = await self.ask(self._form().to_read())
            await self._came_from(saved)

    async def action_edit(self) -> None:
        """Change the line."""
        saved = await self.ask(self._form())
        await self._came_from(saved)

    async def action_add(self) -> None:
        """Add to the section under the mark; from what the agreement says, ask to which."""
        section: str | None = self.moving.row.section if self.moving.row is not None else SAYS
        if section in (DUE, SAYS):
            sections = [(one, _(words)) for one, words in HEADINGS.items() if one in KIND_OF]
            options = [Option(one, words, str(number)) for number, (one, words) in enumerate(sections, 1)]
            section = await choose(self, _("Add to what?"), options)
        if section is None:
            return
        kind = KIND_OF[section]
        begins = (
            {"network_group": section} if kind == reading.MEMBER else {"party_kind": "named"} if kind == PARTY else {}
        )
        saved = await self.ask(PartForm(self.case, kind, self.agreement, begins=begins))
        if saved:
            await self._changed()
            await self.mark_saved(saved, lambda row, number: _is(row, kind, number))

    async def _came_from(self, saved: int | None) -> None:
        """Back from a form: the mark stays on the line it was about, wherever that stands now."""
        if not saved:
            return
        before = self.moving.marked
        await self._changed()
        if before.part is not None:
            kind = KIND_OF[before.section]
            await self.mark_saved(before.part.id, lambda row, number: _is(row, kind, number))
        else:
            await self.mark_saved(0, lambda row, _number: row.section == SAYS and row.field == before.field)

    async def action_meet(self) -> None:
        """Open a meeting of the steering group, or join the one of today."""
        await self.open(MEETING, await self.case.store.change(agreements.convene, self.agreement))

    async def action_agenda(self) -> None:
        """Read the agenda of the next meeting."""
        await self.app.push_screen(SteeringAgendaScreen(self.case, self.agreement))

    async def action_paper(self) -> None:
        """Read the agreement as it is printed."""
        await self.app.push_screen(AgreementPaperScreen(self.case, self.agreement))

    async def action_remove(self) -> None:
        """Take the line away, after a question."""
        row = self.moving.marked
        assert row.part is not None
        question = _("Take this away? {what}").format(what=f"{row.label}, {flat(row.text)}")
        if await agreed(self, question, no=_("No, keep it"), yes=_("Yes, take it away")):
            kind = KIND_OF[row.section]
            await self.case.store.change(agreements.remove_part, kind, row.part.id, row.part.version)
            await self._changed()
            self.say(_("Taken away; u to undo."))


def _is(row: AgreementRow, kind: str, number: int) -> bool:
    return row.part is not None and KIND_OF[row.section] == kind and row.part.id == number


def _load(read: Reading, agreement: int) -> tuple[AgreementFile, Sequence[Sign]]:
    found = reading.file_of(read, agreement)
    return found, signs.of(read, found.agreement)
