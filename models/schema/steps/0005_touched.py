"""Who was touched last by which act: what a session must look at again to know every signal of the caseload."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    "CREATE TABLE touched (participant INTEGER PRIMARY KEY, audit INTEGER NOT NULL)",
    "CREATE INDEX touched_audit ON touched (audit)",
    "PRAGMA user_version = 5",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
