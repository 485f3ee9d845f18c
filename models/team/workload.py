"""How much each colleague carries, against the programme's limits: the one count for screens, signals and figures.

Source: the EX/IN guide on the team, at most 12 participants, of them 6 in the demanding phases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from msgspec import Struct

from config.programme.shapes import Programme
from models.phases.numbers import INTAKE, PHASE_OUT
from models.roles.rights import LEADER, READER
from models.storage.portions import marks, portions
from models.storage.reading import Reading, struct
from models.team import absences


class Load(Struct, frozen=True):
    """Participants, how many of them in demanding phases, and the programme's limits for both (the guide on team).

    `candidates` are those beside the participants, where the programme does not count them among them.
    """

    participants: int
    demanding: int
    limit: int
    demanding_limit: int
    candidates: int

    @property
    def over(self) -> bool:
        """Whether either limit is passed; shown in words, and nothing is refused."""
        return self.participants > self.limit or self.demanding > self.demanding_limit

    @property
    def people(self) -> str:
        """How many participants, and candidates beside them, as in 11+1."""
        return f"{self.participants}+{self.candidates}" if self.candidates else str(self.participants)


class Workload(Load, frozen=True):
    """How much one colleague carries, with those for whom they cover today; `covers` are the initials of these."""

    staff: int
    initials: str
    name: str
    covers: tuple[str, ...]


class Weight(NamedTuple):
    """How many participants, candidates beside them, and how many of the participants are in a demanding phase."""

    participants: int = 0
    candidates: int = 0
    demanding: int = 0


# ---------------------------------------------------------------------- what counts


def weigh(programme: Programme, lasting: Collection[int]) -> Weight:
    """What one person is of a load, by the phases that last.

    Phase-out is no work any more. Any demanding phase that lasts counts, also one that nobody ended.
    """
    followed = set(lasting) - {PHASE_OUT}
    if not followed:
        return Weight()
    if max(followed) == INTAKE and not programme.limits.candidates_count:
        return Weight(candidates=1)
    return Weight(participants=1, demanding=int(any(programme.phase(number).demanding for number in followed)))


def phases_of(text: str) -> frozenset[int]:
    """The phases that last, as a card has them."""
    return frozenset(int(number) for number in text.split(",") if number)


def total(programme: Programme, counted: Iterable[tuple[Collection[int], int]]) -> Weight:
    """The sum of how many there are of each set of phases that last."""
    weighed = [(weigh(programme, lasting), many) for lasting, many in counted]
    return Weight(*(sum(one[place] * many for one, many in weighed) for place in range(len(Weight._fields))))


def by_worker(reading: Reading, workers: Collection[int] | None = None) -> Mapping[int | None, Counter[frozenset[int]]]:
    """How many there are of each set of phases that last, by who is responsible; of some `workers`, or of all."""
    found: dict[int | None, Counter[frozenset[int]]] = {}
    whose = "" if workers is None else f"AND worker IN ({marks(workers)})"
    rows = f"SELECT worker, phases, count(*) FROM card WHERE phase > 0 {whose} GROUP BY worker, phases"
    for worker, phases, many in reading.sql(rows, [*(workers or ())]):
        found.setdefault(worker, Counter())[phases_of(phases)] += many
    return found


# ---------------------------------------------------------------------- the limits


def most(reading: Reading, role: str) -> int:
    """How many participants a colleague in a role may have."""
    limits = reading.programme.limits
    return limits.leader_participants if role == LEADER else limits.participants


def most_demanding(reading: Reading, role: str) -> int:
    """How many of them may be in demanding phases: never more than they may have at all."""
    return min(reading.programme.limits.demanding, most(reading, role))


# ---------------------------------------------------------------------- what is carried


def workload(
    reading: Reading,
    staff: Sequence[int] = (),
    limit: int = 40,
    *,
    on: date | None = None,
    own: Mapping[int | None, Counter[frozenset[int]]] | None = None,
) -> list[Workload]:
    """What the colleagues carry, the most loaded first; `staff` limits it to some of them.

    For a day that lies behind, `on`, `own` is whose participants were in which phases then.
    """
    chosen = f"AND id IN ({marks(staff)})" if staff else ""
    team = reading.named(
        "SELECT id AS staff, initials, name, role FROM staff "
        f"WHERE active AND role != '{READER}' {chosen} ORDER BY name, id",
        [*staff],
    )
    covering = absences.covering(reading, on or reading.today)
    if own is None:
        own = by_worker(reading, {*staff, *(worker for one in staff for worker in covering.get(one, ()))} or None)
    initials = dict(reading.sql("SELECT id, initials FROM staff")) if covering else {}
    found = []
    for one in team:
        theirs = covering.get(one["staff"], ())
        people = sum((own.get(worker, _NOBODY) for worker in (one["staff"], *theirs)), Counter[frozenset[int]]())
        found.append(
            struct(
                Workload,
                {**one, **total(reading.programme, people.items())._asdict()},
                limit=most(reading, one["role"]),
                demanding_limit=most_demanding(reading, one["role"]),
                covers=tuple(str(initials[worker]) for worker in theirs),
            )
        )
    return sorted(found, key=lambda load: (-load.participants, -load.demanding))[:limit]


def carried(
    reading: Reading, staff: int, participants: Iterable[int] = (), *, covering: Iterable[int] | None = None
) -> Load:
    """What a colleague carries, or would with these `participants` as well; nobody is counted twice.

    They see to those of the colleagues for whom they cover today, or of `covering` where that is given.
    """
    theirs = absences.covering(reading, reading.today).get(staff, ()) if covering is None else covering
    whose = (staff, *theirs)
    rows = "SELECT participant_id, phases FROM card WHERE phase > 0 AND"
    own = dict(reading.sql(f"{rows} worker IN ({marks(whose)})", whose))
    for portion in portions(participants):
        own |= dict(reading.sql(f"{rows} participant_id IN ({marks(portion)})", portion))
    role = reading.value("SELECT role FROM staff WHERE id = ?", [staff])
    weight = total(reading.programme, ((phases_of(phases), 1) for phases in own.values()))
    return Load(
        participants=weight.participants, demanding=weight.demanding, candidates=weight.candidates,
        limit=most(reading, role), demanding_limit=most_demanding(reading, role),
    )  # fmt: skip


_NOBODY: Final = Counter[frozenset[int]]()
