"""The consent forms and the checklists, blank or with what is known filled in.

Sources: the EX/IN guide's consent form and checklists (annexes), the Trondheim report's consent form across agencies.
What stands in them is the programme's data; the sentences are ours.
"""

from __future__ import annotations

from config.dates import format_date, months_told
from config.words import _
from models.checklists import reading as checklist_reading
from models.checklists.reading import DONE, NOT_RELEVANT, WAITING, ChecklistError, Item
from models.consents import matrix as consent_matrix
from models.consents.answer import Answer
from models.paper.document import BOX, TICKED, Block, Column, Document, Fields, Heading, Signatures, Table, Text
from models.paper.person import Person, foot, joined, once
from models.storage.reading import Reading

OTHER = "other"


def exin_consent(reading: Reading, who: Person) -> Document:
    """EX/IN's own form: agency × role × name. What holds for `who` stands in words; boxes are for whoever signs."""
    months = reading.programme.limits.consent_months
    sets = (
        f"{chosen.name}: {', '.join(str(reading.programme.agency(agency).name) for agency in chosen.agencies)}."
        for chosen in reading.programme.consent_sets
    )
    return Document(
        _("Consent to share information"),
        _("consent"),
        (
            Text(
                _("This form is about what EX/IN may share with others who are part of your life, and they with EX/IN. "
                  "It is voluntary, and taking part in EX/IN is never a condition for parole. Only what matters for "
                  "what you want help with is shared, and only with those ticked here. Tick the first box where we may "
                  "share, or the second where they may only know that EX/IN works with you.")
            ),
            Fields(_name_and_number(who)),
            _agencies(reading, who),
            Text("  ".join(sets), small=True),
            Fields(((_("What it concerns, and what is not to be shared"), ""),)),
            Text(
                _("The consent holds until you change it or withdraw it, at most {time}. You may withdraw it by saying "
                  "so; we will ask for it in writing too. EX/IN keeps its journal in {journal}. You may see what is "
                  "written about you at any time.").format(time=months_told(months), journal=reading.programme.journal)
            ),
            Text(
                _("This releases us from the duty of confidentiality. How the municipality processes data about you "
                  "stands in its privacy notice. The time limit and the writing are those of the Trondheim form."),
                small=True,
            ),
            Signatures((_("Place and date"), _("Signature"), _("Obtained by"))),
            Text(_("The original stays with whoever obtained it; those named get a copy."), small=True),
        ),
        foot(reading, who),
    )  # fmt: skip


def _agencies(reading: Reading, who: Person) -> Table:
    columns = (Column(_("Agency"), 5), Column(_("Role"), 6), Column(_("Sharing"), 2, BOX), Column(_("Knowing"), 2, BOX),
               Column(_("Name"), 5), *([Column(_("Holds today"), 5)] if who.id else []))  # fmt: skip
    programme = reading.programme
    if not who.id:
        roles = ((agency, role) for agency in programme.agencies for role in agency.roles if role.consent)
        return Table(columns, once((str(agency.name), str(role.name), "", "", "") for agency, role in roles))
    rows = []
    for line in consent_matrix.matrix(reading, who.id):
        given = line.answer.consent if line.answer.knows else None
        names = str(programme.agency(line.agency).name), str(programme.role(line.role).name)
        rows.append((*names, "", "", given.person if given else line.person, _holds(line.answer)))
    return Table(columns, once(rows))


def _holds(answer: Answer) -> str:
    """What holds today, in words: an older consent is no tick on a form that is yet to be signed (GDPR recital 32)."""
    if not answer.knows or answer.until is None:
        return ""
    words = _("may be shared, until {date}") if answer.covered else _("may know, until {date}")
    return words.format(date=format_date(answer.until))


def cross_agency_consent(reading: Reading, who: Person) -> Document:
    """The form across agencies: whom those who work together may ask and tell, row by row of `choices.cross_agency`."""
    months = reading.programme.limits.consent_months
    return Document(
        _("Consent to release from confidentiality"),
        _("consent-agencies"),
        (
            Fields((*_name_and_number(who), (_("Address"), who.text("address")), (_("Phone"), who.text("phone")))),
            Text(
                _("Everybody who works for the agencies below has a duty of confidentiality ({laws}) about personal "
                  "matters and matters of security that they learn of. To help you in the best way they need to work "
                  "together. You are asked to consent to their obtaining and passing on what is necessary, with those "
                  "you tick.").format(laws=", ".join(str(law.name) for law in reading.programme.choices["secrecy_law"]))
            ),
            Fields(((_("The consent concerns this case"), ""),)),
            Table(
                (Column("", 1, BOX), Column(_("Who"), 5), Column(_("Remarks, or name and how to reach them"), 8),
                 *([Column(_("Holds today"), 7)] if who.id else [])),
                _actors(reading, who),
            ),
            Text(_("Where nothing else is said in the remarks, the consent covers every unit of the agency. "
                   "* Name and how to reach them are needed."), small=True),
            Text(
                _("I confirm that this consent is voluntary and holds until it is changed or withdrawn. It has to be "
                  "renewed within {time} of its date. It is withdrawn in writing; said aloud it ends the sharing at "
                  "once, and the writing follows.").format(time=months_told(months)),
                strong=True,
            ),
            Signatures((_("Place and date"), _("Signature"))),
            Signatures((_("Obtained by (name and agency)"), _("Place and date"))),
            Fields(((_("Copy given to (name and agency), day"), ""),)),
            Text(_("The original is kept by the agency that obtained it. Copies go to one named person of each agency, "
                   "who passes them on inside."), small=True),
        ),
        foot(reading, who),
    )  # fmt: skip


def _actors(reading: Reading, who: Person) -> tuple[tuple[str, ...], ...]:
    holding: dict[str, list[str]] = {}
    for line in consent_matrix.matrix(reading, who.id) if who.id else ():
        if told := _holds(line.answer):
            role = str(reading.programme.role(line.role).name)
            person = line.answer.consent.person if line.answer.consent else ""
            words = f"{joined(role, person, by=', ')}: {told}"
            # A row is an agency, or one role of it.
            for key in (line.agency, line.role) if line.agency != line.role else (line.agency,):
                holding.setdefault(key, []).append(words)
    return tuple(
        (
            "",
            f"{choice.name}{' *' if choice.id != OTHER and reading.programme.agency(choice.id).named else ''}",
            "",
            *(["\n".join(dict.fromkeys(holding.get(choice.id, ())))] if who.id else []),
        )
        for choice in reading.programme.choices["cross_agency"]
    )


def _name_and_number(who: Person) -> tuple[tuple[str, str], ...]:
    return (_("Name"), who.name), (_("National identity number"), who.text("national_id"))


def checklist(reading: Reading, template: str, who: Person) -> Document:
    """A checklist of the programme; for `who` the one in use, as it stands, where there is one.

    Raises `ChecklistError` where neither the programme nor the participant has it.
    """
    lines = checklist_reading.of(reading, who.id) if who.id else ()
    used = next((line.id for line in lines if line.template == template and line.id), 0)
    found = checklist_reading.one(reading, used) if used else None
    shape = found.template if found else reading.programme.checklist(template)
    if shape is None:
        raise ChecklistError(_("This checklist is not here any more."))
    whose = any(item.who for item in shape.items)
    columns = [
        Column("", 1, BOX),
        Column(_("Item"), 13 if whose else 8),
        Column(_("What, who, when"), 4 if whose else 7),
    ]
    if whose:
        columns.insert(1, Column(_("Who"), 2))
    if shape.verify:
        columns.append(Column(_("Verified by"), 3))
    known = {item.template.id: item for item in found.items} if found else {}
    blocks: list[Block] = [Fields(((_("Name"), who.name),))]
    for group in shape.groups:
        rows = []
        for item in group.items:
            if found and item.id not in known:
                continue
            tick, stands, verified = _stands(reading, known.get(item.id))
            whom = str(reading.programme.choice("item_who", item.who).name) if item.who else ""
            rows.append(
                (tick, *([whom] if whose else []), str(item.name), stands, *([verified] if shape.verify else []))
            )
        blocks += [Heading(str(group.name)), Table(tuple(columns), tuple(rows))]
    version = _("version {number}").format(number=shape.version)
    return Document(str(shape.name), str(shape.name).lower(), tuple(blocks), f"{foot(reading, who)} · {version}")


def _stands(reading: Reading, item: Item | None) -> tuple[str, str, str]:
    """Its tick; what is known of it in a line: value, state where it is not done, note; and who verified it."""
    if item is None:
        return "", "", ""

    def by(who: str, at: int | None) -> str:
        return "" if at is None else f"{who} {format_date(reading.clock.local(at))}"

    value, state = _value(item), ""
    if item.state == NOT_RELEVANT:
        state = _("not relevant: {reason}").format(reason=item.reason)
    if item.state == WAITING:
        state = _("waits: {reason}").format(reason=item.reason) if item.reason else _("waits")
    done = "" if value else by(item.done_by, item.done_at).strip()
    tick = TICKED if item.state == DONE else ""
    return tick, joined(value, state, done, item.note), by(item.verified_by, item.verified_at)


def _value(item: Item) -> str:
    match item.template.kind:
        case "contact":
            return item.shown
        case "consent":
            return _("missing: {agencies}").format(agencies=item.shown) if item.shown else ""
        case _:
            return item.text
