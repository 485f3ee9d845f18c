"""Work across agencies: what each of its subjects keeps; and sealed reviews found by when they were sealed."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    "CREATE INDEX review_sealed ON review (sealed_at) WHERE state = 'sealed'",
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
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
    db.execute_sql("PRAGMA user_version = 18")
