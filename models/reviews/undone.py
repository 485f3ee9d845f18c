"""What a review had decided whose sealing was taken back: it is open again, and the decision is not to be lost.

The row is as it was before it was sealed, so the decision stands in the history of changes alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from models.phases.owed_review import SEALED
from models.phases.release import Release
from models.storage.reading import Reading


class Undone(Struct, frozen=True):
    """A decision as it was sealed, empty or None where nothing was said; `tasks` are what, who and due."""

    decision: str
    to_phase: int | None
    effective: date | None
    next_review: date | None
    reason: str
    present: str
    ending: tuple[int, ...]
    release: Release
    tasks: tuple[tuple[str, int | None, date | None], ...]


def undone(reading: Reading, review: int) -> Undone | None:
    """The decision of this review that was taken back last, None for one that was never sealed or still is."""
    rows = reading.sql(
        'SELECT c.audit, c.before FROM change c JOIN audit a ON a.seq = c.audit JOIN review r ON r.id = c."row" '
        "WHERE c.\"table\" = 'review' AND c.\"row\" = ? AND c.operation = 'update' AND a.undoes IS NOT NULL "
        "AND r.state != ? ORDER BY c.id DESC",
        [review, SEALED],
    )
    for act, before in rows:
        was = _former(before)
        if was.get("state") == SEALED:
            return _undone(reading, act, was)
    return None


def _undone(reading: Reading, act: int, was: Mapping[str, Any]) -> Undone:
    """From the columns the review had, and what else was taken back with it in the same act."""
    changes = reading.sql('SELECT "table", "row", operation, before FROM change WHERE audit = ? ORDER BY "row"', [act])
    tasks = [_former(before) for table, _row, what, before in changes if (table, what) == ("task", "delete")]
    record: dict[str, Any] = {}
    ended = []
    for table, row, what, before in changes:
        if table == "participant":
            record |= _former(before)
        elif table == "phase_period" and what == "update" and _former(before).get("ended"):
            ended.append(int(reading.value("SELECT phase FROM phase_period WHERE id = ?", [row])))
    return Undone(
        decision=was.get("decision", ""),
        to_phase=was.get("to_phase"),
        effective=_day(was.get("effective")),
        next_review=_day(was.get("next_review")),
        reason=was.get("reason", ""),
        present=was.get("present", ""),
        ending=tuple(sorted(ended)),
        release=Release(record.get("release_kind") or "", record.get("stays") or ""),
        tasks=tuple(
            (task["text"], task["owner_id"], _day(task["due"]))
            for task in tasks
            if str(task["source"]).startswith("review:")
        ),
    )  # fmt: skip


def _former(before: str) -> dict[str, Any]:
    """What the columns held before a change."""
    return {column: pair[0] for column, pair in json.loads(before or "{}").items()}


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
