"""What is worth knowing where somebody is to see to participants: who has places left, and what they would carry.

Source: the guide on the team, its limits hold also for one who sees to a colleague's participants for a while.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from msgspec import Struct

from config.dates import format_date
from config.words import _, n_
from models.storage.reading import Reading
from models.team.absences import Absence, away, during
from models.team.workload import Load, Workload, carried, workload

EVERYBODY: Final = 1_000


class Places(Struct, frozen=True):
    """What a colleague carries, and until when they are away: None for who is here."""

    load: Workload
    away_to: date | None

    @property
    def free(self) -> int:
        """How many participants more are within the limit; below zero beyond it."""
        return self.load.limit - self.load.participants

    @property
    def demanding(self) -> int:
        """How many of them in the demanding phases."""
        return self.load.demanding_limit - self.load.demanding


def places(reading: Reading) -> list[Places]:
    """Everybody who can be responsible, with whom there is most room first, and who is away last; no readers."""
    gone = away(reading, reading.today)
    found = [
        Places(load, gone[load.staff].last if load.staff in gone else None)
        for load in workload(reading, limit=EVERYBODY)
    ]
    return sorted(found, key=lambda one: (one.away_to is not None, -one.free, -one.demanding, one.load.name))


def advice(
    reading: Reading, staff: int | None, first: date | None, last: date | None, cover: int | None, absence: int = 0
) -> list[str]:
    """What is worth knowing of these values, in sentences; none of it hinders saving. `absence` is one changed."""
    if staff is None or first is None:
        return []
    last = max(first, last or first)
    found = [_alone(reading, staff)] if cover is None else _covered(reading, staff, first, last, cover, absence)
    stuck = _("{name} covers for {other} from {first} to {last}; somebody else is needed.")
    for other in during(reading, "cover_id", staff, first, last, absence):
        found.append(stuck.format(name=other.cover_name, other=other.name, **_days(other)))
    return [one for one in found if one]


def _alone(reading: Reading, staff: int) -> str:
    many = int(reading.value("SELECT count(*) FROM card WHERE worker = ? AND phase > 0", [staff]) or 0)
    told = n_(
        "Nobody covers; {count} participant would be without anybody.",
        "Nobody covers; {count} participants would be without anybody.",
        many,
    )
    return told.format(count=many) if many else ""


def _covered(reading: Reading, staff: int, first: date, last: date, cover: int, absence: int) -> list[str]:
    """Whether the cover is there, and what they carry in those days."""
    cannot = _("{name} is away from {first} to {last} and cannot cover then.")
    away = during(reading, "staff_id", cover, first, last, absence)
    found = [cannot.format(name=other.name, **_days(other)) for other in away]
    others = during(reading, "cover_id", cover, first, last, absence)
    load = _most(carried(reading, cover, covering=theirs) for theirs in _at_once(staff, first, others))
    told = n_(
        "While covering, {name} follows {people} participant of at most {limit}, {heavy} of at most {most} in the "
        "demanding phases.",
        "While covering, {name} follows {people} participants of at most {limit}, {heavy} of at most {most} in the "
        "demanding phases.",
        load.participants,
    )
    name = reading.value("SELECT name FROM staff WHERE id = ?", [cover]) or "?"
    said = told.format(
        name=name, people=load.people, limit=load.limit, heavy=load.demanding, most=load.demanding_limit
    )  # fmt: skip
    above = _("That is above the limit.")
    return [*found, f"{said} {above}" if load.over else said]


def _at_once(staff: int, first: date, others: Iterable[Absence]) -> list[tuple[int, ...]]:
    """For whom the cover covers at once, on the first day and on each on which one more is away."""
    others = list(others)
    days = sorted({first, *(other.first for other in others if other.first > first)})
    return [(staff, *(other.staff for other in others if other.first <= day <= other.last)) for day in days]


def _most(loads: Iterable[Load]) -> Load:
    return max(loads, key=lambda load: (load.over, load.participants, load.demanding))


def _days(absence: Absence) -> dict[str, str]:
    return {"first": format_date(absence.first), "last": format_date(absence.last)}
