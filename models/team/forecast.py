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

from models.phases.numbers import AFTER_RELEASE, BEFORE_RELEASE, HIGH_SECURITY, INTAKE, PHASE_OUT
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


def workload(reading: Reading, staff: int | None, move: tuple[int, int, int] | None = None) -> list[MonthLoad]:
    """Now, and one to `MONTHS` months from now: of one worker, or of the whole team for None.

    A worker carries on a day also those of the colleagues for whom they cover then. `move` is a participant and the
    phases from and to which they would move now. `to` 0 leaves the programme.
    """
    days = days_ahead(reading)
    limit, demanding_limit = _limits(reading, staff)
    whose = [_whose(reading, staff, day) for day in days]
    everybody = None if staff is None else sorted({worker for workers in whose for worker in workers or ()})
    coming = to_come(reading, days[-1], everybody)
    counted = _beside(by_worker(reading, everybody), coming)
    if move is not None:
        _move(reading, counted, coming, move)
    found = list[MonthLoad]()
    for day, workers in zip(days, whose, strict=True):
        after = found[-1].day if found else None
        theirs = [
            *((lasting, many) for worker, people in counted.items() if workers is None or worker in workers
              for lasting, many in people.items()),
            *((one.lasting if after is None else one.on(day), 1) for one in coming
              if workers is None or one.worker in workers),
        ]  # fmt: skip
        weight = total(reading.programme, theirs)
        releases = preparations = 0
        if after is not None:
            own = [one for one in coming if staff in (None, one.worker)]
            releases, preparations = _begin(own, after, day, after == reading.today)
        count = weight.participants, weight.demanding, limit, demanding_limit, weight.candidates
        found.append(MonthLoad(*count, day, releases, preparations))
    return found


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


Counted = dict[int | None, Counter[frozenset[int]]]


def _beside(counted: Mapping[int | None, Counter[frozenset[int]]], coming: Sequence[Coming]) -> Counted:
    """How many there are by worker and phases that last, but for those whose release is coming."""
    found = {worker: people.copy() for worker, people in counted.items()}
    for one in coming:
        found[one.worker][one.lasting] -= 1
    return found


def _move(reading: Reading, counted: Counted, coming: list[Coming], move: tuple[int, int, int]) -> None:
    """Have one participant, if they are among those who are counted, in the phases that would last after the move."""
    participant, before, after = move
    rows = reading.sql("SELECT worker, phases FROM card WHERE participant_id = ? AND phase > 0", [participant])
    if not rows or rows[0][0] not in counted:
        return
    worker, lasting = rows[0][0], phases_of(rows[0][1])
    known = [one for one in coming if one.participant == participant]
    if known:
        coming.remove(*known)
    else:
        counted[worker][lasting] -= 1
    moved = (lasting - {before}) | {after} if 0 < after < PHASE_OUT else frozenset[int]()
    inside = _to_release(reading, "participant_id = ?", [participant]) if moved and max(moved) <= BEFORE_RELEASE else []
    if max(lasting) > BEFORE_RELEASE:
        # Whoever goes back inside leaves the release behind them.
        inside = [one for one in inside if one.release > reading.today]
    if inside:
        coming += [replace(one, lasting=moved) for one in inside]
    elif moved:
        counted[worker][moved] += 1
