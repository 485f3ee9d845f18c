"""Cards keep when something was last said of a participant in a meeting, not when one was held: they are drawn anew."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, db: Any) -> None:
    # What draws the cards anew is that a step has come; the columns stay as they are.
    db.execute_sql("PRAGMA user_version = 16")
