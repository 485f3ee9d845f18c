"""Work across agencies: what each of its subjects keeps; and sealed reviews found by when they were sealed."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    "CREATE INDEX review_sealed ON review (sealed_at) WHERE state = 'sealed'",
    # Figures: what happened in a month, read from the index alone.
    "CREATE INDEX entry_happened ON entry (at, participant_id, kind, contact) WHERE outcome != ''",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
    db.execute_sql("PRAGMA user_version = 18")
