"""What repeats keeps to its own times, whatever becomes of one of them: appointments and tasks, moved in every way."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from dateutil.rrule import MO, MONTHLY, WEEKLY, rrule

from config.programme.shapes import Programme
from models.plans import appointments, tasks
from models.plans.appointments import AppointmentError
from models.plans.tasks import TaskError
from models.storage import undo
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.tables import Appointment, Task
from models.values.clock import Clock
from models.vault import sealed
from tests.models.case_sample import Hands, examined, rows

TODAY = date(2026, 11, 22)
MONDAY = date(2026, 11, 30)
DAY = timedelta(days=1)
TEN = time(10)


class Meetings:
    """Appointments of one participant, all at ten."""

    def __init__(self, store: Store, person: int) -> None:
        self.store, self.person = store, person

    def moment(self, day: date, clock: time = TEN) -> int:
        return self.store.clock.stored(datetime.combine(day, clock))

    def put(self, day: date, repeats: str) -> int:
        values = {"title": "NAV", "at": self.moment(day), "repeats": repeats}
        return self.store.change_now(appointments.add, self.person, values)

    def version(self, number: int) -> int:
        return self.store.ask_now(appointments.one, number).version

    def move(self, number: int, days: int) -> date:
        return self.store.change_now(appointments.move, number, self.version(number), days)

    def move_to(self, number: int, day: date) -> None:
        self.store.change_now(appointments.move_to, number, self.version(number), day)

    def change(self, number: int, day: date, **how: Any) -> None:
        self.store.change_now(appointments.change, number, self.version(number), {"at": self.moment(day)}, **how)

    def close(self, number: int) -> None:
        self.store.change_now(appointments.attend, number, self.version(number))

    def waiting(self) -> list[date]:
        return [one.day for one in self.store.ask_now(appointments.of, self.person) if one.state == "planned"]

    def times(self) -> set[str]:
        found = self.store.ask_now(appointments.of, self.person)
        return {f"{self.store.clock.local(one.at):%H:%M}" for one in found}

    def last(self) -> int:
        return self.store.ask_now(appointments.of, self.person)[-1].id


class Chores:
    """Tasks of one participant."""

    def __init__(self, store: Store, person: int) -> None:
        self.store, self.person = store, person

    def put(self, day: date, repeats: str) -> int:
        return self.store.change_now(tasks.add, self.person, {"text": "ring", "due": day, "repeats": repeats})

    def version(self, number: int) -> int:
        return self.store.ask_now(tasks.one, number).version

    def move(self, number: int, days: int) -> date:
        return self.store.change_now(tasks.move, number, self.version(number), days)

    def move_to(self, number: int, day: date) -> None:
        self.store.change_now(tasks.move_to, number, self.version(number), day)

    def change(self, number: int, day: date, **how: Any) -> None:
        self.store.change_now(tasks.change, number, self.version(number), {"due": day}, **how)

    def close(self, number: int) -> None:
        self.store.change_now(tasks.finish, number, self.version(number))

    def waiting(self) -> list[date | None]:
        return [one.due for one in self.store.ask_now(tasks.of, self.person) if one.state == "open"]


KINDS = {"appointment": Meetings, "task": Chores}


@pytest.fixture(params=KINDS)
def agreed(request: pytest.FixtureRequest, store: Store, person: int) -> Meetings | Chores:
    return KINDS[request.param](store, person)


def by_move(agreed: Meetings | Chores, number: int, day: date) -> None:
    """A day at a time, as the keys do."""
    while (here := agreed.waiting()[-1]) != day:
        assert here is not None
        agreed.move(number, 7 if day - here >= 7 * DAY else 1 if day > here else -1)


WAYS = {
    "keys": by_move,
    "typed": lambda agreed, number, day: agreed.move_to(number, day),
    "form": lambda agreed, number, day: agreed.change(number, day),
}
# The choice, the first day, where it is moved to, and the day that comes next, whichever way it went there.
MOVED = {
    "two weeks, into the other week": ("biweekly", MONDAY, MONDAY + 7 * DAY, MONDAY + 14 * DAY),
    "two weeks, into the week before": ("biweekly", MONDAY, MONDAY - 3 * DAY, MONDAY + 14 * DAY),
    "two weeks, a Friday over the weekend": ("biweekly", date(2026, 11, 27), MONDAY, date(2026, 12, 11)),
    "two weeks, into the same week": ("biweekly", MONDAY, MONDAY + 3 * DAY, MONDAY + 14 * DAY),
    "a week, to its next time": ("weekly", MONDAY, MONDAY + 7 * DAY, MONDAY + 14 * DAY),
    "a week, into the same week": ("weekly", MONDAY, MONDAY + 2 * DAY, MONDAY + 7 * DAY),
    "a week, into the week before": ("weekly", MONDAY, MONDAY - 4 * DAY, MONDAY + 7 * DAY),
    "a month, into the next month": ("monthly", MONDAY, MONDAY + 4 * DAY, date(2026, 12, 30)),
    "a month, to an earlier day": ("monthly", MONDAY, MONDAY - 5 * DAY, date(2026, 12, 30)),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", MOVED)
def test_one_that_is_moved_moves_no_other(agreed: Meetings | Chores, hands: Hands, case: str, way: str) -> None:
    repeats, first, there, following = MOVED[case]
    number = agreed.put(first, repeats)
    WAYS[way](agreed, number, there)
    assert agreed.waiting() == [there]
    hands.move(days=(there - TODAY).days, hours=3)
    agreed.close(number)
    assert agreed.waiting() == [following]


@pytest.mark.parametrize("case", MOVED)
def test_what_is_closed_before_its_day_is_the_same(store: Store, person: int, case: str) -> None:
    repeats, first, there, following = MOVED[case]
    meetings = Meetings(store, person)
    number = meetings.put(first, repeats)
    meetings.move_to(number, there)
    store.change_now(appointments.cancel, number, meetings.version(number))
    assert meetings.waiting() == [following]


def test_the_next_time_does_not_wait_for_one_that_is_moved_behind_it(store: Store, person: int, hands: Hands) -> None:
    meetings = Meetings(store, person)
    number = meetings.put(MONDAY, "weekly")
    meetings.move_to(number, MONDAY + 8 * DAY)
    assert meetings.waiting() == [MONDAY + 7 * DAY, MONDAY + 8 * DAY]
    # Moved on and back, nothing is planned twice.
    meetings.move(number, 1)
    meetings.move(number, -3)
    assert meetings.waiting() == [MONDAY + 6 * DAY, MONDAY + 7 * DAY]
    hands.move(days=(MONDAY + 7 * DAY - TODAY).days, hours=3)
    meetings.close(number)
    assert meetings.waiting() == [MONDAY + 7 * DAY]
    meetings.close(meetings.last())
    assert meetings.waiting() == [MONDAY + 14 * DAY]
    assert examined(store).flaws == ()


def test_a_series_that_ends_ends_whole(store: Store, person: int) -> None:
    meetings = Meetings(store, person)
    number = meetings.put(MONDAY, "weekly")
    meetings.move_to(number, MONDAY + 8 * DAY)
    store.change_now(appointments.cancel, number, meetings.version(number), series=True)
    assert meetings.waiting() == []
    store.change_now(undo.undo)
    assert meetings.waiting() == [MONDAY + 7 * DAY, MONDAY + 8 * DAY]


def test_another_hour_for_one_time_is_for_that_one(store: Store, person: int, hands: Hands) -> None:
    meetings = Meetings(store, person)
    number = meetings.put(MONDAY, "weekly")
    store.change_now(appointments.move_to, number, meetings.version(number), MONDAY, time(14))
    hands.move(days=9)
    meetings.close(number)
    assert meetings.waiting() == [MONDAY + 7 * DAY]
    assert meetings.times() == {"14:00", "10:00"}


def test_what_is_moved_home_again_is_moved_no_more(agreed: Meetings | Chores) -> None:
    number = agreed.put(MONDAY, "biweekly")
    agreed.move(number, 1)
    agreed.move(number, -1)
    ask = appointments.one if isinstance(agreed, Meetings) else tasks.one
    assert agreed.store.ask_now(ask, number).moved_from is None


def test_those_that_follow_go_along_only_where_that_is_said(agreed: Meetings | Chores, hands: Hands) -> None:
    number = agreed.put(MONDAY, "biweekly")
    agreed.change(number, MONDAY + 2 * DAY, following=True)
    hands.move(days=11)
    agreed.close(number)
    assert agreed.waiting() == [MONDAY + 16 * DAY]


def test_nothing_goes_back_before_today(agreed: Meetings | Chores) -> None:
    for day in (TODAY, TODAY - DAY):
        number = agreed.put(day, "")
        with pytest.raises((AppointmentError, TaskError), match="would have passed"):
            agreed.move(number, -1)
    tomorrow = agreed.put(TODAY + DAY, "")
    assert agreed.move(tomorrow, -1) == TODAY


@pytest.mark.parametrize(
    ("choice", "oracle"),
    [
        ("weekly", rrule(WEEKLY, byweekday=MO, dtstart=datetime(2026, 11, 30), count=30)),
        ("biweekly", rrule(WEEKLY, interval=2, byweekday=MO, dtstart=datetime(2026, 11, 30), count=30)),
        ("monthly", rrule(MONTHLY, bymonthday=(30, -1), bysetpos=1, dtstart=datetime(2026, 11, 30), count=30)),
    ],
)
def test_two_years_of_moving_now_and_then_change_nothing(
    agreed: Meetings | Chores, hands: Hands, choice: str, oracle: rrule
) -> None:
    """Every third time is moved a little, by turns forwards and backwards; through four changes of clock."""
    number = agreed.put(MONDAY, choice)
    for turn, planned in enumerate(oracle):
        assert agreed.waiting() == [planned.date()]
        if turn % 3 == 1:
            agreed.move_to(number, planned.date() + (2 if turn % 2 else -2) * DAY)
        hands.moment = hands.moment.replace(year=planned.year, month=planned.month, day=planned.day) + 2 * DAY
        agreed.close(number)
        items = agreed.store.ask_now(appointments.of if isinstance(agreed, Meetings) else tasks.of, agreed.person)
        number = max(one.id for one in items)
    if isinstance(agreed, Meetings):
        assert agreed.times() == {"10:00"}


# ---------------------------------------------------------------------- vaults of before


@action("test_series.as_before")
def _as_before(work: Work, model: type[Any], number: int, **columns: Any) -> None:
    work.update(model, number, None, **columns)


def test_the_audit_tells_where_one_that_was_moved_belongs(
    store: Store, person: int, vault_folder: Path, clock: Clock, programme: Programme, passphrase: str, hands: Hands
) -> None:
    meetings, chores = Meetings(store, person), Chores(store, person)
    number, chore, still = (
        meetings.put(MONDAY, "biweekly"),
        chores.put(MONDAY, "biweekly"),
        chores.put(MONDAY, "weekly"),
    )
    for days in (3, 7):
        day = MONDAY + days * DAY
        store.change_now(_as_before, Appointment, number, at=meetings.moment(day), day=day)
        store.change_now(_as_before, Task, chore, due=day)
    for table in ("appointment", "task"):
        for column in ("series", "moved_from"):
            rows(store, f"DROP INDEX IF EXISTS {table}_series")
            rows(store, f"ALTER TABLE {table} DROP COLUMN {column}")
    rows(store, "DELETE FROM schema_step WHERE name LIKE '0011%'")
    rows(store, "PRAGMA user_version = 10")
    rows(store, "DELETE FROM change WHERE \"table\" IN ('appointment', 'task') AND operation = 'keep'")
    store.close()
    with closing(Store(sealed.unlock(vault_folder, "kari", passphrase), clock, programme)) as again:
        again.open()
        assert rows(again, "PRAGMA user_version") == [(11,)]
        assert again.ask_now(appointments.one, number).moved_from == meetings.moment(MONDAY)
        assert again.ask_now(tasks.one, chore).moved_from == MONDAY
        assert again.ask_now(tasks.one, still).moved_from is None
        meetings.store = chores.store = again
        hands.move(days=20)
        meetings.close(number)
        chores.close(chore)
        assert meetings.waiting() == [MONDAY + 14 * DAY]
        assert (MONDAY + 14 * DAY) in chores.waiting()
