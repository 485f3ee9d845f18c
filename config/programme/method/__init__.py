"""The method as data: reviews, intake, ways out, signals, first weeks; read when it is first asked for.

A team's own `programme.toml` may hold the same tables; it is checked when the programme is loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Struct

from config.programme.method.endings import Ending, endings
from config.programme.method.first_weeks import FirstWeek, first_weeks
from config.programme.method.intake import IntakeMethod, intake
from config.programme.method.reviews import Named, ReviewMethod, reviews
from config.programme.method.signals import SignalText, signals
from config.programme.overlay import Source

__all__ = ["Method", "Named", "build", "shipped"]

FILES: Final = ("reviews.toml", "intake.toml", "endings.toml", "signals.toml", "first_weeks.toml")


class Method(Struct, frozen=True):
    """Everything of the method that the board does not need."""

    reviews: ReviewMethod
    intake: IntakeMethod
    endings: tuple[Ending, ...]
    signals: tuple[SignalText, ...]
    first_weeks: tuple[FirstWeek, ...]


def build(team: Sequence[Source], named: Named | None = None) -> Method:
    """The shipped method with a team's own laid over it; raises `ProgrammeError` at the first fault.

    `named` is what the method may name by id; such ids go unchecked without it.
    """
    sources = (*shipped(), *team)
    return Method(
        reviews=reviews(sources, named), intake=intake(sources), endings=endings(sources), signals=signals(sources),
        first_weeks=first_weeks(sources),
    )  # fmt: skip


@cache
def shipped() -> tuple[Source, ...]:
    """The shipped files, read and parsed once."""
    here = Path(__file__).parent
    return tuple(Source.read(here / name, shipped=True) for name in FILES)
