"""Putting a signal aside with a reason until a day, and waking it before; nothing is ever lost.

A snooze is kept for good. The signal wakes on the day, or when the date it rests on becomes another.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from msgspec import Struct

from config.errors import ExinError
from config.words import N_, _
from models.signals.listing import CAPACITY, staff_signs
from models.signals.rules import hits
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


@action("snoozes.put_aside", N_("the signal put aside"))
def put_aside(work: Work, participant: int | None, staff: int | None, rule: str, until: date, reason: str) -> int:
    """Put a signal of a participant or of a colleague aside until a day; answers the snooze's id.

    Raises `SnoozeError` without a reason, for a day that is not to come, or where there is no such signal now.
    """
    if until <= work.today:
        raise SnoozeError(_("Until: choose a day to come; the signal wakes on that day."))
    why = clean_text(reason, _("Reason"), REASON_LIMIT).strip()
    if not why:
        raise SnoozeError(_("Reason: say why it can wait; whoever sees it next will want to know."))
    rests = _rests(work, participant, staff, rule)
    if rests is None:
        raise SnoozeError(_("There is no such signal any more."))
    return work.insert(
        Snooze,
        participant=participant,
        staff=staff,
        rule=rule,
        rests=rests,
        until=until,
        reason=why,
        snoozed=work.today,
        snoozed_by=work.actor.staff_id or None,
    )


@action("snoozes.wake", N_("the signal woken"))
def wake(work: Work, snooze: int, version: int) -> None:
    """Wake a signal today. Raises `Conflict` and `Gone` as `Work.update`."""
    work.update(Snooze, snooze, version, until=work.today)


def _rests(reading: Reading, participant: int | None, staff: int | None, rule: str) -> str | None:
    """The date the signal rests on now, None where there is no such signal."""
    if participant is None:
        signs = [*staff_signs(reading), *staff_signs(reading, snoozed=True)] if rule == CAPACITY else []
        return next((one.rests for one in signs if one.staff == staff), None)
    day = Day.of(reading)
    found = [hit for card in cards(reading, [participant]) for hit in hits(card, day)]
    return next((since for name, _severity, since, _number in found if name == rule), None)
