"""A month as the monthly meeting looks at it, and who followed whom at the end of its last day.

Whatever a record dates is told as it stood then, whenever it was entered; what was corrected since, from the audit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Final, NamedTuple

from msgspec import Struct

from models.storage import former
from models.storage.reading import Reading
from models.values.days import NEVER, months_later

LATER: Final = 1 << 40
"""A moment after every other."""
MONTHS: Final = 12


class Person(Struct, frozen=True):
    """Somebody behind a number, with the day it rests on and a word about it, where there is one.

    The word may be what a colleague wrote.
    """

    participant: int
    code: str
    name: str
    day: date | None = None
    word: str = ""


class Period(NamedTuple):
    """One stretch of time in a phase, its days as columns have them; `ended` is `NEVER` while it lasts."""

    phase: int
    began: str
    ended: str


class Reviewed(NamedTuple):
    """A phase review: `at` is the moment it was held, `LATER` while it was not, `moved` the day that made it owed."""

    transition: str
    decision: str
    participant: int
    at: int
    moved: str

    def owed(self, day: str, until: int) -> bool:
        """Whether it was owed at the end of a day, `until` being the moment after it."""
        return self.moved <= day and self.at >= until


def lasting(periods: Iterable[Period], day: str) -> list[Period]:
    """Those that last at the end of a day; one that ended on it was left that day."""
    return [one for one in periods if one.began <= day < one.ended]


class Standing(Struct, frozen=True):
    """One participant at the end of a day: the phases that last, the one that leads and since when, whose they are."""

    participant: int
    code: str
    name: str
    worker: int | None
    phases: frozenset[int]
    leading: int
    began: date

    def as_person(self, day: date | None = None, word: str = "") -> Person:
        """The same behind a number."""
        return Person(self.participant, self.code, self.name, day, word)


def first_of(day: date, step: int = 0) -> date:
    """The first day of the month of `day`, or of the one so many months later."""
    return months_later(day.replace(day=1), step)


class Month:
    """A month in one look at the vault: `first` and `last` are its days, the last today's within this month."""

    def __init__(self, reading: Reading, month: date | None = None) -> None:
        today = reading.today
        self.reading = reading
        self.first = min(first_of(month or today), first_of(today))
        self.last = min(first_of(self.first, 1) - timedelta(days=1), today)
        self.past = self.last < today

    @property
    def span(self) -> list[str]:
        """Its first and last day as columns have them."""
        return [self.first.isoformat(), self.last.isoformat()]

    @cached_property
    def since(self) -> int:
        """The moment it begins, as it is stored."""
        return self.midnight(self.first)

    @cached_property
    def until(self) -> int:
        """The moment after it."""
        return self.midnight(self.last + timedelta(days=1))

    def midnight(self, day: date) -> int:
        """The moment a day begins, as it is stored."""
        return self.reading.clock.stored(datetime.combine(day, time()))

    @cached_property
    def people(self) -> Mapping[int, tuple[str, str]]:
        """Every participant's code and name."""
        rows = self.reading.sql("SELECT participant_id, code, name FROM card")
        return {number: (code, name) for number, code, name in rows}

    @cached_property
    def workers(self) -> Mapping[int, int | None]:
        """Who was responsible for each participant at its end."""
        found = dict(self.reading.sql("SELECT participant_id, worker FROM card"))
        if self.past:
            for number, said in former.since(self.reading, "participant", ["worker_id"], self.until).items():
                if number in found:
                    found[number] = said.get("worker_id", found[number])
        return found

    @cached_property
    def periods(self) -> Mapping[int, Sequence[Period]]:
        """Each participant's phase periods in the order in which they began."""
        found: dict[int, list[Period]] = {}
        for number, phase, began, ended in self.reading.sql(
            "SELECT participant_id, phase, began, ended FROM phase_period WHERE began <= ? "
            "ORDER BY participant_id, began, id",
            [self.last.isoformat()],
        ):
            found.setdefault(number, []).append(Period(phase, began, ended or NEVER))
        return found

    @cached_property
    def standing(self) -> Mapping[int, Standing]:
        """Everybody in a phase at its end."""
        found = {}
        for number, periods in self.periods.items():
            if spans := lasting(periods, self.last.isoformat()):
                leads = max(spans, key=lambda span: (span.began, span.phase))
                phases = frozenset(span.phase for span in spans)
                code, name = self.people[number]
                began = date.fromisoformat(leads.began)
                found[number] = Standing(number, code, name, self.workers[number], phases, leads.phase, began)
        return found

    @cached_property
    def start(self) -> date:
        """The first day of the twelve months up to it."""
        return first_of(self.first, 1 - MONTHS)

    @cached_property
    def reviews(self) -> Sequence[Reviewed]:
        """Every review held in the twelve months or since, the first held first, then those owed and not held."""
        rows = self.reading.sql(
            "SELECT transition, decision, participant_id, sealed_at, coalesce(moved, ?1) FROM review "
            "WHERE state = 'sealed' AND sealed_at >= ?2 UNION ALL SELECT transition, '', participant_id, ?3, moved "
            "FROM review WHERE state != 'sealed' AND moved IS NOT NULL ORDER BY 4, 5, 3",
            [NEVER, self.midnight(self.start), LATER],
        )
        return [Reviewed(*row) for row in rows]

    def person(self, number: int, day: date | None = None, word: str = "") -> Person:
        """A participant behind a number."""
        return Person(number, *self.people[number], day, word)

    def by_day(self, people: Iterable[Person]) -> tuple[Person, ...]:
        """Some people in the order of their days, then of their codes."""
        return tuple(sorted(people, key=lambda one: (one.day or date.min, one.code)))
