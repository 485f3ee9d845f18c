"""What every table is made of, and the case itself: colleagues, participants, phases, line of time, people around."""

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
    substance_use = TextField(default="")
    sentence_kind = TextField(default="")


class PhasePeriod(Record):
    """A stretch of time in one phase; periods of a participant may overlap; `ended` is empty while it lasts."""

    participant = ForeignKeyField(Participant, backref="+")
    phase = IntegerField()
    began = DayField()
    ended = DayField(null=True)
    reason = TextField(default="")


class PastRelease(Record):
    """A release that is history since the day somebody was back, with what the record said of that sentence then."""

    participant = ForeignKeyField(Participant, backref="+")
    release_date = DayField()
    release_kind = TextField(default="")
    returned = DayField()
    sentence_kind = TextField(default="")
    sentence_start = DayField(null=True)
    full_term_date = DayField(null=True)
    two_thirds_date = DayField(null=True)
    parole_applied = DayField(null=True)
    parole_decision = TextField(default="")
    parole_decided = DayField(null=True)


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


class Contact(Record):
    """A contact person of the team's shared register; one who left is kept and not offered, a double is merged."""

    name = TextField()
    agency = TextField()
    role = TextField(default="")
    office = TextField(default="")
    phone = TextField(default="")
    phone_other = TextField(default="")
    email = TextField(default="")
    notes = TextField(default="")
    active = BooleanField(default=True)
    merged_into = ForeignKeyField("self", null=True, backref="+")
    name_key = TextField(default="")
    folded = TextField(default="")
    created_at = IntegerField()


class Involvement(Record):
    """A contact person's part in one participant's case, since when and until when."""

    participant = ForeignKeyField(Participant, backref="+")
    contact = ForeignKeyField(Contact, backref="+")
    agency = TextField()
    role = TextField()
    since = DayField()
    until = DayField(null=True)
    note = TextField(default="")


class Consent(Record):
    """One given consent to share with one role of one agency; renewal is a new row, withdrawal a date in this one.

    `only_known`: they may know that the participant works with EX/IN, and no more. A withdrawal without
    `withdrawal_kept` was oral. `obtained_agency` says which agency obtained it, where it was not the team.
    """

    participant = ForeignKeyField(Participant, backref="+")
    agency = TextField()
    role = TextField()
    person = TextField(default="")
    contact = ForeignKeyField(Contact, null=True, backref="+")
    scope = TextField(default="")
    limits = TextField(default="")
    given = DayField()
    place = TextField(default="")
    obtained_by = ForeignKeyField(Staff, null=True, backref="+")
    original_at = TextField(default="")
    valid_until = DayField()
    withdrawn = DayField(null=True)
    withdrawal_kept = TextField(default="")
    renews = ForeignKeyField("self", null=True, backref="+")
    created_at = IntegerField()
    only_known = BooleanField(default=False)
    obtained_agency = TextField(default="")


class Disclosure(Record):
    """What was shared with whom, on which consent or, without one, on which legal ground; then it is flagged."""

    participant = ForeignKeyField(Participant, backref="+")
    day = DayField()
    what = TextField()
    agency = TextField()
    role = TextField(default="")
    person = TextField(default="")
    contact = ForeignKeyField(Contact, null=True, backref="+")
    consent = ForeignKeyField(Consent, null=True, backref="+")
    ground = TextField(default="")
    flagged = BooleanField(default=False)
    author = ForeignKeyField(Staff, null=True, backref="+")
    created_at = IntegerField()
