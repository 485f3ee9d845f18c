"""What follows a change for the checklists: those that are due open, items follow the facts they are, tallies are kept.

Called inside every unit of work before it is finished, so that a date set anywhere in the program opens the release
checklist in the same transaction, and an item that is a fact, a contact or a consent never says anything else than it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

from msgspec import Struct

from config.programme.shapes import FACTS, ChecklistTemplate, ItemTemplate, Programme
from models.checklists import tally as checklist_tally
from models.checklists.content import content_of, template_of
from models.consents import matrix as consent_matrix
from models.phases import phases, way_out
from models.phases.numbers import AFTER_RELEASE, IN_PRISON, PHASE_OUT
from models.phases.way_out import DECIDED, GRANTED, PAROLE, WayOut
from models.storage.binding import AuditedChange
from models.storage.portions import marks, portions
from models.storage.reading import Reading
from models.storage.touched import Touched, owners
from models.storage.work import Work
from models.tables import Checklist, ChecklistItem
from models.values.text import fold

# A unit of work that enters people by the hundred, such as made-up ones, brings the checklists it wants.
MOST_AT_ONCE: Final = 20
COVERED: Final = "covered"


UNVERIFIED: Final = {"verified_by": None, "verified_at": None, "verified_source": ""}
UNDONE: Final = {"done_by": None, "done_at": None, **UNVERIFIED}


def follow(work: Work, changes: Sequence[AuditedChange]) -> None:
    """Open what is due, let items follow their facts, and keep the tallies, for everybody `changes` touched."""
    whose = {
        table: owners(work, table, Touched.by(changes, table))
        for table in ("phase_period", "involvement", "consent", "checklist_item")
    }
    moved = Touched.by(changes, "participant").rows | whose["phase_period"]
    people = moved | whose["involvement"] | whose["consent"]
    if len(moved) <= MOST_AT_ONCE and work.undoes is None:
        for participant in sorted(moved):
            _close_former(work, participant)
            for template in due_for(work, participant):
                begin(work, participant, template)
    if len(people) <= MOST_AT_ONCE:
        for participant in sorted(people):
            follow_facts(work, participant)
    checklists = set(Touched.by(changes, "checklist").rows)
    for portion in portions(people | whose["checklist_item"]):
        found = work.sql(f"SELECT id FROM checklist WHERE participant_id IN ({marks(portion)})", portion)
        checklists |= {row for (row,) in found}
    checklist_tally.draw(work, checklists)


# ---------------------------------------------------------------------- opening


class _Situation(Struct, frozen=True):
    """What opens a checklist; `lasting` are the phases in one text with commas."""

    birth_date: date | None
    district: str
    release_kind: str
    parole_decision: str
    lasting: str


def due_for(reading: Reading, participant: int) -> tuple[ChecklistTemplate, ...]:
    """The checklists that should be open for a participant by now and never were.

    Source: the EX/IN guide. Start at enrolment; release when a parole date is set, or so many days before release or,
    where that is not known, the full term; the
    procedure with Nav for those of an age, by attachment to the team's own district and not by the place of arrest.
    """
    found = reading.structs(
        _Situation,
        "SELECT birth_date, district, release_kind, parole_decision, coalesce((SELECT "
        "group_concat(phase) FROM phase_period WHERE participant_id = p.id AND ended IS NULL), '') AS lasting "
        "FROM participant p WHERE id = ?",
        [participant],
    )
    out, had = way_out.of(reading, participant), _had(reading, participant)
    return tuple(
        template
        for now in found
        for template in reading.programme.checklists
        if template.id not in had and _opens(reading, template, now, out)
    )


def _had(reading: Reading, participant: int) -> set[str]:
    """The templates somebody had a checklist of; whoever is back has had none for the release that comes now."""
    former = {row for row, _day in _former_lists(reading, participant)}
    rows = reading.sql("SELECT id, template FROM checklist WHERE participant_id = ?", [participant])
    return {template for row, template in rows if row not in former}


def _former_lists(reading: Reading, participant: int) -> list[tuple[int, str | None]]:
    """The checklists of a release that is history, and the day each was closed."""
    back = phases.last_return(phases.of(reading, participant))
    if back is None:
        return []
    of_release = [one.id for one in reading.programme.checklists if one.opens == "release"]
    return reading.sql(
        "SELECT id, closed FROM checklist WHERE participant_id = ? AND opened < ? "
        f"AND template IN ({marks(of_release)})",
        [participant, back.day.isoformat(), *of_release],
    )


def _close_former(work: Work, participant: int) -> None:
    """Close the checklists of a release that is history; the next release has its own."""
    for checklist, closed in _former_lists(work, participant):
        if closed is None:
            work.update(Checklist, checklist, None, closed=work.today)


def due(reading: Reading, participant: int | None = None) -> tuple[tuple[int, ChecklistTemplate], ...]:
    """The checklists to open by now, as (participant, template); a date has passed by since anybody changed anything.

    Without a participant, those of all whose release has come near: one look at an index.
    """
    people = _near_release(reading) if participant is None else [participant]
    return tuple((one, template) for one in people for template in due_for(reading, one))


def _near_release(reading: Reading) -> list[int]:
    inside = range(2, AFTER_RELEASE)
    found = [
        row
        for template in reading.programme.checklists
        if template.opens == "release"
        for (row,) in reading.sql(
            f"SELECT c.participant_id FROM card c WHERE c.phase IN ({marks(inside)}) AND c.release_key BETWEEN ? AND ? "
            "AND instr(c.release_list, ?) = 0 ORDER BY c.phase, c.release_key, c.participant_id",
            [*inside, reading.today.isoformat(), _last_day(reading).isoformat(), f'"{template.id}":'],
        )
    ]
    return list(dict.fromkeys(found))


def _last_day(reading: Reading) -> date:
    return reading.today + timedelta(days=reading.programme.limits.release_checklist_days)


def _opens(reading: Reading, template: ChecklistTemplate, now: _Situation, out: WayOut) -> bool:
    numbers = [int(number) for number in now.lasting.split(",") if number]
    if not any(IN_PRISON <= phase < PHASE_OUT for phase in numbers):
        return False
    if template.age_from or template.age_to:
        age = _age(now.birth_date, reading.today) if now.birth_date else None
        if age is None or not template.age_from <= age <= (template.age_to or age):
            return False
    match template.opens:
        case "enrolment":
            return True
        case "nav":
            return _belongs(reading.programme, now.district)
        case "release" if max(numbers) < AFTER_RELEASE:
            near = out.day is not None and reading.today <= out.day <= _last_day(reading)
            set_day = now.release_kind == PAROLE and out.basis == DECIDED
            return near or set_day or now.parole_decision == GRANTED
    return False


def _belongs(programme: Programme, district: str) -> bool:
    """Whether a district is the team's own; where the team names none, each is."""
    own = {str(programme.choice("district", one).name) for one in programme.own_districts} or {district}
    return bool(district) and fold(district).split() in [fold(one).split() for one in own]


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
        value = facts.of(template.id, item) or ""
        known = {"value": value, "state": "done", "done_at": now} if value else {}
        rows.append({"checklist": checklist, "participant": participant, "item": item.id, "place": place, **known})
    work.insert_many(ChecklistItem, rows)
    return checklist


# ---------------------------------------------------------------------- facts


class _Facts:
    """What a participant's record, contact persons and consents say, as the values items keep."""

    def __init__(self, reading: Reading, participant: int) -> None:
        self._reading, self._participant = reading, participant

    def of(self, checklist: str, item: ItemTemplate) -> str | None:
        """The value of an item of a checklist that is a fact, empty where it is not known; None where it is none."""
        if item.fact:
            return self._record.get(item.fact, "")
        if item.kind == "contact":
            roles = self._reading.programme.contact_roles(checklist, item)
            people = {one for role in roles for one in self._people.get(role, ())}
            return ",".join(map(str, sorted(people)))
        if item.kind == "consent":
            answers = consent_matrix.set_answers(self._reading, self._participant, item.set)
            return COVERED if answers and all(each.answer.covered for each in answers) else ""
        return None

    @cached_property
    def _record(self) -> dict[str, str]:
        columns = ", ".join(f'"{fact}"' for fact in FACTS)
        rows = self._reading.named(f"SELECT {columns} FROM participant WHERE id = ?", [self._participant])
        return {fact: value or "" for row in rows for fact, value in row.items()}

    @cached_property
    def _people(self) -> dict[str, set[int]]:
        """The numbers of the contact persons in each role."""
        found: dict[str, set[int]] = {}
        for role, contact in self._reading.sql(
            "SELECT role, contact_id FROM involvement WHERE participant_id = ? AND (until IS NULL OR until > ?)",
            [self._participant, self._reading.today.isoformat()],
        ):
            found.setdefault(role, set()).add(contact)
        return found


def follow_facts(work: Work, participant: int) -> None:
    """Let the items of a participant's open checklists say what the facts say.

    A verification does not outlive the value it was given for.
    """
    facts = _Facts(work, participant)
    lists = work.sql(
        "SELECT id, content FROM checklist WHERE participant_id = ? AND closed IS NULL ORDER BY id", [participant]
    )
    for checklist, content in lists:
        template = template_of(content)
        known = {item.id: facts.of(template.id, item) for item in template.items}
        rows = work.sql("SELECT id, item, state, value FROM checklist_item WHERE checklist_id = ?", [checklist])
        for row, item, state, value in rows:
            now = known.get(item)
            if now is not None and now != value:
                standing = as_done(work) if now else {"state": "open", **UNDONE} if state == "done" else UNVERIFIED
                work.update(ChecklistItem, row, None, value=now, **standing)


def answered_since(reading: Reading) -> list[tuple[str, int]]:
    """Contact items that are open though somebody satisfies them, each as what they should say and the row's number.

    So it is where whom an item accepts has become more, as with a newer program; nothing else was changed then.
    """
    found = []
    facts: dict[int, _Facts] = {}
    for participant, content, row, name in reading.sql(
        "SELECT i.participant_id, k.content, i.id, i.item FROM checklist k JOIN checklist_item i "
        "ON i.checklist_id = k.id WHERE k.closed IS NULL AND i.state IN ('open', 'waiting') AND i.value = ''"
    ):
        template = template_of(content)
        item = next((one for one in template.items if one.id == name and one.kind == "contact"), None)
        if item is not None:
            known = facts.setdefault(participant, _Facts(reading, participant))
            if value := known.of(template.id, item):
                found.append((value, row))
    return found


def as_done(work: Work) -> dict[str, Any]:
    """What stands in an item that is done now, by whoever acts, and verified by nobody yet."""
    return {
        "state": "done", "reason": "", "done_by": work.actor.staff_id or None, "done_at": work.clock.seconds(),
        **UNVERIFIED,
    }  # fmt: skip
