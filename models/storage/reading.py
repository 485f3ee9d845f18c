"""Reading the caseload: what a query is given, and nothing to write with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from msgspec import Struct

from config.programme.shapes import Programme
from models.values.clock import Clock

T = TypeVar("T")
Cache = dict[Callable[[], Any], Any]


class Actor(Struct, frozen=True):
    """Who is at the keyboard; `staff_id` 0 is the founding of a vault, before anybody is in it."""

    staff_id: int
    user: str
    name: str
    role: str

    @property
    def may_write(self) -> bool:
        """Readers look only (the guide on team: the role for a stand-in or observer)."""
        return self.role != "reader"

    @property
    def leads(self) -> bool:
        """Whether this is a team leader, who keeps the list of colleagues."""
        return self.role == "team_leader"


FOUNDER = Actor(0, "", "", "team_leader")


class Reading:
    """One look at the sealed database: rows come back as plain tuples, never as Peewee's own objects.

    `cache` is what earlier looks of the same session left for the next; a unit of work has none, since what it reads
    may be taken back.
    """

    def __init__(
        self, database: Any, clock: Clock, programme: Programme, actor: Actor, cache: Cache | None = None
    ) -> None:
        self._database = database
        self.clock = clock
        self.programme = programme
        self.actor = actor
        self._cache: Cache = {} if cache is None else cache

    def cached(self, made: Callable[[], T]) -> T:
        """What queries of this session keep between two looks, `made` when it is first asked for."""
        found: T = self._cache[made] if made in self._cache else self._cache.setdefault(made, made())
        return found

    @property
    def today(self) -> date:
        """Today's date where the team works."""
        return self.clock.today()

    def rows(self, query: Any) -> list[Any]:
        """The rows of a Peewee query, as named tuples."""
        return list(query.namedtuples().execute(self._database))

    def first(self, query: Any) -> Any | None:
        """The first row of a Peewee query as a named tuple, or None."""
        found = self.rows(query.limit(1))
        return found[0] if found else None

    def sql(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of an SQL statement that only reads."""
        return list(self._database.execute_sql(statement, values).fetchall())

    def value(self, statement: str, values: Sequence[object] = ()) -> Any:
        """The single value of an SQL statement that only reads, None when there is no row."""
        row = self._database.execute_sql(statement, values).fetchone()
        return None if row is None else row[0]
