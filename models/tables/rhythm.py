"""The method and the rhythm: reviews, intake, phase-out, snoozes, meetings, absences and hand-overs."""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField, TextField

from models.tables.case import DayField, Participant, Record, Staff


class Review(Record):
    """A phase review (drøft) of one transition; `state` is owed, open or sealed.

    `transition` is the id of the programme's transition. `moved` is the day of a move made without a review, which then
    is owed. `decision` is move, stay, overlap or end, with the day it takes effect or the next review. `brief` is what
    was known when it was sealed, as JSON; `reason` is why the team went on in spite of the warnings listed in it.
    """

    participant = ForeignKeyField(Participant, backref="+")
    transition = TextField()
    from_phase = IntegerField()
    to_phase = IntegerField()
    state = TextField(default="open")
    opened = DayField()
    opened_by = ForeignKeyField(Staff, null=True, backref="+")
    moved = DayField(null=True)
    prompts_version = IntegerField(default=0)
    decision = TextField(default="")
    effective = DayField(null=True)
    next_review = DayField(null=True)
    reason = TextField(default="")
    present = TextField(default="")
    brief = TextField(default="")
    sealed_at = IntegerField(null=True)
    sealed_by = ForeignKeyField(Staff, null=True, backref="+")


class ReviewAnswer(Record):
    """What was said to one prompt of a review: a row each, so that two colleagues can write side by side."""

    review = ForeignKeyField(Review, backref="+")
    participant = ForeignKeyField(Participant, backref="+")
    prompt = TextField()
    text = TextField(default="")
    written_by = ForeignKeyField(Staff, null=True, backref="+")
    written_at = IntegerField()


class ReviewNote(Record):
    """Added to a sealed review, with its own date and author."""

    review = ForeignKeyField(Review, backref="+")
    participant = ForeignKeyField(Participant, backref="+")
    at = IntegerField()
    author = ForeignKeyField(Staff, null=True, backref="+")
    text = TextField()


class Intake(Record):
    """A candidate's way in, one a period of phase 1: who referred them, what both sides decided, what came of it.

    `ours` and `theirs` are yes, no or empty; `outcome` is enrolled, ended or empty while it lasts.
    """

    participant = ForeignKeyField(Participant, backref="+")
    opened = DayField()
    referred_by = TextField(default="")
    referral_note = TextField(default="")
    ours = TextField(default="")
    theirs = TextField(default="")
    decided = DayField(null=True)
    outcome = TextField(default="")
    phase = IntegerField(null=True)
    reason = TextField(default="")


class CriterionJudgement(Record):
    """How a criterion was judged for a candidate: met, not_met or to_judge, with a note."""

    intake = ForeignKeyField(Intake, backref="+")
    participant = ForeignKeyField(Participant, backref="+")
    criterion = TextField()
    judgement = TextField(default="to_judge")
    note = TextField(default="")
    judged = DayField(null=True)
    judged_by = ForeignKeyField(Staff, null=True, backref="+")


class IntakeTalk(Record):
    """One of the four talks that was held; `covered` and `said` hold ids of topics and premises, space between.

    `reason` is why it was held out of order.
    """

    intake = ForeignKeyField(Intake, backref="+")
    participant = ForeignKeyField(Participant, backref="+")
    talk = TextField()
    held = DayField()
    who = TextField(default="")
    covered = TextField(default="")
    said = TextField(default="")
    note = TextField(default="")
    reason = TextField(default="")


class PhaseOut(Record):
    """How somebody leaves the programme, and comes back; `state` is open, closed or returned.

    `consents` is the day on which all consents were ended, written 2026-11-22, empty while they were not.
    `closed_reason` is why it was closed in spite of what was left.
    """

    participant = ForeignKeyField(Participant, backref="+")
    reason = TextField()
    began = DayField()
    state = TextField(default="open")
    words = TextField(default="")
    consents = TextField(default="")
    closing_talk = DayField(null=True)
    last_message = DayField(null=True)
    message_how = TextField(default="")
    hand_over = DayField(null=True)
    summary = TextField(default="")
    closed = DayField(null=True)
    closed_by = ForeignKeyField(Staff, null=True, backref="+")
    closed_reason = TextField(default="")
    returned = DayField(null=True)
    return_note = TextField(default="")


class PhaseOutTold(Record):
    """A partner who is to be told of a phase-out; with `told` empty, `how` is why they are not to be told after all."""

    phase_out = ForeignKeyField(PhaseOut, backref="+")
    participant = ForeignKeyField(Participant, backref="+")
    agency = TextField()
    role = TextField(default="")
    person = TextField(default="")
    told = DayField(null=True)
    told_by = ForeignKeyField(Staff, null=True, backref="+")
    how = TextField(default="")


class Snooze(Record):
    """A signal put aside until a day, with a reason; `rests` is the date it rested on: on another one it wakes.

    It wakes too when it is heavier than `severity`, or worse than `measure`; of older ones neither is known. Exactly
    one of `participant` and `staff` is whom the signal is about.
    """

    participant = ForeignKeyField(Participant, null=True, backref="+")
    staff = ForeignKeyField(Staff, null=True, backref="+")
    rule = TextField()
    rests = TextField(default="")
    until = DayField()
    reason = TextField()
    snoozed = DayField()
    snoozed_by = ForeignKeyField(Staff, null=True, backref="+")
    severity = IntegerField(null=True)
    measure = IntegerField(null=True)


class Meeting(Record):
    """A meeting of the team, or of the support team of one participant; `kind` is daily, weekly, monthly or support.

    `present` are staff ids, space between; `guests` whoever else took part. After `closed_at` nothing is changed, only
    added, unless a leader opens it again, which empties `closed_at`.
    """

    kind = TextField()
    day = DayField()
    participant = ForeignKeyField(Participant, null=True, backref="+")
    opened_at = IntegerField()
    opened_by = ForeignKeyField(Staff, null=True, backref="+")
    present = TextField(default="")
    guests = TextField(default="")
    closed_at = IntegerField(null=True)
    closed_by = ForeignKeyField(Staff, null=True, backref="+")


class MeetingItem(Record):
    """One line of minutes; `kind` is note, decision, task, topic, need, heard (gone through) or added (when closed).

    Without words are left (followed up and not gone through when the meeting was closed), and of a meeting that was
    opened again closed (who had closed it, and when) and reopened (who opened it).
    A topic parked for a later meeting has no meeting yet; `for_kind` says which kind of meeting it waits for.
    """

    meeting = ForeignKeyField(Meeting, null=True, backref="+")
    participant = ForeignKeyField(Participant, null=True, backref="+")
    kind = TextField()
    text = TextField()
    for_kind = TextField(default="")
    task = IntegerField(null=True)
    at = IntegerField()
    author = ForeignKeyField(Staff, null=True, backref="+")


class Absence(Record):
    """A colleague is away from `first` to `last`, both included, and who covers."""

    staff = ForeignKeyField(Staff, backref="+")
    first = DayField()
    last = DayField()
    cover = ForeignKeyField(Staff, null=True, backref="+")
    note = TextField(default="")


class HandOver(Record):
    """A participant handed from one responsible colleague to another, with the note that went with it."""

    participant = ForeignKeyField(Participant, backref="+")
    from_staff = ForeignKeyField(Staff, null=True, backref="+")
    to_staff = ForeignKeyField(Staff, null=True, backref="+")
    day = DayField()
    note = TextField(default="")
    read_at = IntegerField(null=True)
