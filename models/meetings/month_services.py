"""What the services owe at the end of a month: applications that wait, consents, and the release checklists.

Source: the EX/IN guide on consents and on the release procedure; the Trondheim report on waiting times.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from statistics import median
from typing import Final

from msgspec import Struct

from config.dates import days_told
from config.words import N_, _
from models.checklists import release_lists
from models.consents import summary as consent_signs
from models.consents.answer import EXPIRED, EXPIRES_SOON, NEVER, WITHDRAWN, YES, state_of
from models.meetings.month import Month, Person
from models.plans import applications

_STATES: Final = {
    WITHDRAWN: N_("withdrawn"), EXPIRED: N_("expired"), NEVER: N_("never given"), EXPIRES_SOON: N_("ends soon"),
    YES: N_("in force"),
}  # fmt: skip


class WaitingTime(Struct, frozen=True):
    """How an agency's applications waited at the end of the month, and those it decided in it had waited, in days."""

    agency: str
    waiting: int
    median: float
    longest: int
    decided: int
    decided_median: float
    people: tuple[Person, ...] = ()


class ConsentCount(Struct, frozen=True):
    """Of the participants who should have an agency's consent: in force for long enough, ending soon, lacking."""

    agency: str
    covered: int
    soon: int
    lacking: int
    people: tuple[Person, ...] = ()


class Verification(Struct, frozen=True):
    """One colleague's open release checklists: how many, what is left on them, and what is done but not verified.

    `staff` 0 are those of participants whom nobody was responsible for.
    """

    staff: int
    initials: str
    name: str
    lists: int
    remaining: int
    unverified: int
    people: tuple[Person, ...] = ()


def waiting(month: Month) -> tuple[WaitingTime, ...]:
    """By agency, the one with most that waits first, then those that decided and have nothing left."""
    rows = month.reading.sql(
        "SELECT agency, sent, decided, participant_id FROM application WHERE decided BETWEEN ? AND ? "
        "AND sent IS NOT NULL ORDER BY decided, id",
        month.span,
    )
    decided: dict[str, list[tuple[date, int, int]]] = {}
    for agency, sent, decision, number in rows:
        day = date.fromisoformat(decision)
        decided.setdefault(agency, []).append((day, (day - date.fromisoformat(sent)).days, number))
    waits = applications.undecided(month.reading, month.last if month.past else None)
    found = []
    for agency in (*waits, *sorted(decided.keys() - waits)):
        now, done = waits.get(agency, []), decided.get(agency, [])
        days = [(month.last - sent).days for sent, _number in now]
        people = [
            *(month.person(number, sent, _("waits {days}").format(days=days_told(many)))
              for (sent, number), many in zip(now, days, strict=True)),
            *(month.person(number, day, _("decided after {days}").format(days=days_told(many)))
              for day, many, number in done),
        ]  # fmt: skip
        middle = median(days) if days else 0
        took = median(many for _day, many, _number in done) if done else 0
        found.append(WaitingTime(agency, len(now), middle, max(days, default=0), len(done), took, tuple(people)))
    return tuple(found)


def consents(month: Month) -> tuple[ConsentCount, ...]:
    """Of each agency whose consent must be there in some phase, in the programme's order."""
    programme, today = month.reading.programme, month.last.isoformat()
    near = (month.last + timedelta(days=programme.limits.consent_warning_days)).isoformat()
    wanted = cache(lambda phases: consent_signs.wanted(programme, tuple(sorted(phases))))
    words = {state: _(word) for state, word in _STATES.items()}
    given = _given(month)
    people: dict[str, dict[str, list[Person]]] = defaultdict(lambda: defaultdict(list))
    day_of = cache(date.fromisoformat)
    for one in month.standing.values():
        for agency in wanted(one.phases):
            until, withdrawn = given.get((one.participant, agency), ("", ""))
            state, day = state_of(until, withdrawn, today, near)
            person = Person(one.participant, one.code, one.name, day_of(day) if day else None, words[state])
            people[agency][state].append(person)
    known = [agency for one in programme.consent_sets for agency in one.agencies]
    found = []
    for agency in sorted(people, key=known.index):
        theirs = people[agency]
        behind = [person for state in words for person in month.by_day(theirs.get(state, ()))]
        covered, soon = len(theirs.get(YES, ())), len(theirs.get(EXPIRES_SOON, ()))
        found.append(ConsentCount(agency, covered, soon, len(behind) - covered - soon, tuple(behind)))
    return tuple(found)


def _given(month: Month) -> Mapping[tuple[int, str], tuple[str, str]]:
    """By participant and agency: the latest last day of what was not withdrawn by then, and the latest withdrawal."""
    if not month.past:
        cards = month.reading.sql("SELECT participant_id, consents FROM card WHERE consents != ''")
        return {(number, agency): days for number, text in cards for agency, days in consent_signs.kept(text).items()}
    rows = month.reading.sql(
        "SELECT participant_id, agency, coalesce(max(valid_until) FILTER (WHERE (withdrawn IS NULL OR withdrawn > ?1) "
        "AND NOT only_known), ''), coalesce(max(withdrawn) FILTER (WHERE withdrawn <= ?1), '') FROM consent "
        "WHERE given <= ?1 GROUP BY participant_id, agency",
        [month.last.isoformat()],
    )
    return {(number, agency): (until, withdrawn) for number, agency, until, withdrawn in rows}


def verification(month: Month) -> tuple[Verification, ...]:
    """By who was responsible, the colleague with most left first."""
    staff = {number: (initials, name) for number, initials, name in month.reading.sql(
        "SELECT id, initials, name FROM staff"
    )}  # fmt: skip
    kept: dict[int, list[release_lists.ReleaseList]] = {}
    for one in release_lists_left(month):
        kept.setdefault(month.workers[one.participant] or 0, []).append(one)
    found = []
    for number, lists in kept.items():
        initials, name = staff.get(number, ("–", _("nobody")))
        people = [
            month.person(
                one.participant, None,
                _("{left} left, {unverified} not verified").format(left=one.remaining, unverified=one.unverified),
            )
            for one in lists
        ]  # fmt: skip
        remaining, unverified = sum(one.remaining for one in lists), sum(one.unverified for one in lists)
        found.append(Verification(number, initials, name, len(lists), remaining, unverified, month.by_day(people)))
    return tuple(sorted(found, key=lambda one: (-one.remaining, -one.unverified, one.name)))


def release_lists_left(month: Month) -> list[release_lists.ReleaseList]:
    """The release checklists on which something is left or not verified, of everybody in a phase."""
    # Who is in no phase but phase-out has nothing to prepare any more.
    return [one for one in release_lists.open_on(month.reading, month.last) if one.participant in month.standing]
