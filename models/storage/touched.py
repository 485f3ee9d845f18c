"""Which rows of a table a unit of work has touched, and whose they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.storage.portions import portions, where

if TYPE_CHECKING:
    from models.storage.binding import AuditedChange
    from models.storage.reading import Reading


@dataclass
class Touched:
    """The rows of one table that changed; `fresh` are new, `participants` had rows that are gone, or another's, now."""

    rows: set[int]
    fresh: set[int]
    participants: set[int]

    @classmethod
    def by(cls, changes: Sequence[AuditedChange], table: str) -> Touched:
        """What `changes` did to the rows of `table`."""
        found = cls(set(), set(), set())
        for change in changes:
            if change.table != table:
                continue
            # A row put back after it was taken away in the same transaction is not fresh: the index may know it.
            if change.operation == "insert" and change.row not in found.rows:
                found.fresh.add(change.row)
            found.rows.add(change.row)
            if change.operation == "delete" and table != "participant":
                found.participants |= _former(change)
            elif change.operation == "update" and '"participant_id"' in change.before:
                # What went from one to another is missing with whom it was.
                found.participants |= _former(change)
        return found


def _former(change: AuditedChange) -> set[int]:
    owner = json.loads(change.before)["participant_id"][0]
    return set() if owner is None else {int(owner)}


def owners(reading: Reading, table: str, touched: Touched) -> set[int]:
    """The participants whose rows of `table` these are, or were."""
    found = set(touched.participants)
    for rows in portions(touched.rows):
        now = reading.sql(where(f'SELECT participant_id FROM "{table}"', rows), rows)
        found |= {owner for (owner,) in now if owner is not None}
    return found
