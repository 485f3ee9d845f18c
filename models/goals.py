"""The participant's own goals in the participant's own words, the steps towards them, and whose each step is.

A goal belongs to the participant (brukerstyring): nothing here replaces its words by an agency's aim. A step that
cannot be done yet says what it waits for. Source: the EX/IN guide, responsibility moves to the participant in phase 5.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from msgspec import Struct

from config.errors import ExinError
from config.words import N_, _
from models import timeline
from models.reading import Reading
from models.tables import Goal, Step
from models.text import clean_line, clean_text
from models.work import Work

OWN: Final = "participant"
OPEN, REACHED, LEFT, DONE = "open", "reached", "left", "done"
GOAL_FIELDS: Final = {
    "words": N_("In their own words"),
    "domain": N_("Part of life"),
    "began": N_("Said on"),
    "note": N_("Our note"),
}
STEP_FIELDS: Final = {
    "words": N_("The step"),
    "turn": N_("Whose it is"),
    "waits_for": N_("Waits for"),
    "due": N_("Due"),
    "began": N_("Agreed on"),
}
WORDS_LIMIT: Final = 500


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


# ---------------------------------------------------------------------- reading


def of(reading: Reading, participant: int) -> tuple[GoalLine, ...]:
    """A participant's goals, the open ones first, each by age; in two queries."""
    steps: dict[int, list[StepLine]] = {}
    for step in reading.rows(Step.select().where(Step.participant == participant).order_by(Step.began, Step.id)):
        steps.setdefault(step.goal, []).append(_step(reading, step))
    goals = reading.rows(Goal.select().where(Goal.participant == participant).order_by(Goal.began, Goal.id))
    return tuple(
        GoalLine(
            row.id, row.version, row.words, row.domain, row.began, row.state, row.ended, row.note,
            tuple(steps.get(row.id, ())),
        )
        for row in sorted(goals, key=lambda row: row.state != OPEN)
    )  # fmt: skip


def one(reading: Reading, goal: int) -> GoalLine:
    """One goal with its steps. Raises `GoalError` when there is none."""
    owner = reading.value("SELECT participant_id FROM goal WHERE id = ?", [goal])
    found = next((line for line in of(reading, owner) if line.id == goal), None) if owner is not None else None
    if found is None:
        raise _gone()
    return found


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


def _step(reading: Reading, row: Any) -> StepLine:
    done = None if row.done_at is None else reading.clock.local(row.done_at).date()
    return StepLine(
        row.id, row.version, row.goal, row.words, row.turn, row.waits_for, row.due, row.state, row.began, done
    )


# ---------------------------------------------------------------------- goals


def add(work: Work, participant: int, values: Mapping[str, Any]) -> int:
    """Note a goal; `values` holds `words` and any of `GOAL_FIELDS`. Answers its id, raises `GoalError`."""
    if work.value("SELECT 1 FROM participant WHERE id = ?", [participant]) is None:
        raise GoalError(_("This participant is not here any more."))
    checked = _goal(work, {"began": None, **values, "words": values.get("words", "")})
    goal = work.insert(Goal, participant=participant, **checked)
    _tell(work, participant, "goal_set", goal, checked["words"])
    return goal


def change(work: Work, goal: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change a goal; answers the new version. Raises `GoalError`, or `Conflict` as `Work.update`."""
    return work.update(Goal, goal, version, **_goal(work, changes))


def end(work: Work, goal: int, version: int, state: str) -> None:
    """Note today that a goal is reached, or was left; whatever steps are open stay as they are."""
    row = work.first(Goal.select().where(Goal.id == goal))
    if row is None:
        raise _gone()
    if state not in (REACHED, LEFT):
        raise GoalError(_("A goal is reached or left, not {state}.").format(state=state))
    if row.state == state and row.version == version:
        return
    work.update(Goal, goal, version, state=state, ended=work.today)
    _tell(work, row.participant, "goal_reached" if state == REACHED else "goal_left", goal, row.words)


def take_up(work: Work, goal: int, version: int) -> None:
    """Make a goal that was reached or left an open one again."""
    work.update(Goal, goal, version, state=OPEN, ended=None)


# ---------------------------------------------------------------------- steps


def add_step(work: Work, goal: int, values: Mapping[str, Any]) -> int:
    """Note a step towards a goal; `values` holds `words` and any of `STEP_FIELDS`. Answers its id."""
    row = work.first(Goal.select().where(Goal.id == goal))
    if row is None:
        raise _gone()
    checked = _step_values(work, {"began": None, "turn": "", **values, "words": values.get("words", "")})
    return work.insert(Step, goal=goal, participant=row.participant, **checked)


def change_step(work: Work, step: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change a step; answers the new version. Raises `GoalError`, or `Conflict` as `Work.update`."""
    return work.update(Step, step, version, **_step_values(work, changes))


def hand(work: Work, step: int, version: int, turn: str) -> None:
    """Give a step to somebody else: the participant, the team or an agency."""
    work.update(Step, step, version, **_step_values(work, {"turn": turn}))


def do(work: Work, step: int, version: int) -> None:
    """Note that a step is done, now; what it waited for has come."""
    row = _present(work, step)
    if row.state == DONE and row.version == version:
        return
    work.update(Step, step, version, state=DONE, done_at=work.clock.seconds(), waits_for="")
    _tell(work, row.participant, "step_done", row.goal, row.words)


def leave(work: Work, step: int, version: int) -> None:
    """Note that a step is not to be done after all; it stays in the list."""
    _present(work, step)
    work.update(Step, step, version, state=LEFT, done_at=work.clock.seconds())


def reopen(work: Work, step: int, version: int) -> None:
    """Make a step that was done or left an open one again."""
    _present(work, step)
    work.update(Step, step, version, state=OPEN, done_at=None)


# ---------------------------------------------------------------------- what both check


def _goal(work: Reading, values: Mapping[str, Any]) -> dict[str, Any]:
    checked = _known(values, GOAL_FIELDS)
    if "words" in checked:
        checked["words"] = clean_line(checked["words"], _(GOAL_FIELDS["words"]), WORDS_LIMIT)
        if not checked["words"]:
            raise GoalError(
                _("{field}: write what the participant wants, as they say it.").format(field=_(GOAL_FIELDS["words"]))
            )
    if "note" in checked:
        checked["note"] = clean_text(checked["note"], _(GOAL_FIELDS["note"]), 2_000)
    if "domain" in checked:
        checked["domain"] = clean_line(checked["domain"], _(GOAL_FIELDS["domain"]))
    return _begun(work, checked, GOAL_FIELDS)


def _step_values(work: Reading, values: Mapping[str, Any]) -> dict[str, Any]:
    checked = _known(values, STEP_FIELDS)
    for name in ("words", "waits_for"):
        if name in checked:
            checked[name] = clean_line(checked[name], _(STEP_FIELDS[name]), WORDS_LIMIT)
    if "words" in checked and not checked["words"]:
        raise GoalError(_("{field}: say what is to be done.").format(field=_(STEP_FIELDS["words"])))
    if "turn" in checked:
        checked["turn"] = checked["turn"] or OWN
        known = work.programme.choices["turn"]
        if checked["turn"] not in {choice.id for choice in known}:
            names = ", ".join(str(choice.name) for choice in known)
            raise GoalError(_("{field}: one of {known}.").format(field=_(STEP_FIELDS["turn"]), known=names))
    return _begun(work, checked, STEP_FIELDS)


def _known(values: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    for name in values:
        if name not in fields:
            raise GoalError(_("There is no field called {name}.").format(name=name))
    return dict(values)


def _begun(work: Reading, checked: dict[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    if "began" in checked:
        checked["began"] = checked["began"] or work.today
        if checked["began"] > work.today:
            raise GoalError(_("{field}: this day is still to come.").format(field=_(fields["began"])))
    return checked


def _present(work: Reading, step: int) -> Any:
    row = work.first(Step.select().where(Step.id == step))
    if row is None:
        raise GoalError(_("This step is not here any more."))
    return row


def _gone() -> GoalError:
    return GoalError(_("This goal is not here any more."))


def _tell(work: Work, participant: int, kind: str, goal: int, words: str) -> None:
    timeline.tell(work, participant, kind, work.clock.seconds(), {"words": words}, f"goal:{goal}")
