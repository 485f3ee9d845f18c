"""The search index of what is written in reviews, intakes, ways out, meetings and hand-overs.

One full-text index holds rows of several tables: a row's number there is its id times `STRIDE` plus the place of its
table in `SOURCES`, which is never changed, only added to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from models.storage.portions import portions, where
from models.values.text import fold

if TYPE_CHECKING:
    from models.storage.audit import AuditedChange
    from models.storage.reading import Reading
    from models.storage.work import Work

STRIDE: Final = 16


class Source(Struct, frozen=True):
    """A table that is searched: its texts, the column of its day, and the `part` a hit opens by the id in `opens`."""

    table: str
    texts: tuple[str, ...]
    day: str
    part: str
    opens: str


SOURCES: Final = (
    Source("review", ("reason", "present"), "opened", "review", "id"),
    Source("review_answer", ("text",), "written_at", "review", "review_id"),
    Source("review_note", ("text",), "at", "review", "review_id"),
    Source("intake", ("referred_by", "referral_note", "reason"), "opened", "intake", "id"),
    Source("criterion_judgement", ("note",), "judged", "intake", "intake_id"),
    Source("intake_talk", ("who", "note", "reason"), "held", "intake", "intake_id"),
    Source("phase_out", ("words", "summary", "closed_reason", "return_note"), "began", "phase_out", "id"),
    Source("meeting", ("guests",), "day", "meeting", "id"),
    Source("meeting_item", ("text",), "at", "meeting", "meeting_id"),
    Source("hand_over", ("note",), "day", "hand_over", "id"),
    Source("snooze", ("reason",), "snoozed", "snooze", "id"),
    Source("absence", ("note",), "first", "absence", "id"),
)
PARTS: Final = frozenset(source.part for source in SOURCES)
_PLACES: Final = {source.table: place for place, source in enumerate(SOURCES)}


def follow(work: Work, changes: Sequence[AuditedChange]) -> None:
    """Bring the index up to date with `changes`, inside their transaction."""
    touched: dict[str, set[int]] = {}
    known: dict[str, set[int]] = {}
    for change in changes:
        if change.table not in _PLACES:
            continue
        rows = touched.setdefault(change.table, set())
        # Only a row whose first change is its insertion cannot stand in the index yet.
        if change.operation != "insert" and change.row not in rows:
            known.setdefault(change.table, set()).add(change.row)
        rows.add(change.row)
    for table, rows in touched.items():
        place, gone = _PLACES[table], sorted(known.get(table, ()))
        work.many("DELETE FROM method_search WHERE rowid = ?", [(row * STRIDE + place,) for row in gone])
        for portion in portions(rows):
            found = work.sql(where(f'SELECT id, {", ".join(SOURCES[place].texts)} FROM "{table}"', portion), portion)
            joined = ((row, " ".join(part for part in parts if part)) for row, *parts in found)
            bodies = [(row * STRIDE + place, fold(body)) for row, body in joined if body.strip(" ")]
            work.many("INSERT INTO method_search (rowid, body) VALUES (?, ?)", bodies)


def faults(reading: Reading) -> tuple[int, int]:
    """How many rows are missing from the index, and how many are there that should not be."""
    missing = stray = 0
    for place, source in enumerate(SOURCES):
        condition = f"trim({' || '.join(source.texts)}) != ''"
        missing += reading.value(
            f'SELECT count(*) FROM "{source.table}" WHERE {condition} '
            f"AND id * {STRIDE} + {place} NOT IN (SELECT id FROM method_search_docsize)"
        )
        stray += reading.value(
            f"SELECT count(*) FROM method_search_docsize WHERE id % {STRIDE} = {place} "
            f'AND id / {STRIDE} NOT IN (SELECT id FROM "{source.table}" WHERE {condition})'
        )
    beyond = reading.value(f"SELECT count(*) FROM method_search_docsize WHERE id % {STRIDE} >= {len(SOURCES)}")
    return missing, stray + beyond
