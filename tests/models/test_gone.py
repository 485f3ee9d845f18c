"""What a colleague has taken away meanwhile: every way in says so in words, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from config.errors import ExinError
from models import timeline
from models.checklists import checklists
from models.checklists import reading as checklist_reading
from models.consents import consents, disclosures
from models.consents import matrix as consent_matrix
from models.contacts import network
from models.export import whole as export
from models.goals import goals
from models.goals import reading as goal_reading
from models.hand_overs import hand_overs
from models.intake import intake_talks
from models.intake import reading as intake_reading
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.participants import participants, spending
from models.phase_outs import file as phase_out_file
from models.phase_outs import phase_outs
from models.phases import phases
from models.plans import applications, appointments, tasks
from models.reviews import reading as review_reading
from models.reviews import reviews
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.team import absences
from tests.models.case_sample import examined, rows

TODAY = date(2026, 11, 22)
NOBODY = 999
NONE: dict[str, Any] = {}
NAV = {"agency": "nav", "role": "nav_municipal"}
WAYS: dict[str, tuple[Callable[..., Any], tuple[Any, ...]]] = {
    "absence": (absences.one, ()),
    "absence corrected": (absences.change, (1, NONE)),
    "absence ended": (absences.end, (1, TODAY)),
    "absence removed": (absences.remove, (1,)),
    "application": (applications.one, ()),
    "application of": (applications.add, (NONE,)),
    "application changed": (applications.change, (1, NONE)),
    "appointment": (appointments.one, ()),
    "appointment of": (appointments.add, (NONE,)),
    "appointment changed": (appointments.change, (1, NONE)),
    "appointment moved": (appointments.move, (1, 1)),
    "appointment missed": (appointments.miss, (1,)),
    "appointment cancelled": (appointments.cancel, (1,)),
    "appointment gone through": (appointments.go_through, (1,)),
    "checklist of": (checklists.open_by_hand, ("release",)),
    "checklist": (checklist_reading.one, ()),
    "checklist closed": (checklists.close, (1,)),
    "checklist reopened": (checklists.reopen, (1,)),
    "consent of": (consents.give, (NAV,)),
    "consent renewed": (consents.renew, (NONE,)),
    "consent corrected": (consents.correct, (1, NONE)),
    "consent withdrawn": (consents.withdraw, (1, TODAY, "perm")),
    "consent's owner": (consent_matrix.owner_of, ()),
    "disclosure of": (disclosures.record, (NAV,)),
    "export of": (export.participant, ()),
    "goal of": (goals.add, (NONE,)),
    "goal": (goal_reading.one, ()),
    "goal changed": (goals.change, (1, NONE)),
    "goal ended": (goals.end, (1, "reached")),
    "step of": (goals.add_step, (NONE,)),
    "step changed": (goals.change_step, (1, NONE)),
    "step done": (goals.do, (1,)),
    "hand-over of": (hand_overs.hand_over, (1, "x", 1)),
    "hand-over read": (hand_overs.mark_read, (1,)),
    "talk's owner": (intake_reading.owner_of, ()),
    "talk corrected": (intake_talks.correct_talk, (1, NONE)),
    "intake of": (intake_talks.opened, (TODAY,)),
    "meeting": (meeting_reading.one, ()),
    "meeting closed": (meetings.close, (1,)),
    "line of minutes": (meeting_reading.item, ()),
    "line corrected": (meetings.correct, (1, "x")),
    "line dropped": (meetings.drop, (1,)),
    "topic of": (meetings.park, ("x",)),
    "involvement of": (network.involve, (1,)),
    "involvement": (network.one, ()),
    "involvement changed": (network.change, (1, NONE)),
    "involvement ended": (network.uninvolve, (1,)),
    "participant": (participants.file_of, ()),
    "told's owner": (phase_out_file.owner_of, ()),
    "told": (phase_out_file.told_of, ()),
    "told left out": (phase_outs.leave_out, (1, "x")),
    "phase-out handed over": (phase_outs.hand_over, (1,)),
    "period ended": (phases.end, (1, TODAY)),
    "phase of": (phases.begin, (2, TODAY)),
    "review": (review_reading.file_of, ()),
    "review of": (reviews.begin, ("to_2",)),
    "review discarded": (reviews.discard, (1,)),
    "review added to": (reviews.add_note, ("x",)),
    "expense of": (spending.add, (NONE,)),
    "task": (tasks.one, ()),
    "task of": (tasks.add, ({"text": "x"},)),
    "task changed": (tasks.change, (1, NONE)),
    "task moved": (tasks.move, (1, 1)),
    "task finished": (tasks.finish, (1,)),
    "task declined": (tasks.decline, (1,)),
    "entry": (timeline.one, ()),
    "entry of": (timeline.record, ({"kind": "note", "text": "x"},)),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_is_gone_is_said_and_nothing_is_written(store: Store, person: int, way: str) -> None:
    function, values = WAYS[way]
    before = rows(store, "SELECT max(seq) FROM audit")

    @action("test_gone.asked")
    def asked(work: Work) -> None:
        if way == "review of":
            function(work, NOBODY, store.programme.method.reviews.transitions[0].id)
        else:
            function(work, NOBODY, *values)

    with pytest.raises(ExinError, match=r"not here any more|no longer there"):
        store.change_now(asked)
    assert rows(store, "SELECT max(seq) FROM audit") == before
    assert examined(store).flaws == ()


def test_a_meeting_about_somebody_who_is_gone_is_not_opened(store: Store) -> None:
    with pytest.raises(meeting_reading.MeetingError, match="participant is not here any more"):
        store.change_now(meetings.open_, meeting_reading.SUPPORT, NOBODY)
