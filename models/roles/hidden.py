"""Whom a session does not see, and by which rows: one answer for what it reads and for what it may write.

What a table's rows are about is derived from the tables' own links. Whoever has hidden participants reads through a
connection on which a view stands before every table that can speak of one: the engine looks among temporary names
first, so no query can pass it by, and a view so simple is laid into the query, with its indexes. The indexes of search
cannot be stood before; their queries ask for `unseen`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from msgspec import Struct
from peewee import ForeignKeyField

from models.roles.rights import Right, allows
from models.tables import KEPT, TABLES, Audit, Change, Contact, Involvement, Participant

Hidden = Mapping[int, str]
"""The hidden participants' codes by id."""
NOBODY: Final[Hidden] = {}

_HIDDEN: Final = (
    "SELECT r.participant_id, p.code FROM restriction r JOIN participant p ON p.id = r.participant_id "
    "WHERE r.lifted IS NULL AND instr(' ' || r.may_see || ' ', ?) = 0 AND NOT EXISTS (SELECT 1 FROM opening o "
    "WHERE o.participant_id = r.participant_id AND o.staff_id = ? AND o.day = ?) ORDER BY r.participant_id"
)


class Link(Struct, frozen=True):
    """A column that says what a row is about: a participant, or a row of another table that is about one."""

    column: str
    table: str


PEOPLE: Final = "participant"
FEW: Final = 8
ABOUT_NOBODY: Final = frozenset(
    {
        "staff", "absence", "session", "first_passphrase",
        # Gatherings of the professional network.
        "network_member", "gathering", "gathering_topic", "invitation", "attendance", "gathering_task", "task_answer",
        "consultation",
    }
)  # fmt: skip
"""Tables that speak of no participant."""
_UNLINKED: Final = {
    "checklist_tally": (Link("participant_id", PEOPLE),),
    "checklist_lapse": (Link("checklist_id", "checklist"),),
    "visit": (Link("participant", PEOPLE),),
}
"""Tables that refer to participants without a link of the engine's: what is drawn, and what outlives them."""


def hidden_from(database: Any, role: str, staff: int, today: str) -> Hidden:
    """Whom a colleague does not see today; leaders see everybody, for they answer for who does."""
    if allows(role, Right.RESTRICT):
        return NOBODY
    return dict(database.execute_sql(_HIDDEN, [f" {staff} ", staff, today]).fetchall())


# ---------------------------------------------------------------------- what a row is about


@cache
def links() -> Mapping[str, tuple[Link, ...]]:
    """By table: the columns by which its rows are about a participant. A table that is not here is about nobody."""
    found: dict[str, tuple[Link, ...]] = {PEOPLE: (Link("id", PEOPLE),)}
    # What refers to another table stands behind it.
    for model in TABLES:
        name = str(model._meta.table_name)
        own = [field for field in model._meta.sorted_fields if isinstance(field, ForeignKeyField)]
        people = [field for field in own if field.rel_model is Participant]
        # What always names its participant says so by itself; else what it is part of may.
        parts = [] if any(not field.null for field in people) else own
        about = {
            Link(field.column_name, str(field.rel_model._meta.table_name))
            for field in (*people, *parts)
            if field.rel_model is not model and str(field.rel_model._meta.table_name) in found
        }
        if about and name not in found:
            found[name] = tuple(sorted(about, key=lambda link: link.column))
    return {**found, **_UNLINKED}


def about(ask: Callable[[str, Sequence[object]], Any], table: str, row: Mapping[str, Any]) -> Iterator[int]:
    """The participants whom a row is about, by its columns; `ask` gives one value of a row it is part of."""
    for link in links().get(table, ()):
        number = row.get(link.column)
        if number is None:
            continue
        if link.table == PEOPLE:
            yield int(number)
            continue
        for inner in links()[link.table]:
            parent = ask(f'SELECT "{inner.column}" FROM "{link.table}" WHERE id = ?', [number])
            if parent is not None:
                yield int(parent)


# ---------------------------------------------------------------------- what is not seen


def theirs(table: str, hidden: Hidden, key: str = "id") -> str:
    """The query for the numbers of a table's rows about hidden participants, each found by an index."""
    numbers = ", ".join(map(str, sorted(hidden)))
    if table == Contact._meta.table_name:
        return _only_theirs(numbers)
    return " UNION ALL ".join(
        f"SELECT {key} FROM main.{table} WHERE {link.column} IN ({_rows(link, hidden)})" for link in links()[table]
    )


def _rows(link: Link, hidden: Hidden) -> str:
    return ", ".join(map(str, sorted(hidden))) if link.table == PEOPLE else theirs(link.table, hidden)


def _only_theirs(numbers: str) -> str:
    """Whoever of the register has part in their case alone: a mother's name tells whose she is."""
    part = f"main.{Involvement._meta.table_name}"
    return (
        f"SELECT i.contact_id FROM {part} i WHERE i.participant_id IN ({numbers}) AND NOT EXISTS "
        f"(SELECT 1 FROM {part} j WHERE j.contact_id = i.contact_id AND j.participant_id NOT IN ({numbers}))"
    )


def _seen(table: str, hidden: Hidden) -> str:
    """The condition on the columns of a table for rows about nobody hidden; an empty link is about nobody."""
    if table == Contact._meta.table_name:
        return f"id NOT IN ({theirs(table, hidden)})"
    return " AND ".join(
        _other_than(link.column, hidden)
        if link.table == PEOPLE
        else f"coalesce({link.column}, 0) NOT IN ({_rows(link, hidden)})"
        for link in links()[table]
    )


def _other_than(column: str, hidden: Hidden) -> str:
    """That a number is nobody's hidden: a few are compared one by one, which costs half of looking in a list."""
    if len(hidden) > FEW:
        return f"coalesce({column}, 0) NOT IN ({', '.join(map(str, sorted(hidden)))})"
    return " AND ".join(f"{column} IS NOT {number}" for number in sorted(hidden))


def _changes_seen(hidden: Hidden) -> str:
    """The condition on a row of the audit's changes; of a row that is gone, its last state says whom it was about."""
    tables = (*(str(model._meta.table_name) for model in KEPT if model._meta.table_name in links()), "contact")
    cases = " ".join(f"WHEN '{table}' THEN \"row\" IN ({theirs(table, hidden)})" for table in tables)
    columns = sorted({link for table in tables for link in links().get(table, ()) if table != PEOPLE}, key=str)
    gone = " OR ".join(f"json_extract(d.before, '$.{link.column}[0]') IN ({_rows(link, hidden)})" for link in columns)
    return (
        f'NOT (CASE "table" {cases} ELSE 0 END) AND NOT EXISTS (SELECT 1 FROM main.change d '
        f'WHERE d."table" = change."table" AND d."row" = change."row" AND d.operation = \'delete\' AND ({gone}))'
    )


def _acts_seen(hidden: Hidden) -> str:
    """The condition on a row of the audit: no act on hidden ones alone, none that names one by code."""
    named = " AND ".join(
        f"substr(action, -{len(code) + 1}) != ' {code.replace(chr(39), chr(39) * 2)}'" for code in hidden.values()
    )
    return (
        f"{named} AND (NOT EXISTS (SELECT 1 FROM main.change c WHERE c.audit = audit.seq) "
        "OR EXISTS (SELECT 1 FROM temp.change c WHERE c.audit = audit.seq))"
    )


def shadowed() -> tuple[str, ...]:
    """The tables that can speak of a participant, each with a view before it where somebody is hidden."""
    return (*links(), "contact", "change", "audit")


def views(hidden: Hidden) -> str:
    """The script that puts a view before every table that can speak of a hidden participant, on a fresh connection."""
    special = {Change._meta.table_name: _changes_seen, Audit._meta.table_name: _acts_seen}
    made = [
        f'CREATE TEMP VIEW "{table}" AS SELECT * FROM main."{table}" WHERE '
        + (special[table](hidden) if table in special else _seen(table, hidden))
        for table in shadowed()
    ]
    return "; ".join(["BEGIN", *made, "COMMIT"])
