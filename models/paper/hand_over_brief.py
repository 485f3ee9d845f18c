"""The brief for a colleague who takes over, to be read on the screen or on paper; internal to the team.

The note on moving district, for an office elsewhere, is another paper: `models.paper.sheets`.
"""

from __future__ import annotations

from datetime import date

from config.dates import format_date, format_moment, relative_days, weekday
from config.words import _, n_
from models.hand_overs.brief import Brief
from models.paper.document import Block, Column, Document, Fields, Heading, Table, Text
from models.storage.reading import Reading
from models.values import phone


def document(reading: Reading, brief: Brief) -> Document:
    """What must be known first stands first: the note, risk, what presses, then what is agreed and who is around."""
    blocks: list[Block] = [*_first(reading, brief), *_agreed(reading, brief), *_around(reading, brief)]
    foot = _("EX/IN · made {date}").format(date=format_date(reading.today)) + f" · {brief.file.code}"
    title = _("Brief on taking over: {who}").format(who=brief.file.name)
    return Document(title, _("brief"), tuple(blocks), foot)


def _first(reading: Reading, brief: Brief) -> list[Block]:
    file, today = brief.file, reading.today
    values = file.values
    blocks: list[Block] = []
    if brief.handed is not None:
        handed = brief.handed
        blocks.append(
            Text(
                _("Handed over {date} from {former} to {name}.").format(
                    date=format_date(handed.day), former=handed.from_name or "–", name=handed.to_name
                )
            )
        )
        if handed.note:
            blocks.append(Text(handed.note, strong=True))
    lasting = [span for span in file.phases if span.ended is None]
    phases = "; ".join(
        _("{number} {name} since {date} ({days} days)").format(
            number=span.phase,
            name=reading.programme.phase(span.phase).name,
            date=format_date(span.began),
            days=span.days(today),
        )
        for span in lasting
    )
    contact = reading.clock.local(file.last_contact).date() if file.last_contact else None
    release = values["release_date"]
    pairs = [
        (_("Phase"), phases or _("phased out")),
        (_("Responsible"), " / ".join(one for one in (file.worker_name, file.coworker_name) if one) or _("nobody")),
        (_("Release"), f"{format_date(release)} ({relative_days(release, today)})" if release else _("not known")),
        (_("Prison"), " · ".join(str(part) for part in (values["prison"], values["unit"]) if part) or "–"),
        (_("Phone"), phone.shown(values["phone"]) or "–"),
        (_("Last contact"), relative_days(contact, today) if contact else _("never")),
    ]
    blocks.append(Fields(tuple(pairs)))
    if values["risk_areas"].strip():
        blocks += [Heading(_("Risk areas")), Text(values["risk_areas"].strip(), strong=True)]
    blocks.append(Heading(_("What presses")))
    blocks.append(Text("\n".join(f"– {sign.reason}" for sign in brief.signs) or _("Nothing presses.")))
    if brief.topics:
        blocks.append(Heading(_("Topics for later")))
        blocks.append(Text("\n".join(f"– {one.topic} ({format_date(one.day)})" for one in brief.topics)))
    return blocks


def _agreed(reading: Reading, brief: Brief) -> list[Block]:
    today = reading.today
    blocks: list[Block] = [Heading(_("Agreed"))]
    appointments = tuple(
        (
            f"{weekday(one.day)} {format_moment(reading.clock.local(one.at))}",
            one.called + ("" if one.day >= today else " " + _("(nobody has said what came of it)")),
            " · ".join(part for part in (one.with_whom if one.title else "", one.place) if part),
        )
        for one in brief.appointments
    )
    columns = (Column(_("When"), 6), Column(_("What"), 8), Column(_("With whom, where"), 6))
    blocks.append(Table(columns, appointments) if appointments else Text(_("Nothing is planned just now.")))
    blocks.append(Heading(_("Tasks")))
    turns = {choice.id: str(choice.name) for choice in reading.programme.choices["turn"]}
    tasks = tuple(
        (_due(one.due, today), one.text, turns.get(one.turn, one.turn)) for one in sorted(brief.tasks, key=_by_due)
    )
    columns = (Column(_("Due"), 5), Column(_("What"), 10), Column(_("Whose turn"), 5))
    blocks.append(Table(columns, tasks) if tasks else Text(_("No open tasks.")))
    if brief.applications:
        blocks.append(Heading(_("Applications")))
        waits = [
            (
                str(reading.programme.agency(one.agency).name),
                one.about,
                _("not sent") if one.sent is None else _days((today - one.sent).days),
            )
            for one in brief.applications
        ]
        blocks.append(Table((Column(_("Agency"), 5), Column(_("About"), 8), Column(_("Waiting"), 5)), tuple(waits)))
    if brief.goals:
        blocks.append(Heading(_("The participant's own goals")))
        lines = []
        for goal in brief.goals:
            done = _("{done} of {all} steps done").format(done=goal.done, all=len(goal.steps))
            lines.append(f"– “{goal.words}” ({done})")
        blocks.append(Text("\n".join(lines)))
    return blocks


def _around(reading: Reading, brief: Brief) -> list[Block]:
    programme = reading.programme
    blocks: list[Block] = []
    if brief.consents:
        blocks.append(Heading(_("Consents that must be there")))
        told = []
        for one in brief.consents:
            until = one.answer.until
            day = format_date(until) if until else ""
            state = _("in force until {date}").format(date=day) if one.answer.covered else one.answer.reason
            told.append(f"– {programme.agency(one.agency).name}: {state}")
        blocks.append(Text("\n".join(told)))
    blocks.append(Heading(_("People around")))
    people = tuple(
        (
            f"{programme.agency(one.agency).name}, {programme.role(one.role).name}",
            one.name,
            " / ".join(part for part in (phone.shown(one.phone), one.email) if part),
        )
        for one in brief.network.people
    )
    columns = (Column(_("Agency"), 6), Column(_("Name"), 5), Column(_("Phone and e-mail"), 6))
    blocks.append(Table(columns, people) if people else Text(_("Nobody is linked yet.")))
    if brief.network.holes:
        names = ", ".join(str(programme.agency(agency).name) for agency in brief.network.holes)
        blocks.append(Text(_("Nobody is known at: {names}.").format(names=names)))
    blocks.append(Heading(_("The latest")))
    entries = [
        " ".join(
            part
            for part in (
                f"{format_date(one.day)} {programme.kind(one.kind).name}",
                "(" + _("attempted") + ")" if one.outcome == "attempted" else "",
                f"({one.author})" if one.author else "",
                one.text,
            )
            if part
        )
        for one in brief.entries
    ]
    blocks.append(Text("\n".join(f"– {line}" for line in entries) or _("Nothing is recorded yet.")))
    return blocks


def _by_due(one: object) -> date:
    due = getattr(one, "due", None)
    return due if isinstance(due, date) else date.max


def _due(due: date | None, today: date) -> str:
    return f"{format_date(due)} ({relative_days(due, today)})" if due else _("no date")


def _days(count: int) -> str:
    return n_("{count} day", "{count} days", count).format(count=count)
