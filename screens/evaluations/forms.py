"""Beginning an evaluation, entering its counts, and correcting an open answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from config.dates import format_date
from config.errors import ExinError
from config.programme.labels import with_id
from config.programme.method.evaluations import PERIOD, ScaledQuestion
from config.words import N_, _, n_
from models.evaluations import evaluations
from models.evaluations import reading as evaluation_reading
from models.evaluations.evaluations import ANSWER_FIELDS, FIELDS
from models.evaluations.reading import Answer, Evaluation
from models.evaluations.sheets import ANSWER_LIMIT, SheetError, Tally
from models.storage.drafts import KeptForm
from models.storage.reading import Reading
from screens.forms.choice_field import ChoiceField
from screens.forms.date_fields import DateField
from screens.forms.draft_keeper import DraftKind, Whose, whose
from screens.forms.form import FormScreen
from screens.forms.line_fields import About, FormField, LineField
from screens.forms.reading import ReadableForm
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import named
from screens.widgets.line import DIM, HEADING, Piece

RETURNED: Final = "returned"


def owner_of(reading: Reading, evaluation: int) -> int | None:
    """The participant whose support team an evaluation is about, None for any other."""
    return evaluation_reading.one(reading, evaluation).participant


class NumberField(LineField):
    """A whole number, None where nothing is written."""

    def read(self) -> int | None:
        written = self.value.strip()
        if not written:
            return None
        if not written.isdecimal():
            raise SheetError(_("{field}: write a whole number.").format(field=self.about.label))
        return int(written)


class CountsField(LineField):
    """How many chose each step of a question, from least to best, with spaces between."""

    def __init__(self, about: About, number: int, question: ScaledQuestion) -> None:
        super().__init__(about, select=True)
        self._number, self._question = number, question

    def show(self, stored: Sequence[int]) -> str:
        return " ".join(map(str, stored))

    def read(self) -> tuple[int, ...]:
        parts, steps = self.value.split(), len(self._question.steps)
        if not parts:
            return (0,) * steps
        if len(parts) != steps or not all(part.isdecimal() for part in parts):
            told = _("Question {number}: write {steps} whole numbers, one for each step of the scale, with spaces.")
            raise SheetError(told.format(number=self._number, steps=steps))
        return tuple(map(int, parts))


def _whose_new(reading: Reading, kept: KeptForm) -> Whose:
    about = kept.form.partition(":")[2]
    return whose(lambda reading, subject: evaluation_reading.whose(reading, about, subject))(reading, kept)


def _new_again(case: Case, whom: Whose, kept: KeptForm) -> EvaluationForm:
    about = kept.form.partition(":")[2]
    return EvaluationForm(case, about, kept.subject if kept.subject > 0 else None)


async def _changed_again(case: Case, whom: Whose, kept: KeptForm) -> EvaluationForm:
    found = await case.store.ask(evaluation_reading.one, kept.subject)
    return EvaluationForm(case, found.about, found.subject, found)


class EvaluationForm(FormScreen):
    """Begins an evaluation, or changes `evaluation`; the result is its id."""

    HELP: ClassVar[str] = N_(
        "An evaluation is begun with one of the forms of the programme, and keeps that form: what is changed in the "
        "programme later changes nothing here. Who answers what is kept nowhere."
    )
    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("evaluation_new", N_("New evaluation"), _new_again, _whose_new),
        DraftKind("evaluation", N_("Evaluation"), _changed_again, whose(owner_of)),
    )

    def __init__(self, case: Case, about: str, subject: int | None, evaluation: Evaluation | None = None) -> None:
        super().__init__(case, evaluation.id if evaluation else subject or 0)
        self.form_name = "evaluation" if evaluation else f"evaluation_new:{about}"
        self.about, self.about_row, self.evaluation = about, subject, evaluation
        self.participant = evaluation.participant if evaluation else None

    def fields(self) -> list[FormField]:
        clock = self.case.clock
        found: list[FormField] = []
        if self.evaluation is None:
            offered = [form for form in self.case.programme.method.evaluations if self.about in form.about]
            found.append(ChoiceField(About("form", _(FIELDS["form"]), _("← → chooses.")), named(offered), empty=False))
        found.append(DateField(About("day", _(FIELDS["day"]), _("When it was answered.")), clock, "past"))
        if self.about == PERIOD:
            found.append(
                DateField(About("first", _(FIELDS["first"]), _("The first day of the period.")), clock, "past")
            )
            found.append(
                DateField(About("last", _(FIELDS["last"]), _("The last day of the period.")), clock, "nearest")
            )
        found.append(NumberField(About("invited", _(FIELDS["invited"]), _("How many were asked; may be empty."))))
        return found

    async def load(self) -> Mapping[str, str]:
        if self.evaluation is None:
            forms = self.case.programme.method.evaluations
            first = next((form.id for form in forms if self.about in form.about), "")
            return {"form": first, "day": format_date(self.case.today)}
        self.version = self.evaluation.version
        return self.texts_of(self.evaluation)

    def heading(self) -> list[Piece]:
        if self.evaluation is None:
            return [(_("New evaluation"), HEADING)]
        return [(_("Evaluation · {form}").format(form=self.evaluation.form.name), HEADING)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        change = self.case.store.change
        if self.evaluation is None:
            return await change(evaluations.begin, self.about, self.about_row, values)
        await change(evaluations.change, self.evaluation.id, version or 0, values)
        return self.evaluation.id


async def _counts_again(case: Case, whom: Whose, kept: KeptForm) -> CountsForm:
    return CountsForm(case, await case.store.ask(evaluation_reading.one, kept.subject))


class CountsForm(FormScreen):
    """Enters how many chose what, in place of what is there; the result is the evaluation's id."""

    HELP: ClassVar[str] = N_(
        "How many sheets came in, and for each question how many chose each step, from least to best. Those who left "
        "a question out are not counted: the numbers of a question may come to less than the sheets, never to more. "
        "Open answers are written one on each line, and are added to those that are there."
    )
    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("evaluation_counts", N_("Counts of an evaluation"), _counts_again, whose(owner_of)),
    )

    def __init__(self, case: Case, evaluation: Evaluation) -> None:
        super().__init__(case, evaluation.id)
        self.form_name, self.evaluation = "evaluation_counts", evaluation
        self.participant = evaluation.participant

    def fields(self) -> list[FormField]:
        form = self.evaluation.form
        found: list[FormField] = [NumberField(About(RETURNED, _("Sheets"), _("How many sheets came in.")))]
        for number, question in enumerate(form.questions, 1):
            steps = " · ".join(str(step.name) for step in question.steps)
            found.append(CountsField(About(question.id, f"{number} {question.name}", steps), number, question))
        for number, asked in enumerate(form.open, len(form.questions) + 1):
            hint = _("One answer on each line; added to those that are there.")
            found.append(TextBox(About(asked.id, f"{number} {asked.name}", hint)))
        return found

    async def load(self) -> Mapping[str, str]:
        found = await self.case.store.ask(evaluation_reading.one, self.evaluation.id)
        counts = await self.case.store.ask(evaluation_reading.counts, self.evaluation.id)
        self.version = found.version
        texts = {RETURNED: str(found.returned)}
        for question in found.form.questions:
            numbers = [counts[question.id, step] for step in range(1, len(question.steps) + 1)]
            texts[question.id] = self.field(question.id).show(numbers)
        return texts

    def heading(self) -> list[Piece]:
        form = self.evaluation.form
        return [(_("Counts · {form}").format(form=form.name), HEADING)]

    def _total(self) -> Tally:
        form = self.evaluation.form
        texts = {asked.id: str(self.field(asked.id).read()).splitlines() for asked in form.open}
        return Tally(
            self.field(RETURNED).read() or 0,
            {question.id: self.field(question.id).read() for question in form.questions},
            {id: tuple(sorted(text.strip() for text in lines if text.strip())) for id, lines in texts.items()},
        )

    def warnings(self) -> Sequence[str]:
        """More sheets than people who were asked."""
        try:
            returned, invited = self.field(RETURNED).read() or 0, self.evaluation.invited
        except ExinError:
            return ()
        return () if invited is None or returned <= invited else (more_than_invited(returned, invited),)

    def changed(self, field: FormField) -> None:
        self.draw_warnings()

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        await self.case.store.change(evaluations.set_counts, self.evaluation.id, version or 0, self._total())
        return self.evaluation.id


def more_than_invited(returned: int, invited: int) -> str:
    """What looks wrong where more sheets came in than people were asked."""
    return n_(
        "{returned} sheets, but only {count} person was invited.",
        "{returned} sheets, but only {count} people were invited.",
        invited,
    ).format(returned=returned, count=invited)


async def _answer_again(case: Case, whom: Whose, kept: KeptForm) -> AnswerForm:
    answer = await case.store.ask(evaluation_reading.answer, kept.subject)
    return AnswerForm(case, await case.store.ask(evaluation_reading.one, answer.evaluation), answer)


class AnswerForm(ReadableForm):
    """Corrects an open answer; the result is its id."""

    HELP: ClassVar[str] = N_(
        "What somebody wrote to an open question. Take out what tells who wrote it, or whom it is about; and give it "
        "themes of your own, with a semicolon between them, by which the answers are gathered in the result."
    )
    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "evaluation_answer",
            N_("Open answer"),
            _answer_again,
            whose(lambda reading, number: owner_of(reading, evaluation_reading.answer(reading, number).evaluation)),
        ),
    )

    def __init__(self, case: Case, evaluation: Evaluation, answer: Answer) -> None:
        super().__init__(case, answer.id)
        self.form_name, self.evaluation, self.answer = "evaluation_answer", evaluation, answer
        self.participant = evaluation.participant

    def fields(self) -> list[FormField]:
        hint = _("With a semicolon between them.")
        return [
            TextBox(About("text", _(ANSWER_FIELDS["text"])), limit=ANSWER_LIMIT),
            LineField(About("themes", _(ANSWER_FIELDS["themes"]), hint)),
        ]

    async def load(self) -> Mapping[str, str]:
        self.version = self.answer.version
        return self.texts_of(self.answer)

    def heading(self) -> list[Piece]:
        asked = with_id(self.evaluation.form.open, self.answer.question)
        return [(_("Open answer"), HEADING), (str(asked.name) if asked else "", DIM)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        await self.case.store.change(evaluations.change_answer, self.answer.id, version or 0, values)
        return self.answer.id
