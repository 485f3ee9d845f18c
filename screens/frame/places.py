"""Where Enter goes: from a line the program wrote to what made it, from a signal to where something is done about it.

Each place is opened with the mark on what is meant. The `seek` of a list holds for its first showing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from textual.screen import Screen

from models import timeline
from models.checklists import reading as checklist_reading
from models.checklists.reading import DONE
from models.consents.answer import EXPIRES_SOON
from models.storage.reading import Reading
from models.timeline import TimelineEntry
from screens.frame.case import Case
from screens.frame.destinations import (
    ABSENCES,
    AGENDA,
    APPLICATIONS,
    BRIEF,
    CHECKLIST,
    CHECKLISTS,
    CONSENTS,
    ENTRY,
    GOALS,
    INTAKE,
    MEETING,
    MEETINGS,
    NETWORK,
    PARTICIPANT,
    PERSON,
    PHASE_OUT,
    PHASES,
    READ_APPOINTMENT,
    READ_TASK,
    REVIEW,
    REVIEWS,
    SHARED,
)
from screens.frame.moving import ListKeys
from screens.frame.route import Route
from screens.frame.screen import CaseScreen

Wanted = Callable[[Any], bool]


async def marked(case: Case, route: Route[int], about: int, wanted: Wanted) -> Screen[Any]:
    """The screen a route leads to, with the mark on the first row that is `wanted` where there is one."""
    screen = await route(case, about)
    if isinstance(screen, ListKeys):
        screen.moving.seek = wanted
    return screen


MARKED: Final = Route[Route[int], int, Wanted]("screens.frame.places", "marked")


def _of_id(number: int) -> Wanted:
    return lambda row: bool(row.id == number)


# ---------------------------------------------------------------------- what a line of the program's tells of


async def go_to_source(screen: CaseScreen[Any], line: TimelineEntry) -> bool:
    """Open what a line of the program's tells of, from an action; False where there is no such place."""
    participant, detail = line.participant, line.detail
    table, row, within = await screen.case.store.ask(timeline.subject_of, line.id)
    match table:
        case "review":
            await screen.open(REVIEW, row)
        case "phase_out":
            await screen.open(PHASE_OUT, participant)
        case "appointment":
            await screen.open(READ_APPOINTMENT, participant, row)
        case "task":
            await screen.open(READ_TASK, participant, row)
        case "application":
            await screen.open(MARKED, APPLICATIONS, participant, _of_id(row))
        case "checklist":
            await screen.open(CHECKLIST, row)
        case "checklist_item" if within:
            await screen.open(MARKED, CHECKLIST, within, _of_id(row))
        case "goal":
            await screen.open(MARKED, GOALS, participant, lambda one: one.goal.id == row and _step_of(one, line))
        case "phase_period":
            await screen.open(MARKED, PHASES, participant, _of_id(row))
        case "involvement":
            await screen.open(MARKED, NETWORK, participant, _of_id(row))
        case "consent":
            whom = (detail.get("agency"), detail.get("role"), detail.get("person", ""))
            await screen.open(MARKED, CONSENTS, participant, lambda one: (one.agency, one.role, one.person) == whom)
        case "disclosure":
            await screen.open(SHARED, participant)
        case "hand_over":
            await screen.open(BRIEF, participant)
        case "intake":
            await screen.open(INTAKE, participant)
        case "meeting_item" if within:
            await screen.open(MEETING, within)
        case _ if line.kind.startswith("phase_out_"):
            await screen.open(PHASE_OUT, participant)
        case _ if line.kind == "consents_ended":
            await screen.open(CONSENTS, participant)
        case _ if line.kind == "release_past":
            await screen.open(PHASES, participant)
        case _ if line.kind == "worker_changed":
            await screen.open(PERSON, participant, "worker")
        case _ if "field" in detail:
            await screen.open(PERSON, participant, str(detail["field"]))
        case _:
            return False
    return True


def _step_of(row: Any, line: TimelineEntry) -> bool:
    """Whether a row of the goals is the one a line tells of: the step in its words, or the goal itself."""
    return (row.step is not None and row.step.words == line.detail.get("words")) or line.kind != "step_done"


# ---------------------------------------------------------------------- what is done about a signal


async def go_to_remedy(screen: CaseScreen[Any], participant: int, rule: str) -> None:
    """Open, from an action, where something is done about a signal on a participant."""
    match rule:
        case "consents":
            await screen.open(MARKED, CONSENTS, participant, _lacks_consent)
        case "release_list" | "unverified":
            checklist = await screen.case.store.ask(_release_list, participant)
            wanted = _to_verify if rule == "unverified" else _to_settle
            if checklist:
                await screen.open(MARKED, CHECKLIST, checklist, wanted)
            else:
                await screen.open(MARKED, CHECKLISTS, participant, lambda row: row.template in _of_release(screen.case))
        case "released_unmoved" | "release_unprepared" | "preparation_due" | "long_in_phase":
            await screen.open(PHASES, participant)
        case "review_owed" | "review_due":
            await screen.open(REVIEWS, participant)
        case "overdue":
            await screen.open(AGENDA, participant)
        case "application_waiting":
            await screen.open(APPLICATIONS, participant)
        case "candidate_waiting":
            await screen.open(INTAKE, participant)
        case "phase_out_open":
            await screen.open(PHASE_OUT, participant)
        case "agency_missing":
            await screen.open(NETWORK, participant)
        case "worker_away":
            await screen.open(ABSENCES)
        case "discussion_missed":
            await screen.open(MEETINGS)
        case "topics":
            waiting = await screen.case.store.ask(timeline.topics, participant)
            await screen.open(ENTRY, participant, waiting[0].id if waiting else None)
        case _ if rule in RECORD_FIELDS:
            await screen.open(PERSON, participant, RECORD_FIELDS[rule])
        case _:
            # What presses is that nobody has been there: the timeline is where that is recorded.
            await screen.open(PARTICIPANT, participant)


RECORD_FIELDS: Final = {
    "no_worker": "worker", "release_awkward": "release_date", "risk_areas": "risk_areas",
    "release_unknown": "full_term_date", "parole_unasked": "parole_applied",
}  # fmt: skip
"""The signals that rest on a field of the participant's record, with the field."""


def _lacks_consent(row: Any) -> bool:
    return bool(row.sets) and (not row.answer.covered or row.answer.state == EXPIRES_SOON)


def _to_settle(row: Any) -> bool:
    return not row.settled


def _to_verify(row: Any) -> bool:
    return row.state == DONE and row.verified_at is None


def _of_release(case: Case) -> set[str]:
    return {one.id for one in case.programme.checklists if one.opens == "release"}


def _release_list(reading: Reading, participant: int) -> int:
    """The release checklist in use, 0 where none is open."""
    wanted = {one.id for one in reading.programme.checklists if one.opens == "release"}
    lines = checklist_reading.of(reading, participant)
    return next((line.id for line in lines if line.id and line.closed is None and line.template in wanted), 0)
