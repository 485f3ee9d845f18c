"""Restricted participants: who may see them, who opened one in spite of that, and whom an unfinished form is about."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    """CREATE TABLE restriction (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id), may_see TEXT NOT NULL, reason TEXT NOT NULL,
        since TEXT NOT NULL, by_id INTEGER REFERENCES staff (id), lifted TEXT,
        lifted_by_id INTEGER REFERENCES staff (id))""",
    "CREATE UNIQUE INDEX restriction_one ON restriction (participant_id) WHERE lifted IS NULL",
    """CREATE TABLE opening (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id), staff_id INTEGER REFERENCES staff (id),
        day TEXT NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL, seen_at INTEGER,
        seen_by_id INTEGER REFERENCES staff (id))""",
    "CREATE INDEX opening_participant ON opening (participant_id, staff_id, day)",
    "CREATE INDEX opening_unseen ON opening (at) WHERE seen_at IS NULL",
    "ALTER TABLE draft ADD COLUMN participant_id INTEGER REFERENCES participant (id)",
    "PRAGMA user_version = 8",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
