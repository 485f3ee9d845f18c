"""An agreement between agencies on paper, and the agenda of its steering group's next meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from config.dates import format_date
from config.words import _
from models.column_words import written
from models.cooperation import agenda as steering_agenda
from models.cooperation.agenda import DUE, FIGURES, GROUPS
from models.cooperation.agreements import FIELDS, TEXTS
from models.cooperation.reading import PROJECT, SIGNED, STEERING, Agreement, AgreementFile, Basis, Member, file_of
from models.paper.document import Block, Column, Document, Fields, Heading, Signatures, Table, Text
from models.paper.person import dated, joined, made
from models.storage.reading import Reading

FIRST = ("state", "in_force_from", "in_force_to", "located")
GROUPS_FIELDS = ("convener", "meetings_a_year", "reports_to", "deciders")
DATES = ("revision_owner", "revision_due", "report_owner", "report_due")


def sheet(reading: Reading, number: int) -> Document:
    """The agreement as it stands, with its parties where they are named, and lines to sign on."""
    found = file_of(reading, number)
    agreement = found.agreement
    blocks: list[Block] = [Fields(tuple(_facts(reading, agreement, FIRST)))]
    blocks += _parties(reading, found)
    if found.bases:
        blocks.append(Heading(_("Legal bases")))
        blocks += [Text("– " + _basis(one)) for one in found.bases]
    for name in TEXTS:
        if text := getattr(agreement, name):
            blocks += [Heading(_(FIELDS[name])), Text(text)]
    blocks.append(Heading(_("Groups")))
    blocks.append(Fields(tuple(_facts(reading, agreement, GROUPS_FIELDS))))
    for group in (STEERING, PROJECT):
        if members := found.group(group):
            blocks += [Heading(str(reading.programme.choice("network_group", group).name)), _members(members)]
    if dates := tuple(_facts(reading, agreement, DATES)):
        blocks += [Heading(_("Revision and final report")), Fields(dates)]
    blocks += _signatures(found)
    return Document(
        agreement.title, _("cooperation-agreement") + f"-{number}", tuple(blocks), made(reading, agreement.title)
    )


def agenda(reading: Reading, number: int) -> Document:
    """The agenda of the next meeting: proposals with room for the decision, what is due, and what has been done."""
    found = file_of(reading, number)
    points = steering_agenda.points(reading, found)
    title = _("Agenda of the steering group")
    blocks: list[Block] = [Text(found.agreement.title, strong=True), Text(format_date(reading.today))]
    proposals = tuple((joined(dated(one.made), one.text), one.recommendation, "") for one in found.open_proposals)
    blocks.append(Heading(_(GROUPS[steering_agenda.PROPOSALS])))
    columns = Column(_("Proposal"), 6), Column(_("Recommendation"), 6), Column(_("Decision"), 4)
    blocks.append(Table(columns, proposals) if proposals else Text(_("Nothing waits for a decision.")))
    for group in (DUE, FIGURES):
        if of_group := [point.text for point in points if point.group == group]:
            blocks += [Heading(_(GROUPS[group])), *(Text("– " + text) for text in of_group)]
    if members := found.group(STEERING):
        blocks += [Heading(_("Called to the meeting")), _members(members)]
    return Document(title, _("steering-agenda") + f"-{reading.today}", tuple(blocks), made(reading, title))


def _facts(reading: Reading, agreement: Agreement, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in names:
        value = getattr(agreement, name)
        if value not in (None, ""):
            text = format_date(value) if isinstance(value, date) else value
            yield (
                _(FIELDS[name]),
                written(reading, "cooperation_agreement", name, text) if name == "state" else str(text),
            )


def _parties(reading: Reading, found: AgreementFile) -> list[Block]:
    """The agencies, a row each, with where the agreement names them: that may differ."""
    if not found.parties:
        return []
    kinds = reading.programme.choices["party_kind"]
    named: dict[str, set[str]] = {}
    for party in found.parties:
        named.setdefault(party.agency, set()).add(party.party_kind)
    for signature in found.signatures:
        named.setdefault(signature.agency, set()).add(SIGNED)
    columns = Column(_("Agency"), 6), *(Column(str(kind.name), 3) for kind in kinds)
    rows = tuple(
        (agency, *(_("yes") if kind.id in where else "–" for kind in kinds)) for agency, where in named.items()
    )
    return [Heading(_("Parties, where the agreement names them")), Table(columns, rows)]


def _basis(basis: Basis) -> str:
    if basis.valid_from is None and basis.valid_to is None:
        return basis.text
    return f"{basis.text} ({dated(basis.valid_from) or '…'} – {dated(basis.valid_to) or '…'})"


def _members(members: tuple[Member, ...]) -> Table:
    columns = (
        Column(_("Agency"), 5),
        Column(_("Name"), 4),
        Column(_("Function"), 4),
        Column(_("Telephone or e-mail"), 4),
    )
    return Table(columns, tuple((one.agency, one.name, one.function, one.reached) for one in members))


def _signatures(found: AgreementFile) -> list[Block]:
    if not found.signatures:
        return []
    columns = Column(_("Agency"), 5), Column(_("Function"), 4), Column(_("Name"), 4), Column(_("Signed on"), 3)
    rows = tuple((one.agency, one.function, one.name, dated(one.day) or "–") for one in found.signatures)
    unsigned = tuple(one.function or one.agency for one in found.signatures if one.day is None)
    return [Heading(_("Signatures")), Table(columns, rows), *([Signatures(unsigned)] if unsigned else [])]
