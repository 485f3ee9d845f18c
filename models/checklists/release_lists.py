"""The release checklists as they stood at the end of a day: what was left on each, and what nobody had verified.

An item's state then is told by the changes that were audited since; what time undoes, by the days of the consents and
of the people around.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from msgspec import Struct

from models.checklists.content import template_of
from models.checklists.reading import DONE, OPEN, WAITING
from models.checklists.tally import Days
from models.phases.numbers import PHASE_OUT
from models.storage import former
from models.storage.portions import marks, portions
from models.storage.reading import Reading

RELEASE: Final = "release"


class ReleaseList(Struct, frozen=True):
    """One open list: how many items were left, and how many were done and wanted a second person."""

    participant: int
    remaining: int
    unverified: int


def open_on(reading: Reading, day: date) -> list[ReleaseList]:
    """Those on which something was left or not verified, of everybody in a phase before phase-out."""
    if day >= reading.today:
        return _open_now(reading)
    lists = reading.sql(
        "SELECT k.id, k.participant_id, k.content FROM card c CROSS JOIN checklist k "
        "ON k.participant_id = c.participant_id AND k.template = ?1 WHERE (k.closed IS NULL OR k.closed > ?2) "
        "AND k.opened <= ?2 AND EXISTS (SELECT 1 FROM phase_period f WHERE f.participant_id = c.participant_id "
        "AND f.phase < ?3 AND f.began <= ?2 AND (f.ended IS NULL OR f.ended > ?2)) ORDER BY k.id",
        [RELEASE, day.isoformat(), PHASE_OUT],
    )
    items: dict[int, list[tuple[int, str, str, str, bool]]] = {number: [] for number, *_rest in lists}
    for portion in portions(items):
        for row, checklist, *rest in reading.sql(
            "SELECT i.id, i.checklist_id, i.item, i.state, i.value, i.verified_at IS NOT NULL FROM checklist_item i "
            f"WHERE i.checklist_id IN ({marks(portion)})",
            portion,
        ):
            items[checklist].append((row, *rest))
    rows = [row for theirs in items.values() for row, *_rest in theirs]
    midnight = reading.clock.stored(datetime.combine(day + timedelta(days=1), time()))
    said = former.since(reading, "checklist_item", ("state", "value", "verified_at"), midnight, rows)
    days = Days(reading, {participant for _number, participant, *_rest in lists}, on=day)
    found = []
    for number, participant, content in lists:
        template = template_of(content)
        kinds = {item.id: item for item in template.items}
        remaining = unverified = 0
        for row, name, state, value, verified in items[number]:
            then = said.get(row, {})
            state, value = then.get("state", state), then.get("value", value)
            verified = then["verified_at"] is not None if "verified_at" in then else verified
            item = kinds.get(name)
            # Of a kind that time alone can undo.
            if state == DONE and value and item is not None and item.kind in ("contact", "consent") and not item.fact:
                state = OPEN if days.without(participant, template.id, item) <= day.isoformat() else DONE
            remaining += state in (OPEN, WAITING)
            unverified += template.verify and state == DONE and not verified
        if remaining or unverified:
            found.append(ReleaseList(participant, remaining, unverified))
    return found


def _open_now(reading: Reading) -> list[ReleaseList]:
    """The same today, by what is counted at every change."""
    return reading.structs(
        ReleaseList,
        "SELECT * FROM (SELECT t.participant_id AS participant, t.remaining + (SELECT count(*) "
        "FROM checklist_lapse l WHERE l.checklist_id = t.checklist_id AND l.lapse_key <= ?1) AS remaining, "
        "t.unverified - (SELECT coalesce(sum(l.unverified), 0) FROM checklist_lapse l "
        "WHERE l.checklist_id = t.checklist_id AND l.lapse_key <= ?1) AS unverified FROM checklist_tally t "
        "JOIN checklist k ON k.participant_id = t.participant_id AND k.template = ?2 AND k.closed IS NULL "
        "AND +k.id = t.checklist_id) WHERE remaining > 0 OR unverified > 0 ORDER BY participant",
        [reading.today.isoformat(), RELEASE],
    )
