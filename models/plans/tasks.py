"""Tasks: whose turn it is, when they are due, and those the programme suggests when a phase begins."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from msgspec import Struct

from config.errors import ExinError
from config.programme.shapes import PhaseTask
from config.words import N_, _
from models import timeline
from models.plans import repeats
from models.storage.actions import action
from models.storage.reading import Reading, struct
from models.storage.required import require_participant, require_row
from models.storage.work import Work
from models.tables import PhasePeriod, Task
from models.values.days import NOON
from models.values.fields import Fields

OPEN: Final = "open"
DONE: Final = "done"
DECLINED: Final = "declined"
STATES: Final = {OPEN: N_("open"), DONE: N_("done"), DECLINED: N_("declined")}
AGENCY: Final = "agency"
YEARS_AHEAD: Final = 10
TEXT_LIMIT: Final = 500
SUGGESTED: Final = "phase_task"
FIELDS: Final = {
    "text": N_("What"),
    "turn": N_("Whose turn"),
    "agency": N_("Which agency"),
    "owner": N_("Who sees to it"),
    "due": N_("Due"),
    "repeats": N_("Repeats"),
}


class TaskError(ExinError):
    """A task cannot be made, changed or closed as asked."""


_FIELDS: Final = Fields(FIELDS, TaskError, lines=("text", "agency"), limits={"text": TEXT_LIMIT})


class ToDo(Struct, frozen=True):
    """One task; `participant` is None for one of the team's own, `source` names the suggestion it came from.

    `series` is the first of those that repeat, None for the first itself; `moved_from` is the day that the rule has for
    it, None while it is due on its own.
    """

    id: int
    version: int
    participant: int | None
    text: str
    turn: str
    agency: str
    owner: int | None
    due: date | None
    state: str
    done_at: int | None
    source: str
    repeats: str
    series: int | None
    moved_from: date | None

    @property
    def by_rule(self) -> date | None:
        """The day that its rule has for it, from which those that follow are counted."""
        return self.due if self.moved_from is None else self.moved_from


class Suggestion(Struct, frozen=True):
    """A task that the programme suggests for a phase that lasts; `period` is the phase period it is suggested for."""

    period: int
    task: PhaseTask

    @property
    def source(self) -> str:
        """What a task that came from here, or was declined, keeps of it."""
        return f"{SUGGESTED}:{self.task.id}:{self.period}"


def of(reading: Reading, participant: int) -> tuple[ToDo, ...]:
    """A participant's tasks, in the order in which they came."""
    query = Task.select().where(Task.participant == participant).order_by(Task.id)
    return tuple(struct(ToDo, row._asdict()) for row in reading.rows(query))


def of_series(reading: Reading, first: int) -> tuple[ToDo, ...]:
    """A task and what it repeated as, in the order in which their rule has them; without a date at the end."""
    query = Task.select().where((Task.id == first) | (Task.series == first))
    found = [struct(ToDo, row._asdict()) for row in reading.rows(query)]
    return tuple(sorted(found, key=lambda one: (one.by_rule or date.max, one.id)))


def one(reading: Reading, task: int) -> ToDo:
    """One task. Raises `TaskError` when there is none."""
    row = require_row(reading, Task, task, TaskError(_("This task is not here any more.")))
    return struct(ToDo, row._asdict())


@action("tasks.add", N_("the new task"))
def add(work: Work, participant: int | None, values: Mapping[str, Any], source: str = "") -> int:
    """Set a task, for a participant or for the team; `values` holds `text` and any other of `FIELDS`.

    `source` names what it came from, as `table:id`. Answers its id. Raises `TaskError`, `RepeatError` or `TextTooLong`.
    """
    if participant is not None:
        require_participant(work, participant, TaskError)
    checked = _checked(work, {"text": "", **values})
    return work.insert(Task, participant=participant, created_at=work.clock.seconds(), source=source, **checked)


@action("tasks.change", N_("the change to the task"))
def change(work: Work, task: int, version: int, changes: Mapping[str, Any], *, following: bool = False) -> int:
    """Change a task and answer its new version. Raises as `add`, and `Conflict`.

    Another date moves this one alone; with `following` its rule counts from there, and those that follow move along.
    """
    return work.update(Task, task, version, **_checked(work, changes, one(work, task), following=following))


@action("tasks.move", N_("the task moved"))
def move(work: Work, task: int, version: int, days: int) -> date:
    """Move an open task by days from its date; from today where it is overdue or has none. Answers the new date.

    Fewer than none is earlier, and not earlier than today. Raises `TaskError`.
    """
    present = _open(work, task)
    if days < 0 and (present.due is None or present.due + timedelta(days=days) < work.today):
        raise TaskError(_("That day would have passed. Open it with Enter to set such a day."))
    return move_to(work, task, version, max(present.due or work.today, work.today) + timedelta(days=days))


@action("tasks.move_to", N_("the task moved"))
def move_to(work: Work, task: int, version: int, due: date) -> date:
    """Move an open task to a day, which it answers. What follows by a rule stays where it was. Raises `TaskError`."""
    present = _open(work, task)
    _possible(work, due)
    work.update(Task, task, version, due=due, moved_from=_moved_from(present, due))
    return due


@action("tasks.finish", N_("the task noted as done"))
def finish(work: Work, task: int, version: int) -> None:
    """Note that a task is done; one that repeats is set anew for its next date."""
    present = _open(work, task)
    now = work.clock.seconds()
    work.update(Task, task, version, state=DONE, done_at=now)
    if present.participant is not None:
        timeline.tell(work, present.participant, "task_done", now, {"text": present.text}, f"task:{task}")
    if not present.repeats or present.due is None or present.by_rule is None:
        return
    began, due, today = (datetime.combine(day, NOON) for day in (present.by_rule, present.due, work.today))
    if (found := repeats.following(present.repeats, began, today, {due})) is not None:
        kept = {name: getattr(present, name) for name in ("participant", "text", "turn", "agency", "owner", "repeats")}
        first = present.series or task
        work.insert(Task, due=found.date(), series=first, created_at=work.clock.seconds(), **kept)


@action("tasks.decline", N_("the task declined"))
def decline(work: Work, task: int, version: int) -> None:
    """Note that a task is not going to be done; nothing follows it."""
    _open(work, task)
    work.update(Task, task, version, state=DECLINED, done_at=work.clock.seconds())


def suggested(reading: Reading, participant: int) -> tuple[Suggestion, ...]:
    """What the programme suggests for the phases that last, less what was taken or declined for them."""
    query = PhasePeriod.select(PhasePeriod.id, PhasePeriod.phase).where(
        (PhasePeriod.participant == participant) & PhasePeriod.ended.is_null()
    )
    offered = (
        Suggestion(period.id, task)
        for period in reading.rows(query.order_by(PhasePeriod.phase, PhasePeriod.id))
        for task in reading.programme.phase_tasks
        if task.phase == period.phase
    )
    answered = sources(reading, participant)
    return tuple(one for one in offered if one.source not in answered)


def sources(reading: Reading, participant: int) -> set[str]:
    """What a participant's tasks came from, where they were suggested by something."""
    rows = reading.sql("SELECT source FROM task WHERE participant_id = ? AND source != ''", [participant])
    return {source for (source,) in rows}


@action("tasks.take", N_("the suggested task taken"))
def take(work: Work, participant: int, suggestion: Suggestion, due: date | None = None) -> int:
    """Take a suggested task; whoever is responsible for the participant sees to it. Answers its id."""
    worker = work.value("SELECT worker_id FROM participant WHERE id = ?", [participant])
    return _answer(work, participant, suggestion, owner=worker, due=due)


@action("tasks.turn_down", N_("the suggested task declined"))
def turn_down(work: Work, participant: int, suggestion: Suggestion) -> int:
    """Decline a suggested task, so that it is not offered again in this phase. Answers the id of what says so."""
    return _answer(work, participant, suggestion, state=DECLINED, done_at=work.clock.seconds())


def _answer(work: Work, participant: int, suggestion: Suggestion, **values: Any) -> int:
    if suggestion.source in sources(work, participant):
        raise TaskError(_("Somebody has taken or declined this task already."))
    return work.insert(
        Task, participant=participant, text=str(suggestion.task.text), turn=suggestion.task.turn,
        source=suggestion.source, created_at=work.clock.seconds(), **values,
    )  # fmt: skip


def _open(work: Reading, task: int) -> ToDo:
    present = one(work, task)
    if present.state != OPEN:
        raise TaskError(_("This task is {state} already.").format(state=_(STATES[present.state])))
    return present


def _moved_from(present: ToDo, due: date | None) -> date | None:
    return present.by_rule if present.repeats and due != present.by_rule else None


def _possible(work: Reading, due: date) -> None:
    if due.year > work.today.year + YEARS_AHEAD:
        raise TaskError(_("Due: check the year: {year}.").format(year=due.year))


def _checked(
    work: Reading, values: Mapping[str, Any], present: ToDo | None = None, *, following: bool = False
) -> dict[str, Any]:
    """What is written, with the rule that its choice of repeating stands for."""
    checked = _FIELDS.checked(values)
    if "text" in checked and not checked["text"]:
        raise TaskError(_("What: say what is to be done."))
    if "turn" in checked and checked["turn"] not in {turn.id for turn in work.programme.choices["turn"]}:
        raise TaskError(
            _("Whose turn: the participant's, ours or an agency's, not {value}.").format(value=checked["turn"])
        )
    due = checked.get("due")
    if due is not None:
        _possible(work, due)
    if present is not None and present.repeats and "due" in checked:
        if following or due is None:
            checked.setdefault("repeats", repeats.choice_of(present.repeats))
        else:
            checked["moved_from"] = _moved_from(present, due)
    if choice := checked.get("repeats"):
        first = checked.get("due", present.due if present is not None else None)
        if first is None:
            raise TaskError(_("Due: what repeats needs a date to begin with."))
        checked |= {"repeats": repeats.rule_for(choice, first), "moved_from": None}
    return checked
