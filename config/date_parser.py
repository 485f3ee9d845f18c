"""The patterns and words behind `config.dates`: plain lower-case text in; a date, a clock, minutes or None out."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import MINYEAR, date, time, timedelta
from typing import Final, Literal

from dateutil.relativedelta import relativedelta

Prefer = Literal["nearest", "past", "future"]

_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199
# A year of two digits is at most this far ahead; the birth dates of a caseload are all behind.
YEARS_AHEAD: Final = 20
_MOST_STEPS: Final = 100_000

# What people type, in both languages at once: who writes English in a Norwegian screen is understood too.
_DAY_WORDS: Final = {
    "i dag": 0, "idag": 0, "d": 0, "today": 0, "nå": 0, "now": 0,
    "i går": -1, "igår": -1, "i gaar": -1, "yesterday": -1, "i forgårs": -2, "i forigårs": -2, "forgårs": -2,
    "i morgen": 1, "imorgen": 1, "i morra": 1, "tomorrow": 1, "i overmorgen": 2, "overmorgen": 2, "iovermorgen": 2,
}  # fmt: skip
_WEEKDAY_WORDS: Final = {
    word: number
    for number, line in enumerate((
        "ma man mandag mon monday",
        "ti tir tirs tirsdag tue tues tuesday",
        "on ons onsdag wed wednesday",
        "to tor tors torsdag thu thur thurs thursday",
        "fr fre fredag fri friday",
        "lø lør lørdag lo lor lordag laurdag sat saturday",
        "sø søn søndag so son sondag sun sunday",
    ))
    for word in line.split()
}  # fmt: skip
_MONTH_WORDS: Final = {
    word: number
    for number, line in enumerate((
        "jan januar january", "feb februar february", "mar mars march", "apr april", "mai may", "jun juni june",
        "jul juli july", "aug august", "sep sept september", "okt oktober oct october", "nov november",
        "des desember dec december",
    ), 1)
    for word in line.split()
}  # fmt: skip
_UNITS: Final = {
    **dict.fromkeys(("", "d", "dag", "dager", "day", "days"), "days"),
    **dict.fromkeys(("u", "uke", "uker", "w", "week", "weeks"), "weeks"),
    **dict.fromkeys(("m", "md", "mnd", "måned", "måneder", "month", "months"), "months"),
    **dict.fromkeys(("å", "år", "y", "year", "years"), "years"),
}

_NUMERIC: Final = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})(?:[./-](\d\d)|\s*[./-]\s*(\d{4})|\.)?", re.A)
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.A)
_DIGITS: Final = re.compile(r"(\d\d)(\d\d)(\d{4}|\d\d)", re.A)
_ISO_DIGITS: Final = re.compile(r"(\d{4})(\d\d)(\d\d)", re.A)
_NAMED: Final = re.compile(r"(\d{1,2})\.?\s*([a-zæøå]+)\.?(?:\s*(\d{4}))?", re.A)
_STEP: Final = re.compile(r"([+-])\s*(\d{1,6})\s*([a-zå]*)", re.A)
_AHEAD: Final = re.compile(r"(?:om|in)\s+(\d{1,6})\s*([a-zå]+)", re.A)
_AGO: Final = re.compile(r"(\d{1,6})\s*([a-zå]+)\s+(?:siden|ago)", re.A)
_WEEK: Final = re.compile(r"(?:uke|week|u|w)\s*(\d{1,2})(?:[\s/.-]+(\d{4}))?", re.A)
_ISO_WEEK: Final = re.compile(r"(\d{4})-?w(\d{1,2})", re.A)
_CLOCK: Final = re.compile(r"(?:kl\.?|at)?\s*(\d{1,2})(?:[:.](\d\d))?|(?:kl\.?|at)?\s*(\d\d)(\d\d)", re.A)
_MINUTES: Final = re.compile(r"(\d{1,5})\s*(?:m|min|mins|minutt|minutter|minutes?)?\.?", re.A)
_HOURS: Final = re.compile(
    r"(\d{1,3})(?:[.,](\d{1,2}))?\s*(?:t|time|timer|h|hours?)\.?\s*(?:(\d{1,2})\s*(?:m|min|minutt|minutter|minutes?)?\.?)?",
    re.A,
)
_COLON: Final = re.compile(r"(\d{1,3}):(\d\d)", re.A)


def read_date(plain: str, today: date, prefer: Prefer) -> date | None:
    """The date, or None where `plain` is none or lies outside the years this program knows."""
    try:
        found = _read_date(plain, today, prefer)
    except (ValueError, OverflowError):
        return None
    return found if found is not None and _FIRST_YEAR <= found.year <= _LAST_YEAR else None


def read_clock(plain: str) -> time | None:
    """The time of day, or None."""
    match = _CLOCK.fullmatch(plain)
    if not match:
        return None
    hour, minute = int(match[1] or match[3]), int(match[2] or match[4] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_minutes(plain: str) -> int | None:
    """A number of minutes, or None; the caller says how many are too many."""
    if match := _MINUTES.fullmatch(plain):
        return int(match[1])
    if match := _COLON.fullmatch(plain):
        return int(match[1]) * 60 + int(match[2]) if int(match[2]) < 60 else None
    if match := _HOURS.fullmatch(plain):
        part = round(int(match[2]) * 60 / 10 ** len(match[2])) if match[2] else int(match[3] or 0)
        return int(match[1]) * 60 + part if part < 60 and not (match[2] and match[3]) else None
    return None


def _read_date(plain: str, today: date, prefer: Prefer) -> date | None:
    """The date, or None; raises ValueError or OverflowError for one that is not in the calendar."""
    if plain in _DAY_WORDS:
        return today + timedelta(_DAY_WORDS[plain])
    if plain.rstrip(".") in _WEEKDAY_WORDS:
        return _weekday(_WEEKDAY_WORDS[plain.rstrip(".")], today, prefer)
    if match := _ISO.fullmatch(plain):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.fullmatch(plain):
        return _day_and_month(int(match[1]), int(match[2]), match[3] or match[4], today, prefer)
    if match := _DIGITS.fullmatch(plain):
        return _from_digits(match, plain, today, prefer)
    if (match := _NAMED.fullmatch(plain)) and match[2] in _MONTH_WORDS:
        return _day_and_month(int(match[1]), _MONTH_WORDS[match[2]], match[3], today, prefer)
    if match := _STEP.fullmatch(plain):
        return _step(today, int(match[2]) * (1 if match[1] == "+" else -1), match[3])
    if match := _AHEAD.fullmatch(plain):
        return _step(today, int(match[1]), match[2])
    if match := _AGO.fullmatch(plain):
        return _step(today, -int(match[1]), match[2])
    if match := _WEEK.fullmatch(plain):
        return _week(int(match[1]), int(match[2]) if match[2] else None, today, prefer)
    if match := _ISO_WEEK.fullmatch(plain):
        return date.fromisocalendar(int(match[1]), int(match[2]), 1)
    return None


def _from_digits(match: re.Match[str], plain: str, today: date, prefer: Prefer) -> date:
    """ddmmyy, ddmmyyyy, and yyyymmdd where the Norwegian order makes no date."""
    try:
        found = _day_and_month(int(match[1]), int(match[2]), match[3], today, prefer)
        if _FIRST_YEAR <= found.year <= _LAST_YEAR:
            return found
    except ValueError:
        pass
    other = _ISO_DIGITS.fullmatch(plain)
    return date(int(other[1]), int(other[2]), int(other[3])) if other else date(MINYEAR, 1, 1)


def _day_and_month(day: int, month: int, year: str | None, today: date, prefer: Prefer) -> date:
    if year is None:
        return _choose(_each_year(lambda number: date(number, month, day), today), today, prefer)
    if len(year) == 4:
        return date(int(year), month, day)
    century = today.year // 100 * 100
    number = century + int(year)
    ahead = 0 if prefer == "past" else YEARS_AHEAD
    return date(number if number <= today.year + ahead else number - 100, month, day)


def _each_year(day_in: Callable[[int], date], today: date) -> list[date]:
    """The day in the years around, where it is in the calendar; enough of them for a leap day on either side."""
    found = []
    for year in range(today.year - 8, today.year + 9):
        with suppress(ValueError):
            found.append(day_in(year))
    return found


def _choose(dates: list[date], today: date, prefer: Prefer) -> date:
    """The date `prefer` asks for; raises ValueError when there is none."""
    if prefer == "past":
        return max(found for found in dates if found <= today)
    if prefer == "future":
        return min(found for found in dates if found >= today)
    return min(dates, key=lambda found: abs((found - today).days))


def _weekday(number: int, today: date, prefer: Prefer) -> date:
    days = [today + timedelta(days) for days in range(-6, 7)]
    return _choose([day for day in days if day.weekday() == number], today, prefer)


def _week(number: int, year: int | None, today: date, prefer: Prefer) -> date:
    """The Monday of an ISO week."""
    if year is not None:
        return date.fromisocalendar(year, number, 1)
    mondays = _each_year(lambda candidate: date.fromisocalendar(candidate, number, 1), today)
    # The week we are in has its Monday behind us and is still no past week.
    return _choose(mondays, today - timedelta(6) if prefer == "future" else today, prefer)


def _step(today: date, count: int, unit: str) -> date | None:
    """So many days, weeks, months or years on; the month's last day where it is shorter."""
    if unit not in _UNITS or abs(count) > _MOST_STEPS:
        return None
    found: date = today + relativedelta(**{_UNITS[unit]: count})
    return found
