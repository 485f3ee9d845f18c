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
    # Agreements between agencies.
    """CREATE TABLE cooperation_agreement (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, title TEXT NOT NULL, state TEXT NOT NULL,
        in_force_from TEXT, in_force_to TEXT, background TEXT NOT NULL, aim TEXT NOT NULL,
        target_group TEXT NOT NULL, consent_clause TEXT NOT NULL, deciders TEXT NOT NULL, duties TEXT NOT NULL,
        convener TEXT NOT NULL, meetings_a_year INTEGER NOT NULL, reports_to TEXT NOT NULL,
        revision_owner TEXT NOT NULL, revision_due TEXT, report_owner TEXT NOT NULL, report_due TEXT,
        located TEXT NOT NULL)""",
    """CREATE TABLE agreement_party (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        agreement_id INTEGER NOT NULL REFERENCES cooperation_agreement (id), agency TEXT NOT NULL,
        party_kind TEXT NOT NULL)""",
    """CREATE TABLE legal_basis (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        agreement_id INTEGER NOT NULL REFERENCES cooperation_agreement (id), text TEXT NOT NULL,
        valid_from TEXT, valid_to TEXT)""",
    """CREATE TABLE group_member (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        agreement_id INTEGER NOT NULL REFERENCES cooperation_agreement (id), network_group TEXT NOT NULL,
        agency TEXT NOT NULL, name TEXT NOT NULL, function TEXT NOT NULL, reached TEXT NOT NULL)""",
    """CREATE TABLE signatory (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        agreement_id INTEGER NOT NULL REFERENCES cooperation_agreement (id), agency TEXT NOT NULL,
        function TEXT NOT NULL, name TEXT NOT NULL, day TEXT)""",
    """CREATE TABLE steering_meeting (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        agreement_id INTEGER NOT NULL REFERENCES cooperation_agreement (id), day TEXT NOT NULL, meeting INTEGER,
        note TEXT NOT NULL)""",
    """CREATE TABLE proposal (
        id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL,
        agreement_id INTEGER NOT NULL REFERENCES cooperation_agreement (id), text TEXT NOT NULL,
        recommendation TEXT NOT NULL, made TEXT NOT NULL, decision TEXT NOT NULL, decided TEXT, meeting INTEGER)""",
    *(
        f"CREATE INDEX {table}_agreement ON {table} (agreement_id)"
        for table in ("agreement_party", "legal_basis", "group_member", "signatory", "steering_meeting", "proposal")
    ),
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
    # Figures: what happened in a month, read from the index alone.
    "CREATE INDEX entry_happened ON entry (at, participant_id, kind, contact) WHERE outcome != ''",
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
