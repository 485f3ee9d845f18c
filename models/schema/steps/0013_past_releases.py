"""Releases that are history, of those who are back; whoever is back inside has no release in the record any more.

Whoever came back before this step left the day of that release, and a sentence that had ended, in the record.
"""

from __future__ import annotations

from typing import Any

from models.schema.carrying import carried, taken_in

STATEMENTS = (
    """CREATE TABLE past_release (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id), release_date TEXT NOT NULL,
        release_kind TEXT NOT NULL, returned TEXT NOT NULL, sentence_kind TEXT NOT NULL, sentence_start TEXT,
        full_term_date TEXT, two_thirds_date TEXT, parole_applied TEXT, parole_decision TEXT NOT NULL,
        parole_decided TEXT)""",
    "CREATE INDEX past_release_participant ON past_release (participant_id, release_date)",
)
# Who is inside now, was out or had left before, and has a day of release from before.
_BACK = """CREATE TEMP TABLE back AS
    SELECT p.id, max(f.began) AS returned FROM participant p JOIN phase_period f ON f.participant_id = p.id
    WHERE f.ended IS NULL AND p.release_date IS NOT NULL AND p.release_date <= f.began AND f.phase IN (2, 3)
    AND NOT EXISTS (SELECT 1 FROM phase_period o WHERE o.participant_id = p.id AND o.ended IS NULL AND o.phase > 3)
    AND EXISTS (SELECT 1 FROM phase_period o WHERE o.participant_id = p.id AND o.phase > 3 AND o.began <= f.began)
    GROUP BY p.id"""
_ENTER = """INSERT INTO past_release (version, participant_id, release_date, release_kind, returned, sentence_kind,
    sentence_start, full_term_date, two_thirds_date, parole_applied, parole_decision, parole_decided)
    SELECT 1, p.id, p.release_date, p.release_kind, b.returned, p.sentence_kind, p.sentence_start, p.full_term_date,
    p.two_thirds_date, p.parole_applied, p.parole_decision, p.parole_decided
    FROM back b JOIN participant p ON p.id = b.id ORDER BY p.id"""
_EMPTY = """UPDATE participant SET release_date = NULL, release_kind = '', parole_applied = NULL,
    parole_decision = '', parole_decided = NULL,
    two_thirds_date = CASE WHEN two_thirds_date > b.returned THEN two_thirds_date END,
    sentence_start = CASE WHEN full_term_date <= b.returned THEN NULL ELSE sentence_start END,
    sentence_kind = CASE WHEN full_term_date <= b.returned THEN '' ELSE sentence_kind END,
    full_term_date = CASE WHEN full_term_date > b.returned THEN full_term_date END
    FROM back b WHERE participant.id = b.id"""


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
    with carried(db, "participant"):
        for statement in (_BACK, _ENTER, _EMPTY, "DROP TABLE temp.back"):
            db.execute_sql(statement)
    taken_in(db, "past_release")
    db.execute_sql("PRAGMA user_version = 13")
