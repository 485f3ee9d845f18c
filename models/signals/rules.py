"""The rules: each looks at a card on a day and answers a hit, or None. Comparisons only, and no words.

A hit is (rule, severity, the date it rests on as ISO text or empty, a number for the words). The thresholds are the
programme's; the source of each rule is named in its one line, and told in `config/programme/method/signals.toml`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Final

import msgspec

from models.consents import summary as consent_signs
from models.consents.answer import EXPIRES_SOON
from models.participants.sentence import calendar_two_thirds, days_to_serve
from models.phases.numbers import (
    AFTER_RELEASE,
    BEFORE_RELEASE,
    HIGH_SECURITY,
    IN_PRISON,
    INTAKE,
    PHASE_OUT,
    REINTEGRATION,
)
from models.phases.way_out import DECIDED, UNTIMED
from models.signals.card import Aside, CardRow
from models.signals.measures import has_grown
from models.signals.sign import offices_close
from models.signals.support_team import OF_TEAM
from models.signals.thresholds import Day, Lasting
from models.values.days import NEVER

Hit = tuple[str, int, str, int]
Rule = Callable[[CardRow, Lasting, Day], Hit | None]
NOT_OPENED: Final = -1
NO_REASON: Final = -1
_SNOOZED: Final = msgspec.json.Decoder(dict[str, Aside])
FROM_PHASE, FROM_REVIEW, FROM_FIRST_WEEKLY = range(3)
NOBODY, HAS_LEFT, ONLY_READS = range(3)


def no_worker(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """Nobody is responsible, or who was has left the team or may only read (the guide on the team)."""
    if card.worker is None:
        return "no_worker", 3, "", NOBODY
    if card.worker in day.left:
        return "no_worker", 3, "", HAS_LEFT
    return ("no_worker", 3, "", ONLY_READS) if card.worker in day.readers else None


def released_unmoved(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """The release date is reached and no phase after release lasts: 3 → 4 is the day itself (the guide on phases)."""
    if card.release > day.today or lasting.furthest > BEFORE_RELEASE:
        return None
    return "released_unmoved", 3, card.release, card.phase


def release_unprepared(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """Release within so many days, fewer at high security, and still no preparation (the guide on phase 3)."""
    near = day.release_near_high if card.security_level == HIGH_SECURITY else day.release_near
    if not day.today < card.release <= near or lasting.furthest != IN_PRISON:
        return None
    return "release_unprepared", 3, card.release, 0


def preparation_due(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """The preparation phase should begin, sooner at lower security; no candidate is prepared (the guide on phase 3)."""
    high = card.security_level == HIGH_SECURITY
    near, last = (day.release_near_high, day.prepare_high) if high else (day.release_near, day.prepare_lower)
    if not near < card.release <= last or lasting.furthest != IN_PRISON:
        return None
    return "preparation_due", 2, card.release, 0


def release_unknown(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """Nobody knows when the person comes out, not even at the latest; remand has no such day (the guide on phase 3)."""
    if card.release != NEVER or card.basis == UNTIMED or not IN_PRISON <= lasting.furthest <= BEFORE_RELEASE:
        return None
    if lasting.furthest == BEFORE_RELEASE:
        return "release_unknown", 2, card.began, 0
    return ("release_unknown", 1, card.began, 0) if card.began < day.undated else None


def parole_unasked(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """Two thirds are near, or past, and parole was not applied for (the guide's start procedure; the law)."""
    if card.parole > day.parole_near or not IN_PRISON <= lasting.furthest <= BEFORE_RELEASE:
        return None
    two_thirds = card.parole
    if card.sentence_days:
        served = days_to_serve(card.sentence_days, day.programme.limits)
        if served is None:
            return None
        two_thirds = day.later(two_thirds, served - calendar_two_thirds(card.sentence_days))
    if two_thirds > day.parole_near:
        return None
    return "parole_unasked", 2 if two_thirds >= day.today else 1, two_thirds, card.sentence_days


def release_list(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """The release checklist is in effect and not complete, or was never opened (the guide on checklists)."""
    if not 2 <= lasting.furthest <= AFTER_RELEASE:
        return None
    left = day.left_on(card.participant, card.release_list)
    if left is None:
        inside = lasting.furthest < AFTER_RELEASE and day.today <= card.release <= day.list_due
        if not inside or not day.release_lists or day.had_list(card.release_list):
            return None
        count = NOT_OPENED
    elif left.remaining:
        count = left.remaining
    else:
        return None
    if card.release == NEVER:
        return "release_list", 1, left.opened if left else "", count
    # It presses most from the last week before the gate until the first weeks outside have gone.
    severity = 3 if day.first_weeks <= card.release <= day.verify else 2 if card.release <= day.list_presses else 1
    return "release_list", severity, card.release, count


def unverified(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """An item was ticked and nobody has verified it within a week of release (the guide on phase 3)."""
    if not day.today <= card.release <= day.verify or lasting.furthest >= AFTER_RELEASE:
        return None
    left = day.left_on(card.participant, card.release_list)
    if left is None or left.unverified <= 0:
        return None
    return "unverified", 3, card.release, left.unverified


def silent(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """No contact for longer than the strictest of the phases expects (the guide on the relationship)."""
    return _silence("silent", card, lasting, day) if lasting.numbers[0] != REINTEGRATION else None


def independence(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """Silence in phase 5: independence, or withdrawal and relapse? (the guide on phase 5)."""
    return _silence("independence", card, lasting, day) if lasting.numbers[0] == REINTEGRATION else None


def _silence(rule: str, card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """The hit where there is silence, or where repeated attempts reached nobody since the last contact.

    Without any contact it counts from when the phase began.
    """
    tried = bool(lasting.contact_days) and lasting.furthest < PHASE_OUT and card.attempts >= day.attempts
    if card.contact:
        if card.contact >= lasting.silent_before:
            return (rule, 2, day.on(card.contact), card.contact) if tried else None
        twice, since = card.contact < lasting.silent_twice, day.on(card.contact)
    else:
        if card.began >= lasting.silent_before_day:
            return (rule, 2, card.began, 0) if tried else None
        twice, since = card.began < lasting.silent_twice_day, card.began
    return rule, 3 if twice or lasting.demanding else 2, since, card.contact


def overdue(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """A task, whoever's turn it is, or an appointment lies behind, and nobody said what came of it (the guide)."""
    if card.due >= day.today:
        return None
    return "overdue", 2, card.due, sum(one[:-1] < day.today for one in card.dues.split(",") if one)


def application_waiting(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """An application has waited long for its decision; waiting time is relapse time (the Trondheim report)."""
    if card.waiting >= day.waiting:
        return None
    return "application_waiting", 2, card.waiting, sum(one < day.waiting for one in card.waits.split(",") if one)


def release_awkward(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """A coming release on a Friday, at a weekend, or on or before a public holiday finds offices closed (the guide)."""
    if not day.today <= card.release <= day.awkward or lasting.furthest >= AFTER_RELEASE:
        return None
    return ("release_awkward", 2, card.release, 0) if offices_close(card.release) else None


def long_in_phase(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """A long time in one phase, unless a review has looked at it and set a later day (the guide on transitions)."""
    if card.began >= lasting.long_before or day.today < card.next_review <= day.next_review:
        return None
    return "long_in_phase", 1, card.began, 0


def discussion_missed(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """The team, which holds its weekly meetings here, has not gone through this one for over a week (the guide)."""
    since = max(card.review or card.began, day.first_weekly)
    if since >= day.weekly or not INTAKE <= lasting.furthest <= REINTEGRATION:
        return None
    counted = FROM_FIRST_WEEKLY if since == day.first_weekly else FROM_REVIEW if card.review else FROM_PHASE
    return "discussion_missed", 2 if lasting.demanding else 1, since, counted


def review_due(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """The last review decided to look again by now (the guide on transitions)."""
    return ("review_due", 2, card.next_review, 0) if card.next_review <= day.today else None


def review_owed(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """A move was made without a review, which is owed until it is held (the guide on transitions)."""
    return ("review_owed", 2, card.owed, 0) if card.owed <= day.today else None


def agency_missing(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """An agency that should have somebody in these phases has no contact person (the guide on partners)."""
    agencies = day.expected(card, lasting)
    if not agencies:
        return None
    count, ended = day.missing(agencies, card.helped)
    return ("agency_missing", 2 if lasting.demanding else 1, ended or card.began, count) if count else None


def worker_away(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """The release falls in an absence of whoever is responsible, and nobody covers (the guide on the team)."""
    # The absence itself is told once, of the colleague.
    spans = day.alone.get(card.worker, ()) if card.worker is not None else ()
    if not spans or lasting.furthest >= AFTER_RELEASE or not day.today <= card.release < NEVER:
        return None
    if not any(first <= card.release <= last for first, last in spans) or day.stands_in(card.coworker):
        return None
    return "worker_away", 3 if card.release <= day.list_presses else 2, card.release, 0


def candidate_waiting(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """A candidate has waited long for the next talk (the guide on intake)."""
    return ("candidate_waiting", 2, card.talk, 0) if card.talk < day.talk else None


def phase_out_open(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """A phase-out is open, has no reason, or left partners untold or consents in force (the guide on phase-out)."""
    if not card.phase:
        left = card.untold + (card.consent > day.today)
        return ("phase_out_open", 2, "", left) if left else None
    if card.phase_out < day.phase_out:
        return "phase_out_open", 2, card.phase_out, 0
    unsaid = lasting.furthest == PHASE_OUT and card.phase_out == NEVER
    return ("phase_out_open", 2, card.began, NO_REASON) if unsaid else None


def first_weeks(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """The first weeks outside where substance use is recorded: a prompt, never a score (research)."""
    if not card.substance or not AFTER_RELEASE <= lasting.furthest <= REINTEGRATION:
        return None
    out = card.release if card.basis == DECIDED else card.began if card.phase == AFTER_RELEASE else NEVER
    return ("first_weeks", 2, out, 0) if day.first_weeks <= out <= day.today else None


def consents(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """A mandatory consent is missing, was withdrawn, has expired or soon will (the guide on consent)."""
    found = consent_signs.worst(card.consents, lasting.consents, day.today, day.consent_ends)
    if found is None:
        return None
    state, since = found
    # At intake the consents are being gathered: their lack is to know, not to act on.
    severity = 1 if lasting.furthest <= INTAKE else 2 if state == EXPIRES_SOON else 3
    many = consent_signs.count(card.consents, lasting.consents, day.today, day.consent_ends)
    return "consents", severity, since, many


def withdrawal_unwritten(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """A consent was withdrawn aloud, and the written confirmation is missing (the Trondheim report's form)."""
    return ("withdrawal_unwritten", 2, card.unwritten, 0) if card.unwritten <= day.today else None


def topics(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """Topics parked for when the relationship is ready (the guide on method)."""
    return ("topics", 1, "", card.topics) if card.topics else None


def risk_areas(card: CardRow, lasting: Lasting, day: Day) -> Hit | None:
    """There are places where the participant is at risk if seen (the guide on the team)."""
    return ("risk_areas", 1, "", 0) if card.risk else None


RULES: Final[tuple[Rule, ...]] = (
    no_worker,
    released_unmoved,
    release_unprepared,
    unverified,
    silent,
    independence,
    consents,
    withdrawal_unwritten,
    review_owed,
    first_weeks,
    preparation_due,
    parole_unasked,
    worker_away,
    release_list,
    overdue,
    review_due,
    application_waiting,
    candidate_waiting,
    phase_out_open,
    release_awkward,
    release_unknown,
    *OF_TEAM,
    agency_missing,
    long_in_phase,
    discussion_missed,
    topics,
    risk_areas,
)
# Most cards of a large caseload have no release near and no date that has passed: their rules are not asked.
_NEAR: Final = (released_unmoved, release_unprepared, preparation_due, unverified, release_awkward)
_PASSED: Final = (overdue, application_waiting, candidate_waiting, review_due, review_owed)
_ASKED: Final = tuple(
    tuple(
        rule
        for rule in RULES
        if (near or rule not in _NEAR)
        and (passed or rule not in _PASSED)
        and (unknown or rule is not release_unknown)
        and (parole or rule is not parole_unasked)
        and (teamed or rule not in OF_TEAM)
    )
    for near, passed, unknown, parole, teamed in product((False, True), repeat=5)
)


def hits(card: CardRow, day: Day) -> list[Hit]:
    """What there is to notice about a card, put aside or not, in the order of the rules.

    Of one who is phased out only what was left undone at the end.
    """
    if not card.phase:
        return [hit] if (hit := phase_out_open(card, day.lasting(0, ""), day)) is not None else []
    lasting = day.lasting(card.phase, card.phases)
    near, unknown, parole = card.release <= day.furthest_ahead, card.release == NEVER, card.parole <= day.parole_near
    passed = min(card.due, card.waiting, card.talk, card.next_review, card.owed) <= day.today
    asked = _ASKED[16 * near + 8 * passed + 4 * unknown + 2 * parole + bool(card.team)]
    return [hit for rule in asked if (hit := rule(card, lasting, day)) is not None]


def split(card: CardRow, found: Sequence[Hit], day: Day) -> tuple[Sequence[Hit], Sequence[Hit]]:
    """The hits that are awake, and those put aside: until a day, while what was true then is true and no more is."""
    if not card.snoozed:
        return found, ()
    kept = _SNOOZED.decode(card.snoozed)
    aside = [hit for hit in found if (snooze := kept.get(hit[0])) is not None and _asleep(snooze, hit, day)]
    return [hit for hit in found if hit not in aside], aside


def _asleep(aside: Aside, hit: Hit, day: Day) -> bool:
    """Whether a hit that was put aside still is. On the day itself it is awake again, and never asleep for longer."""
    rule, severity, since, number = hit
    if day.today >= aside.until or aside.made <= day.longest_aside or aside.rests != since:
        return False
    heavier = aside.severity is not None and severity > aside.severity
    return not heavier and not has_grown(rule, aside.measure, since, number, day)
