"""Who was here last and who is here now, and whose passphrase is still the one somebody else gave them."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    """CREATE TABLE session (
        id INTEGER PRIMARY KEY AUTOINCREMENT, staff_id INTEGER NOT NULL REFERENCES staff (id),
        opened_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL, closed_at INTEGER, place TEXT NOT NULL)""",
    "CREATE INDEX session_staff ON session (staff_id)",
    """CREATE TABLE first_passphrase (
        staff_id INTEGER PRIMARY KEY REFERENCES staff (id), given_at INTEGER NOT NULL)""",
    "PRAGMA user_version = 9",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
