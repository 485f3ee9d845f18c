"""The participant's own goals as they are read: each with its steps, and whose hands the steps were in month by month.

Source: the EX/IN guide, responsibility moves to the participant in phase 5.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from config.errors import ExinError
from config.words import _
from models.storage.reading import Reading, struct
from models.storage.required import require_row
from models.tables import Goal

OWN: Final = "participant"
OPEN, REACHED, LEFT, DONE = "open", "reached", "left", "done"


class GoalError(ExinError):
    """A goal or a step cannot be noted or changed as asked."""


class StepLine(Struct, frozen=True):
    """One step; `done` is the day it was done (or left), None while it is open."""

    id: int
    version: int
    goal: int
    words: str
    turn: str
    waits_for: str
    due: date | None
    state: str
    began: date
    done: date | None

    @property
    def waits(self) -> bool:
        """Whether it cannot be done yet."""
        return self.state == OPEN and bool(self.waits_for)


class GoalLine(Struct, frozen=True):
    """One goal with its steps in the order they were agreed; `state` is open, reached or left."""

    id: int
    version: int
    words: str
    domain: str
    began: date
    state: str
    ended: date | None
    note: str
    steps: tuple[StepLine, ...]

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(step.state == DONE for step in self.steps)


class MonthShare(Struct, frozen=True):
    """How many of the steps open or done in one month were the participant's at its end; `month` is its first day."""

    month: date
    own: int
    total: int

    @property
    def percent(self) -> int | None:
        """How many of a hundred were in the participant's own hands, None in a month without steps."""
        return round(100 * self.own / self.total) if self.total else None


def of(reading: Reading, participant: int) -> tuple[GoalLine, ...]:
    """A participant's goals, the open ones first, each by age; in two queries."""
    goals = reading.named(
        "SELECT id, version, words, domain, began, state, ended, note FROM goal WHERE participant_id = ? "
        "ORDER BY state != 'open', began, id",
        [participant],
    )
    steps = _steps(reading, "participant_id = ? ORDER BY began, id", participant)
    return tuple(struct(GoalLine, goal, steps=[step for step in steps if step.goal == goal["id"]]) for goal in goals)


def one(reading: Reading, goal: int) -> GoalLine:
    """One goal with its steps. Raises `GoalError` when there is none."""
    return next(line for line in of(reading, owner_of(reading, goal)) if line.id == goal)


def owner_of(reading: Reading, goal: int) -> int:
    """The participant whose goal it is. Raises `GoalError` when there is none."""
    return int(require_row(reading, Goal, goal, gone()).participant)


def step(reading: Reading, number: int) -> StepLine:
    """One step. Raises `GoalError` when there is none."""
    found = _steps(reading, "id = ?", number)
    if not found:
        raise no_step()
    return found[0]


def _steps(reading: Reading, which: str, number: int) -> list[StepLine]:
    rows = reading.named(
        "SELECT id, version, goal_id AS goal, words, turn, waits_for, due, state, began, done_at FROM step "
        f"WHERE {which}",
        [number],
    )
    return [
        struct(StepLine, row, done=reading.clock.local(row["done_at"]).date() if row["done_at"] is not None else None)
        for row in rows
    ]


def shares(reading: Reading, participant: int) -> tuple[MonthShare, ...]:
    """The share of steps in the participant's own hands, month by month from the first step until now.

    A step handed over counts for whoever had it at the end of each month, as the history of changes tells.
    """
    steps = [step for goal in of(reading, participant) for step in goal.steps if step.state != LEFT]
    if not steps:
        return ()
    handed = _handed_over(reading, participant)
    found = []
    month = min(step.began for step in steps).replace(day=1)
    while month <= reading.today:
        following = (month + timedelta(days=32)).replace(day=1)
        last = min(following - timedelta(days=1), reading.today)
        turns = [
            _turn_on(step, handed.get(step.id, ()), last)
            for step in steps
            if step.began <= last and (step.done is None or step.done >= month)
        ]
        found.append(MonthShare(month, turns.count(OWN), len(turns)))
        month = following
    return tuple(found)


def _handed_over(reading: Reading, participant: int) -> dict[int, list[tuple[date, str]]]:
    """For each step that changed hands, oldest first: until which day it was whose."""
    found: dict[int, list[tuple[date, str]]] = {}
    for row, at, before in reading.sql(
        'SELECT c."row", a.at, c.before FROM step s JOIN change c ON c."table" = \'step\' AND c."row" = s.id '
        "JOIN audit a ON a.seq = c.audit WHERE s.participant_id = ? AND c.operation = 'update' ORDER BY c.id",
        [participant],
    ):
        changed = json.loads(before)
        if "turn" in changed:
            found.setdefault(row, []).append((reading.clock.local(at).date(), changed["turn"][0]))
    return found


def _turn_on(step: StepLine, handed: Sequence[tuple[date, str]], day: date) -> str:
    return next((turn for until, turn in handed if until > day), step.turn)


def gone() -> GoalError:
    """What is raised for a goal that is not there."""
    return GoalError(_("This goal is not here any more."))


def no_step() -> GoalError:
    """What is raised for a step that is not there."""
    return GoalError(_("This step is not here any more."))
