"""Putting a signal aside with a reason until a day, and waking it before; nothing is ever lost.

A snooze is kept for good. The signal wakes on the day, or when more is true than was then: the date it rests on becomes
another, it is heavier, or there is more of it, as `models.signals.measures` says by rule.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from config.dates import format_date
from config.errors import ExinError
from config.words import N_, _
from models.signals.measures import measured
from models.signals.rules import hits
from models.signals.team import staff_signs
from models.signals.thresholds import Day
from models.signals.watch import cards
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.required import require_one
from models.storage.work import Work
from models.tables import Snooze
from models.values.text import clean_text

REASON_LIMIT: Final = 500


class SnoozeError(ExinError):
    """A signal cannot be put aside or woken as asked."""


class Snoozed(Struct, frozen=True):
    """What was put aside, of a participant or, for None, of a colleague, and until which day."""

    participant: int | None
    rule: str
    until: date


def one(reading: Reading, snooze: int) -> Snoozed:
    """One signal that was put aside. Raises `SnoozeError` when there is none."""
    rows = reading.structs(
        Snoozed, "SELECT participant_id AS participant, rule, until FROM snooze WHERE id = ?", [snooze]
    )
    return require_one(rows, SnoozeError(_("There is no such signal any more.")))


@action("snoozes.put_aside", N_("the signal snoozed"))
def put_aside(work: Work, participant: int | None, staff: int | None, rule: str, until: date, reason: str) -> int:
    """Put a signal of a participant or of a colleague aside until a day; answers the snooze's id.

    Raises `SnoozeError` without a reason, for a day not to come or too far, or where there is no such signal now.
    """
    last = longest(work)
    if until <= work.today:
        raise SnoozeError(_("Until: choose a day to come; the signal shows again on that day."))
    if until > last:
        told = _("Until: at most {days} days, so to {date}; then it can be snoozed anew.")
        days = work.programme.limits.aside_most_days
        raise SnoozeError(told.format(days=days, date=format_date(last)))
    why = clean_text(reason, _("Reason"), REASON_LIMIT).strip()
    if not why:
        raise SnoozeError(_("Reason: say why it can wait; whoever sees it next will want to know."))
    found = _now(work, participant, staff, rule)
    if found is None:
        raise SnoozeError(_("There is no such signal any more."))
    return work.insert(
        Snooze,
        participant=participant,
        staff=staff,
        rule=rule,
        rests=found.rests,
        severity=found.severity,
        measure=found.measure,
        until=until,
        reason=why,
        snoozed=work.today,
        snoozed_by=work.actor.staff_id or None,
    )


@action("snoozes.wake", N_("the signal unsnoozed"))
def wake(work: Work, snooze: int, version: int) -> None:
    """Wake a signal today. Raises `Conflict` and `Gone` as `Work.update`."""
    work.update(Snooze, snooze, version, until=work.today)


def proposed(reading: Reading) -> date:
    """The day on which a signal wakes where no other is chosen."""
    return min(reading.today + timedelta(days=reading.programme.limits.aside_days), longest(reading))


def longest(reading: Reading) -> date:
    """The last day until which a signal may be put aside today."""
    return reading.today + timedelta(days=reading.programme.limits.aside_most_days)


class _Now(Struct, frozen=True):
    """What a signal rests on now, how heavy it is, and how much there is of it."""

    rests: str
    severity: int
    measure: int


def _now(reading: Reading, participant: int | None, staff: int | None, rule: str) -> _Now | None:
    """The signal as it is now, None where there is no such signal."""
    if participant is None:
        signs = [*staff_signs(reading), *staff_signs(reading, snoozed=True)]
        found = next((one for one in signs if one.staff == staff and one.sign.rule == rule), None)
        return None if found is None else _Now(found.rests, found.sign.severity, found.measure)
    day = Day.of(reading)
    for card in cards(reading, [participant]):
        for name, severity, since, number in hits(card, day):
            if name == rule:
                return _Now(since, severity, measured(rule, since, number, day))
    return None
