"""Sheets added up so that nothing is left of any of them: how many chose each step, and what was written, sorted.

Two piles of the same sheets are the same tally, whatever their order; so is what is kept of it while it is typed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from msgspec import Struct, convert

from config.errors import ExinError
from config.programme.method.evaluations import EvaluationForm
from config.words import _, n_
from models.values.text import clean_text

ANSWER_LIMIT: Final = 1_000


class SheetError(ExinError):
    """A sheet, or a pile of them, cannot be as it was entered."""


class Tally(Struct, frozen=True):
    """So many `sheets`; by question how many chose each step, and the texts to the open ones, sorted."""

    sheets: int
    counts: dict[str, tuple[int, ...]]
    answers: dict[str, tuple[str, ...]]

    @classmethod
    def empty(cls, form: EvaluationForm) -> Tally:
        """No sheet yet."""
        return cls(0, {one.id: (0,) * len(one.steps) for one in form.questions}, {one.id: () for one in form.open})

    def with_sheet(self, chosen: Mapping[str, int], written: Mapping[str, str]) -> Tally:
        """And one sheet more: by question the step that was chosen, from 1, and what was written, if anything.

        Raises `SheetError` for a step that the question does not have.
        """
        counts = dict(self.counts)
        for number, (question, found) in enumerate(self.counts.items(), 1):
            step = chosen.get(question, 0)
            if not 0 <= step <= len(found):
                raise off_scale(number, str(step), len(found))
            counts[question] = tuple(count + (place == step) for place, count in enumerate(found, 1))
        texts = {question: clean_answer(text) for question, text in written.items()}
        answers = {
            question: tuple(sorted((*found, texts[question]))) if texts.get(question) else found
            for question, found in self.answers.items()
        }
        return Tally(self.sheets + 1, counts, answers)

    def check(self) -> None:
        """Raise `SheetError` where a question has more answers than there are sheets, or less than none."""
        for number, counts in enumerate(self.counts.values(), 1):
            if min(counts, default=0) < 0:
                told = _("Question {number}: {count} is less than none.")
                raise SheetError(told.format(number=number, count=min(counts)))
        answered = [sum(counts) for counts in self.counts.values()] + [len(texts) for texts in self.answers.values()]
        for number, count in enumerate(answered, 1):
            if count > self.sheets:
                raise too_many(number, count, self.sheets)

    @property
    def text(self) -> str:
        """It as it is kept while it is not finished: of the same sheets the same text."""
        return json.dumps([self.sheets, self.counts, self.answers], ensure_ascii=False, sort_keys=True)

    @classmethod
    def of(cls, text: str, form: EvaluationForm) -> Tally:
        """What `text` kept, as far as the form has such questions."""
        sheets, counts, answers = json.loads(text)
        none = cls.empty(form)
        return convert(
            {
                "sheets": sheets,
                "counts": {question: counts.get(question, zero) for question, zero in none.counts.items()},
                "answers": {question: answers.get(question, ()) for question in none.answers},
            },
            cls,
        )


def clean_answer(text: str) -> str:
    """What was written to an open question, without the spaces around it."""
    return clean_text(text, _("Answer"), ANSWER_LIMIT).strip()


def off_scale(number: int, given: str, steps: int) -> SheetError:
    """What is raised for an answer that is no step of the scale."""
    told = _("Question {number}: “{given}” is not on the scale, which goes from 1 to {steps}; 0 is no answer.")
    return SheetError(told.format(number=number, given=given, steps=steps))


def too_many(number: int, count: int, sheets: int) -> SheetError:
    """What is raised for more answers to a question than there are sheets."""
    told = n_(
        "Question {number}: {count} answers, but there is only {sheets} sheet.",
        "Question {number}: {count} answers, but there are only {sheets} sheets.",
        sheets,
    )
    return SheetError(told.format(number=number, count=count, sheets=sheets))
