"""What repeats keeps which series it is of, and where the rule has it while it is moved."""

from __future__ import annotations

import json
from typing import Any

from models.schema.carrying import carried

STATEMENTS = (
    "ALTER TABLE appointment ADD COLUMN series INTEGER",
    "ALTER TABLE appointment ADD COLUMN moved_from INTEGER",
    "ALTER TABLE task ADD COLUMN series INTEGER",
    "ALTER TABLE task ADD COLUMN moved_from TEXT",
    "CREATE INDEX appointment_series ON appointment (series) WHERE series IS NOT NULL",
    "CREATE INDEX task_series ON task (series) WHERE series IS NOT NULL",
)
_WAITING = (("appointment", "planned", "at", "day"), ("task", "open", "due", "due"))


def up(migrator: Any, db: Any) -> None:
    with carried(db, "appointment", "task"):
        for statement in STATEMENTS:
            db.execute_sql(statement)
        for table, state, time, day in _WAITING:
            for row, now in db.execute_sql(
                f"SELECT id, {time} FROM \"{table}\" WHERE state = ? AND repeats != '' AND {time} IS NOT NULL", [state]
            ).fetchall():
                if (own := _own_time(db, table, row, time, day)) not in (None, now):
                    db.execute_sql(f'UPDATE "{table}" SET moved_from = ? WHERE id = ?', [own, row])
    db.execute_sql("PRAGMA user_version = 11")


def _own_time(db: Any, table: str, row: int, time: str, day: str) -> Any:
    """Where it was when its rule was made, as the audit tells: what moved it since did not touch the rule."""
    own = None
    for (before,) in db.execute_sql(
        'SELECT before FROM change WHERE "table" = ? AND "row" = ? AND operation = \'update\' ORDER BY id', [table, row]
    ).fetchall():
        changed = json.loads(before or "{}")
        if "repeats" in changed:
            own = None
        elif own is None and day in changed:
            own = changed[time][0]
    return own
