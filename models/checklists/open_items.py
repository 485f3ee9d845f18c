"""What is left on the checklists across a caseload: one line a checklist, by release date."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from msgspec import Struct

from config.programme.labels import Words
from models.checklists.content import template_of
from models.phases.way_out import WayOut
from models.storage.portions import marks
from models.storage.reading import Reading, struct
from models.team import caseload
from models.values.days import NEVER


class OpenQuery(Struct, frozen=True):
    """Which checklists: one worker's (None: the whole team's), with something open, overdue, or to be verified."""

    worker: int | None = None
    what: str = "open"


class OpenLine(Struct, frozen=True):
    """One checklist that needs somebody; `due` is the earliest day anything left on it is due."""

    checklist: int
    participant: int
    code: str
    name: str
    worker: str
    checklist_name: Words
    release: WayOut
    items: int
    remaining: int
    waiting: int
    unverified: int
    due: date | None


class LeftItem(Struct, frozen=True):
    """One item of a checklist that is left, or that wants a second person."""

    name: Words
    state: str
    reason: str
    due: date | None
    unverified: bool


_LAPSED: Final = "FROM checklist_lapse l WHERE l.checklist_id = t.checklist_id AND l.lapse_key <= ?1"
# What is done only until a day is left from that day on, whether or not anybody has written since.
_CONDITIONS: Final = {
    "open": "(t.remaining > 0 OR t.lapse_key <= ?1)",
    "due": f"(t.due_key <= ?1 OR (t.lapse_key <= ?1 AND EXISTS (SELECT 1 {_LAPSED} AND l.due_key <= ?1)))",
    "unverified": "t.unverified > 0 AND (t.lapse_key > ?1 OR "
                  f"t.unverified > (SELECT coalesce(sum(l.unverified), 0) {_LAPSED}))",
}  # fmt: skip


def _where(reading: Reading, query: OpenQuery) -> tuple[str, list[Any]]:
    parts = [_CONDITIONS[query.what]]
    values: list[Any] = [reading.today.isoformat()]
    if query.worker is not None:
        whose = caseload.colleagues(reading, query.worker)
        parts.append(f"t.worker IN ({marks(whose)})")
        values += whose
    return " AND ".join(parts), values


def count(reading: Reading, query: OpenQuery) -> int:
    """How many lines there are."""
    where, values = _where(reading, query)
    return int(reading.value(f"SELECT count(*) FROM checklist_tally t WHERE {where}", values))


def page(reading: Reading, query: OpenQuery, offset: int, limit: int) -> list[OpenLine]:
    """Lines `offset` to `offset + limit`, the nearest release first."""
    where, values = _where(reading, query)
    # With what has lapsed by today, whether or not anybody has written since.
    rows = reading.named(
        "SELECT t.checklist_id AS checklist, t.participant_id AS participant, c.code, c.name, "
        "coalesce(s.initials, '') AS worker, k.content, t.release_key, c.release_basis, t.items, t.waiting, "
        "t.remaining + count(l.item_id) AS remaining, t.unverified - coalesce(sum(l.unverified), 0) AS unverified, "
        "min(t.due_key, coalesce(min(l.due_key), t.due_key)) AS due_key "
        f"FROM (SELECT * FROM checklist_tally t WHERE {where} ORDER BY t.release_key, t.checklist_id "
        "LIMIT ? OFFSET ?) t JOIN checklist k ON k.id = t.checklist_id JOIN card c ON "
        "c.participant_id = t.participant_id LEFT JOIN staff s ON s.id = t.worker "
        "LEFT JOIN checklist_lapse l ON l.checklist_id = t.checklist_id AND l.lapse_key <= ?1 "
        "GROUP BY t.checklist_id ORDER BY t.release_key, t.checklist_id",
        [*values, limit, offset],
    )
    return [
        struct(
            OpenLine, row, checklist_name=template_of(row["content"]).name,
            release=WayOut(_day(row["release_key"]), row["release_basis"]),
            due=_day(row["due_key"]),
        )
        for row in rows
    ]  # fmt: skip


def left(reading: Reading, checklist: int) -> tuple[LeftItem, ...]:
    """The items of one checklist that are left: those due first, then in order; then those to be verified."""
    content = reading.value("SELECT content FROM checklist WHERE id = ?", [checklist])
    if content is None:
        return ()
    template = template_of(content)
    names = {item.id: item.name for item in template.items}
    # As an item stands today: done only until a day that has come is open.
    rows = reading.named(
        "SELECT i.item, CASE WHEN l.item_id IS NULL THEN i.state ELSE 'open' END AS now, i.reason, i.due "
        "FROM checklist_item i LEFT JOIN checklist_lapse l ON l.item_id = i.id AND l.lapse_key <= ? "
        "WHERE i.checklist_id = ? AND (now IN ('open', 'waiting') "
        "OR (? AND now = 'done' AND i.verified_at IS NULL)) "
        "ORDER BY now = 'done', coalesce(i.due, ?), i.place",
        [reading.today.isoformat(), checklist, template.verify, NEVER],
    )
    return tuple(
        struct(LeftItem, row, name=names[row["item"]], state=row["now"], unverified=row["now"] == "done")
        for row in rows
        if row["item"] in names
    )


def _day(key: str) -> date | None:
    return None if key == NEVER else date.fromisoformat(key)
