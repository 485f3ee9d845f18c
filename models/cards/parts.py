"""The parts of a board card that signals rest on, each drawn from the tables it speaks of.

They hold dates and counts and no judgement, so that a card needs no redrawing when a day passes or a team changes its
programme.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, Final

from models.storage.reading import Reading
from models.storage.writing import Writing
from models.values.days import NEVER

DAILY: Final = "daily"

Drawn = dict[str, Any]


def _review(reading: Reading, participant: int) -> Drawn:
    """When the team last discussed the participant, decided to do so again, and what it owes.

    A stand-up is running updates; the guide's review of each follow-up is in the other meetings.
    """
    met = reading.value(
        "SELECT max(day) FROM (SELECT m.day FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id "
        "WHERE i.participant_id = ?1 AND m.kind != ?2 UNION ALL SELECT day FROM meeting "
        "WHERE participant_id = ?1 AND closed_at IS NOT NULL)",
        [participant, DAILY],
    )
    sealed = reading.sql(
        "SELECT sealed_at, next_review FROM review WHERE participant_id = ? AND state = 'sealed' "
        "ORDER BY sealed_at DESC, id DESC LIMIT 1",
        [participant],
    )
    held = reading.clock.local(sealed[0][0]).date().isoformat() if sealed and sealed[0][0] is not None else ""
    owed = reading.value(
        "SELECT min(moved) FROM review WHERE participant_id = ? AND state != 'sealed' AND moved IS NOT NULL",
        [participant],
    )
    return {
        "review_key": max(met or "", held),
        "next_review_key": (sealed[0][1] if sealed else None) or NEVER,
        "owed_key": owed or NEVER,
    }


def _talk(reading: Reading, participant: int) -> Drawn:
    """Since when a candidate waits for the next talk: the last one held, else when the intake or the phase began."""
    began = reading.value(
        "SELECT min(began) FROM phase_period WHERE participant_id = ? AND ended IS NULL AND phase = 1", [participant]
    )
    if not began:
        return {"talk_key": NEVER}
    intake = reading.sql(
        "SELECT i.outcome, i.opened, coalesce((SELECT max(held) FROM intake_talk t WHERE t.intake_id = i.id), '') "
        "FROM intake i WHERE i.participant_id = ? ORDER BY i.opened DESC, i.id DESC LIMIT 1",
        [participant],
    )
    if not intake:
        return {"talk_key": began}
    outcome, opened, held = intake[0]
    if not outcome:
        return {"talk_key": max(opened, held)}
    return {"talk_key": NEVER if opened >= began else began}


def _lists(reading: Reading, participant: int) -> Drawn:
    """By template: what is left on the checklist that is open, null where it was closed."""
    found = {
        template: [remaining or 0, unverified or 0, opened] if closed is None else None
        for template, opened, closed, remaining, unverified in reading.sql(
            "SELECT k.template, k.opened, k.closed, t.remaining, t.unverified FROM checklist k "
            "LEFT JOIN checklist_tally t ON t.checklist_id = k.id WHERE k.participant_id = ? "
            "ORDER BY k.closed IS NULL, k.id",
            [participant],
        )
    }
    return {"release_list": _json(found)}


def _helped(reading: Reading, participant: int) -> Drawn:
    """By agency: the first day without the last of its people."""
    rows = reading.sql(
        "SELECT agency, max(coalesce(until, ?)) FROM involvement WHERE participant_id = ? GROUP BY agency",
        [NEVER, participant],
    )
    return {"helped": _json(dict(rows))}


def _snoozed(reading: Reading, participant: int) -> Drawn:
    """By rule: what the newest snooze rested on, and the day it wakes."""
    rows = reading.sql("SELECT rule, rests, until FROM snooze WHERE participant_id = ? ORDER BY id", [participant])
    return {"snoozed": _json({rule: [rests, until] for rule, rests, until in rows})}


def _phase_out(reading: Reading, participant: int) -> Drawn:
    """Since when a phase-out is open."""
    since = reading.value("SELECT min(began) FROM phase_out WHERE participant_id = ? AND state = 'open'", [participant])
    return {"phase_out_key": since or NEVER}


def _json(found: dict[str, Any]) -> str:
    return json.dumps(found, separators=(",", ":"), sort_keys=True) if found else ""


PARTS: Final[dict[str, Callable[[Reading, int], Drawn]]] = {
    "review": _review,
    "talk": _talk,
    "lists": _lists,
    "helped": _helped,
    "snoozed": _snoozed,
    "phase_out": _phase_out,
}
RESTS_ON: Final[dict[str, tuple[str, ...]]] = {
    "review": ("review",),
    "meeting": ("review",),
    "meeting_item": ("review",),
    "intake": ("talk",),
    "intake_talk": ("talk",),
    "checklist": ("lists",),
    "checklist_item": ("lists",),
    "consent": ("lists",),
    "involvement": ("helped", "lists"),
    "snooze": ("snoozed",),
    "phase_out": ("phase_out",),
}
"""By table: the parts that a change in it touches. A consent or a part in the case may be an item of a checklist."""


def draw(writing: Writing, participant: int, parts: Iterable[str] = tuple(PARTS)) -> None:
    """Bring these parts of a card up to date."""
    drawn: Drawn = {}
    for part in parts:
        drawn |= PARTS[part](writing, participant)
    columns = ", ".join(f"{column} = ?" for column in drawn)
    writing.run(f"UPDATE card SET {columns} WHERE participant_id = ?", [*drawn.values(), participant])
