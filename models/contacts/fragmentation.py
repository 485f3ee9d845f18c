"""How the help around one participant holds together, in plain counts over time, with what lies behind each.

There is no score: the counts are for a talk. Source: the Trondheim report, where help in pieces, ever new helpers,
unclear responsibility and information that waits are ways of losing somebody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from msgspec import Struct

from models.participants.sentence import forms
from models.storage.reading import Reading
from models.values.days import months_later
from models.values.text import words

COUNTS: Final = ("helpers", "new", "nobody", "several", "unowned", "unmet", "waiting", "answered")
TALK: Final = "fragmentation_talk"
"""The sentences for a talk about each count, by its id, among the programme's choices."""
PERIODS: Final = (1, 3, 6, 12)
"""The months a period may have."""
MONTHS: Final = 6
"""How many months stand beside one another."""
OF_PERIOD: Final = ("new", "answered")
"""The counts of a period; the others are of a day."""
OURS, AGENCY = "ours", "agency"


class Behind(Struct, frozen=True):
    """What is counted once: a person, an agency or something asked; `table` and `row` say where more of it stands.

    `people` are the names it rests on, `text` what was asked, `days` how long it waited or waits.
    """

    table: str
    row: int
    agency: str
    people: tuple[str, ...] = ()
    role: str = ""
    text: str = ""
    day: date | None = None
    days: int | None = None


class Count(Struct, frozen=True):
    """One count as it is today or in the period, and at the end of each of the last months; None where it is not known.

    Of what is waited for, `longest` is the most days.
    """

    id: str
    months: tuple[int | None, ...]
    behind: tuple[Behind, ...]

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.behind)

    @property
    def longest(self) -> int | None:
        """The most days that anything behind it waited."""
        return max((one.days for one in self.behind if one.days is not None), default=None)


class Fragmentation(Struct, frozen=True):
    """The counts of one participant since a day; `ends` are the days of the months' counts, the last today."""

    since: date
    ends: tuple[date, ...]
    counts: tuple[Count, ...]


class _Part(Struct, frozen=True):
    id: int
    contact: int
    name: str
    agency: str
    role: str
    since: date
    until: date | None

    def lasts(self, on: date) -> bool:
        return self.since <= on and (self.until is None or self.until > on)


class _Asked(Struct, frozen=True):
    """What an agency was asked for on a day, and when it answered."""

    table: str
    row: int
    agency: str
    text: str
    asked: date
    answered: date | None

    def behind(self, on: date) -> Behind:
        days = ((self.answered or on) - self.asked).days
        return Behind(self.table, self.row, self.agency, text=self.text, day=self.asked, days=days)


class _Case(Struct, frozen=True):
    """All that is counted from."""

    parts: tuple[_Part, ...]
    phases: tuple[tuple[int, date, date | None], ...]
    ways: Sequence[str]
    met: tuple[tuple[date, tuple[tuple[str, ...], ...]], ...]
    asked: tuple[_Asked, ...]
    unowned: tuple[Behind, ...]


def fragmentation(reading: Reading, participant: int, months: int = PERIODS[1]) -> Fragmentation:
    """The counts of a participant today, those of a period over so many months, each beside the last months' ends."""
    case, today = _read(reading, participant), reading.today
    since = months_later(today, -months)
    first = today.replace(day=1)
    begins = [months_later(first, -back) for back in range(MONTHS - 1, -1, -1)]
    ends = (*(day - timedelta(days=1) for day in begins[1:]), today)
    now = _counted(reading, case, since, today)
    then = [_counted(reading, case, begin - timedelta(days=1), end) for begin, end in zip(begins, ends, strict=True)]
    return Fragmentation(
        since,
        ends,
        # Whose a task was on an earlier day is not kept.
        tuple(Count(id, tuple(None if id == "unowned" else len(each[id]) for each in then), now[id]) for id in COUNTS),
    )


def _counted(reading: Reading, case: _Case, since: date, on: date) -> Mapping[str, tuple[Behind, ...]]:
    """What lies behind each count on a day; the period is after `since`."""
    around = _once(one for one in case.parts if one.lasts(on))
    # Whoever had a part before is not new in another.
    first = _once(sorted(case.parts, key=lambda one: (one.since, one.id)))
    of = {agency: [one for one in around if one.agency == agency] for agency in sorted({one.agency for one in around})}
    phases = [number for number, began, ended in case.phases if began <= on and (ended is None or ended > on)]
    asked = [one for one in case.asked if one.asked <= on]
    return {
        "helpers": tuple(map(_person, around)),
        "new": tuple(_person(one) for one in first if since < one.since <= on),
        "nobody": tuple(
            Behind("agency", 0, agency.id)
            for agency in reading.programme.agencies
            if agency.id not in of and agency.expected(phases, case.ways)
        ),
        "several": tuple(
            Behind("contact", people[0].contact, agency, tuple(one.name for one in people))
            for agency, people in of.items()
            if len(people) > 1
        ),
        "unowned": case.unowned,
        "unmet": tuple(_unmet(case, around, on)),
        "waiting": _longest(one.behind(on) for one in asked if one.answered is None or one.answered > on),
        "answered": _longest(one.behind(on) for one in asked if one.answered and since < one.answered <= on),
    }


def _once(parts: Iterable[_Part]) -> list[_Part]:
    """Each contact person in the first of these parts of theirs."""
    found: dict[int, _Part] = {}
    for one in parts:
        found.setdefault(one.contact, one)
    return list(found.values())


def _person(part: _Part) -> Behind:
    return Behind("contact", part.contact, part.agency, (part.name,), part.role, day=part.since)


def _longest(found: Iterable[Behind]) -> tuple[Behind, ...]:
    return tuple(sorted(found, key=lambda one: -(one.days or 0)))


def _unmet(case: _Case, around: Sequence[_Part], on: date) -> Iterable[Behind]:
    """Each two who were never at the same meeting of the support team: whose names are not both among its guests."""
    there: dict[int, set[int]] = {}
    for place, (day, guests) in enumerate(case.met):
        for one in around if day <= on else ():
            name = tuple(words(one.name))
            if name and any(_holds(guest, name) for guest in guests):
                there.setdefault(one.contact, set()).add(place)
    for one, other in combinations(around, 2):
        if there.get(one.contact, set()).isdisjoint(there.get(other.contact, set())):
            yield Behind("contact", one.contact, one.agency, (one.name, other.name))


def _holds(line: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return any(line[place : place + len(name)] == name for place in range(len(line) - len(name) + 1))


# ---------------------------------------------------------------------- what is read


def _read(reading: Reading, participant: int) -> _Case:
    parts = reading.structs(
        _Part,
        "SELECT i.id, i.contact_id AS contact, c.name, i.agency, i.role, i.since, i.until FROM involvement i "
        "JOIN contact c ON c.id = i.contact_id WHERE i.participant_id = ? ORDER BY i.agency, c.name_key, i.since, i.id",
        [participant],
    )
    phases = reading.sql("SELECT phase, began, ended FROM phase_period WHERE participant_id = ?", [participant])
    release = reading.sql("SELECT release_kind, parole_decision, stays FROM participant WHERE id = ?", [participant])
    met = reading.sql(
        "SELECT day, guests FROM meeting WHERE participant_id = ? AND kind = 'support' AND guests != ''", [participant]
    )
    return _Case(
        parts=tuple(parts),
        phases=tuple((number, _day(began), _day(ended) if ended else None) for number, began, ended in phases),
        ways=forms(*release[0]) if release else (),
        met=tuple((_day(day), tuple(tuple(words(line)) for line in guests.split("\n"))) for day, guests in met),
        asked=(*_tasks(reading, participant), *_applications(reading, participant)),
        unowned=tuple(_unowned(reading, participant, {one.agency for one in parts if one.lasts(reading.today)})),
    )


def _day(stored: str) -> date:
    return date.fromisoformat(stored)


def _tasks(reading: Reading, participant: int) -> Iterable[_Asked]:
    """The tasks that lie with an agency, from when they were set until they were done; one let go is no question."""
    local = reading.clock.local
    for row, agency, text, created, done in reading.sql(
        "SELECT id, agency, text, created_at, done_at FROM task WHERE participant_id = ? AND turn = ? "
        "AND state IN ('open', 'done') ORDER BY id",
        [participant, AGENCY],
    ):
        answered = local(done).date() if done is not None else None
        yield _Asked("task", row, agency, text, local(created).date(), answered)


def _applications(reading: Reading, participant: int) -> Iterable[_Asked]:
    """The applications that were sent, until they were decided."""
    for row, agency, text, sent, decided in reading.sql(
        "SELECT id, agency, about, sent, decided FROM application WHERE participant_id = ? AND sent IS NOT NULL "
        "ORDER BY id",
        [participant],
    ):
        yield _Asked("application", row, agency, text, _day(sent), _day(decided) if decided else None)


def _unowned(reading: Reading, participant: int, around: set[str]) -> Iterable[Behind]:
    """The open tasks that are the team's and no colleague's who is here, or an agency's where nobody is around."""
    for row, agency, text, turn, due, owned in reading.sql(
        "SELECT t.id, t.agency, t.text, t.turn, t.due, s.id IS NOT NULL FROM task t "
        "LEFT JOIN staff s ON s.id = t.owner_id AND s.active WHERE t.participant_id = ? AND t.state = 'open' "
        "ORDER BY t.due IS NULL, t.due, t.id",
        [participant],
    ):
        if (turn == OURS and not owned) or (turn == AGENCY and agency not in around):
            yield Behind("task", row, agency, text=text, day=_day(due) if due else None)
