"""Work across agencies: what each of its subjects keeps; and sealed reviews found by when they were sealed."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    "CREATE INDEX review_sealed ON review (sealed_at) WHERE state = 'sealed'",
    # Support teams: the team around one participant, its extensions, people, routines and evasion watch.
    """CREATE TABLE support_team (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id), agency TEXT NOT NULL, coordinator TEXT NOT NULL,
        contact_id INTEGER REFERENCES contact (id), kick_off TEXT NOT NULL, ends TEXT NOT NULL,
        in_on_it TEXT NOT NULL, own_words TEXT NOT NULL, stabilise TEXT NOT NULL, consent_rule TEXT NOT NULL,
        judged TEXT NOT NULL, ended TEXT, conclusion TEXT NOT NULL, recommendation TEXT NOT NULL)""",
    "CREATE INDEX support_team_participant ON support_team (participant_id, kick_off)",
    "CREATE INDEX support_team_contact ON support_team (contact_id)",
    """CREATE TABLE support_team_extension (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        support_team_id INTEGER NOT NULL REFERENCES support_team (id),
        participant_id INTEGER NOT NULL REFERENCES participant (id), day TEXT NOT NULL, was TEXT NOT NULL,
        until TEXT NOT NULL, reason TEXT NOT NULL)""",
    "CREATE INDEX support_team_extension_participant ON support_team_extension (participant_id)",
    "CREATE INDEX support_team_extension_team ON support_team_extension (support_team_id)",
    """CREATE TABLE support_team_member (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        support_team_id INTEGER NOT NULL REFERENCES support_team (id),
        participant_id INTEGER NOT NULL REFERENCES participant (id), agency TEXT NOT NULL, role TEXT NOT NULL,
        name TEXT NOT NULL, contact_id INTEGER REFERENCES contact (id), deputy INTEGER NOT NULL, since TEXT NOT NULL,
        until TEXT, agency_left INTEGER NOT NULL)""",
    "CREATE INDEX support_team_member_participant ON support_team_member (participant_id)",
    "CREATE INDEX support_team_member_team ON support_team_member (support_team_id)",
    "CREATE INDEX support_team_member_contact ON support_team_member (contact_id)",
    """CREATE TABLE support_team_routine (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        support_team_id INTEGER NOT NULL REFERENCES support_team (id),
        participant_id INTEGER NOT NULL REFERENCES participant (id), what TEXT NOT NULL, how_often TEXT NOT NULL,
        who TEXT NOT NULL)""",
    "CREATE INDEX support_team_routine_participant ON support_team_routine (participant_id)",
    "CREATE INDEX support_team_routine_team ON support_team_routine (support_team_id)",
    """CREATE TABLE support_team_watch (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        support_team_id INTEGER NOT NULL REFERENCES support_team (id),
        participant_id INTEGER NOT NULL REFERENCES participant (id), day TEXT NOT NULL, point TEXT NOT NULL,
        state TEXT NOT NULL, note TEXT NOT NULL)""",
    "CREATE INDEX support_team_watch_participant ON support_team_watch (participant_id)",
    "CREATE INDEX support_team_watch_team ON support_team_watch (support_team_id, day)",
    "ALTER TABLE card ADD COLUMN support_team TEXT NOT NULL DEFAULT ''",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
    db.execute_sql("PRAGMA user_version = 18")
