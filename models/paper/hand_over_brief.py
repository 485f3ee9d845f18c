"""The brief for a colleague who takes over, to be read on the screen or on paper; internal to the team.

The note on moving district, for an office elsewhere, is another paper: `models.paper.sheets`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from config.dates import days_told, format_date, relative_days, weekday
from config.words import _, in_quotes
from models.hand_overs.brief import Brief
from models.paper.document import Block, Column, Document, Fields, Heading, Table, Text
from models.paper.person import dated, joined, made
from models.phases import way_out
from models.plans.appointments import hours
from models.storage.reading import Reading
from models.values import phone


def document(reading: Reading, brief: Brief) -> Document:
    """What must be known first stands first: the note, risk, what presses, then what is agreed and who is around."""
    blocks: list[Block] = [*_first(reading, brief), *_agreed(reading, brief), *_around(reading, brief)]
    title = _("Brief on taking over: {who}").format(who=brief.file.name)
    return Document(title, _("brief"), tuple(blocks), made(reading, brief.file.code), about=(brief.file.id,))


def _first(reading: Reading, brief: Brief) -> list[Block]:
    file, today = brief.file, reading.today
    values = file.values
    blocks: list[Block] = []
    if brief.handed is not None:
        handed = brief.handed
        told = _("Handed over {date} from {former} to {name}.").format(
            date=format_date(handed.day), former=handed.from_name or "–", name=handed.to_name
        )
        blocks.append(Text(told))
        if handed.note:
            blocks.append(Text(handed.note, strong=True))
    phases = "; ".join(
        _("{number} {name} since {date} ({time})").format(
            number=span.phase,
            name=reading.programme.phase(span.phase).name,
            date=format_date(span.began),
            time=days_told(span.days(today)),
        )
        for span in file.phases
        if span.ended is None
    )
    contact = reading.clock.local(file.last_contact).date() if file.last_contact else None
    out = file.way_out
    pairs = [
        (_("Phase"), phases or _("phased out")),
        (_("Responsible"), joined(file.worker_name, file.coworker_name, by=" / ") or _("nobody")),
        (_("Release"), f"{way_out.told(out)} ({relative_days(out.day, today)})" if out.day else _("not known")),
        (_("Prison"), joined(values["prison"], values["unit"]) or "–"),
        (_("Phone"), phone.shown(values["phone"]) or "–"),
        (_("Last contact"), relative_days(contact, today) if contact else _("never")),
    ]
    blocks.append(Fields(tuple(pairs)))
    if values["risk_areas"].strip():
        blocks += [Heading(_("Risk areas")), Text(values["risk_areas"].strip(), strong=True)]
    blocks += _list(_("Urgent"), (sign.reason for sign in brief.signs), _("Nothing urgent."))
    blocks += _list(_("Topics for later"), (f"{one.topic} ({format_date(one.day)})" for one in brief.topics))
    return blocks


def _list(heading: str, lines: Iterable[str], otherwise: str = "") -> list[Block]:
    """Lines under a heading; without any, what is said `otherwise`, or nothing at all."""
    text = "\n".join(f"– {line}" for line in lines) or otherwise
    return [Heading(heading), Text(text)] if text else []


def _table(
    heading: str, columns: Sequence[tuple[str, int]], rows: Iterable[tuple[str, ...]], otherwise: str
) -> list[Block]:
    """Rows under a heading and the titles and shares of columns; without any, what is said `otherwise`."""
    table = Table(tuple(Column(*column) for column in columns), tuple(rows))
    return [Heading(heading), table if table.rows else Text(otherwise)]


def _agreed(reading: Reading, brief: Brief) -> list[Block]:
    today = reading.today
    appointments = (
        (
            f"{weekday(one.day)} {format_date(one.day)} {hours(reading.clock, one.at, one.minutes)}",
            one.called + ("" if one.day >= today else " " + _("(nobody has said what came of it)")),
            joined(one.with_whom if one.title else "", one.place),
        )
        for one in brief.appointments
    )
    turns = {choice.id: str(choice.name) for choice in reading.programme.choices["turn"]}
    tasks = (
        (
            f"{format_date(one.due)} ({relative_days(one.due, today)})" if one.due else _("no date"),
            one.text,
            turns.get(one.turn, one.turn),
        )
        for one in sorted(brief.tasks, key=lambda one: one.due or date.max)
    )
    blocks = [
        *_table(
            _("Agreed"),
            ((_("When"), 6), (_("What"), 8), (_("With whom, where"), 6)),
            appointments,
            _("Nothing is planned just now."),
        ),
        *_table(_("Tasks"), ((_("Due"), 5), (_("What"), 10), (_("Whose turn"), 5)), tasks, _("No open tasks.")),
    ]
    if brief.applications:
        waits = (
            (
                str(reading.programme.agency(one.agency).name),
                one.about,
                _("not sent") if one.sent is None else days_told((today - one.sent).days),
            )
            for one in brief.applications
        )
        blocks += _table(_("Applications"), ((_("Agency"), 5), (_("About"), 8), (_("Waiting"), 5)), waits, "")
    steps = _("{done} of {all} steps done")
    goals = (f"{in_quotes(goal.words)} ({steps.format(done=goal.done, all=len(goal.steps))})" for goal in brief.goals)
    return blocks + _list(_("The participant's own goals"), goals)


def _around(reading: Reading, brief: Brief) -> list[Block]:
    programme = reading.programme
    consents = []
    for one in brief.consents:
        day = dated(one.answer.until)
        state = _("in force until {date}").format(date=day) if one.answer.covered else one.answer.reason
        consents.append(f"{programme.agency(one.agency).name}: {state}")
    people = (
        (
            f"{programme.agency(one.agency).name}, {programme.role(one.role).name}",
            one.name,
            joined(phone.shown(one.phone), one.email, by=" / "),
        )
        for one in brief.network.people
    )
    columns = (_("Agency"), 6), (_("Name"), 5), (_("Phone and e-mail"), 6)
    blocks = _list(_("Consents that must be there"), consents)
    blocks += _table(_("People around"), columns, people, _("Nobody is linked yet."))
    if brief.network.holes:
        names = ", ".join(str(programme.agency(agency).name) for agency in brief.network.holes)
        blocks.append(Text(_("Nobody is known at: {names}.").format(names=names)))
    entries = (
        joined(
            f"{format_date(one.day)} {programme.kind(one.kind).name}",
            "(" + _("attempted") + ")" if one.outcome == "attempted" else "",
            f"({one.author})" if one.author else "",
            one.text,
            by=" ",
        )
        for one in brief.entries
    )
    return blocks + _list(_("The latest"), entries, _("Nothing is recorded yet."))
