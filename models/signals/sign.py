"""What a sign is, on a card, in a head or in a list: a letter and words, never a colour alone.

The rules are in `models.signals`. A sign is advice: it says why somebody should look.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from msgspec import Struct

from config.words import N_, _
from models.values.holidays import holiday


class Sign(Struct, frozen=True):
    """One thing to notice: its rule, the letter for a narrow card, two words for a wider one, and the whole reason.

    `severity` is 3 (now), 2 (soon) or 1 (to know); `since` is the date it rests on, None where there is none.
    """

    rule: str
    letter: str
    short: str
    reason: str
    severity: int
    since: date | None


SEVERITIES: Final = {3: N_("Now"), 2: N_("Soon"), 1: N_("To know")}


@lru_cache(maxsize=4096)
def offices_close(day: str) -> bool:
    """Whether offices are closed on an ISO date, or from then on: what `closed_offices` says in words."""
    try:
        return closed_offices(date.fromisoformat(day)) is not None
    except ValueError:
        return False


def closed_offices(day: date) -> tuple[str, str] | None:
    """Why offices are closed on `day` or from then on, in two words and in a sentence; None on an ordinary day."""
    name, eve_of = holiday(day), holiday(day + timedelta(days=1))
    if name:
        return _("holiday"), _("Release falls on a public holiday ({name}), when offices are closed.").format(name=name)
    if day.isoweekday() == 6:
        return _("Saturday"), _("Release falls on a Saturday, when offices are closed.")
    if day.isoweekday() == 7:
        return _("Sunday"), _("Release falls on a Sunday, when offices are closed.")
    if eve_of:
        reason = _("Release falls on the day before a public holiday ({name}); offices close, perhaps early.")
        return _("holiday eve"), reason.format(name=eve_of)
    if day.isoweekday() == 5:
        return _("Friday"), _("Release falls on a Friday; offices are closed from then until Monday.")
    return None


LEGEND: Final = (
    (N_("W"), N_("nobody is responsible")),
    (N_("P"), N_("released, but the phase was not changed")),
    (N_("R"), N_("release is near, preparation has not begun")),
    (N_("V"), N_("ticked on the release checklist, not verified in the last week")),
    (N_("C"), N_("no contact for longer than the phase expects")),
    (N_("I"), N_("silence in phase 5: independence or withdrawal?")),
    (N_("S"), N_("a mandatory consent is missing, expired or withdrawn, or soon will be")),
    (N_("O"), N_("moved to another phase without a review, which is owed")),
    (N_("E"), N_("the first weeks outside, where substance use is recorded")),
    (N_("B"), N_("the preparation phase should begin")),
    (N_("H"), N_("the worker is away and nobody covers")),
    (N_("K"), N_("the release checklist is not complete")),
    (N_("D"), N_("a task or an appointment is overdue")),
    (N_("G"), N_("the day the last review decided on for the next")),
    (N_("Y"), N_("an application waits long for a decision")),
    (N_("Q"), N_("a candidate waits long for the next talk")),
    (N_("U"), N_("a phase-out was left open")),
    (N_("F"), N_("release on a Friday, at a weekend or by a holiday")),
    (N_("N"), N_("an agency that should have a contact person has none")),
    (N_("L"), N_("long in the same phase")),
    (N_("M"), N_("not gone through in a meeting of the team for a while")),
    (N_("T"), N_("a topic waits to be taken up")),
    (N_("A"), N_("areas where the participant is at risk")),
    (N_("X"), N_("a worker follows more participants than the limit")),
)
