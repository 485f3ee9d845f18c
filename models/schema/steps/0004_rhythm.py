"""The method and the rhythm: reviews, intake, phase-out, snoozes, meetings, absences, hand-overs."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    """CREATE TABLE review (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id), transition TEXT NOT NULL,
        from_phase INTEGER NOT NULL, to_phase INTEGER NOT NULL, state TEXT NOT NULL, opened TEXT NOT NULL,
        opened_by_id INTEGER REFERENCES staff (id), moved TEXT, prompts_version INTEGER NOT NULL,
        decision TEXT NOT NULL, effective TEXT, next_review TEXT, reason TEXT NOT NULL, present TEXT NOT NULL,
        brief TEXT NOT NULL, sealed_at INTEGER, sealed_by_id INTEGER REFERENCES staff (id))""",
    """CREATE TABLE review_answer (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        review_id INTEGER NOT NULL REFERENCES review (id),
        participant_id INTEGER NOT NULL REFERENCES participant (id), prompt TEXT NOT NULL, text TEXT NOT NULL,
        written_by_id INTEGER REFERENCES staff (id), written_at INTEGER NOT NULL)""",
    """CREATE TABLE review_note (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        review_id INTEGER NOT NULL REFERENCES review (id),
        participant_id INTEGER NOT NULL REFERENCES participant (id), at INTEGER NOT NULL,
        author_id INTEGER REFERENCES staff (id), text TEXT NOT NULL)""",
    """CREATE TABLE intake (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id), opened TEXT NOT NULL,
        referred_by TEXT NOT NULL, referral_note TEXT NOT NULL, ours TEXT NOT NULL, theirs TEXT NOT NULL,
        decided TEXT, outcome TEXT NOT NULL, phase INTEGER, reason TEXT NOT NULL)""",
    """CREATE TABLE criterion_judgement (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        intake_id INTEGER NOT NULL REFERENCES intake (id),
        participant_id INTEGER NOT NULL REFERENCES participant (id), criterion TEXT NOT NULL,
        judgement TEXT NOT NULL, note TEXT NOT NULL, judged TEXT, judged_by_id INTEGER REFERENCES staff (id))""",
    """CREATE TABLE intake_talk (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        intake_id INTEGER NOT NULL REFERENCES intake (id),
        participant_id INTEGER NOT NULL REFERENCES participant (id), talk TEXT NOT NULL, held TEXT NOT NULL,
        who TEXT NOT NULL, covered TEXT NOT NULL, said TEXT NOT NULL, note TEXT NOT NULL,
        reason TEXT NOT NULL)""",
    """CREATE TABLE phase_out (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id), reason TEXT NOT NULL, began TEXT NOT NULL,
        state TEXT NOT NULL, words TEXT NOT NULL, consents TEXT NOT NULL, closing_talk TEXT, last_message TEXT,
        message_how TEXT NOT NULL, hand_over TEXT, summary TEXT NOT NULL, closed TEXT,
        closed_by_id INTEGER REFERENCES staff (id), closed_reason TEXT NOT NULL, returned TEXT,
        return_note TEXT NOT NULL)""",
    """CREATE TABLE phase_out_told (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        phase_out_id INTEGER NOT NULL REFERENCES phase_out (id),
        participant_id INTEGER NOT NULL REFERENCES participant (id), agency TEXT NOT NULL,
        role TEXT NOT NULL, person TEXT NOT NULL, told TEXT, told_by_id INTEGER REFERENCES staff (id),
        how TEXT NOT NULL)""",
    """CREATE TABLE snooze (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER REFERENCES participant (id), staff_id INTEGER REFERENCES staff (id),
        rule TEXT NOT NULL, rests TEXT NOT NULL, until TEXT NOT NULL, reason TEXT NOT NULL,
        snoozed TEXT NOT NULL, snoozed_by_id INTEGER REFERENCES staff (id))""",
    """CREATE TABLE meeting (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, kind TEXT NOT NULL, day TEXT NOT NULL,
        participant_id INTEGER REFERENCES participant (id), opened_at INTEGER NOT NULL,
        opened_by_id INTEGER REFERENCES staff (id), present TEXT NOT NULL, guests TEXT NOT NULL,
        closed_at INTEGER, closed_by_id INTEGER REFERENCES staff (id))""",
    """CREATE TABLE meeting_item (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        meeting_id INTEGER REFERENCES meeting (id), participant_id INTEGER REFERENCES participant (id),
        kind TEXT NOT NULL, text TEXT NOT NULL, for_kind TEXT NOT NULL, task INTEGER, at INTEGER NOT NULL,
        author_id INTEGER REFERENCES staff (id))""",
    """CREATE TABLE absence (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        staff_id INTEGER NOT NULL REFERENCES staff (id), first TEXT NOT NULL, last TEXT NOT NULL,
        cover_id INTEGER REFERENCES staff (id), note TEXT NOT NULL)""",
    """CREATE TABLE hand_over (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        participant_id INTEGER NOT NULL REFERENCES participant (id),
        from_staff_id INTEGER REFERENCES staff (id), to_staff_id INTEGER REFERENCES staff (id),
        day TEXT NOT NULL, note TEXT NOT NULL, read_at INTEGER)""",
    "CREATE INDEX review_participant ON review (participant_id, state)",
    "CREATE INDEX review_owed ON review (moved) WHERE state != 'sealed' AND moved IS NOT NULL",
    "CREATE UNIQUE INDEX review_answer_prompt ON review_answer (review_id, prompt)",
    "CREATE INDEX review_note_review ON review_note (review_id, at)",
    "CREATE INDEX intake_participant ON intake (participant_id, outcome)",
    "CREATE UNIQUE INDEX criterion_judgement_one ON criterion_judgement (intake_id, criterion)",
    "CREATE UNIQUE INDEX intake_talk_one ON intake_talk (intake_id, talk)",
    "CREATE INDEX phase_out_participant ON phase_out (participant_id, state)",
    "CREATE INDEX phase_out_told_one ON phase_out_told (phase_out_id, agency)",
    "CREATE INDEX snooze_participant ON snooze (participant_id, rule)",
    "CREATE INDEX snooze_staff ON snooze (staff_id, rule) WHERE staff_id IS NOT NULL",
    "CREATE INDEX meeting_kind ON meeting (kind, day)",
    "CREATE INDEX meeting_participant ON meeting (participant_id, day) WHERE participant_id IS NOT NULL",
    "CREATE INDEX meeting_item_meeting ON meeting_item (meeting_id, at)",
    "CREATE INDEX meeting_item_participant ON meeting_item (participant_id, at)",
    "CREATE INDEX meeting_item_parked ON meeting_item (for_kind, at) WHERE meeting_id IS NULL",
    "CREATE INDEX absence_staff ON absence (staff_id, last)",
    "CREATE INDEX absence_last ON absence (last)",
    "CREATE INDEX hand_over_participant ON hand_over (participant_id, day)",
    "CREATE INDEX hand_over_unread ON hand_over (to_staff_id) WHERE read_at IS NULL",
    "CREATE INDEX phase_period_began ON phase_period (began, phase)",
    "CREATE INDEX phase_out_began ON phase_out (began, reason)",
    "CREATE INDEX phase_out_returned ON phase_out (returned) WHERE returned IS NOT NULL",
    "CREATE INDEX application_decided ON application (decided, agency, sent) WHERE decided IS NOT NULL",
    "ALTER TABLE participant ADD COLUMN substance_use TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE card ADD COLUMN review_key TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE card ADD COLUMN next_review_key TEXT NOT NULL DEFAULT '9999-12-31'",
    "ALTER TABLE card ADD COLUMN owed_key TEXT NOT NULL DEFAULT '9999-12-31'",
    "ALTER TABLE card ADD COLUMN talk_key TEXT NOT NULL DEFAULT '9999-12-31'",
    "ALTER TABLE card ADD COLUMN release_list TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE card ADD COLUMN helped TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE card ADD COLUMN snoozed TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE card ADD COLUMN phase_out_key TEXT NOT NULL DEFAULT '9999-12-31'",
    "ALTER TABLE card ADD COLUMN substance INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX checklist_lapse_day ON checklist_lapse (lapse_key)",
    """CREATE VIRTUAL TABLE method_search USING fts5 (
        body, content='', contentless_delete=1, prefix='2 3', tokenize='unicode61 remove_diacritics 0')""",
    "INSERT INTO method_search (method_search, rank) VALUES ('secure-delete', 1)",
    "PRAGMA user_version = 4",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
