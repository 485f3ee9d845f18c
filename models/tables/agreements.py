"""What is to be done around a participant: checklists, appointments, tasks, applications, goals and small spending."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from models.tables.case import Contact, DayField, Participant, Record, Staff


class Checklist(Record):
    """A checklist in use; `content` is the template it began with, as JSON, and stays so."""

    participant = ForeignKeyField(Participant, backref="+")
    template = TextField()
    template_version = IntegerField()
    content = TextField()
    opened = DayField()
    opened_by = ForeignKeyField(Staff, null=True, backref="+")
    closed = DayField(null=True)
    reason = TextField(default="")


class ChecklistItem(Record):
    """One item of a checklist in use; `state` is open, done, not_relevant (with a reason) or waiting."""

    checklist = ForeignKeyField(Checklist, backref="+")
    participant = ForeignKeyField(Participant, backref="+")
    item = TextField()
    place = IntegerField()
    state = TextField(default="open")
    value = TextField(default="")
    note = TextField(default="")
    reason = TextField(default="")
    due = DayField(null=True)
    done_by = ForeignKeyField(Staff, null=True, backref="+")
    done_at = IntegerField(null=True)
    verified_by = ForeignKeyField(Staff, null=True, backref="+")
    verified_at = IntegerField(null=True)
    verified_source = TextField(default="")


class Appointment(Record):
    """Something agreed to happen; `state` is planned, attended, missed or cancelled, `repeats` an RRULE or empty.

    `series` is the first of those that repeat, None for the first itself; `moved_from` is the moment that the rule has
    for it, None while it is at its own.
    """

    participant = ForeignKeyField(Participant, backref="+")
    at = IntegerField()
    day = DayField()
    minutes = IntegerField(null=True)
    title = TextField()
    with_whom = TextField(default="")
    contact = ForeignKeyField(Contact, null=True, backref="+")
    place = TextField(default="")
    driver = ForeignKeyField(Staff, null=True, backref="+")
    worker = ForeignKeyField(Staff, null=True, backref="+")
    note = TextField(default="")
    prepared = BooleanField(default=False)
    state = TextField(default="planned")
    gone_through = BooleanField(default=False)
    repeats = TextField(default="")
    series = IntegerField(null=True)
    moved_from = IntegerField(null=True)


class Task(Record):
    """Something to do and whose turn it is: the participant's, ours or an agency's; open, done or declined.

    `series` is the first of those that repeat, None for the first itself; `moved_from` is the day that the rule has for
    it, None while it is due on its own.
    """

    participant = ForeignKeyField(Participant, null=True, backref="+")
    text = TextField()
    turn = TextField(default="ours")
    agency = TextField(default="")
    owner = ForeignKeyField(Staff, null=True, backref="+")
    due = DayField(null=True)
    state = TextField(default="open")
    done_at = IntegerField(null=True)
    source = TextField(default="")
    repeats = TextField(default="")
    created_at = IntegerField()
    series = IntegerField(null=True)
    moved_from = DayField(null=True)


class Application(Record):
    """An application and its dates; it waits from `sent` until `decided`."""

    participant = ForeignKeyField(Participant, backref="+")
    agency = TextField()
    office = TextField(default="")
    about = TextField()
    domain = TextField(default="")
    sent = DayField(null=True)
    complement_asked = DayField(null=True)
    complement_sent = DayField(null=True)
    decided = DayField(null=True)
    outcome = TextField(default="")
    appeal_deadline = DayField(null=True)
    note = TextField(default="")
    created_at = IntegerField()


class Goal(Record):
    """A goal of the participant's in the participant's own words; `state` is open, reached or left."""

    participant = ForeignKeyField(Participant, backref="+")
    words = TextField()
    domain = TextField(default="")
    began = DayField()
    state = TextField(default="open")
    ended = DayField(null=True)
    note = TextField(default="")


class Step(Record):
    """A step towards a goal and whose it is; one that cannot be done yet says what it waits for."""

    goal = ForeignKeyField(Goal, backref="+")
    participant = ForeignKeyField(Participant, backref="+")
    words = TextField()
    turn = TextField(default="participant")
    waits_for = TextField(default="")
    due = DayField(null=True)
    state = TextField(default="open")
    done_at = IntegerField(null=True)
    began = DayField()


class Spending(Record):
    """Small spending on one participant, in øre, for the relationship or a necessity; `cause` says why it was one."""

    participant = ForeignKeyField(Participant, backref="+")
    day = DayField()
    purpose = TextField()
    amount = IntegerField()
    what = TextField()
    staff = ForeignKeyField(Staff, null=True, backref="+")
    cause = TextField(default="")
