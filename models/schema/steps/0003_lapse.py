"""What is done until a day that is known: the items of open checklists that lapse without anybody's writing."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    """CREATE TABLE checklist_lapse (
        item_id INTEGER PRIMARY KEY, checklist_id INTEGER NOT NULL, lapse_key TEXT NOT NULL, due_key TEXT NOT NULL,
        unverified INTEGER NOT NULL)""",
    "CREATE INDEX checklist_lapse_list ON checklist_lapse (checklist_id, lapse_key)",
    "ALTER TABLE checklist_tally ADD COLUMN lapse_key TEXT NOT NULL DEFAULT '9999-12-31'",
    "PRAGMA user_version = 3",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
