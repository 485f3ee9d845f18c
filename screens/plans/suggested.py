"""The tasks the programme suggests for the phases that last: taken or declined one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult

from config.words import N_, _, n_
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.plans import tasks
from models.plans.tasks import Suggestion
from models.storage.reading import Reading
from screens.frame.case import Case
from screens.frame.moving import ListKeys
from screens.frame.screen import CaseScreen
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


class SuggestedScreen(ListKeys, CaseScreen[int]):
    """The result is the participant when something was taken or declined, else None."""

    SCOPE = "suggested"
    HELP: ClassVar[str] = N_(
        "The typical work of the phases that last. Take what fits this participant and decline what does not; what you "
        "leave is offered again. A task that is taken goes on the agenda of whoever is responsible, without a date."
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case)
        self.participant = participant
        self.moving = SuggestionList(case)
        self._touched = False

    def body(self) -> ComposeResult:
        yield Lines(2, id="suggested-head")
        yield self.moving
        yield Lines(2, id="suggested-detail")

    async def on_mount(self) -> None:
        await self.refresh_case()
        self.set_focus(self.moving)

    async def refresh_case(self) -> None:
        file, found = await self.case.store.ask(_load_suggestions, self.participant)

        numbers = list(dict.fromkeys(one.task.phase for one in found))
        groups = [
            Group(str(number), f"{number} {self.case.programme.phase(number).name}", sum(
                one.task.phase == number for one in found
            ))
            for number in numbers
        ]  # fmt: skip
        await self.moving.show_rows(found, groups)
        who = self.case.called(file.code, file.name)
        many = n_("{count} suggested", "{count} suggested", len(found)).format(count=len(found))
        head: list[Piece] = [(" " + _("Suggested tasks · {who}").format(who=who), HEADING), (f"   {many}", BOLD)]
        self.query_one("#suggested-head", Lines).show([head])
        self._draw_detail()
        self.draw_foot()

    def _draw_detail(self) -> None:
        row = self.moving.row
        lines = wrapped(str(row.task.text), max(20, self.app.size.width - 2), 2) if row else []
        self.query_one("#suggested-detail", Lines).show([[(" " + line, PLAIN)] for line in lines[:2]])

    def on_windowed_list_marked(self) -> None:
        self._draw_detail()

    async def action_take(self) -> None:
        """Take the task under the mark."""
        row = self.moving.row
        if row is not None:
            await self.case.store.change(tasks.take, self.participant, row)
            await self._answered(_("Taken. u takes it back."))

    async def action_decline(self) -> None:
        """Decline the task under the mark."""
        row = self.moving.row
        if row is not None:
            await self.case.store.change(tasks.turn_down, self.participant, row)
            await self._answered(_("Declined. u takes it back."))

    async def _answered(self, said: str) -> None:
        self._touched = True
        await self.refresh_case()
        self.say(said)

    def action_close(self) -> None:
        """Back; what is left is offered again."""
        self.dismiss(self.participant if self._touched else None)


def _load_suggestions(reading: Reading, participant: int) -> tuple[ParticipantFile, tuple[Suggestion, ...]]:
    return participants.file_of(reading, participant), tasks.suggested(reading, participant)
