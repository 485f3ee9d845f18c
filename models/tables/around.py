"""The people around a participant, and what may be shared with them."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from models.tables.base import DayField, Record
from models.tables.case import Participant, Staff


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
    """One given consent to share with one role of one agency; renewal is a new row, withdrawal a date in this one."""

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
