"""Who moved between phases in the month, who left and came back, and the twelve months up to it.

Source: the EX/IN guide, phases may overlap, and 3 → 4 is the day of release.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from msgspec import Struct

from config.words import _
from models.meetings.month import MONTHS, Month, Period, Person, first_of
from models.phases.numbers import AFTER_RELEASE, INTAKE, PHASE_OUT
from models.phases.release import INSIDE
from models.team.workload import weigh
from models.values.days import NEVER


def is_release(from_phase: int, to_phase: int) -> bool:
    """Whether a transition is a release: from inside to the phase after it."""
    return from_phase in INSIDE and to_phase == AFTER_RELEASE


def is_new(from_phase: int, to_phase: int) -> bool:
    """Whether somebody becomes a participant by it, or is one again: from intake, from phase-out or from outside."""
    return from_phase in (0, INTAKE, PHASE_OUT) and INTAKE < to_phase < PHASE_OUT


class Move(Struct, frozen=True):
    """Somebody began a phase; `from_phase` is the one that lasted until then, 0 for who comes in or comes back."""

    participant: int
    code: str
    name: str
    from_phase: int
    to_phase: int
    day: date

    @property
    def out(self) -> bool:
        """Whether it is a release: from inside to the phase after it."""
        return is_release(self.from_phase, self.to_phase)

    @property
    def new(self) -> bool:
        """Whether somebody becomes a participant, or is one again: from intake, from phase-out or from outside."""
        return is_new(self.from_phase, self.to_phase)

    def as_person(self, word: str) -> Person:
        """The same behind a number."""
        return Person(self.participant, self.code, self.name, self.day, word)


class Ended(Struct, frozen=True):
    """Somebody began to be phased out; `reason` is empty where only the phase says so."""

    participant: int
    reason: str
    day: date


class Ending(Struct, frozen=True):
    """How many phase-outs began in the month for one reason, empty where none was noted."""

    reason: str
    count: int
    people: tuple[Person, ...] = ()


class MonthCount(Struct, frozen=True):
    """One of the twelve months, as it stood at its end or, for the last, at the end of the month looked at.

    `participants` are those in a load's count, `releases` who moved out of prison, `new` who came in or back.
    """

    month: date
    participants: int
    releases: int
    new: int
    ended: int
    contacts: int
    reviews: int
    owed: int
    people: tuple[Person, ...] = ()


def moves(month: Month, first: date) -> list[Move]:
    """Where each phase that began from `first` on came from: what lasted until that day, or goes on beside it."""
    found = []
    since = first.isoformat()
    for number, periods in month.periods.items():
        for place, period in enumerate(periods):
            if period.began >= since:
                day = date.fromisoformat(period.began)
                former = came_from(periods, place)
                from_phase = former.phase if former else 0
                found.append(Move(number, *month.people[number], from_phase, period.phase, day))
    return sorted(found, key=lambda move: (move.day, move.code))


def came_from(periods: Sequence[Period], place: int) -> Period | None:
    """The period that lasted until the one at a place of somebody's began, or goes on beside it."""
    began = periods[place].began
    return next((one for one in reversed(periods[:place]) if one.ended >= began), None)


def ended(month: Month, first: date, moved: Sequence[Move]) -> list[Ended]:
    """The phase-outs that began from `first` on: those noted with a reason, and those of which only the phase says so.

    `moved` are the moves since then.
    """
    noted = [
        Ended(number, reason, date.fromisoformat(began))
        for number, reason, began in month.reading.sql(
            "SELECT participant_id, reason, began FROM phase_out WHERE began BETWEEN ? AND ? ORDER BY began, id",
            [first.isoformat(), month.last.isoformat()],
        )
    ]
    told = {(one.participant, one.day.replace(day=1)) for one in noted}
    unsaid = [
        Ended(move.participant, "", move.day)
        for move in moved
        if move.to_phase == PHASE_OUT and (move.participant, move.day.replace(day=1)) not in told
    ]
    return [*noted, *unsaid]


def endings(month: Month, left: Sequence[Ended]) -> tuple[Ending, ...]:
    """By reason in the programme's order, whether or not anybody left for it; last those without one."""
    known = [ending.id for ending in month.reading.programme.method.endings]
    reasons = [*known, *sorted({one.reason for one in left} - {*known, ""})]
    found = [_ending(month, reason, left) for reason in reasons]
    unsaid = _ending(month, "", left)
    return (*found, unsaid) if unsaid.count else tuple(found)


def _ending(month: Month, reason: str, left: Sequence[Ended]) -> Ending:
    people = [month.person(one.participant, one.day) for one in left if one.reason == reason]
    return Ending(reason, len(people), month.by_day(people))


def returned(month: Month) -> tuple[Person, ...]:
    """Who came back in the month after a phase-out."""
    rows = month.reading.sql(
        "SELECT participant_id, returned FROM phase_out WHERE returned BETWEEN ? AND ? ORDER BY returned, id",
        month.span,
    )
    return tuple(month.person(number, date.fromisoformat(day)) for number, day in rows)


def twelve(month: Month, moved: Sequence[Move], left: Sequence[Ended]) -> tuple[MonthCount, ...]:
    """The twelve months up to this one; `moved` and `left` since the first of them."""
    ends = list(_ends(month))
    counts = zip(ends, _participants(month, ends), _contacts(month, ends), _reviews(month, ends), strict=True)
    found = []
    for (first, last), count, reached, (held, owed) in counts:
        theirs = [move for move in moved if first <= move.day <= last]
        out, new = [move for move in theirs if move.out], [move for move in theirs if move.new]
        gone = [one for one in left if first <= one.day <= last]
        people = [
            *(move.as_person(_("release")) for move in out), *(move.as_person(_("new")) for move in new),
            *(month.person(one.participant, one.day, _("ended")) for one in gone),
        ]  # fmt: skip
        found.append(MonthCount(first, count, len(out), len(new), len(gone), reached, held, owed, month.by_day(people)))
    return tuple(found)


def _ends(month: Month) -> Iterator[tuple[date, date]]:
    """The first and last days of the months, the oldest first."""
    for step in range(1 - MONTHS, 1):
        first = first_of(month.first, step)
        yield first, min(first_of(first, 1) - timedelta(days=1), month.last)


def _participants(month: Month, ends: Sequence[tuple[date, date]]) -> Sequence[int]:
    """How many there were at the end of each month."""
    programme = month.reading.programme
    counts = cache(lambda phases: weigh(programme, phases).participants)
    days = [last.isoformat() for _first, last in ends]
    found = [0] * len(days)
    for periods in month.periods.values():
        at: dict[int, tuple[int, ...]] = {}
        for phase, began, over in periods:
            for place in range(bisect_left(days, began), bisect_left(days, over)):
                at[place] = (*at.get(place, ()), phase)
        for place, phases in at.items():
            found[place] += counts(phases)
    return found


def _contacts(month: Month, ends: Sequence[tuple[date, date]]) -> Sequence[int]:
    """How many contacts there were in each month, read from the index alone."""
    bounds = [month.midnight(first) for first, _last in ends]
    bounds.append(month.midnight(ends[-1][1] + timedelta(days=1)))
    counted = ", ".join(f"count(*) FILTER (WHERE at < {end})" for end in bounds[1:])
    rows = month.reading.sql(
        f"SELECT {counted} FROM {month.reading.by_index('entry', 'entry_contact')} "
        "WHERE contact = 1 AND outcome != '' AND at >= ? AND at < ?",
        [bounds[0], bounds[-1]],
    )
    return [now - before for before, now in zip((0, *rows[0]), rows[0], strict=False)]


def _reviews(month: Month, ends: Sequence[tuple[date, date]]) -> Sequence[tuple[int, int]]:
    """How many reviews were held in each month, and how many were owed at its end."""
    owing = [one for one in month.reviews if one.moved < NEVER]
    moments = [one.at for one in month.reviews]
    found = []
    for first, last in ends:
        since, until, day = month.midnight(first), month.midnight(last + timedelta(days=1)), last.isoformat()
        held = bisect_left(moments, until) - bisect_left(moments, since)
        found.append((held, sum(one.owed(day, until) for one in owing)))
    return found
