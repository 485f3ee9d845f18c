"""Screens that more than one room opens; what only one screen opens stands beside that one."""

from __future__ import annotations

from typing import Final

from config.programme.method.evaluations import About
from screens.frame.route import Route

SEARCH: Final = Route[[]]("screens.everywhere.search", "SearchScreen", kept=True)

PARTICIPANT: Final = Route[int]("screens.participant.screen", "ParticipantScreen", kept=True)
ENTRY: Final = Route[int, int | None]("screens.participant.screen", "ParticipantScreen", kept=True)
"""A participant, with the mark on an entry."""
RECORD: Final = Route[int]("screens.participant.record_form", "RecordForm")
RECORD_BEGUN: Final = Route[int, str]("screens.participant.record_form", "begun")
"""Recording with the kind chosen, or one of what is recorded most, by its id."""
RECORD_EACH: Final = Route[tuple[int, ...]]("screens.participant.record_each_form", "RecordEachForm", quiet=True)
"""One event recorded with each of several."""
CONSENTS: Final = Route[int]("screens.consents.matrix", "ConsentsScreen")
PERSON: Final = Route[int, str]("screens.participant.form", "at_field", reads=True)
"""A participant's record to read, from one of its fields on."""
AGENDA: Final = Route[int]("screens.plans.agenda", "AgendaScreen")
TEAM_AGENDA: Final = Route[[]]("screens.plans.agenda", "of_team")
APPLICATIONS: Final = Route[int]("screens.plans.applications", "ApplicationsScreen")
GOALS: Final = Route[int]("screens.participant.goals", "GoalsScreen")
MAPPINGS: Final = Route[int]("screens.mappings.profile", "MappingsScreen")
PHASES: Final = Route[int]("screens.phases.list", "PhasesScreen")
CHECKLISTS: Final = Route[int]("screens.checklists.list", "ChecklistsScreen")
CHECKLIST: Final = Route[int]("screens.checklists.checklist", "ChecklistScreen")
SHARED: Final = Route[int]("screens.consents.history", "ConsentHistoryScreen")
BRIEF: Final = Route[int]("screens.team.hand_overs", "HandOverBriefScreen")
READ_APPOINTMENT: Final = Route[int, int]("screens.plans.appointment_form", "AppointmentForm", reads=True)
READ_TASK: Final = Route[int, int]("screens.plans.task_form", "TaskForm", reads=True)
NETWORK: Final = Route[int]("screens.contacts.network", "NetworkScreen")
SUPPORT_TEAM: Final = Route[int]("screens.support_teams.screen", "SupportTeamScreen")
KNOWN: Final = Route[int]("screens.contacts.known", "KnownScreen")
INDIVIDUAL_PLAN: Final = Route[int, int | None]("screens.contacts.plan_form", "IndividualPlanForm")
READ_INDIVIDUAL_PLAN: Final = Route[int, int]("screens.contacts.plan_form", "IndividualPlanForm", reads=True)
INTAKE: Final = Route[int]("screens.intake.screen", "IntakeScreen")
SUGGESTED: Final = Route[int]("screens.plans.suggested", "SuggestedScreen")
REVIEWS: Final = Route[int]("screens.reviews.list", "ReviewsScreen")
REVIEW: Final = Route[int]("screens.reviews.screen", "screen_of")
TEAM_REVIEWS: Final = Route[[]]("screens.reviews.team_list", "TeamReviewsScreen")
PHASE_OUT: Final = Route[int]("screens.phase_outs.screen", "PhaseOutScreen")
VISITS: Final = Route[int]("screens.access.log", "VisitsScreen")

RESTRICT: Final = Route[int]("screens.restrictions.forms", "RestrictForm")
OPENING: Final = Route[str]("screens.restrictions.forms", "OpeningForm")
"""Opening a restricted participant, by a code that is given or to be written."""

AGREEMENTS: Final = Route[[]]("screens.cooperation.list", "AgreementsScreen", quiet=True)
AGREEMENT: Final = Route[int]("screens.cooperation.agreement", "AgreementScreen", quiet=True)

MEETINGS: Final = Route[[]]("screens.meetings.list", "MeetingsScreen", quiet=True)
MEETING: Final = Route[int]("screens.meetings.list", "screen_of", quiet=True)
ABSENCES: Final = Route[[]]("screens.team.absences", "AbsencesScreen")
GATHERINGS: Final = Route[[]]("screens.gatherings.list", "GatheringsScreen", quiet=True)
HAND_OVERS: Final = Route[[]]("screens.team.hand_overs", "HandOversScreen")
READING: Final = Route[[]]("screens.access.reading", "ReadingScreen")
USERS: Final = Route[[]]("screens.team.users", "UsersScreen", quiet=True)
EVALUATIONS_OF: Final = Route[About, int | None]("screens.evaluations.list", "EvaluationsScreen")
"""The evaluations about a gathering or a support team by its id, or with `period` and None those of periods."""
