"""The tables of the caseload.

The models are bound to no database on purpose: `Entry.create(...)` fails. Reading goes through
`models.reading.Reading`, writing through `models.work.Work`, and there is no third way.

Dates are dates; moments are whole seconds since the epoch, UTC. Free text is stored as typed, less control characters.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from peewee import AutoField, BooleanField, Field, ForeignKeyField, IntegerField, Model, TextField


class DayField(Field):
    """A calendar date, stored as ISO 8601 text so that it sorts and compares as it stands."""

    field_type = "TEXT"

    def db_value(self, value: date | None) -> str | None:
        return None if value is None else value.isoformat()

    def python_value(self, value: Any) -> date | None:
        return date.fromisoformat(value) if value else None


class Record(Model):
    """A row that people change; `version` rises by one at each change and is the optimistic lock."""

    id = AutoField()
    version = IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class Staff(Record):
    """A colleague who may open the vault, or could once; `slot` names the key slot, empty when revoked."""

    user = TextField(unique=True)
    name = TextField()
    initials = TextField()
    role = TextField()
    active = BooleanField(default=True)
    slot = TextField(default="")


class Participant(Record):
    """A person the team follows, or may come to follow; only `code` is certain to be filled in."""

    code = TextField(unique=True)
    given_name = TextField(default="")
    family_name = TextField(default="")
    birth_date = DayField(null=True)
    national_id = TextField(default="")
    phone = TextField(default="")
    email = TextField(default="")
    address = TextField(default="")
    district = TextField(default="")
    stays = TextField(default="")
    risk_areas = TextField(default="")
    prison = TextField(default="")
    unit = TextField(default="")
    security_level = TextField(default="")
    sentence_start = DayField(null=True)
    full_term_date = DayField(null=True)
    two_thirds_date = DayField(null=True)
    parole_applied = DayField(null=True)
    parole_decision = TextField(default="")
    parole_decided = DayField(null=True)
    release_date = DayField(null=True)
    release_kind = TextField(default="")
    nav_state = TextField(default="")
    nav_municipal = TextField(default="")
    worker = ForeignKeyField(Staff, null=True, backref="+")
    coworker = ForeignKeyField(Staff, null=True, backref="+")
    created_at = IntegerField()


class PhasePeriod(Record):
    """A stretch of time in one phase; periods of a participant may overlap; `ended` is empty while it lasts."""

    participant = ForeignKeyField(Participant, backref="+")
    phase = IntegerField()
    began = DayField()
    ended = DayField(null=True)
    reason = TextField(default="")


class Entry(Record):
    """One thing that happened, on one participant's line of time.

    `day` is the local date of `at`; `contact` says whether it counts as contact (a contact kind, and reached).
    `detail` is JSON for system events, whose words are made when they are shown. `subject` names the record a
    system event speaks of, as `table:id`.
    """

    participant = ForeignKeyField(Participant, backref="+")
    at = IntegerField()
    day = DayField()
    kind = TextField()
    outcome = TextField(default="")
    contact = BooleanField(default=False)
    with_whom = TextField(default="")
    place = TextField(default="")
    minutes = IntegerField(null=True)
    text = TextField(default="")
    topic = TextField(default="")
    topic_taken_at = IntegerField(null=True)
    detail = TextField(default="")
    subject = TextField(default="")
    author = ForeignKeyField(Staff, null=True, backref="+")
    created_at = IntegerField()


class Card(Model):
    """What the board shows of one participant: derived from the other tables, kept in the same transaction.

    `release_key`, `began_key` and `contact_key` are never empty, so that an index sorts them.
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

    class Meta:
        legacy_table_names = False


class Draft(Model):
    """A form that was not finished: whose, which form, about whom, and what stood in it (JSON)."""

    id = AutoField()
    staff = ForeignKeyField(Staff, backref="+")
    form = TextField()
    subject = IntegerField(default=0)
    content = TextField()
    saved_at = IntegerField()

    class Meta:
        legacy_table_names = False
        indexes = ((("staff", "form", "subject"), True),)


class Audit(Model):
    """One committed change: who, when, what; `mac` chains it to the row before it."""

    seq = AutoField()
    at = IntegerField()
    actor = IntegerField(null=True)
    action = TextField()
    undoes = IntegerField(null=True)
    mac = TextField()

    class Meta:
        legacy_table_names = False


class Change(Model):
    """What an audited change did to one row: `before` is JSON, column → [former, new], empty for an insert."""

    id = AutoField()
    audit = IntegerField(index=True)
    table = TextField()
    row = IntegerField()
    operation = TextField()
    before = TextField()

    class Meta:
        legacy_table_names = False


class Contact(Record):
    """A contact person of the team's shared register; one who left is kept and not offered, a double is merged."""

    name = TextField()
    agency = TextField()
    role = TextField(default="")
    office = TextField(default="")
    phone = TextField(default="")
    phone_other = TextField(default="")
    email = TextField(default="")
    notes = TextField(default="")
    active = BooleanField(default=True)
    merged_into = ForeignKeyField("self", null=True, backref="+")
    name_key = TextField(default="")
    folded = TextField(default="")
    created_at = IntegerField()


class Involvement(Record):
    """A contact person's part in one participant's case, since when and until when."""

    participant = ForeignKeyField(Participant, backref="+")
    contact = ForeignKeyField(Contact, backref="+")
    agency = TextField()
    role = TextField()
    since = DayField()
    until = DayField(null=True)
    note = TextField(default="")


class Consent(Record):
    """One given consent to share with one role of one agency; renewal is a new row, withdrawal a date in this one."""

    participant = ForeignKeyField(Participant, backref="+")
    agency = TextField()
    role = TextField()
    person = TextField(default="")
    contact = ForeignKeyField(Contact, null=True, backref="+")
    scope = TextField(default="")
    limits = TextField(default="")
    given = DayField()
    place = TextField(default="")
    obtained_by = ForeignKeyField(Staff, null=True, backref="+")
    original_at = TextField(default="")
    valid_until = DayField()
    withdrawn = DayField(null=True)
    withdrawal_kept = TextField(default="")
    renews = ForeignKeyField("self", null=True, backref="+")
    created_at = IntegerField()


class Disclosure(Record):
    """What was shared with whom, on which consent or, without one, on which legal ground; then it is flagged."""

    participant = ForeignKeyField(Participant, backref="+")
    day = DayField()
    what = TextField()
    agency = TextField()
    role = TextField(default="")
    person = TextField(default="")
    contact = ForeignKeyField(Contact, null=True, backref="+")
    consent = ForeignKeyField(Consent, null=True, backref="+")
    ground = TextField(default="")
    flagged = BooleanField(default=False)
    author = ForeignKeyField(Staff, null=True, backref="+")
    created_at = IntegerField()


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
    """Something agreed to happen; `state` is planned, attended, missed or cancelled, `repeats` an RRULE or empty."""

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


class Task(Record):
    """Something to do and whose turn it is: the participant's, ours or an agency's; `state` is open, done or declined."""

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
    """Small spending on one participant, in øre, for the relationship or a necessity."""

    participant = ForeignKeyField(Participant, backref="+")
    day = DayField()
    purpose = TextField()
    amount = IntegerField()
    what = TextField()
    staff = ForeignKeyField(Staff, null=True, backref="+")


KEPT: tuple[type[Record], ...] = (
    Staff,
    Participant,
    PhasePeriod,
    Entry,
    Contact,
    Involvement,
    Consent,
    Disclosure,
    Checklist,
    ChecklistItem,
    Appointment,
    Task,
    Application,
    Goal,
    Step,
    Spending,
)
TABLES: tuple[type[Model], ...] = (*KEPT, Card, Draft, Audit, Change)
RECORDS: dict[str, type[Record]] = {model._meta.table_name: model for model in KEPT}
