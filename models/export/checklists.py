"""A participant's checklists as plain data, for `models.export.whole`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from models.checklists import reading as checklist_reading
from models.storage.reading import Reading
from models.tables import Checklist, ChecklistItem


def checklists(
    reading: Reading,
    number: int,
    users: dict[int, str],
    former: Callable[[Reading, str, int], list[dict[str, Any]]],
    moment: Callable[[int], str],
) -> dict[str, Any]:
    """The section `checklists` of a participant's export: each with the template it began with and its items."""
    lists = reading.rows(Checklist.select().where(Checklist.participant == number).order_by(Checklist.id))
    items = reading.rows(
        ChecklistItem.select().where(ChecklistItem.participant == number)
        .order_by(ChecklistItem.checklist, ChecklistItem.place)
    )  # fmt: skip

    def day(value: Any) -> str | None:
        return value.isoformat() if value else None

    # What nobody wrote about may have lapsed since: an export says how an item stands on its day.
    today = {
        item.id: item.state
        for row in lists
        if row.closed is None
        for item in checklist_reading.one(reading, row.id).items
    }
    return {
        "checklists": [
            {
                "template": row.template,
                "template_version": row.template_version,
                "content": json.loads(row.content),
                "opened": day(row.opened),
                "opened_by": users.get(row.opened_by),
                "closed": day(row.closed),
                "reason": row.reason,
                "items": [
                    {
                        "item": item.item,
                        "state": today.get(item.id, item.state),
                        "value": item.value,
                        "note": item.note,
                        "reason": item.reason,
                        "due": day(item.due),
                        "done_by": users.get(item.done_by),
                        "done_at": None if item.done_at is None else moment(item.done_at),
                        "verified_by": users.get(item.verified_by),
                        "verified_at": None if item.verified_at is None else moment(item.verified_at),
                        "verified_source": item.verified_source,
                        "former": former(reading, "checklist_item", item.id),
                    }
                    for item in items
                    if item.checklist == row.id
                ],
                "former": former(reading, "checklist", row.id),
            }
            for row in lists
        ]
    }
