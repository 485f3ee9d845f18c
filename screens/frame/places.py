"""Where Enter goes: from a line the program wrote to what made it, from a signal to where something is done about it.

Each place is opened with the mark on what is meant. The `seek` of a list holds for its first showing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from textual.screen import Screen

from models import timeline
from models.checklists import reading as checklist_reading
from models.checklists.reading import DONE
from models.consents.answer import EXPIRES_SOON
from models.reviews import reading as review_reading
from models.storage.reading import Reading
from models.support_teams import reading as team_reading
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
    EVALUATIONS_OF,
    GOALS,
    INTAKE,
    KNOWN,
    MAPPINGS,
    MEETING,
    MEETINGS,
    NETWORK,
    PARTICIPANT,
    PERSON,
    PHASE_OUT,
    PHASES,
    READ_APPOINTMENT,
    READ_INDIVIDUAL_PLAN,
    READ_TASK,
    REVIEW,
    REVIEWS,
    SHARED,
    SUPPORT_TEAM,
)
from screens.frame.moving import ListKeys
from screens.frame.route import Route
from screens.frame.screen import CaseScreen

Wanted = Callable[[Any], bool]


async def marked(case: Case, route: Route[...], about: int | None, wanted: Wanted) -> Screen[Any]:
    """The screen a route leads to, with the mark on the first row that is `wanted` where there is one.

    A route that leads to what is about nobody in particular takes None.
    """
    screen = await (route(case) if about is None else route(case, about))
    if isinstance(screen, ListKeys):
        screen.moving.seek = wanted
    return screen


MARKED: Final = Route[Route[...], int | None, Wanted]("screens.frame.places", "marked")


def _of_id(number: int) -> Wanted:
    return lambda row: bool(row.id == number)


# ---------------------------------------------------------------------- what a line of the program's tells of


BY_NUMBER: Final[Mapping[str, Route[int]]] = {"review": REVIEW, "checklist": CHECKLIST}
"""By the table of what a line tells of: a screen of that alone."""
TO_READ: Final[Mapping[str, Route[int, int]]] = {
    "appointment": READ_APPOINTMENT, "task": READ_TASK, "individual_plan": READ_INDIVIDUAL_PLAN,
}  # fmt: skip
ON_A_LINE: Final[Mapping[str, Route[int]]] = {
    "application": APPLICATIONS, "phase_period": PHASES, "involvement": NETWORK,
}  # fmt: skip
"""By table: a list of the participant's in which it is the row of its number."""
OF_PARTICIPANT: Final[Mapping[str, Route[int]]] = {
    "disclosure": SHARED, "hand_over": BRIEF, "intake": INTAKE, "consents_ended": CONSENTS,
    "release_past": PHASES, "support_team": SUPPORT_TEAM, "life_mapping": MAPPINGS, "told_of_each_other": KNOWN,
    **dict.fromkeys(("phase_out", "phase_out_began", "phase_out_closed", "phase_out_returned"), PHASE_OUT),
}  # fmt: skip
"""By table, or by kind of line where it tells of no row: a screen of the participant's."""


async def go_to_source(screen: CaseScreen[Any], line: TimelineEntry) -> bool:
    """Open what a line of the program's tells of, from an action; False where there is no such place."""
    participant, detail = line.participant, line.detail
    table, row, within = await screen.case.store.ask(timeline.subject_of, line.id)
    whole = OF_PARTICIPANT.get(table) or OF_PARTICIPANT.get(line.kind)
    field = "worker" if line.kind == "worker_changed" else str(detail.get("field", ""))
    if table in BY_NUMBER:
        await screen.open(BY_NUMBER[table], row)
    elif table in TO_READ:
        await screen.open(TO_READ[table], participant, row)
    elif table in ON_A_LINE:
        await screen.open(MARKED, ON_A_LINE[table], participant, _of_id(row))
    elif table == "goal":
        await screen.open(MARKED, GOALS, participant, lambda one: one.goal.id == row and _step_of(one, line))
    elif table == "consent":
        whom = (detail.get("agency"), detail.get("role"), detail.get("person", ""))
        await screen.open(MARKED, CONSENTS, participant, lambda one: (one.agency, one.role, one.person) == whom)
    elif table == "checklist_item" and within:
        await screen.open(MARKED, CHECKLIST, within, _of_id(row))
    elif table == "meeting_item" and within:
        await screen.open(MEETING, within)
    elif whole is not None:
        await screen.open(whole, participant)
    elif field:
        await screen.open(PERSON, participant, field)
    else:
        return False
    return True


def _step_of(row: Any, line: TimelineEntry) -> bool:
    """Whether a row of the goals is the one a line tells of: the step in its words, or the goal itself."""
    return (row.step is not None and row.step.words == line.detail.get("words")) or line.kind != "step_done"


# ---------------------------------------------------------------------- what is done about a signal


REMEDIES: Final[Mapping[str, Route[int]]] = {
    **dict.fromkeys(("released_unmoved", "release_unprepared", "preparation_due", "long_in_phase"), PHASES),
    **dict.fromkeys(("review_owed", "review_due"), REVIEWS),
    "overdue": AGENDA, "application_waiting": APPLICATIONS, "candidate_waiting": INTAKE, "phase_out_open": PHASE_OUT,
    "agency_missing": NETWORK, "withdrawal_unwritten": CONSENTS,
    **dict.fromkeys(
        (
            "team_consent", "team_unrepresented", "team_uncoordinated", "team_not_in_on_it", "team_ends",
            "team_outside", "team_unevaluated",
        ),
        SUPPORT_TEAM,
    ),
}  # fmt: skip
"""By rule: a screen of the participant's. What presses elsewhere is that nobody has been there, and the timeline is
where that is recorded."""
OF_THE_TEAM: Final[Mapping[str, Route[[]]]] = {"worker_away": ABSENCES, "discussion_missed": MEETINGS}
RECORD_FIELDS: Final = {
    "no_worker": "worker", "release_awkward": "release_date", "risk_areas": "risk_areas",
    "release_unknown": "full_term_date", "parole_unasked": "parole_applied",
}  # fmt: skip
"""The signals that rest on a field of the participant's record, with the field."""


async def go_to_remedy(screen: CaseScreen[Any], participant: int, rule: str) -> None:
    """Open, from an action, where something is done about a signal on a participant."""
    ask = screen.case.store.ask
    if rule in RECORD_FIELDS:
        await screen.open(PERSON, participant, RECORD_FIELDS[rule])
    elif rule in OF_THE_TEAM:
        await screen.open(OF_THE_TEAM[rule])
    elif rule == "consents":
        await screen.open(MARKED, CONSENTS, participant, _lacks_consent)
    elif rule in ("release_list", "unverified"):
        if checklist := await ask(_release_list, participant):
            await screen.open(MARKED, CHECKLIST, checklist, _to_verify if rule == "unverified" else _to_settle)
        else:
            await screen.open(MARKED, CHECKLISTS, participant, lambda row: row.template in _of_release(screen.case))
    elif rule == "review_owed" and (owed := await ask(_owed, participant)):
        await screen.open(REVIEW, owed)
    elif rule == "team_unevaluated" and (team := await ask(_lasting_team, participant)):
        await screen.open(EVALUATIONS_OF, "support_team", team)
    elif rule == "topics":
        waiting = await ask(timeline.topics, participant)
        await screen.open(ENTRY, participant, waiting[0].id if waiting else None)
    else:
        await screen.open(REMEDIES.get(rule, PARTICIPANT), participant)


def _lacks_consent(row: Any) -> bool:
    return bool(row.sets) and (not row.answer.covered or row.answer.state == EXPIRES_SOON)


def _to_settle(row: Any) -> bool:
    return not row.settled


def _to_verify(row: Any) -> bool:
    return row.state == DONE and row.verified_at is None


def _of_release(case: Case) -> set[str]:
    return {one.id for one in case.programme.checklists if one.opens == "release"}


def _owed(reading: Reading, participant: int) -> int:
    """The review that was owed first, 0 where none is any more."""
    return next((line.id for line in review_reading.of(reading, participant) if line.owed), 0)


def _lasting_team(reading: Reading, participant: int) -> int:
    """The support team that lasts, 0 where none does any more."""
    return next((one.id for one in team_reading.teams_of(reading, participant) if one.ended is None), 0)


def _release_list(reading: Reading, participant: int) -> int:
    """The release checklist in use, 0 where none is open."""
    wanted = {one.id for one in reading.programme.checklists if one.opens == "release"}
    lines = checklist_reading.of(reading, participant)
    return next((line.id for line in lines if line.id and line.closed is None and line.template in wanted), 0)
