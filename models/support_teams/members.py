"""Who sits in a support team, what it does again and again, and what it keeps an eye on.

Source: the Trondheim report, annex 5. Each agency has one representative, and a deputy; that there are two of either
is told and not refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from config.words import N_, _
from models.storage.actions import action
from models.storage.work import Work
from models.support_teams import reading as team_reading
from models.support_teams.reading import Member, SupportTeamError, TeamFile
from models.support_teams.teams import agency_name
from models.tables import SupportTeamMember, SupportTeamRoutine, SupportTeamWatch
from models.values.fields import Fields
from models.values.text import clean_line

MEMBER: Final = {
    "agency": N_("Agency"),
    "role": N_("Role"),
    "name": N_("Name"),
    "contact": N_("Contact person"),
    "deputy": N_("Sits in it as"),
    "since": N_("Since"),
    "until": N_("Until"),
}
ROUTINE: Final = {"what": N_("What"), "how_often": N_("How often"), "who": N_("Who")}
NOTE_LIMIT: Final = 500
_MEMBER: Final = Fields(MEMBER, SupportTeamError, lines=("agency", "role", "name"))
_ROUTINE: Final = Fields(ROUTINE, SupportTeamError, lines=tuple(ROUTINE))


@action("support_teams.add_member", N_("the new member of the support team"))
def add_member(work: Work, number: int, values: Mapping[str, Any]) -> int:
    """Take somebody into a support team; `values` holds any of `MEMBER`. Answers their id there.

    Without a name the agency is in it and has nobody yet. Raises `SupportTeamError`.
    """
    owner = team_reading.owner_of(work, number)
    checked = _member(work, {"since": None, **values}, None)
    return work.insert(SupportTeamMember, support_team=number, participant=owner, **checked)


@action("support_teams.change_member", N_("the change to the member of the support team"))
def change_member(work: Work, member: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change what is noted of somebody in a support team; answers the new version. Raises as `add_member`."""
    before = team_reading.member(work, member)
    return work.update(SupportTeamMember, member, version, **_member(work, changes, before))


@action("support_teams.leave", N_("that the member left the support team"))
def leave(work: Work, member: int, version: int, *, agency_left: bool) -> None:
    """Note that somebody leaves a support team today, and whether their agency does with them; they stay readable."""
    before = team_reading.member(work, member)
    if before.until is not None and before.until <= work.today and before.agency_left == agency_left:
        raise SupportTeamError(_("They have left the support team already."))
    until = max(before.since, min(before.until or work.today, work.today))
    work.update(SupportTeamMember, member, version, until=until, agency_left=agency_left)


@action("support_teams.add_routine", N_("the new routine"))
def add_routine(work: Work, number: int, values: Mapping[str, Any]) -> int:
    """Note what a support team does again and again; `values` holds any of `ROUTINE`. Answers its id."""
    owner = team_reading.owner_of(work, number)
    checked = _routine({"what": "", **values})
    return work.insert(SupportTeamRoutine, support_team=number, participant=owner, **checked)


@action("support_teams.change_routine", N_("the change to the routine"))
def change_routine(work: Work, routine: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change a routine; answers the new version. Raises `SupportTeamError`, or `Conflict` as `Work.update`."""
    return work.update(SupportTeamRoutine, routine, version, **_routine(changes))


@action("support_teams.remove_routine", N_("the routine taken away"))
def remove_routine(work: Work, routine: int, version: int) -> None:
    """Take a routine away that is not followed any more."""
    work.remove(SupportTeamRoutine, routine, version)


@action("support_teams.watch", N_("what the support team keeps an eye on"))
def watch(work: Work, number: int, day: date, points: Mapping[str, tuple[str, str]]) -> None:
    """Note how the points of the evasion watch stood on a day: a state and a note by point, an empty state for none.

    What was noted of the same day is changed. Raises `SupportTeamError` for a point or a state that is not known, for a
    day outside the support team, and for a note without a state.
    """
    line, choices = team_reading.team(work, number), work.programme.choices
    if not line.kick_off <= day <= work.today:
        raise SupportTeamError(_("Day: between the kick-off and today."))
    there = next((look.points for look in team_reading.looks_of(work, number) if look.day == day), {})
    for point, (state, written) in points.items():
        name = str(work.programme.choice("evasion_point", point).name)
        note = clean_line(written, name, NOTE_LIMIT)
        if point not in {one.id for one in choices["evasion_point"]}:
            raise SupportTeamError(_("There is no such point: {name}.").format(name=point))
        if state not in {"", *(one.id for one in choices["evasion_state"])}:
            known = ", ".join(str(one.name) for one in choices["evasion_state"])
            raise SupportTeamError(_("{field}: one of {known}.").format(field=name, known=known))
        if note and not state:
            raise SupportTeamError(_("{field}: say how it stands, not only why.").format(field=name))
        _note(work, number, line.participant, there.get(point), (day, point, state, note))


def advice(file: TeamFile, member: Member | None, agency: str, *, deputy: bool) -> tuple[str, ...]:
    """That an agency would have two representatives, or two deputies, at once."""
    but = member.id if member else 0
    same = [
        one.called
        for one in file.members
        if (one.agency, one.deputy) == (agency, deputy) and one.until is None and one.name and one.id != but
    ]
    if not same:
        return ()
    told = _("{name} is the deputy already.") if deputy else _("{name} represents the agency already: one is enough.")
    return (told.format(name=same[0]),)


def _note(
    work: Work, number: int, participant: int, there: team_reading.Watched | None, said: tuple[date, str, str, str]
) -> None:
    day, point, state, note = said
    if there is None and state:
        work.insert(
            SupportTeamWatch, support_team=number, participant=participant, day=day, point=point, state=state,
            note=note,
        )  # fmt: skip
    elif there is not None and not state:
        work.remove(SupportTeamWatch, there.id, there.version)
    elif there is not None and (there.state, there.note) != (state, note):
        work.update(SupportTeamWatch, there.id, there.version, state=state, note=note)


def _member(work: Work, values: Mapping[str, Any], before: Member | None) -> dict[str, Any]:
    checked = _MEMBER.checked(values)
    agency = checked.get("agency", before.agency if before else "")
    if agency and agency not in {one.id for one in work.programme.agencies}:
        raise _MEMBER.wrong("agency", _("{field}: the programme knows no agency {name}."), name=agency)
    role = checked.get("role", before.role if before else "")
    if role and role not in {one.id for one in work.programme.agency(agency).roles}:
        raise _MEMBER.wrong(
            "role", _("{field}: {agency} has no such role."), agency=agency_name(work.programme, agency)
        )
    if "since" in checked:
        checked["since"] = checked["since"] or work.today
    since = checked.get("since", before.since if before else work.today)
    until = checked.get("until", before.until if before else None)
    if until is not None and until < since:
        raise _MEMBER.wrong("until", _("{field}: the end is before the start."))
    if "until" in checked and until is None:
        checked["agency_left"] = False
    return checked


def _routine(values: Mapping[str, Any]) -> dict[str, Any]:
    checked = _ROUTINE.checked(values)
    if "what" in checked and not checked["what"]:
        raise _ROUTINE.wrong("what", _("{field}: say what is done again and again."))
    return checked
