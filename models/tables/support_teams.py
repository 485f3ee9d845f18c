"""The support team around one participant (the Trondheim report, annex 5): its people, routines, watch and end."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, TextField

from models.tables.case import Contact, DayField, Participant, Record


class SupportTeam(Record):
    """The agencies' team around one participant for a time; `ended` is when it did, empty while it lasts.

    `agency` coordinates, empty for the team's own; `contact` is the coordinator where the register knows them.
    `in_on_it` is yes or no, empty while nobody has asked.
    """

    participant = ForeignKeyField(Participant, backref="+")
    agency = TextField(default="")
    coordinator = TextField(default="")
    contact = ForeignKeyField(Contact, null=True, backref="+")
    kick_off = DayField()
    ends = DayField()
    in_on_it = TextField(default="")
    own_words = TextField(default="")
    stabilise = TextField(default="")
    consent_rule = TextField(default="")
    judged = TextField(default="")
    ended = DayField(null=True)
    conclusion = TextField(default="")
    recommendation = TextField(default="")


class SupportTeamExtension(Record):
    """That a support team goes on for longer, from the day it `was` to end on `until` another one, and why."""

    support_team = ForeignKeyField(SupportTeam, backref="+")
    participant = ForeignKeyField(Participant, backref="+")
    day = DayField()
    was = DayField()
    until = DayField()
    reason = TextField()


class SupportTeamMember(Record):
    """Who represents an agency in a support team, or is the deputy; `until` is the first day without them.

    `agency` is empty for the team's own. `agency_left`: with them the agency left the support team.
    """

    support_team = ForeignKeyField(SupportTeam, backref="+")
    participant = ForeignKeyField(Participant, backref="+")
    agency = TextField(default="")
    role = TextField(default="")
    name = TextField(default="")
    contact = ForeignKeyField(Contact, null=True, backref="+")
    deputy = BooleanField(default=False)
    since = DayField()
    until = DayField(null=True)
    agency_left = BooleanField(default=False)


class SupportTeamRoutine(Record):
    """What a support team does again and again: what, how often, and who."""

    support_team = ForeignKeyField(SupportTeam, backref="+")
    participant = ForeignKeyField(Participant, backref="+")
    what = TextField()
    how_often = TextField(default="")
    who = TextField(default="")


class SupportTeamWatch(Record):
    """How one point of the evasion watch stood on a day: fine, seen or note, with a text."""

    support_team = ForeignKeyField(SupportTeam, backref="+")
    participant = ForeignKeyField(Participant, backref="+")
    day = DayField()
    point = TextField()
    state = TextField()
    note = TextField(default="")
