"""What the checklists in use say today: one with its items, and the list of a participant's.

What time alone undoes (a consent that expires, a contact person whose last day has come) is open from that day on, also
while nobody writes; a closed checklist stays as it was left.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from config.dates import format_date
from config.errors import ExinError
from config.programme.labels import Words
from config.programme.shapes import ChecklistTemplate, ItemTemplate
from config.words import _
from models.checklists.content import content_of, template_of
from models.consents import matrix as consent_matrix
from models.phases import way_out
from models.phases.way_out import WayOut
from models.storage.portions import marks
from models.storage.reading import Reading, struct
from models.tables import Checklist, Participant
from models.values import phone

OPEN: Final = "open"
DONE: Final = "done"
NOT_RELEVANT: Final = "not_relevant"
WAITING: Final = "waiting"


class ChecklistError(ExinError):
    """A checklist or an item of one cannot be changed as asked."""


class Item(Struct, frozen=True):
    """One item as it stands; `shown` are the contact persons of a contact item, or which consents are lacking.

    `value` is ISO for a date; `done_at` and `verified_at` are stored moments; names are initials. `own` says that it
    was done by whoever reads, who cannot verify it.
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
    own: bool

    @property
    def text(self) -> str:
        """The value as people read it."""
        if self.template.kind == "date" and self.value:
            return format_date(date.fromisoformat(self.value))
        return phone.shown(self.value) if self.template.fact == "phone" else self.value

    @property
    def settled(self) -> bool:
        """Whether nothing is left to do with it."""
        return self.state in (DONE, NOT_RELEVANT)


class Group(Struct, frozen=True):
    """Items under their heading."""

    name: Words
    items: tuple[Item, ...]

    @property
    def settled(self) -> int:
        """How many of the items are settled."""
        return sum(item.settled for item in self.items)


class ChecklistInUse(Struct, frozen=True):
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
    release: WayOut
    groups: tuple[Group, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item, in order."""
        return tuple(item for group in self.groups for item in group.items)

    @property
    def unverified(self) -> int:
        """How many done items still want a second person."""
        return sum(item.state == DONE and item.verified_at is None for item in self.items) * self.template.verify


class ChecklistLine(Struct, frozen=True):
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


def one(reading: Reading, checklist: int) -> ChecklistInUse:
    """A checklist with every item. Raises `ChecklistError` when it is not here."""
    row = reading.first(
        Checklist.select(Checklist, Participant.code, Participant.given_name, Participant.family_name)
        .join_from(Checklist, Participant)
        .where(Checklist.id == checklist)
    )  # fmt: skip
    if row is None:
        raise ChecklistError(_("This checklist is not here any more."))
    template = template_of(row.content)
    items = _items(reading, row.id, row.participant, template, lasting=row.closed is None)
    current = reading.programme.checklist(row.template)
    return struct(
        ChecklistInUse,
        row._asdict(),
        name=f"{row.given_name} {row.family_name}".strip() or row.code,
        template=template,
        newer=current.version if current is not None and content_of(current) != row.content else 0,
        release=way_out.of(reading, row.participant),
        groups=tuple(
            Group(group.name, tuple(items[item.id] for item in group.items if item.id in items))
            for group in template.groups
        ),
    )


def _items(
    reading: Reading, checklist: int, participant: int, template: ChecklistTemplate, *, lasting: bool
) -> dict[str, Item]:
    people = _people(reading, participant)
    known = {item.id: item for item in template.items}
    rows = reading.named(
        "SELECT i.id, i.version, i.item, i.state, i.value, '' AS shown, i.note, i.reason, i.due, "
        "coalesce(d.initials, '') AS done_by, i.done_at, coalesce(v.initials, '') AS verified_by, i.verified_at, "
        "i.verified_source, i.state = 'done' AND i.done_by_id IS ? AS own FROM checklist_item i "
        "LEFT JOIN staff d ON d.id = i.done_by_id LEFT JOIN staff v ON v.id = i.verified_by_id "
        "WHERE i.checklist_id = ? ORDER BY i.place",
        [reading.actor.staff_id or -1, checklist],
    )
    items = {row["item"]: struct(Item, row, template=known[row["item"]]) for row in rows if row["item"] in known}
    return {
        name: _as_today(reading, participant, template.id, item, people) if lasting else _as_left(reading, item)
        for name, item in items.items()
    }


def _as_left(reading: Reading, item: Item) -> Item:
    """An item of a closed checklist: whoever was the contact person then."""
    if item.template.kind != "contact":
        return item
    numbers = item.value.split(",")
    names = reading.sql(f"SELECT name FROM contact WHERE id IN ({marks(numbers)}) ORDER BY name_key, id", numbers)
    return replace(item, shown=", ".join(name for (name,) in names))


def _as_today(
    reading: Reading, participant: int, checklist: str, item: Item, people: Mapping[str, Mapping[int, str]]
) -> Item:
    """A contact or a consent item as it is today: it may have lapsed since anything was changed."""
    if item.template.kind == "contact":
        roles = reading.programme.contact_roles(checklist, item.template)
        shown = ", ".join({number: told for role in roles for number, told in people.get(role, {}).items()}.values())
        lapsed = not shown
    elif item.template.kind == "consent":
        lacking = consent_matrix.missing(reading, participant, item.template.set)
        shown = ", ".join(str(reading.programme.agency(answer.agency).name) for answer in lacking)
        lapsed = bool(lacking)
    else:
        return item
    if lapsed and item.state == DONE:
        return replace(
            item, state=OPEN, value="", shown=shown, done_by="", done_at=None, verified_by="", verified_at=None,
            verified_source="",
        )  # fmt: skip
    return replace(item, shown=shown)


def _people(reading: Reading, participant: int) -> dict[str, dict[int, str]]:
    """Who is involved now in each role, by their number and as they are read; phones go with the names."""
    rows = reading.sql(
        "SELECT i.role, c.id, c.name, c.phone FROM involvement i JOIN contact c ON c.id = i.contact_id "
        "WHERE i.participant_id = ? AND (i.until IS NULL OR i.until > ?) ORDER BY c.name_key, c.id",
        [participant, reading.today.isoformat()],
    )
    found: dict[str, dict[int, str]] = {}
    for role, contact, name, number in rows:
        found.setdefault(role, {})[contact] = f"{name} {phone.shown(number)}".strip()
    return found


def of(reading: Reading, participant: int) -> tuple[ChecklistLine, ...]:
    """A participant's checklists, the open ones first, then the closed, then the templates that were never opened."""
    rows = reading.named(
        "SELECT k.id, k.version, k.template, k.content, k.opened, k.closed, count(i.id) AS items, "
        "sum(i.state IN ('done', 'not_relevant') AND l.item_id IS NULL) AS settled, "
        "sum(i.state = 'done' AND i.verified_at IS NULL AND l.item_id IS NULL) AS unverified "
        "FROM checklist k JOIN checklist_item i ON i.checklist_id = k.id "
        "LEFT JOIN checklist_lapse l ON l.item_id = i.id AND l.lapse_key <= ? WHERE k.participant_id = ? "
        "GROUP BY k.id ORDER BY k.closed IS NOT NULL, k.id",
        [reading.today.isoformat(), participant],
    )
    lines = []
    for row in rows:
        template = template_of(row["content"])
        unverified = row["unverified"] if template.verify else 0
        lines.append(struct(ChecklistLine, row, name=template.name, unverified=unverified))
    had = {line.template for line in lines}
    lines += [
        ChecklistLine(0, 0, known.id, known.name, None, None, len(known.items), 0, 0)
        for known in reading.programme.checklists
        if known.id not in had
    ]
    return tuple(lines)
