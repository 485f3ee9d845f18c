"""The consent forms and the checklists, blank or with what is known filled in.

Sources: the EX/IN guide's consent form and checklists (annexes), the Trondheim report's consent form across agencies.
What stands in them is the programme's data; the sentences are ours.
"""

from __future__ import annotations

from datetime import date

from config.dates import format_date
from config.programme.shapes import ItemTemplate
from config.words import _
from models.checklists import reading as checklist_reading
from models.checklists.reading import DONE, NOT_RELEVANT, WAITING, ChecklistError, Item
from models.consents import matrix as consent_matrix
from models.paper.document import BOX, TICKED, Block, Column, Document, Fields, Heading, Signatures, Table, Text
from models.paper.person import Person, foot
from models.storage.reading import Reading

OTHER = "other"


def exin_consent(reading: Reading, who: Person | None) -> Document:
    """EX/IN's own form: agency × role × name, with what is consented to now where `who` is given."""
    months = reading.programme.limits.consent_months
    return Document(
        _("Consent to share information"),
        _("consent"),
        (
            Text(
                _("This form is about what EX/IN may share with others who are part of your life, and they with EX/IN. "
                  "It is voluntary, and taking part in EX/IN is never a condition for parole. Only what matters for "
                  "what you want help with is shared, and only with those named here.")
            ),
            Fields(_name_and_number(who)),
            _agencies(reading, who),
            Text("  ".join(_set_line(reading, number) for number in range(len(reading.programme.consent_sets))),
                 small=True),
            Fields(((_("What it concerns, and what is not to be shared"), ""),)),
            Text(
                _("The consent holds until you change it or withdraw it in writing, at most {months} months. You may "
                  "see what is written about you at any time.").format(months=months)
            ),
            Signatures((_("Place and date"), _("Signature"), _("Obtained by"))),
            Text(_("The original stays with whoever obtained it; those named get a copy."), small=True),
        ),
        foot(reading, who),
    )  # fmt: skip


def _set_line(reading: Reading, number: int) -> str:
    chosen = reading.programme.consent_sets[number]
    names = ", ".join(str(reading.programme.agency(agency).name) for agency in chosen.agencies)
    return f"{chosen.name}: {names}."


def _agencies(reading: Reading, who: Person | None) -> Table:
    columns = (Column(_("Agency"), 5), Column(_("Role"), 5), Column("", 1, BOX), Column(_("Name"), 5),
               Column(_("Until"), 3))  # fmt: skip
    name, rows, last = reading.programme.agency, [], ""
    if who is None:
        for agency in reading.programme.agencies:
            for role in (one for one in agency.roles if one.consent):
                rows.append(("" if agency.id == last else str(agency.name), str(role.name), "", "", ""))
                last = agency.id
        return Table(columns, tuple(rows))
    for line in consent_matrix.matrix(reading, who.id):
        given = line.answer.consent if line.answer.covered else None
        rows.append((
            "" if line.agency == last else str(name(line.agency).name),
            str(reading.programme.role(line.role).name),
            TICKED if given else "",
            given.person if given else "",
            format_date(given.valid_until) if given else "",
        ))  # fmt: skip
        last = line.agency
    return Table(columns, tuple(rows))


def cross_agency_consent(reading: Reading, who: Person | None) -> Document:
    """The form across agencies: whom those who work together may ask and tell, row by row of `choices.cross_agency`."""
    months = reading.programme.limits.consent_months
    address, phone = (who.text("address"), who.text("phone")) if who else ("", "")
    return Document(
        _("Consent to release from confidentiality"),
        _("consent-agencies"),
        (
            Fields((*_name_and_number(who), (_("Address"), address), (_("Phone"), phone))),
            Text(
                _("Everybody who works for the agencies below has a duty of confidentiality about what they learn of "
                  "you. To help you in the best way they need to work together. You are asked to consent to their "
                  "obtaining and passing on what is necessary, with those you tick.")
            ),
            Fields(((_("The consent concerns this case"), ""),)),
            Table(
                (Column("", 1, BOX), Column(_("Who"), 5), Column(_("Remarks, or name and how to reach them"), 8)),
                _actors(reading, who),
            ),
            Text(_("Where nothing else is said in the remarks, the consent covers every unit of the agency. "
                   "* Name and how to reach them are needed."), small=True),
            Text(
                _("I confirm that this consent is voluntary and holds until it is changed or withdrawn. It has to be "
                  "renewed within {months} months of its date. It is withdrawn in writing.").format(months=months),
                strong=True,
            ),
            Signatures((_("Place and date"), _("Signature"))),
            Signatures((_("Obtained by (name and agency)"), _("Place and date"))),
            Text(_("The original is kept by the agency that obtained it; the others get copies."), small=True),
        ),
        foot(reading, who),
    )  # fmt: skip


def _actors(reading: Reading, who: Person | None) -> tuple[tuple[str, ...], ...]:
    covered: dict[str, list[str]] = {}
    for line in consent_matrix.matrix(reading, who.id) if who else ():
        if line.answer.covered and line.answer.consent is not None:
            covered.setdefault(line.agency, []).append(line.answer.consent.person)
    rows = []
    for choice in reading.programme.choices["cross_agency"]:
        named = choice.id != OTHER and reading.programme.agency(choice.id).named
        people = covered.get(choice.id)
        rows.append((
            TICKED if people is not None else "",
            f"{choice.name}{' *' if named else ''}",
            ", ".join(dict.fromkeys(one for one in people or () if one)),
        ))  # fmt: skip
    return tuple(rows)


def _name_and_number(who: Person | None) -> tuple[tuple[str, str], ...]:
    return (
        (_("Name"), who.name if who else ""),
        (_("National identity number"), who.text("national_id") if who else ""),
    )


# ---------------------------------------------------------------------- checklists


def checklist(reading: Reading, template: str, who: Person | None) -> Document:
    """A checklist of the programme; for `who` the one in use, as it stands, where there is one.

    Raises `ChecklistError` where neither the programme nor the participant has it.
    """
    lines = checklist_reading.of(reading, who.id) if who else ()
    used = next((line.id for line in lines if line.template == template and line.id), 0)
    if used:
        found = checklist_reading.one(reading, used)
        shape, groups = found.template, [(str(group.name), list(group.items)) for group in found.groups]
    else:
        known = reading.programme.checklist(template)
        if known is None:
            raise ChecklistError(_("This checklist is not here any more."))
        shape = known
        groups = []
    columns = _columns(any(item.who for item in shape.items), shape.verify)
    blocks: list[Block] = []
    if who is not None or not used:
        blocks.append(Fields(((_("Name"), who.name if who else ""),)))
    if used:
        for heading, items in groups:
            rows = tuple(_item_row(reading, item, columns) for item in items)
            blocks += [Heading(heading), Table(columns, rows)]
    else:
        for group in shape.groups:
            empty = tuple(_blank_row(reading, item, columns) for item in group.items)
            blocks += [Heading(str(group.name)), Table(columns, empty)]
    version = _("version {number}").format(number=shape.version)
    return Document(str(shape.name), template, tuple(blocks), f"{foot(reading, who)} · {version}")


def _columns(whose: bool, verify: bool) -> tuple[Column, ...]:
    found = [Column("", 1, BOX)]
    if whose:
        found.append(Column(_("Who"), 2))
    found += [Column(_("Item"), 8), Column(_("What, who, when"), 7 if not whose else 4)]
    if verify:
        found.append(Column(_("Verified by"), 3))
    return tuple(found)


def _blank_row(reading: Reading, item: ItemTemplate, columns: tuple[Column, ...]) -> tuple[str, ...]:
    row = ["", str(item.name)]
    if item.who:
        row.insert(1, str(reading.programme.choice("item_who", item.who).name))
    return tuple(row + [""] * (len(columns) - len(row)))


def _item_row(reading: Reading, item: Item, columns: tuple[Column, ...]) -> tuple[str, ...]:
    row = list(_blank_row(reading, item.template, columns))
    row[0] = TICKED if item.state == DONE else ""
    place = 3 if item.template.who else 2
    row[place] = _stands(reading, item)
    if item.verified_at is not None:
        row[-1] = f"{item.verified_by} {format_date(reading.clock.local(item.verified_at).date())}"
    return tuple(row)


def _stands(reading: Reading, item: Item) -> str:
    """What is known of an item, in a line: its value, its state where it is not done, its note."""
    parts = [_value(item)]
    if item.state == NOT_RELEVANT:
        parts.append(_("not relevant: {reason}").format(reason=item.reason))
    if item.state == WAITING:
        parts.append(_("waits: {reason}").format(reason=item.reason) if item.reason else _("waits"))
    if item.done_at is not None and not parts[0]:
        parts.append(f"{item.done_by} {format_date(reading.clock.local(item.done_at).date())}".strip())
    parts.append(item.note)
    return " · ".join(part for part in parts if part)


def _value(item: Item) -> str:
    match item.template.kind:
        case "date" if item.value:
            return format_date(date.fromisoformat(item.value))
        case "contact":
            return item.shown
        case "consent":
            return _("missing: {agencies}").format(agencies=item.shown) if item.shown else ""
        case _:
            return item.value
