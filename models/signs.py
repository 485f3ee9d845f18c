"""Signs on a board card: small named rules over what the card knows. Each is a letter and words, never a colour alone.

The thresholds are the programme's (the guide). A sign is advice: it says why somebody should look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from config.programme.shapes import Limits, Phase, Programme
from config.words import N_, _, n_
from models import consent_signs
from models.holidays import holiday

if TYPE_CHECKING:
    from models.board import BoardCard

BEFORE_RELEASE: Final = 3
AFTER_RELEASE: Final = 4
HIGH_SECURITY: Final = "high"


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


Rule = Callable[["BoardCard", Phase, Limits, date], Sign | None]


def no_worker(card: BoardCard, phase: Phase, limits: Limits, today: date) -> Sign | None:
    """A participant without a responsible worker, or with one who has left the team (the guide on signals)."""
    if card.worker is not None and not card.worker_left:
        return None
    reason = _("Who was responsible has left the team.") if card.worker_left else _("Nobody is responsible.")
    return Sign("no_worker", _("W"), _("no worker"), reason, 3, None)


def released_unmoved(card: BoardCard, phase: Phase, limits: Limits, today: date) -> Sign | None:
    """The release date is reached and no phase after release lasts: 3 → 4 is the day itself (the guide on phases)."""
    if card.release is None or card.release > today or not 0 < _furthest(card) <= BEFORE_RELEASE:
        return None
    reason = _("The release date has passed and phase {phase} still lasts.").format(phase=phase.number)
    return Sign("released_unmoved", _("P"), _("phase?"), reason, 3, card.release)


def _furthest(card: BoardCard) -> int:
    """The last of the phases that last now; phases overlap, and the leading one is only the newest."""
    return max(card.phase, *card.also) if card.also else card.phase


def release_unprepared(card: BoardCard, phase: Phase, limits: Limits, today: date) -> Sign | None:
    """Release is near and preparation has not begun; sooner at lower security (the guide on phases, signals)."""
    if card.release is None or card.release <= today or not 0 < _furthest(card) < BEFORE_RELEASE:
        return None
    high = card.security_level == HIGH_SECURITY
    lead = limits.before_release_days_high if high else limits.before_release_days_lower
    left = (card.release - today).days
    if left > max(lead, limits.release_warning_days):
        return None
    reason = _("Release in {days} days, and the preparation phase has not begun.").format(days=left)
    severity = 3 if left <= limits.release_warning_days else 2
    return Sign("release_unprepared", _("R"), _("prepare"), reason, severity, card.release)


def silent(card: BoardCard, phase: Phase, limits: Limits, today: date) -> Sign | None:
    """No contact for longer than the phase expects; a silent participant must become visible (the guide)."""
    since = card.last_contact or card.began
    if not phase.contact_days or since is None:
        return None
    days = (today - since).days
    if days <= phase.contact_days:
        return None
    severity = 3 if phase.demanding or days > 2 * phase.contact_days else 2
    if card.last_contact is None:
        reason = _("No contact recorded since the phase began {days} days ago.").format(days=days)
    else:
        reason = _("No contact for {days} days; this phase expects at most {limit}.").format(
            days=days, limit=phase.contact_days
        )
    return Sign("silent", _("C"), _("silent {days}d").format(days=days), reason, severity, since)


def release_awkward(card: BoardCard, phase: Phase, limits: Limits, today: date) -> Sign | None:
    """A coming release on a Friday, at a weekend, or on or before a public holiday finds offices closed (the guide)."""
    if card.release is None or card.release < today or phase.number >= AFTER_RELEASE:
        return None
    found = closed_offices(card.release)
    if not found:
        return None
    short, reason = found
    return Sign("release_awkward", _("F"), short, reason, 2, card.release)


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


def long_in_phase(card: BoardCard, phase: Phase, limits: Limits, today: date) -> Sign | None:
    """A long time in one phase; transitions must not be missed (the guide on phases, signals)."""
    if not phase.long_days or card.began is None or (today - card.began).days <= phase.long_days:
        return None
    reason = _("{days} days in this phase; longer than {limit}.").format(
        days=(today - card.began).days, limit=phase.long_days
    )
    return Sign("long_in_phase", _("L"), _("long"), reason, 1, card.began)


def topics_waiting(card: BoardCard, phase: Phase, limits: Limits, today: date) -> Sign | None:
    """Topics parked for when the relationship is ready (the guide on method)."""
    if not card.topics:
        return None
    short = _("topic {count}").format(count=card.topics)
    return Sign(
        "topics",
        _("T"),
        short,
        n_("{count} topic waits.", "{count} topics wait.", card.topics).format(count=card.topics),
        1,
        None,
    )


def risk_areas(card: BoardCard, phase: Phase, limits: Limits, today: date) -> Sign | None:
    """There are places where the participant is at risk if seen (the guide on team)."""
    if not card.risk:
        return None
    return Sign(
        "risk_areas", _("A"), _("risk area"), _("There are risk areas: look before a visit is planned."), 1, None
    )


def overdue(card: BoardCard, phase: Phase, limits: Limits, today: date) -> Sign | None:
    """A task of ours or a planned appointment lies behind and nobody has said what came of it (the guide)."""
    if card.due is None or card.due >= today:
        return None
    days = (today - card.due).days
    reason = n_(
        "A task or appointment has been due for {count} day.",
        "A task or appointment has been due for {count} days.",
        days,
    ).format(count=days)
    return Sign("overdue", _("D"), _("due {count}d").format(count=days), reason, 2, card.due)


def application_waiting(card: BoardCard, phase: Phase, limits: Limits, today: date) -> Sign | None:
    """An application has waited long for its decision; waiting time is relapse time (the Trondheim report)."""
    days = 0 if card.waiting_since is None else (today - card.waiting_since).days
    if days <= limits.application_days:
        return None
    reason = _("An application has waited {days} days for a decision.").format(days=days)
    return Sign("application_waiting", _("Y"), _("waits {days}d").format(days=days), reason, 2, card.waiting_since)


def consents(card: BoardCard, programme: Programme, today: date) -> Sign | None:
    """A mandatory consent is missing, was withdrawn, has expired or soon will (the guide on consent, signals)."""
    found = consent_signs.lack(card.consents, (card.phase, *card.also), programme, today)
    if found is None:
        return None
    return Sign("consents", _("S"), found.short, found.reason, found.severity, found.since)


RULES: Final[tuple[Rule, ...]] = (
    no_worker,
    released_unmoved,
    release_unprepared,
    silent,
    overdue,
    application_waiting,
    release_awkward,
    long_in_phase,
    topics_waiting,
    risk_areas,
)


def signs(card: BoardCard, programme: Programme, today: date) -> tuple[Sign, ...]:
    """What to notice about one card, the most pressing first."""
    phase = programme.phase(card.phase)
    if card.phase == 0:
        return ()
    ruled: Iterator[Sign | None] = (rule(card, phase, programme.limits, today) for rule in RULES)
    found = [sign for sign in (*ruled, consents(card, programme, today)) if sign is not None]
    return tuple(sorted(found, key=lambda sign: -sign.severity))


LEGEND: Final = (
    (N_("W"), N_("nobody is responsible")),
    (N_("P"), N_("released, but the phase was not changed")),
    (N_("R"), N_("release is near, preparation has not begun")),
    (N_("C"), N_("no contact for longer than the phase expects")),
    (N_("D"), N_("a task or an appointment is overdue")),
    (N_("S"), N_("a mandatory consent is missing, expired or withdrawn, or soon will be")),
    (N_("Y"), N_("an application waits long for a decision")),
    (N_("F"), N_("release on a Friday, at a weekend or by a holiday")),
    (N_("L"), N_("long in the same phase")),
    (N_("T"), N_("a topic waits to be taken up")),
    (N_("A"), N_("areas where the participant is at risk")),
)
