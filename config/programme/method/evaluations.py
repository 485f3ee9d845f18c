"""Evaluation forms as data: scaled questions with their scales, and open ones (the report on evaluation)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, get_args

from config.programme.fields import FromOne, check_named, read
from config.programme.labels import Choice, WithId, Words
from config.programme.overlay import Record, Source, gather, nested
from config.words import _

GATHERING: Final = "gathering"
PERIOD: Final = "period"
SUPPORT_TEAM: Final = "support_team"
About = Literal["gathering", "period", "support_team"]
"""What an evaluation may be about."""
ABOUT: Final = get_args(About)
MOST_STEPS: Final = 9
"""A step is chosen by one digit."""
SMALLEST: Final = 5
"""Of fewer sheets there is no result, and fewer are not taken in at once: they would tell of one person."""


class Scale(WithId, frozen=True):
    """Steps that a question is answered by, from least to best."""

    steps: tuple[Choice, ...]

    @property
    def name(self) -> str:
        """What it is called: all of its steps."""
        return " · ".join(str(step.name) for step in self.steps)


class ScaledQuestion(WithId, frozen=True):
    """A question that is answered by one of `steps`, from least to best."""

    name: Words
    steps: tuple[Choice, ...]


class EvaluationForm(WithId, frozen=True):
    """A form; `about` are the kinds of things it is offered for."""

    version: FromOne
    name: Words
    about: tuple[str, ...]
    questions: tuple[ScaledQuestion, ...]
    open: tuple[Choice, ...]


class _Asked(WithId, frozen=True):
    """A scaled question as it stands in the file."""

    name: Words
    scale: str


def evaluation_scales(sources: Sequence[Source]) -> tuple[Scale, ...]:
    """From the table `evaluation_scales`; raises `ProgrammeError`."""
    return tuple(_scale(record) for record in gather(sources, "evaluation_scales"))


def evaluation_forms(sources: Sequence[Source], scales: Sequence[Scale]) -> tuple[EvaluationForm, ...]:
    """From the table `evaluation_forms`; raises `ProgrammeError`."""
    steps = {scale.id: scale.steps for scale in scales}
    return tuple(_form(record, steps) for record in gather(sources, "evaluation_forms"))


def _scale(record: Record) -> Scale:
    record.values["steps"] = [read(step, Choice) for step in nested(record, "steps")]
    scale = read(record, Scale)
    if not 2 <= len(scale.steps) <= MOST_STEPS:
        raise record.error("steps", _("a scale has from 2 to {most} steps").format(most=MOST_STEPS))
    return scale


def _form(record: Record, scales: Mapping[str, tuple[Choice, ...]]) -> EvaluationForm:
    questions = [_question(asked, scales) for asked in nested(record, "questions")]
    opened = [read(asked, Choice) for asked in nested(record, "open")]
    if not questions:
        raise record.error("questions", _("a form asks at least one question with a scale"))
    twice = {one.id for one in questions} & {one.id for one in opened}
    if twice:
        raise record.error("open", _("{id} is a question with a scale already").format(id=min(twice)))
    record.values.update(questions=questions, open=opened)
    form = read(record, EvaluationForm)
    check_named(record, "about", ABOUT)
    return form


def _question(record: Record, scales: Mapping[str, Sequence[Choice]]) -> ScaledQuestion:
    asked = read(record, _Asked, {"scale": scales})
    return ScaledQuestion(asked.id, asked.name, tuple(scales[asked.scale]))
