"""Checklists in use: what a person does with their items, and what they say.

A checklist keeps the template it began with. An item that is a field of the participant's record, a contact person or
a consent is done exactly while that is known (`models.checklist_upkeep`); every other one when somebody says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from config.errors import ExinError
from config.programme.shapes import ChecklistTemplate, ItemTemplate, Words
from config.words import _
from models import consents, participants, timeline
from models.checklist_content import content_of, template_of
from models.checklist_upkeep import AFTER_RELEASE, begin, due_for
from models.reading import Reading
from models.tables import Checklist, ChecklistItem, Entry, Participant
from models.text import clean_line, clean_text
from models.work import Work

OPEN, DONE, NOT_RELEVANT, WAITING = "open", "done", "not_relevant", "waiting"
NOTE_LIMIT: Final = 2_000


class ChecklistError(ExinError):
    """A checklist or an item of one cannot be changed as asked."""


class SameHand(ChecklistError):
    """Who ticked an item cannot verify it."""


@dataclass(frozen=True)
class Item:
    """One item as it stands; `shown` are the contact persons of a contact item, or which consents are lacking.

    `value` is ISO for a date; `done_at` and `verified_at` are stored moments; names are initials.
    """

    id: int
    version: int
    template: ItemTemplate
    state: str
    value: str
    shown: str
    note: str
    reason: str
    due: date | None
    done_by: str
    done_at: int | None
    verified_by: str
    verified_at: int | None
    verified_source: str

    @property
    def settled(self) -> bool:
        """Whether nothing is left to do with it."""
        return self.state in (DONE, NOT_RELEVANT)

    @property
    def known_elsewhere(self) -> bool:
        """Whether it is a fact, a contact or a consent, done while that is known and not by a tick."""
        return bool(self.template.fact) or self.template.kind in ("contact", "consent")


@dataclass(frozen=True)
class Group:
    """Items under their heading."""

    name: Words
    items: tuple[Item, ...]

    @property
    def settled(self) -> int:
        """How many of the items are settled."""
        return sum(item.settled for item in self.items)


@dataclass(frozen=True)
class ChecklistInUse:
    """One checklist of a participant's; `newer` says that the programme's template is another one by now."""

    id: int
    version: int
    participant: int
    code: str
    name: str
    template: ChecklistTemplate
    newer: int
    opened: date
    closed: date | None
    reason: str
    release: date | None
    groups: tuple[Group, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item, in order."""
        return tuple(item for group in self.groups for item in group.items)

    @property
    def unverified(self) -> int:
        """How many done items still want a second person."""
        return sum(item.state == DONE and item.verified_at is None for item in self.items) * self.template.verify


@dataclass(frozen=True)
class ChecklistLine:
    """One checklist in the list of a participant's, or a template that is not open (`id` 0)."""

    id: int
    version: int
    template: str
    name: Words
    opened: date | None
    closed: date | None
    items: int
    settled: int
    unverified: int


# ---------------------------------------------------------------------- opening and closing


def open_by_hand(work: Work, participant: int, template: str) -> int:
    """Open a checklist whether it is due or not; answers its id. Raises `ChecklistError` for one that is open already.

    Where the open one began with another version of the template, a new one opens beside it.
    """
    found = work.programme.checklist(template)
    if found is None:
        raise ChecklistError(_("The programme has no checklist called {name}.").format(name=template))
    if work.value("SELECT 1 FROM participant WHERE id = ?", [participant]) is None:
        raise ChecklistError(_("This participant is not here any more."))
    for (content,) in work.sql(
        "SELECT content FROM checklist WHERE participant_id = ? AND template = ? AND closed IS NULL",
        [participant, template],
    ):
        if content == content_of(found):
            raise ChecklistError(_("{checklist} is open already.").format(checklist=found.name))
    checklist = begin(work, participant, found)
    # What opens by itself is not told: what opened it stands in the timeline already.
    _tell(work, "checklist_opened", participant, checklist, found)
    return checklist


def _tell(work: Work, kind: str, participant: int, checklist: int, template: ChecklistTemplate) -> None:
    detail = {"checklist": {"nb": template.name.nb, "en": template.name.en}}
    timeline.tell(work, participant, kind, work.clock.seconds(), detail, f"checklist:{checklist}")


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


def open_due(work: Work, participant: int | None = None) -> int:
    """Open what `due` finds; answers how many."""
    found = due(work, participant)
    for one, template in found:
        known = work.programme.checklist(template)
        if known is not None:
            begin(work, one, known)
    return len(found)


def close(work: Work, checklist: int, version: int, reason: str = "") -> int:
    """Close a checklist that is not needed any more; what stands in it is kept. Answers the new version."""
    row = _checklist(work, checklist)
    why = clean_line(reason, _("Reason"))
    new = work.update(Checklist, checklist, version, closed=work.today, reason=why)
    _tell(work, "checklist_closed", row.participant, checklist, template_of(row.content))
    return new


def reopen(work: Work, checklist: int, version: int) -> int:
    """Open a closed checklist again, as it was; answers the new version."""
    _checklist(work, checklist)
    return work.update(Checklist, checklist, version, closed=None, reason="")


# ---------------------------------------------------------------------- items


def tick(work: Work, item: int, version: int) -> int:
    """Note an item as done, by whom and when; answers the new version.

    Raises `ChecklistError` for one whose value is missing, or that is done by being known elsewhere. "Settled" means
    the outcome, not that it was tried (the EX/IN guide).
    """
    row, template = _open_item(work, item, version)
    if row.state == DONE:
        return version
    if template.kind == "contact":
        raise ChecklistError(_("{item}: link the contact person, then it is done.").format(item=template.name))
    if template.kind == "consent":
        raise ChecklistError(_("{item}: it is done when the consents are given.").format(item=template.name))
    if template.kind != "tick" and not row.value:
        raise ChecklistError(_("{item}: write it first, then it is done.").format(item=template.name))
    return _settle(work, row, version)


def _settle(work: Work, row: Any, version: int, **also: Any) -> int:
    now = work.clock.seconds()
    done = {"state": DONE, "reason": "", "done_by": work.actor.staff_id or None, "done_at": now}
    new = work.update(ChecklistItem, row.id, version, **done, **_UNVERIFIED, **also)
    if row.state != DONE:
        name, of_list = _names(work, row)
        detail = {"checklist": {"nb": of_list.nb, "en": of_list.en}, "item": {"nb": name.nb, "en": name.en}}
        timeline.tell(work, row.participant, "item_ticked", now, detail, f"checklist_item:{row.id}")
    return new


_UNVERIFIED: Final = {"verified_by": None, "verified_at": None, "verified_source": ""}
_UNDONE: Final = {"done_by": None, "done_at": None, **_UNVERIFIED}


def untick(work: Work, item: int, version: int) -> int:
    """Take a tick, a waiting or a not relevant away; the line of today about the tick goes with it."""
    row, template = _open_item(work, item, version)
    if row.state == DONE and (template.fact or template.kind in ("contact", "consent")):
        raise ChecklistError(_("{item}: it is known elsewhere; change it there.").format(item=template.name))
    if row.state == DONE:
        told = work.sql(
            "SELECT id FROM entry WHERE participant_id = ? AND subject = ? AND day = ?",
            [row.participant, f"checklist_item:{item}", work.today.isoformat()],
        )
        for (entry,) in told:
            work.remove(Entry, entry, None)
    return work.update(ChecklistItem, item, version, state=OPEN, reason="", **_UNDONE)


def set_value(work: Work, item: int, version: int, value: date | str | None) -> int:
    """Write what an item holds: a date, a text or an address; done with it, and open again without it.

    An item that is a field of the participant's record writes that field. Answers the item's version then.
    """
    row, template = _open_item(work, item, version)
    if template.kind not in ("date", "text", "address"):
        raise ChecklistError(_("{item}: there is nothing to write here.").format(item=template.name))
    if template.kind == "date" and not (value is None or isinstance(value, date)):
        raise ChecklistError(_("{item}: this is a date.").format(item=template.name))
    text = value.isoformat() if isinstance(value, date) else clean_text(value or "", str(template.name), NOTE_LIMIT)
    text = text.strip()
    if template.fact:
        known = work.value("SELECT version FROM participant WHERE id = ?", [row.participant])
        new_value = value if isinstance(value, date) else (text or ("" if template.kind != "date" else None))
        participants.change(work, row.participant, known, {template.fact: new_value})
        return version
    if text == row.value:
        return version
    if not text:
        return work.update(ChecklistItem, item, version, value="", state=OPEN, **_UNDONE)
    return _settle(work, row, version, value=text)


def note(work: Work, item: int, version: int, text: str) -> int:
    """Write beside an item what a tick cannot say; answers the new version."""
    _open_item(work, item, version)
    return work.update(ChecklistItem, item, version, note=clean_text(text, _("Note"), NOTE_LIMIT).strip())


def not_relevant(work: Work, item: int, version: int, reason: str) -> int:
    """Set an item aside, with the reason why. Raises `ChecklistError` without one."""
    row, template = _open_item(work, item, version)
    why = clean_line(reason, _("Reason"))
    if not why:
        raise ChecklistError(_("{item}: say why it is not relevant.").format(item=template.name))
    if row.state == DONE and (template.fact or template.kind in ("contact", "consent")):
        raise ChecklistError(_("{item}: it is known elsewhere; change it there.").format(item=template.name))
    return work.update(ChecklistItem, item, version, state=NOT_RELEVANT, reason=why, **_UNDONE)


def wait(work: Work, item: int, version: int, reason: str = "") -> int:
    """Note that an item waits for somebody else, and for what."""
    row, template = _open_item(work, item, version)
    if row.state == DONE and (template.fact or template.kind in ("contact", "consent")):
        raise ChecklistError(_("{item}: it is known elsewhere; change it there.").format(item=template.name))
    return work.update(
        ChecklistItem, item, version, state=WAITING, reason=clean_line(reason, _("Waits for")), **_UNDONE
    )


def set_due(work: Work, item: int, version: int, day: date | None) -> int:
    """Set the day an item is due, or none."""
    _open_item(work, item, version)
    return work.update(ChecklistItem, item, version, due=day)


def verify(work: Work, item: int, version: int, source: str) -> int:
    """Confirm a done item as a second person, with who confirmed it and how (a choice's id, or any words).

    Raises `SameHand` for whoever ticked it, `ChecklistError` for an item that is not done or a source not named.
    Source: the EX/IN guide, make sure, then make doubly sure.
    """
    row, template = _open_item(work, item, version)
    if row.state != DONE:
        raise ChecklistError(_("{item}: it is not done yet, so nobody can verify it.").format(item=template.name))
    if row.done_by is not None and row.done_by == work.actor.staff_id:
        raise SameHand(_("{item}: you ticked this yourself; a second person verifies it.").format(item=template.name))
    said = clean_line(source, _("Source"))
    if not said:
        raise ChecklistError(_("{item}: say who confirmed it and how.").format(item=template.name))
    return work.update(
        ChecklistItem,
        item,
        version,
        verified_by=work.actor.staff_id or None,
        verified_at=work.clock.seconds(),
        verified_source=said,
    )


def _checklist(reading: Reading, checklist: int) -> Any:
    row = reading.first(Checklist.select().where(Checklist.id == checklist))
    if row is None:
        raise ChecklistError(_("This checklist is not here any more."))
    return row


def _open_item(work: Work, item: int, version: int) -> tuple[Any, ItemTemplate]:
    """An item's row and what its template says. Raises `Conflict` when it has moved on since `version`."""
    work.update(ChecklistItem, item, version)
    (row,) = work.rows(ChecklistItem.select().where(ChecklistItem.id == item))
    checklist = _checklist(work, row.checklist)
    template = _of(template_of(checklist.content), row.item)
    if checklist.closed is not None:
        raise ChecklistError(_("This checklist is closed; open it again to change it."))
    return row, template


def _of(template: ChecklistTemplate, item: str) -> ItemTemplate:
    return next(known for known in template.items if known.id == item)


def _names(reading: Reading, row: Any) -> tuple[Words, Words]:
    template = template_of(_checklist(reading, row.checklist).content)
    return _of(template, row.item).name, template.name


# ---------------------------------------------------------------------- reading


def one(reading: Reading, checklist: int) -> ChecklistInUse:
    """A checklist with every item. Raises `ChecklistError` when it is not here."""
    row = reading.first(
        Checklist.select(Checklist, Participant.code, Participant.given_name, Participant.family_name,
                         Participant.release_date)
        .join_from(Checklist, Participant)
        .where(Checklist.id == checklist)
    )  # fmt: skip
    if row is None:
        raise ChecklistError(_("This checklist is not here any more."))
    template = template_of(row.content)
    items = _items(reading, row.id, row.participant, template)
    current = reading.programme.checklist(row.template)
    return ChecklistInUse(
        id=row.id,
        version=row.version,
        participant=row.participant,
        code=row.code,
        name=f"{row.given_name} {row.family_name}".strip() or row.code,
        template=template,
        newer=current.version if current is not None and content_of(current) != row.content else 0,
        opened=row.opened,
        closed=row.closed,
        reason=row.reason,
        release=row.release_date,
        groups=tuple(
            Group(group.name, tuple(items[item.id] for item in group.items if item.id in items))
            for group in template.groups
        ),
    )


def _items(reading: Reading, checklist: int, participant: int, template: ChecklistTemplate) -> dict[str, Item]:
    people = _people(reading, participant)
    known = {item.id: item for item in template.items}
    found = reading.sql(
        "SELECT i.id, i.version, i.item, i.state, i.value, i.note, i.reason, i.due, coalesce(d.initials, ''), "
        "i.done_at, coalesce(v.initials, ''), i.verified_at, i.verified_source FROM checklist_item i "
        "LEFT JOIN staff d ON d.id = i.done_by_id LEFT JOIN staff v ON v.id = i.verified_by_id "
        "WHERE i.checklist_id = ? ORDER BY i.place",
        [checklist],
    )
    items: dict[str, Item] = {}
    for row in found:
        if row[2] not in known:
            continue
        of = known[row[2]]
        item = Item(
            id=row[0],
            version=row[1],
            template=of,
            state=row[3],
            value=row[4],
            shown=people.get(of.role, "") if of.kind == "contact" else "",
            note=row[5],
            reason=row[6],
            due=date.fromisoformat(row[7]) if row[7] else None,
            done_by=row[8],
            done_at=row[9],
            verified_by=row[10],
            verified_at=row[11],
            verified_source=row[12],
        )
        items[of.id] = _with_consents(reading, participant, item) if of.kind == "consent" else item
    return items


def _with_consents(reading: Reading, participant: int, item: Item) -> Item:
    """A consent item as the consents are today: one may have expired since anything was changed."""
    lacking = consents.missing(reading, participant, item.template.set)
    names = ", ".join(str(reading.programme.agency(answer.agency).name) for answer in lacking)
    if lacking and item.state == DONE:
        return replace(item, state=OPEN, shown=names, verified_at=None, verified_by="")
    return replace(item, shown=names)


def _people(reading: Reading, participant: int) -> dict[str, str]:
    """Who is involved now in each role, as a list to read; phones go with the names."""
    found: dict[str, list[str]] = {}
    for role, name, phone in reading.sql(
        "SELECT i.role, c.name, c.phone FROM involvement i JOIN contact c ON c.id = i.contact_id "
        "WHERE i.participant_id = ? AND (i.until IS NULL OR i.until > ?) ORDER BY c.name_key, c.id",
        [participant, reading.today.isoformat()],
    ):
        found.setdefault(role, []).append(f"{name} {phone}".strip())
    return {role: ", ".join(names) for role, names in found.items()}


def of(reading: Reading, participant: int) -> tuple[ChecklistLine, ...]:
    """A participant's checklists, the open ones first, then the closed, then the templates that were never opened."""
    rows = reading.sql(
        "SELECT k.id, k.version, k.template, k.content, k.opened, k.closed, count(i.id), "
        "sum(i.state IN ('done', 'not_relevant')), sum(i.state = 'done' AND i.verified_at IS NULL) "
        "FROM checklist k JOIN checklist_item i ON i.checklist_id = k.id WHERE k.participant_id = ? "
        "GROUP BY k.id ORDER BY k.closed IS NOT NULL, k.id",
        [participant],
    )
    lines = [
        ChecklistLine(
            id=row[0],
            version=row[1],
            template=row[2],
            name=template_of(row[3]).name,
            opened=date.fromisoformat(row[4]),
            closed=date.fromisoformat(row[5]) if row[5] else None,
            items=row[6],
            settled=row[7],
            unverified=row[8] if template_of(row[3]).verify else 0,
        )
        for row in rows
    ]
    had = {line.template for line in lines}
    lines += [
        ChecklistLine(0, 0, known.id, known.name, None, None, len(known.items), 0, 0)
        for known in reading.programme.checklists
        if known.id not in had
    ]
    return tuple(lines)
