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


LEGEND: Final = {
    "no_worker": (N_("W"), N_("nobody is responsible")),
    "released_unmoved": (N_("P"), N_("released, but the phase was not changed")),
    "release_unprepared": (N_("R"), N_("release is near, preparation has not begun")),
    "unverified": (N_("V"), N_("ticked on the release checklist, not verified in the last week")),
    "silent": (N_("C"), N_("no contact for longer than the phase expects")),
    "independence": (N_("I"), N_("silence in phase 5: independence or withdrawal?")),
    "consents": (N_("S"), N_("a mandatory consent is missing, expired or withdrawn, or soon will be")),
    "withdrawal_unwritten": (N_("2"), N_("a consent was withdrawn orally, and the written confirmation is missing")),
    "review_owed": (N_("O"), N_("moved to another phase without a review, which is owed")),
    "first_weeks": (N_("E"), N_("the first weeks outside, where substance use is recorded")),
    "preparation_due": (N_("B"), N_("the preparation phase should begin")),
    "parole_unasked": (N_("J"), N_("two thirds are near and parole was not applied for")),
    "worker_away": (N_("H"), N_("release, or a whole caseload, while the worker is away and nobody covers")),
    "release_list": (N_("K"), N_("the release checklist is not complete")),
    "overdue": (N_("D"), N_("a task or an appointment is overdue")),
    "review_due": (N_("G"), N_("the day the last review decided on for the next")),
    "application_waiting": (N_("Y"), N_("an application waits long for a decision")),
    "candidate_waiting": (N_("Q"), N_("a candidate waits long for the next talk")),
    "phase_out_open": (N_("U"), N_("a phase-out was left open, has no reason, or left something undone")),
    "release_awkward": (N_("F"), N_("release on a Friday, at a weekend or by a holiday")),
    "release_unknown": (N_("Z"), N_("no day of release is known, nor the full term")),
    "agency_missing": (N_("N"), N_("an agency that should have a contact person has none")),
    "long_in_phase": (N_("L"), N_("long in the same phase")),
    "discussion_missed": (N_("M"), N_("not gone through in a meeting of the team for a while")),
    "topics": (N_("T"), N_("a topic waits to be taken up")),
    "risk_areas": (N_("A"), N_("areas where the participant is at risk")),
    "capacity": (N_("X"), N_("a worker follows more participants than the limit")),
}
"""By rule, in their order: the letter of its sign, and what the letter says."""
