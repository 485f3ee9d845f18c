"""Months later, and the moment at which something of a day is told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from models.values.clock import Clock
from models.values.days import months_later, now_or_noon

NOW = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
"""Half past two in Oslo, for the first time in the night in which clocks go back."""


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2025, 12, 31), 12, date(2026, 12, 31)),
        (date(2026, 1, 1), 12, date(2027, 1, 1)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
    ],
)
def test_months_later_is_the_same_day_or_the_month_s_last(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 10, 24), datetime(2026, 10, 24, 10, 0, 1, tzinfo=UTC)),
        (date(2026, 10, 25), NOW),
        (date(2026, 10, 26), NOW),
    ],
)
def test_a_day_is_told_at_noon_and_never_later_than_now(day: date, moment: datetime) -> None:
    clock = Clock(ZoneInfo("Europe/Oslo"), lambda: NOW)
    assert now_or_noon(clock, day) == int(moment.timestamp())


@pytest.mark.parametrize(
    ("local", "often"),
    [
        (datetime(2026, 11, 22, 2, 30), 1),
        (datetime(2027, 3, 28, 1, 59), 1),
        (datetime(2027, 3, 28, 2, 0), 0),
        (datetime(2027, 3, 28, 2, 59), 0),
        (datetime(2027, 3, 28, 3, 0), 1),
        (datetime(2026, 10, 25, 1, 59), 1),
        (datetime(2026, 10, 25, 2, 0), 2),
        (datetime(2026, 10, 25, 2, 59), 2),
        (datetime(2026, 10, 25, 3, 0), 1),
    ],
)
def test_how_often_a_time_of_the_clock_comes(local: datetime, often: int) -> None:
    assert Clock(ZoneInfo("Europe/Oslo")).occurs(local) == often
