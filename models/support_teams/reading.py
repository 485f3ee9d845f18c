"""A support team as it is read: its people with the consent each has, routines, tasks, meetings, watch and end.

Source: the Trondheim report, annex 5. Meetings belong to a support team by the participant and the days it lasts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from config.errors import ExinError
from config.programme.shapes import Programme
from config.words import _
from models.consents import answer as consent_answer
from models.consents.answer import Answer
from models.meetings.reading import SUPPORT
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.plans import tasks
from models.plans.tasks import ToDo
from models.storage.reading import Reading, struct
from models.storage.required import require_row
from models.tables import (
    Record,
    SupportTeam,
    SupportTeamExtension,
    SupportTeamMember,
    SupportTeamRoutine,
    SupportTeamWatch,
)
from models.values.days import months_later

PLANNED, RUNNING, ENDED = "planned", "running", "ended"
YES: Final = "yes"


class SupportTeamError(ExinError):
    """A support team, or something of it, cannot be noted or changed as asked."""


class TeamLine(Struct, frozen=True):
    """One support team; `agency` is the one that coordinates, empty for the team's own."""

    id: int
    version: int
    participant: int
    agency: str
    coordinator: str
    contact: int | None
    kick_off: date
    ends: date
    in_on_it: str
    own_words: str
    stabilise: str
    consent_rule: str
    judged: str
    ended: date | None
    conclusion: str
    recommendation: str

    def state(self, today: date) -> str:
        """Whether it is planned, running or ended on a day."""
        if self.ended is not None:
            return ENDED
        return PLANNED if self.kick_off > today else RUNNING


class Member(Struct, frozen=True):
    """Who represents an agency, or is the deputy; `answer` is the consent's, None for the team's own, who need none.

    `called` is what the register calls them now; consents are judged by the name that was noted here, and by the
    number of the contact person.
    """

    id: int
    version: int
    support_team: int
    agency: str
    role: str
    name: str
    called: str
    contact: int | None
    deputy: bool
    since: date
    until: date | None
    agency_left: bool
    answer: Answer | None = None

    def lasts(self, on: date) -> bool:
        """Whether they are in the support team on a day."""
        return self.since <= on and (self.until is None or self.until > on)

    @property
    def uncovered(self) -> bool:
        """Whether no consent covers sharing with them."""
        return self.answer is not None and not self.answer.covered


class Routine(Struct, frozen=True):
    """What is done again and again."""

    id: int
    version: int
    support_team: int
    what: str
    how_often: str
    who: str


class Watched(Struct, frozen=True):
    """How one point of the evasion watch stood."""

    id: int
    version: int
    day: date
    point: str
    state: str
    note: str


class Look(Struct, frozen=True):
    """The evasion watch of one day, by point."""

    day: date
    points: dict[str, Watched]


class Extension(Struct, frozen=True):
    """An extension: noted on `day`, from the end it `was` until another one."""

    id: int
    version: int
    day: date
    was: date
    until: date
    reason: str


class Met(Struct, frozen=True):
    """A meeting of the support team, closed or not, and how many lines its minutes have."""

    id: int
    day: date
    closed: bool
    items: int


class TeamFile(Struct, frozen=True):
    """A support team with all that is kept of it; `outside` are the agencies that help and are not in it."""

    person: ParticipantFile
    team: TeamLine
    members: tuple[Member, ...]
    routines: tuple[Routine, ...]
    tasks: tuple[ToDo, ...]
    meetings: tuple[Met, ...]
    looks: tuple[Look, ...]
    extensions: tuple[Extension, ...]
    outside: tuple[str, ...]
    earlier: tuple[TeamLine, ...]

    def agencies(self) -> tuple[str, ...]:
        """The agencies in it: the coordinating one, and those whose people came and did not leave for good."""
        last = {one.agency: one for one in sorted(self.members, key=lambda one: (one.since, one.id))}
        return tuple(dict.fromkeys([self.team.agency, *(one.agency for one in last.values() if not one.agency_left)]))

    def unrepresented(self, on: date) -> tuple[str, ...]:
        """The agencies in it for which nobody sits in it on a day; a deputy alone represents nobody."""
        there = {one.agency for one in self.members if one.lasts(on) and not one.deputy and one.name}
        return tuple(agency for agency in self.agencies() if agency not in there)

    def uncovered(self, on: date) -> tuple[Member, ...]:
        """Those in it on a day with whom no consent covers sharing."""
        return tuple(one for one in self.members if one.lasts(on) and one.uncovered)


def teams_of(reading: Reading, participant: int) -> tuple[TeamLine, ...]:
    """A participant's support teams: the one that lasts first, then the latest."""
    query = SupportTeam.select().where(SupportTeam.participant == participant)
    found = [struct(TeamLine, row._asdict()) for row in reading.rows(query)]
    return tuple(sorted(found, key=lambda one: (one.ended is None, one.kick_off, one.id), reverse=True))


def team(reading: Reading, number: int) -> TeamLine:
    """One support team. Raises `SupportTeamError` when there is none."""
    return struct(TeamLine, row_of(reading, SupportTeam, number)._asdict())


def owner_of(reading: Reading, number: int) -> int:
    """The participant whose support team it is. Raises as `team`."""
    return team(reading, number).participant


def member(reading: Reading, number: int) -> Member:
    """One of its people, without the answer of the consents. Raises `SupportTeamError` when there is none."""
    row = row_of(reading, SupportTeamMember, number)._asdict()
    return struct(Member, row, called=row["name"])


def routine(reading: Reading, number: int) -> Routine:
    """One routine. Raises `SupportTeamError` when there is none."""
    return struct(Routine, row_of(reading, SupportTeamRoutine, number)._asdict())


def row_of(reading: Reading, model: type[Record], number: int) -> Any:
    """A row of a support team. Raises `SupportTeamError` when there is none."""
    return require_row(reading, model, number, SupportTeamError(_("This is not in the support team any more.")))


def usual_end(programme: Programme, kick_off: date) -> date:
    """When a support team ends unless said otherwise."""
    return months_later(kick_off, programme.limits.support_team_months)


def source_of(number: int) -> str:
    """What a task that was set for a support team keeps of it."""
    return f"support_team:{number}"


def overview(reading: Reading, participant: int, number: int | None) -> tuple[ParticipantFile, TeamFile | None]:
    """The participant and their support team: that of a number, else the one that lasts or was last, None for none."""
    person, found = participants.file_of(reading, participant), teams_of(reading, participant)
    shown = next((one for one in found if number in (None, one.id)), None)
    if shown is None:
        return person, None
    of = shown.id
    last = (shown.ended or date.max).isoformat()
    meetings = reading.structs(
        Met,
        "SELECT m.id, m.day, m.closed_at IS NOT NULL AS closed, (SELECT count(*) FROM meeting_item i "
        "WHERE i.meeting_id = m.id) AS items FROM meeting m WHERE m.participant_id = ? AND m.kind = ? "
        "AND m.day BETWEEN ? AND ? ORDER BY m.day DESC, m.id DESC",
        [participant, SUPPORT, shown.kick_off.isoformat(), last],
    )
    people = _members(reading, shown)
    routines = SupportTeamRoutine.select().where(SupportTeamRoutine.support_team == of).order_by(SupportTeamRoutine.id)
    extensions = (
        SupportTeamExtension.select().where(SupportTeamExtension.support_team == of).order_by(SupportTeamExtension.id)
    )
    file = TeamFile(
        person=person,
        team=shown,
        members=people,
        routines=tuple(struct(Routine, row._asdict()) for row in reading.rows(routines)),
        tasks=tuple(task for task in tasks.of(reading, participant) if task.source == source_of(of)),
        meetings=tuple(meetings),
        looks=looks_of(reading, of),
        extensions=tuple(struct(Extension, row._asdict()) for row in reading.rows(extensions)),
        outside=(),
        earlier=tuple(one for one in found if one.id != of),
    )
    return person, _with_outside(reading, file)


def file_of(reading: Reading, number: int) -> TeamFile:
    """One support team with all that is kept of it. Raises `SupportTeamError` when there is none."""
    file = overview(reading, owner_of(reading, number), number)[1]
    assert file is not None
    return file


def looks_of(reading: Reading, number: int) -> tuple[Look, ...]:
    """The evasion watch of a support team, the latest day first."""
    query = SupportTeamWatch.select().where(SupportTeamWatch.support_team == number)
    rows = reading.rows(query.order_by(SupportTeamWatch.day.desc(), SupportTeamWatch.id))
    found = [struct(Watched, row._asdict()) for row in rows]
    return tuple(
        Look(day, {one.point: one for one in points}) for day, points in groupby(found, key=lambda one: one.day)
    )


def _members(reading: Reading, of: TeamLine) -> tuple[Member, ...]:
    rows = reading.named(
        "SELECT m.id, m.version, m.support_team_id AS support_team, m.agency, m.role, "
        "m.name, coalesce(c.name, m.name) AS called, m.contact_id AS contact, m.deputy, m.since, m.until, "
        "m.agency_left "
        "FROM support_team_member m LEFT JOIN contact c ON c.id = m.contact_id WHERE m.support_team_id = ? "
        "ORDER BY m.until IS NOT NULL, m.deputy, m.since, m.id",
        [of.id],
    )
    held = consent_answer.held(reading, of.participant) if rows else ()
    warning = reading.programme.limits.consent_warning_days
    answers: Sequence[Answer | None] = [
        consent_answer.judge(
            held, row["agency"], row["role"], row["name"], on=reading.today, warning_days=warning,
            contact=row["contact"],
        )
        if row["agency"] and row["name"]
        else None
        for row in rows
    ]  # fmt: skip
    found = [struct(Member, row, answer=answer) for row, answer in zip(rows, answers, strict=True)]
    places = {agency.id: place for place, agency in enumerate(reading.programme.agencies, 1)}
    return tuple(sorted(found, key=lambda one: (not one.lasts(reading.today), places.get(one.agency, 0), one.deputy)))


def _with_outside(reading: Reading, file: TeamFile) -> TeamFile:
    today = reading.today.isoformat()
    helping = reading.sql(
        "SELECT DISTINCT agency FROM involvement WHERE participant_id = ? AND since <= ? "
        "AND (until IS NULL OR until > ?) ORDER BY agency",
        [file.team.participant, today, today],
    )
    inside = file.agencies()
    return replace(file, outside=tuple(agency for (agency,) in helping if agency not in inside))
