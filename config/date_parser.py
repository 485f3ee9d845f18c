"""The patterns and words behind `config.dates` for days: plain lower-case text in; a date or None out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import MINYEAR, date, timedelta
from typing import Final, Literal

from dateutil.relativedelta import relativedelta

Meaning = Literal["birth", "past", "nearest", "future"]
"""What a date stands for: the day somebody was born, something that happened, either side, or something to come."""

_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199
_YEARS_BACK: Final = 20
"""So old may be what was still to come when its year was written with two digits."""
_NEAR_DAYS: Final = 300
"""So far from today a day may be written without its year, with its weekday."""
_MOST_STEPS: Final = 100_000

# What people type, in bokmål, nynorsk and English at once: who writes English in a Norwegian screen is understood too.
_DAY_WORDS: Final = {
    "i dag": 0, "idag": 0, "d": 0, "today": 0, "nå": 0, "now": 0,
    "i morges": 0, "i formiddag": 0, "i ettermiddag": 0, "i kveld": 0, "tonight": 0,
    "i går": -1, "igår": -1, "i gaar": -1, "yesterday": -1, "i forgårs": -2, "i forigårs": -2, "forgårs": -2,
    "i morgen": 1, "imorgen": 1, "i morra": 1, "tomorrow": 1,
    "i morgon": 1, "imorgon": 1,
    "i overmorgen": 2, "overmorgen": 2, "iovermorgen": 2, "i overmorgon": 2, "overmorgon": 2,
}  # fmt: skip
_WEEKDAY_WORDS: Final = {
    word: number
    for number, line in enumerate((
        "ma man mandag mån måndag mon monday",
        "ti tir tirs tirsdag ty tys tysdag tue tues tuesday",
        "on ons onsdag wed wednesday",
        "to tor tors torsdag thu thur thurs thursday",
        "fr fre fredag fri friday",
        "lø lør lørdag lo lor lordag laurdag sat saturday",
        "sø søn søndag so son sondag su sun sundag sunday",
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
    **dict.fromkeys(("", "d", "dag", "dager", "dagar", "day", "days"), "days"),
    **dict.fromkeys(("u", "uke", "uker", "v", "veke", "veker", "w", "week", "weeks"), "weeks"),
    **dict.fromkeys(("m", "md", "mnd", "måned", "måneder", "månad", "månader", "month", "months"), "months"),
    **dict.fromkeys(("å", "år", "y", "year", "years"), "years"),
}
_NUMBERS: Final = {
    word: number
    for number, line in enumerate((
        "en ei et ett ein eit a an one", "to two", "tre three", "fire four", "fem five", "seks six", "sju syv seven",
        "åtte eight", "ni nine", "ti ten", "elleve eleven", "tolv twelve",
    ), 1)
    for word in line.split()
}  # fmt: skip
# Weeks from this one: "next Tuesday" is the one of next week.
_WHICH: Final = {
    **dict.fromkeys(("neste", "next"), 1),
    **dict.fromkeys(("denne", "this"), 0),
    **dict.fromkeys(("forrige", "previous", "last", "sist", "siste"), -1),
}
_LATEST: Final = ("last", "sist", "siste")
_FIRST_COMING: Final = ("kommende", "førstkommende", "coming", "nå på")

_NUMERIC: Final = re.compile(
    r"(\d{1,2})\s*[./-]\s*(\d{1,2})(?:(?:[./-]|\.?\s)(\d\d)|(?:\s*[./-]\s*|\s)(\d{4})|\.)?", re.A
)
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.A)
_DIGITS: Final = re.compile(r"(\d\d)(\d\d)(\d{4}|\d\d)", re.A)
_ISO_DIGITS: Final = re.compile(r"(\d{4})(\d\d)(\d\d)", re.A)
_NAMED: Final = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th)?\s*(?:of )?((?u:[^\W\d_]+))\.?(?:,?\s*'?(\d{4}|\d\d))?", re.A)
_MONTH_FIRST: Final = re.compile(r"((?u:[^\W\d_]+))\.?\s*(\d{1,2})(?:\.|st|nd|rd|th)?(?:,?\s+(\d{4}))?", re.A)
_MONTH: Final = re.compile(r"((?u:[^\W\d_]+))\.?\s+(\d{4})", re.A)
_STEP: Final = re.compile(r"([+-])\s*(\d{1,6})\s*([a-zå]*)", re.A)
_AHEAD: Final = re.compile(r"(?:om|in)\s+(\d{1,6}|[a-zåø]+)\s*([a-zå]+)", re.A)
_AGO: Final = re.compile(r"(?:for\s+)?(\d{1,6}|[a-zåø]+)\s*([a-zå]+)\s+(?:siden|ago)", re.A)
_WEEK: Final = re.compile(r"(?:uke|veke|week|u|v|w)\s*(\d{1,2})(?:[\s/.-]+(\d{4}))?", re.A)
_ISO_WEEK: Final = re.compile(r"(\d{4})-?w(\d{1,2})", re.A)
_WHICH_WEEK: Final = re.compile(r"([a-z]+) (?:uke|uka|uken|veke|veka|week)", re.A)
_WEEKS_AHEAD: Final = re.compile(r"(?:om|in)\s+(?:\d+|[a-zåø]+)\s*(?:u|uke|uker|v|veke|veker|w|weeks?)", re.A)


def learn(weekdays: Iterable[str], months: Iterable[str], days: Mapping[str, int]) -> None:
    """Understand the names of days and months in a further language too; what is known already keeps its meaning."""
    for words, number in ((_WEEKDAY_WORDS, 0), (_MONTH_WORDS, 1)):
        for place, name in enumerate(months if number else weekdays):
            words.setdefault(name, place % (12 if number else 7) + number)
    for name, count in days.items():
        _DAY_WORDS.setdefault(name, count)


class WrongWeekday(ValueError):
    """A weekday was written beside a date that falls on another."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


def read_date(plain: str, today: date, meaning: Meaning) -> date | None:
    """The date, or None where `plain` is none or lies outside the years this program knows. Raises `WrongWeekday`."""
    day, comma, again = plain.replace(" (", ", ").removesuffix(")").rpartition(", ")
    if comma and (twice := _said_twice(day, again, today, meaning)) is not None:
        return twice
    try:
        found = _with_weekday(plain.removeprefix("den ").removeprefix("the "), today, meaning)
    except WrongWeekday:
        raise
    except (ValueError, OverflowError):
        return None
    return found if found is not None and _FIRST_YEAR <= found.year <= _LAST_YEAR else None


def _said_twice(plain: str, again: str, today: date, meaning: Meaning) -> date | None:
    """The day, where it is told once more or its week is: `fr 27.11.2026, week 48` or `27.11.2026, in 5 d`."""
    found, second = read_date(plain, today, meaning), read_date(again, today, meaning)
    if found is None or second is None:
        return None
    of_week = _read_week(again, found, "nearest")
    return found if found == second or of_week == _monday(found) else None


def is_weekday(plain: str) -> bool:
    """Whether it is the name of a weekday, whole or short."""
    return plain.rstrip(".,") in _WEEKDAY_WORDS


def _with_weekday(plain: str, today: date, meaning: Meaning) -> date | None:
    """A date with or without its weekday, or a weekday of some week, in either order."""
    before, _space, last = plain.rpartition(" ")
    if before and is_weekday(last):
        number = _WEEKDAY_WORDS[last.rstrip(".,")]
        if before in _FIRST_COMING:
            return _weekday(number, today, "future")
        if before in _LATEST:
            return _weekday(number, today - timedelta(days=1), "past")
        if before in ("på", "on"):
            return _weekday(number, today, meaning)
        monday = _monday(today) + timedelta(weeks=_WHICH[before]) if before in _WHICH else None
        monday = monday or _read_week(before.rstrip(","), today, meaning)
        return monday and monday + timedelta(days=number)
    first, _space, rest = plain.partition(" ")
    if not rest or not is_weekday(first):
        return _read_date(plain, today, meaning)
    number = _WEEKDAY_WORDS[first.rstrip(".,")]
    if (monday := _read_week(rest.removeprefix("i ").removeprefix("of "), today, meaning)) is not None:
        return monday + timedelta(days=number)
    found = _read_date(rest.removeprefix("den ").removeprefix("the "), today, meaning, number)
    if found is not None and found.weekday() != number:
        raise WrongWeekday(found)
    return found


def _read_date(plain: str, today: date, meaning: Meaning, weekday: int | None = None) -> date | None:
    """The date, or None; raises ValueError or OverflowError for one that is not in the calendar.

    Where the year is not written and the `weekday` is, one near today on which it falls is meant.
    """
    if plain in _DAY_WORDS:
        return today + timedelta(days=_DAY_WORDS[plain])
    if is_weekday(plain):
        return _weekday(_WEEKDAY_WORDS[plain.rstrip(".,")], today, meaning)
    if match := _ISO.fullmatch(plain):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.fullmatch(plain):
        return _day_and_month(int(match[1]), int(match[2]), match[3] or match[4], today, meaning, weekday)
    if match := _DIGITS.fullmatch(plain):
        return _from_digits(match, plain, today, meaning)
    if (match := _NAMED.fullmatch(plain)) and match[2] in _MONTH_WORDS:
        return _day_and_month(int(match[1]), _MONTH_WORDS[match[2]], match[3], today, meaning, weekday)
    if (match := _MONTH_FIRST.fullmatch(plain)) and match[1] in _MONTH_WORDS:
        return _day_and_month(int(match[2]), _MONTH_WORDS[match[1]], match[3], today, meaning, weekday)
    if match := _STEP.fullmatch(plain):
        return _step(today, int(match[2]) * (1 if match[1] == "+" else -1), match[3])
    if match := _AHEAD.fullmatch(plain):
        return _step(today, _count(match[1]), match[2])
    if match := _AGO.fullmatch(plain):
        return _step(today, -_count(match[1]), match[2])
    if (match := _MONTH.fullmatch(plain)) and match[1] in _MONTH_WORDS:
        return date(int(match[2]), _MONTH_WORDS[match[1]], 1)
    return _read_week(plain, today, meaning)


def _read_week(plain: str, today: date, meaning: Meaning) -> date | None:
    """The Monday of a week, by its number or counted from this one; None where it is none."""
    if match := _WEEK.fullmatch(plain):
        return _week(int(match[1]), int(match[2]) if match[2] else None, today, meaning)
    if match := _ISO_WEEK.fullmatch(plain):
        return date.fromisocalendar(int(match[1]), int(match[2]), 1)
    if (match := _WHICH_WEEK.fullmatch(plain)) and match[1] in _WHICH:
        return _monday(today) + timedelta(weeks=_WHICH[match[1]])
    if _WEEKS_AHEAD.fullmatch(plain) and (match := _AHEAD.fullmatch(plain)):
        return _monday(today) + timedelta(weeks=_count(match[1]))
    return None


def _monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


def _count(written: str) -> int:
    """A number in figures or in a word; raises ValueError for any other word."""
    return _NUMBERS[written] if written in _NUMBERS else int(written)


def _from_digits(match: re.Match[str], plain: str, today: date, meaning: Meaning) -> date:
    """ddmmyy, ddmmyyyy, and yyyymmdd where the Norwegian order makes no date."""
    try:
        found = _day_and_month(int(match[1]), int(match[2]), match[3], today, meaning)
        if _FIRST_YEAR <= found.year <= _LAST_YEAR:
            return found
    except ValueError:
        pass
    other = _ISO_DIGITS.fullmatch(plain)
    return date(int(other[1]), int(other[2]), int(other[3])) if other else date(MINYEAR, 1, 1)


def _day_and_month(
    day: int, month: int, year: str | None, today: date, meaning: Meaning, weekday: int | None = None
) -> date:
    """The day of a month; without the century or the year, the one that `meaning` asks for."""
    if year is None:
        days = _each_year(lambda number: date(number, month, day), today)
        first = _choose(days, today, meaning)
        # The list that wrote the weekday may have meant the one on the other side.
        other = [found for found in days if found.weekday() == weekday and abs((found - today).days) <= _NEAR_DAYS]
        return first if first.weekday() == weekday or not other else other[0]
    if len(year) == 4:
        return date(int(year), month, day)
    years = [today.year // 100 * 100 + int(year) + step for step in (-100, 0, 100)]
    return _century(_of_years(lambda number: date(number, month, day), years), today, meaning)


def _century(days: list[date], today: date, meaning: Meaning) -> date:
    """The day whose century was meant; raises ValueError when there is none.

    Nobody is born ahead. What has happened is behind, but a year that has only just not come is a slip, which is better
    seen than taken for a hundred years ago. Something to come may be overdue. Anything else is within fifty years.
    """
    match meaning:
        case "birth":
            return max(found for found in days if found <= today)
        case "past":
            return max(found for found in days if found.year <= today.year + 1)
        case "future":
            return min(found for found in days if found.year >= today.year - _YEARS_BACK)
    return _choose(days, today, meaning)


def _each_year(day_in: Callable[[int], date], today: date) -> list[date]:
    """The day in the years around, where it is in the calendar; enough of them for a leap day on either side."""
    return _of_years(day_in, range(today.year - 8, today.year + 9))


def _of_years(day_in: Callable[[int], date], years: Iterable[int]) -> list[date]:
    found = []
    for year in years:
        with suppress(ValueError):
            found.append(day_in(year))
    return found


def _choose(dates: list[date], today: date, meaning: Meaning) -> date:
    """The date `meaning` asks for; raises ValueError when there is none."""
    if meaning in ("birth", "past"):
        return max(found for found in dates if found <= today)
    if meaning == "future":
        return min(found for found in dates if found >= today)
    return min(dates, key=lambda found: abs((found - today).days))


def _weekday(number: int, today: date, meaning: Meaning) -> date:
    days = [today + timedelta(days=step) for step in range(-6, 7)]
    return _choose([day for day in days if day.weekday() == number], today, meaning)


def _week(number: int, year: int | None, today: date, meaning: Meaning) -> date:
    """The Monday of an ISO week."""
    if year is not None:
        return date.fromisocalendar(year, number, 1)
    mondays = _each_year(lambda candidate: date.fromisocalendar(candidate, number, 1), today)
    # The week we are in has its Monday behind us and is still no past week.
    return _choose(mondays, today - timedelta(days=6) if meaning == "future" else today, meaning)


def _step(today: date, count: int, unit: str) -> date | None:
    """So many days, weeks, months or years on; the month's last day where it is shorter."""
    if unit not in _UNITS or abs(count) > _MOST_STEPS:
        return None
    found: date = today + relativedelta(**{_UNITS[unit]: count})
    return found
