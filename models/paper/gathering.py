"""A gathering on paper: the programme with who came, a list to sign, and the answers to its tasks by agency.

Source: the report's §§ on the gatherings and its annex with the tasks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from config.dates import format_date, short_weekday
from config.words import N_, _, n_
from models.gatherings import attendance, consultations, gatherings, groups, tasks, topics
from models.gatherings.attendance import STABLE, Half, Invited
from models.gatherings.gatherings import STATES, GatheringLine
from models.gatherings.stability import Share, counted
from models.gatherings.tasks import Answer, Task
from models.paper.document import BOX, TICKED, Block, Column, Document, Fields, Heading, Table, Text
from models.paper.person import dated, joined, made
from models.storage.reading import Reading

PROGRAMME, TO_SIGN, ANSWERS = "programme", "to_sign", "answers"
KINDS: Final = {
    PROGRAMME: N_("Programme and attendance"),
    TO_SIGN: N_("List of attendance to sign"),
    ANSWERS: N_("Tasks and answers by agency"),
}


def sheet(reading: Reading, gathering: int, kind: str) -> Document:
    """One of the papers of `KINDS`. Raises `GatheringError` when there is no such gathering."""
    found = gatherings.one(reading, gathering)
    people = attendance.of(reading, gathering)
    blocks = _MAKERS[kind](reading, found, people)
    title = joined(_("Gathering {number}").format(number=found.number), found.title)
    name = _("gathering-{number}").format(number=found.number)
    return Document(title, f"{name}-{kind.replace('_', '-')}", (_facts(reading, found), *blocks), made(reading, title))


def _facts(reading: Reading, found: GatheringLine) -> Fields:
    days = format_date(found.first)
    if found.last != found.first:
        days += f" – {format_date(found.last)}"
    kind = str(reading.programme.choice("gathering_kind", found.gathering_kind).name)
    return Fields((
        (_("When"), joined(days, _("overnight") if found.overnight else "")), (_("Where"), found.place),
        (_("Kind"), joined(kind, _(STATES[found.state]))), (_("Responsible"), found.responsible_name),
    ))  # fmt: skip


def _programme(reading: Reading, found: GatheringLine, people: Sequence[Invited]) -> list[Block]:
    blocks: list[Block] = []
    rows = []
    for topic in topics.of(reading, found.id):
        kind = str(reading.programme.choice("topic_kind", topic.topic_kind).name)
        home = str(reading.programme.agency(topic.agency).name) if topic.agency else ""
        outside = str(reading.programme.choice("presenter", topic.presenter).name)
        minutes = n_("{count} min", "{count} min", topic.minutes).format(count=topic.minutes) if topic.minutes else "–"
        who = joined(topic.presenters, home, outside if topic.presenter != "internal" else "")
        rows.append((topic.title, kind, who or "–", minutes))
    if rows:
        columns = (Column(_("Topic"), 8), Column(_("Kind"), 3), Column(_("Who presents"), 6), Column(_("Minutes"), 2))
        blocks += [Heading(_("Programme")), Table(columns, tuple(rows))]
    if found.summary:
        blocks += [Heading(_("Summary")), Text(found.summary)]
    if people:
        blocks += _attendance(reading, found, people)
        blocks += _groups(reading, people)
    for sent in consultations.of(reading, found.id):
        when = dated(sent.sent) or _("not sent")
        blocks.append(Heading(_("Sent to {recipient}, {when}").format(recipient=sent.recipient, when=when)))
        blocks += [Text(sent.title, strong=True), *([Text(sent.text)] if sent.text else [])]
    return blocks


def _attendance(reading: Reading, found: GatheringLine, people: Sequence[Invited]) -> list[Block]:
    figures = counted(found, list(people))
    goal = reading.programme.limits.attendance_goal
    blocks: list[Block] = [Heading(_("Attendance"))]
    if found.noted:
        told = _("Stable members who came to at least one half day: {share} (goal {goal} %).")
        blocks.append(Text(told.format(share=share_told(figures.stable), goal=goal), strong=True))
        agencies = [
            f"{reading.programme.agency(agency).name} {share_told(share)}" for agency, share in figures.agencies.items()
        ]
        blocks.append(Text(" · ".join(agencies)))
    return [*blocks, _people(reading, people, list(figures.halves) if found.noted else [])]


def share_told(share: Share) -> str:
    """A share in words: per cent, and how many of how many."""
    told = _("{came} of {asked}").format(came=share.came, asked=share.asked)
    return told if share.percent is None else f"{share.percent} % ({told})"


def _people(reading: Reading, people: Sequence[Invited], halves: Sequence[Half]) -> Table:
    """Everybody invited, with a box for each half day."""
    columns = [Column(_("Name"), 6), Column(_("Agency"), 4), Column(_("Takes part as"), 3)]
    columns += [Column(half_title(half), 2, BOX) for half in halves]
    rows = []
    for one in people:
        boxes = [TICKED if half in one.came else "" for half in halves]
        rows.append((*_called(reading, one), str(reading.programme.choice("gathering_part", one.part).name), *boxes))
    return Table(tuple(columns), tuple(rows))


def half_title(half: Half) -> str:
    """A half day over its column."""
    return f"{short_weekday(half[0])} " + (_("a.m.") if half[1] == 1 else _("p.m."))


def _called(reading: Reading, one: Invited) -> tuple[str, str]:
    return one.name, str(reading.programme.agency(one.agency).name) if one.agency else "–"


def _groups(reading: Reading, people: Sequence[Invited]) -> list[Block]:
    drawn = groups.of(people)
    if not drawn:
        return []
    rows = [
        (str(number), " · ".join(f"{name} ({home})" for name, home in (_called(reading, one) for one in some)))
        for number, some in drawn.items()
    ]
    return [Heading(_("Mixed groups")), Table((Column(_("Group"), 1), Column(_("Who"), 12)), tuple(rows))]


def _to_sign(reading: Reading, found: GatheringLine, people: Sequence[Invited]) -> list[Block]:
    """The same people with a line a day to sign on, and a few for those who come without being asked."""
    days = [Column(f"{short_weekday(day)} {format_date(day)}", 5) for day in found.days]
    stable = [one for one in people if one.part == STABLE]
    others = [one for one in people if one.part != STABLE]
    rows = [(*_called(reading, one), *("" for _day in found.days)) for one in (*stable, *others)]
    rows += [("", "", *("" for _day in found.days)) for _line in range(5)]
    columns = (Column(_("Name"), 5), Column(_("Agency"), 4), *days)
    return [Heading(_("Attendance")), Table(columns, tuple(rows))]


def _answers(reading: Reading, found: GatheringLine, people: Sequence[Invited]) -> list[Block]:
    blocks: list[Block] = []
    for task in tasks.of(reading, found.id):
        when = str(reading.programme.choice("task_when", task.task_when).name)
        blocks += [Heading(f"{when}: {task.text}"), *_of_task(reading, task, tasks.answers_of(reading, task.id))]
    return blocks or [Text(_("No tasks belong to this gathering."))]


def _of_task(reading: Reading, task: Task, answers: Sequence[Answer]) -> list[Block]:
    blocks: list[Block] = []
    for number, question in enumerate(task.asked, 1):
        rows = [one for one in answers if one.question == number]
        blocks.append(Text(f"{number} {question}", strong=True))
        if not rows:
            blocks.append(Text(_("Nobody has answered this question yet."), small=True))
        elif number == task.split:
            both = (Column(_("Agency"), 4), Column(_("Advantages"), 8), Column(_("Obstacles"), 8))
            blocks.append(Table(both, tuple((_who(reading, one), one.answer or "–", one.obstacle or "–")
                                               for one in rows)))  # fmt: skip
        else:
            columns = (Column(_("Agency"), 4), Column(_("Answer"), 16))
            blocks.append(Table(columns, tuple((_who(reading, one), one.answer) for one in rows)))
    return blocks


def _who(reading: Reading, one: Answer) -> str:
    if one.group_number is not None:
        return _("Group {number}").format(number=one.group_number)
    return joined(str(reading.programme.agency(one.agency).name) if one.agency else "", one.name, by="\n")


_MAKERS: Final[dict[str, Callable[[Reading, GatheringLine, Sequence[Invited]], list[Block]]]] = {
    PROGRAMME: _programme,
    TO_SIGN: _to_sign,
    ANSWERS: _answers,
}
