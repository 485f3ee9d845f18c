"""Agreements between agencies: what was agreed, who stands behind it, the groups it sets up and what they decide."""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField, TextField

from models.tables.case import DayField, Record


class CooperationAgreement(Record):
    """An agreement between agencies; `state` is draft, active or ended.

    `deciders` decide who takes part, `duties` is what is to be developed, `meetings_a_year` are owed by the steering
    group, whom `convener` convenes; the project group answers to `reports_to`. `located` is where the document lies.
    """

    title = TextField()
    state = TextField(default="draft")
    in_force_from = DayField(null=True)
    in_force_to = DayField(null=True)
    background = TextField(default="")
    aim = TextField(default="")
    target_group = TextField(default="")
    consent_clause = TextField(default="")
    deciders = TextField(default="")
    duties = TextField(default="")
    convener = TextField(default="")
    meetings_a_year = IntegerField(default=2)
    reports_to = TextField(default="")
    revision_owner = TextField(default="")
    revision_due = DayField(null=True)
    report_owner = TextField(default="")
    report_due = DayField(null=True)
    located = TextField(default="")


class AgreementParty(Record):
    """An agency as the agreement names it; `party_kind` says where: in the title, as a party or under the signature."""

    agreement = ForeignKeyField(CooperationAgreement, backref="+")
    agency = TextField()
    party_kind = TextField(default="named")


class LegalBasis(Record):
    """A law or an agreement that an agreement rests on, as it is written, and when that holds."""

    agreement = ForeignKeyField(CooperationAgreement, backref="+")
    text = TextField()
    valid_from = DayField(null=True)
    valid_to = DayField(null=True)


class GroupMember(Record):
    """Who sits in a group that an agreement sets up, for which agency; `network_group` is steering or project."""

    agreement = ForeignKeyField(CooperationAgreement, backref="+")
    network_group = TextField(default="steering")
    agency = TextField()
    name = TextField(default="")
    function = TextField(default="")
    reached = TextField(default="")


class Signatory(Record):
    """Who signs an agreement for an agency; `day` is empty until it is signed."""

    agreement = ForeignKeyField(CooperationAgreement, backref="+")
    agency = TextField()
    function = TextField(default="")
    name = TextField(default="")
    day = DayField(null=True)


class SteeringMeeting(Record):
    """A meeting of the steering group; `meeting` is the number of the one kept here, empty for one of elsewhere."""

    agreement = ForeignKeyField(CooperationAgreement, backref="+")
    day = DayField()
    meeting = IntegerField(null=True)
    note = TextField(default="")


class Proposal(Record):
    """A case that the project group prepares for the steering group, and what that decides.

    `meeting` is the number of the meeting in which it was decided, empty for a decision of elsewhere.
    """

    agreement = ForeignKeyField(CooperationAgreement, backref="+")
    text = TextField()
    recommendation = TextField(default="")
    made = DayField()
    decision = TextField(default="")
    decided = DayField(null=True)
    meeting = IntegerField(null=True)
