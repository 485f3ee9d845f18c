"""What is to be done around a participant as plain data: goals, spending, appointments, tasks, checklists."""

from __future__ import annotations

from models.checklists import reading as checklist_reading
from models.export.writer import Plain, Writer, moment
from models.goals import reading as goal_reading
from models.plans import applications
from models.tables import Application, Appointment, Checklist, ChecklistItem, Goal, Spending, Step, Task


def agreements(writer: Writer, number: int) -> dict[str, list[Plain]]:
    """The sections from `goals` to `checklists` of a participant's export."""
    steps: dict[int, list[Plain]] = {}
    for step in writer.of(Step, number, "began"):
        done = None if step.done_at is None else moment(step.done_at)
        steps.setdefault(step.goal, []).append(writer.plain(Step, step, done_at=done))
    return {
        "goals": [
            writer.plain(Goal, goal, steps=steps.get(goal.id, [])) for goal in goal_reading.of(writer.reading, number)
        ],
        "spending": [writer.plain(Spending, row) for row in writer.of(Spending, number, "day")],
        "appointments": [writer.plain(Appointment, row) for row in writer.of(Appointment, number, "at")],
        "tasks": [writer.plain(Task, row) for row in writer.of(Task, number, "id")],
        "applications": [writer.plain(Application, one) for one in applications.of(writer.reading, number)],
        "checklists": _checklists(writer, number),
    }


def _checklists(writer: Writer, number: int) -> list[Plain]:
    """Each with the template it began with and its items.

    What nobody wrote about may have lapsed since: an export says how an item of an open list stands on its day.
    """
    lists = writer.of(Checklist, number, "id")
    today = {
        item.id: item.state
        for row in lists
        if row.closed is None
        for item in checklist_reading.one(writer.reading, row.id).items
    }
    items: dict[int, list[Plain]] = {}
    for item in writer.of(ChecklistItem, number, "place"):
        stands = {"state": today.get(item.id, item.state)}
        items.setdefault(item.checklist, []).append(writer.plain(ChecklistItem, item, stands))
    return [writer.plain(Checklist, row, items=items.get(row.id, [])) for row in lists]
