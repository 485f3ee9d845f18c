"""The audit chain: each committed change is a row whose code also covers the row before it.

A row that was altered, inserted or removed afterwards breaks the chain at that row. A tail that was cut off cannot be
told from inside, so `head` is what to keep elsewhere (it stands in `exin verify` and in every export). The code covers
the digests of `models.storage.binding` in place of the texts.

Acts of before there were digests keep the codes they had, which cover the texts. One act, named `BOUND`, tells up to
which they go, with a sum of them and of the digests they were given, so that their texts can be erased, too.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from msgspec import Struct

from models.storage.binding import ERASE, AuditedChange, BoundChange, bind, canonical
from models.storage.chain import FIRST_LINK, ChainState, code_of
from models.storage.reading import Reading

ROWS_AT_ONCE: Final = 5_000
BOUND: Final = "audit.bound"
SHOWN: Final = 5
"""How many rows before which time ran back are named."""


class Act(NamedTuple):
    """What a row of the audit tells; `undoes` is the number of the act it takes back."""

    seq: int
    at: int
    actor: int | None
    action: str
    undoes: int | None


class Linked(NamedTuple):
    """An act as it stands in the chain, with its code."""

    act: Act
    changes: Sequence[BoundChange]
    mac: str


def _content(act: Act, changes: Sequence[BoundChange]) -> list[object]:
    """What of an act the chain covers."""
    return [*act, [_covered(change) for change in changes]]


def _covered(change: BoundChange) -> list[object]:
    """What the code covers of a change: the digests, and of a change of before there were any its text."""
    if change.after is None:
        return [*change[:4]]
    return [*change[:3], canonical(change.digest), canonical(change.after)]


def append(
    database: Any,
    key: bytes,
    at: int,
    actor: int | None,
    action: str,
    undoes: int | None,
    changes: Sequence[AuditedChange],
) -> int:
    """Add the row of one act to the chain, inside the transaction of that act and at its end; answers its number."""
    last = database.execute_sql("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    seq, former = (int(last[0]) + 1, str(last[1])) if last else (1, FIRST_LINK)
    act, bound = Act(seq, at, actor, action, undoes), bind(database, changes)
    database.execute_sql(
        "INSERT INTO audit (seq, at, actor, action, undoes, mac) VALUES (?, ?, ?, ?, ?, ?)",
        [*act, code_of(key, former, _content(act, bound))],
    )
    database.connection().executemany(
        'INSERT INTO change (audit, "table", "row", operation, before, salt, digest, after) '
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(seq, *change) for change in bound],
    )
    return seq


def check(reading: Reading, key: bytes) -> ChainState:
    """Follow the chain from the first row to the last."""
    former, count, time, ran_back = FIRST_LINK, 0, 0, list[int]()
    bound = reading.value(f"SELECT min(seq) FROM audit WHERE action LIKE '{BOUND} %'") or 0
    before = Sum()
    for linked in acts(reading._database):
        act, _changes, mac = linked
        whole = act.seq == count + 1 and _fits(reading, key, former, linked, act.seq < bound)
        if act.seq < bound:
            before.add(linked)
        elif act.seq == bound:
            whole = whole and act.action == before.action(count, former)
        if not whole:
            return ChainState(count, former, act.seq, tuple(ran_back))
        if act.at < time and len(ran_back) < SHOWN:
            ran_back.append(act.seq)
        former, count, time = mac, act.seq, act.at
    orphan = reading.value("SELECT audit FROM change WHERE audit NOT IN (SELECT seq FROM audit) ORDER BY audit LIMIT 1")
    return ChainState(count, former, None if orphan is None else int(orphan), tuple(ran_back))


def _fits(reading: Reading, key: bytes, former: str, linked: Linked, before: bool) -> bool:
    """Whether an act's code fits it and the code of the row `former`, and its digests what is left of its texts.

    The code of an act of `before` cannot be told once a text of it is erased; the sum covers it then.
    """
    act, changes, mac = linked
    erased = [change for change in changes if change.salt is None and change.digest is not None]
    if not all(_may_be_erased(reading, act, change) for change in erased):
        return False
    for change in changes:
        if change.salt is not None and change.digest != change.digested():
            return False
        if change.digest is None and (before or change.after is not None):
            return False
    if before and erased:
        return True
    return hmac.compare_digest(code_of(key, former, _content(act, changes)).encode(), str(mac).encode())


def _may_be_erased(reading: Reading, act: Act, change: BoundChange) -> bool:
    later = 'SELECT 1 FROM change WHERE "table" = ? AND "row" = ? AND operation = ? AND audit >= ? LIMIT 1'
    return change.before == "" and reading.value(later, [change.table, change.row, ERASE, act.seq]) is not None


class Sum:
    """A sum of the acts of before there were digests in the codes, made when they were given theirs."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()

    def add(self, linked: Linked) -> None:
        """Take in the next act."""
        act, changes, mac = linked
        digests = [[*change[:3], change.digest] for change in changes]
        self._sum.update(canonical([*act, mac, digests]).encode() + b"\n")

    def action(self, count: int, head: str) -> str:
        """What the act is called that covers the `count` acts up to `head`."""
        return f"{BOUND} {count}:{head}:{self._sum.hexdigest()}"


def acts(database: Any) -> Iterator[Linked]:
    """The audit rows in order with their codes, in pages so that a long history needs little memory."""
    start = 0
    while rows := database.execute_sql(
        "SELECT seq, at, actor, action, undoes, mac FROM audit WHERE seq > ? ORDER BY seq LIMIT ?",
        [start, ROWS_AT_ONCE],
    ).fetchall():
        stop = int(rows[-1][0])
        changes: dict[int, list[BoundChange]] = {}
        for audit, *change in database.execute_sql(
            'SELECT audit, "table", "row", operation, before, salt, digest, after FROM change '
            "WHERE audit > ? AND audit <= ? ORDER BY id",
            [start, stop],
        ):
            changes.setdefault(audit, []).append(BoundChange(*change))
        for *act, mac in rows:
            yield Linked(Act(*act), changes.get(act[0], []), mac)
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
