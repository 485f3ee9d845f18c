"""What binds the audit to the records: salted digests of what changed, and of what each row became by it.

The chain covers the digests in place of the text. So a text can be erased with its salt and the chain stays whole, and
the last digest of a row says what the row must be now. A row's digest is of all its columns as they are stored, its
version among them.
"""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from hashlib import sha256
from itertools import groupby
from typing import Any, Final, NamedTuple

from models.storage.portions import marks, portions
from models.vault.engine_errors import ENGINE_ERRORS

SALT_BYTES: Final = 16
GONE: Final = b""
"""What stands as the digest of a row that was no more when the act was done."""
KEEP: Final = "keep"
"""The operation of an act that takes a row into the audit as it is; nobody's change."""
ERASE: Final = "erase"
"""The operation after which the texts of the row's earlier changes may be gone."""

_TOLD: Final = (
    'SELECT "row", audit, operation, before, salt, after FROM change '
    'WHERE "table" = ? AND "row" BETWEEN ? AND ? ORDER BY id DESC'
)
State = dict[str, Any] | None
"""A row by its columns as they are stored, None where there is none."""


class AuditedChange(NamedTuple):
    """What one audited act did to one row; `before` is JSON, column → [former, new], empty for an insert."""

    table: str
    row: int
    operation: str
    before: str


class BoundChange(NamedTuple):
    """The same as it is stored: `digest` is of the change, `after` of what the row became.

    `after` is None for a change that a program made which bound nothing; the step of the schema gave those of before
    it a `salt` and a `digest`. With a `digest` and without a `salt` the text was erased.
    """

    table: str
    row: int
    operation: str
    before: str
    salt: bytes | None
    digest: bytes | None
    after: bytes | None

    def digested(self) -> bytes:
        """What the digest must be while the text is there."""
        return _digest(self.salt, [self.table, self.row, self.operation, self.before, self.after])


class Fault(Enum):
    """How a row and the audit do not fit together."""

    UNAUDITED = "no act tells of it"
    BACK = "it is there, and the audit tells that it was taken away"
    MISSING = "it is not there, and no act tells that it was taken away"
    DIFFERS = "it is not what the audit tells that it became"
    UNBOUND = "it was last written by a program that bound nothing"
    ALTERED = "it was not what the audit tells when a later act changed it"


class Misfit(NamedTuple):
    """A row that does not fit the audit; `act` is the one that was built on it, 0 where none was."""

    row: int
    fault: Fault
    act: int = 0


class _Told(NamedTuple):
    """What the audit keeps of one change of a row whose number is known."""

    act: int
    operation: str
    before: str
    salt: bytes | None
    after: bytes | None

    def fits(self, state: State) -> bool:
        """Whether the row became this, as far as can be told."""
        if self.after is None:
            return (state is None) == (self.operation == "delete")
        return self.after == (GONE if state is None else _digest(self.salt, state))

    def undone(self, state: State) -> State:
        """What the row was before; raises ValueError where the change cannot have made this of it."""
        if self.operation == ERASE:
            return state
        if (state is None) != (self.operation == "delete"):
            raise ValueError(self.operation)
        former = {column: pair[0] for column, pair in json.loads(self.before or "{}").items()}
        if state is None:
            return former
        return None if self.operation == "insert" else {**state, **former, "version": state["version"] - 1}


def _tagged(value: object) -> list[str]:
    """What JSON cannot say, told from every text."""
    return [type(value).__name__, value.hex() if isinstance(value, bytes) else repr(value)]


canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=_tagged).encode
"""The one text of a value made of what the database stores."""


def _digest(salt: object, value: object) -> bytes:
    known = salt if isinstance(salt, bytes) else repr(salt).encode()
    return sha256(known + canonical(value).encode("utf-8", "surrogateescape")).digest()


def bind(database: Any, changes: Sequence[AuditedChange]) -> list[BoundChange]:
    """The changes of one act with their digests, at its end and inside its transaction: what rows became is read."""
    touched: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        touched[change.table].add(change.row)
    became = {
        (table, state["id"]): state for table, rows in touched.items() for state in _states(database, table, rows)
    }
    salts, bound = secrets.token_bytes(SALT_BYTES * len(changes)), []
    for number, change in enumerate(changes):
        salt = salts[SALT_BYTES * number : SALT_BYTES * (number + 1)]
        state = became.get((change.table, change.row))
        unbound = BoundChange(*change, salt, None, GONE if state is None else _digest(salt, state))
        bound.append(unbound._replace(digest=unbound.digested()))
    return bound


def _states(database: Any, table: str, rows: Iterable[int]) -> Iterator[dict[str, Any]]:
    """Those of the rows that are there, as they are stored."""
    for portion in portions(rows):
        statement = f'SELECT * FROM "{table}" WHERE id IN ({marks(portion)})'
        try:
            found = _named(database, statement, portion)
        except ENGINE_ERRORS:
            # Something that is no text came past the program: it is to be named, and not to be in the way.
            connection = database.connection()
            connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
            try:
                found = _named(database, statement, portion)
            finally:
                connection.text_factory = str
        yield from found


def _named(database: Any, statement: str, values: Sequence[int]) -> list[dict[str, Any]]:
    cursor = database.execute_sql(statement, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def misfits(database: Any, table: str) -> Iterator[Misfit]:
    """The rows of a table that are not what the audit last told of them, or once were not when they were changed.

    In the order of their numbers, a portion in each transaction.
    """
    known = database.execute_sql(f'SELECT id FROM "{table}" UNION SELECT "row" FROM change WHERE "table" = ?', [table])
    for portion in portions(row for (row,) in known.fetchall()):
        told: dict[int, list[_Told]] = defaultdict(list)
        # One look for both: a colleague may save between two.
        with database.atomic("DEFERRED"):
            states = {state["id"]: state for state in _states(database, table, portion)}
            for row, *change in database.execute_sql(_TOLD, [table, portion[0], portion[-1]]).fetchall():
                told[row].append(_Told(*change))
        for row in portion:
            if found := _misfit(row, states.get(row), told[row]):
                yield found


def _misfit(row: int, state: State, told: Sequence[_Told]) -> Misfit | None:
    """Follow a row back, `told` the newest first, as far as what it was can be told."""
    if not told:
        return Misfit(row, Fault.UNAUDITED)
    later = 0
    for act, changes in groupby(told, key=lambda change: change.act):
        # All changes of an act keep what the row was at its end.
        last, *earlier = changes
        erased = last.salt is None and last.after not in (None, GONE)
        if later and (last.after is None or erased):
            return None
        if not last.fits(state):
            return Misfit(row, Fault.ALTERED, later) if later else Misfit(row, _now(state, last))
        if last.after is None:
            return None if state is None else Misfit(row, Fault.UNBOUND)
        if last.operation == KEEP:
            return None
        try:
            for change in (last, *earlier):
                state = change.undone(state)
        except (ValueError, TypeError, AttributeError, LookupError):
            return Misfit(row, Fault.ALTERED, act)
        later = act
    return None


def _now(state: State, last: _Told) -> Fault:
    if state is None:
        return Fault.MISSING
    gone = last.operation == "delete" if last.after is None else last.after == GONE
    return Fault.BACK if gone else Fault.DIFFERS
