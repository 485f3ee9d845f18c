"""Tasks before, at and after a gathering, and what members, agencies or mixed groups answered to their questions.

Source: the report's annex with the tasks: four questions prepared in each agency, of which the last is answered twice,
with advantages and with obstacles.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct

from config.words import N_, _
from models.gatherings import attendance, gatherings, groups
from models.gatherings.gatherings import GatheringError
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.required import require_row
from models.storage.work import Work
from models.tables import GatheringTask, TaskAnswer
from models.values.fields import Fields

EACH_MEMBER, AGENCY, GROUP = "each_member", "agency", "group"
TEXT_LIMIT: Final = 2_000
ANSWER_LIMIT: Final = 10_000
MOST_QUESTIONS: Final = 20
FIELDS: Final = {
    "task_when": N_("When"),
    "text": N_("What"),
    "task_whom": N_("For whom"),
    "agency": N_("Which agency"),
    "group_number": N_("Which group"),
    "questions": N_("Questions"),
    "split": N_("Question with two answers"),
    "due": N_("Due"),
    "done": N_("Done on"),
}
ANSWER_FIELDS: Final = {
    "question": N_("Question"),
    "invitation": N_("Member"),
    "agency": N_("Agency"),
    "group_number": N_("Group"),
    "answer": N_("Answer"),
    "obstacle": N_("Obstacles"),
}
_FIELDS: Final = Fields(
    FIELDS, GatheringError, lines=("task_when", "task_whom", "agency"), texts=("text", "questions"),
    trimmed=("text", "questions"), limits={"text": TEXT_LIMIT, "questions": ANSWER_LIMIT},
)  # fmt: skip
_ANSWER: Final = Fields(
    ANSWER_FIELDS, GatheringError, lines=("agency",), texts=("answer", "obstacle"), trimmed=("answer", "obstacle"),
    limits={"answer": ANSWER_LIMIT, "obstacle": ANSWER_LIMIT},
)  # fmt: skip


class Task(Struct, frozen=True):
    """One task; `answers` counts who has answered any question of it."""

    id: int
    version: int
    gathering: int
    task_when: str
    text: str
    task_whom: str
    agency: str
    group_number: int | None
    questions: str
    split: int | None
    due: date | None
    done: date | None
    answers: int

    @property
    def asked(self) -> tuple[str, ...]:
        """Its questions in order; where it has none, the task itself is the only one."""
        return tuple(line for line in self.questions.split("\n") if line.strip()) or (self.text,)


class Answer(Struct, frozen=True):
    """What somebody answered to one question; `agency` is the one they come from, empty for a mixed group."""

    id: int
    version: int
    task: int
    question: int
    invitation: int | None
    agency: str
    group_number: int | None
    answer: str
    obstacle: str
    name: str


_SELECT: Final = (
    "SELECT t.id, t.version, t.gathering_id AS gathering, t.task_when, t.text, t.task_whom, t.agency, t.group_number, "
    "t.questions, t.split, t.due, t.done, (SELECT count(DISTINCT coalesce('p' || a.invitation_id, "
    "'g' || a.group_number, a.agency)) FROM task_answer a WHERE a.task_id = t.id) AS answers FROM gathering_task t "
)


def of(reading: Reading, gathering: int) -> list[Task]:
    """The tasks of a gathering: those before it, at it, after it, each by age."""
    order = {choice.id: place for place, choice in enumerate(reading.programme.choices["task_when"])}
    found = reading.structs(Task, _SELECT + "WHERE t.gathering_id = ? ORDER BY t.id", [gathering])
    return sorted(found, key=lambda one: order.get(one.task_when, len(order)))


def one(reading: Reading, task: int) -> Task:
    """One task. Raises `GatheringError` when there is none."""
    found = reading.structs(Task, _SELECT + "WHERE t.id = ?", [task])
    if not found:
        raise GatheringError(_("This task is not here any more."))
    return found[0]


def answers_of(reading: Reading, task: int) -> list[Answer]:
    """The answers to a task, by question, then by age; those of a member stand under the member's agency."""
    return _answers(reading, "a.task_id = ?", task)


def answer_one(reading: Reading, answer: int) -> Answer:
    """One answer. Raises `GatheringError` when there is none."""
    found = _answers(reading, "a.id = ?", answer)
    if not found:
        raise GatheringError(_("This answer is not here any more."))
    return found[0]


def _answers(reading: Reading, which: str, value: int) -> list[Answer]:
    return reading.structs(
        Answer,
        "SELECT a.id, a.version, a.task_id AS task, a.question, a.invitation_id AS invitation, "
        "coalesce(i.agency, a.agency) AS agency, a.group_number, a.answer, a.obstacle, "
        "coalesce(c.name, m.name, i.name, '') AS name FROM task_answer a LEFT JOIN invitation i "
        "ON i.id = a.invitation_id LEFT JOIN network_member m ON m.id = i.member_id LEFT JOIN contact c "
        f"ON c.id = m.contact_id WHERE {which} ORDER BY a.question, a.id",
        [value],
    )


def has_nobody(reading: Reading, gathering: int, group: int | None) -> str:
    """What is said of a task for a mixed group while there is nobody in it; empty where there is somebody."""
    drawn = groups.of(attendance.of(reading, gathering))
    if not drawn:
        return _("No mixed groups are drawn yet for this gathering: m draws them.")
    if group is not None and group not in drawn:
        return _("Nobody is in group {group}; the groups are {known}.").format(
            group=group, known=", ".join(map(str, drawn))
        )
    return ""


@action("gathering_tasks.add", N_("the new task"))
def add(work: Work, gathering: int, values: Mapping[str, Any]) -> int:
    """Set a task; answers its id, raises `GatheringError`."""
    gatherings.one(work, gathering)
    begun = {"text": "", "task_when": "", "task_whom": "", "questions": "", "split": None, **values}
    return work.insert(GatheringTask, gathering=gathering, **_checked(work, begun))


@action("gathering_tasks.change", N_("the change to the task"))
def change(work: Work, task: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change a task; answers the new version. Raises `GatheringError`, or `Conflict` as `Work.update`."""
    present = one(work, task)
    tied = {name: getattr(present, name) for name in ("task_whom", "agency", "group_number", "questions", "split")}
    checked = _checked(work, {**tied, **changes})
    last = work.value("SELECT max(question) FROM task_answer WHERE task_id = ?", [task])
    if last is not None and last > max(1, len(checked["questions"].split("\n"))):
        raise _FIELDS.wrong("questions", _("{field}: question {last} is answered already and stays."), last=last)
    return work.update(GatheringTask, task, version, **checked)


@action("gathering_tasks.finish", N_("the task that was done"))
def finish(work: Work, task: int, version: int) -> None:
    """Note today that a task is done, or that it is not after all."""
    work.update(GatheringTask, task, version, done=None if one(work, task).done else work.today)


@action("gathering_tasks.remove", N_("the task taken away"))
def remove(work: Work, task: int, version: int) -> None:
    """Take away a task that nobody has answered."""
    if one(work, task).answers:
        raise GatheringError(_("This task has answers and stays: take those away first."))
    work.remove(GatheringTask, task, version)


@action("task_answers.write", N_("the answer"))
def write(work: Work, task: int, values: Mapping[str, Any]) -> int:
    """Write an answer to one question, of a member, an agency or a group, in place of the one there is; its id."""
    found = _ANSWER.checked({"obstacle": "", "answer": "", **values})
    asked = one(work, task)
    who = _who(work, asked, found)
    if not 1 <= found["question"] <= len(asked.asked):
        raise _ANSWER.wrong("question", _("{field}: the task has questions 1 to {last}."), last=len(asked.asked))
    if found["question"] != asked.split and found["obstacle"]:
        raise _ANSWER.wrong("obstacle", _("{field}: only the question with two answers has them."))
    if not (found["answer"] + found["obstacle"]).strip():
        raise _ANSWER.wrong("answer", _("{field}: write what was answered."))
    texts = {"answer": found["answer"], "obstacle": found["obstacle"]}
    present = work.first(
        TaskAnswer.select().where(
            (TaskAnswer.task == task)
            & (TaskAnswer.question == found["question"])
            & (TaskAnswer.invitation.is_null() if who["invitation"] is None
               else TaskAnswer.invitation == who["invitation"])
            & (TaskAnswer.group_number.is_null() if who["group_number"] is None
               else TaskAnswer.group_number == who["group_number"])
            & (TaskAnswer.agency == who["agency"])
        )
    )  # fmt: skip
    if present is not None:
        work.update(TaskAnswer, present.id, None, **texts)
        return int(present.id)
    return work.insert(TaskAnswer, task=task, question=found["question"], **who, **texts)


@action("task_answers.remove", N_("the answer taken away"))
def remove_answer(work: Work, answer: int, version: int) -> None:
    """Take an answer away."""
    require_row(work, TaskAnswer, answer, GatheringError(_("This answer is not here any more.")))
    work.remove(TaskAnswer, answer, version)


def _who(work: Work, task: Task, found: Mapping[str, Any]) -> dict[str, Any]:
    """Exactly one who answers: somebody invited to this gathering, an agency, or a group in which there is somebody."""
    invitation, agency, group = found.get("invitation"), found.get("agency") or "", found.get("group_number")
    if (invitation is not None) + bool(agency) + (group is not None) != 1:
        raise _ANSWER.wrong("invitation", _("{field}: say who answers: one member, one agency or one group."))
    if invitation is not None and attendance.one(work, invitation).gathering != task.gathering:
        raise _ANSWER.wrong("invitation", _("{field}: this person is not invited to this gathering."))
    if group is not None and (empty := has_nobody(work, task.gathering, group)):
        raise GatheringError(empty)
    return {"invitation": invitation, "agency": agency, "group_number": group}


def _checked(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    found = _FIELDS.checked(values)
    if "text" in found and not found["text"]:
        raise _FIELDS.wrong("text", _("{field}: say what is to be done."))
    for name in ("task_when", "task_whom"):
        if name in found:
            known = work.programme.choices[name]
            found[name] = found[name] or known[0].id
            if found[name] not in {choice.id for choice in known}:
                told = ", ".join(str(choice.name) for choice in known)
                raise _FIELDS.wrong(name, _("{field}: one of {known}."), known=told)
    found["agency"] = found.get("agency", "") if found["task_whom"] == AGENCY else ""
    found["group_number"] = found.get("group_number") if found["task_whom"] == GROUP else None
    lines = [line.strip() for line in found["questions"].split("\n") if line.strip()]
    if len(lines) > MOST_QUESTIONS:
        raise _FIELDS.wrong("questions", _("{field}: at most {most}."), most=MOST_QUESTIONS)
    found["questions"] = "\n".join(lines)
    if found["split"] is not None and not 1 <= found["split"] <= max(1, len(lines)):
        raise _FIELDS.wrong("split", _("{field}: there is no question {number}."), number=found["split"])
    return found
