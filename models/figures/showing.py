"""Figures as numbers: exact for the team, or rounded for whoever is outside it.

What leaves is rounded so that it cannot be computed back: every inner number to a multiple of five, up with the chance
of what it exceeds one by, drawn from the vault's secret and those who are counted. The same people give the same
number in every table, period and copy, so that neither repeating nor comparing gives anybody away; sums are made of
what is shown. What would be the rest of a number that is shown beside it never leaves.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from statistics import quantiles
from typing import Final

from msgspec import Struct

from config.words import N_, _
from models.figures import definitions as figure
from models.figures.counting import Cell, Counted, Key, Lengths, Tally
from models.figures.periods import Period
from models.meetings.month_moves import is_new, is_release
from models.phases.numbers import PHASE_OUT
from models.roles.rights import Right, require
from models.storage.reading import Reading
from models.vault.keys import figures_secret

BASE: Final = 5
FEWEST: Final = 5
"""The exact number of people is shown from so many up."""
FOR_QUARTILES: Final = 10
"""Quartiles leave the team only of so many people at least: of fewer, one would be a person's own."""
WEEK: Final = 7
POSSIBLE: Final = 4
"""A number of one to four keeps at least so many values that it may have."""
NEW, RELEASED, ENDED = "new", "released", "ended"
_SUMS: Final = {NEW: N_("Came in or back"), RELEASED: N_("Released"), ENDED: N_("Phase-out began")}


class Row(Struct, frozen=True):
    """One number: `months` are those of a flow month by month, of a stock there is one."""

    key: Key
    label: str
    months: tuple[int, ...]

    @property
    def total(self) -> int:
        """Of the whole period."""
        return sum(self.months)


class Quartiles(Struct, frozen=True):
    """A length of time in days: of the shortest quarter, the half and the longest quarter."""

    key: Key
    label: str
    low: float
    middle: float
    high: float


class Shown(Struct, frozen=True):
    """The figures of a period as numbers; `people` is how many are in a phase, None where it is not told.

    `months` are the first days of its months. `whose` is the colleague's name where not all of the team are counted.
    """

    period: Period
    made: date
    months: tuple[date, ...]
    rounded: bool
    people: int | None
    rows: Mapping[str, tuple[Row, ...]]
    quartiles: Mapping[str, tuple[Quartiles, ...]]
    whose: str = ""


def exact(counted: Counted, whose: str = "") -> Shown:
    """Every number as it is: for the team alone."""
    rows = {name: _rows(cells, lambda tally: sum(tally.values())) for name, cells in counted.cells.items()}
    spread = {name: tuple(map(_quartiles, lengths)) for name, lengths in counted.lengths.items()}
    return _shown(counted, rows, spread, counted.people, rounded=False, whose=whose)


def rounded(counted: Counted, secret: bytes) -> Shown:
    """What may leave: rounded, without what stays in the team, and without a row of nothing.

    A row that is there would tell that it is more than nothing, so what rounds to nothing is not there either.
    """
    rows = {}
    for name, cells in counted.cells.items():
        if figure.BY_ID[name].leaves:
            told = _rows(cells, lambda tally: drawn(secret, tally))
            rows[name] = tuple(row for row in told if row.total)
    spread = {
        name: tuple(
            _coarse(one) for one in lengths
            if one.people >= FOR_QUARTILES and _surely(rows.get(figure.BY_ID[name].of, ()), one.key) >= FOR_QUARTILES
        )
        for name, lengths in counted.lengths.items()
    }  # fmt: skip
    people = told_people(counted.people, [row.total for row in _all(rows, counted)])
    return _shown(counted, rows, spread, people, rounded=True)


def drawn(secret: bytes, tally: Tally) -> int:
    """How many are counted, to a multiple of `BASE`: up with the chance (n mod 5)/5, by those who are counted."""
    count = sum(tally.values())
    over = count % BASE
    if not over:
        return count
    told = " ".join(f"{number}:{times}" for number, times in sorted(tally.items()))
    draw = int.from_bytes(hmac.new(secret, told.encode(), hashlib.sha256).digest()[:8])
    return count - over + BASE * (draw * BASE < over << 64)


def told_people(people: int, parts: Sequence[int]) -> int | None:
    """The exact number of people, None where there are too few, or where it would give away the numbers it is made of.

    `parts` are those numbers as they are shown, the ones that are nothing too: each may be up to four more or fewer.
    At the edge of what they may be together, every one of them would be known.
    """
    least, most = sum(max(0, part - BASE + 1) for part in parts), sum(part + BASE - 1 for part in parts)
    if people < FEWEST or not least + POSSIBLE - 1 <= people <= most - POSSIBLE + 1:
        return None
    return people


def secret(reading: Reading) -> bytes:
    """The vault's secret for the rounding; raises `NotAllowed` for who does not let figures out."""
    require(reading.actor.role, Right.FIGURES)
    return figures_secret(bytes.fromhex(reading.value("SELECT value FROM seal WHERE key = 'audit_key'")))


def sums(rows: Iterable[Row]) -> tuple[Row, ...]:
    """In, out and released, summed from transitions as they are shown."""
    found = []
    for name, title in _SUMS.items():
        theirs = [row.months for row in rows if _belongs(name, int(row.key[0]), int(row.key[1]))]
        found.append(Row((name,), _(title), tuple(map(sum, zip(*theirs, strict=True)))))
    return tuple(row for row in found if row.months)


def _belongs(name: str, before: int, after: int) -> bool:
    return after == PHASE_OUT if name == ENDED else is_new(before, after) if name == NEW else is_release(before, after)


def _rows(cells: Sequence[Cell], number: Callable[[Tally], int]) -> tuple[Row, ...]:
    return tuple(Row(cell.key, cell.label, tuple(map(number, cell.months))) for cell in cells)


def _all(rows: Mapping[str, Sequence[Row]], counted: Counted) -> list[Row]:
    """The phases as they are shown, with those that are nothing."""
    there = {row.key: row for row in rows.get(figure.PHASES, ())}
    return [there.get(cell.key, Row(cell.key, "", (0,))) for cell in counted.cells.get(figure.PHASES, ())]


def _surely(rows: Iterable[Row], key: Key) -> int:
    """How many there are at least in the rows that begin with a key, by what is shown alone."""
    return sum(max(0, number - BASE + 1) for row in rows if row.key[:1] == key for number in row.months)


def _quartiles(lengths: Lengths) -> Quartiles:
    days = lengths.days
    low, middle, high = quantiles(days, n=4, method="inclusive") if len(days) > 1 else days * 3
    return Quartiles(lengths.key, lengths.label, low, middle, high)


def _coarse(lengths: Lengths) -> Quartiles:
    """In whole weeks, so that no day is anybody's."""
    one = _quartiles(lengths)
    low, middle, high = (WEEK * round(days / WEEK) for days in (one.low, one.middle, one.high))
    return Quartiles(one.key, one.label, low, middle, high)


def _shown(
    counted: Counted, rows: Mapping[str, tuple[Row, ...]], spread: Mapping[str, tuple[Quartiles, ...]],
    people: int | None, *, rounded: bool, whose: str = "",
) -> Shown:  # fmt: skip
    told = {**rows, figure.SUMS: sums(rows.get(figure.MOVES, ()))}
    order = [one.id for one in figure.DEFINITIONS]
    return Shown(
        counted.period, counted.made, counted.months, rounded, people,
        {name: told[name] for name in order if told.get(name)},
        {name: spread[name] for name in order if spread.get(name)}, whose,
    )  # fmt: skip
