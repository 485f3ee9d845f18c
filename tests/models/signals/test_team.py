"""What is noticed about the team: one line an absence without cover, now and before it, and the team's own tasks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from models.consents import consents
from models.participants import participants
from models.phase_outs import file as phase_out_file
from models.phase_outs import phase_outs
from models.phases import phases
from models.plans import tasks
from models.signals import listing as signals
from models.signals import snoozes
from models.signals import team as team_signals
from models.signals.team import AWAY, OVERDUE, StaffSign
from models.store import Store
from models.team import absences, staff
from tests.models.case_sample import Hands

TODAY = date(2026, 11, 22)


def days(number: int) -> timedelta:
    return timedelta(days=number)


@pytest.fixture
def team(store: Store, session: Callable[[str], Store]) -> dict[str, int]:
    for user in ("ola", "lise", "per"):
        session(user)
    return {one.user: one.id for one in store.ask_now(staff.team)}


def enter(store: Store, worker: int, phase: int = 2, **more: Any) -> int:
    return store.change_now(participants.add, {"worker": worker, **more}, TODAY - days(1), phase)


def away(store: Store, worker: int, first: int, last: int, cover: int | None = None) -> int:
    values = {"staff": worker, "first": TODAY + days(first), "last": TODAY + days(last), "cover": cover}
    return store.change_now(absences.add, values)


def told(store: Store, rule: str) -> list[StaffSign]:
    return [one for one in store.ask_now(team_signals.staff_signs) if one.sign.rule == rule]


def test_one_absence_is_one_line_however_many_it_touches(store: Store, team: dict[str, int]) -> None:
    people = [enter(store, team["ola"]) for _number in range(7)]
    away(store, team["ola"], 0, 4)
    (line,) = told(store, AWAY)
    assert (line.staff, line.sign.severity, line.sign.since) == (team["ola"], 2, TODAY)
    assert line.sign.reason.startswith("Away from 22.11.2026 to 26.11.2026, and nobody covers for 7 participants.")
    assert not any(sign.rule == AWAY for person in people for sign in store.ask_now(signals.of, person))


@pytest.mark.parametrize(("first", "lines"), [(30, 1), (31, 0)])
def test_an_absence_is_told_before_it_begins(store: Store, team: dict[str, int], first: int, lines: int) -> None:
    person = enter(store, team["ola"], 3, release_date=TODAY + days(35))
    away(store, team["ola"], first, 40)
    found = told(store, AWAY)
    assert len(found) == lines
    assert [one.sign.severity for one in found] == [3] * lines
    assert all("1 release falls in those days." in one.sign.reason for one in found)
    assert [sign.rule for sign in store.ask_now(signals.of, person)].count(AWAY) == lines


@pytest.mark.parametrize(
    ("cover", "gone", "lines"), [(None, False, 1), ("per", False, 0), ("per", True, 1), ("lise", False, 1)]
)
def test_who_covers_must_be_there_and_able(
    store: Store, team: dict[str, int], cover: str | None, gone: bool, lines: int
) -> None:
    enter(store, team["ola"])
    if cover == "lise":
        store.change_now(staff.set_role, "lise", "caseworker")
    away(store, team["ola"], 0, 4, team[cover] if cover else None)
    store.change_now(staff.set_role, "lise", "reader")
    if gone:
        away(store, team["per"], 3, 9)
    assert sum(one.staff == team["ola"] for one in told(store, AWAY)) == lines


def test_a_co_worker_stands_in_and_demanding_ones_press(store: Store, team: dict[str, int]) -> None:
    enter(store, team["ola"], coworker=team["per"])
    away(store, team["ola"], 0, 4)
    assert told(store, AWAY) == []
    enter(store, team["ola"], 4)
    (line,) = told(store, AWAY)
    assert (line.sign.severity, line.measure) == (3, 1)
    assert "1 has an urgent signal now." in line.sign.reason
    (alone,) = store.ask_now(team_signals.left_alone, team["ola"], TODAY, TODAY + days(4))
    assert (alone.demanding, alone.presses, alone.release) == (True, True, None)


def test_what_is_put_aside_about_a_colleague_wakes_when_it_touches_one_more(
    store: Store, team: dict[str, int], hands: Hands
) -> None:
    enter(store, team["ola"])
    away(store, team["ola"], 0, 20)
    store.change_now(snoozes.put_aside, None, team["ola"], AWAY, TODAY + days(9), "Per ser til dem")
    assert told(store, AWAY) == []
    (aside,) = store.ask_now(team_signals.staff_signs, snoozed=True)
    assert aside.aside is not None
    assert (aside.aside.reason, aside.aside.who) == ("Per ser til dem", "Kari Nordmann")
    more = enter(store, team["ola"])
    assert len(told(store, AWAY)) == 1
    store.change_now(participants.change, more, 1, {"worker": team["per"]})
    assert told(store, AWAY) == []
    hands.move(days=9)
    assert len(told(store, AWAY)) == 1


def test_the_team_s_own_tasks_that_are_overdue(store: Store, team: dict[str, int]) -> None:
    for owner, late in ((None, 1), (None, 5), (team["ola"], 2), (team["ola"], 0)):
        store.change_now(tasks.add, None, {"text": "Ny avtale", "due": TODAY - days(late), "owner": owner})
    nobodys, olas = told(store, OVERDUE)
    assert (nobodys.staff, nobodys.sign.reason) == (
        None, "2 tasks of the team's own are overdue, for 5 days at most.",
    )  # fmt: skip
    assert (olas.staff, olas.sign.reason) == (
        team["ola"], "1 task of the team's own is overdue, for 2 days at most.",
    )  # fmt: skip
    with pytest.raises(snoozes.SnoozeError, match="no such signal"):
        store.change_now(snoozes.put_aside, None, 99, OVERDUE, TODAY + days(2), "Venter")


def test_a_closed_phase_out_is_listed_until_what_it_left_is_done(store: Store, person: int) -> None:
    store.change_now(phases.begin, person, 5, TODAY, ending=(1,))
    until = TODAY + days(90)
    store.change_now(
        consents.give, person, {"agency": "nav", "role": "nav_state", "given": TODAY, "valid_until": until}
    )
    number = store.change_now(phase_outs.begin, person, "independence")
    store.change_now(phase_outs.close, number, None, "Klarer seg.", "Tar vi siden.")
    (line,) = store.ask_now(signals.listing)
    assert (line.participant, line.sign.rule) == (person, "phase_out_open")
    assert line.sign.reason == "The phase-out is closed. 1 partner was not told. Consents hold until 20.02.2027."
    file = store.ask_now(phase_out_file.file_of, person)
    assert file.current is not None
    (partner,) = file.current.told
    store.change_now(phase_outs.leave_out, partner.id, partner.version, "Vet det alt")
    (line,) = store.ask_now(signals.listing)
    assert line.sign.reason == "The phase-out is closed. Consents hold until 20.02.2027."
    store.change_now(consents.end_all, person, TODAY)
    assert store.ask_now(signals.listing) == []


def test_attempts_since_the_last_contact_stand_on_the_card(store: Store, person: int) -> None:
    from models import timeline

    store.change_now(phases.begin, person, 2, TODAY, ending=(1,))
    for hours in (5, 4, 3):
        at = store.clock.seconds() - hours * 3600
        store.change_now(timeline.record, person, {"kind": "phone", "outcome": "attempted", "at": at})
    (sign,) = (sign for sign in store.ask_now(signals.of, person) if sign.rule == "silent")
    assert "3 attempts since have reached nobody." in sign.reason
    store.change_now(timeline.record, person, {"kind": "phone", "at": store.clock.seconds() - 4 * 3600 - 60})
    assert not any(sign.rule == "silent" for sign in store.ask_now(signals.of, person))
