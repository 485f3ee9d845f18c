"""Work across agencies: what each of its subjects keeps; and sealed reviews found by when they were sealed."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    "CREATE INDEX review_sealed ON review (sealed_at) WHERE state = 'sealed'",
    # mappings
    """CREATE TABLE life_mapping (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id), instrument TEXT NOT NULL,
        instrument_version INTEGER NOT NULL, content TEXT NOT NULL, day TEXT NOT NULL, place TEXT NOT NULL,
        asked_by_id INTEGER REFERENCES staff (id), state TEXT NOT NULL, reason TEXT NOT NULL)""",
    "CREATE INDEX life_mapping_by_participant ON life_mapping (participant_id, day)",
    """CREATE TABLE mapping_answer (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        mapping_id INTEGER NOT NULL REFERENCES life_mapping (id),
        participant_id INTEGER NOT NULL REFERENCES participant (id), domain TEXT NOT NULL, step TEXT NOT NULL,
        situation TEXT NOT NULL, works TEXT NOT NULL, missing TEXT NOT NULL, wish TEXT NOT NULL,
        services_now TEXT NOT NULL, services_wanted TEXT NOT NULL, our_step TEXT NOT NULL, our_view TEXT NOT NULL)""",
    "CREATE UNIQUE INDEX mapping_answer_of_domain ON mapping_answer (mapping_id, domain)",
    "CREATE INDEX mapping_answer_by_participant ON mapping_answer (participant_id)",
    """CREATE TABLE mapping_follow (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id),
        answer_id INTEGER NOT NULL REFERENCES mapping_answer (id), domain TEXT NOT NULL, kind TEXT NOT NULL,
        number INTEGER NOT NULL)""",
    "CREATE INDEX mapping_follow_by_participant ON mapping_follow (participant_id)",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
    db.execute_sql("PRAGMA user_version = 18")
