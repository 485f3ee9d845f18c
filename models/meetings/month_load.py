"""The month's planning: who is to come out and to be prepared, and how much each colleague carries.

Source: the EX/IN guide, the team plans ahead once a month; at most 12 participants, of whom 6 in the demanding phases.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Final

from msgspec import Struct

from config.words import N_, _
from models.meetings.month import Month, Person, Standing
from models.phases import way_out
from models.phases.numbers import BEFORE_RELEASE, INTAKE, PHASE_OUT
from models.storage.portions import marks, portions
from models.team import absences, forecast, workload
from models.team.forecast import Coming, MonthLoad
from models.team.workload import Load

WORKERS: Final = 24
_WHAT_DAY: Final = {
    way_out.DECIDED: N_("release"), way_out.PAROLE: N_("parole"), way_out.FULL_TERM: N_("full term"),
}  # fmt: skip


class WorkerLoad(Struct, frozen=True):
    """One colleague's load now and one, two and three months from now; of a month gone by that of its end alone.

    `people` are who is behind the first of them, those of a colleague for whom they cover too.
    """

    staff: int
    initials: str
    name: str
    months: tuple[MonthLoad, ...]
    people: tuple[Person, ...] = ()


class Ahead(Struct, frozen=True):
    """Who is to come out and whose preparation is to begin after one day and until another.

    `until` None is what was due before today and was not done: the day has passed and they are still inside, or
    prepared too late.
    """

    until: date | None
    releases: tuple[Person, ...]
    preparations: tuple[Person, ...]


def ahead(month: Month) -> tuple[Ahead, ...]:
    """What was due before today, then what comes month by month from today on."""
    reading = month.reading
    days = forecast.days_ahead(reading)
    coming = forecast.to_come(reading, days[-1])
    bases = dict[int, str]()
    for portion in portions(one.participant for one in coming):
        which = f"SELECT participant_id, release_basis FROM card WHERE participant_id IN ({marks(portion)})"
        bases.update(reading.sql(which, portion))
    found = list[Ahead]()
    for first, until in [(None, None), *zip([None, *days[1:-1]], days[1:], strict=True)]:
        # Of the days behind today is the first of the spans, so that today itself still comes.
        late = until is None
        releases = [
            month.person(one.participant, one.release, _told(one, bases[one.participant]))
            for one in coming
            if _within(one.release, days[0], first, until)
        ]
        preparations = [
            month.person(one.participant, one.prepares, _("preparation"))
            for one in coming
            if _prepares(one) and _within(one.prepares, days[0], first, until) and not (late and one.release < days[0])
        ]
        found.append(Ahead(until, month.by_day(releases), month.by_day(preparations)))
    return tuple(found)


def _within(day: date, today: date, first: date | None, until: date | None) -> bool:
    if until is None:
        return day < today
    return (today <= day if first is None else first < day) and day <= until


def _prepares(one: Coming) -> bool:
    return INTAKE < max(one.lasting) < BEFORE_RELEASE and one.prepares < one.release


def _told(one: Coming, basis: str) -> str:
    what = _(_WHAT_DAY[basis])
    return what if max(one.lasting) > INTAKE else _("{what}, candidate").format(what=what)


def workers(month: Month) -> tuple[WorkerLoad, ...]:
    """The colleagues, the most loaded first."""
    reading = month.reading
    own: dict[int | None, Counter[frozenset[int]]] = {}
    theirs: dict[int | None, list[Standing]] = {}
    for one in month.standing.values():
        own.setdefault(one.worker, Counter())[one.phases] += 1
        if one.phases != {PHASE_OUT}:
            theirs.setdefault(one.worker, []).append(one)
    covering = absences.covering(reading, month.last)
    found = []
    for load in workload.workload(reading, limit=WORKERS, on=month.last, own=own):
        people = [one for worker in (load.staff, *covering.get(load.staff, ())) for one in theirs.get(worker, ())]
        loads = (_at_end(load, month.last),) if month.past else tuple(forecast.workload(reading, load.staff))
        behind = month.by_day(one.as_person(one.began, _phases(one)) for one in people)
        found.append(WorkerLoad(load.staff, load.initials, load.name, loads, behind))
    return tuple(found)


def _phases(one: Standing) -> str:
    return _("phase {numbers}").format(numbers=" + ".join(map(str, sorted(one.phases - {PHASE_OUT}))))


def _at_end(load: Load, day: date) -> MonthLoad:
    return MonthLoad(
        load.participants, load.demanding, load.limit, load.demanding_limit, load.candidates, day, releases=0,
        preparations=0,
    )  # fmt: skip
