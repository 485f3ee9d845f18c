"""Mapping: how somebody's life stands part by part on a day, and what was begun because of what is missing."""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField, TextField

from models.tables.case import DayField, Participant, Record, Staff


class LifeMapping(Record):
    """One mapping of a participant; `state` is open, done or struck (with a `reason`).

    `content` is the instrument it was begun with, as JSON, and stays so.
    """

    participant = ForeignKeyField(Participant, backref="+")
    instrument = TextField()
    instrument_version = IntegerField()
    content = TextField()
    day = DayField()
    place = TextField(default="")
    asked_by = ForeignKeyField(Staff, null=True, backref="+")
    state = TextField(default="open")
    reason = TextField(default="")


class MappingAnswer(Record):
    """What was said of one part of life (`domain`); `step` is 1 to 5, none, declined, not_asked or empty.

    `services_now` and `services_wanted` hold ids of the instrument's services, space between. `our_step` and `our_view`
    are the caseworker's, where they differ from the participant's own.
    """

    mapping = ForeignKeyField(LifeMapping, backref="+")
    participant = ForeignKeyField(Participant, backref="+")
    domain = TextField()
    step = TextField(default="")
    situation = TextField(default="")
    works = TextField(default="")
    missing = TextField(default="")
    wish = TextField(default="")
    services_now = TextField(default="")
    services_wanted = TextField(default="")
    our_step = TextField(default="")
    our_view = TextField(default="")


class MappingFollow(Record):
    """What came of a gap in one part of life: the row `number` of a goal, task or application (`kind`)."""

    participant = ForeignKeyField(Participant, backref="+")
    answer = ForeignKeyField(MappingAnswer, backref="+")
    domain = TextField()
    kind = TextField()
    number = IntegerField()
