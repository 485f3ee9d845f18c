"""What the program keeps for itself: board cards, unfinished forms, the audit, and who is here."""

from __future__ import annotations

from peewee import AutoField, BlobField, BooleanField, ForeignKeyField, IntegerField, Model, TextField

from models.tables.case import Participant, Staff
from models.values.days import NEVER


class Card(Model):
    """What the board shows of one participant: derived from the other tables, kept in the same transaction.

    `release_key`, `began_key` and `contact_key` are never empty, so that an index sorts them. `release_basis` is what
    the day of `release_key` is (`models.phases.way_out`). `parole_key` is the day of two thirds while parole was not
    applied for; where it is computed, `sentence_days` is how long the sentence is. `waiting_key` is when the
    oldest undecided application was sent and `waits` when each was, `due_key` the earliest date of an open task or a
    planned appointment and `due` each of them, with the first letter of whose turn it is. `attempts` are those since
    the last contact; `untold` are the partners whom a closed phase-out left untold, `consent_key` the last day of a
    consent that was not withdrawn, or empty.
    `consents` is what `models.consents.summary.summary` makes of them. `review_key` is the last day the team discussed
    the participant (a sealed review or a meeting), empty for never; `next_review_key` when it decided to do so again,
    `owed_key` the day of the oldest move whose review is owed, `talk_key` since when a candidate waits for the next
    talk, `phase_out_key` since when a phase-out is open. `forms` are the ids of how the person is released and stays,
    with commas; `unwritten_key` is the day of the oldest withdrawal that was oral and is not confirmed in writing.
    `release_list`, `helped`, `snoozed` and `support_team` are JSON of
    `models.signals`. `attempt_key` is read by nobody: it stays, as an older program examines it in the same vault.
    """

    participant = ForeignKeyField(Participant, primary_key=True, backref="+")
    code = TextField()
    name = TextField()
    name_key = TextField()
    folded = TextField()
    phase = IntegerField()
    phases = TextField()
    began_key = TextField()
    release_key = TextField()
    contact_key = IntegerField()
    attempt_key = IntegerField()
    worker = IntegerField(null=True)
    coworker = IntegerField(null=True)
    security_level = TextField()
    stays = TextField()
    prison = TextField()
    topics = IntegerField()
    risk = BooleanField()
    waiting_key = TextField(default=NEVER)
    due_key = TextField(default=NEVER)
    consents = TextField(default="")
    review_key = TextField(default="")
    next_review_key = TextField(default=NEVER)
    owed_key = TextField(default=NEVER)
    talk_key = TextField(default=NEVER)
    release_list = TextField(default="")
    helped = TextField(default="")
    snoozed = TextField(default="")
    phase_out_key = TextField(default=NEVER)
    substance = BooleanField(default=False)
    release_basis = TextField(default="")
    parole_key = TextField(default=NEVER)
    sentence_days = IntegerField(default=0)
    forms = TextField(default="")
    unwritten_key = TextField(default=NEVER)
    due = TextField(default="")
    waits = TextField(default="")
    attempts = IntegerField(default=0)
    untold = IntegerField(default=0)
    consent_key = TextField(default="")
    support_team = TextField(default="")


class Draft(Model):
    """A form that was not finished: whose, which form, about whom, and what stood in it (JSON).

    `subject` is the number of what the form is about, `participant` whose it is.
    """

    id = AutoField()
    staff = ForeignKeyField(Staff, backref="+")
    form = TextField()
    subject = IntegerField(default=0)
    content = TextField()
    saved_at = IntegerField()
    participant = ForeignKeyField(Participant, null=True, backref="+")

    class Meta:
        indexes = ((("staff", "form", "subject"), True),)


class Audit(Model):
    """One committed change: who, when, what; `mac` chains it to the row before it."""

    seq = AutoField()
    at = IntegerField()
    actor = IntegerField(null=True)
    action = TextField()
    undoes = IntegerField(null=True)
    mac = TextField()


class Change(Model):
    """What an audited change did to one row: `before` is JSON, column → [former, new], empty for an insert.

    `digest` is of the change and `after` of what the row became, both salted: see `models.storage.binding`.
    """

    id = AutoField()
    audit = IntegerField(index=True)
    table = TextField()
    row = IntegerField()
    operation = TextField()
    before = TextField()
    salt = BlobField(null=True)
    digest = BlobField(null=True)
    after = BlobField(null=True)


class Session(Model):
    """One session of a colleague's: since when, when it was there last, `closed_at` if it ended in order, where from.

    No change of the case and not in the audit; `models.team.sessions` says how little of it stays.
    """

    id = AutoField()
    staff = ForeignKeyField(Staff, backref="+", index=True)
    opened_at = IntegerField()
    last_seen_at = IntegerField()
    closed_at = IntegerField(null=True)
    place = TextField()


class FirstPassphrase(Model):
    """A colleague whose passphrase somebody else chose and who has not changed it yet, and since when."""

    staff = ForeignKeyField(Staff, primary_key=True, backref="+")
    given_at = IntegerField()

    class Meta:
        legacy_table_names = False
