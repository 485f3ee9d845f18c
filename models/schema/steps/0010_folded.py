"""What search, cards and the register hold is folded by another rule: it is drawn anew once this version is noted."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, db: Any) -> None:
    db.execute_sql("PRAGMA user_version = 10")
