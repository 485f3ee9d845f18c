"""Work across agencies: what each of its subjects keeps; and sealed reviews found by when they were sealed."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    "CREATE INDEX review_sealed ON review (sealed_at) WHERE state = 'sealed'",
    # Gatherings of the professional network.
    """CREATE TABLE network_member (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, contact_id INTEGER REFERENCES contact (id),
        name TEXT NOT NULL, agency TEXT NOT NULL, function TEXT NOT NULL, stable INTEGER NOT NULL,
        since TEXT NOT NULL, until TEXT)""",
    """CREATE TABLE gathering (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, number INTEGER NOT NULL, title TEXT NOT NULL,
        place TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, overnight INTEGER NOT NULL,
        gathering_kind TEXT NOT NULL, responsible_id INTEGER REFERENCES staff (id), state TEXT NOT NULL,
        summary TEXT NOT NULL, draws INTEGER NOT NULL)""",
    """CREATE TABLE gathering_topic (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        gathering_id INTEGER NOT NULL REFERENCES gathering (id), place INTEGER NOT NULL, title TEXT NOT NULL,
        topic_kind TEXT NOT NULL, presenters TEXT NOT NULL, presenter TEXT NOT NULL, agency TEXT NOT NULL,
        minutes INTEGER, notes TEXT NOT NULL, series INTEGER, ended TEXT)""",
    "CREATE INDEX gathering_topic_gathering ON gathering_topic (gathering_id, place)",
    """CREATE TABLE invitation (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        gathering_id INTEGER NOT NULL REFERENCES gathering (id), member_id INTEGER REFERENCES network_member (id),
        name TEXT NOT NULL, agency TEXT NOT NULL, part TEXT NOT NULL, group_number INTEGER)""",
    "CREATE INDEX invitation_gathering ON invitation (gathering_id)",
    """CREATE TABLE attendance (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        gathering_id INTEGER NOT NULL REFERENCES gathering (id),
        invitation_id INTEGER NOT NULL REFERENCES invitation (id), day TEXT NOT NULL, half INTEGER NOT NULL,
        came INTEGER NOT NULL, UNIQUE (invitation_id, day, half))""",
    "CREATE INDEX attendance_gathering ON attendance (gathering_id)",
    """CREATE TABLE gathering_task (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        gathering_id INTEGER NOT NULL REFERENCES gathering (id), task_when TEXT NOT NULL, text TEXT NOT NULL,
        task_whom TEXT NOT NULL, agency TEXT NOT NULL, group_number INTEGER, questions TEXT NOT NULL, split INTEGER,
        due TEXT, done TEXT)""",
    "CREATE INDEX gathering_task_gathering ON gathering_task (gathering_id)",
    """CREATE TABLE task_answer (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        task_id INTEGER NOT NULL REFERENCES gathering_task (id), question INTEGER NOT NULL,
        invitation_id INTEGER REFERENCES invitation (id), agency TEXT NOT NULL, group_number INTEGER,
        answer TEXT NOT NULL, obstacle TEXT NOT NULL)""",
    "CREATE INDEX task_answer_task ON task_answer (task_id, question)",
    """CREATE TABLE consultation (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        gathering_id INTEGER NOT NULL REFERENCES gathering (id), sent TEXT, recipient TEXT NOT NULL,
        title TEXT NOT NULL, text TEXT NOT NULL)""",
    "CREATE INDEX consultation_gathering ON consultation (gathering_id)",
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
