"""Agreements between agencies as they are read: with their parties, groups and proposals, and what is owed by them.

Source: the Trondheim report, its agreement between agencies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from dateutil.relativedelta import relativedelta
from msgspec import Struct

from config.errors import ExinError
from config.words import N_, _
from models.storage.reading import Reading
from models.storage.required import require_one
from models.values.text import fold

DRAFT, ACTIVE, ENDED = "draft", "active", "ended"
STATES: Final[Mapping[str, str]] = {DRAFT: N_("draft"), ACTIVE: N_("in force"), ENDED: N_("ended")}
TITLED, NAMED, SIGNED = "titled", "named", "signed"
STEERING, PROJECT = "steering", "project"
YEAR_DAYS: Final = 365


class CooperationError(ExinError):
    """An agreement between agencies, or what belongs to it, cannot be noted or changed as asked."""


class Agreement(Struct, frozen=True):
    """An agreement between agencies as it was written; `held` meetings of its steering group in the last twelve months.

    Only meetings that are closed, or were held elsewhere, are counted.
    """

    id: int
    version: int
    title: str
    state: str
    in_force_from: date | None
    in_force_to: date | None
    background: str
    aim: str
    target_group: str
    consent_clause: str
    deciders: str
    duties: str
    convener: str
    meetings_a_year: int
    reports_to: str
    revision_owner: str
    revision_due: date | None
    report_owner: str
    report_due: date | None
    located: str
    held: int

    def expected(self, today: date) -> int:
        """How many meetings of the steering group the last twelve months should have had: fewer in the first year."""
        if self.state != ACTIVE or (self.in_force_to is not None and self.in_force_to < today):
            return 0
        began = self.in_force_from
        if began is None or began <= today - relativedelta(years=1):
            return self.meetings_a_year
        return max(0, self.meetings_a_year * (today - began).days // YEAR_DAYS)


class Party(Struct, frozen=True):
    """An agency where the agreement names it."""

    id: int
    version: int
    agreement: int
    agency: str
    party_kind: str


class Basis(Struct, frozen=True):
    """A law or an agreement that the agreement rests on."""

    id: int
    version: int
    agreement: int
    text: str
    valid_from: date | None
    valid_to: date | None

    def holds(self, day: date) -> bool:
        """Whether it is valid on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Member(Struct, frozen=True):
    """Who sits in the steering group or the project group."""

    id: int
    version: int
    agreement: int
    network_group: str
    agency: str
    name: str
    function: str
    reached: str


class Signature(Struct, frozen=True):
    """Who signs for an agency; `day` is None until it is signed."""

    id: int
    version: int
    agreement: int
    agency: str
    function: str
    name: str
    day: date | None


class Held(Struct, frozen=True):
    """A meeting of the steering group; `meeting` is None for one held elsewhere, `open` for one that goes on."""

    id: int
    version: int
    agreement: int
    day: date
    meeting: int | None
    note: str
    open: bool
    lines: int


class Prepared(Struct, frozen=True):
    """A proposal of the project group; `decided` is None while the steering group has not decided."""

    id: int
    version: int
    agreement: int
    text: str
    recommendation: str
    made: date
    decision: str
    decided: date | None
    meeting: int | None


Part = Party | Basis | Member | Signature | Held | Prepared


class AgreementFile(Struct, frozen=True):
    """An agreement with everything that belongs to it."""

    agreement: Agreement
    parties: tuple[Party, ...]
    bases: tuple[Basis, ...]
    members: tuple[Member, ...]
    signatures: tuple[Signature, ...]
    meetings: tuple[Held, ...]
    proposals: tuple[Prepared, ...]

    def group(self, group: str) -> tuple[Member, ...]:
        """The members of one of its groups."""
        return tuple(one for one in self.members if one.network_group == group)

    @property
    def open_proposals(self) -> tuple[Prepared, ...]:
        """What waits for a decision."""
        return tuple(one for one in self.proposals if one.decided is None)

    def lacks(self, party: Party) -> tuple[str, ...]:
        """Where the agency of a party is not named: what is left of `TITLED`, `NAMED`, `SIGNED` and `STEERING`.

        Nothing of what the agreement does not say at all is missing.
        """
        places = {
            NAMED: [one.agency for one in self.parties if one.party_kind == NAMED],
            SIGNED: [
                *(one.agency for one in self.parties if one.party_kind == SIGNED),
                *(one.agency for one in self.signatures),
            ],
            STEERING: [one.agency for one in self.group(STEERING)],
        }
        return tuple(
            place for place, agencies in places.items() if agencies and fold(party.agency) not in map(fold, agencies)
        )


# ---------------------------------------------------------------------- agreements

_HELD: Final = (
    "(SELECT count(*) FROM steering_meeting h LEFT JOIN meeting m ON m.id = h.meeting WHERE h.agreement_id = a.id "
    "AND h.day > ? AND h.day <= ? AND (h.meeting IS NULL OR m.closed_at IS NOT NULL))"
)
_AGREEMENT: Final = (
    "SELECT a.id, a.version, a.title, a.state, a.in_force_from, a.in_force_to, a.background, a.aim, a.target_group, "
    "a.consent_clause, a.deciders, a.duties, a.convener, a.meetings_a_year, a.reports_to, a.revision_owner, "
    f"a.revision_due, a.report_owner, a.report_due, a.located, {_HELD} AS held FROM cooperation_agreement a"
)


def _agreements(reading: Reading, which: str, *values: object) -> list[Agreement]:
    year = [(reading.today - relativedelta(years=1)).isoformat(), reading.today.isoformat()]
    return reading.structs(Agreement, f"{_AGREEMENT} {which}", [*year, *values])


def listing(reading: Reading) -> tuple[Agreement, ...]:
    """Every agreement: those in force, drafts, those that have ended; each by title."""
    order = "ORDER BY CASE a.state WHEN 'active' THEN 0 WHEN 'draft' THEN 1 ELSE 2 END, a.title, a.id"
    return tuple(_agreements(reading, order))


def agreement(reading: Reading, number: int) -> Agreement:
    """One agreement. Raises `CooperationError` when there is none."""
    return require_one(_agreements(reading, "WHERE a.id = ?", number), gone())


def file_of(reading: Reading, number: int) -> AgreementFile:
    """One agreement with everything that belongs to it. Raises `CooperationError` when there is none."""
    return AgreementFile(
        agreement(reading, number),
        *(of(reading, "p.agreement_id = ?", number) for of in _PARTS.values()),  # type: ignore[arg-type]
    )


# ---------------------------------------------------------------------- what belongs to one


def _reader(
    kind: type[Part], table: str, columns: str, order: str, joined: str = "", there: str = ""
) -> Callable[..., tuple[Part, ...]]:
    def read(reading: Reading, which: str, number: int) -> tuple[Part, ...]:
        head = f"SELECT p.id, p.version, p.agreement_id AS agreement, {columns} FROM {table} p {joined}"
        return tuple(reading.structs(kind, f"{head} WHERE {there}{which} ORDER BY {order}", [number]))

    return read


PARTY, BASIS, MEMBER, SIGNATURE, HELD, PROPOSAL = "party", "basis", "member", "signature", "held", "proposal"
_PARTS: Final = {
    PARTY: _reader(Party, "agreement_party", "p.agency, p.party_kind",
                   "CASE p.party_kind WHEN 'titled' THEN 0 WHEN 'named' THEN 1 ELSE 2 END, p.id"),
    BASIS: _reader(Basis, "legal_basis", "p.text, p.valid_from, p.valid_to", "p.id"),
    MEMBER: _reader(Member, "group_member", "p.network_group, p.agency, p.name, p.function, p.reached", "p.id"),
    SIGNATURE: _reader(Signature, "signatory", "p.agency, p.function, p.name, p.day", "p.id"),
    HELD: _reader(
        Held, "steering_meeting",
        "p.day, m.id AS meeting, p.note, m.id IS NOT NULL AND m.closed_at IS NULL AS open, "
        "(SELECT count(*) FROM meeting_item i WHERE i.meeting_id = m.id) AS lines",
        "p.day DESC, p.id DESC",
        # A meeting that was opened by mistake is gone, and its number stays for the case that it is taken back.
        "LEFT JOIN meeting m ON m.id = p.meeting", "(p.meeting IS NULL OR m.id IS NOT NULL) AND ",
    ),
    PROPOSAL: _reader(Prepared, "proposal", "p.text, p.recommendation, p.made, p.decision, p.decided, p.meeting",
                      "p.decided IS NOT NULL, p.decided DESC, p.made, p.id"),
}  # fmt: skip


def part(reading: Reading, kind: str, number: int) -> Part:
    """One row of what belongs to an agreement, by its kind. Raises `CooperationError` when there is none."""
    return require_one(_PARTS[kind](reading, "p.id = ?", number), no_part())


def agreement_of(reading: Reading, meeting: int) -> int:
    """The agreement whose steering group a meeting is of. Raises `CooperationError` when there is none."""
    found = reading.value("SELECT agreement_id FROM steering_meeting WHERE meeting = ?", [meeting])
    if found is None:
        raise gone()
    return int(found)


def gone() -> CooperationError:
    """What is raised for an agreement that is not there."""
    return CooperationError(_("This agreement is not here any more."))


def no_part() -> CooperationError:
    """What is raised for a row that is not there."""
    return CooperationError(_("This line of the agreement is not here any more."))
