"""Coordination: people around a participant, consents, disclosures, checklists, agreements, goals, money."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    """CREATE TABLE contact (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, name TEXT NOT NULL, agency TEXT NOT NULL,
        role TEXT NOT NULL, office TEXT NOT NULL, phone TEXT NOT NULL, phone_other TEXT NOT NULL, email TEXT NOT NULL,
        notes TEXT NOT NULL, active INTEGER NOT NULL, merged_into_id INTEGER REFERENCES contact (id),
        name_key TEXT NOT NULL, folded TEXT NOT NULL, created_at INTEGER NOT NULL)""",
    "CREATE INDEX contact_agency ON contact (agency, active, merged_into_id, name_key)",
    """CREATE TABLE involvement (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id),
        contact_id INTEGER NOT NULL REFERENCES contact (id), agency TEXT NOT NULL, role TEXT NOT NULL,
        since TEXT NOT NULL, until TEXT, note TEXT NOT NULL)""",
    "CREATE INDEX involvement_participant ON involvement (participant_id, until)",
    "CREATE INDEX involvement_contact ON involvement (contact_id, until)",
    """CREATE TABLE consent (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id), agency TEXT NOT NULL, role TEXT NOT NULL,
        person TEXT NOT NULL, contact_id INTEGER REFERENCES contact (id), scope TEXT NOT NULL, limits TEXT NOT NULL,
        given TEXT NOT NULL, place TEXT NOT NULL, obtained_by_id INTEGER REFERENCES staff (id),
        original_at TEXT NOT NULL, valid_until TEXT NOT NULL, withdrawn TEXT, withdrawal_kept TEXT NOT NULL,
        renews_id INTEGER REFERENCES consent (id), created_at INTEGER NOT NULL)""",
    "CREATE INDEX consent_participant ON consent (participant_id, agency, role)",
    "CREATE INDEX consent_valid ON consent (valid_until, withdrawn)",
    """CREATE TABLE disclosure (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id), day TEXT NOT NULL, what TEXT NOT NULL,
        agency TEXT NOT NULL, role TEXT NOT NULL, person TEXT NOT NULL, contact_id INTEGER REFERENCES contact (id),
        consent_id INTEGER REFERENCES consent (id), ground TEXT NOT NULL, flagged INTEGER NOT NULL,
        author_id INTEGER REFERENCES staff (id), created_at INTEGER NOT NULL)""",
    "CREATE INDEX disclosure_participant ON disclosure (participant_id, day)",
    """CREATE TABLE checklist (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id), template TEXT NOT NULL,
        template_version INTEGER NOT NULL, content TEXT NOT NULL, opened TEXT NOT NULL,
        opened_by_id INTEGER REFERENCES staff (id), closed TEXT, reason TEXT NOT NULL)""",
    "CREATE INDEX checklist_participant ON checklist (participant_id, template, closed)",
    """CREATE TABLE checklist_item (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        checklist_id INTEGER NOT NULL REFERENCES checklist (id),
        participant_id INTEGER NOT NULL REFERENCES participant (id), item TEXT NOT NULL, place INTEGER NOT NULL,
        state TEXT NOT NULL, value TEXT NOT NULL, note TEXT NOT NULL, reason TEXT NOT NULL, due TEXT,
        done_by_id INTEGER REFERENCES staff (id), done_at INTEGER, verified_by_id INTEGER REFERENCES staff (id),
        verified_at INTEGER, verified_source TEXT NOT NULL)""",
    "CREATE INDEX checklist_item_list ON checklist_item (checklist_id, place)",
    "CREATE INDEX checklist_item_open ON checklist_item (participant_id, state)",
    """CREATE TABLE checklist_tally (
        checklist_id INTEGER PRIMARY KEY, participant_id INTEGER NOT NULL, worker INTEGER, release_key TEXT NOT NULL,
        items INTEGER NOT NULL, remaining INTEGER NOT NULL, waiting INTEGER NOT NULL, unverified INTEGER NOT NULL,
        due_key TEXT NOT NULL)""",
    "CREATE INDEX checklist_tally_release ON checklist_tally (release_key, checklist_id)",
    "CREATE INDEX checklist_tally_worker ON checklist_tally (worker, release_key, checklist_id)",
    """CREATE TABLE appointment (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id), at INTEGER NOT NULL, day TEXT NOT NULL,
        minutes INTEGER, title TEXT NOT NULL, with_whom TEXT NOT NULL, contact_id INTEGER REFERENCES contact (id),
        place TEXT NOT NULL, driver_id INTEGER REFERENCES staff (id), worker_id INTEGER REFERENCES staff (id),
        note TEXT NOT NULL, prepared INTEGER NOT NULL, state TEXT NOT NULL, gone_through INTEGER NOT NULL,
        repeats TEXT NOT NULL)""",
    "CREATE INDEX appointment_participant ON appointment (participant_id, state, day)",
    "CREATE INDEX appointment_planned ON appointment (day, at) WHERE state = 'planned'",
    "CREATE INDEX appointment_worker ON appointment (worker_id, day, at) WHERE state = 'planned'",
    "CREATE INDEX appointment_driver ON appointment (driver_id, day, at) WHERE state = 'planned'",
    "CREATE INDEX appointment_after ON appointment (day, at) WHERE state = 'attended' AND gone_through = 0",
    """CREATE INDEX appointment_after_worker ON appointment (worker_id, day, at)
        WHERE state = 'attended' AND gone_through = 0""",
    """CREATE TABLE task (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER REFERENCES participant (id), text TEXT NOT NULL, turn TEXT NOT NULL,
        agency TEXT NOT NULL, owner_id INTEGER REFERENCES staff (id), due TEXT, state TEXT NOT NULL,
        done_at INTEGER, source TEXT NOT NULL,
        repeats TEXT NOT NULL, created_at INTEGER NOT NULL)""",
    "CREATE INDEX task_participant ON task (participant_id, state, due)",
    "CREATE INDEX task_owner ON task (owner_id, state, due)",
    "CREATE INDEX task_due ON task (state, due)",
    """CREATE TABLE application (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id), agency TEXT NOT NULL, office TEXT NOT NULL,
        about TEXT NOT NULL, domain TEXT NOT NULL, sent TEXT, complement_asked TEXT, complement_sent TEXT,
        decided TEXT,
        outcome TEXT NOT NULL, appeal_deadline TEXT, note TEXT NOT NULL, created_at INTEGER NOT NULL)""",
    "CREATE INDEX application_participant ON application (participant_id, decided)",
    "CREATE INDEX application_waiting ON application (agency, sent) WHERE decided IS NULL AND sent IS NOT NULL",
    "CREATE INDEX application_appeal ON application (appeal_deadline) WHERE appeal_deadline IS NOT NULL",
    """CREATE INDEX application_complement ON application (complement_asked)
        WHERE decided IS NULL AND complement_sent IS NULL AND complement_asked IS NOT NULL""",
    """CREATE TABLE goal (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id), words TEXT NOT NULL, domain TEXT NOT NULL,
        began TEXT NOT NULL, state TEXT NOT NULL, ended TEXT, note TEXT NOT NULL)""",
    "CREATE INDEX goal_participant ON goal (participant_id, state)",
    """CREATE TABLE step (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, goal_id INTEGER NOT NULL REFERENCES goal (id),
        participant_id INTEGER NOT NULL REFERENCES participant (id), words TEXT NOT NULL, turn TEXT NOT NULL,
        waits_for TEXT NOT NULL, due TEXT, state TEXT NOT NULL, done_at INTEGER, began TEXT NOT NULL)""",
    "CREATE INDEX step_goal ON step (goal_id)",
    "CREATE INDEX step_participant ON step (participant_id, state)",
    """CREATE TABLE spending (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id), day TEXT NOT NULL, purpose TEXT NOT NULL,
        amount INTEGER NOT NULL, what TEXT NOT NULL, staff_id INTEGER REFERENCES staff (id))""",
    "CREATE INDEX spending_participant ON spending (participant_id, day)",
    "CREATE INDEX spending_day ON spending (day)",
    "ALTER TABLE card ADD COLUMN waiting_key TEXT NOT NULL DEFAULT '9999-12-31'",
    "ALTER TABLE card ADD COLUMN due_key TEXT NOT NULL DEFAULT '9999-12-31'",
    "CREATE INDEX card_coming ON card (release_key) WHERE release_key < '9999-12-31'",
    "ALTER TABLE card ADD COLUMN consents TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX card_list ON card (name_key, participant_id) WHERE phase > 0",
    "PRAGMA user_version = 2",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
