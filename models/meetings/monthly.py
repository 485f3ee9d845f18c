"""The figures of the monthly meeting: what is coming in the next three months, and what became of the month.

Source: the EX/IN guide, the team plans ahead, evaluates and sums up once a month. Planning rests on today, evaluation
on the month. Each figure is a count along an index, so that a team with ten thousand participants can open it too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Final

from msgspec import Struct

from models.consents import summary as consent_signs
from models.plans import applications
from models.plans.applications import Waiting
from models.storage.reading import Reading
from models.team import forecast, workload
from models.team.forecast import MonthLoad
from models.values.days import months_later

WORKERS: Final = 24
MOVES_LISTED: Final = 300
PHASED_OUT: Final = 6
RELEASE_LIST: Final = "release"


class Person(Struct, frozen=True):
    """Somebody behind a number, with the day it rests on and a word about it, where there is one."""

    participant: int
    code: str
    name: str
    day: date | None = None
    word: str = ""


class WorkerLoad(Struct, frozen=True):
    """One colleague's load now and one, two and three months from now."""

    staff: int
    initials: str
    name: str
    months: tuple[MonthLoad, ...]


class Move(Struct, frozen=True):
    """Somebody began a phase; `from_phase` is the one that lasted until then, 0 for who comes in or comes back."""

    participant: int
    code: str
    name: str
    from_phase: int
    to_phase: int
    day: date


class WaitingTime(Struct, frozen=True):
    """How an agency's applications wait now, and those it decided in the month had waited, in days."""

    agency: str
    waiting: int
    median: int
    longest: int
    decided: int
    decided_median: int


class PhaseContact(Struct, frozen=True):
    """Contact in the month with those who were in a phase at its end.

    `expected` is how many contacts each should have had by what the phase expects, 0 where it expects none; `silent`
    are those without contact for longer than it expects.
    """

    phase: int
    participants: int
    contacts: int
    attempts: int
    expected: float
    silent: int

    @property
    def each(self) -> float:
        """Contacts a participant."""
        return self.contacts / self.participants if self.participants else 0.0


class ConsentCount(Struct, frozen=True):
    """Of the participants who should have an agency's consent: in force for long enough, ending soon, lacking."""

    agency: str
    covered: int
    soon: int
    lacking: int


class Verification(Struct, frozen=True):
    """The open release checklists: how many, what is left on them, and what is done but not verified."""

    lists: int
    remaining: int
    unverified: int


class Figures(Struct, frozen=True):
    """Everything the monthly meeting looks at; `month` is its first day, `last` its last day, or today within it.

    `coming` are the team's loads now and in the months from now; `candidates` are in intake now. `endings` counts by
    reason, empty where none was noted. `moves` holds at most `MOVES_LISTED` of those that `moved` counts.
    """

    month: date
    last: date
    made: date
    coming: tuple[MonthLoad, ...]
    workers: tuple[WorkerLoad, ...]
    candidates: int
    moved: tuple[tuple[int, int, int], ...]
    moves: tuple[Move, ...]
    endings: tuple[tuple[str, int], ...]
    returned: int
    waiting: tuple[WaitingTime, ...]
    contact: tuple[PhaseContact, ...]
    consents: tuple[ConsentCount, ...]
    verification: Verification


def first_of(day: date, step: int = 0) -> date:
    """The first day of the month of `day`, or of the one so many months later."""
    return months_later(day.replace(day=1), step)


def figures(reading: Reading, month: date | None = None) -> Figures:
    """The figures of the month that `month` lies in, this one when None; one to come is this one."""
    today = reading.today
    first = min(first_of(month or today), first_of(today))
    last = min(first_of(first, 1) - timedelta(days=1), today)
    span = [first.isoformat(), last.isoformat()]
    moves = _moves(reading, span)
    steps = Counter((move.from_phase, move.to_phase) for move in moves)
    return Figures(
        month=first,
        last=last,
        made=today,
        coming=tuple(forecast.workload(reading, None)),
        workers=tuple(
            WorkerLoad(one.staff, one.initials, one.name, tuple(forecast.workload(reading, one.staff)))
            for one in workload.workload(reading, limit=WORKERS)
        ),
        candidates=reading.value("SELECT count(*) FROM card WHERE phases = '1'"),
        moved=tuple((*step, count) for step, count in sorted(steps.items())),
        moves=tuple(moves[:MOVES_LISTED]),
        endings=_endings(reading, span),
        returned=reading.value("SELECT count(*) FROM phase_out WHERE returned BETWEEN ? AND ?", span),
        waiting=_waiting(reading, span),
        contact=_contact(reading, first, last),
        consents=_consents(reading),
        verification=_verification(reading),
    )


def _moves(reading: Reading, span: Sequence[str]) -> list[Move]:
    """Where each phase that began came from: what lasted until that day, or goes on beside it."""
    return reading.structs(
        Move,
        "SELECT p.participant_id AS participant, c.code, c.name, coalesce((SELECT q.phase FROM phase_period q "
        "WHERE q.participant_id = p.participant_id AND (q.began, q.id) < (p.began, p.id) AND (q.ended IS NULL OR "
        "q.ended >= p.began) ORDER BY q.began DESC, q.id DESC LIMIT 1), 0) AS from_phase, p.phase AS to_phase, "
        "p.began AS day FROM phase_period p JOIN card c ON c.participant_id = p.participant_id "
        "WHERE p.began BETWEEN ? AND ? ORDER BY p.began, p.id",
        span,
    )


def _endings(reading: Reading, span: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Phase-outs that began, by reason in the programme's order; last those of which only the phase says so."""
    reasons = "SELECT reason, count(*) FROM phase_out WHERE began BETWEEN ? AND ? GROUP BY reason"
    found = dict(reading.sql(reasons, span))
    unsaid = reading.value(
        "SELECT count(*) FROM phase_period p WHERE p.began BETWEEN ? AND ? AND p.phase = ? AND NOT EXISTS ("
        "SELECT 1 FROM phase_out o WHERE o.participant_id = p.participant_id AND o.began BETWEEN ? AND ?)",
        [*span, PHASED_OUT, *span],
    )
    known = [ending.id for ending in reading.programme.method.endings]
    order = [*known, *sorted(found.keys() - known)]
    counted = [(reason, found.get(reason, 0)) for reason in order]
    return (*counted, ("", unsaid)) if unsaid else tuple(counted)


def _waiting(reading: Reading, span: Sequence[str]) -> tuple[WaitingTime, ...]:
    decided: dict[str, list[int]] = {}
    which = "decided BETWEEN ? AND ? AND sent IS NOT NULL"
    for agency, sent, day in reading.sql(f"SELECT agency, sent, decided FROM application WHERE {which}", span):
        decided.setdefault(agency, []).append((date.fromisoformat(day) - date.fromisoformat(sent)).days)
    waits = {one.agency: one for one in applications.by_agency(reading)}
    found = []
    for agency in (*waits, *sorted(decided.keys() - waits)):
        now, days = waits.get(agency) or Waiting(agency, 0, 0, 0), decided.get(agency, [])
        # As in `by_agency`: of an even number the mean of the middle two, rounded down.
        decided_median = int(median(days)) if days else 0
        found.append(WaitingTime(agency, now.count, now.median, now.longest, len(days), decided_median))
    return tuple(found)


def _contact(reading: Reading, first: date, last: date) -> tuple[PhaseContact, ...]:
    """By the phase that led at the end of `last`, whoever has moved since; a few index steps each."""
    since = reading.clock.stored(datetime.combine(first, time()))
    until = reading.clock.stored(datetime.combine(last + timedelta(days=1), time()))
    # What has an outcome and was no contact was an attempt: so every count is read from the index alone.
    # A phase that ended on a day was left that day, so the one that began then is the one that counts.
    rows = reading.sql(
        "WITH led AS (SELECT c.participant_id AS id, c.contact_key AS latest, (SELECT p.id FROM phase_period p "
        "WHERE p.participant_id = c.participant_id AND p.began <= ?1 AND (p.ended IS NULL OR p.ended > ?1) "
        "ORDER BY p.began DESC, p.phase DESC LIMIT 1) AS period FROM card c) "
        "SELECT f.phase, f.began, "
        "(SELECT count(*) FROM entry e WHERE e.participant_id = led.id AND e.contact = 1 AND e.outcome != '' "
        "AND e.at >= ?2 AND e.at < ?3), "
        "(SELECT count(*) FROM entry e WHERE e.participant_id = led.id AND e.contact = 0 AND e.outcome != '' "
        "AND e.at >= ?2 AND e.at < ?3), "
        "CASE WHEN led.latest < ?3 THEN led.latest ELSE (SELECT max(e.at) FROM entry e "
        "WHERE e.participant_id = led.id AND e.contact = 1 AND e.outcome != '' AND e.at < ?3) END "
        "FROM led JOIN phase_period f ON f.id = led.period",
        [last.isoformat(), since, until],
    )
    length = (last - first).days + 1
    counts: dict[int, list[int]] = {}
    for phase, began, contacts, attempts, at in rows:
        kept = counts.setdefault(phase, [0, 0, 0, 0])
        latest = reading.clock.local(at).date() if at else date.fromisoformat(began)
        days = reading.programme.phase(phase).contact_days
        for place, more in enumerate((1, contacts, attempts, days > 0 and (last - latest).days > days)):
            kept[place] += more
    found = []
    for phase in reading.programme.phases:
        many, contacts, attempts, silent = counts.get(phase.number, (0, 0, 0, 0))
        expected = round(length / phase.contact_days, 1) if phase.contact_days else 0.0
        found.append(PhaseContact(phase.number, many, contacts, attempts, expected, silent))
    return tuple(found)


def _consents(reading: Reading) -> tuple[ConsentCount, ...]:
    """Of each agency whose consent must be there in some phase, as the card's sign has it."""
    counts: dict[str, Counter[str]] = {}
    rows = reading.sql("SELECT phases, consents, count(*) FROM card WHERE phase > 0 GROUP BY phases, consents")
    for phases, summary, many in rows:
        numbers = tuple(int(number) for number in phases.split(",") if number)
        wanted = consent_signs.wanted(reading.programme, numbers)
        standings = consent_signs.standings(summary, wanted, reading.programme.limits, reading.today)
        states = {one.agency: one.state for one in standings}
        for agency in wanted:
            counts.setdefault(agency, Counter())[states.get(agency, "yes")] += many
    return tuple(
        ConsentCount(agency, found["yes"], found["expires_soon"], found.total() - found["yes"] - found["expires_soon"])
        for agency, found in counts.items()
    )


def _verification(reading: Reading) -> Verification:
    (found,) = reading.structs(
        Verification,
        "SELECT count(*) AS lists, coalesce(sum(t.remaining), 0) AS remaining, "
        "coalesce(sum(t.unverified), 0) AS unverified FROM checklist_tally t "
        "JOIN checklist k ON k.id = t.checklist_id WHERE k.template = ?",
        [RELEASE_LIST],
    )
    return found
