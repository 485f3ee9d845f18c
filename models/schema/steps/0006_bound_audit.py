"""The audit covers digests in place of texts and tells what each row became; all that is there is taken into it."""

from __future__ import annotations

from typing import Any

from models.schema.carrying import bind_all


def up(migrator: Any, db: Any) -> None:
    for column in ("salt", "digest", "after"):
        db.execute_sql(f"ALTER TABLE change ADD COLUMN {column} BLOB")
    bind_all(db)
    db.execute_sql("PRAGMA user_version = 6")
