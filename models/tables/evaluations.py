"""Evaluations: the form as it was begun with, how many chose which step, and what was written to the open questions.

A sheet is never a row: nothing here tells which answers stood on one sheet, nor in which order sheets came.
"""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField, TextField

from models.tables.case import DayField, Participant, Record


class Evaluation(Record):
    """An evaluation about a gathering, a period from `first` to `last`, or a support team.

    `subject` is the row it is about, None for a period; `participant` whose support team it is. `content` is the form
    as it was when this was begun. `invited` were asked, `returned` handed in a sheet.
    """

    about = TextField()
    subject = IntegerField(null=True)
    participant = ForeignKeyField(Participant, null=True, backref="+")
    first = DayField(null=True)
    last = DayField(null=True)
    form = TextField()
    content = TextField()
    day = DayField()
    invited = IntegerField(null=True)
    returned = IntegerField(default=0)
    state = TextField(default="open")


class EvaluationCount(Record):
    """How many chose a step of a question, steps from 1."""

    evaluation = ForeignKeyField(Evaluation, backref="+")
    question = TextField()
    step = IntegerField()
    count = IntegerField(default=0)


class EvaluationAnswer(Record):
    """What somebody wrote to an open question; `themes` are given by hand, with a semicolon between them."""

    evaluation = ForeignKeyField(Evaluation, backref="+")
    question = TextField()
    text = TextField()
    themes = TextField(default="")
