"""The first schema: staff, participants, phases, timeline, board cards, drafts, audit and search."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    """CREATE TABLE staff (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        user TEXT NOT NULL UNIQUE, name TEXT NOT NULL, initials TEXT NOT NULL, role TEXT NOT NULL,
        active INTEGER NOT NULL, slot TEXT NOT NULL)""",
    """CREATE TABLE participant (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, code TEXT NOT NULL UNIQUE,
        given_name TEXT NOT NULL, family_name TEXT NOT NULL, birth_date TEXT, national_id TEXT NOT NULL,
        phone TEXT NOT NULL, email TEXT NOT NULL, address TEXT NOT NULL, district TEXT NOT NULL, stays TEXT NOT NULL,
        risk_areas TEXT NOT NULL, prison TEXT NOT NULL, unit TEXT NOT NULL, security_level TEXT NOT NULL,
        sentence_start TEXT, full_term_date TEXT, two_thirds_date TEXT, parole_applied TEXT,
        parole_decision TEXT NOT NULL, parole_decided TEXT, release_date TEXT, release_kind TEXT NOT NULL,
        nav_state TEXT NOT NULL, nav_municipal TEXT NOT NULL,
        worker_id INTEGER REFERENCES staff (id), coworker_id INTEGER REFERENCES staff (id),
        created_at INTEGER NOT NULL)""",
    """CREATE TABLE phase_period (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id), phase INTEGER NOT NULL,
        began TEXT NOT NULL, ended TEXT, reason TEXT NOT NULL)""",
    "CREATE INDEX phase_period_participant ON phase_period (participant_id, began)",
    """CREATE TABLE entry (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id),
        at INTEGER NOT NULL, day TEXT NOT NULL, kind TEXT NOT NULL, outcome TEXT NOT NULL, contact INTEGER NOT NULL,
        with_whom TEXT NOT NULL, place TEXT NOT NULL, minutes INTEGER, text TEXT NOT NULL, topic TEXT NOT NULL,
        topic_taken_at INTEGER, detail TEXT NOT NULL, subject TEXT NOT NULL,
        author_id INTEGER REFERENCES staff (id), created_at INTEGER NOT NULL)""",
    "CREATE INDEX entry_time ON entry (participant_id, at, id, day, kind)",
    "CREATE INDEX entry_contact ON entry (participant_id, contact, at) WHERE outcome != ''",
    "CREATE INDEX entry_topic ON entry (participant_id) WHERE topic != '' AND topic_taken_at IS NULL",
    "CREATE INDEX entry_subject ON entry (participant_id, subject) WHERE subject != ''",
    """CREATE TABLE card (
        participant_id INTEGER PRIMARY KEY REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED,
        code TEXT NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL, folded TEXT NOT NULL,
        phase INTEGER NOT NULL, phases TEXT NOT NULL,
        began_key TEXT NOT NULL, release_key TEXT NOT NULL, contact_key INTEGER NOT NULL, attempt_key INTEGER NOT NULL,
        worker INTEGER, coworker INTEGER, security_level TEXT NOT NULL, stays TEXT NOT NULL, prison TEXT NOT NULL,
        topics INTEGER NOT NULL, risk INTEGER NOT NULL)""",
    "CREATE INDEX card_release ON card (phase, release_key, participant_id)",
    "CREATE INDEX card_name ON card (phase, name_key, participant_id)",
    "CREATE INDEX card_began ON card (phase, began_key, participant_id)",
    "CREATE INDEX card_contact ON card (phase, contact_key, participant_id)",
    "CREATE INDEX card_worker ON card (worker, phase)",
    "CREATE INDEX card_coworker ON card (coworker, phase)",
    """CREATE TABLE draft (
        id INTEGER PRIMARY KEY, staff_id INTEGER NOT NULL REFERENCES staff (id), form TEXT NOT NULL,
        subject INTEGER NOT NULL, content TEXT NOT NULL, saved_at INTEGER NOT NULL,
        UNIQUE (staff_id, form, subject))""",
    """CREATE TABLE audit (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, actor INTEGER, action TEXT NOT NULL,
        undoes INTEGER, mac TEXT NOT NULL)""",
    """CREATE TABLE change (
        id INTEGER PRIMARY KEY, audit INTEGER NOT NULL, "table" TEXT NOT NULL, "row" INTEGER NOT NULL,
        operation TEXT NOT NULL, before TEXT NOT NULL)""",
    "CREATE INDEX change_audit ON change (audit)",
    """CREATE INDEX change_row ON change ("table", "row")""",
    """CREATE VIRTUAL TABLE people_search USING fts5 (
        name, body, content='', contentless_delete=1, prefix='1 2 3', tokenize='unicode61 remove_diacritics 0')""",
    "INSERT INTO people_search (people_search, rank) VALUES ('secure-delete', 1)",
    """CREATE VIRTUAL TABLE entry_search USING fts5 (
        body, content='', contentless_delete=1, prefix='2 3', tokenize='unicode61 remove_diacritics 0')""",
    "INSERT INTO entry_search (entry_search, rank) VALUES ('secure-delete', 1)",
    "PRAGMA user_version = 1",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
