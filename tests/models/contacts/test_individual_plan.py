"""The individual plan: one a participant, its states on the line of time, its revision on the agenda."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from models import column_words, timeline
from models.contacts import individual_plan, people
from models.contacts.individual_plan import PlanError
from models.plans import agenda
from models.plans.agenda import AgendaQuery
from models.storage.work import Gone
from models.store import Store
from models.timeline import TimelineQuery
from tests.models.case_sample import examined

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


def note(store: Store, person: int, **values: Any) -> int:
    return store.change_now(individual_plan.add, person, {"state": "in_place", **values})


def told(store: Store, person: int) -> list[tuple[str, str]]:
    lines = store.ask_now(timeline.page, TimelineQuery(person), 0, 50)
    return [
        (line.kind, str(line.detail["date"])) for line in reversed(lines) if line.kind.startswith("individual_plan")
    ]


def due(store: Store, person: int) -> dict[str, list[date | None]]:
    query = AgendaQuery(participant=person)
    counts = store.ask_now(agenda.groups, query)
    items = store.ask_now(agenda.page, query, counts, 0, 50)
    return {"plan": [item.day for item in items if item.kind == "plan"], "overdue": [None] * counts["overdue"]}


def test_a_plan_is_noted_once_and_its_steps_are_told(store: Store, person: int) -> None:
    assert store.ask_now(individual_plan.of, person) is None
    plan = note(store, person, state="wanted", since=TODAY - 60 * DAY)
    with pytest.raises(PlanError, match="already"):
        note(store, person)
    version = store.change_now(individual_plan.change, plan, 1, {"state": "applied"})
    found = store.ask_now(individual_plan.of, person)
    assert found is not None
    assert (found.state, found.since) == ("applied", TODAY)
    revision = TODAY + 30 * DAY
    store.change_now(individual_plan.change, plan, version, {
        "state": "in_place", "since": TODAY - DAY, "revision": revision, "agency": "nav",
    })  # fmt: skip
    assert told(store, person) == [
        ("individual_plan", "2026-09-23"), ("individual_plan", "2026-11-21"), ("individual_plan", "2026-11-22"),
        ("individual_plan_revision", revision.isoformat()),
    ]  # fmt: skip
    assert due(store, person)["plan"] == [revision]
    assert examined(store).flaws == ()


def test_a_revision_that_has_passed_stays_on_top_of_the_agenda_until_it_is_moved(store: Store, person: int) -> None:
    plan = note(store, person, since=TODAY - 90 * DAY, revision=TODAY - 2 * DAY)
    found = store.ask_now(individual_plan.of, person)
    assert found is not None
    assert found.overdue(TODAY)
    assert not found.overdue(TODAY - 2 * DAY)
    assert due(store, person) == {"plan": [TODAY - 2 * DAY], "overdue": [None]}
    store.change_now(individual_plan.change, plan, 1, {"state": "ended"})
    assert due(store, person) == {"plan": [], "overdue": []}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"state": "perhaps"}, "^How it stands"),
        ({"state": ""}, "^How it stands"),
        ({"agency": "hos mor"}, "^Their agency: the programme knows no agency"),
        ({"since": TODAY + DAY}, "^Since"),
        ({"revision": TODAY - DAY}, "^Next revision: the day lies before 22.11.2026"),
        ({"whatever": 1}, "no field called whatever"),
    ],
)
def test_what_cannot_be_so_is_said_at_its_field(store: Store, person: int, values: dict[str, Any], said: str) -> None:
    with pytest.raises(PlanError, match=said):
        note(store, person, **values)
    assert store.ask_now(individual_plan.of, person) is None
    with pytest.raises(Gone):
        store.change_now(individual_plan.change, 99, 1, {})


def test_the_coordinators_agency_is_that_of_the_register_also_when_merged(store: Store, person: int) -> None:
    kari = store.change_now(people.add, {"name": "Kari Nordmann", "agency": "nav"})
    double = store.change_now(people.add, {"name": "K. Nordmann", "agency": "nav"})
    note(store, person, coordinator=double, agency="prison")
    assert store.change_now(people.merge, kari, double) == 1
    found = store.ask_now(individual_plan.of, person)
    assert found is not None
    assert (found.coordinator, found.coordinator_name, found.agency) == (kari, "Kari Nordmann", "nav")


def test_the_state_is_told_in_words(store: Store) -> None:
    assert store.ask_now(column_words.written, "individual_plan", "state", "in_place") == "In place"
