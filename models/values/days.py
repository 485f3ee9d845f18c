"""Days: as they stand in columns, months later, and the moment at which what belongs to one is told."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from dateutil.relativedelta import relativedelta

from config.dates import DAY_ONLY
from models.values.clock import Clock

NEVER: Final = "9999-12-31"
"""Stands where no day is known, so that what has none sorts last and lies before nothing."""
NOON: Final = time(12)


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last; fewer than none is earlier."""
    later: date = day + relativedelta(months=months)
    return later


def now_or_noon(clock: Clock, day: date) -> int:
    """The stored moment at which something of `day` is told: the day alone where it lies behind, else now."""
    return clock.stored(datetime.combine(day, DAY_ONLY)) if day < clock.today() else clock.seconds()
