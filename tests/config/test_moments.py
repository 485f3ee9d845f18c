"""Moments, hours and lengths as people in Norway write them, and what the program prints read back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import words
from config.date_parser import Meaning
from config.dates import (
    DateError,
    Written,
    format_date,
    format_hours,
    format_moment,
    parse_date,
    parse_minutes,
    parse_moment,
    parse_until,
    parse_written,
    relative_days,
    short_date,
    short_weekday,
    understood,
    week,
    weekday,
)

SUNDAY = date(2026, 11, 22)
MONDAY = date(2026, 11, 30)
NOW = time(9, 5)
near = st.dates(date(1950, 1, 1), date(2150, 12, 31))
prefers = st.sampled_from(["nearest", "past", "future"])


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = words.language()
    words.use("en")
    yield
    words.use(before)


def test_a_moment_today_is_now_by_the_local_clock_whatever_zone_it_names() -> None:
    assert parse_moment("today", SUNDAY, NOW.replace(tzinfo=UTC)) == datetime.combine(SUNDAY, NOW)
    assert parse_moment("22.11", SUNDAY, NOW) == datetime.combine(SUNDAY, NOW)
    assert parse_moment("21.11", SUNDAY, NOW) == datetime(2026, 11, 21, 12, 0, 1)
    assert parse_moment("23.11", SUNDAY, NOW) == datetime(2026, 11, 23, 12, 0, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20.11 14:30", datetime(2026, 11, 20, 14, 30)),
        ("20.11.26 kl 14.30", datetime(2026, 11, 20, 14, 30)),
        ("20.11, 14.30", datetime(2026, 11, 20, 14, 30)),
        ("20.11. 14", datetime(2026, 11, 20, 14)),
        ("20.11 1930", datetime(2026, 11, 20, 19, 30)),
        ("12. nov 1930", datetime(2026, 11, 12, 19, 30)),
        ("14:30", datetime(2026, 11, 22, 14, 30)),
        ("1430", datetime(2026, 11, 22, 14, 30)),
        ("kl 14.30", datetime(2026, 11, 22, 14, 30)),
        ("kl. 10.12", datetime(2026, 11, 22, 10, 12)),
        ("10.12", datetime(2026, 12, 10, 12, 0, 1)),
        ("9", datetime(2026, 11, 22, 9)),
        ("00:00", datetime(2026, 11, 22)),
        ("i går 9", datetime(2026, 11, 21, 9)),
        ("i går kl 0", datetime(2026, 11, 21)),
        ("-1d 10", datetime(2026, 11, 21, 10)),
        ("i går", datetime(2026, 11, 21, 12, 0, 1)),
        ("i dag", datetime(2026, 11, 22, 9, 5)),
        ("nå", datetime(2026, 11, 22, 9, 5)),
    ],
)
def test_moments_people_write(text: str, expected: datetime) -> None:
    assert parse_moment(text, SUNDAY, NOW) == expected


@given(st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)), near, prefers)
def test_a_written_moment_is_read_back(moment: datetime, today: date, prefer: Meaning) -> None:
    assert parse_moment(format_moment(moment), today, NOW, prefer) == moment.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("uke 50 fredag 10", datetime(2026, 12, 11, 10)),
        ("tirsdag 8. des 10", datetime(2026, 12, 8, 10)),
        ("ti 8.12 10:00", datetime(2026, 12, 8, 10)),
        ("fredag 27.11 kl 10", datetime(2026, 11, 27, 10)),
        ("fredag, 27.11, kl. 10.15", datetime(2026, 11, 27, 10, 15)),
        ("27. nov. 26 kl 10", datetime(2026, 11, 27, 10)),
        ("27.11 1430", datetime(2026, 11, 27, 14, 30)),
        ("neste tirsdag 14", datetime(2026, 12, 8, 14)),
        ("om en uke 10", datetime(2026, 12, 7, 10)),
        ("kl 10 mandag", datetime(2026, 11, 30, 10)),
        ("10 i morgen", datetime(2026, 12, 1, 10)),
        ("14:30 27.11", datetime(2026, 11, 27, 14, 30)),
        ("klokka 9", datetime(2026, 11, 30, 9)),
        ("2 pm tomorrow", datetime(2026, 12, 1, 14)),
        ("12 am", datetime(2026, 11, 30)),
        ("i kveld 19", datetime(2026, 11, 30, 19)),
        ("2026-11-27 14:30", datetime(2026, 11, 27, 14, 30)),
    ],
)
def test_a_day_and_an_hour_in_any_order(text: str, expected: datetime) -> None:
    assert parse_written(text, MONDAY, NOW) == Written(expected, timed=True)


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("fredag 14-15", datetime(2026, 12, 4, 14), datetime(2026, 12, 4, 15)),
        ("fredag 9-10", datetime(2026, 12, 4, 9), datetime(2026, 12, 4, 10)),
        ("fredag 14 – 15.30", datetime(2026, 12, 4, 14), datetime(2026, 12, 4, 15, 30)),
        ("fredag kl 9 til 10", datetime(2026, 12, 4, 9), datetime(2026, 12, 4, 10)),
        ("Friday 9 to 10", datetime(2026, 12, 4, 9), datetime(2026, 12, 4, 10)),
        ("14-15", datetime(2026, 11, 30, 14), datetime(2026, 11, 30, 15)),
        ("09:00–10:00 tirsdag", datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 10)),
        ("to 03.12 09:00–10:00", datetime(2026, 12, 3, 9), datetime(2026, 12, 3, 10)),
    ],
)
def test_from_when_to_when(text: str, begins: datetime, ends: datetime) -> None:
    assert parse_written(text, MONDAY, NOW, "future") == Written(begins, timed=True, ends=ends)


@pytest.mark.parametrize("text", ["i morgen", "fredag", "27.11", "27.11 2026", "27. nov. 26", "9-10", "fre 27-11"])
def test_a_day_alone_says_that_it_has_no_hour(text: str) -> None:
    assert not parse_written(text, MONDAY, NOW).timed


@pytest.mark.parametrize("text", ["15-14", "fredag 15-14", "fredag 25", "9 8.12"])
def test_hours_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(DateError, match="not a time"):
        parse_moment(text, MONDAY, NOW)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("10", time(10)), ("til 10", time(10)), ("9", 9), ("8", 8), ("45", 45), ("10 min", 10), ("11.30", time(11, 30)),
        ("kl 10", time(10)), ("1130", time(11, 30)), ("1t", 60), ("1.30 t", 90), ("120", 120),
    ],
)  # fmt: skip
def test_a_bare_number_after_the_hour_it_begins_is_an_hour(text: str, until: time | int) -> None:
    assert parse_until(text, time(9)) == until


def _printed(day: date, today: date) -> Iterator[str]:
    """Every form in which the program writes a day."""
    yield format_date(day)
    yield short_date(day)
    yield understood(day, today)
    yield f"{short_weekday(day)} {format_date(day)}"
    yield f"{short_weekday(day)} {short_date(day)}"
    yield f"{weekday(day)} {format_date(day)}".capitalize()
    yield f"{format_date(day)} ({relative_days(day, today)})"
    yield relative_days(day, today)
    head = words._("{weekday} {date}, week {week}")
    yield head.format(weekday=short_weekday(day), date=format_date(day), week=week(day))


@given(st.integers(-150, 150), near, st.sampled_from(["nb", "en"]))
def test_what_the_program_prints_is_read_back(offset: int, today: date, language: str) -> None:
    words.use(language)
    day = today + timedelta(days=offset)
    for text in _printed(day, today):
        assert parse_date(text, today) == day, text
        begins = datetime.combine(day, time(9, 30))
        hours = format_hours(begins, begins + timedelta(hours=1))
        assert parse_written(f"{text} {hours}", today, NOW) == Written(begins, True, begins + timedelta(hours=1)), text
        assert parse_moment(f"{text} {format_hours(begins)}", today, NOW) == begins, text


def test_hours_are_written_from_when_to_when() -> None:
    nine = datetime(2026, 11, 30, 9)
    assert format_hours(nine) == format_hours(nine, nine) == "09:00"
    assert format_hours(nine, nine + timedelta(minutes=90)) == "09:00–10:30"
    assert format_hours(nine, nine + timedelta(hours=22)) == "09:00–07:00 (+1)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10", 10),
        ("1.30 t", 90),
        ("1.30", 90),
        ("1,25 t", 75),
        ("1.75 t", 105),
        ("1 time og 15 min", 75),
        ("en halv time", 30),
        ("halvannen time", 90),
        ("half an hour", 30),
        ("0", 0),
        ("1t", 60),
        ("1t30", 90),
        ("1:30", 90),
        ("90 min", 90),
        ("90m", 90),
        ("1 t 30 min", 90),
        ("1,5t", 90),
        ("1.5 hours", 90),
        ("2 timer", 120),
        ("1h5", 65),
        ("15 minutter.", 15),
    ],
)
def test_minutes_people_write(text: str, expected: int) -> None:
    assert parse_minutes(text) == expected


@pytest.mark.parametrize(
    "text", ["", "-5", "1:60", "1t60", "1:5", "10081", "99999", "ti", "1,5t30", "1.5", "5 d", "1,30 t"]
)
def test_what_is_no_number_of_minutes_is_told(text: str) -> None:
    with pytest.raises(DateError, match="number of minutes"):
        parse_minutes(text)


@given(st.integers(0, 7 * 24 * 60))
def test_minutes_are_read_back(minutes: int) -> None:
    assert parse_minutes(str(minutes)) == parse_minutes(f"{minutes // 60}:{minutes % 60:02}") == minutes
