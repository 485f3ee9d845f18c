"""How much each colleague carries, against the programme's limits."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from models.roles.rights import LEADER, READER
from models.storage.portions import marks
from models.storage.reading import Reading, struct


class Load(Struct, frozen=True):
    """Participants, how many of them in demanding phases, and the programme's limits for both (the guide on team)."""

    participants: int
    demanding: int
    limit: int
    demanding_limit: int

    @property
    def over(self) -> bool:
        """Whether either limit is passed; shown in words, and nothing is refused."""
        return self.participants > self.limit or self.demanding > self.demanding_limit


class Workload(Load, frozen=True):
    """How much one colleague carries."""

    staff: int
    initials: str
    name: str


def most(reading: Reading, role: str) -> int:
    """How many participants a colleague in a role may have."""
    limits = reading.programme.limits
    return limits.leader_participants if role == LEADER else limits.participants


def workload(reading: Reading, staff: Sequence[int] = (), limit: int = 40) -> list[Workload]:
    """What the colleagues carry, the most loaded first; `staff` limits it to some of them."""
    demanding = [phase.number for phase in reading.programme.phases if phase.demanding]
    chosen = f"AND s.id IN ({marks(staff)})" if staff else ""
    rows = reading.named(
        "SELECT s.id AS staff, s.initials, s.name, s.role, coalesce(c.participants, 0) AS participants, "
        "coalesce(c.demanding, 0) AS demanding FROM staff s LEFT JOIN (SELECT worker, count(*) AS participants, "
        f"sum(phase IN ({marks(demanding)})) AS demanding FROM card WHERE phase > 0 GROUP BY worker) c "
        f"ON c.worker = s.id WHERE s.active AND s.role != '{READER}' {chosen} "
        "ORDER BY participants DESC, demanding DESC, s.name LIMIT ?",
        [*demanding, *staff, limit],
    )
    limit_of_all = reading.programme.limits.demanding
    return [struct(Workload, row, limit=most(reading, row["role"]), demanding_limit=limit_of_all) for row in rows]
