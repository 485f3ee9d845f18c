"""Who is to be in two places at once, and whether the car is; told, and nothing refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from models.participants import participants
from models.plans import appointments, clashes
from models.restrictions import restrictions
from models.store import Store
from models.team import staff

TODAY = date(2026, 11, 22)


@pytest.fixture
def ola(session: Callable[[str], Store], store: Store) -> int:
    session("ola")
    return store.ask_now(staff.by_user, "ola").id


@pytest.fixture
def other(store: Store) -> int:
    return store.change_now(participants.add, {"given_name": "Bo"})


def put(store: Store, person: int, clock: str, minutes: int | None = None, days: int = 1, **parts: Any) -> int:
    hour, minute = map(int, clock.split(":"))
    at = store.clock.stored(datetime.combine(TODAY + timedelta(days=days), time(hour, minute)))
    values = {"title": "NAV", "at": at, "minutes": minutes, **parts}
    return store.change_now(appointments.add, person, values)


def told(store: Store, number: int) -> list[tuple[int, str, str]]:
    return [(one.id, one.who, one.drives) for one in store.ask_now(clashes.of_one, number)]


@pytest.mark.parametrize(
    ("begins", "minutes", "clash"),
    [
        ("10:00", 60, True), ("10:59", 5, True), ("11:00", 60, False), ("09:00", 60, False), ("09:00", 61, True),
        ("09:30", None, True), ("09:00", None, False), ("10:15", 15, True), ("08:00", 300, True),
    ],
)  # fmt: skip
def test_what_overlaps_clashes_and_what_only_touches_does_not(
    store: Store, person: int, other: int, begins: str, minutes: int | None, clash: bool
) -> None:
    here = put(store, other, "10:00", 60, worker=1)
    assert told(store, put(store, person, begins, minutes, worker=1)) == ([(here, "KN", "")] if clash else [])


def test_somebody_drives_or_goes_along_but_is_one_person(store: Store, person: int, other: int, ola: int) -> None:
    here = put(store, other, "10:00", worker=ola, driver=1)
    assert told(store, put(store, person, "10:30", worker=1)) == [(here, "KN", "")]
    assert told(store, put(store, person, "10:30", worker=ola)) == [(here, "OS", "")]


def test_the_car_is_one(store: Store, person: int, other: int, ola: int) -> None:
    here = put(store, other, "10:00", worker=1, driver=1)
    assert told(store, put(store, person, "10:30", worker=ola, driver=ola)) == [(here, "", "KN")]
    assert told(store, put(store, person, "12:30", worker=ola, driver=ola)) == []


def test_it_goes_on_over_midnight_and_only_what_is_planned_counts(store: Store, person: int, other: int) -> None:
    night = put(store, other, "22:00", 300, worker=1)
    late = put(store, person, "01:00", days=2, worker=1)
    assert told(store, late) == [(night, "KN", "")]
    store.change_now(appointments.cancel, night, 1)
    assert told(store, late) == []


def test_nobody_clashes_with_nobody(store: Store, person: int, other: int) -> None:
    put(store, other, "10:00")
    assert told(store, put(store, person, "10:00")) == []


def test_nothing_is_told_of_whom_one_may_not_see(
    store: Store, session: Callable[[str], Store], person: int, other: int, ola: int
) -> None:
    put(store, other, "10:00", worker=ola)
    number = put(store, person, "10:00", worker=ola)
    store.change_now(restrictions.restrict, other, {"may_see": [], "reason": "Slektning i teamet"})
    assert len(told(store, number)) == 1
    assert session("ola").ask_now(clashes.of_one, number) == []
