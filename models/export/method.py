"""Reviews, intake, ways out, snoozes, meetings and hand-overs as plain data, for the export.

A participant's section holds what is about them; the minutes of the whole team go out with the team, in which whoever a
line is about is named by code.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from peewee import ForeignKeyField

from models.storage.reading import Reading
from models.tables import (
    Absence,
    CriterionJudgement,
    HandOver,
    Intake,
    IntakeTalk,
    Meeting,
    MeetingItem,
    PhaseOut,
    PhaseOutTold,
    Record,
    Review,
    ReviewAnswer,
    ReviewNote,
    Snooze,
    Staff,
)

Former = Callable[[Reading, str, int], list[dict[str, Any]]]
Moment = Callable[[int], str]

_IDS: Final = {(IntakeTalk, "covered"), (IntakeTalk, "said")}
"""Columns that hold ids with space between."""


@cache
def columns(model: type[Record]) -> tuple[str, ...]:
    """The columns of `model` that go out: all but ids, versions and links, for the export nests instead."""
    return tuple(
        field.name
        for field in model._meta.sorted_fields
        if field.name not in ("id", "version") and getattr(field, "rel_model", Staff) is Staff
    )


class _Writer:
    """Writes rows of one vault as plain data, with user names, moments and what was said before."""

    def __init__(self, reading: Reading, users: Mapping[int, str], former: Former, moment: Moment) -> None:
        self._reading, self._users, self._former, self._moment = reading, users, former, moment

    def plain(self, model: type[Record], row: Any, **inner: Any) -> dict[str, Any]:
        """Every column of a row of `model` but links, then what is nested in it, then its former versions."""
        written = {name: self._value(model, name, getattr(row, name)) for name in columns(model)}
        return {**written, **inner, "former": self._former(self._reading, model._meta.table_name, row.id)}

    def every(self, model: type[Record], order: str, condition: Any = True) -> list[Any]:
        """The rows of `model` for which `condition` holds, by the column `order`."""
        query = model.select().where(condition).order_by(getattr(model, order), model.id)
        return self._reading.rows(query)

    def meeting(self, row: Any, **inner: Any) -> dict[str, Any]:
        """A meeting, with those of the team who were there by user name."""
        present = [self._users.get(int(one), one) if one.isdecimal() else one for one in row.present.split()]
        return {**self.plain(Meeting, row, **inner), "present": present}

    def _value(self, model: type[Record], name: str, value: Any) -> Any:
        if value is None:
            return None
        if isinstance(model._meta.fields[name], ForeignKeyField):
            return self._users.get(value)
        if name == "at" or name.endswith("_at"):
            return self._moment(value)
        if (model, name) in _IDS:
            return value.split()
        if model is Review and name == "brief":
            return json.loads(value) if value else None
        return value.isoformat() if isinstance(value, date) else value


def method(
    reading: Reading, number: int, users: Mapping[int, str], former: Former, moment: Moment
) -> dict[str, list[dict[str, Any]]]:
    """The sections `reviews`, `intakes`, `phase_outs`, `snoozes`, `meetings`, `minutes` and `hand_overs` of an export.

    `meetings` are those of the participant's own support team; `minutes` the lines about the participant in any
    meeting, a parked topic among them. `users` are the colleagues' user names by id; moments are written by `moment`,
    former versions found by `former`.
    """
    writer = _Writer(reading, users, former, moment)

    def of(model: Any, order: str) -> list[Any]:
        return writer.every(model, order, model.participant == number)

    def under(model: Any, link: str, order: str) -> dict[int, list[dict[str, Any]]]:
        found: dict[int, list[dict[str, Any]]] = {}
        for row in of(model, order):
            found.setdefault(getattr(row, link), []).append(writer.plain(model, row))
        return found

    answers, notes = under(ReviewAnswer, "review", "id"), under(ReviewNote, "review", "at")
    judged, talks = under(CriterionJudgement, "intake", "id"), under(IntakeTalk, "intake", "held")
    told = under(PhaseOutTold, "phase_out", "id")
    return {
        "reviews": [
            writer.plain(Review, row, answers=answers.get(row.id, []), notes=notes.get(row.id, []))
            for row in of(Review, "opened")
        ],
        "intakes": [
            writer.plain(Intake, row, criteria=judged.get(row.id, []), talks=talks.get(row.id, []))
            for row in of(Intake, "opened")
        ],
        "phase_outs": [writer.plain(PhaseOut, row, told=told.get(row.id, [])) for row in of(PhaseOut, "began")],
        "snoozes": [writer.plain(Snooze, row) for row in of(Snooze, "snoozed")],
        "meetings": [writer.meeting(row) for row in of(Meeting, "opened_at")],
        "minutes": _minutes(reading, writer, of(MeetingItem, "at")),
        "hand_overs": [writer.plain(HandOver, row) for row in of(HandOver, "day")],
    }


def of_the_team(
    reading: Reading, users: Mapping[int, str], former: Former, moment: Moment
) -> dict[str, list[dict[str, Any]]]:
    """The team's own: meetings with their minutes, topics that wait for one, absences, and snoozes about colleagues."""
    writer = _Writer(reading, users, former, moment)
    codes = dict(reading.sql("SELECT id, code FROM participant"))
    tasks = dict(reading.sql("SELECT id, text FROM task WHERE id IN (SELECT task FROM meeting_item)"))
    lines: dict[int | None, list[dict[str, Any]]] = {}
    for item in writer.every(MeetingItem, "at"):
        about = {"participant": codes.get(item.participant)}
        written = {**about, **writer.plain(MeetingItem, item), "task": tasks.get(item.task)}
        lines.setdefault(item.meeting, []).append(written)
    return {
        "meetings": [
            {"participant": codes.get(row.participant), **writer.meeting(row, minutes=lines.get(row.id, []))}
            for row in writer.every(Meeting, "opened_at")
        ],
        "parked": lines.get(None, []),
        "absences": [writer.plain(Absence, row) for row in writer.every(Absence, "first")],
        "snoozes": [writer.plain(Snooze, row) for row in writer.every(Snooze, "snoozed", Snooze.staff.is_null(False))],
    }


def _minutes(reading: Reading, writer: _Writer, items: Sequence[Any]) -> list[dict[str, Any]]:
    """Lines of minutes, each with the kind and day of its meeting; both are None while a topic waits for one."""
    held = {item.meeting for item in items if item.meeting is not None}
    meetings = {row.id: row for row in writer.every(Meeting, "id", Meeting.id.in_(held))}
    wanted = [item.task for item in items if item.task is not None]
    tasks = dict(reading.sql(f"SELECT id, text FROM task WHERE id IN ({', '.join('?' * len(wanted))})", wanted))
    return [
        {
            "meeting": meetings[item.meeting].kind if item.meeting in meetings else None,
            "day": meetings[item.meeting].day.isoformat() if item.meeting in meetings else None,
            **writer.plain(MeetingItem, item),
            "task": tasks.get(item.task),
        }
        for item in items
    ]
