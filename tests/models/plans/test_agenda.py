"""The agenda against a plain model; what it costs in steps of an index; and the calendar made of it."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from models.consents import consents
from models.participants import participants
from models.plans import agenda, applications, appointments, tasks
from models.plans import calendar as calendar_export
from models.plans.agenda import AgendaItem, AgendaQuery
from models.storage.actions import action
from models.storage.reading import Reading
from models.store import Store
from models.team import staff

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


def whole(store: Store, query: AgendaQuery) -> dict[str, list[AgendaItem]]:
    counts = store.ask_now(agenda.groups, query)
    items = store.ask_now(agenda.page, query, counts, 0, 10_000)
    # A window is a piece of the whole, wherever it begins.
    for offset in (0, 1, len(items) // 2, max(0, len(items) - 1)):
        assert store.ask_now(agenda.page, query, counts, offset, 3) == items[offset : offset + 3]
    found, start = {}, 0
    for group, count in counts.items():
        found[group] = items[start : start + count]
        start += count
    assert start == len(items)
    return found


def names(found: dict[str, list[AgendaItem]]) -> dict[str, list[tuple[str, str]]]:
    return {group: [(item.kind, item.text) for item in items] for group, items in found.items() if items}


def meet(store: Store, person: int, day: date, title: str, **more: Any) -> int:
    moment = store.clock.stored(datetime(day.year, day.month, day.day, more.pop("hour", 10)))
    return store.change_now(appointments.add, person, {"title": title, "at": moment, **more})


@pytest.fixture
def ola(store: Store) -> int:
    store.change_now(staff.join, "ola", "Ola Sørli", "caseworker", "")
    return next(one.id for one in store.ask_now(staff.team) if one.user == "ola")


@pytest.fixture
def other(store: Store, ola: int) -> int:
    return store.change_now(
        participants.add,
        {"given_name": "Bjørn", "worker": ola, "release_date": TODAY + 5 * DAY, "risk_areas": "Grønland"},
    )


@pytest.fixture
def filled(store: Store, person: int, other: int, ola: int) -> None:
    """kari (1) follows `person`, ola `other`."""
    meet(store, person, TODAY - DAY, "glemt", worker=1)
    meet(store, person, TODAY, "sent i dag", hour=15, worker=1, driver=ola)
    meet(store, other, TODAY, "tidlig i dag", hour=8, worker=ola, driver=ola)
    meet(store, other, TODAY + 7 * DAY, "om en uke", worker=ola, driver=1)
    meet(store, person, TODAY + 8 * DAY, "senere", worker=1)
    gone = meet(store, person, TODAY - 3 * DAY, "holdt", worker=1)
    store.change_now(appointments.attend, gone, 1)
    store.change_now(appointments.cancel, meet(store, person, TODAY, "avlyst", worker=1), 1)
    for text, due, owner in (
        ("forfalt", TODAY - 9 * DAY, 1), ("i dag", TODAY, 1), ("udatert", None, 1), ("olas", TODAY + DAY, ola),
    ):  # fmt: skip
        store.change_now(tasks.add, person, {"text": text, "due": due, "owner": owner})
    store.change_now(tasks.add, None, {"text": "teamets", "due": TODAY + 2 * DAY})
    done = store.change_now(tasks.add, person, {"text": "gjort", "due": TODAY})
    store.change_now(tasks.finish, done, 1)
    store.change_now(
        applications.add, person,
        {"agency": "nav", "about": "bolig", "sent": TODAY - 40 * DAY, "complement_asked": TODAY - 5 * DAY},
    )  # fmt: skip
    store.change_now(
        applications.add, other,
        {"agency": "nav", "about": "klage", "sent": TODAY - 40 * DAY, "decided": TODAY - DAY, "outcome": "refused",
         "appeal_deadline": TODAY + 20 * DAY},
    )  # fmt: skip


@pytest.mark.parametrize("whose", [AgendaQuery(), AgendaQuery(worker=1)])
def test_what_somebody_has_today_is_found_the_appointment_first(
    store: Store, filled: None, person: int, other: int, whose: AgendaQuery
) -> None:
    counts = store.ask_now(agenda.groups, whose)
    items = store.ask_now(agenda.page, whose, counts, 0, 100)
    place = store.ask_now(agenda.place_today, whose, counts, person)
    assert place is not None
    assert (items[place].kind, items[place].text) == ("appointment", "sent i dag")
    there = store.ask_now(agenda.place_today, whose, counts, other)
    assert (None if there is None else items[there].text) == ("tidlig i dag" if whose.worker is None else None)
    store.change_now(appointments.cancel, items[place].id, items[place].version)
    counts = store.ask_now(agenda.groups, whose)
    place = store.ask_now(agenda.place_today, whose, counts, person)
    assert place is not None
    assert store.ask_now(agenda.page, whose, counts, place, 1)[0].text == "i dag"


def test_the_team_s_agenda(store: Store, filled: None) -> None:
    assert names(whole(store, AgendaQuery())) == {
        "overdue": [("task", "forfalt"), ("complement", "bolig"), ("appointment", "glemt")],
        "today": [("task", "i dag"), ("appointment", "tidlig i dag"), ("appointment", "sent i dag")],
        "week": [("task", "olas"), ("task", "teamets"), ("release", ""), ("appointment", "om en uke")],
        "later": [("appointment", "senere"), ("appeal", "klage")],
        "undated": [("task", "udatert")],
        "after": [("after", "holdt")],
    }


def test_one_worker_s_agenda_is_what_they_do_drive_or_answer_for(store: Store, filled: None, ola: int) -> None:
    assert names(whole(store, AgendaQuery(worker=ola))) == {
        "today": [("appointment", "tidlig i dag"), ("appointment", "sent i dag")],
        "week": [("task", "olas"), ("release", ""), ("appointment", "om en uke")],
        "later": [("appeal", "klage")],
    }
    # kari drives, and what is the team's own is hers to see to as team leader.
    assert names(whole(store, AgendaQuery(worker=1)))["week"] == [("task", "teamets"), ("appointment", "om en uke")]


def test_one_participant_s_agenda(store: Store, filled: None, person: int, other: int) -> None:
    assert names(whole(store, AgendaQuery(participant=other))) == {
        "today": [("appointment", "tidlig i dag")],
        "week": [("release", ""), ("appointment", "om en uke")],
        "later": [("appeal", "klage")],
    }
    assert {item.participant for items in whole(store, AgendaQuery(participant=person)).values() for item in items} == {
        person
    }


def test_an_item_says_all_that_is_needed(store: Store, filled: None, other: int) -> None:
    early = whole(store, AgendaQuery())["today"][1]
    assert (early.code, early.name, early.risk_areas, early.who, early.driver) == (
        "EX-002",
        "Bjørn",
        "Grønland",
        "OS",
        "OS",
    )
    assert early.day == TODAY
    assert early.participant == other


def test_a_consent_that_ends_is_on_the_agenda_when_the_warning_begins(store: Store, person: int) -> None:
    def give(until: date) -> None:
        values = {"agency": "nav", "role": "nav_state", "given": TODAY - 300 * DAY, "valid_until": until}
        store.change_now(consents.give, person, values)

    give(TODAY + 31 * DAY)
    assert names(whole(store, AgendaQuery())) == {}
    give(TODAY + 30 * DAY)
    assert names(whole(store, AgendaQuery(worker=1))) == {"later": [("consent", "nav_state")]}


def test_no_more_than_the_bound_is_counted_or_read(store: Store, person: int) -> None:
    @action("test_agenda.many")
    def many(work: Any) -> None:
        for number in range(agenda.COUNTED + 20):
            tasks.add(work, person, {"text": str(number), "due": TODAY - DAY})

    store.change_now(many)
    found = whole(store, AgendaQuery())
    assert len(found["overdue"]) == agenda.COUNTED


def test_random_days_land_in_the_group_they_belong_to(store: Store, person: int) -> None:
    chance = random.Random(7)
    expected: dict[str, list[tuple[date, str]]] = {group: [] for group in agenda.GROUPS}
    for number in range(80):
        day = TODAY + chance.randint(-12, 20) * DAY
        away = (day - TODAY).days
        group = "overdue" if away < 0 else "today" if away == 0 else "week" if away <= 7 else "later"
        expected[group].append((day, f"{number:02}"))
        store.change_now(tasks.add, person, {"text": f"{number:02}", "due": day})
    found = whole(store, AgendaQuery())
    assert {group: [(item.day, item.text) for item in items] for group, items in found.items()} == {
        group: sorted(pairs) for group, pairs in expected.items()
    }


@pytest.mark.parametrize("query", [AgendaQuery(), AgendaQuery(worker=1), AgendaQuery(participant=1)])
@pytest.mark.parametrize("group", agenda.GROUPS)
def test_every_step_goes_through_an_index(store: Store, query: AgendaQuery, group: str) -> None:
    def plan(reading: Reading) -> list[str]:
        statement, values = agenda._group(reading, query, group)
        ordered = f"EXPLAIN QUERY PLAN {statement} ORDER BY day, at, kind, id LIMIT 64"
        return [row[3] for row in reading.sql(ordered, values)]

    scans = [step for step in store.ask_now(plan) if step.startswith("SCAN") and step != "SCAN CONSTANT ROW"]
    assert scans == []


# ---------------------------------------------------------------------- the calendar


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_a_calendar_names_nobody_unless_asked(store: Store, filled: None, person: int) -> None:
    meet(store, person, TODAY + DAY, "Møte med Håkon", with_whom="Tor i NAV", place="Ila fengsel", worker=1)
    plain, about = store.ask_now(calendar_export.calendar, AgendaQuery())
    for secret in ("Håkon", "Sæthre", "Bjørn", "Tor", "Ila", "bolig", "teamets", "klage"):
        assert secret.encode() not in plain
    assert about == (person, person + 1)
    summaries = [str(event["summary"]) for event in events(plain)]
    assert "EX-001: appointment" in summaries
    assert "EX-002: release" in summaries
    named, _about = store.ask_now(calendar_export.calendar, AgendaQuery(), names=True)
    (event,) = [one for one in events(named) if "Møte med" in one["summary"]]
    assert event["summary"] == "Håkon Sæthre · Møte med Håkon · Tor i NAV"
    assert event["location"] == "Ila fengsel"


def test_a_calendar_has_the_times_and_the_rules(store: Store, person: int) -> None:
    meet(store, person, TODAY + 2 * DAY, "fast", minutes=45, repeats="biweekly")
    store.change_now(tasks.add, person, {"text": "hele dagen", "due": TODAY})
    day, timed = events(store.ask_now(calendar_export.calendar, AgendaQuery(participant=person))[0])
    assert (day.decoded("dtstart"), "dtend" in day) == (TODAY, False)
    assert timed.decoded("dtend") - timed.decoded("dtstart") == timedelta(minutes=45)
    assert timed.decoded("dtstart").hour == 10
    assert timed["rrule"].to_ical() == b"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"


def test_a_calendar_leaves_out_what_lies_behind(store: Store, filled: None) -> None:
    named = store.ask_now(calendar_export.calendar, AgendaQuery(), names=True)[0].decode()
    assert "glemt" not in named
    assert "forfalt" not in named
