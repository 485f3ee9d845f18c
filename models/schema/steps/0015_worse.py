"""What was put aside keeps how much there was of it; the card has what can grow: what is due, waits or was left."""

from __future__ import annotations

from typing import Any

from models.schema.carrying import carried

STATEMENTS = (
    "ALTER TABLE snooze ADD COLUMN severity INTEGER",
    "ALTER TABLE snooze ADD COLUMN measure INTEGER",
    "ALTER TABLE card ADD COLUMN due TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE card ADD COLUMN waits TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE card ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE card ADD COLUMN untold INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE card ADD COLUMN consent_key TEXT NOT NULL DEFAULT ''",
    "DROP INDEX card_worker",
    "CREATE INDEX card_worker ON card (worker, phase, phases)",
)


def up(migrator: Any, db: Any) -> None:
    with carried(db, "snooze"):
        for statement in STATEMENTS:
            db.execute_sql(statement)
    db.execute_sql("PRAGMA user_version = 15")
