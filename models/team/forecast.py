"""How much a worker carries now and in the months to come, as far as release dates tell it.

Source: the EX/IN guide, at most 12 participants and 6 in the demanding phases; the phase before release begins one to
three months before the day, by security level. Nobody is forecast to leave: when a phase after release ends, no date
can tell.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any, Final

from msgspec import Struct

from models.phases.numbers import AFTER_RELEASE, BEFORE_RELEASE, HIGH_SECURITY
from models.storage.reading import Reading
from models.values.days import NEVER, months_later

MONTHS: Final = 3
LEADS: Final = "team_leader"
READS: Final = "reader"


class MonthLoad(Struct, frozen=True):
    """The load on `day`: now, or months from now; `releases` fall and `preparations` begin since the one before.

    What is due already and was not done belongs to the first month.
    """

    day: date
    participants: int
    demanding: int
    limit: int
    demanding_limit: int
    releases: int
    preparations: int

    @property
    def over(self) -> bool:
        """Whether either limit is passed; advice, nothing is refused."""
        return self.participants > self.limit or self.demanding > self.demanding_limit

    @property
    def percent(self) -> int:
        """How full the fuller of the two limits is, in a hundred."""
        shares = ((self.participants, self.limit), (self.demanding, self.demanding_limit))
        return max((round(100 * many / limit) for many, limit in shares if limit), default=0)


def workload(
    reading: Reading, staff: int | None, *, months: int = MONTHS, move: tuple[int, int, int] | None = None
) -> list[MonthLoad]:
    """Now, and one to `months` months from now: of one worker, or of the whole team for None.

    `move` is a participant and the phases from and to which they would move now. `to` 0 leaves the programme.
    """
    limit, demanding_limit = _limits(reading, staff)
    counted, coming = _now(reading, staff, months_later(reading.today, months), move)
    demanding = {phase.number for phase in reading.programme.phases if phase.demanding}

    def load(day: date, after: date | None) -> MonthLoad:
        phases = counted.copy()
        releases = preparations = 0
        for phase, prepares, release in coming:
            reached = (
                AFTER_RELEASE if release <= day and after else BEFORE_RELEASE if prepares <= day and after else phase
            )
            phases[phase] -= 1
            phases[max(phase, reached)] += 1
            if after is not None and phase <= BEFORE_RELEASE:
                first = after == reading.today
                releases += (first or after < release) and release <= day
                begins = prepares <= day and prepares < release and after < release
                preparations += phase < BEFORE_RELEASE and begins and (first or after < prepares)
        total = sum(phases.values())
        heavy = sum(many for phase, many in phases.items() if phase in demanding)
        return MonthLoad(day, total, heavy, limit, demanding_limit, releases, preparations)

    found = [load(reading.today, None)]
    for number in range(1, months + 1):
        found.append(load(months_later(reading.today, number), found[-1].day))
    return found


def _limits(reading: Reading, staff: int | None) -> tuple[int, int]:
    limits = reading.programme.limits
    if staff is not None:
        role = reading.value("SELECT role FROM staff WHERE id = ?", [staff])
        return limits.leader_participants if role == LEADS else limits.participants, limits.demanding
    roles = [role for (role,) in reading.sql("SELECT role FROM staff WHERE active AND role != ?", [READS])]
    leaders = roles.count(LEADS)
    whole = leaders * limits.leader_participants + (len(roles) - leaders) * limits.participants
    return whole, len(roles) * limits.demanding


def _now(
    reading: Reading, staff: int | None, last: date, move: tuple[int, int, int] | None
) -> tuple[Counter[int], list[tuple[int, date, date]]]:
    """How many are in each phase, and of those to be released: phase, day preparation is due, day of release."""
    whose, values = ("", []) if staff is None else ("AND worker = ?", [staff])
    counted: Counter[int] = Counter(
        dict(reading.sql(f"SELECT phase, count(*) FROM card WHERE phase > 0 {whose} GROUP BY phase", values))
    )
    moved = move[0] if move else None
    rows = reading.sql(
        "SELECT participant_id, phase, security_level, release_key FROM card "
        f"WHERE phase BETWEEN 1 AND ? AND release_key < ? {whose}",
        [BEFORE_RELEASE, _horizon(reading, last), *values],
    )
    if move is not None:
        row = reading.sql(
            f"SELECT participant_id, phase, security_level, release_key FROM card WHERE participant_id = ? {whose}",
            [move[0], *values],
        )
        if row:
            counted[row[0][1]] -= row[0][1] > 0
            counted[move[2]] += move[2] > 0
            rows = [one for one in rows if one[0] != moved]
            if 0 < move[2] <= BEFORE_RELEASE and row[0][3] < NEVER:
                rows.append((row[0][0], move[2], *row[0][2:]))
    return counted, [_coming(reading, row) for row in rows]


def _horizon(reading: Reading, last: date) -> str:
    """No release after this day changes anything until `last`."""
    limits = reading.programme.limits
    lead = max(limits.before_release_days_high, limits.before_release_days_lower)
    return (last + timedelta(days=lead + 1)).isoformat()


def _coming(reading: Reading, row: tuple[Any, ...]) -> tuple[int, date, date]:
    limits, release = reading.programme.limits, date.fromisoformat(row[3])
    lead = limits.before_release_days_high if row[2] == HIGH_SECURITY else limits.before_release_days_lower
    return row[1], release - timedelta(days=lead), release
