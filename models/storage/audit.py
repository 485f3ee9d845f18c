"""The audit chain: each committed change is a row whose code also covers the row before it.

A row that was altered, inserted or removed afterwards breaks the chain at that row. A tail that was cut off cannot be
told from inside, so `head` is what to keep elsewhere (it stands in `exin verify` and in every export).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from msgspec import Struct

from models.storage.reading import Reading

FIRST_LINK = "0" * 64
ROWS_AT_ONCE: Final = 5_000


class AuditedChange(NamedTuple):
    """What one audited act did to one row; `before` is JSON, column → [former, new], empty for an insert."""

    table: str
    row: int
    operation: str
    before: str


class Act(NamedTuple):
    """What a row of the audit tells; `undoes` is the number of the act it takes back."""

    seq: int
    at: int
    actor: int | None
    action: str
    undoes: int | None
    changes: Sequence[AuditedChange]


def _link(key: bytes, former: str, act: Act) -> str:
    content = json.dumps(
        [former, *act[:-1], [list(change) for change in act.changes]], ensure_ascii=False, default=repr
    )
    return hmac.new(key, content.encode(), hashlib.sha256).hexdigest()


def append(
    database: Any,
    key: bytes,
    at: int,
    actor: int | None,
    action: str,
    undoes: int | None,
    changes: Sequence[AuditedChange],
) -> int:
    """Add the row of one act to the chain, inside the transaction of that act; answers its number."""
    last = database.execute_sql("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    seq, former = (int(last[0]) + 1, str(last[1])) if last else (1, FIRST_LINK)
    act = Act(seq, at, actor, action, undoes, changes)
    database.execute_sql(
        "INSERT INTO audit (seq, at, actor, action, undoes, mac) VALUES (?, ?, ?, ?, ?, ?)",
        [*act[:-1], _link(key, former, act)],
    )
    database.connection().executemany(
        'INSERT INTO change (audit, "table", "row", operation, before) VALUES (?, ?, ?, ?, ?)',
        [(seq, *change) for change in changes],
    )
    return seq


class ChainState(Struct, frozen=True):
    """How far the chain holds: `count` rows, `head` the last code, `broken_at` the first row that does not fit."""

    count: int
    head: str
    broken_at: int | None


def check(reading: Reading, key: bytes) -> ChainState:
    """Follow the chain from the first row to the last."""
    former, count = FIRST_LINK, 0
    for act, mac in _acts(reading):
        if act.seq != count + 1 or not hmac.compare_digest(_link(key, former, act).encode(), str(mac).encode()):
            return ChainState(count, former, act.seq)
        former, count = mac, act.seq
    orphan = reading.value("SELECT audit FROM change WHERE audit NOT IN (SELECT seq FROM audit) ORDER BY audit LIMIT 1")
    return ChainState(count, former, None if orphan is None else int(orphan))


def _acts(reading: Reading) -> Iterator[tuple[Act, str]]:
    """The audit rows in order with their codes, in pages so that a long history needs little memory."""
    start = 0
    while rows := reading.sql(
        "SELECT seq, at, actor, action, undoes, mac FROM audit WHERE seq > ? ORDER BY seq LIMIT ?",
        [start, ROWS_AT_ONCE],
    ):
        stop = int(rows[-1][0])
        changes: dict[int, list[AuditedChange]] = {}
        for audit, *change in reading.sql(
            'SELECT audit, "table", "row", operation, before FROM change WHERE audit > ? AND audit <= ? ORDER BY id',
            [start, stop],
        ):
            changes.setdefault(audit, []).append(AuditedChange(*change))
        for seq, at, actor, action, undoes, mac in rows:
            yield Act(seq, at, actor, action, undoes, changes.get(seq, [])), mac
        start = stop


def head_at(reading: Reading, count: int) -> str:
    """The code of the chain's row `count`, as it was told when that row was the last; empty when it is not there."""
    if count == 0:
        return FIRST_LINK
    return str(reading.value("SELECT mac FROM audit WHERE seq = ?", [count]) or "")


class FormerVersion(Struct, frozen=True):
    """What a record said before one change: `values` by column, as they were until `at`.

    Whoever changed it is called `who`, and `user` is their user name; both are empty for the program itself.
    """

    at: int
    who: str
    user: str
    values: dict[str, Any]


def history(reading: Reading, table: str, row: int) -> list[FormerVersion]:
    """The former values of one record, newest change first."""
    found = reading.sql(
        "SELECT a.at, coalesce(s.name, ''), coalesce(s.user, ''), c.before FROM change c "
        "JOIN audit a ON a.seq = c.audit "
        'LEFT JOIN staff s ON s.id = a.actor WHERE c."table" = ? AND c."row" = ? AND c.operation = \'update\' '
        "ORDER BY c.id DESC",
        [table, row],
    )
    return [
        FormerVersion(at, who, user, {column: pair[0] for column, pair in json.loads(before).items()})
        for at, who, user, before in found
    ]
