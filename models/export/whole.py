"""Everything about participants as plain data: for subject access, for the agency's journal, for moving on.

The order of keys and the meaning of fields are stable from format 2 on; moments are ISO 8601 in UTC, dates ISO 8601.
Whoever of the team did something is named by user name everywhere; the heading tells whose it is. Later versions of the
program add sections, and change none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, Final

from config.words import _
from models import timeline
from models.export.checklists import checklists
from models.export.contacts import around
from models.export.method import method, of_the_team
from models.export.plans import plans
from models.export.sharing import sharing
from models.goals import reading as goal_reading
from models.participants.participants import LABELS, ParticipantError
from models.phases import phases
from models.schema import SCHEMA_VERSION
from models.storage.audit import history
from models.storage.reading import Reading
from models.storage.required import require_row
from models.tables import Participant, Spending
from models.team.staff import team

FORMAT: Final = 2
ENTRIES_AT_ONCE: Final = 500


def heading(reading: Reading) -> dict[str, Any]:
    """What the export says of itself, and the team whose names stand in it."""
    last = reading.sql("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1")
    return {
        "program": "exin",
        "format": FORMAT,
        "schema": SCHEMA_VERSION,
        "exported_at": _moment(reading.clock.seconds()),
        "exported_by": reading.actor.user,
        "audit": {"count": last[0][0], "head": last[0][1]} if last else {"count": 0, "head": ""},
        "staff": [
            {"user": one.user, "name": one.name, "initials": one.initials, "role": one.role, "active": one.active}
            for one in team(reading, active_only=False)
        ],
    }


def codes(reading: Reading) -> list[tuple[int, str]]:
    """Every participant's id and code, by code."""
    return [(row[0], row[1]) for row in reading.sql("SELECT id, code FROM participant ORDER BY code")]


def participant(reading: Reading, number: int) -> dict[str, Any]:
    """All that the vault holds about one participant, with the former versions of what was corrected.

    Raises `ParticipantError` when there is none.
    """
    row = require_row(reading, Participant, number, ParticipantError(_("This participant is not here any more.")))
    users = {one.id: one.user for one in team(reading, active_only=False)}
    record = {name: _plain(getattr(row, name)) for name in LABELS}
    for role in ("worker", "coworker"):
        record[role] = users.get(getattr(row, role))
    return {
        **record,
        "entered_at": _moment(row.created_at),
        "phases": [
            {
                "phase": span.phase,
                "id": reading.programme.phase(span.phase).id,
                "began": span.began.isoformat(),
                "ended": _plain(span.ended),
                "reason": span.reason,
            }
            for span in phases.of(reading, number)
        ],
        "timeline": list(_entries(reading, number, users)),
        "goals": _goals(reading, number),
        "spending": _spending(reading, number, users),
        **plans(reading, number, users, _former, _moment),
        **checklists(reading, number, users, _former, _moment),
        **sharing(reading, number, users, _former, _moment),
        **around(reading, number, _former),
        **method(reading, number, users, _former, _moment),
        "former": _former(reading, "participant", number),
    }


def team_wide(reading: Reading) -> dict[str, Any]:
    """What the vault holds that is nobody's alone: meetings with their minutes, parked topics, absences, snoozes.

    Whoever of the participants a line is about is named by code, as in their own part of the export.
    """
    users = {one.id: one.user for one in team(reading, active_only=False)}
    return of_the_team(reading, users, _former, _moment)


def _goals(reading: Reading, number: int) -> list[dict[str, Any]]:
    """The participant's own goals with their steps."""
    done = dict(reading.sql("SELECT id, done_at FROM step WHERE participant_id = ?", [number]))
    return [
        {
            "words": goal.words,
            "domain": goal.domain,
            "began": goal.began.isoformat(),
            "state": goal.state,
            "ended": _plain(goal.ended),
            "note": goal.note,
            "steps": [
                {
                    "words": step.words,
                    "turn": step.turn,
                    "waits_for": step.waits_for,
                    "due": _plain(step.due),
                    "state": step.state,
                    "began": step.began.isoformat(),
                    "done_at": None if done[step.id] is None else _moment(done[step.id]),
                    "former": _former(reading, "step", step.id),
                }
                for step in goal.steps
            ],
            "former": _former(reading, "goal", goal.id),
        }
        for goal in goal_reading.of(reading, number)
    ]


def _spending(reading: Reading, number: int, users: dict[int, str]) -> list[dict[str, Any]]:
    """Small spending, oldest first."""
    rows = reading.rows(Spending.select().where(Spending.participant == number).order_by(Spending.day, Spending.id))
    return [
        {
            "day": row.day.isoformat(),
            "purpose": row.purpose,
            "amount_ore": row.amount,
            "what": row.what,
            "by": users.get(row.staff),
            "former": _former(reading, "spending", row.id),
        }
        for row in rows
    ]


def _entries(reading: Reading, number: int, users: dict[int, str]) -> Iterator[dict[str, Any]]:
    query = timeline.TimelineQuery(number)
    offset = 0
    corrected = {
        row
        for (row,) in reading.sql(
            'SELECT DISTINCT c."row" FROM change c JOIN entry e ON e.id = c."row" '
            "WHERE c.\"table\" = 'entry' AND c.operation = 'update' AND e.participant_id = ?",
            [number],
        )
    }
    entered = {
        entry: (moment, users.get(author))
        for entry, moment, author in reading.sql(
            "SELECT id, created_at, author_id FROM entry WHERE participant_id = ?", [number]
        )
    }
    while found := timeline.page(reading, query, offset, ENTRIES_AT_ONCE):
        for entry in found:
            moment, author = entered[entry.id]
            yield {
                "at": _moment(entry.at),
                "day": entry.day.isoformat(),
                "kind": entry.kind,
                "outcome": entry.outcome,
                "with": entry.with_whom,
                "where": entry.place,
                "minutes": entry.minutes,
                "text": entry.text,
                "topic": entry.topic,
                "topic_taken_at": None if entry.topic_taken_at is None else _moment(entry.topic_taken_at),
                "detail": dict(entry.detail),
                "author": author,
                "entered_at": _moment(moment),
                "former": _former(reading, "entry", entry.id) if entry.id in corrected else [],
            }
        offset += len(found)


def _former(reading: Reading, table: str, row: int) -> list[dict[str, Any]]:
    return [
        {"until": _moment(version.at), "changed_by": version.user or None, "values": version.values}
        for version in history(reading, table, row)
    ]


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, tz=UTC).isoformat().replace("+00:00", "Z")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def as_json(value: Any) -> str:
    """`value` as one line of JSON, letters as they are."""
    return json.dumps(value, ensure_ascii=False)
