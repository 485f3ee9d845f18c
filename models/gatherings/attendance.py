"""Who is asked to a gathering and who came, half day by half day.

Source: the report's § on the network; attendance of its stable members was near 90 per cent.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct

from config.dates import format_date
from config.words import N_, _
from models.gatherings import gatherings, members
from models.gatherings.gatherings import CANCELLED, HELD, PLANNED, GatheringError, GatheringLine
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.required import require_one
from models.storage.work import Work
from models.tables import Attendance, Gathering, Invitation
from models.values.fields import Fields
from models.values.text import sort_key

STABLE, MEMBER, GUEST, MANAGER = "stable", "member", "guest", "manager"
FIELDS: Final = {
    "name": N_("Name"),
    "agency": N_("Agency"),
    "part": N_("Takes part as"),
    "group_number": N_("Mixed group"),
}
_FIELDS: Final = Fields(FIELDS, GatheringError, lines=("name", "agency", "part"))
Half = tuple[date, int]


class Invited(Struct, frozen=True):
    """Somebody who was asked, with the half days they came to and those they did not; other ones are not noted."""

    id: int
    version: int
    gathering: int
    member: int | None
    name: str
    agency: str
    part: str
    group_number: int | None
    came: tuple[Half, ...]
    missed: tuple[Half, ...]


def of(reading: Reading, gathering: int) -> list[Invited]:
    """Everybody who was asked, stable members first, by agency in the programme's order, then by name."""
    noted: dict[int, tuple[list[Half], list[Half]]] = {}
    query = Attendance.select().where(Attendance.gathering == gathering).order_by(Attendance.day, Attendance.half)
    for row in reading.rows(query):
        came, missed = noted.setdefault(row.invitation, ([], []))
        (came if row.came else missed).append((row.day, row.half))
    rows = reading.named(
        "SELECT i.id, i.version, i.gathering_id AS gathering, i.member_id AS member, "
        "coalesce(c.name, m.name, i.name) AS name, i.agency, i.part, i.group_number FROM invitation i "
        "LEFT JOIN network_member m ON m.id = i.member_id LEFT JOIN contact c ON c.id = m.contact_id "
        "WHERE i.gathering_id = ?",
        [gathering],
    )
    found = [
        Invited(**row, came=tuple(noted[row["id"]][0]), missed=tuple(noted[row["id"]][1]))
        if row["id"] in noted
        else Invited(**row, came=(), missed=())
        for row in rows
    ]
    return sorted(found, key=_order(reading))


def _order(reading: Reading) -> Any:
    agencies = {agency.id: place for place, agency in enumerate(reading.programme.agencies)}
    parts = (STABLE, MEMBER, GUEST, MANAGER)

    def place(one: Invited) -> tuple[object, ...]:
        return (
            parts.index(one.part) if one.part in parts else len(parts),
            agencies.get(one.agency, len(agencies)),
            one.agency,
            sort_key(one.name),
            one.id,
        )

    return place


def one(reading: Reading, invitation: int) -> Invited:
    """One who was asked. Raises `GatheringError` when they were not, or are not any more."""
    gathering = reading.value("SELECT gathering_id FROM invitation WHERE id = ?", [invitation])
    return require_one([asked for asked in of(reading, gathering or 0) if asked.id == invitation], _not_asked())


@action("attendance.invite_all", N_("the invitations"))
def invite_all(work: Work, gathering: int) -> int:
    """Ask everybody who is a member on the first day and was not asked yet; answers how many that were."""
    held = _open(work, gathering)
    asked = {row.member for row in work.rows(Invitation.select().where(Invitation.gathering == gathering))}
    new = [one for one in members.listing(work) if one.id not in asked and one.belongs(held.first)]
    for member in new:
        _insert(work, held, member)
    return len(new)


@action("attendance.invite", N_("the invitation"))
def invite(work: Work, gathering: int, member: int) -> int:
    """Ask one member, who is a guest where they do not belong to the network on the first day; answers the id."""
    held = _open(work, gathering)
    if work.value("SELECT 1 FROM invitation WHERE gathering_id = ? AND member_id = ?", [gathering, member]):
        raise GatheringError(_("{name} is invited already.").format(name=members.one(work, member).name))
    return _insert(work, held, members.one(work, member))


@action("attendance.add_guest", N_("the guest"))
def add_guest(work: Work, gathering: int, values: Mapping[str, Any]) -> int:
    """Ask somebody who has no place in the network; answers the id, raises `GatheringError`."""
    _open(work, gathering)
    return work.insert(Invitation, gathering=gathering, **_checked(work, {"name": "", "part": "", **values}))


@action("attendance.change", N_("the change to the invitation"))
def change(work: Work, invitation: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change what somebody takes part as, or their mixed group; answers the new version."""
    return work.update(Invitation, invitation, version, **_checked(work, changes))


@action("attendance.take_off", N_("the invitation taken back"))
def take_off(work: Work, invitation: int, version: int) -> None:
    """Take back an invitation; one whose attendance is noted or who has answered a task stays."""
    for table in ("attendance", "task_answer"):
        if work.value(f"SELECT 1 FROM {table} WHERE invitation_id = ?", [invitation]):
            told = _("{name} has attendance or answers noted and stays: note that they did not come instead.")
            raise GatheringError(told.format(name=one(work, invitation).name))
    work.remove(Invitation, invitation, version)


@action("attendance.mark", N_("the attendance"))
def mark(work: Work, invitation: int, day: date, half: int, came: bool | None) -> None:
    """Note that somebody came to a half day or did not, or with None that it is not noted after all."""
    gathering = work.value("SELECT gathering_id FROM invitation WHERE id = ?", [invitation])
    if gathering is None:
        raise _not_asked()
    _begun(work, gathering, day, half)
    _mark(work, gathering, invitation, day, half, came)


@action("attendance.all_came", N_("the attendance of all"))
def all_came(work: Work, gathering: int, day: date, half: int) -> int:
    """Note that everybody came of whom nothing is noted for this half day; answers how many that were."""
    _begun(work, gathering, day, half)
    noted = {
        row.invitation
        for row in work.rows(
            Attendance.select().where(
                (Attendance.gathering == gathering) & (Attendance.day == day) & (Attendance.half == half)
            )
        )
    }
    rows = work.rows(Invitation.select().where(Invitation.gathering == gathering).order_by(Invitation.id))
    new = [row.id for row in rows if row.id not in noted]
    for invitation in new:
        work.insert(Attendance, gathering=gathering, invitation=invitation, day=day, half=half, came=True)
    return len(new)


def _mark(work: Work, gathering: int, invitation: int, day: date, half: int, came: bool | None) -> None:
    present = work.first(
        Attendance.select().where(
            (Attendance.invitation == invitation) & (Attendance.day == day) & (Attendance.half == half)
        )
    )
    if present is None and came is not None:
        work.insert(Attendance, gathering=gathering, invitation=invitation, day=day, half=half, came=came)
    elif present is not None and came is None:
        work.remove(Attendance, present.id, None)
    elif present is not None:
        work.update(Attendance, present.id, None, came=came)


def _begun(work: Work, gathering: int, day: date, half: int) -> None:
    """See to that attendance can be noted for the half day; whoever notes it says that the gathering is held."""
    held = _open(work, gathering)
    if (day, half) not in held.halves:
        raise GatheringError(_("{day} is no day of this gathering.").format(day=format_date(day)))
    if day > work.today:
        told = _("The gathering has not come to {day} yet; attendance is noted when it has.")
        raise GatheringError(told.format(day=format_date(day)))
    if held.state == PLANNED:
        work.update(Gathering, gathering, None, state=HELD)


def _open(work: Work, gathering: int) -> GatheringLine:
    held = gatherings.one(work, gathering)
    if held.state == CANCELLED:
        raise GatheringError(_("This gathering is cancelled. Note it as planned or held first."))
    return held


def _insert(work: Work, held: GatheringLine, member: members.Member) -> int:
    part = (STABLE if member.stable else MEMBER) if member.belongs(held.first) else GUEST
    return work.insert(
        Invitation, gathering=held.id, member=member.id, name=member.name, agency=member.agency, part=part
    )


def _checked(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    found = _FIELDS.checked(values)
    if "name" in found and not found["name"]:
        raise _FIELDS.wrong("name", _("{field}: write who comes."))
    if "part" in found:
        found["part"] = found["part"] or GUEST
        if found["part"] not in {choice.id for choice in work.programme.choices["gathering_part"]}:
            raise _FIELDS.wrong("part", _("{field}: a stable member, another member, a guest or a manager."))
    return found


def _not_asked() -> GatheringError:
    return GatheringError(_("This person is not among those invited any more."))
