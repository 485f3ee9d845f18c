"""A time zone as a calendar file has to bring it along: its changes of clock as rules (RFC 5545, 3.6.5)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone
    from icalendar.cal.component import Component

_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_HOUR: Final = timedelta(hours=1)


def time_zone(zone: ZoneInfo, year: int) -> Timezone:
    """The zone as its clocks go in `year`, and by the same rules every year after.

    icalendar's own has a list of dates in place of rules, which Outlook does not read, and puts the change in spring an
    hour late.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    found = Timezone()
    found.add("tzid", zone.key)
    for at in _changes(zone, year):
        part = TimezoneDaylight() if at.astimezone(zone).dst() else TimezoneStandard()
        day = _describe(part, at, zone)
        nth = -1 if day.day + 7 > monthrange(year, day.month)[1] else (day.day + 6) // 7
        part.add("rrule", {"freq": "yearly", "bymonth": day.month, "byday": f"{nth}{_WEEKDAYS[day.weekday()]}"})
        found.add_component(part)
    if not found.subcomponents:
        part = TimezoneStandard()
        _describe(part, datetime(year, 1, 1, tzinfo=UTC), zone)
        found.add_component(part)
    return found


def _describe(part: Component, at: datetime, zone: ZoneInfo) -> datetime:
    """Say from when on a part of the zone holds, which is answered, and how its clocks go."""
    before, after = (at - _HOUR).astimezone(zone), at.astimezone(zone)
    # By the clocks as they go until then.
    begins = at.replace(tzinfo=None) + (before.utcoffset() or timedelta())
    part.add("dtstart", begins)
    part.add("tzoffsetfrom", before.utcoffset())
    part.add("tzoffsetto", after.utcoffset())
    part.add("tzname", after.tzname())
    return begins


def _changes(zone: ZoneInfo, year: int) -> Iterator[datetime]:
    """The moments of a year, in UTC, from which on the clocks go otherwise; clocks are changed on the hour."""
    at = datetime(year, 1, 1, tzinfo=UTC)
    while (at := at + _HOUR).year == year:
        if at.astimezone(zone).utcoffset() != (at - _HOUR).astimezone(zone).utcoffset():
            yield at
