"""The participant's own goals in the participant's own words, the steps towards them, and whose each step is.

A goal belongs to the participant (brukerstyring): nothing here replaces its words by an agency's aim. A step that
cannot be done yet says what it waits for. Source: the EX/IN guide, responsibility moves to the participant in phase 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from config.words import N_, _
from models import timeline
from models.goals.reading import DONE, LEFT, OPEN, OWN, REACHED, GoalError, gone, no_step
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.required import require_participant, require_row
from models.storage.work import Work
from models.tables import Goal, Step
from models.values.fields import Fields

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
_GOAL: Final = Fields(
    GOAL_FIELDS, GoalError, lines=("words", "domain"), texts=("note",), limits={"words": WORDS_LIMIT, "note": 2_000}
)
_STEP: Final = Fields(
    STEP_FIELDS, GoalError, lines=("words", "waits_for"), limits={"words": WORDS_LIMIT, "waits_for": WORDS_LIMIT}
)


@action("goals.add", N_("the new goal"))
def add(work: Work, participant: int, values: Mapping[str, Any]) -> int:
    """Note a goal; `values` holds `words` and any of `GOAL_FIELDS`. Answers its id, raises `GoalError`."""
    require_participant(work, participant, GoalError)
    checked = _goal(work, {"began": None, **values, "words": values.get("words", "")})
    goal = work.insert(Goal, participant=participant, **checked)
    _tell(work, participant, "goal_set", goal, checked["words"])
    return goal


@action("goals.change", N_("the change to the goal"))
def change(work: Work, goal: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change a goal; answers the new version. Raises `GoalError`, or `Conflict` as `Work.update`."""
    return work.update(Goal, goal, version, **_goal(work, changes))


@action("goals.end", N_("the end of the goal"))
def end(work: Work, goal: int, version: int, state: str) -> None:
    """Note today that a goal is reached, or was left; whatever steps are open stay as they are."""
    row = require_row(work, Goal, goal, gone())
    if state not in (REACHED, LEFT):
        raise GoalError(_("A goal is reached or left, not {state}.").format(state=state))
    if row.state == state and row.version == version:
        return
    work.update(Goal, goal, version, state=state, ended=work.today)
    _tell(work, row.participant, "goal_reached" if state == REACHED else "goal_left", goal, row.words)


@action("goals.take_up", N_("the goal taken up again"))
def take_up(work: Work, goal: int, version: int) -> None:
    """Make a goal that was reached or left an open one again."""
    work.update(Goal, goal, version, state=OPEN, ended=None)


@action("goals.add_step", N_("the new step"))
def add_step(work: Work, goal: int, values: Mapping[str, Any]) -> int:
    """Note a step towards a goal; `values` holds `words` and any of `STEP_FIELDS`. Answers its id."""
    row = require_row(work, Goal, goal, gone())
    checked = _step_values(work, {"began": None, "turn": "", **values, "words": values.get("words", "")})
    return work.insert(Step, goal=goal, participant=row.participant, **checked)


@action("goals.change_step", N_("the change to the step"))
def change_step(work: Work, step: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change a step; answers the new version. Raises `GoalError`, or `Conflict` as `Work.update`."""
    return work.update(Step, step, version, **_step_values(work, changes))


@action("goals.hand", N_("whose the step is"))
def hand(work: Work, step: int, version: int, turn: str) -> None:
    """Give a step to somebody else: the participant, the team or an agency."""
    work.update(Step, step, version, **_step_values(work, {"turn": turn}))


@action("goals.do", N_("the step that was done"))
def do(work: Work, step: int, version: int) -> None:
    """Note that a step is done, now; what it waited for has come."""
    row = require_row(work, Step, step, no_step())
    if row.state == DONE and row.version == version:
        return
    work.update(Step, step, version, state=DONE, done_at=work.clock.seconds(), waits_for="")
    _tell(work, row.participant, "step_done", row.goal, row.words)


@action("goals.leave", N_("the step that was left"))
def leave(work: Work, step: int, version: int) -> None:
    """Note that a step is not to be done after all; it stays in the list."""
    require_row(work, Step, step, no_step())
    work.update(Step, step, version, state=LEFT, done_at=work.clock.seconds())


@action("goals.reopen", N_("the step opened again"))
def reopen(work: Work, step: int, version: int) -> None:
    """Make a step that was done or left an open one again."""
    require_row(work, Step, step, no_step())
    work.update(Step, step, version, state=OPEN, done_at=None)


def _goal(work: Reading, values: Mapping[str, Any]) -> dict[str, Any]:
    return _checked(work, _GOAL, values, _("{field}: write what the participant wants, as they say it."))


def _step_values(work: Reading, values: Mapping[str, Any]) -> dict[str, Any]:
    checked = _checked(work, _STEP, values, _("{field}: say what is to be done."))
    if "turn" in checked:
        checked["turn"] = checked["turn"] or OWN
        known = work.programme.choices["turn"]
        if checked["turn"] not in {choice.id for choice in known}:
            names = ", ".join(str(choice.name) for choice in known)
            raise GoalError(_("{field}: one of {known}.").format(field=_(STEP_FIELDS["turn"]), known=names))
    return checked


def _checked(work: Reading, fields: Fields, values: Mapping[str, Any], no_words: str) -> dict[str, Any]:
    checked = fields.checked(values)
    if "words" in checked and not checked["words"]:
        raise GoalError(no_words.format(field=_(fields.labels["words"])))
    if "began" in checked:
        checked["began"] = checked["began"] or work.today
        if checked["began"] > work.today:
            raise GoalError(_("{field}: the date is in the future.").format(field=_(fields.labels["began"])))
    return checked


def _tell(work: Work, participant: int, kind: str, goal: int, words: str) -> None:
    timeline.tell(work, participant, kind, work.clock.seconds(), {"words": words}, f"goal:{goal}")
