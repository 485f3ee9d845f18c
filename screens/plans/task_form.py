"""Setting a task and changing one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from config.words import N_, _
from models.plans import tasks
from models.plans.repeats import choice_of
from models.plans.tasks import FIELDS, TEXT_LIMIT, ToDo
from models.team import staff
from screens.forms.choice_field import ChoiceField
from screens.forms.date_fields import DateField
from screens.forms.draft_keeper import DraftKind, teams
from screens.forms.line_fields import FormField, LineField
from screens.frame.case import Case
from screens.frame.chooser import named
from screens.participant.form import StaffField
from screens.plans.agenda_list import risk_pieces
from screens.plans.form import AgencyField, FollowingField, PlanForm, RepeatField, drafts
from screens.widgets.line import DIM, Piece


class TaskForm(PlanForm):
    """A new task or one that is there, for a participant or the team."""

    HELP: ClassVar[str] = N_(
        "Something to do, and whose turn it is: the participant's, ours or an agency's. Whoever sees to it has it on "
        "their agenda. One that repeats is set anew when it is done."
    )

    NAME = "task"
    TITLES = (N_("New task · {who}"), N_("Task · {who}"))
    LABELS = FIELDS
    CALLS = (tasks.one, tasks.add, tasks.change)
    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        *drafts(NAME, N_("New task"), N_("Task"), lambda *made: TaskForm(*made), tasks.one),
        DraftKind("team_task", N_("New task"), lambda case, whom, kept: TaskForm(case, None), teams),
    )
    _to_do: ToDo | None = None

    def __init__(self, case: Case, participant: int | None, number: int | None = None) -> None:
        super().__init__(case, participant or 0, number)
        self.participant = participant or None
        if self.participant is None and number is None:
            self.form_name = "team_task"

    def fields(self) -> list[FormField]:
        programme = self.case.programme
        turns = named(programme.choices["turn"])
        when = _("E.g. tomorrow, Friday, +1w or 24.11; may be left empty.")
        return [
            LineField(self.about("text", _("What is to be done.")), limit=TEXT_LIMIT),
            DateField(self.about("due", when), self.case.clock, "future"),
            FollowingField(),
            ChoiceField(self.about("turn"), turns, empty=False),
            AgencyField(self.about("agency"), programme),
            StaffField(self.about("owner")),
            RepeatField(self.about("repeats")),
        ]

    async def load(self) -> Mapping[str, str]:
        (self._file, self._to_do), team = await self.case.store.ask(
            lambda reading: (self.known(reading), staff.team(reading, active_only=False))
        )
        found = self._to_do
        owner = self.field("owner")
        assert isinstance(owner, StaffField)
        owner.offer_workers(team, found.owner if found else None)
        if found is None:
            worker = (self._file.values["worker"] if self._file else None) or self.case.store.actor.staff_id or ""
            return {"turn": "ours", "owner": str(worker)}
        return self.texts_with(found, repeats=choice_of(found.repeats))

    def settle(self) -> None:
        self.ask_what_moves("due", "repeats")
        self.field("agency").display = self.field("turn").written == tasks.AGENCY or bool(self.field("agency").written)

    def changed(self, field: FormField) -> None:
        if field.about.key in ("turn", "due", "repeats"):
            self.settle()

    def heading(self) -> list[Piece]:
        lines = super().heading()
        if self._file is not None:
            lines += risk_pieces(self.case, self._file.values["risk_areas"])
        if self._to_do is not None and self._to_do.state != tasks.OPEN:
            lines.append((_("It is {state}.").format(state=_(tasks.STATES[self._to_do.state])), DIM))
        return lines
