"""Who may see a participant where not everybody may: restrictions, and openings in spite of one."""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField, TextField

from models.tables.case import DayField, Participant, Record, Staff


class Restriction(Record):
    """A participant is seen only by leaders and those of `may_see`, staff ids with space between, until `lifted`."""

    participant = ForeignKeyField(Participant, backref="+")
    may_see = TextField(default="")
    reason = TextField()
    since = DayField()
    by = ForeignKeyField(Staff, null=True, backref="+")
    lifted = DayField(null=True)
    lifted_by = ForeignKeyField(Staff, null=True, backref="+")


class Opening(Record):
    """A colleague opened a restricted participant with a reason, and saw them for the rest of `day`.

    `seen_at` is when a leader noted it.
    """

    participant = ForeignKeyField(Participant, backref="+")
    staff = ForeignKeyField(Staff, null=True, backref="+")
    day = DayField()
    at = IntegerField()
    reason = TextField()
    seen_at = IntegerField(null=True)
    seen_by = ForeignKeyField(Staff, null=True, backref="+")
