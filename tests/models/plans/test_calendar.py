"""The calendar file as two libraries that are no part of the program read it, through both changes of clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.rrule import MONTHLY, WEEKLY, rrule
from ical.calendar_stream import IcsCalendarStream

from models.consents import consents
from models.participants import participants
from models.plans import appointments, calendar, tasks
from models.plans.agenda import AgendaQuery
from models.plans.time_zone import time_zone
from models.storage import undo
from models.store import Store
from models.team import staff
from tests.models.case_sample import Hands

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
OSLO = ZoneInfo("Europe/Oslo")
END = datetime(2028, 11, 22, tzinfo=OSLO)
Times = list[str]


def written(store: Store, query: AgendaQuery | None = None, **how: Any) -> str:
    return store.ask_now(calendar.calendar, query or AgendaQuery(), **how)[0].decode()


def by_ical(text: str) -> Times:
    """Every time of two years as allenporter's ical reads them, which builds the zone of the file itself."""
    timeline = IcsCalendarStream.calendar_from_ics(text).timeline_tz(OSLO)
    found = timeline.overlapping(datetime(2026, 1, 1, tzinfo=OSLO), END)
    return sorted(told(event.start) for event in found)


def by_vobject(text: str) -> Times:
    """The same as vobject reads them, with the exceptions laid over the rules as RFC 5545 says."""
    events = vobject.readOne(text).contents.get("vevent", [])
    moved = {
        (str(one.uid.value), told(one.recurrence_id.value)): one for one in events if "recurrence-id" in one.contents
    }
    found = [told(one.dtstart.value) for one in moved.values()]
    for event in events:
        if "recurrence-id" in event.contents:
            continue
        dates = event.getrruleset(addRDate=False) if "rrule" in event.contents else None
        for at in [event.dtstart.value] if dates is None else dates.between(*_bounds(event.dtstart.value), inc=True):
            value = at.date() if dates is not None and not isinstance(event.dtstart.value, datetime) else at
            if (str(event.uid.value), told(value)) not in moved:
                found.append(told(value))
    return sorted(found)


def _bounds(start: date) -> tuple[datetime, datetime]:
    aware = isinstance(start, datetime) and start.tzinfo is not None
    first, last = datetime(2026, 1, 1), END.replace(tzinfo=None)
    return (first.replace(tzinfo=start.tzinfo), last.replace(tzinfo=start.tzinfo)) if aware else (first, last)  # type: ignore[attr-defined]


def told(at: date) -> str:
    """A day, or a moment in UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}" if isinstance(at, datetime) else f"{at:%Y-%m-%d}"


READERS: dict[str, Callable[[str], Times]] = {"ical": by_ical, "vobject": by_vobject}


@pytest.fixture(params=READERS)
def read(request: pytest.FixtureRequest) -> Callable[[str], Times]:
    return READERS[request.param]


def at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), OSLO)


def meet(store: Store, person: int, when: datetime, repeats: str = "", **more: Any) -> int:
    values = {"title": "NAV", "at": int(when.timestamp()), "repeats": repeats, **more}
    return store.change_now(appointments.add, person, values)


def by_rule(first: datetime, freq: int, **rule: Any) -> Times:
    """The oracle: local times by a rule, each at its own offset."""
    start = first.replace(tzinfo=None)
    return [
        told(one.replace(tzinfo=OSLO)) for one in rrule(freq, dtstart=start, until=END.replace(tzinfo=None), **rule)
    ]


def version(store: Store, number: int) -> int:
    return store.ask_now(appointments.one, number).version


# ---------------------------------------------------------------------- two years


RULES = {
    "weekly": (at(TODAY + 2 * DAY), WEEKLY, {}),
    "biweekly": (at(TODAY + 2 * DAY, 0), WEEKLY, {"interval": 2}),
    "monthly": (at(date(2026, 12, 31), 23), MONTHLY, {"bymonthday": (31, -1), "bysetpos": 1}),
}


@pytest.mark.parametrize("choice", RULES)
def test_two_years_have_the_same_times_everywhere(
    store: Store, person: int, read: Callable[[str], Times], choice: str
) -> None:
    first, freq, rule = RULES[choice]
    meet(store, person, first, choice)
    expected = by_rule(first, freq, **rule)
    offsets = {at.utcoffset() for at in (first, first + 150 * DAY)}
    assert len(offsets) == 2, "no change of clock lies between"
    assert read(written(store)) == expected


def test_a_day_repeats_as_a_day(store: Store, person: int, read: Callable[[str], Times]) -> None:
    store.change_now(tasks.add, person, {"text": "ring", "due": TODAY, "repeats": "biweekly"})
    days = rrule(WEEKLY, interval=2, dtstart=datetime(2026, 11, 22), until=END.replace(tzinfo=None))
    assert read(written(store)) == [f"{one:%Y-%m-%d}" for one in days]


def test_what_became_of_single_times_is_told(
    store: Store, person: int, hands: Hands, read: Callable[[str], Times]
) -> None:
    """Attended, moved and attended, called off, let pass, moved and waiting; and the rest as it was."""
    first = at(TODAY + DAY)
    expected = by_rule(first, WEEKLY)

    def last() -> int:
        return store.ask_now(appointments.of, person)[-1].id

    meet(store, person, first, "weekly")
    hands.move(days=1, hours=3)
    store.change_now(appointments.attend, last(), version(store, last()))
    store.change_now(appointments.move, last(), version(store, last()), 2)
    hands.move(days=9)
    store.change_now(appointments.miss, last(), version(store, last()))
    store.change_now(appointments.cancel, last(), version(store, last()))
    hands.move(days=25)
    store.change_now(appointments.attend, last(), version(store, last()))
    store.change_now(appointments.move, last(), version(store, last()), 1)
    expected[1] = told(at(TODAY + 10 * DAY))
    expected[5] = told(at(TODAY + 37 * DAY))
    # The 7th of December was called off; the 21st passed before the 14th was noted.
    for gone in (4, 2):
        del expected[gone]
    assert read(written(store)) == sorted(expected)


def test_one_moved_behind_the_next_is_told_beside_it(store: Store, person: int, read: Callable[[str], Times]) -> None:
    first = at(TODAY + DAY)
    number = meet(store, person, first, "weekly")
    store.change_now(appointments.move_to, number, version(store, number), TODAY + 9 * DAY)
    assert read(written(store)) == sorted([*by_rule(first, WEEKLY)[1:], told(at(TODAY + 9 * DAY))])


def test_one_moved_onto_a_later_time_is_there_once(store: Store, person: int, read: Callable[[str], Times]) -> None:
    first = at(TODAY + DAY)
    number = meet(store, person, first, "weekly")
    store.change_now(appointments.move, number, version(store, number), 7)
    assert read(written(store)) == by_rule(first, WEEKLY)[1:]


def test_a_series_stays_while_one_of_it_is_overdue(
    store: Store, person: int, hands: Hands, read: Callable[[str], Times]
) -> None:
    first = at(TODAY + DAY)
    meet(store, person, first, "weekly")
    hands.move(days=3)
    assert read(written(store)) == by_rule(first, WEEKLY)


def test_another_rule_from_one_time_on(store: Store, person: int, hands: Hands, read: Callable[[str], Times]) -> None:
    number = meet(store, person, at(TODAY + DAY), "weekly")
    hands.move(days=1, hours=3)
    store.change_now(appointments.attend, number, version(store, number))
    number = store.ask_now(appointments.of, person)[-1].id
    later = {"at": int(at(TODAY + 9 * DAY, 12).timestamp())}
    store.change_now(appointments.change, number, version(store, number), later, following=True)
    assert read(written(store)) == by_rule(at(TODAY + 9 * DAY, 12), WEEKLY)


def test_times_that_are_somebody_else_s_are_left_out(store: Store, person: int, read: Callable[[str], Times]) -> None:
    store.change_now(staff.join, "ola", "Ola Sørli", "caseworker", "")
    ola = store.ask_now(staff.by_user, "ola").id
    first = at(TODAY + DAY)
    number = meet(store, person, first, "weekly", worker=1)
    store.change_now(appointments.move_to, number, version(store, number), TODAY + 9 * DAY)
    store.change_now(appointments.change, number, version(store, number), {"worker": ola})
    times = by_rule(first, WEEKLY)
    assert read(written(store, AgendaQuery(worker=1))) == times[1:]
    assert read(written(store, AgendaQuery(worker=ola))) == [told(at(TODAY + 9 * DAY))]


# ---------------------------------------------------------------------- identity


def identities(text: str) -> dict[str, int]:
    """The sequence numbers by identity; those of one series are the same."""
    events = vobject.readOne(text).contents.get("vevent", [])
    found: dict[str, int] = {}
    for event in events:
        number = int(event.sequence.value)
        assert found.setdefault(str(event.uid.value), number) == number
    return found


def test_an_event_stays_itself_and_its_sequence_only_grows(store: Store, person: int, hands: Hands) -> None:
    number = meet(store, person, at(TODAY + DAY), "weekly")

    def last() -> int:
        return store.ask_now(appointments.of, person)[-1].id

    seen = identities(written(store))
    acts: list[Callable[[], Any]] = [
        lambda: store.change_now(appointments.move, number, version(store, number), 1),
        lambda: store.change_now(undo.undo),
        lambda: hands.move(days=2),
        lambda: store.change_now(appointments.attend, number, version(store, number)),
        lambda: store.change_now(undo.undo),
        lambda: store.change_now(appointments.attend, number, version(store, number)),
        lambda: store.change_now(appointments.change, last(), version(store, last()), {"repeats": ""}),
    ]
    for act in acts:
        act()
        now = identities(written(store))
        assert now.keys() == seen.keys()
        assert all(now[uid] >= seen[uid] for uid in seen)
        seen = now
    assert next(iter(seen.values())) > 3


def test_every_kind_of_date_has_its_own_identity(store: Store, person: int) -> None:
    store.change_now(participants.change, person, 1, {"release_date": TODAY + 5 * DAY})
    given = {"role": "nav_state", "agency": "nav", "given": TODAY, "valid_until": TODAY + 6 * DAY}
    store.change_now(consents.give, person, given)
    meet(store, person, at(TODAY))
    store.change_now(tasks.add, person, {"text": "ring", "due": TODAY})
    first = identities(written(store))
    assert len(first) == 4
    assert all(number > 0 for number in first.values())
    file = store.ask_now(participants.file_of, person)
    store.change_now(participants.change, person, file.version, {"release_date": TODAY + 8 * DAY})
    second = identities(written(store))
    assert second.keys() == first.keys()
    assert sum(second[uid] > first[uid] for uid in first) == 1


def test_no_two_vaults_share_an_identity(session: Callable[[str], Store], store: Store, person: int) -> None:
    meet(store, person, at(TODAY))
    (here,) = identities(written(store))
    store._now(lambda: store._database.execute_sql("UPDATE seal SET value = 'another' WHERE key = 'vault_id'"))
    (there,) = identities(written(store))
    assert here != there


# ---------------------------------------------------------------------- the zone


@pytest.mark.parametrize("zone", ["Europe/Oslo", "Pacific/Auckland", "America/New_York", "Asia/Tokyo"])
def test_the_zone_in_the_file_is_the_zone(zone: str) -> None:
    """Every hour of two years by the file's own rules, as vobject's reader has them, and by the zone."""
    text = f"BEGIN:VCALENDAR\r\n{time_zone(ZoneInfo(zone), 2025).to_ical().decode()}END:VCALENDAR\r\n"
    file = vobject.readOne(text).vtimezone.tzinfo
    for hour in range(0, 2 * 365 * 24, 5):
        local = datetime(2026, 1, 1) + timedelta(hours=hour)
        there = local.replace(tzinfo=ZoneInfo(zone))
        if there.astimezone(UTC).astimezone(there.tzinfo).replace(tzinfo=None) != local:
            continue  # the clocks leave this time out
        assert local.replace(tzinfo=file).utcoffset() == there.utcoffset(), local


def test_the_zone_is_told_where_something_needs_it(store: Store, person: int) -> None:
    meet(store, person, at(TODAY + DAY))
    assert "VTIMEZONE" not in written(store)
    meet(store, person, at(TODAY + DAY), "weekly")
    text = written(store)
    assert "TZID=Europe/Oslo" in text
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert text.index("BEGIN:VTIMEZONE") < text.index("BEGIN:VEVENT")
