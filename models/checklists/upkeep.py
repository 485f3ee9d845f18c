"""What follows a change for the checklists: those that are due open, items follow the facts they are, tallies are kept.

Called inside every unit of work before it is finished, so that a date set anywhere in the program opens the release
checklist in the same transaction, and an item that is a fact, a contact or a consent never says anything else than it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from msgspec import Struct

from config.programme.shapes import FACTS, ChecklistTemplate, ItemTemplate
from models.checklists import tally as checklist_tally
from models.checklists.content import content_of, template_of
from models.consents import matrix as consent_matrix
from models.phases.numbers import AFTER_RELEASE, IN_PRISON, PHASE_OUT
from models.storage.audit import AuditedChange
from models.storage.portions import marks, portions
from models.storage.reading import Reading
from models.storage.work import Work
from models.tables import Checklist, ChecklistItem

# A unit of work that enters people by the hundred, such as made-up ones, brings the checklists it wants.
MOST_AT_ONCE: Final = 20
COVERED: Final = "covered"


def follow(work: Work, changes: Sequence[AuditedChange]) -> None:
    """Open what is due, let items follow their facts, and keep the tallies, for everybody `changes` touched."""
    touched = _touched(work, changes)
    if not touched.participants and not touched.checklists:
        return
    if touched.moved and len(touched.moved) <= MOST_AT_ONCE and work.undoes is None:
        for participant in sorted(touched.moved):
            for template in due_for(work, participant):
                touched.checklists.add(begin(work, participant, template))
    if len(touched.participants) <= MOST_AT_ONCE:
        for participant in sorted(touched.participants):
            touched.checklists |= follow_facts(work, participant)
    for portion in portions(touched.participants):
        found = work.sql(f"SELECT id FROM checklist WHERE participant_id IN ({marks(portion)})", portion)
        touched.checklists |= {row for (row,) in found}
    checklist_tally.draw(work, touched.checklists)


@dataclass
class _Touched:
    """`moved` are participants whose record or phases changed, `participants` those whose facts or people did too."""

    moved: set[int]
    participants: set[int]
    checklists: set[int]


def _touched(work: Work, changes: Sequence[AuditedChange]) -> _Touched:
    rows: dict[str, set[int]] = {}
    owners: dict[str, set[int]] = {}
    checklists: set[int] = set()
    for change in changes:
        if change.table not in ("participant", "phase_period", "involvement", "consent", "checklist", "checklist_item"):
            continue
        rows.setdefault(change.table, set()).add(change.row)
        if change.operation == "delete":
            before = json.loads(change.before)
            if change.table in ("phase_period", "involvement", "consent"):
                owners.setdefault(change.table, set()).add(int(before["participant_id"][0]))
            if change.table == "checklist_item":
                checklists.add(int(before["checklist_id"][0]))
    for table in ("phase_period", "involvement", "consent"):
        for portion in portions(rows.get(table, ())):
            found = work.sql(f'SELECT participant_id FROM "{table}" WHERE id IN ({marks(portion)})', portion)
            owners.setdefault(table, set()).update(owner for (owner,) in found)
    for portion in portions(rows.get("checklist_item", ())):
        found = work.sql(f"SELECT checklist_id FROM checklist_item WHERE id IN ({marks(portion)})", portion)
        checklists |= {row for (row,) in found}
    moved = rows.get("participant", set()) | owners.get("phase_period", set())
    people = moved | owners.get("involvement", set()) | owners.get("consent", set())
    return _Touched(moved, people, checklists | rows.get("checklist", set()))


# ---------------------------------------------------------------------- opening


def due_for(reading: Reading, participant: int) -> tuple[ChecklistTemplate, ...]:
    """The checklists that should be open for a participant by now and never were.

    Source: the EX/IN guide. Start at enrolment; release when a parole date is set, or so many days before release; the
    procedure with NAV for those of an age, by attachment to the district.
    """
    rows = reading.sql(
        "SELECT p.birth_date, p.district, p.release_date, p.release_kind, p.parole_decision, "
        "(SELECT group_concat(phase) FROM phase_period WHERE participant_id = p.id AND ended IS NULL), "
        "(SELECT group_concat(template) FROM checklist WHERE participant_id = p.id) FROM participant p WHERE p.id = ?",
        [participant],
    )
    if not rows:
        return ()
    birth, district, release, kind, decision, lasting, had = rows[0]
    phases = [int(number) for number in (lasting or "").split(",") if number]
    if not any(IN_PRISON <= phase < PHASE_OUT for phase in phases):
        return ()
    known = set((had or "").split(","))
    situation = _Situation(
        age=_age(date.fromisoformat(birth), reading.today) if birth else None,
        district=bool(district),
        release=date.fromisoformat(release) if release else None,
        parole=decision == "granted" or (kind == "parole" and bool(release)),
        inside=max(phases) < AFTER_RELEASE,
    )
    return tuple(
        template
        for template in reading.programme.checklists
        if template.id not in known and _opens(reading, template, situation)
    )


def due(reading: Reading, participant: int | None = None) -> tuple[tuple[int, str], ...]:
    """The checklists to open by now, as (participant, template); a date has passed by since anybody changed anything.

    Without a participant, those of all whose release has come near: one look at an index.
    """
    if participant is not None:
        people: Sequence[int] = [participant]
    else:
        people = _near_release(reading)
    return tuple((one, template.id) for one in people for template in due_for(reading, one))


def _near_release(reading: Reading) -> list[int]:
    ids = [template.id for template in reading.programme.checklists if template.opens == "release"]
    last = reading.today + timedelta(days=reading.programme.limits.release_checklist_days)
    found: list[int] = []
    for template in ids:
        for phase in range(2, AFTER_RELEASE):
            found += [
                row
                for (row,) in reading.sql(
                    "SELECT c.participant_id FROM card c WHERE c.phase = ? AND c.release_key BETWEEN ? AND ? "
                    "AND NOT EXISTS (SELECT 1 FROM checklist k WHERE k.participant_id = c.participant_id "
                    "AND k.template = ?) ORDER BY c.release_key, c.participant_id",
                    [phase, reading.today.isoformat(), last.isoformat(), template],
                )
            ]
    return list(dict.fromkeys(found))


class _Situation(Struct, frozen=True):
    age: int | None
    district: bool
    release: date | None
    parole: bool
    inside: bool


def _opens(reading: Reading, template: ChecklistTemplate, now: _Situation) -> bool:
    bounded = bool(template.age_from or template.age_to)
    if bounded and (now.age is None or not template.age_from <= now.age <= (template.age_to or now.age)):
        return False
    if template.opens == "enrolment":
        return True
    if template.opens == "nav":
        return now.district
    if template.opens != "release" or not now.inside:
        return False
    last = reading.today + timedelta(days=reading.programme.limits.release_checklist_days)
    return now.parole or (now.release is not None and reading.today <= now.release <= last)


def _age(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def begin(work: Work, participant: int, template: ChecklistTemplate) -> int:
    """Open a checklist as its template is now; answers its id. Items that are facts begin as the facts are."""
    checklist = work.insert(
        Checklist,
        participant=participant,
        template=template.id,
        template_version=template.version,
        content=content_of(template),
        opened=work.today,
        opened_by=work.actor.staff_id or None,
    )
    facts = _Facts(work, participant)
    now = work.clock.seconds()
    rows: list[dict[str, Any]] = []
    for place, item in enumerate(template.items):
        value = facts.of(item) or ""
        known = {"value": value, "state": "done", "done_at": now} if value else {}
        rows.append({"checklist": checklist, "participant": participant, "item": item.id, "place": place, **known})
    work.insert_many(ChecklistItem, rows)
    return checklist


# ---------------------------------------------------------------------- facts


class _Facts:
    """What a participant's record, contact persons and consents say, as the values items keep."""

    def __init__(self, reading: Reading, participant: int) -> None:
        self._reading, self._participant = reading, participant
        self._record: Mapping[str, str] | None = None
        self._people: Mapping[str, str] | None = None

    def of(self, item: ItemTemplate) -> str | None:
        """The value of an item that is a fact, empty where it is not known; None for an item that is none."""
        if item.fact:
            return self._fact(item.fact)
        if item.kind == "contact":
            return self._contacts(item.role)
        if item.kind == "consent":
            answers = consent_matrix.set_answers(self._reading, self._participant, item.set)
            lacking = consent_matrix.missing(self._reading, self._participant, item.set)
            return COVERED if answers and not lacking else ""
        return None

    def _fact(self, name: str) -> str:
        if self._record is None:
            columns = ", ".join(f'"{fact}"' for fact in FACTS)
            rows = self._reading.sql(f"SELECT {columns} FROM participant WHERE id = ?", [self._participant])
            found = rows[0] if rows else ("",) * len(FACTS)
            self._record = {fact: value or "" for fact, value in zip(FACTS, found, strict=True)}
        return self._record.get(name, "")

    def _contacts(self, role: str) -> str:
        """The numbers of the contact persons in a role, one string for one set of people."""
        if self._people is None:
            found: dict[str, list[str]] = {}
            for known, contact in self._reading.sql(
                "SELECT role, contact_id FROM involvement WHERE participant_id = ? AND (until IS NULL OR until > ?) "
                "ORDER BY contact_id",
                [self._participant, self._reading.today.isoformat()],
            ):
                found.setdefault(known, []).append(str(contact))
            self._people = {known: ",".join(dict.fromkeys(numbers)) for known, numbers in found.items()}
        return self._people.get(role, "")


def follow_facts(work: Work, participant: int) -> set[int]:
    """Let the items of a participant's open checklists say what the facts say; answers the checklists that changed.

    A verification does not outlive the value it was given for.
    """
    changed: set[int] = set()
    facts = _Facts(work, participant)
    lists = work.sql(
        "SELECT id, content FROM checklist WHERE participant_id = ? AND closed IS NULL ORDER BY id", [participant]
    )
    for checklist, content in lists:
        known = {item.id: item for item in template_of(content).items}
        rows = work.sql("SELECT id, item, state, value FROM checklist_item WHERE checklist_id = ?", [checklist])
        for row, name, state, value in rows:
            item = known.get(name)
            now = facts.of(item) if item is not None else None
            if now is None or now == value:
                continue
            changed.add(checklist)
            work.update(ChecklistItem, row, None, value=now, **_following(work, state, bool(now)))
    return changed


def _following(work: Work, state: str, known: bool) -> dict[str, Any]:
    cleared = {"verified_by": None, "verified_at": None, "verified_source": ""}
    if known:
        return {
            "state": "done", "reason": "", "done_by": work.actor.staff_id or None, "done_at": work.clock.seconds(),
            **cleared,
        }  # fmt: skip
    return {"state": "open", "done_by": None, "done_at": None, **cleared} if state == "done" else cleared
