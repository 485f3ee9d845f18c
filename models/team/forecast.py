"""How much a worker carries now and in the months to come, as far as it is known when people come out.

Source: the EX/IN guide, at most 12 participants and 6 in the demanding phases; the phase before release begins one to
three months before the day, by security level. Where no day is decided the full term is the latest. Nobody is forecast
to leave: when a phase after release ends, no date can tell. A candidate stays one: nothing is agreed yet.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Final

from models.phases.numbers import AFTER_RELEASE, BEFORE_RELEASE, HIGH_SECURITY, IN_PRISON
from models.roles.rights import READER
from models.storage.reading import Reading
from models.team.workload import Load, most
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

    `move` is a participant and the phases from and to which they would move now. `to` 0 leaves the programme.
    """
    limit, demanding_limit = _limits(reading, staff)
    counted, coming = _now(reading, staff, months_later(reading.today, MONTHS), move)
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
            if after is not None and IN_PRISON <= phase <= BEFORE_RELEASE:
                first = after == reading.today
                releases += (first or after < release) and release <= day
                begins = prepares <= day and prepares < release and after < release
                preparations += phase < BEFORE_RELEASE and begins and (first or after < prepares)
        total = sum(phases.values())
        heavy = sum(many for phase, many in phases.items() if phase in demanding)
        return MonthLoad(total, heavy, limit, demanding_limit, day, releases, preparations)

    found = [load(reading.today, None)]
    for number in range(1, MONTHS + 1):
        found.append(load(months_later(reading.today, number), found[-1].day))
    return found


def _limits(reading: Reading, staff: int | None) -> tuple[int, int]:
    if staff is not None:
        roles = [reading.value("SELECT role FROM staff WHERE id = ?", [staff])]
    else:
        roles = [role for (role,) in reading.sql("SELECT role FROM staff WHERE active AND role != ?", [READER])]
    return sum(most(reading, role) for role in roles), len(roles) * reading.programme.limits.demanding


def _now(
    reading: Reading, staff: int | None, last: date, move: tuple[int, int, int] | None
) -> tuple[Counter[int], list[tuple[int, date, date]]]:
    """How many are in each phase, and of those to be released: phase, day preparation is due, day of release."""
    limits = reading.programme.limits
    whose, values = ("", []) if staff is None else ("AND worker = ?", [staff])
    high, lower = limits.before_release_days_high, limits.before_release_days_lower
    counted: Counter[int] = Counter(
        dict(reading.sql(f"SELECT phase, count(*) FROM card WHERE phase > 0 {whose} GROUP BY phase", values))
    )
    # No release after this day changes anything until `last`.
    horizon = (last + timedelta(days=max(high, lower) + 1)).isoformat()
    cards = "SELECT participant_id, phase, security_level, release_key FROM card WHERE"
    inside = [IN_PRISON, BEFORE_RELEASE]
    rows = reading.sql(f"{cards} phase BETWEEN ? AND ? AND release_key < ? {whose}", [*inside, horizon, *values])
    if move is not None:
        participant, _before, after = move
        rows = [row for row in rows if row[0] != participant]
        for _id, phase, level, release in reading.sql(f"{cards} participant_id = ? {whose}", [participant, *values]):
            counted[phase] -= phase > 0
            counted[after] += after > 0
            # Whoever goes back inside leaves the release that was behind.
            known = release < NEVER and (phase <= BEFORE_RELEASE or release > reading.today.isoformat())
            if IN_PRISON <= after <= BEFORE_RELEASE and known:
                rows.append((participant, after, level, release))
    coming = []
    for _id, phase, level, release in rows:
        day = date.fromisoformat(release)
        coming.append((phase, day - timedelta(days=high if level == HIGH_SECURITY else lower), day))
    return counted, coming
