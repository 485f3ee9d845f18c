"""The tables of the caseload.

The models are bound to no database on purpose: `Entry.create(...)` fails. Reading goes through
`models.storage.reading.Reading`, writing through `models.storage.work.Work`, and there is no third way.

Dates are dates; moments are whole seconds since the epoch, UTC. Free text is stored as typed, less control characters.
"""

from __future__ import annotations

from peewee import Model

from models.tables.access import Visit, VisitQuestion
from models.tables.agreements import Application, Appointment, Checklist, ChecklistItem, Goal, Spending, Step, Task
from models.tables.case import (
    Consent,
    Contact,
    DayField,
    Disclosure,
    Entry,
    Involvement,
    Participant,
    PastRelease,
    PhasePeriod,
    Record,
    Staff,
)
from models.tables.cooperation import (
    AgreementParty,
    CooperationAgreement,
    GroupMember,
    LegalBasis,
    Proposal,
    Signatory,
    SteeringMeeting,
)
from models.tables.evaluations import Evaluation, EvaluationAnswer, EvaluationCount
from models.tables.gatherings import (
    Attendance,
    Consultation,
    Gathering,
    GatheringTask,
    GatheringTopic,
    Invitation,
    NetworkMember,
    TaskAnswer,
)
from models.tables.kept import Audit, Card, Change, Draft, FirstPassphrase, Session
from models.tables.mappings import LifeMapping, MappingAnswer, MappingFollow
from models.tables.restrictions import Opening, Restriction
from models.tables.rhythm import (
    Absence,
    CriterionJudgement,
    HandOver,
    Intake,
    IntakeTalk,
    Meeting,
    MeetingItem,
    PhaseOut,
    PhaseOutTold,
    Review,
    ReviewAnswer,
    ReviewNote,
    Snooze,
)
from models.tables.support_teams import (
    SupportTeam,
    SupportTeamExtension,
    SupportTeamMember,
    SupportTeamRoutine,
    SupportTeamWatch,
)
from models.tables.told import IndividualPlan, ToldOf

__all__ = [
    "RECORDS",
    "TABLES",
    "Absence",
    "AgreementParty",
    "Application",
    "Appointment",
    "Attendance",
    "Audit",
    "Card",
    "Change",
    "Checklist",
    "ChecklistItem",
    "Consent",
    "Consultation",
    "Contact",
    "CooperationAgreement",
    "CriterionJudgement",
    "DayField",
    "Disclosure",
    "Draft",
    "Entry",
    "Evaluation",
    "EvaluationAnswer",
    "EvaluationCount",
    "FirstPassphrase",
    "Gathering",
    "GatheringTask",
    "GatheringTopic",
    "Goal",
    "GroupMember",
    "HandOver",
    "IndividualPlan",
    "Intake",
    "IntakeTalk",
    "Invitation",
    "Involvement",
    "LegalBasis",
    "LifeMapping",
    "MappingAnswer",
    "MappingFollow",
    "Meeting",
    "MeetingItem",
    "NetworkMember",
    "Opening",
    "Participant",
    "PastRelease",
    "PhaseOut",
    "PhaseOutTold",
    "PhasePeriod",
    "Proposal",
    "Record",
    "Restriction",
    "Review",
    "ReviewAnswer",
    "ReviewNote",
    "Session",
    "Signatory",
    "Snooze",
    "Spending",
    "Staff",
    "SteeringMeeting",
    "Step",
    "SupportTeam",
    "SupportTeamExtension",
    "SupportTeamMember",
    "SupportTeamRoutine",
    "SupportTeamWatch",
    "Task",
    "TaskAnswer",
    "ToldOf",
    "Visit",
    "VisitQuestion",
]

KEPT: tuple[type[Record], ...] = tuple(Record.__subclasses__())
"""What people change, in the order in which it is defined: what refers to another table stands behind it."""
TABLES: tuple[type[Model], ...] = (*KEPT, Card, Draft, Audit, Change, Visit, Session, FirstPassphrase)
RECORDS: dict[str, type[Record]] = {model._meta.table_name: model for model in KEPT}
