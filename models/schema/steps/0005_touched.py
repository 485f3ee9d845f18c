"""Whose cards each act touched: what a session must look at again to know every signal of the caseload."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    """CREATE TABLE touched (
        audit INTEGER NOT NULL, participant INTEGER NOT NULL, PRIMARY KEY (audit, participant)) WITHOUT ROWID""",
    "PRAGMA user_version = 5",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
