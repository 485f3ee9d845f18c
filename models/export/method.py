"""Reviews, intake, ways out, snoozes, meetings and hand-overs as plain data, for the export.

A participant's section holds what is about them; the minutes of the whole team go out with the team, in which whoever a
line is about is named by code.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.export.writer import Plain, Writer
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
    Review,
    ReviewAnswer,
    ReviewNote,
    Snooze,
)


def method(writer: Writer, number: int) -> dict[str, list[Plain]]:
    """The sections `reviews`, `intakes`, `phase_outs`, `snoozes`, `meetings`, `minutes` and `hand_overs` of an export.

    `meetings` are those of the participant's own support team; `minutes` the lines about the participant in any
    meeting, a parked topic among them.
    """
    answers, notes = (
        writer.under(ReviewAnswer, number, "review", "id"),
        writer.under(ReviewNote, number, "review", "at"),
    )
    judged, talks = (
        writer.under(CriterionJudgement, number, "intake", "id"),
        writer.under(IntakeTalk, number, "intake", "held"),
    )
    told = writer.under(PhaseOutTold, number, "phase_out", "id")
    return {
        "reviews": [
            writer.plain(Review, row, answers=answers.get(row.id, []), notes=notes.get(row.id, []))
            for row in writer.of(Review, number, "opened")
        ],
        "intakes": [
            writer.plain(Intake, row, criteria=judged.get(row.id, []), talks=talks.get(row.id, []))
            for row in writer.of(Intake, number, "opened")
        ],
        "phase_outs": [
            writer.plain(PhaseOut, row, told=told.get(row.id, [])) for row in writer.of(PhaseOut, number, "began")
        ],
        "snoozes": [writer.plain(Snooze, row) for row in writer.of(Snooze, number, "snoozed")],
        "meetings": [_meeting(writer, row) for row in writer.of(Meeting, number, "opened_at")],
        "minutes": _minutes(writer, writer.of(MeetingItem, number, "at")),
        "hand_overs": [writer.plain(HandOver, row) for row in writer.of(HandOver, number, "day")],
    }


def of_the_team(writer: Writer) -> dict[str, list[Plain]]:
    """The team's own: meetings with their minutes, topics that wait for one, absences, and snoozes about colleagues."""
    codes = dict(writer.reading.sql("SELECT id, code FROM participant"))
    tasks = dict(writer.reading.sql("SELECT id, text FROM task WHERE id IN (SELECT task FROM meeting_item)"))
    lines: dict[int | None, list[Plain]] = {}
    for item in writer.every(MeetingItem, "at"):
        about = {"participant": codes.get(item.participant)}
        written = {**about, **writer.plain(MeetingItem, item), "task": tasks.get(item.task)}
        lines.setdefault(item.meeting, []).append(written)
    return {
        "meetings": [
            {"participant": codes.get(row.participant), **_meeting(writer, row, minutes=lines.get(row.id, []))}
            for row in writer.every(Meeting, "opened_at")
        ],
        "parked": lines.get(None, []),
        "absences": [writer.plain(Absence, row) for row in writer.every(Absence, "first")],
        "snoozes": [writer.plain(Snooze, row) for row in writer.every(Snooze, "snoozed", Snooze.staff.is_null(False))],
    }


def _meeting(writer: Writer, row: Any, **inner: Any) -> Plain:
    """A meeting, with those of the team who were there by user name."""
    present = [writer.users.get(int(one), one) if one.isdecimal() else one for one in row.present.split()]
    return writer.plain(Meeting, row, {"present": present}, **inner)


def _minutes(writer: Writer, items: Sequence[Any]) -> list[Plain]:
    """Lines of minutes, each with the kind and day of its meeting; both are None while a topic waits for one."""
    held = {item.meeting for item in items if item.meeting is not None}
    meetings = {row.id: row for row in writer.every(Meeting, "id", Meeting.id.in_(held))}
    wanted = [item.task for item in items if item.task is not None]
    tasks = dict(writer.reading.sql(f"SELECT id, text FROM task WHERE id IN ({', '.join('?' * len(wanted))})", wanted))
    return [
        {
            "meeting": meetings[item.meeting].kind if item.meeting in meetings else None,
            "day": meetings[item.meeting].day.isoformat() if item.meeting in meetings else None,
            **writer.plain(MeetingItem, item),
            "task": tasks.get(item.task),
        }
        for item in items
    ]
