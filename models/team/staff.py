"""Colleagues: who is in the team, in which role, and which key slot is theirs."""

from __future__ import annotations

import unicodedata
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from config.errors import ExinError
from config.words import _
from models.participants import agreed
from models.roles.rights import Right
from models.storage.actions import action
from models.storage.reading import Actor, Reading
from models.storage.work import Work
from models.tables import Staff
from models.values.text import clean_line
from models.vault.roster import CASEWORKER, LEADER, READER, ROLES

__all__ = ["CASEWORKER", "LEADER", "READER"]

USER_LIMIT: Final = 60
NAME_LIMIT: Final = 120
"""Characters of a user name, and of the name the team sees."""


class StaffError(ExinError):
    """A colleague cannot be added, found or changed as asked."""


class Colleague(Struct, frozen=True):
    """One row of the team's list."""

    id: int
    user: str
    name: str
    initials: str
    role: str
    active: bool
    slot: str

    @property
    def works(self) -> bool:
        """Whether they can be responsible for somebody, or cover: in the team, and with more than read access."""
        return self.active and self.role != READER


def login_name(user: str) -> str:
    """A user name in the one form in which it is compared: composed, lower case, no outer space."""
    return unicodedata.normalize("NFC", user).strip().casefold()


def _colleague(row: object) -> Colleague:
    return Colleague(row.id, row.user, row.name, row.initials, row.role, row.active, row.slot)  # type: ignore[attr-defined]


def team(reading: Reading, *, active_only: bool = True) -> list[Colleague]:
    """The team by name."""
    query = Staff.select().order_by(Staff.name, Staff.id)
    return [_colleague(row) for row in reading.rows(query.where(Staff.active) if active_only else query)]


def by_user(reading: Reading, user: str) -> Colleague:
    """The colleague with this user name. Raises `StaffError` when there is none."""
    row = reading.first(Staff.select().where(Staff.user == login_name(user)))
    if row is None:
        raise StaffError(_("No colleague has the user name {user}.").format(user=user))
    return _colleague(row)


def by_slot(reading: Reading, slot: str) -> Actor | None:
    """Who a key slot belongs to, None when nobody in the team has it."""
    row = reading.first(Staff.select().where((Staff.slot == slot) & Staff.active))
    return Actor(row.id, row.user, row.name, row.role) if row else None


def roles(reading: Reading) -> dict[str, str]:
    """The roles of those in the team by their key slots, as a roster tells them apart."""
    return {one.slot: in_roster(one.role) for one in team(reading) if one.slot}


def in_roster(role: str) -> str:
    """A role as the roster has it: one that only the team's own programme knows is a caseworker's there."""
    return role if role in ROLES else CASEWORKER


def in_role(actor: Actor, signed: str | None) -> Actor:
    """The actor in the role that was `signed`, which counts; None where nothing is signed yet."""
    return actor if signed in (None, in_roster(actor.role)) else replace(actor, role=signed)


def anybody(reading: Reading) -> bool:
    """Whether the team has, or ever had, anybody in it."""
    return reading.value("SELECT 1 FROM staff LIMIT 1") is not None


def _initials(work: Reading, name: str, own: int = 0) -> str:
    """Two or three letters that no colleague has yet, but for the one whose `own` they may be."""
    parts = [part for part in name.replace("-", " ").split() if part]
    plain = "".join(part[0] for part in parts).upper()[:3]
    if len(plain) < 2:
        plain = (name.replace(" ", "") + "XX")[:2].upper()
    taken = {initials for (initials,) in work.sql("SELECT initials FROM staff WHERE id != ?", [own])}
    candidates = [plain, *(plain[:1] + letter.upper() for part in parts for letter in part[1:])]
    candidates += [f"{plain[:2]}{number}" for number in range(2, 10_000)]
    return next(candidate for candidate in candidates if candidate not in taken)


@action("staff.join", final=True, right=Right.TEAM)
def join(work: Work, user: str, name: str, role: str, slot: str) -> int:
    """Take a colleague into the team; answers the id. One who left earlier comes back as the same person."""
    login = login_name(clean_line(user, _("User name"), USER_LIMIT))
    shown = clean_line(name, _("Name"), NAME_LIMIT) or login
    if not login:
        raise StaffError(_("A user name is needed."))
    if role not in {choice.id for choice in work.programme.choices["role"]}:
        raise StaffError(_("There is no role called {role}.").format(role=role))
    former = work.first(Staff.select().where(Staff.user == login))
    if former is None:
        return work.insert(Staff, user=login, name=shown, initials=_initials(work, shown), role=role, slot=slot)
    if former.active:
        raise StaffError(_("{user} is in the team already.").format(user=login))
    work.update(Staff, former.id, None, name=shown, role=role, slot=slot, active=True)
    return int(former.id)


@action("staff.leave", final=True, right=Right.TEAM)
def leave(work: Work, user: str) -> None:
    """Take a colleague out of the team; what they wrote stays theirs. The last active team leader cannot leave.

    What is agreed and waits for them is whoever's is responsible for the participant.
    """
    gone = by_user(work, user)
    leaders = [colleague for colleague in team(work) if colleague.role == LEADER]
    if [leader.id for leader in leaders] == [gone.id]:
        raise StaffError(_("{user} is the only team leader. Make another one first.").format(user=gone.user))
    for one, responsible in agreed.left_behind(work, gone.id):
        agreed.hand_on(work, [one], responsible)
    work.update(Staff, gone.id, None, active=False, slot="")


@action("staff.set_role", final=True, right=Right.TEAM)
def set_role(work: Work, user: str, role: str) -> None:
    """Note that a colleague has another role; the one that counts is in the roster. The last team leader stays one."""
    check_role(work, user, role)
    work.update(Staff, by_user(work, user).id, None, role=role)


def check_role(reading: Reading, user: str, role: str) -> Colleague:
    """The colleague who may be given this role; raises `StaffError` where there is a reason against it."""
    one = by_user(reading, user)
    if not one.active:
        raise StaffError(_("{user} has left the team.").format(user=one.user))
    if role not in {choice.id for choice in reading.programme.choices["role"]}:
        raise StaffError(_("There is no role called {role}.").format(role=role))
    leaders = [colleague.id for colleague in team(reading) if colleague.role == LEADER]
    if role != LEADER and leaders == [one.id]:
        raise StaffError(_("{user} is the only team leader. Make another one first.").format(user=one.user))
    return one


@action("staff.rename", final=True, right=Right.TEAM)
def rename(work: Work, user: str, name: str) -> None:
    """Give a colleague another name, and the initials that go with it; the user name stays."""
    one = by_user(work, user)
    shown = clean_line(name, _("Name"), NAME_LIMIT)
    if not shown:
        raise StaffError(_("Name: nothing is left of it that can be shown."))
    work.update(Staff, one.id, None, name=shown, initials=_initials(work, shown, one.id))


@action("staff.move_slot", final=True, right=Right.OWN)
def move_slot(work: Work, staff_id: int, slot: str) -> None:
    """Note that a colleague's key now lies in another slot; another one's only a team leader may move."""
    if staff_id != work.actor.staff_id:
        work.require(Right.TEAM)
    work.update(Staff, staff_id, None, slot=slot)
