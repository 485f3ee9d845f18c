"""Everybody in intake, and how long each has waited for the next talk (the report: waiting time is relapse time)."""

from __future__ import annotations

from datetime import date
from typing import Final

from msgspec import Struct

from config.programme.method.intake import Talk
from models.storage.reading import Reading, struct
from models.team import caseload
from models.values.days import NEVER


class WaitingLine(Struct, frozen=True):
    """A candidate in intake; `talk` is the next one, None when all were held and the decision is missing."""

    participant: int
    code: str
    name: str
    worker: str
    opened: date
    referred_by: str
    talk: Talk | None
    held: int
    since: date

    def days(self, today: date) -> int:
        """How many days the candidate has waited."""
        return (today - self.since).days


_WAITING: Final = (
    # Which candidates are on the page is found first, on the cards alone, so that the rest is asked for them only.
    "WITH shown AS (SELECT c.participant_id, c.talk_key AS since FROM card c WHERE c.phase = 1{mine} "
    "ORDER BY c.talk_key, c.name_key, c.participant_id LIMIT ? OFFSET ?) "
    "SELECT c.participant_id AS participant, c.code, c.name, coalesce(s.initials, '') AS worker, "
    "coalesce(i.opened, c.began_key) AS opened, coalesce(i.referred_by, '') AS referred_by, "
    "coalesce((SELECT group_concat(talk, ' ') FROM intake_talk WHERE intake_id = i.id), '') AS talks, "
    f"CASE WHEN f.since = '{NEVER}' THEN c.began_key ELSE f.since END AS since "
    "FROM shown f JOIN card c ON c.participant_id = f.participant_id "
    "LEFT JOIN intake i ON i.id = (SELECT max(id) FROM intake WHERE participant_id = c.participant_id "
    "AND outcome = '' AND opened >= c.began_key) "
    "LEFT JOIN staff s ON s.id = c.worker ORDER BY f.since, c.name_key, c.participant_id"
)


def waiting(reading: Reading, worker: int | None = None, offset: int = 0, limit: int = 64) -> list[WaitingLine]:
    """Who is in intake, whoever has waited longest for the next talk first; of one worker, or of all."""
    mine, values = _whose(reading, worker)
    lines = []
    for row in reading.named(_WAITING.format(mine=mine), [*values, limit, offset]):
        held = row["talks"].split()
        upcoming = next((talk for talk in reading.programme.method.intake.talks if talk.id not in held), None)
        lines.append(struct(WaitingLine, row, talk=upcoming, held=len(held)))
    return lines


def count(reading: Reading, worker: int | None = None) -> int:
    """How many are in intake; of one worker, or of all."""
    mine, values = _whose(reading, worker)
    return int(reading.value(f"SELECT count(*) FROM card c WHERE c.phase = 1{mine}", values))


def _whose(reading: Reading, worker: int | None) -> tuple[str, list[int]]:
    if worker is None:
        return "", []
    theirs, values = caseload.caseload_condition(reading, worker)
    return f" AND {theirs}", values
