"""Cards keep the latest withdrawal of an agency's consents, not the newest consent's: the cards are drawn anew."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, db: Any) -> None:
    # What draws the cards anew is that a step has come; the columns stay as they are.
    db.execute_sql("PRAGMA user_version = 5")
