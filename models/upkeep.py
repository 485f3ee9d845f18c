"""What must follow a change in the same transaction: the search index and the board card of whoever it touched."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from models.text import fold, sort_key

if TYPE_CHECKING:
    from models.audit import AuditedChange
    from models.reading import Reading

NEVER: Final = "9999-12-31"
SEARCHED_COLUMNS: Final = (
    "phone", "email", "address", "district", "risk_areas", "prison", "unit", "nav_state", "nav_municipal", "national_id"
)  # fmt: skip


def follow(reading: Reading, changes: Sequence[AuditedChange]) -> None:
    """Bring the index and the cards up to date with `changes`, inside their transaction."""
    whole: set[int] = set()
    counted: set[int] = set()
    entries: set[int] = set()
    for change in changes:
        if change.table == "participant":
            whole.add(change.row)
        elif change.table == "phase_period":
            whole.add(_participant_of(reading, change))
        elif change.table == "entry":
            entries.add(change.row)
            counted.add(_participant_of(reading, change))
    index_entries(reading, entries)
    index_participants(reading, whole)
    for participant in whole:
        draw_card(reading, participant)
    for participant in counted:
        count_card(reading, participant)


def _participant_of(reading: Reading, change: AuditedChange) -> int:
    if change.operation == "delete":
        return int(json.loads(change.before)["participant_id"][0])
    return int(reading.value(f'SELECT participant_id FROM "{change.table}" WHERE id = ?', [change.row]) or 0)


def index_entries(reading: Reading, rows: Iterable[int]) -> None:
    """Write the search rows of entries; one that is gone, or holds no text of a person's, is taken out."""
    for row in rows:
        found = reading.sql("SELECT with_whom, place, text, topic FROM entry WHERE id = ?", [row])
        body = " ".join(part for part in found[0] if part) if found else ""
        reading.sql("DELETE FROM entry_search WHERE rowid = ?", [row])
        if body.strip():
            reading.sql("INSERT INTO entry_search (rowid, body) VALUES (?, ?)", [row, fold(body)])


def index_participants(reading: Reading, rows: Iterable[int]) -> None:
    """Write the search rows of participants; one that is gone is taken out."""
    for row in rows:
        found = reading.sql(
            f"SELECT code, given_name, family_name, {', '.join(SEARCHED_COLUMNS)} FROM participant WHERE id = ?", [row]
        )
        reading.sql("DELETE FROM people_search WHERE rowid = ?", [row])
        if found:
            names, body = " ".join(found[0][:3]), " ".join(part for part in found[0][3:] if part)
            reading.sql(
                "INSERT INTO people_search (rowid, name, body) VALUES (?, ?, ?)", [row, fold(names), fold(body)]
            )


def draw_card(reading: Reading, participant: int) -> None:
    """Make a participant's card anew from the other tables; a participant who is gone loses it."""
    found = reading.sql(
        "SELECT code, given_name, family_name, release_date, worker_id, coworker_id, security_level, stays, prison, "
        "risk_areas FROM participant WHERE id = ?",
        [participant],
    )
    if not found:
        reading.sql("DELETE FROM card WHERE participant_id = ?", [participant])
        return
    code, given, family, release, worker, coworker, level, stays, prison, risk = found[0]
    name = f"{given} {family}".strip()
    open_phases = reading.sql(
        "SELECT phase, began FROM phase_period WHERE participant_id = ? AND ended IS NULL ORDER BY began, phase",
        [participant],
    )
    phase, began = open_phases[-1] if open_phases else (0, NEVER)
    reading.sql(
        "INSERT OR REPLACE INTO card (participant_id, code, name, name_key, folded, phase, phases, began_key, "
        "release_key, contact_key, attempt_key, worker, coworker, security_level, stays, prison, topics, risk) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?, 0, ?)",
        [
            participant,
            code,
            name,
            sort_key(f"{family} {given}".strip() or code),
            f" {fold(name)} {fold(code)}",
            phase,
            ",".join(str(number) for number in sorted({number for number, _began in open_phases})),
            began,
            release or NEVER,
            worker,
            coworker,
            level,
            stays,
            prison,
            bool(risk.strip()),
        ],
    )
    count_card(reading, participant)


def count_card(reading: Reading, participant: int) -> None:
    """Bring the parts of a card that rest on the timeline up to date; each is one step in an index."""
    reading.sql(
        "UPDATE card SET "
        "contact_key = coalesce((SELECT max(at) FROM entry WHERE participant_id = ?1 AND contact = 1 "
        "AND outcome != ''), 0), "
        "attempt_key = coalesce((SELECT max(at) FROM entry WHERE participant_id = ?1 AND contact = 0 AND outcome = 'attempted' "
        "AND outcome != ''), 0), "
        "topics = (SELECT count(*) FROM entry WHERE participant_id = ?1 AND topic != '' AND topic_taken_at IS NULL) "
        "WHERE participant_id = ?1",
        [participant],
    )
