"""The periods figures are made of: a calendar month, quarter, half year or year, and no others.

Free spans would let whoever has two of them take the one from the other (the report asks for figures, not for people).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from config.dates import month_name
from config.errors import ExinError
from config.words import _
from models.values.days import months_later

MONTH, QUARTER, HALF, YEAR = 1, 3, 6, 12
LENGTHS: Final = (MONTH, QUARTER, HALF, YEAR)
_LETTERS: Final = {"Q": QUARTER, "K": QUARTER, "H": HALF}
_WRITTEN: Final = re.compile(r"(\d{4})(?:-(?:(\d{1,2})|([QKH])(\d)))?")


class PeriodError(ExinError):
    """No calendar period is called so, or its figures cannot be had yet."""


class Period(Struct, frozen=True, order=True):
    """One calendar period: its first day, and how many months it has."""

    first: date
    length: int

    @property
    def last(self) -> date:
        """Its last day."""
        return months_later(self.first, self.length) - timedelta(days=1)

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each of its months."""
        return tuple(months_later(self.first, number) for number in range(self.length))

    @property
    def id(self) -> str:
        """As it is written on a command line and in a file: 2026-11, 2026-Q4, 2026-H2 or 2026."""
        place = (self.first.month - 1) // self.length + 1
        return {
            MONTH: f"{self.first:%Y-%m}", QUARTER: f"{self.first.year}-Q{place}", HALF: f"{self.first.year}-H{place}",
        }.get(self.length, str(self.first.year))  # fmt: skip

    def told(self) -> str:
        """As people say it."""
        place, year = (self.first.month - 1) // self.length + 1, self.first.year
        if self.length == MONTH:
            return f"{month_name(self.first.month).capitalize()} {year}"
        if self.length == QUARTER:
            return _("Quarter {number}, {year}").format(number=place, year=year)
        return str(year) if self.length == YEAR else _("Half year {number}, {year}").format(number=place, year=year)

    def later(self, step: int) -> Period:
        """So many periods later, or before."""
        return Period(months_later(self.first, step * self.length), self.length)

    def overlaps(self, other: Period) -> bool:
        """Whether they have a day in common."""
        return self.first <= other.last and other.first <= self.last


def around(day: date, length: int) -> Period:
    """The period of so many months that a day lies in."""
    return Period(date(day.year, (day.month - 1) // length * length + 1, 1), length)


def written(text: str) -> Period:
    """The period that somebody wrote; raises `PeriodError`."""
    found = _WRITTEN.fullmatch(text.strip().upper())
    if found:
        year, month, letter, place = found.groups()
        length = MONTH if month else _LETTERS.get(letter or "", YEAR)
        start = int(month or 1) if length == MONTH else (int(place or 1) - 1) * length + 1
        if int(year) and 1 <= start <= 12:
            return Period(date(int(year), start, 1), length)
    raise PeriodError(
        _(
            "“{text}” is no period. Write a month 2026-11, a quarter 2026-Q4, a half year 2026-H2 or a year 2026."
        ).format(text=text.strip())
    )


def check_begun(period: Period, today: date) -> None:
    """Raise `PeriodError` for a period that is to come."""
    if period.first > today:
        raise PeriodError(_("{period} has not begun yet.").format(period=period.told()))


def check_over(period: Period, today: date) -> None:
    """Raise `PeriodError` for one that is not over: files of its first days could be taken from one another."""
    check_begun(period, today)
    if period.last >= today:
        raise PeriodError(
            _("{period} is not over. Figures leave the team when the period is.").format(period=period.told())
        )
