"""The lines of an agreement's page, section by section: what it says, parties, bases, groups, proposals, meetings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from config.dates import format_date
from config.words import N_, _, n_
from models.cooperation import signs
from models.cooperation.agreements import FIELDS
from models.cooperation.reading import (
    BASIS,
    HELD,
    MEMBER,
    NAMED,
    PARTY,
    PROJECT,
    PROPOSAL,
    SIGNATURE,
    SIGNED,
    STATES,
    STEERING,
    AgreementFile,
    Basis,
    Held,
    Member,
    Part,
    Party,
    Prepared,
    Signature,
)
from models.signals.sign import Sign
from screens.frame.case import Case

DUE, SAYS, PARTIES, BASES, SIGNATURES, PROPOSALS, MEETINGS = (
    "due", "says", "parties", "bases", "signatures", "proposals", "meetings",
)  # fmt: skip
HEADINGS: Final[Mapping[str, str]] = {
    DUE: N_("Due"),
    SAYS: N_("The agreement"),
    PARTIES: N_("Parties"),
    BASES: N_("Legal bases"),
    STEERING: N_("Steering group"),
    PROJECT: N_("Project group"),
    SIGNATURES: N_("Signatures"),
    PROPOSALS: N_("Proposals of the project group"),
    MEETINGS: N_("Meetings of the steering group"),
}
KIND_OF: Final[Mapping[str, str]] = {
    PARTIES: PARTY, BASES: BASIS, STEERING: MEMBER, PROJECT: MEMBER, SIGNATURES: SIGNATURE, PROPOSALS: PROPOSAL,
    MEETINGS: HELD,
}  # fmt: skip
LACKS: Final[Mapping[str, str]] = {
    NAMED: N_("no party"), SIGNED: N_("has not signed"), STEERING: N_("not in the steering group"),
}  # fmt: skip
OF_SIGN: Final[Mapping[str, str]] = {
    signs.ENDS: "in_force_to", signs.REVISION: "revision_due", signs.REPORT: "report_due",
    signs.OWED: "meetings_a_year", signs.UNCONVENED: "convener",
}  # fmt: skip
"""The field that a signal rests on."""


class AgreementRow(Struct, frozen=True):
    """One line: `label` and `text`, and at the end what is to be known; `warns` where that is amiss.

    `field` is the field of the agreement it shows, `part` what belongs to it; with neither, the section is empty.
    """

    section: str
    label: str
    text: str
    end: str = ""
    warns: bool = False
    field: str = ""
    part: Part | None = None
    more: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it only says that nothing stands in its section."""
        return not self.field and self.part is None


def rows(case: Case, found: AgreementFile, due: Sequence[Sign]) -> Iterator[AgreementRow]:
    """All lines in the order of `HEADINGS`; a section without any has one that says so."""
    for sign in due:
        yield AgreementRow(DUE, sign.tag, sign.reason, warns=True, field=OF_SIGN[sign.rule])
    yield from _says(found)
    sections: Mapping[str, Sequence[AgreementRow]] = {
        PARTIES: [_party(case, found, one) for one in found.parties],
        BASES: [_basis(case, one) for one in found.bases],
        STEERING: [_member(STEERING, one) for one in found.group(STEERING)],
        PROJECT: [_member(PROJECT, one) for one in found.group(PROJECT)],
        SIGNATURES: [_signature(one) for one in found.signatures],
        PROPOSALS: [_proposal(one) for one in found.proposals],
        MEETINGS: [_meeting(one) for one in found.meetings],
    }
    for section, lines in sections.items():
        yield from lines or [AgreementRow(section, "–", _("Nothing here yet."))]


def _says(found: AgreementFile) -> Iterator[AgreementRow]:
    for name, label in FIELDS.items():
        value = getattr(found.agreement, name)
        if value in (None, "") or name == "title":
            continue
        text = format_date(value) if isinstance(value, date) else str(value)
        yield AgreementRow(SAYS, _(label), _(STATES[text]) if name == "state" else text, field=name)


def _party(case: Case, found: AgreementFile, party: Party) -> AgreementRow:
    where = str(case.programme.choice("party_kind", party.party_kind).name)
    lacks = [_(LACKS[place]) for place in found.lacks(party)]
    return AgreementRow(PARTIES, where, party.agency, ", ".join(lacks), bool(lacks), part=party)


def _basis(case: Case, basis: Basis) -> AgreementRow:
    holds = basis.holds(case.today)
    ends = [format_date(day) if day else "…" for day in (basis.valid_from, basis.valid_to)]
    span = " – ".join(ends) if basis.valid_from or basis.valid_to else ""
    return AgreementRow(BASES, _("valid") if holds else _("not valid"), basis.text, span, not holds, part=basis)


def _member(section: str, member: Member) -> AgreementRow:
    return AgreementRow(
        section, member.agency, " · ".join(part for part in (member.name, member.function) if part) or "–",
        member.reached, part=member,
    )  # fmt: skip


def _signature(one: Signature) -> AgreementRow:
    who = " · ".join(part for part in (one.function, one.name) if part) or "–"
    signed = format_date(one.day) if one.day else _("not signed")
    return AgreementRow(SIGNATURES, one.agency, who, signed, one.day is None, part=one)


def _proposal(one: Prepared) -> AgreementRow:
    decided = _("decided {date}").format(date=format_date(one.decided)) if one.decided else _("waits for a decision")
    more = [
        told.format(text=text)
        for told, text in (
            (_("Recommendation: {text}"), one.recommendation), (_("Decision: {text}"), one.decision),
        )
        if text
    ]  # fmt: skip
    return AgreementRow(
        PROPOSALS, format_date(one.made), one.text, decided, one.decided is None, part=one, more=tuple(more)
    )


def _meeting(one: Held) -> AgreementRow:
    if one.meeting is None:
        return AgreementRow(MEETINGS, format_date(one.day), one.note or _("held elsewhere"), part=one)
    lines = n_("{count} line in the minutes", "{count} lines in the minutes", one.lines).format(count=one.lines)
    return AgreementRow(MEETINGS, format_date(one.day), lines, _("open") if one.open else "", one.open, part=one)
