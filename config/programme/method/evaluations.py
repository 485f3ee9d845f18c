"""Evaluation forms as data: scaled questions with their scales, and open ones (the report on evaluation)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from config.programme.fields import FromOne, check_named, read
from config.programme.labels import Choice, WithId, Words
from config.programme.overlay import Record, Source, gather, nested
from config.words import _

GATHERING, PERIOD, SUPPORT_TEAM = "gathering", "period", "support_team"
ABOUT: Final = (GATHERING, PERIOD, SUPPORT_TEAM)
"""What an evaluation may be about."""
MOST_STEPS: Final = 9
"""A step is chosen by one digit."""


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


def evaluation_forms(sources: Sequence[Source]) -> tuple[EvaluationForm, ...]:
    """From the tables `evaluation_scales` and `evaluation_forms`; raises `ProgrammeError`."""
    scales = {record.id: _steps(record) for record in gather(sources, "evaluation_scales")}
    return tuple(_form(record, scales) for record in gather(sources, "evaluation_forms"))


def _steps(record: Record) -> tuple[Choice, ...]:
    steps = tuple(read(step, Choice) for step in nested(record, "steps"))
    if not 2 <= len(steps) <= MOST_STEPS:
        raise record.error("steps", _("a scale has from 2 to {most} steps").format(most=MOST_STEPS))
    return steps


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
