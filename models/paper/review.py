"""A phase review on paper: what was known, what was said, what was decided, and what was added since.

One that is not sealed yet is a sheet to take to the meeting: what nobody has written stands there as lines to write on.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from config.dates import format_date, format_moment
from config.words import _, n_
from models.paper.document import Block, Column, Document, Fields, Heading, Signatures, Table, Text
from models.paper.person import Person, foot, person
from models.phases.owed_review import SEALED
from models.plans import tasks
from models.reviews import brief as review_brief
from models.reviews import reading as review_reading
from models.reviews.brief import Brief
from models.reviews.reading import ReviewFile
from models.storage.reading import Reading

LINES: Final = 2


def review(reading: Reading, number: int) -> Document:
    """The document of one review. Raises `ReviewError` when it is not here."""
    found = review_reading.file_of(reading, number)
    known = review_brief.brief(reading, number)
    who = person(reading, found.line.participant)
    sealed = found.line.state == SEALED
    blocks: list[Block] = [Fields(_head(reading, found, who))]
    if not sealed:
        blocks.append(Text(_("Not sealed: this is as far as the review has come."), strong=True))
    blocks += [
        Heading(_("What was known {date}").format(date=format_date(known.day))),
        Fields(_brief_lines(reading, known)),
    ]
    blocks += _said(found, sealed=sealed)
    blocks += _decided(reading, found, known, sealed=sealed)
    if found.notes:
        blocks += [Heading(_("Added since")), Fields(tuple(_note(reading, note) for note in found.notes))]
    if not sealed:
        blocks.append(Signatures((_("Place and date"), _("For EX/IN"))))
    title = _("Phase review: {transition}").format(transition=found.name)
    return Document(title, _("phase review"), tuple(blocks), foot(reading, who))


def _head(reading: Reading, found: ReviewFile, who: Person) -> tuple[tuple[str, str], ...]:
    line = found.line
    pairs = [(_("Name"), who.name), (_("Responsible"), who.worker or "–")]
    if line.moved:
        pairs.append((_("Moved without a review"), format_date(line.moved)))
    if line.sealed:
        pairs.append((_("Held"), f"{format_date(line.sealed)} {line.sealed_by}".strip()))
    return (*pairs, (_("Who took part"), found.present or ("–" if line.sealed else "")))


def _brief_lines(reading: Reading, known: Brief) -> tuple[tuple[str, str], ...]:
    """The brief in a few lines; what there is nothing of is left out."""
    pairs = [
        (_("Phase"), _phases(reading, known)),
        (_("Sentence"), _sentence(known)),
        (_("Contact"), _contact(known)),
        (_("Checklists"), _checklists(known)),
        (_("Consents"), " ".join(f"{one.agency}: {one.reason}" for one in known.consents)),
        (_("Applications"), _applications(known)),
        (_("Goals"), _goals(known)),
        (_("Signals"), " ".join(one.reason for one in known.signals)),
        (_("The last review"), _last(reading, known)),
    ]
    return tuple((label, text) for label, text in pairs if text)


def _phases(reading: Reading, known: Brief) -> str:
    return ", ".join(
        f"{one.number} {reading.programme.phase(one.number).name} ("
        + n_("{count} day", "{count} days", one.days).format(count=one.days)
        + ")"
        for one in known.phases
    )


def _sentence(known: Brief) -> str:
    one = known.sentence
    parts = [one.prison, one.security_level]
    if one.share is not None:
        parts.append(_("{percent} % served").format(percent=round(100 * one.share)))
    if one.two_thirds is not None:
        text = _("two thirds {date} (candidate)") if one.candidate else _("two thirds {date}")
        parts.append(text.format(date=format_date(one.two_thirds)))
    if one.full_term is not None:
        parts.append(_("full term {date}").format(date=format_date(one.full_term)))
    if one.release is not None:
        parts.append(_("release {date}").format(date=f"{format_date(one.release)} {one.release_kind}".strip()))
    return " · ".join(part for part in parts if part)


def _contact(known: Brief) -> str:
    one = known.contact
    told = _("{reached} reached and {attempted} attempted since {date}").format(
        reached=one.reached, attempted=one.attempted, date=format_date(one.since)
    )
    if one.expected_days:
        told += "; " + _("the phase expects at most {days} days between").format(days=one.expected_days)
    last = format_date(one.last) if one.last else _("never")
    return told + "; " + _("last {date}").format(date=last)


def _checklists(known: Brief) -> str:
    found = []
    for one in known.checklists:
        text = _("{name} {settled}/{items}").format(name=one.name, settled=one.settled, items=one.items)
        if one.unverified:
            text += ", " + _("{count} not verified").format(count=one.unverified)
        found.append(text)
    return " · ".join(found)


def _applications(known: Brief) -> str:
    found = []
    for one in known.applications:
        waits = n_("{count} day", "{count} days", one.days or 0).format(count=one.days)
        waits = waits if one.days is not None else _("not sent")
        found.append(f"{one.agency}, {one.about} ({waits})")
    return " · ".join(found)


def _goals(known: Brief) -> str:
    return " · ".join(f"“{one.words}” {one.done}/{one.steps}" for one in known.goals)


def _last(reading: Reading, known: Brief) -> str:
    last = known.last
    if last is None:
        return ""
    decision = reading.programme.choice("review_decision", last.decision).name
    done = sum(task.state == tasks.DONE for task in last.tasks)
    told = f"{format_date(last.day)} {last.transition}: {decision}"
    if last.tasks:
        told += "; " + _("{done} of {count} tasks done").format(done=done, count=len(last.tasks))
    return told


def _said(found: ReviewFile, *, sealed: bool) -> list[Block]:
    pairs: list[tuple[str, str]] = []
    for prompt in found.steps:
        text = found.answers[prompt.id].text.strip() if prompt.id in found.answers else ""
        if text or not sealed:
            pairs.append((str(prompt.name), text))
    return [Heading(_("What was said")), Fields(tuple(pairs))] if pairs else []


def _decided(reading: Reading, found: ReviewFile, known: Brief, *, sealed: bool) -> list[Block]:
    line = found.line
    pairs: list[tuple[str, str]] = []
    if sealed:
        pairs.append((_("Decision"), str(reading.programme.choice("review_decision", line.decision).name)))
        pairs += [
            (label, format_date(day))
            for label, day in ((_("From which day"), line.effective), (_("Next review"), line.next_review))
            if day
        ]
    else:
        pairs += [(_("Decision"), ""), (_("From which day"), ""), (_("Next review"), "")]
    if known.warnings:
        pairs.append((_("Warned of"), " ".join(one.text for one in known.warnings)))
    if found.reason or (known.warnings and not sealed):
        pairs.append((_("Reason"), found.reason))
    blocks: list[Block] = [Heading(_("What was decided")), Fields(tuple(pairs))]
    owners = dict(reading.sql("SELECT id, name FROM staff"))
    rows = [(task.text, owners.get(task.owner or 0, ""), _day(task.due), _state(task)) for task in found.tasks]
    if not sealed and not rows:
        rows = [("", "", "", "")] * LINES
    if rows:
        columns = (Column(_("Task"), 8), Column(_("Who"), 4), Column(_("Due"), 3), Column(_("State"), 2))
        blocks.append(Table(columns, tuple(rows)))
    return blocks


def _day(day: date | None) -> str:
    return format_date(day) if day else ""


def _state(task: tasks.ToDo) -> str:
    return _(tasks.STATES[task.state])


def _note(reading: Reading, note: review_reading.NoteLine) -> tuple[str, str]:
    return f"{format_moment(reading.clock.local(note.at))} {note.author}".strip(), note.text
