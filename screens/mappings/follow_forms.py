"""What a gap becomes: the forms of a goal, a task and an application, filled in with what was said in the mapping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from config.words import N_
from models.goals.goals import WORDS_LIMIT
from models.mappings import mappings
from models.mappings import reading as mapping_reading
from models.plans.tasks import TEXT_LIMIT
from models.values.text import LINE_LIMIT
from screens.forms.draft_keeper import DraftKind, whose
from screens.frame.case import Case
from screens.participant.goal_form import GoalForm
from screens.plans.application_form import ApplicationForm
from screens.plans.task_form import TaskForm
from screens.widgets.line import flat


class GapGoalForm(GoalForm):
    """A goal of the participant's own, because of what `answer` says is wished for or missing; the result is its id."""

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "mapping_goal",
            N_("New goal"),
            lambda case, whom, kept: GapGoalForm(case, whom.participant, kept.subject),
            whose(mapping_reading.owner_of),
        ),
    )

    def __init__(self, case: Case, participant: int, answer: int) -> None:
        super().__init__(case, participant, "")
        self.form_name, self.subject = "mapping_goal", answer

    async def load(self) -> Mapping[str, str]:
        said = await self.case.store.ask(mapping_reading.answer, self.subject)
        words = flat(said.wish or said.missing)[:WORDS_LIMIT]
        return {**await super().load(), "words": words, "domain": said.domain}

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        return await self.case.store.change(mappings.follow_goal, self.subject, values)


class GapTaskForm(TaskForm):
    """A task because of what `answer` says is missing; the result is its id."""

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "mapping_task",
            N_("New task"),
            lambda case, whom, kept: GapTaskForm(case, whom.participant, kept.subject),
            whose(mapping_reading.owner_of),
        ),
    )

    def __init__(self, case: Case, participant: int, answer: int) -> None:
        super().__init__(case, participant)
        self.form_name, self.subject = "mapping_task", answer

    async def load(self) -> Mapping[str, str]:
        said = await self.case.store.ask(mapping_reading.answer, self.subject)
        return {**await super().load(), "text": flat(said.missing or said.wish)[:TEXT_LIMIT]}

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        return await self.case.store.change(mappings.follow_task, self.subject, values)


class GapApplicationForm(ApplicationForm):
    """An application because of what `answer` says is missing; the result is its id."""

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "mapping_application",
            N_("New application"),
            lambda case, whom, kept: GapApplicationForm(case, whom.participant, kept.subject),
            whose(mapping_reading.owner_of),
        ),
    )

    def __init__(self, case: Case, participant: int, answer: int) -> None:
        super().__init__(case, participant)
        self.form_name, self.subject = "mapping_application", answer

    async def load(self) -> Mapping[str, str]:
        said = await self.case.store.ask(mapping_reading.answer, self.subject)
        about = flat(said.missing or said.wish)[:LINE_LIMIT]
        return {**await super().load(), "about": about, "domain": said.domain}

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        return await self.case.store.change(mappings.follow_application, self.subject, values)
