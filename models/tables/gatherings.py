"""The professional network: who belongs to it, its gatherings with programme, attendance and tasks, what was sent out.

None of it speaks of a participant.
"""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from models.tables.case import Contact, DayField, Record, Staff


class NetworkMember(Record):
    """Somebody of the professional network, from the register or by a name of their own; `stable` ones count."""

    contact = ForeignKeyField(Contact, null=True, backref="+")
    name = TextField()
    agency = TextField()
    function = TextField(default="")
    stable = BooleanField(default=True)
    since = DayField()
    until = DayField(null=True)


class Gathering(Record):
    """A gathering of one or several days, both included; `state` is planned, held or cancelled.

    `draws` is how often its mixed groups were drawn.
    """

    number = IntegerField()
    title = TextField()
    place = TextField(default="")
    first = DayField()
    last = DayField()
    overnight = BooleanField(default=False)
    gathering_kind = TextField(default="ordinary")
    responsible = ForeignKeyField(Staff, null=True, backref="+")
    state = TextField(default="planned")
    summary = TextField(default="")
    draws = IntegerField(default=0)


class GatheringTopic(Record):
    """A point of the programme, at its `place` in it.

    A standing item is a series: `series` is the first of it, None for the first itself. It comes by itself into each
    new gathering until one of them has it `ended`.
    """

    gathering = ForeignKeyField(Gathering, backref="+")
    place = IntegerField()
    title = TextField()
    topic_kind = TextField()
    presenters = TextField(default="")
    presenter = TextField(default="internal")
    agency = TextField(default="")
    minutes = IntegerField(null=True)
    notes = TextField(default="")
    series = IntegerField(null=True)
    ended = DayField(null=True)


class Invitation(Record):
    """Somebody who is asked to a gathering: a member, or a guest without a place in the network.

    `part` is what they were when they were asked: stable, member, guest or manager. `group_number` is the mixed group
    they were drawn into.
    """

    gathering = ForeignKeyField(Gathering, backref="+")
    member = ForeignKeyField(NetworkMember, null=True, backref="+")
    name = TextField()
    agency = TextField(default="")
    part = TextField()
    group_number = IntegerField(null=True)


class Attendance(Record):
    """Whether somebody came to a half day: `half` is 1 before noon, 2 after it; without a row nothing is noted."""

    gathering = ForeignKeyField(Gathering, backref="+")
    invitation = ForeignKeyField(Invitation, backref="+")
    day = DayField()
    half = IntegerField()
    came = BooleanField()


class GatheringTask(Record):
    """A task before, at or after a gathering; `whom` is each member, an agency (or each of them) or a mixed group.

    `questions` stand a line each; the one numbered `split` is answered twice, with advantages and with obstacles.
    """

    gathering = ForeignKeyField(Gathering, backref="+")
    task_when = TextField()
    text = TextField()
    task_whom = TextField()
    agency = TextField(default="")
    group_number = IntegerField(null=True)
    questions = TextField(default="")
    split = IntegerField(null=True)
    due = DayField(null=True)
    done = DayField(null=True)


class TaskAnswer(Record):
    """What somebody answered to one question of a task: an invited person, an agency or a mixed group.

    `obstacle` is the second half of the question that is answered twice, whose `answer` are the advantages.
    """

    task = ForeignKeyField(GatheringTask, backref="+")
    question = IntegerField()
    invitation = ForeignKeyField(Invitation, null=True, backref="+")
    agency = TextField(default="")
    group_number = IntegerField(null=True)
    answer = TextField(default="")
    obstacle = TextField(default="")


class Consultation(Record):
    """What the gathering sent to somebody outside the network, and when."""

    gathering = ForeignKeyField(Gathering, backref="+")
    sent = DayField(null=True)
    recipient = TextField()
    title = TextField()
    text = TextField(default="")
