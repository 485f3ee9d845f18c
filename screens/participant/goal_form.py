"""Two forms: a goal in the participant's own words, and a step towards one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from config.dates import format_date
from config.words import N_, _
from models.goals import goals
from models.goals import reading as goal_reading
from models.goals.goals import GOAL_FIELDS, STEP_FIELDS, WORDS_LIMIT
from models.goals.reading import OWN, GoalLine, StepLine
from models.storage.drafts import KeptForm
from screens.forms.choice_field import ChoiceField
from screens.forms.date_fields import DateField
from screens.forms.draft_keeper import DraftKind, Whose, whose
from screens.forms.line_fields import About, FormField, LineField
from screens.forms.reading import ReadableForm
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import named
from screens.widgets.line import DIM, HEADING, Piece

NOTE_LIMIT: Final = 2_000
WORDS_HINT: Final = N_("What the participant wants, as they say it; never the aim of an agency.")
DAY_HINT: Final = N_("E.g. 22.11, today or Monday; not in the future.")


class GoalForm(ReadableForm):
    """Notes a goal of a participant's, or changes `goal`; the result is its id."""

    HELP: ClassVar[str] = N_(
        "A goal is the participant's own, in the participant's own words: ask, and write down what is said. What the "
        "team thinks of it belongs in the note, what an agency wants belongs elsewhere."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "goal_new",
            N_("New goal"),
            lambda case, whom, kept: GoalForm(case, whom.participant, case.called(whom.code, whom.name)),
        ),
        DraftKind(
            "goal",
            N_("Goal"),
            lambda case, whom, kept: GoalForm(case, whom.participant, case.called(whom.code, whom.name), kept.subject),
            whose(goal_reading.owner_of),
        ),
    )

    def __init__(self, case: Case, participant: int, who: str, goal: int | None = None) -> None:
        super().__init__(case, goal or participant)
        self.form_name = "goal" if goal else "goal_new"
        self.participant, self.who, self.goal = participant, who, goal

    def fields(self) -> list[FormField]:
        domains = named(self.case.programme.choices["domain"])
        return [
            LineField(About("words", _(GOAL_FIELDS["words"]), _(WORDS_HINT)), limit=WORDS_LIMIT),
            ChoiceField(
                About("domain", _(GOAL_FIELDS["domain"]), _("Where in life it belongs, if it helps to find it again.")),
                domains,
            ),
            DateField(About("began", _(GOAL_FIELDS["began"]), _(DAY_HINT)), self.case.clock, "past"),
            TextBox(About("note", _(GOAL_FIELDS["note"]), _("What the team adds; the words above stay theirs.")),
                    limit=NOTE_LIMIT),
        ]  # fmt: skip

    async def load(self) -> Mapping[str, str]:
        if self.goal is None:
            return {"began": format_date(self.case.today)}
        found = await self.case.store.ask(goal_reading.one, self.goal)
        self.version = found.version
        return self.texts_of(found)

    def heading(self) -> list[Piece]:
        return [(_("A goal of {who}'s own").format(who=self.called), HEADING)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        return await self.add_or_change(goals.add, goals.change, values, version)


async def _step_again(case: Case, whom: Whose, kept: KeptForm) -> StepForm:
    step = await case.store.ask(goal_reading.step, kept.subject) if kept.form == "step" else None
    return StepForm(case, await case.store.ask(goal_reading.one, step.goal if step else kept.subject), step)


class StepForm(ReadableForm):
    """Notes a step towards a goal, or changes `step`; the result is its id."""

    HELP: ClassVar[str] = N_(
        "A step towards a goal, and whose it is. What the participant can do belongs to the participant. A step that "
        "cannot be done yet says what it waits for."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("step_new", N_("New step"), _step_again, whose(goal_reading.owner_of)),
        DraftKind(
            "step",
            N_("Step"),
            _step_again,
            whose(lambda reading, step: goal_reading.owner_of(reading, goal_reading.step(reading, step).goal)),
        ),
    )

    def __init__(self, case: Case, goal: GoalLine, step: StepLine | None = None) -> None:
        super().__init__(case, step.id if step else goal.id)
        self.form_name = "step" if step else "step_new"
        self.goal, self.step, self.participant = goal, step, 0

    def fields(self) -> list[FormField]:
        turns = named(self.case.programme.choices["turn"])
        return [
            LineField(About("words", _(STEP_FIELDS["words"]), _("What is to be done.")), limit=WORDS_LIMIT),
            ChoiceField(
                About("turn", _(STEP_FIELDS["turn"]), _("Who does it: the participant wherever that is possible.")),
                turns, empty=False,
            ),
            LineField(
                About("waits_for", _(STEP_FIELDS["waits_for"]), _("What has to come first; else empty.")),
                limit=WORDS_LIMIT,
            ),
            DateField(About("due", _(STEP_FIELDS["due"]), _("E.g. 22.11, Monday or +2w; may be empty.")),
                      self.case.clock, "future"),
            DateField(About("began", _(STEP_FIELDS["began"]), _(DAY_HINT)), self.case.clock, "past"),
        ]  # fmt: skip

    async def load(self) -> Mapping[str, str]:
        self.participant = await self.case.store.ask(goal_reading.owner_of, self.goal.id)
        if self.step is None:
            return {"turn": OWN, "began": format_date(self.case.today)}
        self.version = self.step.version
        return self.texts_of(self.step)

    def heading(self) -> list[Piece]:
        return [(_("A step towards:"), HEADING), (f"“{self.goal.words}”", DIM)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        return await self.add_or_change(goals.add_step, goals.change_step, values, version)
