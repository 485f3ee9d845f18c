"""The board card of whoever a change touched, drawn anew in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from models.cards import parts as card_parts
from models.consents import summary as consent_signs
from models.storage.portions import portions, where
from models.storage.touched import Touched, owners
from models.values.days import NEVER
from models.values.text import fold, sort_key

if TYPE_CHECKING:
    from models.storage.audit import AuditedChange
    from models.storage.reading import Reading
    from models.storage.work import Work
    from models.storage.writing import Writing

SUBSTANCE_USED: Final = "yes"
PLANNED: Final = ("appointment", "task", "application")
DRAWN: Final = frozenset({"phase_period", "entry", "consent", *PLANNED, *card_parts.RESTS_ON})
"""The tables beside the participants' own whose rows a card rests on."""


def follow(work: Work, changes: Sequence[AuditedChange]) -> None:
    """Bring the cards up to date with `changes`, inside their transaction."""
    people = Touched.by(changes, "participant")
    periods = Touched.by(changes, "phase_period")
    entries = Touched.by(changes, "entry")
    planned = {owner for table in PLANNED for owner in owners(work, table, Touched.by(changes, table))}
    whole = people.rows | periods.participants
    for rows in portions(periods.rows):
        whole |= {owner for (owner,) in work.sql(where("SELECT participant_id FROM phase_period", rows), rows)}
    for participant in whole:
        draw_card(work, participant)
    for participant in owners(work, "entry", entries) - whole:
        count_card(work, participant)
    for participant in planned - whole:
        plan_card(work, participant)
    for participant in owners(work, "consent", Touched.by(changes, "consent")) - whole:
        consent_card(work, participant)
    for participant, parts in _parts(work, changes).items():
        if participant not in whole:
            card_parts.draw(work, participant, sorted(parts))


def touched(reading: Reading, changes: Sequence[AuditedChange]) -> set[int]:
    """The participants whose cards `follow` drew after these changes, also those who are gone by now."""
    found = Touched.by(changes, "participant").rows
    for table in DRAWN & {change.table for change in changes}:
        found |= owners(reading, table, Touched.by(changes, table))
    return found


def _parts(work: Work, changes: Sequence[AuditedChange]) -> dict[int, set[str]]:
    """By participant: the parts of the card that rest on what changed."""
    found: dict[int, set[str]] = {}
    for table in {change.table for change in changes} & card_parts.RESTS_ON.keys():
        for owner in owners(work, table, Touched.by(changes, table)):
            found.setdefault(owner, set()).update(card_parts.RESTS_ON[table])
    return found


def draw_card(writing: Writing, participant: int) -> None:
    """Make a participant's card anew from the other tables; a participant who is gone loses it."""
    found = writing.sql(
        "SELECT code, given_name, family_name, release_date, worker_id, coworker_id, security_level, stays, prison, "
        "risk_areas, substance_use FROM participant WHERE id = ?",
        [participant],
    )
    if not found:
        writing.run("DELETE FROM card WHERE participant_id = ?", [participant])
        return
    code, given, family, release, worker, coworker, level, stays, prison, risk, substance = found[0]
    name = f"{given} {family}".strip()
    open_phases = writing.sql(
        "SELECT phase, began FROM phase_period WHERE participant_id = ? AND ended IS NULL ORDER BY began, phase",
        [participant],
    )
    phase, began = open_phases[-1] if open_phases else (0, NEVER)
    writing.run(
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
    count_card(writing, participant)
    plan_card(writing, participant)
    consent_card(writing, participant)
    card_parts.draw(writing, participant)


def plan_card(writing: Writing, participant: int) -> None:
    """Bring the parts of a card that rest on applications, tasks and appointments up to date."""
    writing.run(
        "UPDATE card SET "
        "waiting_key = coalesce("
        "(SELECT min(sent) FROM application WHERE participant_id = ?1 AND decided IS NULL), ?2), "
        "due_key = min("
        "coalesce((SELECT min(due) FROM task WHERE participant_id = ?1 AND state = 'open' AND turn = 'ours'), ?2), "
        "coalesce((SELECT min(day) FROM appointment WHERE participant_id = ?1 AND state = 'planned'), ?2)) "
        "WHERE participant_id = ?1",
        [participant, NEVER],
    )


def consent_card(writing: Writing, participant: int) -> None:
    """Bring what a card says of the consents up to date."""
    writing.run(
        "UPDATE card SET consents = ? WHERE participant_id = ?",
        [consent_signs.summary(writing, participant), participant],
    )


def count_card(writing: Writing, participant: int) -> None:
    """Bring the parts of a card that rest on the timeline up to date; each is one step in an index."""
    writing.run(
        "UPDATE card SET "
        "contact_key = coalesce((SELECT max(at) FROM entry WHERE participant_id = ?1 AND contact = 1 "
        "AND outcome != ''), 0), "
        "attempt_key = coalesce((SELECT max(at) FROM entry WHERE participant_id = ?1 AND contact = 0 "
        "AND outcome = 'attempted' AND outcome != ''), 0), "
        "topics = (SELECT count(*) FROM entry WHERE participant_id = ?1 AND topic != '' AND topic_taken_at IS NULL) "
        "WHERE participant_id = ?1",
        [participant],
    )
