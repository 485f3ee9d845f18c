"""Contact in the month, by the phase that led at its end, and who was silent then: as the board judges it.

Source: the EX/IN guide on the relationship; where phases overlap the strictest says how often there is to be contact.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from config.programme.shapes import Programme
from config.words import _
from models.meetings.month import Month, Person, Standing


class PhaseContact(Struct, frozen=True):
    """Contact in the month with those who were in a phase at its end.

    `expected` is how many contacts each should have had by what the phase expects, 0 where it expects none; `silent`
    are those without contact for longer than the strictest of their phases expects, the first of `people`.
    """

    phase: int
    participants: int
    contacts: int
    attempts: int
    expected: float
    silent: int
    people: tuple[Person, ...] = ()

    @property
    def each(self) -> float:
        """Contacts a participant."""
        return self.contacts / self.participants if self.participants else 0.0


def contact(month: Month) -> tuple[PhaseContact, ...]:
    """By every phase of the programme."""
    programme, counts = month.reading.programme, _counts(month)
    phases: dict[int, list[Standing]] = {}
    for one in month.standing.values():
        phases.setdefault(one.leading, []).append(one)
    length = (month.last - month.first).days + 1
    found = []
    for phase in programme.phases:
        theirs = phases.get(phase.number, ())
        silent, others = list[Person](), list[Person]()
        contacts = attempts = 0
        for one in theirs:
            reached, tried, latest = counts[one.participant]
            contacts, attempts = contacts + reached, attempts + tried
            days = (month.last - (latest or one.began)).days
            if 0 < _most(programme, one.phases) < days:
                silent.append(one.as_person(latest, _("silent {days}d").format(days=days)))
            else:
                others.append(one.as_person(latest))
        expected = round(length / phase.contact_days, 1) if phase.contact_days else 0.0
        people = (*month.by_day(silent), *month.by_day(others))
        found.append(PhaseContact(phase.number, len(theirs), contacts, attempts, expected, len(silent), people))
    return tuple(found)


def _most(programme: Programme, phases: frozenset[int]) -> int:
    """How many days without contact the strictest of the phases allows, 0 where none says."""
    return min((days for number in phases if (days := programme.phase(number).contact_days)), default=0)


def _counts(month: Month) -> Mapping[int, tuple[int, int, date | None]]:
    """By participant: contacts and attempts in the month, and the last day of contact until its end."""
    # What has an outcome and was no contact was an attempt: so every count is read from the index alone.
    rows = month.reading.sql(
        "SELECT c.participant_id, "
        "(SELECT count(*) FROM entry e WHERE e.participant_id = c.participant_id AND e.contact = 1 "
        "AND e.outcome != '' AND e.at >= ?1 AND e.at < ?2), "
        "(SELECT count(*) FROM entry e WHERE e.participant_id = c.participant_id AND e.contact = 0 "
        "AND e.outcome != '' AND e.at >= ?1 AND e.at < ?2), "
        "CASE WHEN c.contact_key < ?2 THEN c.contact_key ELSE (SELECT max(e.at) FROM entry e "
        "WHERE e.participant_id = c.participant_id AND e.contact = 1 AND e.outcome != '' AND e.at < ?2) END "
        "FROM card c",
        [month.since, month.until],
    )
    local = month.reading.clock.local
    return {number: (reached, tried, local(at).date() if at else None) for number, reached, tried, at in rows}
