"""The access log, and the questions about it."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    """CREATE TABLE visit (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, day TEXT NOT NULL, staff INTEGER,
        participant INTEGER NOT NULL, kind TEXT NOT NULL, relation TEXT NOT NULL, mac TEXT NOT NULL)""",
    "CREATE INDEX visit_by_participant ON visit (participant, at)",
    "CREATE INDEX visit_unrelated ON visit (at) WHERE relation = ''",
    """CREATE TABLE visit_question (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id), staff_id INTEGER NOT NULL REFERENCES staff (id),
        visit INTEGER NOT NULL, asked_at INTEGER NOT NULL, asked_by_id INTEGER REFERENCES staff (id),
        answer TEXT NOT NULL, answered_at INTEGER, closed_at INTEGER, closed_by_id INTEGER REFERENCES staff (id))""",
    # In which meetings somebody was on the day of a visit.
    "CREATE INDEX meeting_day ON meeting (day)",
    "CREATE INDEX visit_question_by_participant ON visit_question (participant_id)",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
    db.execute_sql("PRAGMA user_version = 7")
