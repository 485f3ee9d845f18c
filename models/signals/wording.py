"""The words of a hit: made only for what is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from config.dates import format_date
from config.words import N_, _, n_
from models.consents import summary as consent_signs
from models.signals.card import CardRow
from models.signals.rules import FROM_PHASE, FROM_REVIEW, NOT_OPENED, Hit
from models.signals.sign import Sign, closed_offices
from models.signals.thresholds import Day

LETTERS: Final = {
    "no_worker": N_("W"),
    "released_unmoved": N_("P"),
    "release_unprepared": N_("R"),
    "unverified": N_("V"),
    "silent": N_("C"),
    "independence": N_("I"),
    "consents": N_("S"),
    "review_owed": N_("O"),
    "first_weeks": N_("E"),
    "preparation_due": N_("B"),
    "worker_away": N_("H"),
    "release_list": N_("K"),
    "overdue": N_("D"),
    "review_due": N_("G"),
    "application_waiting": N_("Y"),
    "candidate_waiting": N_("Q"),
    "phase_out_open": N_("U"),
    "release_awkward": N_("F"),
    "agency_missing": N_("N"),
    "long_in_phase": N_("L"),
    "discussion_missed": N_("M"),
    "topics": N_("T"),
    "risk_areas": N_("A"),
    "capacity": N_("X"),
}
Words = tuple[str, str]


def sign(card: CardRow, hit: Hit, day: Day) -> Sign:
    """A hit of this card's as it is shown: letter, two words and the whole reason."""
    rule, severity, since, _number = hit
    short, reason = _SPOKEN[rule](card, hit, day)
    return Sign(rule, _(LETTERS[rule]), short, reason, severity, date.fromisoformat(since) if since else None)


def _no_worker(card: CardRow, hit: Hit, day: Day) -> Words:
    return _("no worker"), _("Who was responsible has left the team.") if hit[3] else _("Nobody is responsible.")


def _released_unmoved(card: CardRow, hit: Hit, day: Day) -> Words:
    return _("phase?"), _("The release date has passed and phase {phase} still lasts.").format(phase=hit[3])


def _release_unprepared(card: CardRow, hit: Hit, day: Day) -> Words:
    reason = _("Release in {days} days, and the preparation phase has not begun.")
    return _("prepare"), reason.format(days=-day.days_since(hit[2]))


def _preparation_due(card: CardRow, hit: Hit, day: Day) -> Words:
    reason = _("Release in {days} days: at this security level the preparation phase should begin.")
    return _("begin 3"), reason.format(days=-day.days_since(hit[2]))


def _unverified(card: CardRow, hit: Hit, day: Day) -> Words:
    days = -day.days_since(hit[2])
    reason = n_(
        "{count} ticked item is not verified; release is in {days} days.",
        "{count} ticked items are not verified; release is in {days} days.",
        hit[3],
    )
    return _("verify {count}").format(count=hit[3]), reason.format(count=hit[3], days=days)


def _release_list(card: CardRow, hit: Hit, day: Day) -> Words:
    if hit[3] == NOT_OPENED:
        return _("no list"), _("The release checklist is due and was not opened.")
    reason = n_(
        "{count} item is left on the release checklist.", "{count} items are left on the release checklist.", hit[3]
    )
    return _("list {count}").format(count=hit[3]), reason.format(count=hit[3])


def _silence(card: CardRow, hit: Hit, day: Day) -> tuple[str, str]:
    days = day.days_since(hit[2])
    if not hit[3]:
        reason = _("No contact recorded since the phase began {days} days ago.").format(days=days)
    else:
        limit = day.lasting(card.phase, card.phases).contact_days
        reason = _("No contact for {days} days; this phase expects at most {limit}.").format(days=days, limit=limit)
    return _("silent {days}d").format(days=days), reason


def _independence(card: CardRow, hit: Hit, day: Day) -> Words:
    short, reason = _silence(card, hit, day)
    return short, _("{silence} Independence or withdrawal?").format(silence=reason)


def _consents(card: CardRow, hit: Hit, day: Day) -> Words:
    lasting = day.lasting(card.phase, card.phases)
    found = consent_signs.lack(card.consents, lasting.numbers, day.programme, day.date)
    return (found.short, found.reason) if found else ("", "")


def _review_owed(card: CardRow, hit: Hit, day: Day) -> Words:
    reason = _("Moved to another phase {date} without a review, which is owed.")
    return _("review owed"), reason.format(date=_date(hit[2]))


def _first_weeks(card: CardRow, hit: Hit, day: Day) -> Words:
    days = day.days_since(hit[2])
    reason = _("Day {day} of {last} outside, and substance use is recorded: dense contact; talk about naloxone.")
    short = _("day {day}").format(day=days)
    return short, reason.format(day=days, last=day.programme.limits.first_weeks_days)


def _worker_away(card: CardRow, hit: Hit, day: Day) -> Words:
    return _("worker away"), _("Whoever is responsible is away since {date} and nobody covers.").format(
        date=_date(hit[2])
    )


def _overdue(card: CardRow, hit: Hit, day: Day) -> Words:
    days = day.days_since(hit[2])
    reason = n_(
        "A task or appointment has been due for {count} day.",
        "A task or appointment has been due for {count} days.",
        days,
    )
    return _("due {count}d").format(count=days), reason.format(count=days)


def _review_due(card: CardRow, hit: Hit, day: Day) -> Words:
    return _("review"), _("The last review decided to look again on {date}.").format(date=_date(hit[2]))


def _application_waiting(card: CardRow, hit: Hit, day: Day) -> Words:
    days = day.days_since(hit[2])
    reason = _("An application has waited {days} days for a decision.").format(days=days)
    return _("waits {days}d").format(days=days), reason


def _candidate_waiting(card: CardRow, hit: Hit, day: Day) -> Words:
    days = day.days_since(hit[2])
    return _("talk {days}d").format(days=days), _("The candidate has waited {days} days for the next talk.").format(
        days=days
    )


def _phase_out_open(card: CardRow, hit: Hit, day: Day) -> Words:
    days = day.days_since(hit[2])
    return _("open {days}d").format(days=days), _("The phase-out was begun {days} days ago and is still open.").format(
        days=days
    )


def _release_awkward(card: CardRow, hit: Hit, day: Day) -> Words:
    return closed_offices(date.fromisoformat(hit[2])) or ("", "")


def _agency_missing(card: CardRow, hit: Hit, day: Day) -> Words:
    helped = day.helped(card.helped)
    lacking = [one for one in day.lasting(card.phase, card.phases).agencies if helped.get(one, "") <= day.today]
    names = ", ".join(str(day.programme.agency(one).name) for one in lacking)
    return _("nobody at {count}").format(count=hit[3]), _("No contact person at {agencies}.").format(agencies=names)


def _long_in_phase(card: CardRow, hit: Hit, day: Day) -> Words:
    limit = day.programme.phase(card.phase).long_days
    reason = _("{days} days in this phase; longer than {limit}.").format(days=day.days_since(hit[2]), limit=limit)
    return _("long"), reason


def _discussion_missed(card: CardRow, hit: Hit, day: Day) -> Words:
    days = day.days_since(hit[2])
    if hit[3] == FROM_REVIEW:
        reason = _("The team has not gone through this follow-up for {days} days.")
    elif hit[3] == FROM_PHASE:
        reason = _("The team has not gone through this follow-up since the phase began {days} days ago.")
    else:
        reason = _("The team has not gone through this follow-up since its first weekly meeting {days} days ago.")
    return _("meeting {days}d").format(days=days), reason.format(days=days)


def _topics(card: CardRow, hit: Hit, day: Day) -> Words:
    reason = n_("{count} topic waits.", "{count} topics wait.", hit[3]).format(count=hit[3])
    return _("topic {count}").format(count=hit[3]), reason


def _risk_areas(card: CardRow, hit: Hit, day: Day) -> Words:
    return _("risk area"), _("There are risk areas: look before a visit is planned.")


def _date(iso: str) -> str:
    return format_date(date.fromisoformat(iso))


_SPOKEN: Final[dict[str, Callable[[CardRow, Hit, Day], Words]]] = {
    "no_worker": _no_worker,
    "released_unmoved": _released_unmoved,
    "release_unprepared": _release_unprepared,
    "unverified": _unverified,
    "silent": _silence,
    "independence": _independence,
    "consents": _consents,
    "review_owed": _review_owed,
    "first_weeks": _first_weeks,
    "preparation_due": _preparation_due,
    "worker_away": _worker_away,
    "release_list": _release_list,
    "overdue": _overdue,
    "review_due": _review_due,
    "application_waiting": _application_waiting,
    "candidate_waiting": _candidate_waiting,
    "phase_out_open": _phase_out_open,
    "release_awkward": _release_awkward,
    "agency_missing": _agency_missing,
    "long_in_phase": _long_in_phase,
    "discussion_missed": _discussion_missed,
    "topics": _topics,
    "risk_areas": _risk_areas,
}
