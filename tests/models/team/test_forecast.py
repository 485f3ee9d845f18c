"""The load of a worker now and in the months to come, and what a move would do to it; the first weeks' plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from models.participants import participants
from models.phases import phases
from models.plans import first_weeks, tasks
from models.store import Store
from models.team import forecast, workload
from tests.models.case_sample import Hands

TODAY = date(2026, 11, 22)


def enter(store: Store, phase: int, release: date | None = None, level: str = "high", **more: Any) -> int:
    values = {"given_name": "Åse", "release_date": release, "security_level": level, **more}
    return store.change_now(participants.add, values, TODAY, phase)


def loads(
    store: Store, staff: int | None = 1, move: tuple[int, set[int]] | None = None
) -> list[tuple[int, int, int, int]]:
    person, lasting = move or (0, None)
    months = store.ask_now(forecast.outlook, staff, person).months(None if lasting is None else frozenset(lasting))
    return [(one.participants, one.demanding, one.releases, one.preparations) for one in months]


def test_now_is_what_the_board_says(store: Store) -> None:
    for phase in (1, 2, 3, 4, 4, 5, 6):
        enter(store, phase)
    (now, *_months) = store.ask_now(forecast.workload, 1)
    (kari,) = store.ask_now(workload.workload)
    assert (now.day, now.participants, now.demanding) == (TODAY, kari.participants, kari.demanding) == (TODAY, 5, 3)
    assert (now.people, kari.people) == ("5+1", "5+1")
    assert (now.limit, now.demanding_limit) == (kari.limit, kari.demanding_limit) == (4, 4)
    assert now.over
    assert now.percent == 125


def test_preparation_begins_by_security_level_and_release_is_demanding_too(store: Store) -> None:
    enter(store, 2, TODAY + timedelta(days=80), "high")  # prepared from day 20, out on day 80
    enter(store, 2, TODAY + timedelta(days=140), "lower")  # prepared from day 50, out on day 140
    enter(store, 5)
    # 22 December, 22 January and 22 February are days 30, 61 and 92.
    assert loads(store) == [(3, 0, 0, 0), (3, 1, 0, 1), (3, 2, 0, 1), (3, 2, 1, 0)]
    assert [one.day for one in store.ask_now(forecast.workload, 1)] == [
        TODAY, date(2026, 12, 22), date(2027, 1, 22), date(2027, 2, 22),
    ]  # fmt: skip


def test_what_is_due_on_the_very_day_of_the_month_is_due_then(store: Store) -> None:
    enter(store, 2, TODAY + timedelta(days=90), "high")  # prepared from day 30, which is 22 December, out on day 90
    enter(store, 2, TODAY + timedelta(days=61), "high")  # prepared from day 1, out on 22 January, day 61
    assert loads(store) == [(2, 0, 0, 0), (2, 2, 0, 2), (2, 2, 1, 0), (2, 2, 1, 0)]


def test_a_move_is_weighed_before_it_is_made(store: Store) -> None:
    person = enter(store, 2, TODAY + timedelta(days=80))
    enter(store, 3)
    assert [load[1] for load in loads(store)] == [1, 2, 2, 2]
    assert [load[1] for load in loads(store, move=(person, {3}))] == [2, 2, 2, 2]
    assert [load[:2] for load in loads(store, move=(person, set()))] == [(1, 1)] * 4
    assert [load[1] for load in loads(store, move=(person, {5}))] == [1, 1, 1, 1]
    before = loads(store)
    store.change_now(phases.begin, person, 3, TODAY, ending=(2,), reviewed=True)
    assert loads(store) != before
    assert [load[1] for load in loads(store)] == [2, 2, 2, 2]


def test_a_move_takes_its_own_preparation_and_release_out_of_what_is_to_come(store: Store) -> None:
    person = enter(store, 2, TODAY + timedelta(days=40), "high")
    enter(store, 2, TODAY + timedelta(days=45), "high")
    assert [load[2:] for load in loads(store)] == [(0, 0), (0, 2), (2, 0), (0, 0)]
    assert [load[2:] for load in loads(store, move=(person, {3}))] == [(0, 0), (0, 1), (2, 0), (0, 0)]
    assert [load[2:] for load in loads(store, move=(person, {4}))] == [(0, 0), (0, 1), (1, 0), (0, 0)]
    assert [load[2:] for load in loads(store, move=(person, set()))] == [(0, 0), (0, 1), (1, 0), (0, 0)]


def test_phases_that_overlap_after_a_move_are_weighed_as_they_last(store: Store) -> None:
    person = enter(store, 4)
    assert [load[:2] for load in loads(store, move=(person, {5}))] == [(1, 0)] * 4
    assert [load[:2] for load in loads(store, move=(person, {4, 5}))] == [(1, 1)] * 4
    assert [load[:2] for load in loads(store, move=(person, {6}))] == [(0, 0)] * 4
    assert loads(store) == [(1, 1, 0, 0)] * 4, "and to ask changes nothing"


def test_the_whole_team_and_somebody_else_s(store: Store) -> None:
    enter(store, 3)
    enter(store, 4, worker=None)
    assert loads(store, None)[0][:2] == (2, 2)
    assert loads(store)[0][:2] == (1, 1)
    assert loads(store, 99)[0][:2] == (0, 0)
    (team, *_rest) = store.ask_now(forecast.workload, None)
    assert (team.limit, team.demanding_limit) == (4, 4)


def test_a_release_that_was_passed_over_is_counted_out_from_tomorrow(store: Store) -> None:
    enter(store, 2, TODAY - timedelta(days=3))
    assert [load[1:] for load in loads(store)] == [(0, 0, 0), (1, 1, 0), (1, 0, 0), (1, 0, 0)]


def test_what_is_due_already_begins_in_the_first_month(store: Store) -> None:
    enter(store, 2, TODAY + timedelta(days=37), "high")  # should be prepared since day -23
    enter(store, 2, TODAY + timedelta(days=10), "high")  # and this one; out before the month ends
    assert [load[2:] for load in loads(store)] == [(0, 0), (1, 2), (1, 0), (0, 0)]


# ---------------------------------------------------------------------- the first weeks


@pytest.mark.parametrize(("use", "extra"), [("yes", True), ("earlier", True), ("none", False), ("", False)])
def test_the_plan_is_denser_where_substance_use_is_recorded(store: Store, use: str, extra: bool) -> None:
    person = enter(store, 4, substance_use=use)
    found = store.ask_now(tasks.of, person)
    assert store.change_now(first_weeks.plan, person, TODAY) == (), "the move to phase 4 has planned them"
    assert any("naloxone" in task.text for task in found) is extra
    assert {task.owner for task in found} == {1}
    assert max(task.due for task in found if task.due) == TODAY + timedelta(days=28)


def test_the_plan_is_made_once_and_anew_for_another_day(store: Store) -> None:
    person = enter(store, 4)
    made = [task.id for task in store.ask_now(tasks.of, person)]
    assert store.change_now(first_weeks.plan, person, TODAY) == ()
    first = store.ask_now(tasks.one, made[0])
    store.change_now(tasks.finish, first.id, first.version)
    moved = store.change_now(first_weeks.plan, person, TODAY + timedelta(days=2))
    assert len(moved) == len(made)
    states = {task.id: task.state for task in store.ask_now(tasks.of, person)}
    assert states[made[0]] == "done"
    assert {states[id] for id in made[1:]} == {"declined"}
    assert {states[id] for id in moved} == {"open"}


def test_days_that_lie_behind_are_not_planned(store: Store, hands: Hands) -> None:
    person = enter(store, 3)
    hands.move(days=10)
    found = store.ask_now(first_weeks.suggested, person, TODAY)
    assert found[0].due == TODAY + timedelta(days=10)
    hands.move(days=19)
    assert store.ask_now(first_weeks.suggested, person, TODAY) == ()
