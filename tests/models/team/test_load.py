"""One count of the load: at the edges, and against a plain reckoning in every place it is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from models import followers
from models.hand_overs import hand_overs
from models.participants import participants
from models.phases import phases
from models.signals import listing as signals
from models.signals import team as team_signals
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.team import absences, arranging, forecast, staff, workload
from models.team.workload import weigh

TODAY = date(2026, 11, 22)
Session = Callable[[str], Store]


@pytest.fixture
def team(store: Store, session: Session) -> dict[str, int]:
    for user in ("ola", "lise", "per"):
        session(user)
    return {one.user: one.id for one in store.ask_now(staff.team)}


def enter(store: Store, worker: int, phase: int, beside: int | None = None, **more: Any) -> int:
    person = store.change_now(participants.add, {"worker": worker, **more}, TODAY - timedelta(days=300), phase)
    if beside is not None:
        store.change_now(phases.begin, person, beside, TODAY - timedelta(days=5), reviewed=True)
    return person


def load(store: Store, worker: int) -> tuple[str, int]:
    (one,) = store.ask_now(workload.workload, [worker])
    return one.people, one.demanding


@pytest.mark.parametrize(
    ("lasting", "weight"),
    [
        ((), (0, 0, 0)), ((1,), (0, 1, 0)), ((2,), (1, 0, 0)), ((3,), (1, 0, 1)), ((2, 3), (1, 0, 1)),
        ((4,), (1, 0, 1)), ((4, 5), (1, 0, 1)), ((5,), (1, 0, 0)), ((6,), (0, 0, 0)), ((4, 6), (1, 0, 1)),
        ((1, 2), (1, 0, 0)),
    ],
)  # fmt: skip
def test_what_one_person_is_of_a_load(store: Store, lasting: tuple[int, ...], weight: tuple[int, ...]) -> None:
    assert weigh(store.programme, lasting) == weight


def test_a_team_may_count_its_candidates(store: Store) -> None:
    counting = replace(store.programme, limits=replace(store.programme.limits, candidates_count=True))
    assert weigh(counting, (1,)) == (1, 0, 0)
    assert weigh(counting, (6,)) == (0, 0, 0)


def test_a_forgotten_phase_is_demanding_until_it_is_ended(store: Store, team: dict[str, int]) -> None:
    person = enter(store, team["ola"], 4, 5)
    enter(store, team["ola"], 1)
    enter(store, team["ola"], 6)
    assert load(store, team["ola"]) == ("1+1", 1)
    for span in store.ask_now(phases.of, person):
        if span.phase == 4:
            store.change_now(phases.end, span.id, span.version, TODAY)
    assert load(store, team["ola"]) == ("1+1", 0)


def test_a_leader_s_demanding_limit_is_no_more_than_their_own(store: Store, team: dict[str, int]) -> None:
    (kari,) = store.ask_now(workload.workload, [team["kari"]])
    (ola,) = store.ask_now(workload.workload, [team["ola"]])
    assert (kari.limit, kari.demanding_limit, ola.limit, ola.demanding_limit) == (4, 4, 12, 6)
    for _number in range(5):
        enter(store, team["kari"], 3)
    (kari, *_rest) = store.ask_now(workload.workload)
    assert (kari.over, kari.demanding) == (True, 5)


def test_cover_counts_while_it_lasts(store: Store, team: dict[str, int]) -> None:
    for _number in range(10):
        enter(store, team["ola"], 4)
    enter(store, team["kari"], 2)
    values = {"staff": team["ola"], "first": TODAY, "last": TODAY + timedelta(days=4), "cover": team["kari"]}
    for first, last, expected in ((1, 4, ("1", 0)), (-4, -1, ("1", 0)), (-4, 0, ("11", 10)), (0, 4, ("11", 10))):
        days = {"first": TODAY + timedelta(days=first), "last": TODAY + timedelta(days=last)}
        number = store.change_now(absences.add, values | days)
        assert load(store, team["kari"]) == expected, days
        assert load(store, team["ola"]) == ("10", 10)
        (now, *months) = store.ask_now(forecast.workload, team["kari"])
        assert (now.people, now.demanding) == expected
        assert {month.people for month in months} == {"1"}
        store.change_now(absences.remove, number, 1)
    store.change_now(absences.add, values)
    (sign,) = [one for one in store.ask_now(team_signals.staff_signs) if one.staff == team["kari"]]
    assert sign.sign.short == "11/4"
    assert "while covering for OS" in sign.sign.reason


def test_what_a_cover_would_carry_is_said_where_it_is_arranged(store: Store, team: dict[str, int]) -> None:
    for _number in range(10):
        enter(store, team["ola"], 4)
    enter(store, team["kari"], 2)
    enter(store, team["per"], 3)

    def said(first: int, last: int) -> list[str]:
        days = TODAY + timedelta(days=first), TODAY + timedelta(days=last)
        return store.ask_now(arranging.advice, team["ola"], *days, team["kari"])

    told = (
        "While covering, Kari Nordmann follows {} participants of at most 4, {} of at most 4 in the demanding phases."
    )
    above = " That is above the limit."
    assert said(1, 5) == [told.format(11, 10) + above]
    other = {"staff": team["per"], "cover": team["kari"]}
    store.change_now(absences.add, other | {"first": TODAY + timedelta(days=5), "last": TODAY + timedelta(days=9)})
    assert said(1, 4) == [told.format(11, 10) + above]
    assert said(1, 5) == [told.format(12, 11) + above]
    assert said(9, 9) == [told.format(12, 11) + above]
    assert said(10, 12) == [told.format(11, 10) + above]


def test_a_hand_over_to_a_cover_counts_nobody_twice(store: Store, team: dict[str, int]) -> None:
    people = [enter(store, team["ola"], 2) for _number in range(4)]
    absence = {"staff": team["ola"], "first": TODAY, "last": TODAY, "cover": team["kari"]}
    store.change_now(absences.add, absence)
    assert store.ask_now(hand_overs.over_limit, team["kari"], people) == []
    more = enter(store, team["per"], 1)
    assert store.ask_now(hand_overs.over_limit, team["kari"], [*people, more]) == []
    more = enter(store, team["per"], 2)
    assert store.ask_now(hand_overs.over_limit, team["kari"], [*people, more]) == [
        "Kari Nordmann would have 5 participants; the limit is 4."
    ]


def test_nobody_with_read_access_only_is_responsible(store: Store, team: dict[str, int]) -> None:
    with pytest.raises(participants.ParticipantError, match="Lise Berg has read access only and cannot be"):
        store.change_now(participants.add, {"given_name": "Ada", "worker": team["lise"]})
    looking = store.change_now(participants.add, {"given_name": "Bo", "coworker": team["lise"]})
    assert store.ask_now(participants.file_of, looking).coworker_name == "Lise Berg"
    person = enter(store, team["ola"], 2)
    with pytest.raises(participants.ParticipantError, match="Lise Berg has read access only"):
        store.change_now(participants.change, person, 1, {"worker": team["lise"]})
    store.change_now(staff.set_role, "ola", "reader")
    # One who was named before stays named while something else is changed, and it is told.
    store.change_now(participants.change, person, 1, {"worker": team["ola"], "phone": "90000000"})
    (sign, *_rest) = store.ask_now(signals.of, person)
    assert (sign.rule, sign.severity) == ("no_worker", 3)
    assert sign.reason == "Nobody is responsible: who is named has read access only."
    assert team["ola"] not in {one.staff for one in store.ask_now(workload.workload)}


# ---------------------------------------------------------------------- against a plain reckoning

person = st.fixed_dictionaries(
    {"worker": st.integers(0, 3), "phase": st.integers(1, 6), "second": st.none() | st.integers(1, 6),
     "release": st.none() | st.integers(-20, 200)}
)  # fmt: skip
away = st.none() | st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(-3, 3), st.integers(0, 120))


class Undone(Exception):
    """Rolls a tried caseload back."""


def begun(one: dict[str, Any]) -> bool:
    """Whether a second phase begins beside the first; out of prison nothing of before goes on."""
    first, second = one["phase"], one["second"]
    return second not in (None, first) and not (first <= 3 and second in (4, 5))


def reckoned(people: list[dict[str, Any]], sees_to: set[int | None]) -> tuple[int, int, int]:
    """Participants, candidates and demanding ones of some colleagues, said in other words than the program's."""
    participants_, candidates, demanding = 0, 0, 0
    for one in people:
        if one["worker"] not in sees_to:
            continue
        lasting = [one["phase"], *([one["second"]] if begun(one) else [])]
        if any(number in (2, 3, 4, 5) for number in lasting):
            participants_ += 1
            demanding += 3 in lasting or 4 in lasting
        elif 1 in lasting:
            candidates += 1
    return participants_, candidates, demanding


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.lists(person, max_size=12), absence=away)
def test_every_place_counts_as_a_plain_reckoning_does(
    store: Store, team: dict[str, int], people: list[dict[str, Any]], absence: tuple[int, int, int, int] | None
) -> None:
    numbers = [None, team["kari"], team["ola"], team["per"]]

    @action("test_load.tried")
    def tried(work: Work) -> None:
        for one in people:
            release = None if one["release"] is None else work.today + timedelta(days=one["release"])
            values = {"worker": numbers[one["worker"]], "release_date": release}
            number = participants.add(work, values, work.today - timedelta(days=30), one["phase"])
            if begun(one):
                phases.begin(work, number, one["second"], work.today, reviewed=True)
        cover: dict[int, int] = {}
        if absence is not None and absence[0] != absence[1]:
            gone, covers, first, length = absence
            days = work.today + timedelta(days=first), work.today + timedelta(days=first + length)
            values = {"staff": numbers[gone], "first": days[0], "last": days[1], "cover": numbers[covers]}
            absences.add(work, values)
            if days[0] <= work.today <= days[1]:
                cover[covers] = gone
        followers.follow(work)
        loads = {load.staff: load for load in workload.workload(work)}
        over = {sign.staff for sign in team_signals.staff_signs(work) if sign.sign.rule == team_signals.CAPACITY}
        for place in (1, 2, 3):
            number = numbers[place]
            assert number is not None
            expected = reckoned(people, {place, cover.get(place, place)})
            found = loads[number]
            assert (found.participants, found.candidates, found.demanding) == expected
            carried = workload.carried(work, number)
            assert (carried.participants, carried.candidates, carried.demanding) == expected
            now = forecast.workload(work, number)[0]
            assert (now.participants, now.candidates, now.demanding) == expected
            limits = (12, 6) if place == 2 else (4, 4)
            assert (found.limit, found.demanding_limit) == limits
            assert (number in over) == found.over == (expected[0] > limits[0] or expected[2] > limits[1])
            assert bool(hand_overs.over_limit(work, number, [])) == found.over
        everybody = forecast.workload(work, None)[0]
        assert (everybody.participants, everybody.candidates, everybody.demanding) == reckoned(people, {0, 1, 2, 3})
        raise Undone

    with pytest.raises(Undone):
        store.change_now(tried)
