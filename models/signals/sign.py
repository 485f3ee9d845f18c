"""What a sign is, on a card, in a head or in a list: words, or a tag where they have no room, never a colour alone.

The rules are in `models.signals`. A sign is advice: it says why somebody should look.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from msgspec import Struct

from config.programme.labels import Words
from config.words import N_, _
from models.values.holidays import holiday


class Sign(Struct, frozen=True):
    """One thing to notice: its rule, the tag of its family, two words for a card, and the whole reason.

    `severity` is 3 (now), 2 (soon) or 1 (to know); `since` is the date it rests on, None where there is none.
    """

    rule: str
    tag: str
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
        reason = _("Release falls on a public holiday ({name}), when offices are closed.")
        return _("out: holiday"), reason.format(name=name)
    if day.isoweekday() == 6:
        return _("out: Saturday"), _("Release falls on a Saturday, when offices are closed.")
    if day.isoweekday() == 7:
        return _("out: Sunday"), _("Release falls on a Sunday, when offices are closed.")
    if eve_of:
        reason = _("Release falls on the day before a public holiday ({name}); offices close, perhaps early.")
        return _("out: holiday eve"), reason.format(name=eve_of)
    if day.isoweekday() == 5:
        return _("out: Friday"), _("Release falls on a Friday; offices are closed from then until Monday.")
    return None


class Family(Struct, frozen=True):
    """Signals about one thing; `tag` are two letters in either language, which no key can be taken for."""

    tag: Words
    name: str


FAMILIES: Final = {
    "release": Family(Words(nb="Lø", en="Re"), N_("release near or past")),
    "checklist": Family(Words(nb="Sj", en="Li"), N_("checklist before release")),
    "contact": Family(Words(nb="Ko", en="Co"), N_("contact with the participant")),
    "consent": Family(Words(nb="Sa", en="Cs"), N_("consents")),
    "review": Family(Words(nb="Dr", en="Rv"), N_("reviews and meetings of the team")),
    "worker": Family(Words(nb="An", en="Wk"), N_("who is responsible")),
    "due": Family(Words(nb="Fr", en="Du"), N_("deadlines that have passed")),
    "waiting": Family(Words(nb="Ve", en="Wt"), N_("waiting for an answer or a talk")),
    "network": Family(Words(nb="Ne", en="Ag"), N_("contact persons of the agencies")),
    "support_team": Family(Words(nb="Gr", en="St"), N_("support team")),
    "phase_out": Family(Words(nb="Ut", en="En"), N_("leaving EX/IN")),
    "topic": Family(Words(nb="Te", en="To"), N_("topics for later")),
    "risk": Family(Words(nb="Ri", en="Ri"), N_("risk areas")),
    "agreement": Family(Words(nb="Sv", en="Ca"), N_("agreements between agencies")),
}
"""In the order of the legend."""

LEGEND: Final = {
    "no_worker": ("worker", N_("nobody is responsible")),
    "released_unmoved": ("release", N_("released, but the phase was not changed")),
    "release_unprepared": ("release", N_("release is near, preparation has not begun")),
    "unverified": ("checklist", N_("ticked on the release checklist, not verified in the last week")),
    "silent": ("contact", N_("no contact for longer than the phase expects")),
    "independence": ("contact", N_("silence in phase 5: independence or withdrawal?")),
    "consents": ("consent", N_("a mandatory consent is missing, expired or withdrawn, or soon will be")),
    "withdrawal_unwritten": ("consent", N_("a consent was withdrawn orally, and the written confirmation is missing")),
    "review_owed": ("review", N_("moved to another phase without a review, which is missing")),
    "first_weeks": ("contact", N_("the first weeks outside, where substance use is recorded")),
    "preparation_due": ("release", N_("the preparation phase should begin")),
    "parole_unasked": ("release", N_("two thirds are near and parole was not applied for")),
    "worker_away": ("worker", N_("release, or a whole caseload, while the caseworker is away and nobody covers")),
    "release_list": ("checklist", N_("the release checklist is not complete")),
    "overdue": ("due", N_("a task or an appointment is overdue")),
    "review_due": ("review", N_("the day the last review decided on for the next")),
    "application_waiting": ("waiting", N_("an application waits long for a decision")),
    "candidate_waiting": ("waiting", N_("a candidate waits long for the next talk")),
    "phase_out_open": ("phase_out", N_("a phase-out was left open, has no reason, or left something undone")),
    "release_awkward": ("release", N_("release on a Friday, at a weekend or by a holiday")),
    "release_unknown": ("release", N_("no day of release is known, nor the full term")),
    "team_consent": ("support_team", N_("somebody in the support team whom no consent covers")),
    "team_unrepresented": ("support_team", N_("an agency of the support team has nobody in it")),
    "team_uncoordinated": ("support_team", N_("a support team without a coordinator")),
    "team_not_in_on_it": ("support_team", N_("the participant is not in on the support team")),
    "team_ends": ("support_team", N_("the support team's time is nearly up, or past")),
    "team_unevaluated": ("support_team", N_("the support team's evaluation half way or at its end is missing")),
    "team_outside": ("support_team", N_("a helper's agency is not in the support team")),
    "agency_missing": ("network", N_("an agency that should have a contact person has none")),
    "long_in_phase": ("review", N_("long in the same phase")),
    "discussion_missed": ("review", N_("not gone through in a meeting of the team for a while")),
    "topics": ("topic", N_("a topic waits to be taken up")),
    "risk_areas": ("risk", N_("areas where the participant is at risk")),
    "capacity": ("worker", N_("a caseworker follows more participants than the limit")),
    "agreement_ends": ("agreement", N_("an agreement between agencies ends soon, or its time is over")),
    "agreement_revision": ("agreement", N_("an agreement between agencies is to be revised")),
    "agreement_report": ("agreement", N_("the final report on an agreement between agencies is due")),
    "steering_owed": ("agreement", N_("the steering group has met more seldom than was agreed")),
    "steering_unconvened": ("agreement", N_("nobody is named to convene the steering group")),
}
"""By rule, in their order: the family of its sign, and what it says."""


def tag(rule: str) -> str:
    """The two letters for a rule's sign where words have no room, in the language in force."""
    return str(FAMILIES[LEGEND[rule][0]].tag)


def is_of(rule: str, wanted: str) -> bool:
    """Whether a rule is the one wanted, or of the family wanted; every one is where nothing is."""
    return wanted in ("", rule, LEGEND[rule][0])
