"""A consent may be to knowing only, and obtained elsewhere; an expense says why; cards know the form of the release."""

from __future__ import annotations

from typing import Any

from models.schema.carrying import carried

STATEMENTS = (
    "ALTER TABLE consent ADD COLUMN only_known INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE consent ADD COLUMN obtained_agency TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE spending ADD COLUMN cause TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE card ADD COLUMN forms TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE card ADD COLUMN unwritten_key TEXT NOT NULL DEFAULT '9999-12-31'",
)


def up(migrator: Any, db: Any) -> None:
    with carried(db, "consent", "spending"):
        for statement in STATEMENTS:
            db.execute_sql(statement)
    db.execute_sql("PRAGMA user_version = 14")
