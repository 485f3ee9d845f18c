"""A participant's checklists: those in use with their progress, and those that can be opened by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.screen import Screen

from config.dates import format_date
from config.words import N_, _
from models.checklists import checklists
from models.checklists import reading as checklist_reading
from models.checklists import upkeep as checklist_upkeep
from models.checklists.reading import ChecklistLine
from models.participants import participants
from screens.checklists.checklist import ChecklistScreen
from screens.frame.case import Case
from screens.frame.destinations import CHECKLIST
from screens.frame.dialog import AboutParticipant
from screens.frame.places import marked
from screens.frame.prompt import PromptScreen
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, WARN, Piece
from screens.widgets.lines import Lines


class ChecklistLines(ColumnedList[ChecklistLine]):
    """One line a checklist."""

    def cells(self, row: ChecklistLine, part: int) -> Sequence[Cell]:
        name = Cell((str(row.name), DIM if row.opened is None or row.closed else BOLD), least=20)
        if row.opened is None:
            return [name, Cell((_("not opened"), DIM))]
        progress = Cell((_("{done} of {all}").format(done=row.settled, all=row.items), PLAIN))
        if row.closed:
            return [name, progress, Cell((_("closed {date}").format(date=format_date(row.closed)), DIM))]
        opened: list[Piece] = [(_("opened {date}").format(date=format_date(row.opened)), DIM)]
        if row.unverified:
            opened.append(("  " + _("{count} not verified").format(count=row.unverified), WARN))
        return [name, progress, Cell(*opened)]


class ChecklistsScreen(AboutParticipant):
    """The result is the participant when something was opened or closed here, else None."""

    SCOPE = "checklists"
    HELP: ClassVar[str] = N_(
        "The checklists of one participant. Each opens by itself when its time comes: the start checklist at "
        "enrolment, the release checklist when a parole date is set or release comes near. Enter on one that is not "
        "open yet opens it by hand."
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant)
        self.moving = ChecklistLines(empty=_("The programme has no checklists."))

    def body(self) -> ComposeResult:
        yield Lines(2, id="checklists-head")
        yield self.moving

    async def on_mount(self) -> None:
        self._touched = await open_due(self.case, self.participant)

    async def refresh_case(self) -> None:
        about = self.participant
        file, lines = await self.case.store.ask(
            lambda reading: (participants.file_of(reading, about), checklist_reading.of(reading, about))
        )
        await self.moving.show_rows(lines)
        who = self.case.called(file.code, file.name)
        self.query_one("#checklists-head", Lines).show([[(" " + _("Checklists · {who}").format(who=who), HEADING)]])
        self.draw_foot()

    def why_not(self, action_id: str) -> str:
        row = self.moving.row
        if row is not None and row.opened is not None:
            return ""
        if action_id == "checklists.shut":
            return _("This checklist is not open.")
        if action_id == "checklists.anew":
            return _("This checklist was not opened yet: Enter opens it.")
        return self.only_reads() if action_id == "checklists.open" and row is not None else ""

    async def action_open(self) -> None:
        """Show the checklist under the mark; one that was never opened is opened now."""
        if (row := self.moving.row) is not None:
            await self._show(row.id or await self._opened(row))

    async def action_anew(self) -> None:
        """Open the checklist once more, as the programme has it now."""
        await self._show(await self._opened(self.moving.marked))

    async def _opened(self, row: ChecklistLine) -> int:
        checklist = await self.case.store.change(checklists.open_by_hand, self.participant, row.template)
        self._touched = True
        return checklist

    async def _show(self, checklist: int) -> None:
        changed = await self.ask(ChecklistScreen(self.case, checklist))
        self._touched = self._touched or changed is not None
        await self.refresh_case()
        await self.mark_saved(checklist)

    async def action_shut(self) -> None:
        """Close the checklist with a reason, or open it again."""
        row, store = self.moving.marked, self.case.store
        if row.closed is not None:
            await store.change(checklists.reopen, row.id, row.version)
        else:
            question = _("Why is it closed? · {checklist}").format(checklist=row.name)

            async def close(reason: str) -> None:
                await store.change(checklists.close, row.id, row.version, reason)

            hint = _("May be left empty.")
            if await self.ask(PromptScreen(self.case, question, str, hint=hint, then=close)) is None:
                return
        self._touched = True
        await self.refresh_case()


async def open_due(case: Case, participant: int) -> bool:
    """Open what should be open by now, where the person may write; answers whether anything was."""
    store = case.store
    due = await store.ask(checklist_upkeep.due, participant)
    if not (due and store.actor.may_write):
        return False
    await store.change(checklists.open_due, participant)
    return True


async def nearest(case: Case, participant: int) -> Screen[Any]:
    """The checklist opened last of those with something left, the mark on the first of it; else all of them."""
    await open_due(case, participant)
    lines = await case.store.ask(checklist_reading.of, participant)
    left = [line for line in lines if line.opened and not line.closed and line.settled < line.items]
    if not left:
        return ChecklistsScreen(case, participant)
    last = max(left, key=lambda line: (str(line.opened), line.id))
    return await marked(case, CHECKLIST, last.id, lambda item: not item.settled)
