"""The case itself: colleagues, participants, their phases and their line of time."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from models.tables.base import DayField, Record


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
    substance_use = TextField(default="")


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
