"""Everything about participants as plain data: for subject access, for the agency's journal, for moving on.

The order of keys and the meaning of fields are stable from format 2 on; moments are ISO 8601 in UTC, dates ISO 8601.
Whoever of the team did something is named by user name everywhere; the heading tells whose it is. Later versions of the
program add sections, and change none.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Final

from config.words import _
from models.export.sections import of_participant, of_the_team
from models.export.writer import Writer, moment
from models.participants.participants import LABELS, ParticipantError
from models.phases import phases
from models.schema import SCHEMA_VERSION
from models.storage.reading import Reading
from models.storage.required import require_row
from models.tables import Participant
from models.team.staff import team

FORMAT: Final = 2


def heading(reading: Reading) -> dict[str, Any]:
    """What the export says of itself, and the team whose names stand in it."""
    last = reading.sql("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1")
    return {
        "program": "exin",
        "format": FORMAT,
        "schema": SCHEMA_VERSION,
        "exported_at": moment(reading.clock.seconds()),
        "exported_by": reading.actor.user,
        "audit": {"count": last[0][0], "head": last[0][1]} if last else {"count": 0, "head": ""},
        "staff": [
            {name: getattr(one, name) for name in ("user", "name", "initials", "role", "active")}
            for one in team(reading, active_only=False)
        ],
    }


def codes(reading: Reading) -> list[tuple[int, str]]:
    """Every participant's id and code, by code."""
    return [(number, code) for number, code in reading.sql("SELECT id, code FROM participant ORDER BY code")]


def participant(reading: Reading, number: int) -> dict[str, Any]:
    """All that the vault holds about one participant, with the former versions of what was corrected.

    Raises `ParticipantError` when there is none.
    """
    row = require_row(reading, Participant, number, ParticipantError(_("This participant is not here any more.")))
    writer = Writer(reading)
    record = {name: _plain(getattr(row, name)) for name in LABELS}
    for role in ("worker", "coworker"):
        record[role] = writer.users.get(getattr(row, role))
    return {
        **record,
        "entered_at": moment(row.created_at),
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
        **of_participant(writer, number),
        "former": writer.former(Participant, number),
    }


def team_wide(reading: Reading) -> dict[str, Any]:
    """What the vault holds that is nobody's alone: meetings with their minutes, parked topics, absences, snoozes.

    Whoever of the participants a line is about is named by code, as in their own part of the export.
    """
    return of_the_team(Writer(reading))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def as_json(value: Any) -> str:
    """`value` as one line of JSON, letters as they are."""
    return json.dumps(value, ensure_ascii=False)
