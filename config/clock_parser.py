"""The patterns behind `config.dates` for hours and lengths: plain lower-case text in; a value or None out."""

from __future__ import annotations

import re
from datetime import time
from typing import Final

_AT: Final = r"(?:(?:kl\.?|klokken|klokka|at)\s*)?"
_CLOCK: Final = re.compile(rf"{_AT}(?:(\d{{1,2}})(?:[:.](\d\d))?|(\d\d)(\d\d))", re.A)
_TWELVE: Final = re.compile(rf"{_AT}(\d{{1,2}})(?:[:.](\d\d))?\s*([ap])\.?m\.?", re.A)
_SPAN: Final = re.compile(r"(.*\d.*?)\s*(?:-|\btil\b|\bto\b)\s*(\D*\d.*)", re.A)

_MINUTES: Final = re.compile(r"(\d{1,5})\s*(?:m|min|mins|minutt|minutter|minutes?)?\.?", re.A)
_HOUR: Final = r"(?:t|time|timer|h|hours?)\.?"
_HOURS: Final = re.compile(
    rf"(\d{{1,3}})\s*{_HOUR}\s*(?:(?:og|and)\s+)?(?:(\d{{1,2}})\s*(?:m|min|minutt|minutter|minutes?)?\.?)?", re.A
)
_PART: Final = re.compile(rf"(\d{{1,3}})([.,])(\d{{1,2}})\s*{_HOUR}", re.A)
_COLON: Final = re.compile(r"(\d{1,3})[:.](\d\d)", re.A)
_SAID: Final = {
    **dict.fromkeys(("kvarter", "et kvarter", "ett kvarter", "a quarter"), 15),
    **dict.fromkeys(("halv time", "en halv time", "½ t", "½ time", "half an hour", "half hour"), 30),
    **dict.fromkeys(("tre kvarter", "3 kvarter", "three quarters"), 45),
    **dict.fromkeys(("en time", "time", "an hour", "one hour"), 60),
    **dict.fromkeys(("halvannen time", "en og en halv time", "1½ t", "1½ time", "an hour and a half"), 90),
    **dict.fromkeys(("to timer", "two hours"), 120),
    **dict.fromkeys(("tre timer", "three hours"), 180),
}


def read_clock(plain: str) -> time | None:
    """The time of day, or None."""
    if match := _TWELVE.fullmatch(plain):
        hour, minute = int(match[1]), int(match[2] or 0)
        return time(hour % 12 + (12 if match[3] == "p" else 0), minute) if 1 <= hour <= 12 and minute < 60 else None
    match = _CLOCK.fullmatch(plain)
    if not match:
        return None
    hour, minute = int(match[1] or match[3]), int(match[2] or match[4] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_hours(plain: str) -> tuple[time, time | None] | None:
    """The time of day at which something begins, and the one at which it ends where that is written: `14-15.30`."""
    if (clock := read_clock(plain)) is not None:
        return clock, None
    match = _SPAN.fullmatch(plain)
    began, ends = (read_clock(match[1]), read_clock(match[2])) if match else (None, None)
    return (began, ends) if began is not None and ends is not None and began < ends else None


def read_minutes(plain: str) -> int | None:
    """A number of minutes, or None; the caller says how many are too many.

    A point parts hours from minutes as in a time of the day (`1.30 t`), a comma makes tenths or quarters of hours;
    what could be either (`1,30 t`) is not read.
    """
    if plain in _SAID:
        return _SAID[plain]
    if match := _MINUTES.fullmatch(plain):
        return int(match[1])
    if match := _COLON.fullmatch(plain):
        return int(match[1]) * 60 + int(match[2]) if int(match[2]) < 60 else None
    if match := _HOURS.fullmatch(plain):
        return int(match[1]) * 60 + int(match[2] or 0) if int(match[2] or 0) < 60 else None
    if match := _PART.fullmatch(plain):
        hours, point, part = int(match[1]), match[2] == ".", match[3]
        if len(part) == 1 or part in ("00", "75") or (part in ("25", "50") and not point):
            return hours * 60 + round(int(part) * 60 / (10 if len(part) == 1 else 100))
        return hours * 60 + int(part) if point and int(part) < 60 else None
    return None
