"""What holds several agencies together around one person: who was told of whom, and the individual plan."""

from __future__ import annotations

from peewee import ForeignKeyField, TextField

from models.tables.case import Consent, Contact, DayField, Participant, Record, Staff


class ToldOf(Record):
    """That one contact person was told of another around a participant, on what day and by whom.

    It rests on a consent, and without one on a ground: a choice of the legal grounds or words of one's own.
    """

    participant = ForeignKeyField(Participant, backref="+")
    told = ForeignKeyField(Contact, backref="+")
    of = ForeignKeyField(Contact, backref="+")
    day = DayField()
    told_by = ForeignKeyField(Staff, null=True, backref="+")
    consent = ForeignKeyField(Consent, null=True, backref="+")
    ground = TextField(default="")


class IndividualPlan(Record):
    """A participant's individual plan, one each: how it stands and since when, who coordinates it, when it is revised.

    `state` is a choice of the programme's `individual_plan`; `coordinator` is somebody of the register, else `agency`
    says where they are.
    """

    participant = ForeignKeyField(Participant, backref="+")
    state = TextField()
    since = DayField()
    coordinator = ForeignKeyField(Contact, null=True, backref="+")
    agency = TextField(default="")
    revision = DayField(null=True)
    note = TextField(default="")
