"""The search index of entries and participants, brought up to date with every change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import TYPE_CHECKING, Final

from models.storage.portions import portions, where
from models.storage.touched import Touched
from models.values.text import fold

if TYPE_CHECKING:
    from models.storage.audit import AuditedChange
    from models.storage.work import Work

SEARCHED_COLUMNS: Final = (
    "phone", "email", "address", "district", "risk_areas", "prison", "unit", "nav_state", "nav_municipal", "national_id"
)  # fmt: skip


def follow(work: Work, changes: Sequence[AuditedChange]) -> None:
    """Bring the index up to date with `changes`, inside their transaction."""
    entries, people = Touched.by(changes, "entry"), Touched.by(changes, "participant")
    index_entries(work, entries.rows, entries.fresh)
    index_participants(work, people.rows, people.fresh)


def index_entries(work: Work, rows: Iterable[int], fresh: Set[int] = frozenset()) -> None:
    """Write the search rows of entries; one that is gone, or holds no text of a person's, is taken out.

    `fresh` are rows the index cannot know yet.
    """
    for portion in portions(rows):
        found = work.sql(where("SELECT id, with_whom, place, text, topic FROM entry", portion), portion)
        bodies = []
        for row, *parts in found:
            body = " ".join(part for part in parts if part)
            if body.strip():
                bodies.append((row, fold(body)))
        work.many("DELETE FROM entry_search WHERE rowid = ?", [(row,) for row in portion if row not in fresh])
        work.many("INSERT INTO entry_search (rowid, body) VALUES (?, ?)", bodies)


def index_participants(work: Work, rows: Iterable[int], fresh: Set[int] = frozenset()) -> None:
    """Write the search rows of participants; one that is gone is taken out. `fresh` as in `index_entries`."""
    columns = f"id, code, given_name, family_name, {', '.join(SEARCHED_COLUMNS)}"
    for portion in portions(rows):
        found = work.sql(where(f"SELECT {columns} FROM participant", portion), portion)
        bodies = [
            (row, fold(" ".join(parts[:3])), fold(" ".join(part for part in parts[3:] if part)))
            for row, *parts in found
        ]
        work.many("DELETE FROM people_search WHERE rowid = ?", [(row,) for row in portion if row not in fresh])
        work.many("INSERT INTO people_search (rowid, name, body) VALUES (?, ?, ?)", bodies)
