"""Keeping agreements between agencies: what they say, what belongs to them, meetings of the steering group, decisions.

Source: the Trondheim report, its agreement between agencies.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct

from config.words import N_, _
from models.cooperation.reading import (
    BASIS,
    HELD,
    MEMBER,
    PARTY,
    PROPOSAL,
    SIGNATURE,
    STATES,
    CooperationError,
    Held,
    Prepared,
    agreement,
    file_of,
    part,
)
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.meetings.reading import DECISION
from models.meetings.reading import STEERING as STEERING_KIND
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.work import Work
from models.tables import (
    AgreementParty,
    CooperationAgreement,
    GroupMember,
    LegalBasis,
    Proposal,
    Record,
    Signatory,
    SteeringMeeting,
)
from models.values.fields import Fields
from models.values.text import fold

MOST_MEETINGS: Final = 52
TEXT_LIMIT: Final = 4_000
TEXTS: Final = ("background", "aim", "target_group", "consent_clause", "duties")
FIELDS: Final = {
    "title": N_("Title"),
    "state": N_("State"),
    "in_force_from": N_("In force from"),
    "in_force_to": N_("In force to"),
    "located": N_("Where it lies"),
    "background": N_("Background"),
    "aim": N_("Aim"),
    "target_group": N_("Target group"),
    "consent_clause": N_("On consent"),
    "deciders": N_("Decides who takes part"),
    "duties": N_("To be developed"),
    "convener": N_("Convener"),
    "meetings_a_year": N_("Meetings a year"),
    "reports_to": N_("Project group reports to"),
    "revision_owner": N_("Revision by"),
    "revision_due": N_("Revision due"),
    "report_owner": N_("Final report by"),
    "report_due": N_("Final report due"),
}
_LINES: Final = ("title", "located", "deciders", "convener", "reports_to", "revision_owner", "report_owner")
_AGREEMENT: Final = Fields(
    FIELDS, CooperationError, lines=_LINES, texts=TEXTS, trimmed=TEXTS, limits=dict.fromkeys(TEXTS, TEXT_LIMIT)
)


class PartKind(Struct, frozen=True):
    """What belongs to an agreement: its table, its fields, which of them must be filled in, and in which words."""

    table: type[Record]
    fields: Fields
    needed: str
    lacking: str


def _fields(labels: Mapping[str, str], lines: tuple[str, ...], texts: tuple[str, ...] = ()) -> Fields:
    return Fields(
        labels, CooperationError, lines=lines, texts=texts, trimmed=texts, limits=dict.fromkeys(texts, TEXT_LIMIT)
    )


_WHICH: Final = N_("{field}: say which agency.")
_WHAT: Final = N_("{field}: write what it says.")
PARTS: Final[Mapping[str, PartKind]] = {
    PARTY: PartKind(
        AgreementParty, _fields({"agency": N_("Agency"), "party_kind": N_("Where it is named")}, ("agency",)),
        "agency", _WHICH,
    ),
    BASIS: PartKind(
        LegalBasis,
        _fields(
            {"text": N_("Law or agreement"), "valid_from": N_("Valid from"), "valid_to": N_("Valid to")}, ("text",)
        ),
        "text", _WHAT,
    ),
    MEMBER: PartKind(
        GroupMember,
        _fields(
            {"network_group": N_("Group"), "agency": N_("Agency"), "name": N_("Name"), "function": N_("Function"),
             "reached": N_("Telephone or e-mail")},
            ("agency", "name", "function", "reached"),
        ),
        "agency", _WHICH,
    ),
    SIGNATURE: PartKind(
        Signatory,
        _fields(
            {"agency": N_("Agency"), "function": N_("Function"), "name": N_("Name"), "day": N_("Signed on")},
            ("agency", "function", "name"),
        ),
        "agency", _WHICH,
    ),
    HELD: PartKind(
        SteeringMeeting, _fields({"day": N_("Held on"), "note": N_("Note")}, (), ("note",)),
        "day", N_("{field}: say when it was held."),
    ),
    PROPOSAL: PartKind(
        Proposal,
        _fields(
            {"text": N_("Proposal"), "recommendation": N_("Recommendation"), "made": N_("Proposed on"),
             "decision": N_("Decision"), "decided": N_("Decided on")},
            (), ("text", "recommendation", "decision"),
        ),
        "text", _WHAT,
    ),
}  # fmt: skip


# ---------------------------------------------------------------------- the agreement


@action("cooperation.add", N_("the new agreement between agencies"))
def add(work: Work, values: Mapping[str, Any]) -> int:
    """Note an agreement; `values` holds `title` and any of `FIELDS`. Answers its id, raises `CooperationError`."""
    return work.insert(CooperationAgreement, **_checked(work, {"title": "", **values}, {}))


@action("cooperation.change", N_("the change to the agreement between agencies"))
def change(work: Work, number: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change an agreement; answers the new version. Raises `CooperationError`, or `Conflict` as `Work.update`."""
    present = agreement(work, number)
    known = {name: getattr(present, name) for name in ("in_force_from", "in_force_to")}
    return work.update(CooperationAgreement, number, version, **_checked(work, changes, known))


@action("cooperation.remove", N_("the agreement between agencies taken away"))
def remove(work: Work, number: int, version: int) -> None:
    """Take away an agreement noted by mistake. Raises `CooperationError` where something belongs to it."""
    found = file_of(work, number)
    if any((found.parties, found.bases, found.members, found.signatures, found.meetings, found.proposals)):
        raise CooperationError(_("Something belongs to this agreement; let its state be “ended” instead."))
    work.remove(CooperationAgreement, number, version)


def _checked(work: Reading, values: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    checked = _AGREEMENT.checked(values)
    if "title" in checked and not checked["title"]:
        raise _AGREEMENT.wrong("title", _("{field}: say what the agreement is called."))
    if checked.get("state", "active") not in STATES:
        names = ", ".join(_(name) for name in STATES.values())
        raise _AGREEMENT.wrong("state", _("{field}: one of {known}."), known=names)
    first, last = ({**known, **checked}.get(name) for name in ("in_force_from", "in_force_to"))
    if first and last and last < first:
        raise _AGREEMENT.wrong("in_force_to", _("{field}: the agreement ends before it starts."))
    if "meetings_a_year" in checked:
        text = str(checked["meetings_a_year"]).strip()
        if not (text.isascii() and text.isdecimal() and int(text) <= MOST_MEETINGS):
            raise _AGREEMENT.wrong(
                "meetings_a_year", _("{field}: a whole number from 0 to {most}."), most=MOST_MEETINGS
            )
        checked["meetings_a_year"] = int(text)
    return checked


# ---------------------------------------------------------------------- what belongs to it


@action("cooperation.add_part", N_("the new line of the agreement"))
def add_part(work: Work, kind: str, number: int, values: Mapping[str, Any]) -> int:
    """Note what belongs to an agreement, of a kind of `PARTS`; answers its id. Raises `CooperationError`."""
    agreement(work, number)
    needed = PARTS[kind].needed
    given = {needed: None, "made": work.today, **values} if kind == PROPOSAL else {needed: None, **values}
    return work.insert(PARTS[kind].table, agreement=number, **_part(work, kind, given, {"agreement": number, "id": 0}))


@action("cooperation.change_part", N_("the change to the line of the agreement"))
def change_part(work: Work, kind: str, number: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change what belongs to an agreement; answers the new version. Raises as `add_part`, and `Conflict`."""
    present = part(work, kind, number)
    known = {name: getattr(present, name) for name in ("id", "agreement", *PARTS[kind].fields.labels)}
    checked = _part(work, kind, changes, known)
    return work.update(PARTS[kind].table, number, version, **checked)


@action("cooperation.remove_part", N_("the line of the agreement taken away"))
def remove_part(work: Work, kind: str, number: int, version: int) -> None:
    """Take away what does not belong to an agreement; the audit keeps it.

    Raises `CooperationError` for a meeting whose minutes are kept here.
    """
    present = part(work, kind, number)
    if isinstance(present, Held) and present.meeting is not None:
        raise CooperationError(_("The minutes of this meeting are kept here; take it away among the meetings."))
    work.remove(PARTS[kind].table, number, version)


def _part(work: Reading, kind: str, values: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    fields = PARTS[kind].fields
    checked = fields.checked(values)
    whole = {**known, **checked}
    if not whole[PARTS[kind].needed]:
        raise fields.wrong(PARTS[kind].needed, _(PARTS[kind].lacking))
    for name in ("day", "made", "decided"):
        if checked.get(name) and checked[name] > work.today:
            raise fields.wrong(name, _("{field}: the date is in the future."))
    if kind == BASIS:
        _in_order(fields, whole, "valid_from", "valid_to", _("{field}: it ends before it begins."))
    elif kind == PROPOSAL:
        checked.update(_decided(work, fields, whole))
    elif kind == PARTY:
        _once(work, fields, whole)
    return checked


def _in_order(fields: Fields, values: Mapping[str, Any], first: str, last: str, sentence: str) -> None:
    if values.get(first) and values.get(last) and values[last] < values[first]:
        raise fields.wrong(last, sentence)


def _decided(work: Reading, fields: Fields, values: Mapping[str, Any]) -> dict[str, Any]:
    """The days of a proposal: made today unless another is named, and decided today where a decision has no day."""
    made, decided = values.get("made") or work.today, values.get("decided")
    if values.get("decision"):
        decided = decided or work.today
    elif decided:
        raise fields.wrong("decision", _("{field}: there is a day; say what was decided."))
    _in_order(fields, {"made": made, "decided": decided}, "made", "decided", _("{field}: it is before the proposal."))
    return {"made": made, "decided": decided}


def _once(work: Reading, fields: Fields, values: Mapping[str, Any]) -> None:
    where = values.get("party_kind") or "named"
    for other in file_of(work, values["agreement"]).parties:
        if other.id != values["id"] and other.party_kind == where and fold(other.agency) == fold(values["agency"]):
            raise fields.wrong("agency", _("{field}: {agency} stands there already."), agency=other.agency)


# ---------------------------------------------------------------------- the steering group


@action("cooperation.convene", N_("the meeting of the steering group that was opened or joined"))
def convene(work: Work, number: int) -> int:
    """Open a meeting of an agreement's steering group today, or join the one that is open; answers the meeting."""
    for held in file_of(work, number).meetings:
        if held.meeting is not None and held.open and held.day == work.today:
            meetings.attend(work, held.meeting, work.actor.staff_id, True)
            return held.meeting
    meeting = meetings.begin(work, STEERING_KIND)
    work.insert(SteeringMeeting, agreement=number, day=work.today, meeting=meeting)
    return meeting


@action("cooperation.decide", N_("the decision on the proposal"))
def decide(work: Work, proposal: int, version: int, decision: str, meeting: int) -> int:
    """Note in an open meeting what the steering group decided on a proposal; answers the proposal's new version.

    The decision stands in the minutes too. Raises `CooperationError`, `MeetingError` for minutes that are closed, and
    `Conflict`.
    """
    found = part(work, PROPOSAL, proposal)
    assert isinstance(found, Prepared)
    words = PARTS[PROPOSAL].fields.checked({"decision": decision})["decision"].strip()
    if not words:
        raise CooperationError(_("There is nothing written yet."))
    day: date = meeting_reading.one(work, meeting).day
    meetings.add(work, meeting, DECISION, f"{found.text}: {words}")
    return work.update(Proposal, proposal, version, decision=words, decided=day, meeting=meeting)
