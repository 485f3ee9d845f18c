"""Work across agencies: what each of its subjects keeps; and sealed reviews found by when they were sealed."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    "CREATE INDEX review_sealed ON review (sealed_at) WHERE state = 'sealed'",
    # contacts: who was told of whom, and the individual plan
    """CREATE TABLE told_of (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id),
        told_id INTEGER NOT NULL REFERENCES contact (id), of_id INTEGER NOT NULL REFERENCES contact (id),
        day TEXT NOT NULL, told_by_id INTEGER REFERENCES staff (id), consent_id INTEGER REFERENCES consent (id),
        ground TEXT NOT NULL)""",
    "CREATE INDEX told_of_participant ON told_of (participant_id, told_id)",
    "CREATE INDEX told_of_told ON told_of (told_id)",
    "CREATE INDEX told_of_of ON told_of (of_id)",
    "CREATE INDEX told_of_consent ON told_of (consent_id) WHERE consent_id IS NOT NULL",
    """CREATE TABLE individual_plan (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id), state TEXT NOT NULL, since TEXT NOT NULL,
        coordinator_id INTEGER REFERENCES contact (id), agency TEXT NOT NULL, revision TEXT, note TEXT NOT NULL)""",
    "CREATE UNIQUE INDEX individual_plan_participant ON individual_plan (participant_id)",
    "CREATE INDEX individual_plan_revision ON individual_plan (revision) WHERE state = 'in_place'",
    "CREATE INDEX individual_plan_coordinator ON individual_plan (coordinator_id) WHERE coordinator_id IS NOT NULL",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
    db.execute_sql("PRAGMA user_version = 18")
