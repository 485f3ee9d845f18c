"""The agreement of a support team on paper: aims, who sits in it with which consent, routines, tasks, and who signs.

Source: the Trondheim report, annex 5.
"""

from __future__ import annotations

from collections.abc import Sequence

from config.dates import format_date
from config.words import _
from models.paper.document import Block, Column, Document, Fields, Heading, Signatures, Table, Text
from models.paper.person import Person, dated, foot, joined
from models.storage.reading import Reading
from models.support_teams import reading as team_reading
from models.support_teams.reading import Member, TeamFile
from models.support_teams.teams import FIELDS, agency_name

BLANK_ROWS = 5


def agreement(reading: Reading, who: Person) -> Document:
    """The support team that lasts, or was last; blank where there is nobody, or no support team."""
    file = team_reading.overview(reading, who.id, None)[1] if who.id else None
    blocks: list[Block] = [
        Fields(_about(reading, who, file)),
        Heading(_("What it is for")),
        Fields(tuple((_(FIELDS[key]), getattr(file.team, key) if file else "") for key in
                     ("own_words", "stabilise", "judged"))),
        Heading(_("Members")),
        _table(_members(), [_member(reading, one) for one in file.members if one.lasts(reading.today)] if file else []),
        Heading(_("Routines")),
        _table(_routines(), [(one.what, one.how_often, one.who) for one in file.routines] if file else []),
        Heading(_("Tasks")),
        _table(_tasks(), _task_rows(reading, file) if file else []),
        Heading(_("What may be shared")),
        Fields(((_(FIELDS["consent_rule"]), file.team.consent_rule if file else ""),)),
        Text(_("Nothing is shared with anybody whom no consent covers. The participant may withdraw it at any time.")),
        Signatures((_("Place and date"), _("The participant"), _("Coordinator"))),
    ]  # fmt: skip
    return Document(_("Agreement of the support team"), _("support-team"), tuple(blocks), foot(reading, who))


def _about(reading: Reading, who: Person, file: TeamFile | None) -> tuple[tuple[str, str], ...]:
    team = file.team if file else None
    coordinator = joined(agency_name(reading.programme, team.agency), team.coordinator, by=", ") if team else ""
    return (
        (_("Name"), who.name),
        (_(FIELDS["kick_off"]), dated(team.kick_off) if team else ""),
        (_(FIELDS["ends"]), dated(team.ends) if team else ""),
        (_(FIELDS["agency"]), coordinator),
    )


def _member(reading: Reading, one: Member) -> tuple[str, ...]:
    if one.answer is None:
        consent = ""
    elif one.answer.covered and one.answer.until:
        consent = _("until {date}").format(date=format_date(one.answer.until))
    else:
        consent = _("none")
    sits = _("deputy") if one.deputy else _("representative")
    role = str(reading.programme.role(one.role).name) if one.role else ""
    return agency_name(reading.programme, one.agency), joined(one.called, role, by=", "), sits, consent


def _task_rows(reading: Reading, file: TeamFile) -> list[tuple[str, ...]]:
    programme = reading.programme
    return [
        (
            task.text,
            str(programme.agency(task.agency).name if task.agency else programme.choice("turn", task.turn).name),
            dated(task.due),
        )
        for task in file.tasks
    ]


def _table(columns: tuple[Column, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    return Table(columns, tuple(rows) or (("",) * len(columns),) * BLANK_ROWS)


def _members() -> tuple[Column, ...]:
    return Column(_("Agency"), 4), Column(_("Name"), 5), Column(_("Sits in it as"), 3), Column(_("Consent"), 3)


def _routines() -> tuple[Column, ...]:
    return Column(_("What"), 6), Column(_("How often"), 4), Column(_("Who"), 4)


def _tasks() -> tuple[Column, ...]:
    return Column(_("What"), 7), Column(_("Who"), 4), Column(_("Due"), 3)
