"""How much each colleague carries, against the programme's limits."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from models.storage.portions import marks
from models.storage.reading import Reading, struct


class Workload(Struct, frozen=True):
    """How much one colleague carries against the programme's limits (the guide on team)."""

    staff: int
    initials: str
    name: str
    participants: int
    demanding: int
    limit: int
    demanding_limit: int

    @property
    def over(self) -> bool:
        """Whether either limit is passed; shown in words, and nothing is refused."""
        return self.participants > self.limit or self.demanding > self.demanding_limit


def workload(reading: Reading, staff: Sequence[int] = (), limit: int = 40) -> list[Workload]:
    """What the colleagues carry, the most loaded first; `staff` limits it to some of them."""
    limits = reading.programme.limits
    demanding = [phase.number for phase in reading.programme.phases if phase.demanding]
    chosen = f"AND s.id IN ({marks(staff)})" if staff else ""
    rows = reading.named(
        "SELECT s.id AS staff, s.initials, s.name, s.role, count(c.worker) AS participants, "
        f"coalesce(sum(c.phase IN ({marks(demanding)})), 0) AS demanding "
        "FROM staff s LEFT JOIN card c ON c.worker = s.id "
        f"AND c.phase > 0 WHERE s.active AND s.role != 'reader' {chosen} "
        "GROUP BY s.id ORDER BY participants DESC, demanding DESC, s.name LIMIT ?",
        [*demanding, *staff, limit],
    )
    return [
        struct(
            Workload,
            row,
            limit=limits.leader_participants if row["role"] == "team_leader" else limits.participants,
            demanding_limit=limits.demanding,
        )
        for row in rows
    ]
