"""What the vault holds of a participant as plain data, section by section, and what is the team's alone.

The minutes of the whole team go out with the team, in which whoever a line is about is named by code.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from config.programme.method.evaluations import SMALLEST
from models import tables
from models.access import visits
from models.checklists import reading as checklist_reading
from models.consents.disclosures import ground_id
from models.export.writer import NOTHING, Plain, Writer, moment
from models.goals import reading as goal_reading
from models.mappings import reading as mapping_reading
from models.plans import applications
from models.storage.portions import marks

CONTACT_FIELDS: Final = ("name", "agency", "role", "office", "phone", "phone_other", "email", "notes")


def of_participant(writer: Writer, number: int) -> dict[str, list[Plain]]:
    """The sections of a participant's export that are lists of rows.

    A consent is referred to by its number, which counts a participant's from 1. `in_post` is whether a contact person
    is still in their post. `meetings` are those of the participant's own support team; `minutes` the lines about the
    participant in any meeting, a parked topic among them. `visits` tells who has looked at the file, newest first;
    `questions` who was asked why, `staff` being the one who was asked.
    """
    own, under = partial(writer.own, number), partial(writer.under, number)
    parts, consents = writer.of(number, tables.Involvement, "since"), writer.of(number, tables.Consent, "given")
    contacts = {
        row.id: row
        for row in writer.every(tables.Contact, "id", tables.Contact.id.in_({part.contact for part in parts}))
    }
    numbers = {row.id: place for place, row in enumerate(consents, 1)}
    return {
        "timeline": _timeline(writer, number),
        "goals": writer.each(
            tables.Goal, goal_reading.of(writer.reading, number), steps=under(tables.Step, "goal", "began")
        ),
        "mappings": own(tables.LifeMapping, "day", answers=under(tables.MappingAnswer, "mapping", "id")),
        "mapping_follows": [
            {"domain": one.domain, "kind": one.kind, "words": one.words}
            for one in mapping_reading.followed(writer.reading, number)
        ],
        "spending": own(tables.Spending, "day"),
        "appointments": own(tables.Appointment, "at"),
        "tasks": own(tables.Task, "id"),
        "applications": writer.each(tables.Application, applications.of(writer.reading, number)),
        "checklists": own(tables.Checklist, "id", items=_items(writer, number)),
        "consents": [
            {"number": numbers[row.id], **writer.plain(tables.Consent, row, {"renews": numbers.get(row.renews)})}
            for row in consents
        ],
        "disclosures": [
            writer.plain(
                tables.Disclosure,
                row,
                {"consent": numbers.get(row.consent), "ground": ground_id(writer.reading.programme, row.ground)},
            )
            for row in writer.of(number, tables.Disclosure, "day")
        ],
        "people": [
            writer.plain(tables.Involvement, part, inner={"contact": _contact(contacts[part.contact])})
            for part in parts
        ],
        "told_of": _told_of(writer, number, numbers),
        "individual_plan": _individual_plan(writer, number),
        "reviews": own(
            tables.Review,
            "opened",
            answers=under(tables.ReviewAnswer, "review", "id"),
            notes=under(tables.ReviewNote, "review", "at"),
        ),
        "intakes": own(
            tables.Intake,
            "opened",
            criteria=under(tables.CriterionJudgement, "intake", "id"),
            talks=under(tables.IntakeTalk, "intake", "held"),
        ),
        "phase_outs": own(tables.PhaseOut, "began", told=under(tables.PhaseOutTold, "phase_out", "id")),
        "support_teams": own(
            tables.SupportTeam,
            "kick_off",
            extensions=under(tables.SupportTeamExtension, "support_team", "day"),
            members=under(tables.SupportTeamMember, "support_team", "since"),
            routines=under(tables.SupportTeamRoutine, "support_team", "id"),
            watch=under(tables.SupportTeamWatch, "support_team", "day"),
        ),
        "snoozes": own(tables.Snooze, "snoozed"),
        "past_releases": own(tables.PastRelease, "release_date"),
        "meetings": [_meeting(writer, row) for row in writer.of(number, tables.Meeting, "opened_at")],
        "minutes": _minutes(writer, number),
        "hand_overs": own(tables.HandOver, "day"),
        "visits": [
            {"at": moment(one.at), "by": one.user or None, "kind": one.kind, "relation": one.relation}
            for one in visits.of(writer.reading, number)
        ],
        "questions": own(tables.VisitQuestion, "asked_at"),
        "restrictions": [
            writer.plain(tables.Restriction, row, {"may_see": writer.colleagues(row.may_see)})
            for row in writer.of(number, tables.Restriction, "since")
        ],
        "openings": own(tables.Opening, "at"),
        "evaluations": _evaluations(writer, tables.Evaluation.participant == number),
    }


def of_the_team(writer: Writer) -> dict[str, list[Plain]]:
    """The team's own: meetings with their minutes, topics that wait for one, absences, and snoozes about colleagues.

    And the professional network with its gatherings, the agreements between agencies, and the evaluations.
    """
    codes = dict(writer.reading.sql("SELECT id, code FROM participant"))
    tasks = dict(writer.reading.sql("SELECT id, text FROM task WHERE id IN (SELECT task FROM meeting_item)"))
    lines: dict[int | None, list[Plain]] = {}
    for item in writer.every(tables.MeetingItem, "at"):
        about = {"participant": codes.get(item.participant)}
        written = {**about, **writer.plain(tables.MeetingItem, item), "task": tasks.get(item.task)}
        lines.setdefault(item.meeting, []).append(written)
    return {
        "meetings": [
            {"participant": codes.get(row.participant), **_meeting(writer, row, {"minutes": lines.get(row.id, [])})}
            for row in writer.every(tables.Meeting, "opened_at")
        ],
        "parked": lines.get(None, []),
        "absences": writer.each(tables.Absence, writer.every(tables.Absence, "first")),
        "snoozes": writer.each(
            tables.Snooze, writer.every(tables.Snooze, "snoozed", tables.Snooze.staff.is_null(False))
        ),
        "network_members": writer.each(tables.NetworkMember, writer.every(tables.NetworkMember, "since")),
        "gatherings": _gatherings(writer),
        "cooperation": _cooperation(writer),
        "evaluations": _evaluations(writer, tables.Evaluation.participant.is_null()),
    }


def _gatherings(writer: Writer) -> list[Plain]:
    """The gatherings, each with its programme, who was invited and came, tasks with answers, and what was sent."""

    def under(model: type[tables.Record], link: str, order: str = "id", **nested: Any) -> dict[int, list[Plain]]:
        found: dict[int, list[Plain]] = {}
        rows = writer.every(model, order)
        for row, written in zip(rows, writer.each(model, rows, **nested), strict=True):
            found.setdefault(getattr(row, link), []).append(written)
        return found

    invited = dict(writer.reading.sql("SELECT id, name FROM invitation"))
    answers: dict[int, list[Plain]] = {}
    for row in writer.every(tables.TaskAnswer, "question"):
        written = {"member": invited.get(row.invitation), **writer.plain(tables.TaskAnswer, row)}
        answers.setdefault(row.task, []).append(written)
    attendance = under(tables.Attendance, "invitation", "day")
    return writer.each(
        tables.Gathering,
        writer.every(tables.Gathering, "first"),
        topics=under(tables.GatheringTopic, "gathering", "place"),
        invited=under(tables.Invitation, "gathering", attendance=attendance),
        tasks=under(tables.GatheringTask, "gathering", answers=answers),
        consultations=under(tables.Consultation, "gathering"),
    )


def _evaluations(writer: Writer, which: Any) -> list[Plain]:
    """Those for which `which` holds, each with its counts and open answers; neither of too few sheets."""
    rows = writer.every(tables.Evaluation, "day", which)
    under: dict[type[tables.Record], dict[int, list[Plain]]] = {}
    for model in (tables.EvaluationCount, tables.EvaluationAnswer):
        for row in writer.every(
            model, "id", model.evaluation.in_([one.id for one in rows if one.returned >= SMALLEST])
        ):
            under.setdefault(model, {}).setdefault(row.evaluation, []).append(writer.plain(model, row))
    counts, answers = (under.get(model, {}) for model in (tables.EvaluationCount, tables.EvaluationAnswer))
    return writer.each(tables.Evaluation, rows, counts=counts, answers=answers)


def _cooperation(writer: Writer) -> list[Plain]:
    """The agreements between agencies, each with what belongs to it."""
    parts = {
        "parties": tables.AgreementParty, "legal_bases": tables.LegalBasis, "members": tables.GroupMember,
        "signatories": tables.Signatory, "meetings": tables.SteeringMeeting, "proposals": tables.Proposal,
    }  # fmt: skip
    found: dict[str, dict[int, list[Plain]]] = {name: {} for name in parts}
    for name, table in parts.items():
        for row in writer.every(table, "id"):
            found[name].setdefault(row.agreement, []).append(writer.plain(table, row))
    return writer.each(tables.CooperationAgreement, writer.every(tables.CooperationAgreement, "id"), **found)


def _timeline(writer: Writer, number: int) -> list[Plain]:
    """The newest first; the audit is asked only about entries that were corrected, for there are many others."""
    found = writer.reading.sql(
        'SELECT DISTINCT c."row" FROM change c JOIN entry e ON e.id = c."row" '
        "WHERE c.\"table\" = 'entry' AND c.operation = 'update' AND e.participant_id = ?",
        [number],
    )
    corrected = {row for (row,) in found}
    return [
        writer.plain(tables.Entry, row, corrected=row.id in corrected)
        for row in reversed(writer.of(number, tables.Entry, "at"))
    ]


def _items(writer: Writer, number: int) -> dict[int, list[Plain]]:
    """The items of checklists, by list.

    What nobody wrote about may have lapsed since: an export says how an item of an open list stands on its day.
    """
    today = {
        item.id: item.state
        for row in writer.of(number, tables.Checklist, "id")
        if row.closed is None
        for item in checklist_reading.one(writer.reading, row.id).items
    }
    items: dict[int, list[Plain]] = {}
    for item in writer.of(number, tables.ChecklistItem, "place"):
        stands = {"state": today.get(item.id, item.state)}
        items.setdefault(item.checklist, []).append(writer.plain(tables.ChecklistItem, item, stands))
    return items


def _told_of(writer: Writer, number: int, consents: Mapping[int, int]) -> list[Plain]:
    """Who was told of whom, by name, a consent by its number."""
    rows = writer.of(number, tables.ToldOf, "day")
    names = _names(writer, {one for row in rows for one in (row.told, row.of)})
    return [
        writer.plain(
            tables.ToldOf, row,
            {
                "told": names[row.told], "of": names[row.of], "consent": consents.get(row.consent),
                "ground": ground_id(writer.reading.programme, row.ground),
            },
        )
        for row in rows
    ]  # fmt: skip


def _individual_plan(writer: Writer, number: int) -> list[Plain]:
    """The individual plan, where there is one, with who coordinates it by name."""
    rows = writer.of(number, tables.IndividualPlan, "since")
    names = _names(writer, {row.coordinator for row in rows})
    return [writer.plain(tables.IndividualPlan, row, {"coordinator": names.get(row.coordinator)}) for row in rows]


def _names(writer: Writer, contacts: set[int | None]) -> dict[int, str]:
    """The names of contact persons."""
    wanted = [one for one in contacts if one is not None]
    return dict(writer.reading.sql(f"SELECT id, name FROM contact WHERE id IN ({marks(wanted)})", wanted))


def _contact(row: Any) -> Plain:
    return {**{name: getattr(row, name) for name in CONTACT_FIELDS}, "in_post": row.active}


def _meeting(writer: Writer, row: Any, inner: Mapping[str, Any] = NOTHING) -> Plain:
    """A meeting, with those of the team who were there by user name."""
    return writer.plain(tables.Meeting, row, {"present": writer.colleagues(row.present)}, inner)


def _minutes(writer: Writer, number: int) -> list[Plain]:
    """Lines of minutes, each with the kind and day of its meeting; both are None while a topic waits for one."""
    items = writer.of(number, tables.MeetingItem, "at")
    held = {item.meeting for item in items if item.meeting is not None}
    meetings = {
        row.id: (row.kind, row.day.isoformat())
        for row in writer.every(tables.Meeting, "id", tables.Meeting.id.in_(held))
    }
    wanted = [item.task for item in items if item.task is not None]
    tasks = dict(writer.reading.sql(f"SELECT id, text FROM task WHERE id IN ({marks(wanted)})", wanted))
    written = []
    for item in items:
        kind, day = meetings.get(item.meeting, (None, None))
        line = {"meeting": kind, "day": day, **writer.plain(tables.MeetingItem, item), "task": tasks.get(item.task)}
        written.append(line)
    return written
