"""The mappings of one participant one by one: when, by whom, how far each came; one may be struck out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult

from config.dates import format_date
from config.words import N_, _
from models.mappings import mappings
from models.mappings import reading as mapping_reading
from models.mappings.reading import STATES, STRUCK, MappingError, MappingLine
from models.participants import participants
from screens.frame.case import Case
from screens.frame.dialog import AboutParticipant
from screens.frame.prompt import PromptScreen
from screens.frame.route import Route
from screens.mappings.forms import MappingForm
from screens.widgets.columns import Cell, ColumnedList, told
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, WARN, flat
from screens.widgets.lines import Lines

THEN: Final = Route[int, int]("screens.mappings.profile", "MappingsScreen")


class MappingList(ColumnedList[MappingLine]):
    """One line a mapping, the newest first."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Nothing is mapped yet."))
        self.case, self.about = case, ("", "")

    def cells(self, row: MappingLine, part: int) -> Sequence[Cell]:
        struck = row.state == STRUCK
        count = _("{number} of {all}").format(number=row.answered, all=len(row.answers))
        form = f"{row.instrument.name} {row.instrument.version}"
        return [
            Cell((format_date(row.day), DIM if struck else BOLD)),
            Cell((row.who, DIM)),
            Cell((count, DIM if struck else PLAIN)),
            Cell((_(STATES[row.state]), DIM if struck else PLAIN)),
            Cell((form, DIM), least=10),
            told(flat(self.case.said(row.reason or row.place, *self.about)), WARN if struck else PLAIN),
        ]


class MappingListScreen(AboutParticipant):
    """The result is the participant when something was changed here, else None."""

    moving: MappingList
    SCOPE = "mapping_list"
    HELP: ClassVar[str] = N_(
        "Every mapping of the participant, the newest first: when it was asked, by whom, how many parts of life were "
        "answered, with which form and where. One that was made by mistake is struck out with a reason and is in the "
        "profile no more."
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant)
        self.moving = MappingList(case)

    def body(self) -> ComposeResult:
        yield Lines(2, id="mapping-list-head")
        yield self.moving

    async def refresh_case(self) -> None:
        self.moving.about, found = await self.case.store.ask(
            lambda reading: (
                participants.called(reading, self.participant),
                mapping_reading.of(reading, self.participant),
            )
        )
        await self.moving.show_rows(tuple(reversed(found)))
        who = self.case.called(*self.moving.about)
        self.query_one("#mapping-list-head", Lines).show([[(" " + _("Mappings · {who}").format(who=who), HEADING)]])
        self.draw_foot()

    def why_not(self, action_id: str) -> str:
        row = self.moving.row
        if action_id == "mapping_list.open" and row is not None and row.state == STRUCK:
            return _("It is struck out, and in no profile.")
        return ""

    async def action_open(self) -> None:
        """The profile as it was with this mapping."""
        await self.open(THEN, self.participant, self.moving.marked.id)

    async def action_edit(self) -> None:
        """Change when, where and by whom it was asked."""
        form = MappingForm(self.case, self.participant, self.moving.marked.id)
        await self.app.push_screen(form, self._saved)

    async def action_strike(self) -> None:
        """Strike it out with a reason, or let it count again."""
        row = self.moving.marked
        if row.state == STRUCK:
            await self.case.store.change(mappings.restore, row.id, row.version)
            said = _("It counts again. u to undo.")
        else:
            reason = await self.ask(PromptScreen(self.case, _("Why is it struck out?"), _something))
            if reason is None:
                return
            await self.case.store.change(mappings.strike, row.id, row.version, reason)
            said = _("Struck out. u to undo.")
        await self._changed()
        await self.mark_saved(row.id)
        self.say(said)


def _something(text: str) -> str:
    if not text.strip():
        raise MappingError(_("Reason: say why."))
    return text
