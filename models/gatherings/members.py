"""Who belongs to the professional network: agency, function, whether a stable member, since when and until when.

Source: the report's § on the network; about 30 to 35 stable members from three agencies.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct

from config.dates import format_date
from config.words import N_, _
from models.gatherings.gatherings import GatheringError
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.required import require_one
from models.storage.work import Work
from models.tables import NetworkMember
from models.values.fields import Fields
from models.values.text import sort_key

FIELDS: Final = {
    "contact": N_("From the register"),
    "name": N_("Name"),
    "agency": N_("Agency"),
    "function": N_("Function"),
    "stable": N_("Stable member"),
    "since": N_("Since"),
    "until": N_("Until"),
}
_FIELDS: Final = Fields(FIELDS, GatheringError, lines=("name", "agency", "function"))


class Member(Struct, frozen=True):
    """One member; `until` is the last day, None while they belong to it."""

    id: int
    version: int
    contact: int | None
    name: str
    agency: str
    function: str
    stable: bool
    since: date
    until: date | None

    def belongs(self, day: date) -> bool:
        """Whether they are a member on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


def _which(reading: Reading, which: str, *values: object) -> list[Member]:
    return reading.structs(
        Member,
        "SELECT m.id, m.version, m.contact_id AS contact, coalesce(c.name, m.name) AS name, m.agency, m.function, "
        f"m.stable, m.since, m.until FROM network_member m LEFT JOIN contact c ON c.id = m.contact_id {which}",
        values,
    )


def listing(reading: Reading) -> list[Member]:
    """Every member there is or was, by agency in the programme's order, then by name."""
    order = {agency.id: place for place, agency in enumerate(reading.programme.agencies)}
    return sorted(
        _which(reading, ""), key=lambda one: (order.get(one.agency, len(order)), one.agency, sort_key(one.name), one.id)
    )


def one(reading: Reading, member: int) -> Member:
    """One member. Raises `GatheringError` when there is none."""
    return require_one(
        _which(reading, "WHERE m.id = ?", member), GatheringError(_("This member is not here any more."))
    )


@action("network_members.add", N_("the new member of the network"))
def add(work: Work, values: Mapping[str, Any]) -> int:
    """Take somebody into the network; answers the id, raises `GatheringError`."""
    return work.insert(
        NetworkMember,
        **_checked(work, {"contact": None, "name": "", "agency": "", "since": None, "until": None, **values}),
    )


@action("network_members.change", N_("the change to the member"))
def change(work: Work, member: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change a member; answers the new version. Raises `GatheringError`, or `Conflict` as `Work.update`."""
    present = one(work, member)
    tied = {name: getattr(present, name) for name in ("contact", "name", "agency", "since", "until")}
    return work.update(NetworkMember, member, version, **_checked(work, {**tied, **changes}, member))


@action("network_members.end", N_("the end of the membership"))
def end(work: Work, member: int, version: int, last: date) -> int:
    """Note the last day of somebody's membership; answers the new version."""
    return change(work, member, version, {"until": last})


@action("network_members.remove", N_("the member taken away"))
def remove(work: Work, member: int, version: int) -> None:
    """Take away a member who was entered by mistake; one who was asked to a gathering stays in the history."""
    if work.value("SELECT 1 FROM invitation WHERE member_id = ?", [member]):
        raise GatheringError(_("{name} was invited to a gathering and stays in the history: note the last day instead.")
                             .format(name=one(work, member).name))  # fmt: skip
    work.remove(NetworkMember, member, version)


def _checked(work: Work, values: Mapping[str, Any], member: int = 0) -> dict[str, Any]:
    found = _FIELDS.checked(values)
    if found["contact"] is not None:
        known = work.named("SELECT name, agency FROM contact WHERE id = ?", [found["contact"]])
        person = require_one(known, GatheringError(_("This contact person is not in the register any more.")))
        found["name"] = found["name"] or person["name"]
        found["agency"] = found["agency"] or person["agency"]
    if not found["name"]:
        raise _FIELDS.wrong("name", _("{field}: choose somebody from the register, or write the name."))
    if not found["agency"]:
        raise _FIELDS.wrong("agency", _("{field}: say which agency the member comes from."))
    found["since"] = found["since"] or work.today
    if found["until"] is not None and found["until"] < found["since"]:
        told = _("{field}: {until} comes before the first day, {since}.")
        raise _FIELDS.wrong("until", told, until=format_date(found["until"]), since=format_date(found["since"]))
    _not_twice(work, found, member)
    return found


def _not_twice(work: Work, found: Mapping[str, Any], member: int) -> None:
    """Nobody is a member twice at once: half of them would seem not to come."""
    for other in _which(work, "WHERE m.id != ?", member):
        same = other.contact == found["contact"] if other.contact and found["contact"] else (
            sort_key(other.name) == sort_key(found["name"]) and other.agency == found["agency"]
        )  # fmt: skip
        until = found["until"] or date.max
        if same and other.since <= until and found["since"] <= (other.until or date.max):
            raise _FIELDS.wrong("name", _("{field}: {name} is a member already."), name=other.name)
