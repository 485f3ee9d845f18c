"""The decision of an intake is the review of the move it made: what was owed for such a move before is owed no more.

One that was taken up stays, open, with what stands in it.
"""

from __future__ import annotations

from typing import Any

from models.schema.carrying import carried, taken_away

_COVERED = """FROM review r WHERE r.moved IS NOT NULL AND r.state = ? AND EXISTS (
    SELECT 1 FROM intake i WHERE i.participant_id = r.participant_id AND (
        (i.outcome = 'enrolled' AND r.from_phase = 1 AND r.to_phase = i.phase
            AND r.moved BETWEEN i.opened AND i.decided)
        OR (i.outcome = 'ended' AND r.to_phase = 6 AND r.moved = i.decided)))"""


def up(migrator: Any, db: Any) -> None:
    owed = [row for (row,) in db.execute_sql(f"SELECT r.id {_COVERED}", ["owed"]).fetchall()]
    with carried(db, "review"):
        db.execute_sql(f"UPDATE review SET moved = NULL WHERE id IN (SELECT r.id {_COVERED})", ["open"])
    taken_away(db, "review", owed)
    db.execute_sql("PRAGMA user_version = 17")
