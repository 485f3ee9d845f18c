"""The words of a hit: made only for what is shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Final

from config.dates import days_ahead, days_told, format_date
from config.words import N_, _, n_
from models.consents import summary as consent_signs
from models.consents.answer import EXPIRED, EXPIRES_SOON, NEVER, WITHDRAWN
from models.phases.way_out import FULL_TERM, PAROLE
from models.signals.card import CardRow
from models.signals.rules import (
    FROM_FIRST_WEEKLY,
    FROM_PHASE,
    FROM_REVIEW,
    HAS_LEFT,
    NO_REASON,
    NOBODY,
    NOT_OPENED,
    ONLY_READS,
    Hit,
    split,
)
from models.signals.sign import Sign, closed_offices, tag
from models.signals.support_team import AT_END, SAYS_NO, team_of
from models.signals.thresholds import Day

Words = tuple[str, str]
Spoken = Callable[[CardRow, Hit, Day], Words]


def sign(card: CardRow, hit: Hit, day: Day) -> Sign:
    """A hit of this card's as it is shown: tag, two words and the whole reason."""
    rule, severity, since, _number = hit
    short, reason = _SPOKEN[rule](card, hit, day)
    if rule in _OF_RELEASE and (basis := _BASIS.get(card.basis)):
        reason = f"{reason} {_(basis)}"
    return Sign(rule, tag(rule), short, reason, severity, date.fromisoformat(since) if since else None)


def shown(card: CardRow, found: Sequence[Hit], day: Day) -> tuple[Sign, ...]:
    """The signs of a card that are awake, the most pressing first."""
    awake, _aside = split(card, found, day)
    return tuple(sign(card, hit, day) for hit in sorted(awake, key=lambda hit: -hit[1]))


def _told(short: str, reason: str) -> Spoken:
    """Words with no more in them than the date the hit rests on, how many days that is off, and the hit's number.

    `time` says the days in words, `when` how far ahead they end.
    """

    def words(card: CardRow, hit: Hit, day: Day) -> Words:
        rests = date.fromisoformat(hit[2]) if hit[2] else day.date
        days = abs((day.date - rests).days)
        known = {"date": format_date(rests), "days": days, "phase": hit[3]}
        known |= {"time": days_told(days), "when": days_ahead(days)}
        return _(short).format(**known), _(reason).format(**known)

    return words


def _no_worker(card: CardRow, hit: Hit, day: Day) -> Words:
    return _("no worker"), _(_NO_WORKER[hit[3]])


def _unverified(card: CardRow, hit: Hit, day: Day) -> Words:
    days = -day.days_since(hit[2])
    reason = n_(
        "{count} ticked item is not verified; release is {when}.",
        "{count} ticked items are not verified; release is {when}.",
        hit[3],
    )
    return _("verify {count}").format(count=hit[3]), reason.format(count=hit[3], when=days_ahead(days))


def _release_list(card: CardRow, hit: Hit, day: Day) -> Words:
    if hit[3] == NOT_OPENED:
        return _("no checklist"), _("The release checklist is due and was not opened.")
    reason = n_(
        "{count} item is left on the release checklist.", "{count} items are left on the release checklist.", hit[3]
    )
    return _("checklist {count}").format(count=hit[3]), reason.format(count=hit[3])


def _silence(card: CardRow, hit: Hit, day: Day) -> Words:
    days = day.days_since(hit[2])
    if not hit[3]:
        reason = _("No contact recorded since the phase began {time} ago.").format(time=days_told(days))
    else:
        limit = day.lasting(card.phase, card.phases).contact_days
        reason = _("No contact for {time}; this phase expects at most {limit}.")
        reason = reason.format(time=days_told(days), limit=limit)
    if card.attempts:
        tried = n_(
            "{count} attempt since has reached nobody.", "{count} attempts since have reached nobody.", card.attempts
        )
        reason += " " + tried.format(count=card.attempts)
    return _("silent {days}d").format(days=days), reason


def _independence(card: CardRow, hit: Hit, day: Day) -> Words:
    short, reason = _silence(card, hit, day)
    return short, _("{silence} Independence or withdrawal?").format(silence=reason)


def _first_weeks(card: CardRow, hit: Hit, day: Day) -> Words:
    days = day.days_since(hit[2])
    reason = _(
        "Day {day} of {last} outside, and substance use is recorded: keep frequent contact, talk about naloxone."
    )
    short = _("day {day} out").format(day=days)
    return short, reason.format(day=days, last=day.programme.limits.first_weeks_days)


def _overdue(card: CardRow, hit: Hit, day: Day) -> Words:
    days = day.days_since(hit[2])
    reason = n_(
        "A task or appointment has been due for {count} day.",
        "A task or appointment has been due for {count} days.",
        days,
    ).format(count=days)
    if (waits := _WAITS.get(card.dues[len(card.due) : len(card.due) + 1])) is not None:
        reason += " " + _(waits)
    if hit[3] > 1:
        more = n_("{count} more is overdue.", "{count} more are overdue.", hit[3] - 1)
        reason += " " + more.format(count=hit[3] - 1)
    return _("overdue {count}d").format(count=days), reason


def _application_waiting(card: CardRow, hit: Hit, day: Day) -> Words:
    words = _told(N_("application {days}d"), N_("An application has waited {time} for a decision."))
    short, reason = words(card, hit, day)
    if hit[3] > 1:
        more = n_("{count} more waits long.", "{count} more wait long.", hit[3] - 1)
        reason += " " + more.format(count=hit[3] - 1)
    return short, reason


def _phase_out(card: CardRow, hit: Hit, day: Day) -> Words:
    if card.phase:
        told = N_("The phase-out was begun {time} ago and is still open.")
        if hit[3] == NO_REASON:
            return _("phase-out: why?"), _("Phase-out is open, and no reason to end was recorded: nobody is told.")
        return _told(N_("phase-out {days}d"), told)(card, hit, day)
    said = [_("The phase-out is closed.")]
    if card.untold:
        untold = n_("{count} partner was not told.", "{count} partners were not told.", card.untold)
        said.append(untold.format(count=card.untold))
    if card.consent > day.today:
        said.append(_("Consents hold until {date}.").format(date=format_date(date.fromisoformat(card.consent))))
    return _("phase-out undone"), " ".join(said)


def _agency_missing(card: CardRow, hit: Hit, day: Day) -> Words:
    helped = day.helped(card.helped)
    wanted = day.expected(card, day.lasting(card.phase, card.phases))
    lacking = [one for one in wanted if helped.get(one, "") <= day.today]
    names = ", ".join(str(day.programme.agency(one).name) for one in lacking)
    short = n_("nobody at {count} agency", "nobody at {count} agencies", hit[3]).format(count=hit[3])
    return short, _("No contact person at {agencies}.").format(agencies=names)


def _team_consent(card: CardRow, hit: Hit, day: Day) -> Words:
    reason = n_(
        "No consent covers sharing with {count} person in the support team.",
        "No consent covers sharing with {count} people in the support team.",
        hit[3],
    )
    return _("team: consent {count}").format(count=hit[3]), reason.format(count=hit[3])


def _team_unrepresented(card: CardRow, hit: Hit, day: Day) -> Words:
    team = team_of(card.team)
    there = {seat.agency for seat in team.there(day.today) if seat.represents}
    told = _("Nobody sits in the support team for {agencies}.")
    return _("team: nobody"), told.format(agencies=_agencies(day, team.agencies - there))


def _team_outside(card: CardRow, hit: Hit, day: Day) -> Words:
    inside, helped = team_of(card.team).agencies, day.helped(card.helped)
    outside = {agency for agency, until in helped.items() if until > day.today and agency not in inside}
    told = _("Helps without a part in the support team: {agencies}.")
    return _("outside team {count}").format(count=hit[3]), told.format(agencies=_agencies(day, outside))


def _agencies(day: Day, ids: Collection[str]) -> str:
    own = [_("our own team")] if "" in ids else []
    return ", ".join([*own, *(str(one.name) for one in day.programme.agencies if one.id in ids)])


def _team_not_in_on_it(card: CardRow, hit: Hit, day: Day) -> Words:
    asked = _("Nobody has noted whether the participant is in on the support team.")
    return _("not in on it?"), _("The participant is not in on the support team.") if hit[3] == SAYS_NO else asked


def _team_ends(card: CardRow, hit: Hit, day: Day) -> Words:
    if hit[2] < day.today:
        told = N_("The support team's time was up {date}: conclude and end it, or extend it with a reason.")
        return _told(N_("team past end"), told)(card, hit, day)
    told = N_("The support team's time is up {when}: conclude and end it, or extend it with a reason.")
    return _told(N_("team ends {days}d"), told)(card, hit, day)


def _team_unevaluated(card: CardRow, hit: Hit, day: Day) -> Words:
    at_half = N_("Half of the support team's time had passed {date}, and it is not evaluated.")
    at_end = N_("The support team nears its end, and is not evaluated since half of its time had passed {date}.")
    return _told(N_("evaluate team"), at_end if hit[3] == AT_END else at_half)(card, hit, day)


def _long_in_phase(card: CardRow, hit: Hit, day: Day) -> Words:
    limit = day.programme.phase(card.phase).long_days
    reason = _("{time} in this phase; longer than {limit}.")
    return _("long"), reason.format(time=days_told(day.days_since(hit[2])), limit=limit)


def _discussion_missed(card: CardRow, hit: Hit, day: Day) -> Words:
    return _told(N_("last meeting {days}d"), _MISSED[hit[3]])(card, hit, day)


def _topics(card: CardRow, hit: Hit, day: Day) -> Words:
    reason = n_("{count} topic waits.", "{count} topics wait.", hit[3]).format(count=hit[3])
    return _("topic {count}").format(count=hit[3]), reason


def _consents(card: CardRow, hit: Hit, day: Day) -> Words:
    wanted, agency = day.lasting(card.phase, card.phases).consents, day.programme.agency
    found = consent_signs.standings(card.consents, wanted, day.programme.limits, day.date)
    if not found:
        return "", ""
    told = []
    for one in found:
        words = _(_CONSENT[one.state][1]).format(date=format_date(one.day) if one.day else "")
        told.append(f"{agency(one.agency).name} {words}")
    first = found[0]
    short = _(_CONSENT[first.state][0]).format(days=(first.day - day.date).days if first.day else 0)
    return short, _("Mandatory consents: {told}.").format(told="; ".join(told))


_WAITS: Final = {"a": N_("It waits for an agency."), "p": N_("It waits for the participant.")}
_NO_WORKER: Final = {
    NOBODY: N_("Nobody is responsible."),
    HAS_LEFT: N_("Who was responsible has left the team."),
    ONLY_READS: N_("Nobody is responsible: who is named has read access only."),
}
_MISSED: Final = {
    FROM_REVIEW: N_("The team has not gone through this follow-up for {time}."),
    FROM_PHASE: N_("The team has not gone through this follow-up since the phase began {time} ago."),
    FROM_FIRST_WEEKLY: N_("The team has not gone through this follow-up since its first weekly meeting {time} ago."),
}
_CONSENT: Final = {
    WITHDRAWN: (N_("consent withdrawn"), N_("withdrawn {date}")),
    EXPIRED: (N_("consent expired"), N_("expired {date}")),
    NEVER: (N_("no consent"), N_("never given")),
    EXPIRES_SOON: (N_("consent {days}d"), N_("only until {date}")),
}


def _parole_unasked(card: CardRow, hit: Hit, day: Day) -> Words:
    two_thirds = format_date(date.fromisoformat(hit[2]))
    known = _("Two thirds are served {date} (computed), and parole was not applied for.")
    given = _("Two thirds are served {date}, and parole was not applied for.")
    return _("parole?"), (known if hit[3] else given).format(date=two_thirds)


_OF_RELEASE: Final = (
    "released_unmoved", "release_unprepared", "preparation_due", "release_list", "unverified", "release_awkward",
)  # fmt: skip
_BASIS: Final = {
    PAROLE: N_("Parole is granted from that day; no day of release is noted."),
    FULL_TERM: N_("It is the full term, the latest day; no day of release is noted."),
}
_SPOKEN: Final[dict[str, Spoken]] = {
    "no_worker": _no_worker,
    "released_unmoved": _told(
        N_("out, phase {phase}?"), N_("The release date has passed and phase {phase} is still open.")
    ),
    "release_unprepared": _told(N_("phase 3 missing"), N_("Release {when}, and the preparation phase has not begun.")),
    "unverified": _unverified,
    "silent": _silence,
    "independence": _independence,
    "consents": _consents,
    "withdrawal_unwritten": _told(
        N_("unwritten"), N_("A consent was withdrawn orally {date}: the written confirmation is missing.")
    ),
    "review_owed": _told(N_("review missing"), N_("Moved to another phase {date} without a review, which is missing.")),
    "first_weeks": _first_weeks,
    "preparation_due": _told(
        N_("begin phase 3"), N_("Release {when}: at this security level the preparation phase should begin.")
    ),
    "parole_unasked": _parole_unasked,
    "worker_away": _told(
        N_("worker away"), N_("Release {when}, while the responsible caseworker is away; nobody is covering.")
    ),
    "release_list": _release_list,
    "overdue": _overdue,
    "review_due": _told(N_("review due"), N_("The last review decided to look again on {date}.")),
    "application_waiting": _application_waiting,
    "candidate_waiting": _told(N_("talk {days}d"), N_("The candidate has waited {time} for the next talk.")),
    "phase_out_open": _phase_out,
    "release_awkward": lambda card, hit, day: closed_offices(date.fromisoformat(hit[2])) or ("", ""),
    "release_unknown": _told(
        N_("no date"), N_("No day of release is known, nor the full term, {time} into the phase.")
    ),
    "team_consent": _team_consent,
    "team_unrepresented": _team_unrepresented,
    "team_uncoordinated": _told(
        N_("no coordinator"), N_("Nobody is named who coordinates the support team, whose kick-off is {date}.")
    ),
    "team_not_in_on_it": _team_not_in_on_it,
    "team_ends": _team_ends,
    "team_unevaluated": _team_unevaluated,
    "team_outside": _team_outside,
    "agency_missing": _agency_missing,
    "long_in_phase": _long_in_phase,
    "discussion_missed": _discussion_missed,
    "topics": _topics,
    "risk_areas": _told(N_("risk area"), N_("There are risk areas: look before a visit is planned.")),
}
