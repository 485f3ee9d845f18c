"""How much each colleague carries, against the programme's limits."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from models.storage.portions import marks
from models.storage.reading import Reading


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
    rows = reading.sql(
        f"SELECT s.id, s.initials, s.name, s.role, count(c.worker) AS many, "
        f"coalesce(sum(c.phase IN ({marks(demanding)})), 0) AS heavy FROM staff s LEFT JOIN card c ON c.worker = s.id "
        f"AND c.phase > 0 WHERE s.active AND s.role != 'reader' {chosen} "
        "GROUP BY s.id ORDER BY many DESC, heavy DESC, s.name LIMIT ?",
        [*demanding, *staff, limit],
    )
    return [
        Workload(
            staff=row[0],
            initials=row[1],
            name=row[2],
            participants=row[4],
            demanding=row[5],
            limit=limits.leader_participants if row[3] == "team_leader" else limits.participants,
            demanding_limit=limits.demanding,
        )
        for row in rows
    ]
