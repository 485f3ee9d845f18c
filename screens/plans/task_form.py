"""Setting a task and changing one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from config.dates import format_date
from config.words import N_, _
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.plans import tasks
from models.plans.repeats import choice_of
from models.plans.tasks import FIELDS, TEXT_LIMIT, ToDo
from models.storage.reading import Reading
from models.team import staff
from models.team.staff import Colleague
from screens.forms.choice_field import ChoiceField
from screens.forms.draft_keeper import DraftKind, teams, whose
from screens.forms.form import FormScreen
from screens.forms.line_fields import About, DateField, FormField, LineField, SuggestField
from screens.frame.case import Case
from screens.frame.chooser import Option
from screens.participant.form import StaffField
from screens.plans.appointment_form import risk_lines
from screens.plans.fields import AgencyField, RepeatField
from screens.widgets.line import DIM, HEADING, Piece


class TaskForm(FormScreen):
    """A new task or `task`, for a participant or the team (None); the result is the task's id."""

    HELP: ClassVar[str] = N_(
        "Something to do, and whose turn it is: the participant's, ours or an agency's. Whoever sees to it has it on "
        "their agenda. One that repeats is set anew when it is done."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("task", N_("New task"), lambda case, whom, kept: TaskForm(case, whom.participant)),
        DraftKind("team_task", N_("New task"), lambda case, whom, kept: TaskForm(case, None), teams),
        DraftKind(
            "task_change",
            N_("Task"),
            lambda case, whom, kept: TaskForm(case, whom.participant, kept.subject),
            whose(lambda reading, number: tasks.one(reading, number).participant),
        ),
    )

    def __init__(self, case: Case, participant: int | None, task: int | None = None) -> None:
        super().__init__(case, (participant or 0) if task is None else task)
        self.form_name = ("task" if participant else "team_task") if task is None else "task_change"
        self.participant = participant or None
        self.number = task
        self._file: ParticipantFile | None = None
        self._to_do: ToDo | None = None

    def fields(self) -> list[FormField]:
        programme = self.case.programme
        turns = [Option(choice.id, str(choice.name)) for choice in programme.choices["turn"]]
        when = _("As in tomorrow, Friday, +1w or 24.11; may be left empty.")
        return [
            LineField(_about("text", _("What is to be done.")), limit=TEXT_LIMIT),
            DateField(_about("due", when), self.case.clock, "future"),
            ChoiceField(_about("turn"), turns, empty=False),
            AgencyField(_about("agency"), programme),
            StaffField(_about("owner")),
            RepeatField(_about("repeats")),
        ]

    async def load(self) -> Mapping[str, str]:
        self._file, self._to_do, team = await self.case.store.ask(_load_task, self.participant, self.number)
        found, owner = self._to_do, self.field("owner")
        assert isinstance(owner, StaffField)
        chosen = found.owner if found else None
        owner.offer([Option(str(one.id), one.name) for one in team if one.active or one.id == chosen])
        if found is None:
            worker = (self._file.values["worker"] if self._file else None) or self.case.store.actor.staff_id or ""
            return {"turn": "ours", "owner": str(worker)}
        self.version = found.version
        agency = self.field("agency")
        assert isinstance(agency, SuggestField)
        return {
            "text": found.text,
            "due": format_date(found.due) if found.due else "",
            "turn": found.turn,
            "agency": agency.show(found.agency),
            "owner": str(found.owner or ""),
            "repeats": choice_of(found.repeats),
        }

    def settle(self) -> None:
        self.field("agency").display = self.field("turn").written == tasks.AGENCY or bool(self.field("agency").written)

    def changed(self, field: FormField) -> None:
        if field.about.key == "turn":
            self.settle()

    def heading(self) -> list[Piece]:
        who = _("the team") if self._file is None else self.case.called(self._file.code, self._file.name)
        title = _("New task · {who}") if self._to_do is None else _("Task · {who}")
        lines: list[Piece] = [(title.format(who=who), HEADING)]
        if self._file is not None:
            lines += risk_lines(self.case, self._file)
        if self._to_do is not None and self._to_do.state != tasks.OPEN:
            lines.append((_("It is {state}.").format(state=_(tasks.STATES[self._to_do.state])), DIM))
        return lines

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        if self.number is None:
            return await self.case.store.change(tasks.add, self.participant, values)
        await self.case.store.change(tasks.change, self.number, version or 0, values)
        return self.number


def _about(key: str, hint: str = "") -> About:
    return About(key, _(FIELDS[key]), hint)


def _load_task(
    reading: Reading, participant: int | None, task: int | None
) -> tuple[ParticipantFile | None, ToDo | None, list[Colleague]]:
    return (
        None if participant is None else participants.file_of(reading, participant),
        None if task is None else tasks.one(reading, task),
        staff.team(reading, active_only=False),
    )
