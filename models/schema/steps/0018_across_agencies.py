"""Work across agencies: what each of its subjects keeps; and sealed reviews found by when they were sealed."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    "CREATE INDEX review_sealed ON review (sealed_at) WHERE state = 'sealed'",
    # Evaluations.
    """CREATE TABLE evaluation (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, about TEXT NOT NULL, subject INTEGER,
        participant_id INTEGER REFERENCES participant (id), first TEXT, last TEXT, form TEXT NOT NULL,
        content TEXT NOT NULL, day TEXT NOT NULL, invited INTEGER, returned INTEGER NOT NULL, state TEXT NOT NULL)""",
    "CREATE INDEX evaluation_subject ON evaluation (about, subject)",
    "CREATE INDEX evaluation_participant ON evaluation (participant_id) WHERE participant_id IS NOT NULL",
    """CREATE TABLE evaluation_count (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        evaluation_id INTEGER NOT NULL REFERENCES evaluation (id), question TEXT NOT NULL, step INTEGER NOT NULL,
        count INTEGER NOT NULL)""",
    "CREATE UNIQUE INDEX evaluation_count_one ON evaluation_count (evaluation_id, question, step)",
    """CREATE TABLE evaluation_answer (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        evaluation_id INTEGER NOT NULL REFERENCES evaluation (id), question TEXT NOT NULL, text TEXT NOT NULL,
        themes TEXT NOT NULL)""",
    "CREATE INDEX evaluation_answer_of ON evaluation_answer (evaluation_id)",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
    db.execute_sql("PRAGMA user_version = 18")
