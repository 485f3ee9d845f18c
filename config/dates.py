"""Dates, moments and minutes as people in Norway write them, read leniently and written in one way.

Nothing here knows the time: `today` and `now_time` come from the caller's clock. Moments are naive and local.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final, NamedTuple

from config.clock_parser import read_clock, read_hours, read_minutes
from config.date_parser import Meaning, WrongWeekday, learn, read_date
from config.errors import ExinError
from config.quoted import quoted
from config.words import LANGUAGES, N_, _, language, n_

DAY_ONLY: Final = time(12, 0, 1)
"""The time of day of a moment of which only the day is known: in the middle of it, and no hour that people write."""
_MOST_MINUTES: Final = 7 * 24 * 60
# Four figures behind a day are a year when it is so near, else a time of day; less near where no point stands between.
_YEARS_NEAR: Final = 20
_YEARS_NEAREST: Final = 1

_WEEKDAYS: Final = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip
_WEEKDAYS_SHORT: Final = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_MONTHS: Final = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip


_learned: Final = set(LANGUAGES)


def _learn() -> None:
    """What the program prints is understood, in whatever language."""
    if language() in _learned:
        return
    _learned.add(language())
    weekdays = [_plain(_(name)) for name in (*_WEEKDAYS, *_WEEKDAYS_SHORT)]
    months = [_plain(_(name)) for name in _MONTHS]
    days = {_plain(_(name)): count for name, count in ((N_("today"), 0), (N_("yesterday"), -1), (N_("tomorrow"), 1))}
    learn(weekdays, months, days)


class DateError(ExinError):
    """What was typed is not a date, a moment or a number of minutes; the text quotes it and shows examples."""


class Written(NamedTuple):
    """A moment as it was written, naive and local: whether its time of day was, and when it ends where that was."""

    at: datetime
    timed: bool
    ends: datetime | None = None


def parse_date(text: str, today: date, meaning: Meaning = "nearest") -> date:
    """The date a person wrote; raises `DateError`.

    `meaning` decides where several dates fit (a weekday, a day or a week without a year, a year of two digits): the
    nearest to today, the last one up to today, or the first one from today.
    """
    found, wrong = _day(_plain(text), today, meaning)
    if found is None:
        examples = _("22.11.2026, 22.11, 22/11-26, today, Monday, +3d or week 48")
        raise wrong or DateError(
            _("“{text}” is not a date. Write for example {examples}.").format(text=quoted(text), examples=examples)
        )
    return found


def parse_written(text: str, today: date, now_time: time, meaning: Meaning = "nearest") -> Written:
    """The naive local moment a person wrote, and the time at which it ends where they did; raises `DateError`.

    A date alone is `DAY_ONLY`, or now when it is today, and says that it is not `timed`.
    """
    plain = _plain(text)
    wrong: DateError | None = None
    words = plain.split(" ")
    for cut in range(len(words) - 1, 0, -1):
        before, after = " ".join(words[:cut]).rstrip(","), " ".join(words[cut:])
        if (hours := read_hours(after)) is None or _is_year(before, after, today):
            continue
        day, fault = _day(before, today, meaning)
        wrong = wrong or fault
        if day is not None:
            return _timed(day, hours)
    day, fault = _day(plain, today, meaning)
    if day is not None:
        return Written(datetime.combine(day, now_time.replace(tzinfo=None) if day == today else DAY_ONLY), timed=False)
    if (hours := read_hours(plain)) is not None:
        return _timed(today, hours)
    for cut in range(1, len(words)):
        before, after = " ".join(words[:cut]).rstrip(","), " ".join(words[cut:])
        # Of two numbers side by side nobody knows which is the hour.
        if (hours := read_hours(before)) is not None and not (before.isdecimal() and after[0].isdecimal()):
            day, _fault = _day(after, today, meaning)
            if day is not None:
                return _timed(day, hours)
    examples = _("22.11 14:30, 14:30, at 14.30, yesterday 9 or only a date")
    raise (wrong or fault) or DateError(
        _("“{text}” is not a time. Write for example {examples}.").format(text=quoted(text), examples=examples)
    )


def parse_moment(text: str, today: date, now_time: time, meaning: Meaning = "nearest") -> datetime:
    """The moment of `parse_written`."""
    return parse_written(text, today, now_time, meaning).at


def parse_until(text: str, begins: time) -> time | int:
    """When something ends that begins at a time of the day: the time, or after so many minutes; raises `DateError`.

    A bare number greater than the hour at which it begins is an hour; a length is said as one (`10 min`) or is no hour.
    """
    plain = _plain(text).removeprefix("til ").removeprefix("to ")
    clock = read_clock(plain)
    if clock is not None and not (plain.isdecimal() and len(plain) < 3 and clock.hour <= begins.hour):
        return clock
    return parse_minutes(text)


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
    """As in 22.11.2026 14:30; the moment's own clock, so turn it to the team's zone first.

    The date alone where no more is known.
    """
    return f"{format_date(moment)} {format_hours(moment)}".rstrip()


def has_hour(moment: datetime) -> bool:
    """Whether the time of day is known, and not only the day."""
    return moment.time() != DAY_ONLY


def format_hours(began: datetime, ends: datetime | None = None) -> str:
    """The time of day, as in 09:00 or 09:00–10:00; an end on another day says so, as in 23:00–07:00 (+1).

    Nothing where only the day is known.
    """
    if not has_hour(began):
        return ""
    if ends is None or ends <= began:
        return f"{began:%H:%M}"
    days = (ends.date() - began.date()).days
    return f"{began:%H:%M}–{ends:%H:%M}" + (f" (+{days})" if days else "")


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


def understood(day: date, today: date) -> str:
    """How a date that was typed is said back: "Friday 27.11.2026, in 2 d"."""
    return f"{weekday(day)} {format_date(day)}, {relative_days(day, today)}"


def days_told(count: float) -> str:
    """A number of days in words; half a day of a median is told as such."""
    return n_("{count} day", "{count} days", 1 if count == 1 else 2).format(count=f"{count:g}".replace(".", ","))


def weeks_told(count: int) -> str:
    """A number of weeks in words."""
    return n_("{count} week", "{count} weeks", count).format(count=count)


def months_told(count: int) -> str:
    """A number of months in words."""
    return n_("{count} month", "{count} months", count).format(count=count)


def days_ahead(count: int) -> str:
    """When something comes that is so many days ahead, within a sentence: "today", "tomorrow", "in 5 days"."""
    if count < 2:
        return _("tomorrow") if count else _("today")
    return n_("in {count} day", "in {count} days", count).format(count=count)


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


def _day(plain: str, today: date, meaning: Meaning) -> tuple[date | None, DateError | None]:
    """The day, or what is wrong with it where that can be told."""
    try:
        _learn()
        return read_date(plain, today, meaning), None
    except WrongWeekday as wrong:
        text = _("{date} is a {weekday}; another weekday is written.")
        return None, DateError(text.format(date=format_date(wrong.day), weekday=weekday(wrong.day)))


def _is_year(before: str, after: str, today: date) -> bool:
    """Whether four figures behind a day are its year; "12. nov 1930" is half past seven in the evening."""
    if len(after) != 4 or not after.isdecimal() or _day(f"{before} {after}", today, "nearest") == (None, None):
        return False
    return abs(int(after) - today.year) <= (_YEARS_NEAREST if before[-1].isdecimal() else _YEARS_NEAR)


def _timed(day: date, hours: tuple[time, time | None]) -> Written:
    began, ends = hours
    at = datetime.combine(day, began)
    return Written(at, timed=True, ends=None if ends is None else datetime.combine(day, ends))
