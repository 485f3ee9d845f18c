"""The tasks the programme suggests for the phases that last: taken or declined one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult

from config.words import N_, _, n_
from models.participants import participants
from models.plans import tasks
from models.plans.tasks import Suggestion
from screens.frame.case import Case
from screens.frame.dialog import AboutParticipant
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, Piece, cut, wrapped
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group, WindowedList

STRANDS = {"coordination": N_("coordination"), "relationship": N_("relationship")}


class SuggestionList(WindowedList[Suggestion]):
    """One line a suggestion, under its phase."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Nothing is left to take or decline."))
        self.case = case

    def draw_row(self, row: Suggestion, width: int, part: int) -> Sequence[Piece]:
        strand = _(STRANDS.get(row.task.strand, row.task.strand))
        return [(cut(strand, 13) + " ", DIM), (str(row.task.text), PLAIN)]


class SuggestedScreen(AboutParticipant):
    """The result is the participant when something was taken or declined, else None."""

    SCOPE = "suggested"
    HELP: ClassVar[str] = N_(
        "The typical work of the phases that last. Take what fits this participant and decline what does not; what you "
        "leave is offered again. A task that is taken goes on the agenda of whoever is responsible, without a date."
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant)
        self.moving = SuggestionList(case)

    def body(self) -> ComposeResult:
        yield Lines(2, id="suggested-head")
        yield self.moving
        yield Lines(2, id="suggested-detail")

    async def refresh_case(self) -> None:
        about = self.participant
        file, found = await self.case.store.ask(
            lambda reading: (participants.file_of(reading, about), tasks.suggested(reading, about))
        )
        groups = [
            Group(str(number), f"{number} {self.case.programme.phase(number).name}", count)
            for number, count in Counter(one.task.phase for one in found).items()
        ]
        await self.moving.show_rows(found, groups)
        title = _("Suggested tasks · {who}").format(who=self.case.called(file.code, file.name))
        many = n_("{count} suggested", "{count} suggested", len(found)).format(count=len(found))
        head: list[Piece] = [(" " + title, HEADING), (f"   {many}", BOLD)]
        self.query_one("#suggested-head", Lines).show([head])
        self.on_windowed_list_marked()
        self.draw_foot()

    def on_windowed_list_marked(self) -> None:
        row = self.moving.row
        lines = wrapped(str(row.task.text), max(20, self.app.size.width - 2), 2) if row else []
        self.query_one("#suggested-detail", Lines).show([[(" " + line, PLAIN)] for line in lines[:2]])

    async def action_take(self) -> None:
        """Take the task under the mark."""
        await self.case.store.change(tasks.take, self.participant, self.moving.marked)
        await self._answered(_("Taken. u to undo."))

    async def action_decline(self) -> None:
        """Decline the task under the mark."""
        await self.case.store.change(tasks.turn_down, self.participant, self.moving.marked)
        await self._answered(_("Declined. u to undo."))

    async def _answered(self, said: str) -> None:
        self._touched = True
        await self.refresh_case()
        self.say(said)
