"""What the sheets of an evaluation come to, question by question. Source: the report on evaluation.

Per cent are whole numbers of those who answered that question, halves rounded up; the missing are never filled in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from config.programme.labels import Words
from config.programme.method.evaluations import SMALLEST, EvaluationForm, ScaledQuestion
from config.words import _, n_


class Result(Struct, frozen=True):
    """One question of `returned` sheets: how many chose each step, from least to best."""

    question: ScaledQuestion
    counts: tuple[int, ...]
    returned: int

    @property
    def answered(self) -> int:
        """How many answered it."""
        return sum(self.counts)

    @property
    def percents(self) -> tuple[int, ...]:
        """Each step's share of those who answered, rounded by itself; nothing where nobody did."""
        return tuple(percent(count, self.answered) for count in self.counts) if self.answered else ()

    @property
    def top(self) -> int:
        """How many chose one of the two best steps."""
        return sum(self.counts[-2:])

    @property
    def top_percent(self) -> int | None:
        """Their share of those who answered, None where nobody did; rounded from them, not added up from shares."""
        return percent(self.top, self.answered) if self.answered else None

    @property
    def headline(self) -> str:
        """The two best steps in one figure, as in "87 % useful or very useful (20 of 23)"."""
        if self.top_percent is None:
            return _("nobody answered")
        *_rest, good, best = (str(step.name) for step in self.question.steps)
        told = _("{percent} % {good} or {best} ({count} of {answered})")
        return told.format(
            percent=self.top_percent, good=lower(good), best=lower(best), count=self.top, answered=self.answered
        )

    @property
    def coverage(self) -> str:
        """As in "answered 23 of 26"."""
        return _("answered {answered} of {returned}").format(answered=self.answered, returned=self.returned)

    @property
    def remark(self) -> str:
        """Why the shares do not add up to a hundred, where they do not."""
        total = sum(self.percents)
        if total in (0, 100):
            return ""
        return _("Each share is rounded by itself; together they come to {total} %.").format(total=total)


def percent(part: int, whole: int) -> int:
    """A share in whole per cent, halves rounded up."""
    return (200 * part + whole) // (2 * whole)


def lower(label: str) -> str:
    """A step's name within a sentence."""
    return label[:1].lower() + label[1:]


def results(form: EvaluationForm, counts: Mapping[tuple[str, int], int], returned: int) -> tuple[Result, ...]:
    """Every scaled question of the form with its counts, by question and step."""
    return tuple(
        Result(one, tuple(counts.get((one.id, step), 0) for step in range(1, len(one.steps) + 1)), returned)
        for one in form.questions
    )


def too_few(returned: int) -> str:
    """Why there is no result, empty where there is one."""
    if returned >= SMALLEST:
        return ""
    return n_(
        "{count} sheet is too few for a result: it would tell what each person answered. Five are needed.",
        "{count} sheets are too few for a result: they would tell what each person answered. Five are needed.",
        returned,
    ).format(count=returned)


class Compared(Struct, frozen=True):
    """One question over several evaluations, None where one of them did not ask it."""

    name: Words
    results: tuple[Result | None, ...]


def side_by_side(evaluations: Sequence[Sequence[Result]]) -> tuple[Compared, ...]:
    """The questions of several evaluations side by side, in the order of the first that asked them."""
    asked = {one.question.id: one.question.name for results in evaluations for one in results}
    return tuple(
        Compared(name, tuple(next((one for one in some if one.question.id == id), None) for some in evaluations))
        for id, name in asked.items()
    )
