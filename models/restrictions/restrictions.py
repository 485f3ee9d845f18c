"""Restricting a participant to named colleagues, lifting it, and opening one with a reason in spite of it.

Leaders always see everybody, for they answer for who does. Whom a session does not see is decided in
`models.roles.hidden` from what is written here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct

from config.errors import ExinError
from config.words import N_, _
from models.roles.rights import LEADER, NotAllowed, Right, allows
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.required import require_one, require_participant
from models.storage.work import Work
from models.tables import Opening, Restriction
from models.values.text import clean_text

REASON_LIMIT: Final = 500
LABELS: Final = {"may_see": N_("Who may see"), "reason": N_("Reason")}
_IN_FORCE: Final = (
    "SELECT r.id, r.version, r.participant_id AS participant, p.code, "
    "trim(p.given_name || ' ' || p.family_name) AS name, r.may_see, r.reason, r.since, coalesce(s.name, '') AS by "
    "FROM restriction r JOIN participant p ON p.id = r.participant_id LEFT JOIN staff s ON s.id = r.by_id "
    "WHERE r.lifted IS NULL"
)
_OPENINGS: Final = (
    "SELECT o.id, o.version, o.participant_id AS participant, p.code, "
    "trim(p.given_name || ' ' || p.family_name) AS name, o.at, o.reason, coalesce(s.name, '') AS who "
    "FROM opening o JOIN participant p ON p.id = o.participant_id LEFT JOIN staff s ON s.id = o.staff_id "
)


class RestrictionError(ExinError):
    """A participant cannot be restricted or opened as asked; a field at fault begins the sentence."""


class Restricted(Struct, frozen=True):
    """A participant who is restricted; `may_see` are staff ids, leaders aside."""

    id: int
    version: int
    participant: int
    code: str
    name: str
    may_see: tuple[int, ...]
    reason: str
    since: date
    by: str


class Opened(Struct, frozen=True):
    """Somebody opened a restricted participant, which no leader has noted yet; `at` is a moment."""

    id: int
    version: int
    participant: int
    code: str
    name: str
    at: int
    reason: str
    who: str


# ---------------------------------------------------------------------- reading


def _in_force(reading: Reading, further: str = "", values: Sequence[object] = ()) -> list[Restricted]:
    return [
        Restricted(**{**row, "may_see": _ids(row["may_see"]), "since": date.fromisoformat(row["since"])})
        for row in reading.named(f"{_IN_FORCE} {further}", values)
    ]


def of(reading: Reading, participant: int) -> Restricted | None:
    """How a participant is restricted, None for one whom everybody sees."""
    return next(iter(_in_force(reading, "AND r.participant_id = ?", [participant])), None)


def everybody(reading: Reading) -> list[Restricted]:
    """Whoever is restricted and whom the reader sees, by code."""
    return _in_force(reading, "ORDER BY p.code")


def proposed(reading: Reading, participant: int) -> tuple[int, ...]:
    """Who would see a participant who is restricted now: those responsible."""
    rows = reading.sql("SELECT worker_id, coworker_id FROM participant WHERE id = ?", [participant])
    return tuple(dict.fromkeys(one for row in rows for one in row if one is not None))


def hidden_code(reading: Reading, text: str) -> str:
    """The code that `text` is, of a participant whom the reader does not see; empty for every other text."""
    wanted = text.strip().casefold()
    return next((code for code in reading.hidden.values() if code.casefold() == wanted), "")


def unnoted(reading: Reading) -> list[Opened]:
    """The openings that no leader has noted, the latest first; nothing for anybody but leaders."""
    if not allows(reading.actor.role, Right.RESTRICT):
        return []
    return reading.structs(Opened, f"{_OPENINGS} WHERE o.seen_at IS NULL ORDER BY o.at DESC, o.id DESC")


def unnoted_count(reading: Reading) -> int:
    """How many there are."""
    return len(unnoted(reading))


# ---------------------------------------------------------------------- writing


@action("restrictions.restrict", N_("the restriction"), right=Right.RESTRICT)
def restrict(work: Work, participant: int, values: Mapping[str, Any]) -> int:
    """Let only leaders and the colleagues of `may_see` see a participant, from now on, for a `reason`; answers its id.

    Raises `RestrictionError`.
    """
    require_participant(work, participant, RestrictionError)
    if of(work, participant) is not None:
        raise RestrictionError(_("This participant is restricted already."))
    checked = _checked(work, values)
    return work.insert(
        Restriction, participant=participant, since=work.today, by=work.actor.staff_id or None, **checked
    )


@action("restrictions.change", N_("the change to the restriction"), right=Right.RESTRICT)
def change(work: Work, participant: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change who may see a restricted participant, or the reason; answers the new version. Raises as `restrict`."""
    found = _required(work, participant)
    return work.update(Restriction, found.id, version, **_checked(work, changes))


@action("restrictions.lift", N_("the end of the restriction"), right=Right.RESTRICT)
def lift(work: Work, participant: int) -> None:
    """Let the whole team see the participant again. Raises `RestrictionError` for one who is not restricted."""
    found = _required(work, participant)
    work.update(Restriction, found.id, found.version, lifted=work.today, lifted_by=work.actor.staff_id or None)


@action("restrictions.open", final=True, right=Right.OPEN)
def open_(work: Work, code: str, reason: str) -> int:
    """See a restricted participant for the rest of the day, by their full code and for a reason; answers the id.

    Leaders are shown that it was done until one of them notes it. Raises `RestrictionError` for a code that is nobody's
    whom the actor does not see, and where no reason is given.
    """
    wanted = hidden_code(work, code)
    participant = next((number for number, known in work.hidden.items() if known == wanted), 0)
    if not participant:
        raise RestrictionError(_("{code} is no restricted participant's code.").format(code=code.strip() or "–"))
    why = _reason(reason)
    with work.past_restrictions():
        work.insert(
            Opening, participant=participant, staff=work.actor.staff_id or None, day=work.today,
            at=work.clock.seconds(), reason=why,
        )  # fmt: skip
    return participant


@action("restrictions.note", N_("the opening noted"), right=Right.RESTRICT)
def note(work: Work, opening: int, version: int) -> None:
    """Note that a leader has seen that somebody opened a restricted participant."""
    work.update(Opening, opening, version, seen_at=work.clock.seconds(), seen_by=work.actor.staff_id or None)


def admit(work: Work, participant: int, responsible: Collection[int | None]) -> None:
    """Let those who become responsible for a restricted participant see them.

    Raises `NotAllowed` where somebody is not among those who may and no leader says so.
    """
    found = of(work, participant)
    if found is None:
        return
    team = {number: (name, role) for number, name, role in work.sql("SELECT id, name, role FROM staff")}
    known = [one for one in responsible if one is not None and one in team]
    new = [one for one in known if team[one][1] != LEADER and one not in found.may_see]
    if not new:
        return
    if not allows(work.actor.role, Right.RESTRICT):
        told = _("{name} may not see this restricted participant. Ask a team leader to name them first.")
        raise NotAllowed(told.format(name=team[new[0]][0]))
    work.update(Restriction, found.id, None, may_see=_joined([*found.may_see, *new]))


def _required(work: Work, participant: int) -> Restricted:
    rows = _in_force(work, "AND r.participant_id = ?", [participant])
    return require_one(rows, RestrictionError(_("This participant is not restricted.")))


def _checked(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    checked: dict[str, Any] = {}
    if "may_see" in values:
        known = {number for (number,) in work.sql("SELECT id FROM staff")}
        checked["may_see"] = _joined([one for one in map(int, values["may_see"]) if one in known])
    if "reason" in values:
        checked["reason"] = _reason(values["reason"])
    return checked


def _reason(text: str) -> str:
    reason = clean_text(text, _(LABELS["reason"]), REASON_LIMIT).strip()
    if not reason:
        raise RestrictionError(_("Reason: say why; it is kept with the participant."))
    return reason


def _ids(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split()))


def _joined(staff: Collection[int]) -> str:
    return " ".join(map(str, dict.fromkeys(staff)))
