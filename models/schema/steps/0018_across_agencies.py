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
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
    db.execute_sql("PRAGMA user_version = 18")
