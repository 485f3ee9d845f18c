"""How stable the network is: how many of the stable members who were asked to a gathering came to it.

Came means to at least one half day. Guests, managers and other members are counted apart. Only gatherings for which
attendance is noted count. Source: the report's § on the network: attendance near 90 per cent, which is the goal
(`attendance_goal` of `limits.toml`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from models.gatherings import attendance, gatherings
from models.gatherings.attendance import GUEST, MANAGER, MEMBER, STABLE, Invited
from models.gatherings.gatherings import CANCELLED, GatheringLine
from models.storage.reading import Reading


class Share(Struct, frozen=True):
    """How many of those who were asked came."""

    came: int
    asked: int

    @property
    def percent(self) -> int | None:
        """Of a hundred, a half rounded up; None where nobody was asked."""
        return (200 * self.came + self.asked) // (2 * self.asked) if self.asked else None

    def reaches(self, goal: int) -> bool:
        """Whether the share itself, not what it is rounded to, is no smaller than the goal in per cent."""
        return 100 * self.came >= goal * self.asked


class HeldGathering(Struct, frozen=True):
    """One gathering: the stable members in all and by agency, by half day, and how many others came, by their part."""

    gathering: GatheringLine
    stable: Share
    agencies: dict[str, Share]
    halves: dict[tuple[date, int], Share]
    others: dict[str, int]


class Stability(Struct, frozen=True):
    """The gatherings with attendance, oldest first, and the stable members over all of them."""

    held: tuple[HeldGathering, ...]

    @property
    def stable(self) -> Share:
        """Over all gatherings together."""
        return _sum(one.stable for one in self.held)

    @property
    def agencies(self) -> dict[str, Share]:
        """By agency over all gatherings together, in the order of the first that has them."""
        names = dict.fromkeys(agency for one in self.held for agency in one.agencies)
        return {name: _sum(one.agencies[name] for one in self.held if name in one.agencies) for name in names}


def stability(reading: Reading, first: date = date.min, last: date = date.max) -> Stability:
    """The stability of the network over the gatherings that began within these days."""
    lines = [line for line in gatherings.listing(reading) if line.noted and line.state != CANCELLED]
    lines = [line for line in lines if first <= line.first <= last]
    lines.sort(key=lambda line: (line.first, line.id))
    return Stability(tuple(counted(line, attendance.of(reading, line.id)) for line in lines))


def counted(gathering: GatheringLine, people: list[Invited]) -> HeldGathering:
    """The figures of one gathering."""
    stable = [one for one in people if one.part == STABLE]
    agencies = dict.fromkeys(one.agency for one in stable)
    noted = {half for one in people for half in (*one.came, *one.missed)}
    return HeldGathering(
        gathering,
        _share(stable),
        {agency: _share([one for one in stable if one.agency == agency]) for agency in agencies},
        {half: Share(sum(half in one.came for one in stable), len(stable)) for half in gathering.halves
         if half in noted},
        {part: sum(bool(one.came) for one in people if one.part == part) for part in (MEMBER, GUEST, MANAGER)},
    )  # fmt: skip


def _share(people: list[Invited]) -> Share:
    return Share(sum(bool(one.came) for one in people), len(people))


def _sum(shares: Iterable[Share]) -> Share:
    found = list(shares)
    return Share(sum(one.came for one in found), sum(one.asked for one in found))
