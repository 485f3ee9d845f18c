"""Taking records into the audit as they are, where a step of the schema changes what they are made of.

For steps, and what is drawn anew after one, inside its transaction. A row that did not fit the audit before is not
taken in, so that `exin verify` goes on naming it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from models.storage import audit
from models.storage.binding import KEEP, SALT_BYTES, AuditedChange, Fault, misfits
from models.storage.chain import FIRST_LINK
from models.storage.portions import marks, portions
from models.tables import RECORDS

KEPT: Final = "audit.kept"


@contextmanager
def carried(database: Any, *tables: str) -> Iterator[None]:
    """Around what changes the columns of record tables: the rows that fitted the audit before fit it afterwards."""
    fitting = {
        table: set(_rows(database, table)) - {misfit.row for misfit in misfits(database, table)} for table in tables
    }
    yield
    for table, rows in fitting.items():
        _keep(database, table, rows)


def taken_in(database: Any, table: str) -> None:
    """The rows that a step has entered in a table it made: the audit holds them as they are."""
    _keep(database, table, _rows(database, table))


def taken_away(database: Any, table: str, rows: Iterable[int]) -> None:
    """Take rows away whose reason to be is gone, keeping all of each in the audit."""
    for portion in portions(rows):
        found = database.execute_sql(f'SELECT * FROM "{table}" WHERE id IN ({marks(portion)})', portion)
        names = [column[0] for column in found.description]
        states = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        database.execute_sql(f'DELETE FROM "{table}" WHERE id IN ({marks(portion)})', portion)
        changes = [
            AuditedChange(table, state["id"], "delete",
                          json.dumps({name: [value, None] for name, value in state.items()},
                                     ensure_ascii=False))
            for state in states
        ]  # fmt: skip
        if changes:
            _append(database, KEPT, changes)


def bind_all(database: Any) -> None:
    """Give every change of before audits were bound its digest, cover all of them by one act, and take every row in.

    What each row was before nobody can tell: it is taken as it is, but where the audit tells that it was taken away.
    """
    last = database.execute_sql("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    tables = [table for table in RECORDS if table in database.get_tables()]
    if last is None and not any(_rows(database, table) for table in tables):
        return
    total = audit.Sum()
    for act, changes, mac in audit.acts(database):
        bound = [change._replace(salt=secrets.token_bytes(SALT_BYTES)) for change in changes]
        bound = [change._replace(digest=change.digested()) for change in bound]
        total.add(audit.Linked(act, bound, mac))
        _store(database, act.seq, bound)
    _append(database, total.action(*(last or (0, FIRST_LINK))), [])
    for table in tables:
        back = {misfit.row for misfit in misfits(database, table) if misfit.fault is Fault.BACK}
        _keep(database, table, set(_rows(database, table)) - back)


def _store(database: Any, seq: int, bound: list[Any]) -> None:
    numbers = database.execute_sql("SELECT id FROM change WHERE audit = ? ORDER BY id", [seq]).fetchall()
    database.connection().executemany(
        "UPDATE change SET salt = ?, digest = ? WHERE id = ?",
        [(change.salt, change.digest, number) for change, (number,) in zip(bound, numbers, strict=True)],
    )


def _rows(database: Any, table: str) -> list[int]:
    return [row for (row,) in database.execute_sql(f'SELECT id FROM "{table}"').fetchall()]


def _keep(database: Any, table: str, rows: Iterable[int]) -> None:
    for portion in portions(rows):
        _append(database, KEPT, [AuditedChange(table, row, KEEP, "") for row in portion])


def _append(database: Any, action: str, changes: list[AuditedChange]) -> None:
    """An act of nobody's, of the time of the act before it: a step has no clock."""
    ((key,),) = database.execute_sql("SELECT value FROM seal WHERE key = 'audit_key'").fetchall()
    ((at,),) = database.execute_sql("SELECT coalesce(max(at), 0) FROM audit").fetchall()
    audit.append(database, bytes.fromhex(key), at, None, action, None, changes)
