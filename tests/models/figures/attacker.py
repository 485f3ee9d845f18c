"""What somebody outside can compute from all that left a team, month after month: the tightest bounds of a number.

The attacker knows the rounding, what a month's figures have to do with each other and with the month before, and that
a number of people withheld is withheld because it is small or at the edge of what the phases may add up to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import ceil, floor
from random import Random
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import lil_matrix, vstack

from models.figures import definitions as figure
from models.figures.counting import Cell, Counted
from models.figures.periods import MONTH, Period, around
from models.figures.showing import BASE, POSSIBLE, Shown

PHASES = range(1, 7)
REASONS = ("completed", "own_wish", "drop_out", "new_sentence", "moved", "died", "other", "")
AGENCIES = ("nav", "lawyer", "probation")
CONNECTED = ((0, 1), (0, 2), (1, 2), (1, 6), (2, 3), (3, 4), (4, 5), (5, 6), (4, 6), (3, 6), (2, 6), (6, 2), (6, 4),
             (5, 2), (4, 2), (2, 4))  # fmt: skip
Name = tuple[str, tuple[str, ...], int]
"""A number: its figure, its row, its month by place."""


def caseload(chance: Random, people: int, first: Period, many: int) -> list[Counted]:
    """The exact figures of so many months of a random team, from the first: everybody in one phase at a time."""
    at = {number: chance.choice([0, 1, 2, 2, 3, 4, 5, 6]) for number in range(1, people + 1)}
    moving, found = chance.uniform(0.02, 0.5), []
    for month in range(many):
        cells: dict[str, dict[tuple[str, ...], dict[int, int]]] = {
            figure.PHASES: {(str(phase),): {} for phase in PHASES}
        }

        def put(name: str, key: tuple[str, ...], number: int, cells: dict[str, Any] = cells) -> None:
            cells.setdefault(name, {}).setdefault(key, {})[number] = 1

        for number, phase in at.items():
            steps = [step for step in CONNECTED if step[0] == phase]
            if steps and chance.random() < moving:
                before, after = chance.choice(steps)
                put(figure.MOVES, (str(before), str(after)), number)
                at[number] = after
                if chance.random() < 0.6:
                    put(figure.REVIEWED, (str(after),), number)
                if before in (2, 3) and after == 4 and chance.random() < 0.6:
                    put(figure.PREPARED, ("4",), number)
                if after == 6:
                    put(figure.ENDINGS, (chance.choice(REASONS),), number)
                if before == 6:
                    put(figure.RETURNED, ("back",), number)
            elif phase == 6 and chance.random() < 0.3:
                at[number] = 0
        for number, phase in at.items():
            if not phase:
                continue
            put(figure.PHASES, (str(phase),), number)
            for agency in AGENCIES:
                if 2 <= phase <= 5 and (number * 7 + len(agency)) % 10 < 6:
                    put(figure.CONSENTS, (agency,), number)
            if phase in (2, 3) and number % 3:
                put(figure.CHECKLISTS, ("open",), number)
                if number % 2:
                    put(figure.CHECKLISTS, ("unverified",), number)
        period = first.later(month)
        told = {name: tuple(Cell(key, "x", (tally,)) for key, tally in rows.items()) for name, rows in cells.items()}
        standing = sum(1 for phase in at.values() if phase)
        found.append(Counted(period, None, period.last, (period.first,), standing, told, {}))
    return found


def truth(months: Sequence[Counted]) -> dict[Name, int]:
    """Every true number."""
    return {
        (name, cell.key, place): sum(cell.months[0].values())
        for place, counted in enumerate(months)
        for name, cells in counted.cells.items()
        for cell in cells
    }


class Attacker:
    """Everything exported as bounds on unknown numbers, and what ties them to each other."""

    def __init__(self, files: Sequence[Shown]) -> None:
        self.files = files
        self.names: dict[Name, int] = {}
        self.bounds: list[tuple[float, float | None]] = []
        self.equal: list[tuple[dict[Name, float], float]] = []
        self.most: list[tuple[dict[Name, float], float]] = []
        self.edges: dict[int, list[tuple[int, int]]] = {}
        for place, file in enumerate(files):
            self._month(place, file)
        self._rows = {
            False: self._matrix(self.equal), True: self._matrix(self.most),
        }  # fmt: skip

    def _month(self, place: int, file: Shown) -> None:
        stock = [self._seen(figure.PHASES, (str(phase),), place) for phase in PHASES]
        moves = {
            (before, after): self._seen(figure.MOVES, (str(before), str(after)), place)
            for before in (0, *PHASES) for after in PHASES if before != after
        }  # fmt: skip
        if place:
            for phase, now in zip(PHASES, stock, strict=True):
                # Phase-out alone ends without another beginning.
                gone = [self._free(("gone", (), place))] if phase == 6 else []
                before = (figure.PHASES, (str(phase),), place - 1)
                came = [name for (_a, b), name in moves.items() if b == phase]
                went = [name for (a, _b), name in moves.items() if a == phase]
                self._tie(self.equal, [now, *went, *gone], [before, *came])
        reasons = [self._seen(figure.ENDINGS, (reason,), place) for reason in REASONS]
        self._tie(self.equal, reasons, [name for (_a, b), name in moves.items() if b == 6])
        for phase in PHASES:
            reviewed = self._seen(figure.REVIEWED, (str(phase),), place)
            self._tie(self.most, [reviewed], [name for (_a, b), name in moves.items() if b == phase])
        self._tie(self.most, [self._seen(figure.PREPARED, ("4",), place)], [moves[2, 4], moves[3, 4]])
        back = self._seen(figure.RETURNED, ("back",), place)
        self._tie(self.most, [back], [name for (a, _b), name in moves.items() if a in (0, 6)])
        for agency in AGENCIES:
            self._tie(self.most, [self._seen(figure.CONSENTS, (agency,), place)], stock[1:5])
        lists = self._seen(figure.CHECKLISTS, ("open",), place)
        self._tie(self.most, [lists], stock)
        self._tie(self.most, [self._seen(figure.CHECKLISTS, ("unverified",), place)], [lists])
        least = sum(int(self.bounds[self.names[name]][0]) for name in stock)
        most = sum(int(self.bounds[self.names[name]][1] or 0) for name in stock)
        if file.people is not None:
            self.equal.append((dict.fromkeys(stock, 1.0), file.people))
        else:
            self.edges[place] = [(0, max(4, least + POSSIBLE - 2)), (most - POSSIBLE + 2, most)]

    def _seen(self, figure_id: str, key: tuple[str, ...], place: int) -> Name:
        rows = {row.key: row.total for row in self.files[place].rows.get(figure_id, ())}
        shown = rows.get(key, 0)
        return self._put((figure_id, key, place), max(0, shown - BASE + 1), shown + BASE - 1)

    def _free(self, name: Name) -> Name:
        return self._put(name, 0, None)

    def _put(self, name: Name, low: float, high: float | None) -> Name:
        self.names[name] = len(self.bounds)
        self.bounds.append((low, high))
        return name

    def _tie(self, rows: list[tuple[dict[Name, float], float]], less: Iterable[Name], more: Iterable[Name]) -> None:
        rows.append(({**dict.fromkeys(less, 1.0), **dict.fromkeys(more, -1.0)}, 0.0))

    def _matrix(self, rows: Sequence[tuple[Mapping[Name, float], float]]) -> tuple[Any, Any]:
        found = lil_matrix((len(rows), len(self.bounds)))
        for place, (terms, _right) in enumerate(rows):
            for name, factor in terms.items():
                found[place, self.names[name]] = factor
        return found.tocsr(), np.array([right for _terms, right in rows])

    def possible(self, name: Name) -> set[int]:
        """The whole numbers that the number may be."""
        edges = self.edges.get(name[2])
        if edges is None:
            return self._between(name, None)
        return set().union(*(self._between(name, edge) for edge in edges))

    def _between(self, name: Name, edge: tuple[int, int] | None) -> set[int]:
        (equal, right), (most, limit) = self._rows[False], self._rows[True]
        if edge is not None:
            row = lil_matrix((1, len(self.bounds)))
            for phase in PHASES:
                row[0, self.names[figure.PHASES, (str(phase),), name[2]]] = 1
            most, limit = vstack([most, row, -row]).tocsr(), np.append(limit, [edge[1], -edge[0]])
        found = []
        for sign in (1, -1):
            goal = np.zeros(len(self.bounds))
            goal[self.names[name]] = sign
            answer = linprog(goal, A_ub=most, b_ub=limit, A_eq=equal, b_eq=right, bounds=self.bounds, method="highs")
            if answer.status == 2:
                return set()
            assert answer.status == 0, answer.message
            found.append(sign * answer.fun)
        return set(range(ceil(found[0] - 1e-6), floor(found[1] + 1e-6) + 1))


def first_month() -> Period:
    """A month to begin with."""
    return around(date(2025, 1, 1), MONTH)
