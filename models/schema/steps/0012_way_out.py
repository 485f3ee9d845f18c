"""The kind of sentence; and on the card what the day of release rests on, and from when parole is to be applied for.

Serving in an institution (§ 12) is a place and no release: whoever was released to one stays there.
"""

from __future__ import annotations

from typing import Any

from models.schema.carrying import carried

STATEMENTS = (
    "ALTER TABLE participant ADD COLUMN sentence_kind TEXT NOT NULL DEFAULT ''",
    "UPDATE participant SET stays = 'institution' WHERE release_kind = 'transfer_treatment' "
    "AND stays IN ('', 'in_prison', 'unknown')",
    "UPDATE participant SET release_kind = '' WHERE release_kind = 'transfer_treatment'",
)
CARD = (
    "ALTER TABLE card ADD COLUMN release_basis TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE card ADD COLUMN parole_key TEXT NOT NULL DEFAULT '9999-12-31'",
    "ALTER TABLE card ADD COLUMN sentence_days INTEGER NOT NULL DEFAULT 0",
    "PRAGMA user_version = 12",
)


def up(migrator: Any, db: Any) -> None:
    with carried(db, "participant"):
        for statement in STATEMENTS:
            db.execute_sql(statement)
    for statement in CARD:
        db.execute_sql(statement)
