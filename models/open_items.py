"""What is left on the checklists across a caseload: one line a checklist, by release date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from config.programme.shapes import Words
from models.checklist_content import template_of
from models.reading import Reading
from models.upkeep import NEVER

WHAT: Final = ("open", "due", "unverified")


@dataclass(frozen=True)
class OpenQuery:
    """Which checklists: one worker's (None: the whole team's), with something open, overdue, or to be verified."""

    worker: int | None = None
    what: str = "open"


@dataclass(frozen=True)
class OpenLine:
    """One checklist that needs somebody; `due` is the earliest day anything left on it is due."""

    checklist: int
    participant: int
    code: str
    name: str
    worker: str
    checklist_name: Words
    release: date | None
    items: int
    remaining: int
    waiting: int
    unverified: int
    due: date | None


@dataclass(frozen=True)
class LeftItem:
    """One item of a checklist that is left, or that wants a second person."""

    name: Words
    state: str
    reason: str
    due: date | None
    unverified: bool


def _where(reading: Reading, query: OpenQuery) -> tuple[str, list[Any]]:
    conditions = {"open": "t.remaining > 0", "due": "t.due_key <= ?", "unverified": "t.unverified > 0"}
    parts = [conditions[query.what]]
    values: list[Any] = [reading.today.isoformat()] if query.what == "due" else []
    if query.worker is not None:
        parts.append("t.worker = ?")
        values.append(query.worker)
    return " AND ".join(parts), values


def count(reading: Reading, query: OpenQuery) -> int:
    """How many lines there are."""
    where, values = _where(reading, query)
    return int(reading.value(f"SELECT count(*) FROM checklist_tally t WHERE {where}", values))


def page(reading: Reading, query: OpenQuery, offset: int, limit: int) -> list[OpenLine]:
    """Lines `offset` to `offset + limit`, the nearest release first."""
    where, values = _where(reading, query)
    rows = reading.sql(
        "SELECT t.checklist_id, t.participant_id, c.code, c.name, coalesce(s.initials, ''), k.content, t.release_key, "
        "t.items, t.remaining, t.waiting, t.unverified, t.due_key "
        f"FROM (SELECT * FROM checklist_tally t WHERE {where} ORDER BY t.release_key, t.checklist_id "
        "LIMIT ? OFFSET ?) t JOIN checklist k ON k.id = t.checklist_id JOIN card c ON "
        "c.participant_id = t.participant_id LEFT JOIN staff s ON s.id = t.worker "
        "ORDER BY t.release_key, t.checklist_id",
        [*values, limit, offset],
    )
    return [
        OpenLine(
            checklist=row[0],
            participant=row[1],
            code=row[2],
            name=row[3],
            worker=row[4],
            checklist_name=template_of(row[5]).name,
            release=_day(row[6]),
            items=row[7],
            remaining=row[8],
            waiting=row[9],
            unverified=row[10],
            due=_day(row[11]),
        )
        for row in rows
    ]


def left(reading: Reading, checklist: int) -> tuple[LeftItem, ...]:
    """The items of one checklist that are left: those due first, then in order; then those to be verified."""
    content = reading.value("SELECT content FROM checklist WHERE id = ?", [checklist])
    if content is None:
        return ()
    template = template_of(content)
    names = {item.id: item.name for item in template.items}
    rows = reading.sql(
        "SELECT item, state, reason, due FROM checklist_item WHERE checklist_id = ? AND (state IN ('open', 'waiting') "
        "OR (? AND state = 'done' AND verified_at IS NULL)) "
        "ORDER BY state = 'done', coalesce(due, ?), place",
        [checklist, template.verify, NEVER],
    )
    return tuple(
        LeftItem(names[item], state, reason, _day(due or NEVER), state == "done")
        for item, state, reason, due in rows
        if item in names
    )


def _day(key: str) -> date | None:
    return None if key == NEVER else date.fromisoformat(key)
