"""How much a worker carries now and in the months to come, as far as it is known when people come out.

Source: the EX/IN guide, at most 12 participants and 6 in the demanding phases; the phase before release begins one to
three months before the day, by security level. Where no day is decided the full term is the latest. Nobody is forecast
to leave: when a phase after release ends, no date can tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from config.programme.shapes import Programme
from models.phases.numbers import AFTER_RELEASE, BEFORE_RELEASE, HIGH_SECURITY, INTAKE
from models.roles.rights import READER
from models.storage.portions import marks
from models.storage.reading import Reading
from models.team import absences
from models.team.workload import Load, by_worker, most, most_demanding, phases_of, total
from models.values.days import NEVER, months_later

MONTHS: Final = 3


class MonthLoad(Load, frozen=True):
    """The load on `day`: now, or months from now; `releases` fall and `preparations` begin since the one before.

    What is due already and was not done belongs to the first month.
    """

    day: date
    releases: int
    preparations: int

    @property
    def percent(self) -> int:
        """How full the fuller of the two limits is, in a hundred."""
        shares = ((self.participants, self.limit), (self.demanding, self.demanding_limit))
        return max((round(100 * many / limit) for many, limit in shares if limit), default=0)


def workload(reading: Reading, staff: int | None) -> list[MonthLoad]:
    """Now, and one to `MONTHS` months from now: of one worker, or of the whole team for None.

    A worker carries on a day also those of the colleagues for whom they cover then.
    """
    return outlook(reading, staff).months()


def outlook(reading: Reading, staff: int | None, participant: int = 0) -> Outlook:
    """What the months of one worker, or of the whole team for None, are counted from; `participant` may be moved."""
    days = days_ahead(reading)
    limit, demanding_limit = _limits(reading, staff)
    whose = [_whose(reading, staff, day) for day in days]
    everybody = None if staff is None else sorted({worker for workers in whose for worker in workers or ()})
    coming = to_come(reading, days[-1], everybody)
    counted = _beside(by_worker(reading, everybody), coming)
    mover = _mover(reading, participant) if participant else None
    if mover is not None and mover.worker not in counted:
        mover = None
    return Outlook(reading.programme, staff, tuple(days), limit, demanding_limit, tuple(whose), counted, coming, mover)


class Coming(Struct, frozen=True):
    """One inside who is to be released: who is responsible, the phases that last, when preparation is due, the day."""

    participant: int
    worker: int | None
    lasting: frozenset[int]
    prepares: date
    release: date

    def on(self, day: date) -> frozenset[int]:
        """The phases that last on a day to come. Nobody is enrolled by a date: a candidate stays one."""
        furthest = max(self.lasting)
        reached = AFTER_RELEASE if self.release <= day else BEFORE_RELEASE if self.prepares <= day else furthest
        return self.lasting if furthest == INTAKE or reached <= furthest else frozenset({reached})

    def goes(self, after: date, day: date, first: bool) -> bool:
        """Whether the release falls between two days; what was passed over belongs to the `first` of the spans."""
        return self.release <= day and (first or after < self.release)

    def begins(self, after: date, day: date, first: bool) -> bool:
        """Whether preparation is to begin between two days; what is due already belongs to the `first` of the spans."""
        waits = INTAKE < max(self.lasting) < BEFORE_RELEASE and self.prepares < self.release and after < self.release
        return waits and self.prepares <= day and (first or after < self.prepares)


class _Mover(Struct, frozen=True):
    """One who may be moved: who is responsible, the phases that last, and the release that is to come, if any."""

    participant: int
    worker: int | None
    lasting: frozenset[int]
    inside: Coming | None

    def after(self, lasting: frozenset[int], today: date) -> Coming | None:
        """Them inside with these phases, None where they are not or their release lies behind them."""
        if self.inside is None or not lasting or max(lasting) > BEFORE_RELEASE:
            return None
        if max(self.lasting) > BEFORE_RELEASE and self.inside.release <= today:
            # Whoever goes back inside leaves the release behind them.
            return None
        return replace(self.inside, lasting=lasting)


Counted = dict[int | None, Counter[frozenset[int]]]


class Outlook(Struct, frozen=True):
    """What the load of the months is counted from, so that what a move does to it is told without asking again."""

    programme: Programme
    staff: int | None
    days: tuple[date, ...]
    limit: int
    demanding_limit: int
    whose: tuple[tuple[int, ...] | None, ...]
    counted: Counted
    coming: Sequence[Coming]
    mover: _Mover | None

    def months(self, moved: frozenset[int] | None = None) -> list[MonthLoad]:
        """The months as they are, or with the phases `moved` lasting for the participant from now on; none to leave."""
        counted, coming = (self.counted, self.coming) if moved is None else self._moved(moved)
        found = list[MonthLoad]()
        for day, workers in zip(self.days, self.whose, strict=True):
            after = found[-1].day if found else None
            theirs = [
                *((lasting, many) for worker, people in counted.items() if workers is None or worker in workers
                  for lasting, many in people.items()),
                *((one.lasting if after is None else one.on(day), 1) for one in coming
                  if workers is None or one.worker in workers),
            ]  # fmt: skip
            weight = total(self.programme, theirs)
            releases = preparations = 0
            if after is not None:
                own = [one for one in coming if self.staff in (None, one.worker)]
                releases, preparations = _begin(own, after, day, after == self.days[0])
            count = weight.participants, weight.demanding, self.limit, self.demanding_limit, weight.candidates
            found.append(MonthLoad(*count, day, releases, preparations))
        return found

    def _moved(self, lasting: frozenset[int]) -> tuple[Counted, Sequence[Coming]]:
        """How many there are, and whose release is coming, with the participant in these phases."""
        if self.mover is None:
            return self.counted, self.coming
        counted = {worker: people.copy() for worker, people in self.counted.items()}
        coming = [one for one in self.coming if one.participant != self.mover.participant]
        people = counted[self.mover.worker]
        if len(coming) == len(self.coming):
            people[self.mover.lasting] -= 1
        if inside := self.mover.after(lasting, self.days[0]):
            coming.append(inside)
        elif lasting:
            people[lasting] += 1
        return counted, coming


def _begin(coming: Iterable[Coming], after: date, day: date, first: bool) -> tuple[int, int]:
    """How many releases fall, and how many preparations begin, between two days."""
    theirs = [(one.goes(after, day, first), one.begins(after, day, first)) for one in coming]
    return sum(goes for goes, _begins in theirs), sum(begins for _goes, begins in theirs)


def _limits(reading: Reading, staff: int | None) -> tuple[int, int]:
    if staff is not None:
        roles = [reading.value("SELECT role FROM staff WHERE id = ?", [staff])]
    else:
        roles = [role for (role,) in reading.sql("SELECT role FROM staff WHERE active AND role != ?", [READER])]
    return sum(most(reading, role) for role in roles), sum(most_demanding(reading, role) for role in roles)


def _whose(reading: Reading, staff: int | None, day: date) -> tuple[int, ...] | None:
    """Whose participants count on a day; None for everybody's, also those nobody is responsible for."""
    return None if staff is None else (staff, *absences.covering(reading, day).get(staff, ()))


def days_ahead(reading: Reading) -> list[date]:
    """Today, and one to `MONTHS` months from now."""
    return [reading.today, *(months_later(reading.today, number) for number in range(1, MONTHS + 1))]


def to_come(reading: Reading, last: date, workers: Sequence[int] | None = None) -> list[Coming]:
    """Those inside whose release changes anything until `last`; of some `workers`, or of all."""
    limits = reading.programme.limits
    horizon = last + timedelta(days=max(limits.before_release_days_high, limits.before_release_days_lower) + 1)
    whose = "" if workers is None else f"AND worker IN ({marks(workers)})"
    which = f"phase BETWEEN 1 AND ? AND release_key < ? {whose}"
    found = _to_release(reading, which, [BEFORE_RELEASE, horizon.isoformat(), *(workers or ())])
    return [one for one in found if max(one.lasting) <= BEFORE_RELEASE]


def _to_release(reading: Reading, which: str, values: Sequence[object]) -> list[Coming]:
    limits = reading.programme.limits
    high, lower = limits.before_release_days_high, limits.before_release_days_lower
    found = []
    columns = "participant_id, worker, phases, security_level, release_key"
    for participant, worker, phases, level, release in reading.sql(f"SELECT {columns} FROM card WHERE {which}", values):
        if release < NEVER:
            day = date.fromisoformat(release)
            prepares = day - timedelta(days=high if level == HIGH_SECURITY else lower)
            found.append(Coming(participant, worker, phases_of(phases), prepares, day))
    return found


def _beside(counted: Mapping[int | None, Counter[frozenset[int]]], coming: Sequence[Coming]) -> Counted:
    """How many there are by worker and phases that last, but for those whose release is coming."""
    found = {worker: people.copy() for worker, people in counted.items()}
    for one in coming:
        found[one.worker][one.lasting] -= 1
    return found


def _mover(reading: Reading, participant: int) -> _Mover | None:
    """One who may be moved, None for whoever no phase lasts for."""
    rows = reading.sql("SELECT worker, phases FROM card WHERE participant_id = ? AND phase > 0", [participant])
    if not rows:
        return None
    inside = _to_release(reading, "participant_id = ?", [participant])
    return _Mover(participant, rows[0][0], phases_of(rows[0][1]), inside[0] if inside else None)
