"""Who has looked at whom, and the questions about it."""

from __future__ import annotations

from peewee import AutoField, ForeignKeyField, IntegerField, Model, TextField

from models.tables.case import DayField, Participant, Record, Staff


class Visit(Model):
    """A row of the access log: who looked at whom, when and how, never what was read; `mac` chains it to the last.

    `day` is the local date of `at`; `relation` is why the colleague had to do with the participant just then, empty for
    none that was known. It is no record: nobody changes a row, and it outlives a participant who is taken away.
    """

    seq = AutoField()
    at = IntegerField()
    day = DayField()
    staff = IntegerField(null=True)
    participant = IntegerField()
    kind = TextField()
    relation = TextField()
    mac = TextField()


class VisitQuestion(Record):
    """A leader asks a colleague why they looked at a participant's file, up to and with row `visit` of the access log.

    It is answered with a sentence and then closed.
    """

    participant = ForeignKeyField(Participant, backref="+")
    staff = ForeignKeyField(Staff, backref="+")
    visit = IntegerField()
    asked_at = IntegerField()
    asked_by = ForeignKeyField(Staff, null=True, backref="+")
    answer = TextField(default="")
    answered_at = IntegerField(null=True)
    closed_at = IntegerField(null=True)
    closed_by = ForeignKeyField(Staff, null=True, backref="+")
