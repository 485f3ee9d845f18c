"""The method as data: reviews, intake, ways out, signals, first weeks, evaluation, mapping; read when asked for.

A team's own `programme.toml` may hold the same tables; it is checked when the programme is loaded.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Struct

from config.programme.fields import Number, check_named, read_all
from config.programme.labels import WithId, Words
from config.programme.method.endings import Ending
from config.programme.method.evaluations import EvaluationForm, Scale, evaluation_forms, evaluation_scales
from config.programme.method.instruments import Instrument, instruments
from config.programme.method.intake import IntakeMethod, intake
from config.programme.method.reviews import ReviewMethod, reviews
from config.programme.method.templates import TextTemplate, templates
from config.programme.overlay import Source, gather

__all__ = ["FirstWeek", "Method", "TextTemplate", "build", "shipped"]

FILES: Final = (
    "reviews.toml", "intake.toml", "endings.toml", "signals.toml", "first_weeks.toml", "templates.toml",
    "evaluations.toml",
    "instruments.toml",
)  # fmt: skip


class FirstWeek(WithId, frozen=True):
    """A contact of the dense first weeks, `day` days after release, 0 the day itself (28 days in the EX/IN guide).

    `substance`: only where use is recorded; `kept`: asked today where its day has passed, while the first weeks last.
    """

    day: Number
    text: Words
    substance: bool = False
    kept: bool = False


class SignalText(WithId, frozen=True):
    """What a signal is called, why it is there, and where that is from; the rule itself is in `models.signals`."""

    name: Words
    explain: Words
    source: Words


class Method(Struct, frozen=True):
    """Everything of the method that the board does not need; the first weeks in order of day."""

    reviews: ReviewMethod
    intake: IntakeMethod
    endings: tuple[Ending, ...]
    signals: tuple[SignalText, ...]
    first_weeks: tuple[FirstWeek, ...]
    templates: tuple[TextTemplate, ...]
    evaluation_scales: tuple[Scale, ...]
    evaluations: tuple[EvaluationForm, ...]
    instruments: tuple[Instrument, ...]


def build(
    team: Sequence[Source], phases: Collection[int], sets: Collection[str], checklists: Collection[str],
    domains: Collection[str],
) -> Method:  # fmt: skip
    """The shipped method with a team's own laid over it; raises `ProgrammeError` at the first fault.

    `phases` (their numbers), consent `sets`, `checklists` and `domains` of a life are what the programme has, and the
    method may name.
    """
    sources = (*shipped(), *team)
    # The shipped files tell of every rule there is.
    rules = [record.id for record in gather(shipped(), "signals")]
    for record in gather(team, "signals"):
        check_named(record, "id", rules)
    scales = evaluation_scales(sources)
    return Method(
        reviews(sources, phases, sets, checklists),
        intake(sources),
        read_all(sources, "endings", Ending, {"phases": phases}),
        read_all(sources, "signals", SignalText),
        tuple(sorted(read_all(sources, "first_weeks", FirstWeek), key=lambda one: one.day)),
        templates(sources),
        scales,
        evaluation_forms(sources, scales),
        instruments(sources, domains),
    )


@cache
def shipped() -> tuple[Source, ...]:
    """The shipped files, read and parsed once."""
    here = Path(__file__).parent
    return tuple(Source.read(here / name, shipped=True) for name in FILES)
