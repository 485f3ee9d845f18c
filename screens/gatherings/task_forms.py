"""Two forms: a task of a gathering, and what somebody answered to one of its questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from config.words import N_, _
from models.gatherings import attendance, groups, tasks
from models.gatherings.attendance import Invited
from models.gatherings.tasks import AGENCY, ANSWER_FIELDS, ANSWER_LIMIT, FIELDS, GROUP, Answer, Task
from models.storage.reading import Reading
from screens.forms.choice_field import ChoiceField
from screens.forms.date_fields import DateField
from screens.forms.draft_keeper import DraftKind, teams
from screens.forms.line_fields import About, FormField
from screens.forms.reading import ReadableForm
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import Option, named
from screens.gatherings.fields import NumberChoice, NumberField, agency_name, called
from screens.widgets.line import DIM, HEADING, Piece, cut

PREPARATION: Final = "preparation"
_SHORT: Final = 60


class TaskForm(ReadableForm):
    """Sets a task of a gathering, or changes `task`; the result is its id.

    A new one may begin as the `preparation` with the programme's questions.
    """

    HELP: ClassVar[str] = N_(
        "A task before, at or after the gathering: for each member, for an agency or for each mixed group. Its "
        "questions stand a line each; one of them may be answered twice, with advantages and with obstacles."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("gathering_task_new", N_("New task of a gathering"),
                  lambda case, whom, kept: TaskForm(case, kept.subject), teams),
        DraftKind("gathering_task", N_("Task of a gathering"),
                  lambda case, whom, kept: TaskForm(case, 0, kept.subject), teams),
    )  # fmt: skip

    def __init__(self, case: Case, gathering: int, task: int = 0, *, preparation: bool = False) -> None:
        super().__init__(case, task or gathering)
        self.form_name = "gathering_task" if task else "gathering_task_new"
        self.gathering, self.number, self.preparation = gathering, task, preparation
        self._advice = ""

    def fields(self) -> list[FormField]:
        choices, label = self.case.programme.choices, {name: _(text) for name, text in FIELDS.items()}
        return [
            TextBox(About("text", label["text"], _("What is to be done, in a sentence.")), limit=tasks.TEXT_LIMIT),
            ChoiceField(About("task_when", label["task_when"]), named(choices["task_when"]), empty=False),
            ChoiceField(About("task_whom", label["task_whom"]), named(choices["task_whom"]), empty=False),
            ChoiceField(About("agency", label["agency"], _("– for each of the agencies.")),
                        named(self.case.programme.agencies)),
            NumberField(About("group_number", label["group_number"], _("Its number; empty for every group."))),
            TextBox(About("questions", label["questions"], _("A line each; empty where the task is the question.")),
                    limit=ANSWER_LIMIT),
            NumberField(About("split", label["split"], _("Its number, e.g. 4: advantages and obstacles stand apart."))),
            DateField(About("due", label["due"], _("E.g. 22.11, Monday or +2w; may be empty.")),
                      self.case.clock, "nearest"),
            DateField(About("done", label["done"]), self.case.clock, "past"),
        ]  # fmt: skip

    async def load(self) -> Mapping[str, str]:
        if self.number:
            found = await self.case.store.ask(tasks.one, self.number)
            self.version, self.gathering = found.version, found.gathering
            return self.texts_of(found)
        if not self.preparation:
            return {}
        questions = [str(choice.name) for choice in self.case.programme.choices["preparation_question"]]
        return {
            "text": _("Prepare with colleagues in your agency; used in the groups of the first day."),
            "task_whom": AGENCY,
            "questions": "\n".join(questions),
            "split": str(len(questions)),
        }

    def settle(self) -> None:
        whom = self.field("task_whom").written
        self.field("agency").display = whom == AGENCY
        self.field("group_number").display = whom == GROUP
        self.call_later(self._advise)

    def changed(self, field: FormField) -> None:
        if field.about.key in ("task_whom", "group_number"):
            self.settle()

    async def _advise(self) -> None:
        """Say that there is nobody in the group, or in any, as long as that is so."""
        group = self.field("group_number").judge()
        applies = self.field("task_whom").written == GROUP
        self._advice = await self.case.store.ask(tasks.has_nobody, self.gathering, group) if applies else ""
        self.draw_warnings()

    def warnings(self) -> Sequence[str]:
        return [self._advice] if self._advice else []

    def heading(self) -> list[Piece]:
        return [(_("Task") if self.number else _("New task"), HEADING)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        return await self.add_or_change(tasks.add, tasks.change, values, version)


class AnswerForm(ReadableForm):
    """Writes an answer to a question of `task`, or changes `answer`; the result is its id."""

    HELP: ClassVar[str] = N_(
        "What one member, one agency or one mixed group answered to a question. Whoever has answered it already is "
        "given the new words instead. A question with two answers has the advantages first, then the obstacles."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("task_answer_new", N_("New answer"), lambda case, whom, kept: AnswerForm(case, kept.subject), teams),
        DraftKind("task_answer", N_("Answer"), lambda case, whom, kept: AnswerForm(case, 0, kept.subject), teams),
    )

    def __init__(self, case: Case, task: int, answer: int = 0, question: int = 1) -> None:
        super().__init__(case, answer or task)
        self.form_name = "task_answer" if answer else "task_answer_new"
        self.number, self.answer, self.question = task, answer, question
        self._asked: Task | None = None

    def fields(self) -> list[FormField]:
        label = {name: _(text) for name, text in ANSWER_FIELDS.items()}
        agencies = named(self.case.programme.agencies)
        return [
            NumberChoice(About("question", label["question"]), empty=False),
            ChoiceField(About("agency", label["agency"], _("The agency that answers together; – for one member.")),
                        agencies),
            NumberChoice(About("invitation", label["invitation"], _("The member who answers alone; else –."))),
            NumberChoice(About("group_number", label["group_number"], _("The mixed group that answers; else –."))),
            TextBox(About("answer", label["answer"], _("With two answers: the advantages.")), limit=ANSWER_LIMIT),
            TextBox(About("obstacle", label["obstacle"]), limit=ANSWER_LIMIT),
        ]  # fmt: skip

    async def load(self) -> Mapping[str, str]:
        asked, people, found = await self.case.store.ask(_answering, self.number, self.answer)
        self._asked, self.number = asked, asked.id
        self._offer("question", [
            Option(str(number), cut(f"{number} {text}", _SHORT).rstrip())
            for number, text in enumerate(asked.asked, 1)
        ])  # fmt: skip
        self._offer("invitation", [
            Option(str(one.id), called(self.case, one.name, one.agency), hint=agency_name(self.case, one.agency))
            for one in people
        ])  # fmt: skip
        self._offer("group_number", [Option(str(number), str(number)) for number in groups.of(people)])
        if found is not None:
            self.version = found.version
            # Who answered, and what, is what makes it this answer: another one is written anew.
            for key in ("question", "agency", "invitation", "group_number"):
                self.field(key).only_read()
            texts = self.texts_of(found)
            return texts if found.invitation is None else {**texts, "agency": ""}
        return {"question": str(self.question), "agency": asked.agency, "group_number": str(asked.group_number or "")}

    def _offer(self, key: str, options: Sequence[Option]) -> None:
        field = self.field(key)
        assert isinstance(field, NumberChoice)
        field.offer(options)

    def settle(self) -> None:
        whom = self._asked.task_whom if self._asked else ""
        self.field("agency").display = whom != GROUP
        self.field("invitation").display = whom != GROUP
        self.field("group_number").display = whom == GROUP
        split = self._asked.split if self._asked else None
        self.field("obstacle").display = split is not None and self.field("question").written == str(split)

    def changed(self, field: FormField) -> None:
        if field.about.key == "question":
            self.settle()

    def heading(self) -> list[Piece]:
        text = cut(self._asked.text, 200).rstrip() if self._asked else ""
        return [(_("Answer") if self.answer else _("New answer"), HEADING), (text, DIM)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        if self.answer:
            # Only what differs is given; who answered which question stands already.
            found = await self.case.store.ask(tasks.answer_one, self.answer)
            whole = {name: getattr(found, name) for name in ("question", "invitation", "group_number", "answer",
                                                             "obstacle")}  # fmt: skip
            values = {**whole, "agency": found.agency if found.invitation is None else "", **values}
        return await self.case.store.change(tasks.write, self.number, values)


def _answering(reading: Reading, task: int, answer: int) -> tuple[Task, list[Invited], Answer | None]:
    found = tasks.answer_one(reading, answer) if answer else None
    asked = tasks.one(reading, found.task if found else task)
    return asked, attendance.of(reading, asked.gathering), found
