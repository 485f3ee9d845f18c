"""The help around one participant in plain counts: each against a figure computed by hand, on a day and over months."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.contacts import fragmentation, network, people
from models.meetings import meetings
from models.phases import phases
from models.plans import applications, tasks
from models.store import Store
from tests.models.case_sample import Hands, rows

TODAY = date(2026, 11, 22)
Link = Callable[..., int]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def link(store: Store, person: int) -> Link:
    """Link somebody new since so many days, until so many days ago; answers the contact's number."""

    def linked(name: str, agency: str, role: str, since: int, until: int | None = None) -> int:
        contact = store.change_now(people.add, {"name": name, "agency": agency, "role": role})
        part = store.change_now(network.involve, person, contact, {"since": ago(since)})
        if until is not None:
            store.change_now(network.uninvolve, part, 1, ago(until))
        return contact

    return linked


def counted(store: Store, person: int, months: int = 3) -> dict[str, fragmentation.Count]:
    return {one.id: one for one in store.ask_now(fragmentation.fragmentation, person, months).counts}


def names(count: fragmentation.Count) -> list[tuple[str, ...]]:
    return [one.people for one in count.behind]


def test_helpers_are_counted_once_and_new_ones_by_their_first_part(store: Store, person: int, link: Link) -> None:
    link("Ole Moe", "prison", "contact_officer", 300)
    kari = link("Kari Nordmann", "nav", "nav_state", 200, 100)
    store.change_now(network.involve, person, kari, {"since": ago(10), "role": "nav_debt"})
    link("Siri Dahl", "nav", "nav_state", 20)
    link("Lars Vik", "health", "gp", 60, 5)
    found = counted(store, person, 3)
    assert names(found["helpers"]) == [("Kari Nordmann",), ("Siri Dahl",), ("Ole Moe",)]
    # Kari had a part before; Lars has left since, and came in the period all the same.
    assert sorted(names(found["new"])) == [("Lars Vik",), ("Siri Dahl",)]
    assert names(counted(store, person, 1)["new"]) == [("Siri Dahl",)]
    assert len(counted(store, person, 12)["new"].behind) == 4
    # The ends of June to October and today: Ole alone until Kari was there 6 May to 14 August, Lars from 23 September.
    assert found["helpers"].months == (2, 2, 1, 2, 2, 3)
    assert found["new"].months == (0, 0, 0, 1, 0, 1)


def test_an_agency_with_nobody_and_one_with_several(store: Store, person: int, link: Link) -> None:
    store.change_now(phases.begin, person, 3, ago(20))
    nobody = {one.agency for one in counted(store, person)["nobody"].behind}
    assert "prison" in nobody
    link("Ole Moe", "prison", "contact_officer", 3)
    link("Kari Nordmann", "nav", "nav_state", 3)
    link("Siri Dahl", "nav", "nav_debt", 3)
    found = counted(store, person)
    assert "prison" not in {one.agency for one in found["nobody"].behind}
    assert [(one.agency, one.people) for one in found["several"].behind] == [("nav", ("Kari Nordmann", "Siri Dahl"))]
    # The phase began on the second of November: before it, nobody was expected.
    assert found["nobody"].months[:5] == (0, 0, 0, 0, 0)


def test_a_task_is_without_an_owner_where_nobody_is_there_to_do_it(store: Store, person: int, link: Link) -> None:
    add = store.change_now
    add(tasks.add, person, {"text": "Uten noen", "turn": "ours"})
    add(tasks.add, person, {"text": "Vår egen", "turn": "ours", "owner": store.actor.staff_id})
    add(tasks.add, person, {"text": "Hos Nav", "turn": "agency", "agency": "nav"})
    add(tasks.add, person, {"text": "Hos deltakeren", "turn": "participant"})
    done = add(tasks.add, person, {"text": "Gjort", "turn": "ours"})
    add(tasks.finish, done, 1)
    assert {one.text for one in counted(store, person)["unowned"].behind} == {"Uten noen", "Hos Nav"}
    link("Kari Nordmann", "nav", "nav_state", 3)
    assert {one.text for one in counted(store, person)["unowned"].behind} == {"Uten noen"}
    assert counted(store, person)["unowned"].months == (None,) * 6


def test_two_have_met_when_the_same_minutes_name_both(store: Store, person: int, link: Link) -> None:
    link("Ole Moe", "prison", "contact_officer", 300)
    link("Kari Nordmann", "nav", "nav_state", 300)
    link("Siri Dahl", "health", "gp", 300)
    assert len(counted(store, person)["unmet"].behind) == 3
    meeting = store.change_now(meetings.open_, "support", person)
    store.change_now(meetings.receive, meeting, "Ole Moe, Kontaktbetjent", True)
    store.change_now(meetings.receive, meeting, "Kari Nordmannsen, Nav", True)
    assert len(counted(store, person)["unmet"].behind) == 3, "another name is another person"
    store.change_now(meetings.receive, meeting, "KARI  NORDMANN, Nav", True)
    found = counted(store, person)["unmet"]
    assert {frozenset(one.people) for one in found.behind} == {
        frozenset({"Ole Moe", "Siri Dahl"}), frozenset({"Kari Nordmann", "Siri Dahl"}),
    }  # fmt: skip
    assert found.months == (3, 3, 3, 3, 3, 2)


def test_what_waited_is_told_in_days(store: Store, person: int, hands: Hands) -> None:
    change = store.change_now
    change(applications.add, person, {"agency": "nav", "about": "Bolig", "sent": ago(40)})
    change(applications.add, person, {
        "agency": "nav", "about": "Penger", "sent": ago(90), "decided": ago(30), "outcome": "granted",
    })  # fmt: skip
    change(applications.add, person, {"agency": "nav", "about": "Ikke sendt"})
    asked = change(tasks.add, person, {"text": "Papirer", "turn": "agency", "agency": "prison"})
    change(tasks.add, person, {"text": "Vårt", "turn": "ours"})
    hands.move(days=6)
    found = counted(store, person)
    assert [(one.text, one.days) for one in found["waiting"].behind] == [("Bolig", 46), ("Papirer", 6)]
    assert found["waiting"].longest == 46
    assert [(one.text, one.days) for one in found["answered"].behind] == [("Penger", 60)]
    # Sent 24 August and decided 23 October; sent 13 October; asked 22 November.
    assert found["waiting"].months == (0, 0, 1, 1, 1, 2)
    assert found["answered"].months == (0, 0, 0, 0, 1, 0)
    change(tasks.finish, asked, 1)
    assert [one.text for one in counted(store, person)["waiting"].behind] == ["Bolig"]
    assert {(one.text, one.days) for one in counted(store, person)["answered"].behind} == {
        ("Penger", 60),
        ("Papirer", 6),
    }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    drawn=st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 260), st.one_of(st.none(), st.integers(0, 260))), max_size=12
    ),
    months=st.sampled_from(fragmentation.PERIODS),
)
def test_helpers_and_new_ones_are_as_days_looked_at_one_by_one(
    store: Store, person: int, drawn: list[tuple[int, int, int | None]], months: int
) -> None:
    """Whoever is there on a day, looked for day by day, is counted on it."""
    rows(store, "DELETE FROM involvement")
    rows(store, "DELETE FROM contact")
    for who in range(4):
        store.change_now(people.add, {"name": f"Navn {who}", "agency": "nav"})
    first = min(number for (number,) in rows(store, "SELECT id FROM contact"))
    stretches = [(who, since, until) for who, since, until in drawn if until is None or until <= since]
    for who, since, until in stretches:
        rows(
            store, "INSERT INTO involvement (version, participant_id, contact_id, agency, role, since, until, note) "
            "VALUES (1, ?, ?, 'nav', 'nav_state', ?, ?, '')",
            person, first + who, ago(since).isoformat(), None if until is None else ago(until).isoformat(),
        )  # fmt: skip
    found = store.ask_now(fragmentation.fragmentation, person, months)
    by_id = {one.id: one for one in found.counts}
    there = {
        (ago(day), who) for who, since, until in stretches for day in range(since, -1 if until is None else until, -1)
    }
    assert by_id["helpers"].months == tuple(sum(day == end for day, _who in there) for end in found.ends)
    assert by_id["helpers"].number == sum(day == TODAY for day, _who in there)
    begun = {who: min(ago(since) for other, since, _until in stretches if other == who) for who, _s, _u in stretches}
    assert by_id["new"].number == sum(found.since < day for day in begun.values())
