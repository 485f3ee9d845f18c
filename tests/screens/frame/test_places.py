"""Where Enter goes from a line the program wrote: to what it tells of, with the mark on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from models import timeline
from models.checklists import checklists
from models.checklists import reading as checklist_reading
from models.consents import consents
from models.goals import goals
from models.participants import participants
from models.storage.actions import action
from models.storage.work import Work
from screens.consents.matrix import ConsentsScreen
from screens.frame.case import Case
from screens.frame.destinations import (
    APPLICATIONS,
    BRIEF,
    CHECKLIST,
    CONSENTS,
    GOALS,
    INTAKE,
    KNOWN,
    MAPPINGS,
    NETWORK,
    PERSON,
    PHASE_OUT,
    PHASES,
    READ_APPOINTMENT,
    READ_INDIVIDUAL_PLAN,
    READ_TASK,
    REVIEW,
    SHARED,
    SUPPORT_TEAM,
)
from screens.frame.places import MARKED, marked
from screens.participant.screen import READ_ENTRY, ParticipantScreen

Staged = Callable[[Any], Any]
TODAY = date(2026, 11, 22)
ABOUT = {
    "phase_began": ("phase_period:1", (MARKED, PHASES)), "phase_ended": ("phase_period:1", (MARKED, PHASES)),
    "worker_changed": ("", (PERSON,)), "dates_changed": ("", (PERSON,)),
    "release_past": ("", (PHASES,)),
    "consent_given": ("consent:1", (MARKED, CONSENTS)), "consent_renewed": ("consent:1", (MARKED, CONSENTS)),
    "consent_withdrawn": ("consent:1", (MARKED, CONSENTS)),
    "consent_withdrawn_orally": ("consent:1", (MARKED, CONSENTS)),
    "withdrawal_confirmed": ("consent:1", (MARKED, CONSENTS)), "consents_ended": ("", (CONSENTS,)),
    "disclosed": ("disclosure:1", (SHARED,)), "disclosed_uncovered": ("disclosure:1", (SHARED,)),
    "goal_set": ("goal:1", (MARKED, GOALS)), "goal_reached": ("goal:1", (MARKED, GOALS)),
    "goal_left": ("goal:1", (MARKED, GOALS)), "step_done": ("goal:1", (MARKED, GOALS)),
    "appointment_attended": ("appointment:1", (READ_APPOINTMENT,)),
    "appointment_missed": ("appointment:1", (READ_APPOINTMENT,)),
    "appointment_cancelled": ("appointment:1", (READ_APPOINTMENT,)), "task_done": ("task:1", (READ_TASK,)),
    "application_sent": ("application:1", (MARKED, APPLICATIONS)),
    "application_decided": ("application:1", (MARKED, APPLICATIONS)),
    "checklist_opened": ("checklist:1", (CHECKLIST,)), "checklist_closed": ("checklist:1", (CHECKLIST,)),
    "contact_linked": ("involvement:1", (MARKED, NETWORK)), "contact_ended": ("involvement:1", (MARKED, NETWORK)),
    "review_held": ("review:1", (REVIEW,)), "review_owed": ("review:1", (REVIEW,)),
    "review_note": ("review:1", (REVIEW,)), "phase_out_began": ("phase_out:1", (PHASE_OUT,)),
    "closing_talk": ("phase_out:1", (PHASE_OUT,)), "last_message": ("phase_out:1", (PHASE_OUT,)),
    "moved_note": ("phase_out:1", (PHASE_OUT,)), "phase_out_closed": ("phase_out:1", (PHASE_OUT,)),
    "phase_out_returned": ("", (PHASE_OUT,)), "handed_over": ("hand_over:1", (BRIEF,)),
    "intake_referred": ("intake:1", (INTAKE,)), "intake_ended": ("intake:1", (INTAKE,)),
    **{f"support_team_{what}": ("support_team:1", (SUPPORT_TEAM,)) for what in ("begun", "extended", "ended")},
    "told_of_each_other": ("", (KNOWN,)), "individual_plan": ("individual_plan:1", (READ_INDIVIDUAL_PLAN,)),
    "individual_plan_revision": ("individual_plan:1", (READ_INDIVIDUAL_PLAN,)),
    "mapped": ("life_mapping:1", (MAPPINGS,)),
    # What tells of nothing that is kept by itself, or is gone by now, is read as it stands.
    "struck": ("", (READ_ENTRY,)), "moved_away": ("", (READ_ENTRY,)), "moved_here": ("", (READ_ENTRY,)),
    "enrolled": ("", (READ_ENTRY,)), "released": ("", (READ_ENTRY,)), "topic_taken": ("", (READ_ENTRY,)),
    "item_ticked": ("checklist_item:99", (READ_ENTRY,)), "meeting_note": ("meeting_item:99", (READ_ENTRY,)),
    "meeting_decision": ("meeting_item:99", (READ_ENTRY,)), "meeting_task": ("meeting_item:99", (READ_ENTRY,)),
}  # fmt: skip


@action("test_places.tell")
def tell(work: Work, person: int, kind: str, subject: str) -> int:
    detail = {"field": "release_date", "date": ""} if kind == "dates_changed" else {}
    return timeline.tell(work, person, kind, work.clock.seconds(), detail, subject)


@pytest.fixture
def person(case: Case) -> int:
    return case.store.change_now(participants.add, {"given_name": "Arne", "family_name": "Prøve"})


def test_every_line_of_the_programs_is_thought_of(case: Case) -> None:
    assert {kind.id for kind in case.programme.kinds if kind.system} == set(ABOUT)


@pytest.mark.parametrize("kind", list(ABOUT))
@pytest.mark.parametrize("role", ["worker", "reader"])
async def test_enter_goes_to_what_a_line_tells_of(case: Case, stage: Staged, person: int, kind: str, role: str) -> None:
    subject, wanted = ABOUT[kind]
    number = case.store.change_now(tell, person, kind, subject)
    case.store.actor = type(case.store.actor)(**{**_fields(case.store.actor), "role": role})
    screen = ParticipantScreen(case)
    await screen.turn_to(person)
    app = stage(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await screen.turn_to(person, number)
        await pilot.press("enter")
        await pilot.pause()
        (asked,) = app.asked
        assert asked[: len(wanted)] == wanted
        assert (person if wanted[-1] not in (REVIEW, CHECKLIST) else 1) in asked


def _fields(actor: Any) -> dict[str, Any]:
    return {name: getattr(actor, name) for name in actor.__struct_fields__}


async def test_the_mark_stands_on_the_item_that_was_ticked(case: Case, stage: Staged, person: int) -> None:
    template = case.programme.checklists[0]
    checklist = case.store.change_now(checklists.open_by_hand, person, template.id)
    items = case.store.ask_now(checklist_reading.one, checklist).items
    meant = items[len(items) // 2]
    app = stage(await marked(case, CHECKLIST, checklist, lambda row: row.id == meant.id))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.screen.moving.row.id == meant.id
        await pilot.press("up")
        await app.screen.refresh_case()
        assert app.screen.moving.row.id != meant.id, "only where it opens"


async def test_what_is_gone_leaves_the_mark_at_the_top(case: Case, stage: Staged, person: int) -> None:
    for words in ("Bolig", "Jobb"):
        case.store.change_now(goals.add, person, {"words": words})
    app = stage(await marked(case, GOALS, person, lambda row: False))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.screen.moving.mark == 0


async def test_the_consent_that_lacks_is_under_the_mark(case: Case, stage: Staged, person: int) -> None:
    from screens.frame.places import _lacks_consent

    wanted = case.programme.consent_sets[0]
    first = wanted.agencies[0]
    role = case.programme.agency(first).roles[0].id
    given = {"agency": first, "role": role, "person": "", "given": TODAY}
    case.store.change_now(consents.give, person, given)
    app = stage(await marked(case, CONSENTS, person, _lacks_consent))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, ConsentsScreen)
        row = app.screen.moving.row
        assert row.sets
        assert not row.answer.covered
