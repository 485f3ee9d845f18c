"""Dates, moments and minutes as people in Norway write them, read leniently and written in one way.

Nothing here knows the time: `today` and `now_time` come from the caller's clock. Moments are naive and local.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from config.date_parser import YEARS_AHEAD, Prefer, read_clock, read_date, read_minutes
from config.errors import ExinError
from config.quoted import quoted
from config.words import N_, _, n_

_NOON: Final = time(12)
_MOST_MINUTES: Final = 7 * 24 * 60

_WEEKDAYS: Final = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip
_WEEKDAYS_SHORT: Final = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_MONTHS: Final = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip


class DateError(ExinError):
    """What was typed is not a date, a moment or a number of minutes; the text quotes it and shows examples."""


def parse_date(text: str, today: date, prefer: Prefer = "nearest") -> date:
    """The date a person wrote; raises `DateError`.

    `prefer` decides where several dates fit (a weekday, a day or a week without a year): the one nearest today, the
    last one up to today, or the first one from today.
    """
    found = read_date(_plain(text), today, prefer)
    if found is None:
        examples = _("22.11.2026, 22.11, 22/11-26, today, Monday, +3d or week 48")
        raise DateError(
            _("“{text}” is not a date. Write for example {examples}.").format(text=quoted(text), examples=examples)
        )
    return found


def parse_moment(text: str, today: date, now_time: time, prefer: Prefer = "nearest") -> datetime:
    """The naive local moment a person wrote; a date alone is at noon, or now when it is today; raises `DateError`."""
    plain = _plain(text)
    day = read_date(plain, today, prefer)
    if day is not None and not _is_clock_like(plain, day, today):
        return datetime.combine(day, now_time.replace(tzinfo=None) if day == today else _NOON)
    if (clock := read_clock(plain)) is not None:
        return datetime.combine(today, clock)
    parts = plain.split(" ")
    for cut in range(len(parts) - 1, 0, -1):
        clock = read_clock(" ".join(parts[cut:]))
        day = read_date(" ".join(parts[:cut]).rstrip(","), today, prefer) if clock is not None else None
        if day is not None and clock is not None:
            return datetime.combine(day, clock)
    examples = _("22.11 14:30, 14:30, at 14.30, yesterday 9 or only a date")
    raise DateError(
        _("“{text}” is not a moment. Write for example {examples}.").format(text=quoted(text), examples=examples)
    )


def parse_minutes(text: str) -> int:
    """The minutes a person wrote, from 0 to a week; raises `DateError`."""
    minutes = read_minutes(_plain(text))
    if minutes is None or minutes > _MOST_MINUTES:
        raise DateError(
            _("“{text}” is not a number of minutes. Write for example {examples}.").format(
                text=quoted(text), examples=_("10, 90 min, 1h30 or 1:30")
            )
        )
    return minutes


def format_date(day: date) -> str:
    """As in 22.11.2026, in every language: dates as people here write them."""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def short_date(day: date) -> str:
    """As in 22.11, where the year is plain from what stands around."""
    return f"{day.day:02}.{day.month:02}"


def format_moment(moment: datetime) -> str:
    """As in 22.11.2026 14:30; the moment's own clock, so turn it to the team's zone first."""
    return f"{format_date(moment)} {moment.hour:02}:{moment.minute:02}"


def weekday(day: date) -> str:
    """The weekday's name."""
    return _(_WEEKDAYS[day.weekday()])


def short_weekday(day: date) -> str:
    """The weekday in two or three letters."""
    return _(_WEEKDAYS_SHORT[day.weekday()])


def month_name(month: int) -> str:
    """The name of month 1 to 12."""
    return _(_MONTHS[month - 1])


def week(day: date) -> int:
    """The ISO week's number."""
    return day.isocalendar().week


def relative_days(day: date, today: date) -> str:
    """How far from today, in words: "today", "3 d ago", "in 5 d"."""
    days = (day - today).days
    match days:
        case 0:
            return _("today")
        case -1:
            return _("yesterday")
        case 1:
            return _("tomorrow")
    if days < 0:
        return n_("{count} d ago", "{count} d ago", -days).format(count=-days)
    return n_("in {count} d", "in {count} d", days).format(count=days)


def short_span(days: int) -> str:
    """A number of days in at most four characters for a card: 12d, 5w, 4m, 2y; rounded down, never below zero."""
    days = max(days, 0)
    if days < 21:
        return _("{count}d").format(count=days)
    if days < 91:
        return _("{count}w").format(count=days // 7)
    if days < 730:
        return _("{count}m").format(count=days * 12 // 365)
    return _("{count}y").format(count=days * 4 // 1461)


def _plain(text: str) -> str:
    """Lower case, one space between words, the typographer's dashes as the plain one."""
    return " ".join(text.lower().replace("–", "-").replace("−", "-").split())


def _is_clock_like(plain: str, day: date, today: date) -> bool:
    """Whether "12. nov 1930" means half past seven: a year that far away is not when something happened."""
    *before, last = plain.split(" ")
    return bool(before) and len(last) == 4 and last.isdecimal() and abs(day.year - today.year) > YEARS_AHEAD
