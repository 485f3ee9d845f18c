"""What rows said at a moment that lies behind, told from the changes that were audited since."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from models.storage.portions import marks, portions
from models.storage.reading import Reading


def since(
    reading: Reading, table: str, columns: Collection[str], moment: int, rows: Iterable[int] | None = None
) -> dict[int, dict[str, Any]]:
    """By row of a table: what those of `columns` that were changed at `moment` or later said before it.

    A row that was entered later says what it first said. `rows` limits it to some of them.
    """
    # The audit is in order of time, so the newest acts are looked at alone.
    last = reading.value("SELECT seq FROM audit WHERE at < ? ORDER BY seq DESC LIMIT 1", [moment]) or 0
    which = 'SELECT "row", before FROM change WHERE "table" = ? AND audit > ? AND operation = \'update\''
    if rows is None:
        changes = reading.sql(f"{which} ORDER BY id DESC", [table, last])
    else:
        changes = [
            change
            for portion in portions(rows)
            for change in reading.sql(
                f'{which} AND "row" IN ({marks(portion)}) ORDER BY id DESC', [table, last, *portion]
            )
        ]
    found: dict[int, dict[str, Any]] = {}
    for row, before in changes:
        if before and any(f'"{column}"' in before for column in columns):
            said = json.loads(before)
            found.setdefault(row, {}).update({column: said[column][0] for column in columns if column in said})
    return found
