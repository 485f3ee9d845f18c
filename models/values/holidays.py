"""Norwegian public holidays, computed: offices are closed on them, and often early the day before.

The days are those of the law on public holidays (lov om helligdager og helligdagsfred, 1995) and the law on 1 and
17 May (1947). Easter is that of the Gregorian calendar.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from dateutil.easter import easter

from config.words import N_, _

_FIXED: Final = (
    (1, 1, N_("New Year's Day")),
    (5, 1, N_("Labour Day")),
    (5, 17, N_("Constitution Day")),
    (12, 25, N_("Christmas Day")),
    (12, 26, N_("Boxing Day")),
)
_AFTER_EASTER: Final = (
    (-3, N_("Maundy Thursday")),
    (-2, N_("Good Friday")),
    (0, N_("Easter Sunday")),
    (1, N_("Easter Monday")),
    (39, N_("Ascension Day")),
    (49, N_("Whit Sunday")),
    (50, N_("Whit Monday")),
)


@lru_cache(maxsize=8)
def holidays(year: int) -> Mapping[date, str]:
    """The public holidays of a year by date, named in English as the words to translate."""
    found = {easter(year) + timedelta(days=days): name for days, name in _AFTER_EASTER}
    # Where two fall together, as 17 May and Whit Monday may, the fixed one is what people call the day.
    found |= {date(year, month, day): name for month, day, name in _FIXED}
    return MappingProxyType(dict(sorted(found.items())))


def holiday(day: date) -> str:
    """What the public holiday on `day` is called, empty on any other day."""
    return _(holidays(day.year).get(day, ""))
