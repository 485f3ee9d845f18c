"""The one door for writing: a unit of work is one transaction with its audit row, search index and board card.

Nothing else writes to the caseload. A unit of work knows who acts, refuses whoever has no right to it, checks each
row's version, and remembers what every change did to every row, so that it can be shown, verified and undone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from msgspec import Struct

from config.errors import ExinError
from config.programme.shapes import Programme
from config.words import _
from models.roles.hidden import about
from models.roles.rights import NotAllowed, Right, require, restricted
from models.storage.audit import append
from models.storage.binding import AuditedChange
from models.storage.portions import marks
from models.storage.reading import Actor
from models.storage.writing import Writing
from models.tables import RECORDS, Record
from models.values.clock import Clock


class Gone(ExinError):
    """The record is no longer there."""


class Disagreement(Struct, frozen=True):
    """One column to choose for: the value that was to be saved, and the one that is stored by now."""

    column: str
    mine: Any
    theirs: Any


class Conflict(ExinError):
    """Somebody saved the same record in the meantime.

    `mine` are the changes that were not saved; `theirs` are the present values of every column that changed since
    `version`, by column; `now` is the version to save against if the person chooses their own.
    """

    def __init__(
        self, table: str, row: int, mine: Mapping[str, Any], theirs: Mapping[str, Any], now: int, who: str
    ) -> None:
        super().__init__(_("{who} saved this in the meantime. Nothing of yours is lost: choose.").format(who=who))
        self.table, self.row, self.now, self.who = table, row, now, who
        self.mine, self.theirs = dict(mine), dict(theirs)

    @property
    def disagreements(self) -> list[Disagreement]:
        """The columns to choose between, mine first in the order of the form."""
        columns = [*self.mine, *(column for column in self.theirs if column not in self.mine)]
        return [Disagreement(column, self.mine.get(column), self.theirs.get(column)) for column in columns]


class Work(Writing):
    """One transaction's worth of changes; made by `models.store.Store` only.

    `undoes` is the audit number that this work takes back, if it does.
    Raises `NotAllowed` where the actor's role does not have the `right`: this is the one place where a role is refused.
    """

    def __init__(
        self,
        database: Any,
        clock: Clock,
        programme: Programme,
        actor: Actor,
        action: str,
        audit_key: bytes,
        right: Right,
    ) -> None:
        require(actor.role, right)
        super().__init__(database, clock, programme, actor)
        self.action = action
        self.undoes: int | None = None
        self._past_restrictions = False
        self._audit_key = audit_key
        self._changes: list[AuditedChange] = []

    @contextmanager
    def past_restrictions(self) -> Iterator[None]:
        """Write also about participants whom the actor does not see: what follows by itself, or concerns everybody."""
        before, self._past_restrictions = self._past_restrictions, True
        try:
            yield
        finally:
            self._past_restrictions = before

    def _admit(self, table: str, row: Mapping[str, Any]) -> None:
        """Raise `NotAllowed` for a row, by its columns, about a participant whom the actor does not see."""
        if not self.hidden or self._past_restrictions:
            return
        if any(participant in self.hidden for participant in about(self.value, table, row)):
            raise NotAllowed(restricted())

    def require(self, right: Right) -> None:
        """Raise `NotAllowed` where what is asked for takes a further right."""
        require(self.actor.role, right)

    @property
    def changes(self) -> tuple[AuditedChange, ...]:
        """What this work has changed so far, in order."""
        return tuple(self._changes)

    def insert(self, model: type[Record], **values: Any) -> int:
        """Add one row, for a column that is left out its default; answers its id."""
        return self.insert_many(model, [values])[0]

    def insert_many(self, model: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Add rows, for a column that one leaves out its default; answers their ids, in order."""
        if not rows:
            return []
        fields, table = _fields(model), _table(model)
        defaults = {name: default() if callable(default) else default for name, _field, default in fields}
        for row in rows:
            if not row.keys() <= defaults.keys():
                raise KeyError(next(name for name in row if name not in defaults))
            self._admit(table, {field.column_name: row.get(name) for name, field, _default in fields})
        # The transaction holds the write lock, so the numbers that come next are nobody else's.
        first = (self.value("SELECT seq FROM sqlite_sequence WHERE name = ?", [table]) or 0) + 1
        self._database.connection().executemany(
            _insertion(table, ("id", "version", *(field.column_name for _name, field, _default in fields))),
            [
                [id, 1, *(field.db_value(row.get(name, defaults[name])) for name, field, _default in fields)]
                for id, row in enumerate(rows, first)
            ],
        )
        ids = list(range(first, first + len(rows)))
        self._changes += [AuditedChange(table, id, "insert", "") for id in ids]
        return ids

    def update(self, model: type[Record], row: int, version: int | None, **changes: Any) -> int:
        """Change columns of one row and answer its new version.

        `version` is the one the person saw; None is for changes that no person decides on.
        Raises `Conflict` when the row has moved on, `Gone` when it is not there.
        """
        fields = model._meta.combined
        columns = {fields[name].column_name: fields[name].db_value(value) for name, value in changes.items()}
        return self._write(model, row, self._present(model, row, version, columns), columns)

    def put_back(self, model: type[Record], row: int, columns: Mapping[str, Any]) -> int:
        """Give columns their stored values of before; only undoing does this."""
        return self._write(model, row, self._present(model, row, None, {}), columns)

    def _write(self, model: type[Record], row: int, present: Mapping[str, Any], columns: Mapping[str, Any]) -> int:
        self._admit(_table(model), {**present, **columns})
        wanted = {name: value for name, value in columns.items() if present[name] != value}
        if not wanted:
            return int(present["version"])
        assignments = ", ".join(f'"{name}" = ?' for name in wanted)
        self._database.execute_sql(
            f'UPDATE "{_table(model)}" SET version = version + 1, {assignments} WHERE id = ?', [*wanted.values(), row]
        )
        before = json.dumps({name: [present[name], value] for name, value in wanted.items()}, ensure_ascii=False)
        self._changes.append(AuditedChange(_table(model), row, "update", before))
        return int(present["version"]) + 1

    def remove(self, model: type[Record], row: int, version: int | None) -> None:
        """Take one row away, keeping all of it in the audit. Raises as `update`."""
        present = self._present(model, row, version, {})
        self._database.execute_sql(f'DELETE FROM "{_table(model)}" WHERE id = ?', [row])
        before = json.dumps({name: [value, None] for name, value in present.items()}, ensure_ascii=False)
        self._changes.append(AuditedChange(_table(model), row, "delete", before))

    def restore(self, table: str, row: int, columns: Mapping[str, Any]) -> None:
        """Put back a row that was taken away, as it was; only undoing does this."""
        stored = {**columns, "id": row}
        self._admit(table, stored)
        self._database.execute_sql(_insertion(_table(RECORDS[table]), tuple(stored)), [*stored.values()])
        self._changes.append(AuditedChange(table, row, "insert", ""))

    def finish(self) -> int | None:
        """Write the audit row; answers its number, None if nothing changed."""
        return self.witness() if self._changes else None

    def witness(self) -> int:
        """Write an audit row, also for an act that changes no row, such as an export."""
        return append(
            self._database,
            self._audit_key,
            self.clock.seconds(),
            self.actor.staff_id or None,
            self.action,
            self.undoes,
            self._changes,
        )

    def _present(self, model: type[Record], row: int, version: int | None, mine: Mapping[str, Any]) -> dict[str, Any]:
        """The row as it is stored; raises as `update` where `mine` was to be saved against another `version`."""
        found = self.named(f'SELECT * FROM "{_table(model)}" WHERE id = ?', [row])
        if not found:
            raise Gone(_("This record is no longer there; somebody has taken it away."))
        self._admit(_table(model), found[0])
        if version is not None and found[0]["version"] != version:
            raise self._conflict(model, row, version, found[0], mine)
        return found[0]

    def _conflict(
        self, model: type[Record], row: int, version: int, present: Mapping[str, Any], mine: Mapping[str, Any]
    ) -> Conflict:
        since = self.sql(
            "SELECT c.before, s.name FROM change c JOIN audit a ON a.seq = c.audit LEFT JOIN staff s ON s.id = a.actor "
            'WHERE c."table" = ? AND c."row" = ? AND c.operation = \'update\' ORDER BY c.id DESC LIMIT ?',
            [_table(model), row, max(0, int(present["version"]) - version)],
        )
        moved = {column for before, _name in since for column in json.loads(before)}
        theirs = {column: present[column] for column in present if column in moved}
        who = next((name for _before, name in since if name), _("Somebody"))
        return Conflict(_table(model), row, mine, theirs, int(present["version"]), who)


def _table(model: type[Record]) -> str:
    return str(model._meta.table_name)


@cache
def _insertion(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES ({marks(columns)})'


@cache
def _fields(model: type[Record]) -> tuple[tuple[str, Any, Any], ...]:
    """Name, field and default of every column that a new row is given."""
    fields = model._meta.sorted_fields
    return tuple((field.name, field, field.default) for field in fields if field.name not in ("id", "version"))
