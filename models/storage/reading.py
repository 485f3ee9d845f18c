"""Reading the caseload: what a query is given, and nothing to write with."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from peewee import SelectBase

from config.programme.shapes import Programme
from models.roles.hidden import NOBODY, Hidden
from models.roles.rights import Right, allows
from models.values.clock import Clock

T = TypeVar("T")
S = TypeVar("S", bound=Struct)
_READS = ("SELECT ", "WITH ", "PRAGMA ", "EXPLAIN ")
Cache = dict[Callable[[], Any], Any]


@cache
def _named(*columns: str) -> Callable[[tuple[Any, ...]], Any]:
    """What makes named tuples of these columns: Peewee would make a class of them anew for every query."""
    kind: Any = namedtuple("Row", columns, rename=True)  # type: ignore[misc]  # the columns are a query's
    made: Callable[[tuple[Any, ...]], Any] = kind._make
    return made


class Actor(Struct, frozen=True):
    """Who is at the keyboard; `staff_id` 0 is the founding of a vault, before anybody is in it."""

    staff_id: int
    user: str
    name: str
    role: str

    @property
    def may_write(self) -> bool:
        """Readers look only (the guide on team: the role for a stand-in or observer)."""
        return allows(self.role, Right.WRITE)

    @property
    def leads(self) -> bool:
        """Whether this is a team leader, who keeps the list of colleagues."""
        return allows(self.role, Right.TEAM)


def struct(kind: type[S], row: Mapping[str, Any], **derived: object) -> S:
    """A struct from a row by its columns' names, and from what is derived: text becomes a day, 0 and 1 a bool."""
    return msgspec.convert({**row, **derived}, kind, strict=False)


FOUNDER = Actor(0, "", "", "team_leader")


class Reading:
    """One look at the sealed database: rows come back as plain tuples, never as Peewee's own objects.

    A statement that is no query is a mistake of ours and raises TypeError.

    `cache` is what earlier looks of the same session left for the next; a unit of work has none, since what it reads
    may be taken back. `hidden` are the participants whom the actor does not see: `database` shows nothing of them to a
    query, and all to a unit of work, since cards and tallies are drawn from everything.
    """

    def __init__(
        self,
        database: Any,
        clock: Clock,
        programme: Programme,
        actor: Actor,
        cache: Cache | None = None,
        hidden: Hidden = NOBODY,
    ) -> None:
        self._database = database
        self.clock = clock
        self.programme = programme
        self.actor = actor
        self._cache: Cache = {} if cache is None else cache
        self.hidden = hidden

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
        if not isinstance(query, SelectBase):
            raise TypeError(f"not a query: {query}")
        found = query.tuples().execute(self._database)
        rows = list(found)
        return list(map(_named(*found.columns), rows)) if rows else []

    def first(self, query: Any) -> Any | None:
        """The first row of a Peewee query as a named tuple, or None."""
        found = self.rows(query.limit(1))
        return found[0] if found else None

    def sql(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of an SQL statement that only reads."""
        return list(self._cursor(statement, values).fetchall())

    def named(self, statement: str, values: Sequence[object] = ()) -> list[dict[str, Any]]:
        """The rows of an SQL statement that only reads, each by the names of its columns."""
        cursor = self._cursor(statement, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def structs(self, kind: type[S], statement: str, values: Sequence[object] = ()) -> list[S]:
        """The rows of an SQL statement that only reads, as structs whose fields are the names of its columns."""
        return [struct(kind, row) for row in self.named(statement, values)]

    def by_index(self, table: str, index: str) -> str:
        """A table in a statement, looked through by this index; where some are hidden, as the engine sees fit."""
        return table if self.hidden else f"{table} INDEXED BY {index}"

    def value(self, statement: str, values: Sequence[object] = ()) -> Any:
        """The single value of an SQL statement that only reads, None when there is no row."""
        row = self._cursor(statement, values).fetchone()
        return None if row is None else row[0]

    def _cursor(self, statement: str, values: Sequence[object]) -> Any:
        if not statement.startswith(_READS):
            raise TypeError(f"not a query: {statement}")
        return self._database.execute_sql(statement, values)
