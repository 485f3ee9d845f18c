"""What must follow a change in the same transaction: the search index and the board card of whoever it touched."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from models import card_parts, consent_signs, method_search
from models.card_parts import NEVER as NEVER
from models.text import fold, sort_key

if TYPE_CHECKING:
    from models.audit import AuditedChange
    from models.reading import Reading
    from models.work import Work

PORTION: Final = 500
SUBSTANCE_USED: Final = "yes"
PLANNED: Final = ("appointment", "task", "application")
DRAWN: Final = frozenset({"phase_period", "entry", "consent", *PLANNED, *card_parts.RESTS_ON})
"""The tables beside the participants' own whose rows a card rests on."""
SEARCHED_COLUMNS: Final = (
    "phone", "email", "address", "district", "risk_areas", "prison", "unit", "nav_state", "nav_municipal", "national_id"
)  # fmt: skip


def follow(work: Work, changes: Sequence[AuditedChange]) -> None:
    """Bring the index and the cards up to date with `changes`, inside their transaction."""
    people = _Touched.by(changes, "participant")
    periods = _Touched.by(changes, "phase_period")
    entries = _Touched.by(changes, "entry")
    planned = {owner for table in PLANNED for owner in _owners(work, table, _Touched.by(changes, table))}
    whole = people.rows | periods.participants
    for rows in _portions(periods.rows):
        whole |= {owner for (owner,) in work.sql(_where("SELECT participant_id FROM phase_period", rows), rows)}
    counted = entries.participants | index_entries(work, entries.rows, entries.fresh)
    index_participants(work, people.rows, people.fresh)
    method_search.follow(work, changes)
    for participant in whole:
        draw_card(work, participant)
    for participant in counted - whole:
        count_card(work, participant)
    for participant in planned - whole:
        plan_card(work, participant)
    for participant in _owners(work, "consent", _Touched.by(changes, "consent")) - whole:
        consent_card(work, participant)
    for participant, parts in _parts(work, changes).items():
        if participant not in whole:
            card_parts.draw(work, participant, sorted(parts))


def touched(reading: Reading, changes: Sequence[AuditedChange]) -> set[int]:
    """The participants whose cards `follow` drew after these changes, also those who are gone by now."""
    found = _Touched.by(changes, "participant").rows
    for table in DRAWN & {change.table for change in changes}:
        found |= _owners(reading, table, _Touched.by(changes, table))
    return found


def _parts(work: Work, changes: Sequence[AuditedChange]) -> dict[int, set[str]]:
    """By participant: the parts of the card that rest on what changed."""
    found: dict[int, set[str]] = {}
    for table in {change.table for change in changes} & card_parts.RESTS_ON.keys():
        for owner in _owners(work, table, _Touched.by(changes, table)):
            found.setdefault(owner, set()).update(card_parts.RESTS_ON[table])
    return found


@dataclass
class _Touched:
    """The rows of one table that changed; `fresh` are new, `participants` owned rows that are gone now."""

    rows: set[int]
    fresh: set[int]
    participants: set[int]

    @classmethod
    def by(cls, changes: Sequence[AuditedChange], table: str) -> _Touched:
        found = cls(set(), set(), set())
        for change in changes:
            if change.table != table:
                continue
            # A row put back after it was taken away in the same transaction is not fresh: the index may know it.
            if change.operation == "insert" and change.row not in found.rows:
                found.fresh.add(change.row)
            found.rows.add(change.row)
            if change.operation == "delete" and table != "participant":
                owner = json.loads(change.before)["participant_id"][0]
                found.participants |= set() if owner is None else {int(owner)}
        return found


def _owners(reading: Reading, table: str, touched: _Touched) -> set[int]:
    """The participants whose rows of `table` these are, or were."""
    owners = set(touched.participants)
    for rows in _portions(touched.rows):
        found = reading.sql(_where(f'SELECT participant_id FROM "{table}"', rows), rows)
        owners |= {owner for (owner,) in found if owner is not None}
    return owners


def _portions(rows: Iterable[int]) -> Iterator[list[int]]:
    """The rows in order, as many at a time as a statement may well name."""
    ordered = sorted(rows)
    for start in range(0, len(ordered), PORTION):
        yield ordered[start : start + PORTION]


def _where(statement: str, rows: Sequence[int]) -> str:
    return f"{statement} WHERE id IN ({', '.join('?' * len(rows))})"


def _many(work: Work, statement: str, values: Sequence[tuple[object, ...]]) -> None:
    if len(values) == 1:
        work.sql(statement, values[0])
    elif values:
        work.many(statement, values)


def index_entries(work: Work, rows: Iterable[int], fresh: Set[int] = frozenset()) -> set[int]:
    """Write the search rows of entries; one that is gone, or holds no text of a person's, is taken out.

    `fresh` are rows the index cannot know yet. Answers the participants whose entries they are.
    """
    owners: set[int] = set()
    for portion in _portions(rows):
        found = work.sql(
            _where("SELECT id, participant_id, with_whom, place, text, topic FROM entry", portion), portion
        )
        bodies = []
        for row, owner, *parts in found:
            owners.add(owner)
            body = " ".join(part for part in parts if part)
            if body.strip():
                bodies.append((row, fold(body)))
        _many(work, "DELETE FROM entry_search WHERE rowid = ?", [(row,) for row in portion if row not in fresh])
        _many(work, "INSERT INTO entry_search (rowid, body) VALUES (?, ?)", bodies)
    return owners


def index_participants(work: Work, rows: Iterable[int], fresh: Set[int] = frozenset()) -> None:
    """Write the search rows of participants; one that is gone is taken out. `fresh` as in `index_entries`."""
    columns = f"id, code, given_name, family_name, {', '.join(SEARCHED_COLUMNS)}"
    for portion in _portions(rows):
        found = work.sql(_where(f"SELECT {columns} FROM participant", portion), portion)
        bodies = [
            (row, fold(" ".join(parts[:3])), fold(" ".join(part for part in parts[3:] if part)))
            for row, *parts in found
        ]
        _many(work, "DELETE FROM people_search WHERE rowid = ?", [(row,) for row in portion if row not in fresh])
        _many(work, "INSERT INTO people_search (rowid, name, body) VALUES (?, ?, ?)", bodies)


def draw_card(reading: Reading, participant: int) -> None:
    """Make a participant's card anew from the other tables; a participant who is gone loses it."""
    found = reading.sql(
        "SELECT code, given_name, family_name, release_date, worker_id, coworker_id, security_level, stays, prison, "
        "risk_areas, substance_use FROM participant WHERE id = ?",
        [participant],
    )
    if not found:
        reading.sql("DELETE FROM card WHERE participant_id = ?", [participant])
        return
    code, given, family, release, worker, coworker, level, stays, prison, risk, substance = found[0]
    name = f"{given} {family}".strip()
    open_phases = reading.sql(
        "SELECT phase, began FROM phase_period WHERE participant_id = ? AND ended IS NULL ORDER BY began, phase",
        [participant],
    )
    phase, began = open_phases[-1] if open_phases else (0, NEVER)
    reading.sql(
        "INSERT OR REPLACE INTO card (participant_id, code, name, name_key, folded, phase, phases, began_key, "
        "release_key, contact_key, attempt_key, worker, coworker, security_level, stays, prison, topics, risk, "
        "substance) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?, 0, ?, ?)",
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
            substance == SUBSTANCE_USED,
        ],
    )
    count_card(reading, participant)
    plan_card(reading, participant)
    consent_card(reading, participant)
    card_parts.draw(reading, participant)


def plan_card(reading: Reading, participant: int) -> None:
    """Bring the parts of a card that rest on applications, tasks and appointments up to date."""
    reading.sql(
        "UPDATE card SET "
        "waiting_key = coalesce("
        "(SELECT min(sent) FROM application WHERE participant_id = ?1 AND decided IS NULL), ?2), "
        "due_key = min("
        "coalesce((SELECT min(due) FROM task WHERE participant_id = ?1 AND state = 'open' AND turn = 'ours'), ?2), "
        "coalesce((SELECT min(day) FROM appointment WHERE participant_id = ?1 AND state = 'planned'), ?2)) "
        "WHERE participant_id = ?1",
        [participant, NEVER],
    )


def consent_card(reading: Reading, participant: int) -> None:
    """Bring what a card says of the consents up to date."""
    reading.sql(
        "UPDATE card SET consents = ? WHERE participant_id = ?",
        [consent_signs.summary(reading, participant), participant],
    )


def count_card(reading: Reading, participant: int) -> None:
    """Bring the parts of a card that rest on the timeline up to date; each is one step in an index."""
    reading.sql(
        "UPDATE card SET "
        "contact_key = coalesce((SELECT max(at) FROM entry WHERE participant_id = ?1 AND contact = 1 "
        "AND outcome != ''), 0), "
        "attempt_key = coalesce((SELECT max(at) FROM entry WHERE participant_id = ?1 AND contact = 0 "
        "AND outcome = 'attempted' AND outcome != ''), 0), "
        "topics = (SELECT count(*) FROM entry WHERE participant_id = ?1 AND topic != '' AND topic_taken_at IS NULL) "
        "WHERE participant_id = ?1",
        [participant],
    )
