"""The tables of the caseload.

The models are bound to no database on purpose: `Entry.create(...)` fails. Reading goes through
`models.reading.Reading`, writing through `models.work.Work`, and there is no third way.

Dates are dates; moments are whole seconds since the epoch, UTC. Free text is stored as typed, less control characters.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from peewee import AutoField, BooleanField, Field, ForeignKeyField, IntegerField, Model, TextField


class DayField(Field):
    """A calendar date, stored as ISO 8601 text so that it sorts and compares as it stands."""

    field_type = "TEXT"

    def db_value(self, value: date | None) -> str | None:
        return None if value is None else value.isoformat()

    def python_value(self, value: Any) -> date | None:
        return date.fromisoformat(value) if value else None


class Record(Model):
    """A row that people change; `version` rises by one at each change and is the optimistic lock."""

    id = AutoField()
    version = IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class Staff(Record):
    """A colleague who may open the vault, or could once; `slot` names the key slot, empty when revoked."""

    user = TextField(unique=True)
    name = TextField()
    initials = TextField()
    role = TextField()
    active = BooleanField(default=True)
    slot = TextField(default="")


class Participant(Record):
    """A person the team follows, or may come to follow; only `code` is certain to be filled in."""

    code = TextField(unique=True)
    given_name = TextField(default="")
    family_name = TextField(default="")
    birth_date = DayField(null=True)
    national_id = TextField(default="")
    phone = TextField(default="")
    email = TextField(default="")
    address = TextField(default="")
    district = TextField(default="")
    stays = TextField(default="")
    risk_areas = TextField(default="")
    prison = TextField(default="")
    unit = TextField(default="")
    security_level = TextField(default="")
    sentence_start = DayField(null=True)
    full_term_date = DayField(null=True)
    two_thirds_date = DayField(null=True)
    parole_applied = DayField(null=True)
    parole_decision = TextField(default="")
    parole_decided = DayField(null=True)
    release_date = DayField(null=True)
    release_kind = TextField(default="")
    nav_state = TextField(default="")
    nav_municipal = TextField(default="")
    worker = ForeignKeyField(Staff, null=True, backref="+")
    coworker = ForeignKeyField(Staff, null=True, backref="+")
    created_at = IntegerField()


class PhasePeriod(Record):
    """A stretch of time in one phase; periods of a participant may overlap; `ended` is empty while it lasts."""

    participant = ForeignKeyField(Participant, backref="+")
    phase = IntegerField()
    began = DayField()
    ended = DayField(null=True)
    reason = TextField(default="")


class Entry(Record):
    """One thing that happened, on one participant's line of time.

    `day` is the local date of `at`; `contact` says whether it counts as contact (a contact kind, and reached).
    `detail` is JSON for system events, whose words are made when they are shown. `subject` names the record a
    system event speaks of, as `table:id`.
    """

    participant = ForeignKeyField(Participant, backref="+")
    at = IntegerField()
    day = DayField()
    kind = TextField()
    outcome = TextField(default="")
    contact = BooleanField(default=False)
    with_whom = TextField(default="")
    place = TextField(default="")
    minutes = IntegerField(null=True)
    text = TextField(default="")
    topic = TextField(default="")
    topic_taken_at = IntegerField(null=True)
    detail = TextField(default="")
    subject = TextField(default="")
    author = ForeignKeyField(Staff, null=True, backref="+")
    created_at = IntegerField()


class Card(Model):
    """What the board shows of one participant: derived from the other tables, kept in the same transaction.

    `release_key`, `began_key` and `contact_key` are never empty, so that an index sorts them.
    """

    participant = ForeignKeyField(Participant, primary_key=True, backref="+")
    code = TextField()
    name = TextField()
    name_key = TextField()
    folded = TextField()
    phase = IntegerField()
    phases = TextField()
    began_key = TextField()
    release_key = TextField()
    contact_key = IntegerField()
    attempt_key = IntegerField()
    worker = IntegerField(null=True)
    coworker = IntegerField(null=True)
    security_level = TextField()
    stays = TextField()
    prison = TextField()
    topics = IntegerField()
    risk = BooleanField()

    class Meta:
        legacy_table_names = False


class Draft(Model):
    """A form that was not finished: whose, which form, about whom, and what stood in it (JSON)."""

    id = AutoField()
    staff = ForeignKeyField(Staff, backref="+")
    form = TextField()
    subject = IntegerField(default=0)
    content = TextField()
    saved_at = IntegerField()

    class Meta:
        legacy_table_names = False
        indexes = ((("staff", "form", "subject"), True),)


class Audit(Model):
    """One committed change: who, when, what; `mac` chains it to the row before it."""

    seq = AutoField()
    at = IntegerField()
    actor = IntegerField(null=True)
    action = TextField()
    undoes = IntegerField(null=True)
    mac = TextField()

    class Meta:
        legacy_table_names = False


class Change(Model):
    """What an audited change did to one row: `before` is JSON, column → [former, new], empty for an insert."""

    id = AutoField()
    audit = IntegerField(index=True)
    table = TextField()
    row = IntegerField()
    operation = TextField()
    before = TextField()

    class Meta:
        legacy_table_names = False


TABLES: tuple[type[Model], ...] = (Staff, Participant, PhasePeriod, Entry, Card, Draft, Audit, Change)
RECORDS: dict[str, type[Record]] = {model._meta.table_name: model for model in (Staff, Participant, PhasePeriod, Entry)}
