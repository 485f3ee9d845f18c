"""What comes again: a small choice of rules (RFC 5545), and when the next time is."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Any, Final

from dateutil.rrule import rrulestr

from config.errors import ExinError
from config.words import N_, _
from models.values.days import NOON

CHOICES: Final = {"weekly": N_("every week"), "biweekly": N_("every two weeks"), "monthly": N_("every month")}
_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_EVERY_MONTH_HAS: Final = 28
_RULE_LIMIT: Final = 200


class RepeatError(ExinError):
    """A rule for what comes again cannot be read."""


def rule_for(choice: str, day: date) -> str:
    """The rule that a choice stands for, from `day` on; a rule stays as it is and nothing stays nothing.

    The weekday, or the day of the month, is in the rule: one time that is moved does not move those that follow. A
    day that not every month has means the month's last where it is missing. Raises `RepeatError`.
    """
    match choice:
        case "weekly":
            return f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[day.weekday()]}"
        case "biweekly":
            return f"FREQ=WEEKLY;INTERVAL=2;BYDAY={_WEEKDAYS[day.weekday()]}"
        case "monthly":
            last = f"{day.day},-1;BYSETPOS=1" if day.day > _EVERY_MONTH_HAS else f"{day.day}"
            return f"FREQ=MONTHLY;BYMONTHDAY={last}"
    if choice:
        _read(choice, datetime.combine(day, NOON))
    return choice


def choice_of(rule: str) -> str:
    """The choice that a rule came from; any other rule as it is."""
    known = {("WEEKLY", "1"): "weekly", ("WEEKLY", "2"): "biweekly", ("MONTHLY", "1"): "monthly"}
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    return known.get((parts.get("FREQ", ""), parts.get("INTERVAL", "1")), rule)


def described(rule: str) -> str:
    """A rule in words; one that was not chosen here as it is written."""
    choice = choice_of(rule)
    return _(CHOICES[choice]) if choice in CHOICES else choice


def following(
    rule: str, began: datetime, after: datetime, taken: Collection[datetime] = (), *,
    comes: Callable[[datetime], object] = bool,
) -> datetime | None:  # fmt: skip
    """The first time after both `began`, which the rule counts from, and `after`; None when there is none.

    A time that is `taken` by another of the series, which was moved there, is not planned twice, and one that never
    `comes`, as the clocks pass over it, is left out (RFC 5545, 3.3.10). Moments are naive and local, so that ten
    o'clock stays ten o'clock through the change of clocks.
    """
    times = _read(rule, began)
    found = times.after(max(began, after))
    while found is not None and (found in taken or not comes(found)):
        found = times.after(found)
    return found if isinstance(found, datetime) else None


def between(rule: str, began: datetime, last: datetime) -> list[datetime]:
    """The times of a rule from `began`, which it counts from, to `last`, both included where the rule has them."""
    return list(_read(rule, began).between(began, last, inc=True))


def _read(rule: str, began: datetime) -> Any:
    try:
        if len(rule) > _RULE_LIMIT:
            raise ValueError(rule)
        return rrulestr(rule, dtstart=began)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RepeatError(_("Repeats: this program cannot read the rule {rule}.").format(rule=rule[:40])) from error
