"""The first weeks after release as data: dense contact for 28 days (the EX/IN guide)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from config.programme.fields import Fields
from config.programme.labels import Words
from config.programme.overlay import Source, gather


class FirstWeek(Struct, frozen=True):
    """One contact of the plan, `day` days after release, 0 the day itself; `substance`: only where use is recorded."""

    id: str
    day: int
    text: Words
    substance: bool


def first_weeks(sources: Sequence[Source]) -> tuple[FirstWeek, ...]:
    """From the table `first_weeks`, in order of day; raises `ProgrammeError`."""
    found = []
    for record in gather(sources, "first_weeks"):
        read = Fields(record)
        day, text = read.number("day"), read.label("text")
        found.append(FirstWeek(record.id, day, text, read.flag("substance", default=False)))
        read.done()
    return tuple(sorted(found, key=lambda one: one.day))
