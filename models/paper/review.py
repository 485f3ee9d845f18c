"""A phase review on paper: what was known, what was said, what was decided, and what was added since.

One that is not sealed yet is a sheet to take to the meeting: what nobody has written stands there as lines to write on.
"""

from __future__ import annotations

from typing import Final

from config.dates import days_told, format_date, format_moment
from config.words import _, n_
from models.mappings import change as mapping_change
from models.paper.document import Block, Column, Document, Fields, Heading, Signatures, Table, Text
from models.paper.person import Person, dated, foot, joined, person
from models.phases.owed_review import SEALED
from models.phases.way_out import DECIDED, PAROLE
from models.plans.tasks import DONE, STATES
from models.reviews import brief as review_brief
from models.reviews import reading as review_reading
from models.reviews.brief import Brief
from models.reviews.reading import ReviewFile
from models.storage.reading import Reading

LINES: Final = 2
Pairs = tuple[tuple[str, str], ...]


def review(reading: Reading, number: int) -> Document:
    """The document of one review. Raises `ReviewError` when it is not here."""
    found = review_reading.file_of(reading, number)
    known = review_brief.brief(reading, number)
    who = person(reading, found.line.participant)
    sealed = found.line.state == SEALED
    blocks: list[Block] = [Fields(_head(found, who))]
    if not sealed:
        blocks.append(Text(_("Not sealed: this is as far as the review has come."), strong=True))
    blocks += [
        Heading(_("What was known {date}").format(date=format_date(known.day))),
        Fields(_brief_lines(reading, known)),
    ]
    if said := _said(found, sealed=sealed):
        blocks += [Heading(_("What was said")), Fields(said)]
    blocks += [Heading(_("What was decided")), Fields(_decided(reading, found, known, sealed=sealed))]
    if tasks := _tasks(reading, found, sealed=sealed):
        columns = Column(_("Task"), 8), Column(_("Who"), 4), Column(_("Due"), 3), Column(_("State"), 2)
        blocks.append(Table(columns, tasks))
    if found.notes:
        notes = (
            (f"{format_moment(reading.clock.local(note.at))} {note.author}".strip(), note.text) for note in found.notes
        )
        blocks += [Heading(_("Added since")), Fields(tuple(notes))]
    if not sealed:
        blocks.append(Signatures((_("Place and date"), _("For EX/IN"))))
    title = _("Phase review: {transition}").format(transition=found.name)
    return Document(title, _("phase review"), tuple(blocks), foot(reading, who), about=(who.id,))


def _head(found: ReviewFile, who: Person) -> Pairs:
    line = found.line
    pairs = [(_("Name"), who.name), (_("Responsible"), who.worker or "–")]
    if line.moved:
        pairs.append((_("Moved without a review"), format_date(line.moved)))
    if line.sealed:
        pairs.append((_("Held"), f"{format_date(line.sealed)} {line.sealed_by}".strip()))
    return (*pairs, (_("Who took part"), found.present or ("–" if line.sealed else "")))


def _brief_lines(reading: Reading, known: Brief) -> Pairs:
    """The brief in a few lines; what there is nothing of is left out."""
    phase = reading.programme.phase
    unsent = _("not sent")
    applications = (
        f"{one.agency}, {one.about} ({unsent if one.days is None else days_told(one.days)})"
        for one in known.applications
    )
    pairs = (
        (
            _("Phase"),
            ", ".join(f"{one.number} {phase(one.number).name} ({days_told(one.days)})" for one in known.phases),
        ),
        (_("Sentence"), _sentence(known)),
        (_("Contact"), _contact(known)),
        (_("Checklists"), _checklists(known)),
        (_("Consents"), " ".join(f"{one.agency}: {one.reason}" for one in known.consents)),
        (_("Applications"), joined(*applications)),
        (_("Mapping"), mapping_change.told(known.mapping, reading.programme) if known.mapping else ""),
        (_("Goals"), joined(*(f"“{one.words}” {one.done}/{one.steps}" for one in known.goals))),
        (_("Signals"), " ".join(one.reason for one in known.signals)),
        (_("The last review"), _last(reading, known)),
    )
    return tuple(pair for pair in pairs if pair[1])


def _sentence(known: Brief) -> str:
    one = known.sentence
    parts = [one.prison, one.security_level]
    if one.share is not None:
        parts.append(_("{percent} % served").format(percent=round(100 * one.share)))
    if one.two_thirds is not None:
        text = _("two thirds {date} (computed)") if one.candidate else _("two thirds {date}")
        parts.append(text.format(date=format_date(one.two_thirds)))
    if one.full_term is not None:
        parts.append(_("full term {date}").format(date=format_date(one.full_term)))
    if one.release is not None and one.basis == DECIDED:
        parts.append(_("release {date}").format(date=f"{format_date(one.release)} {one.release_kind}".strip()))
    elif one.release is not None and one.basis == PAROLE:
        parts.append(_("parole {date}").format(date=format_date(one.release)))
    return joined(*parts)


def _contact(known: Brief) -> str:
    one = known.contact
    told = _("{reached} reached and {attempted} attempted since {date}").format(
        reached=one.reached, attempted=one.attempted, date=format_date(one.since)
    )
    if one.expected_days:
        told += "; " + _("the phase expects at most {time} between").format(time=days_told(one.expected_days))
    last = format_date(one.last) if one.last else _("never")
    return told + "; " + _("last {date}").format(date=last)


def _checklists(known: Brief) -> str:
    found = []
    for one in known.checklists:
        text = _("{name} {settled}/{items}").format(name=one.name, settled=one.settled, items=one.items)
        if one.unverified:
            text += ", " + _("{count} not verified").format(count=one.unverified)
        found.append(text)
    return joined(*found)


def _last(reading: Reading, known: Brief) -> str:
    last = known.last
    if last is None:
        return ""
    decision = reading.programme.choice("review_decision", last.decision).name
    done = sum(task.state == DONE for task in last.tasks)
    told = f"{format_date(last.day)} {last.transition}: {decision}"
    if last.tasks:
        of_all = n_("{done} of {count} task done", "{done} of {count} tasks done", len(last.tasks))
        told += "; " + of_all.format(done=done, count=len(last.tasks))
    return told


def _said(found: ReviewFile, *, sealed: bool) -> Pairs:
    said = {prompt: answer.text.strip() for prompt, answer in found.answers.items()}
    return tuple(
        (str(prompt.name), said.get(prompt.id, "")) for prompt in found.steps if said.get(prompt.id) or not sealed
    )


def _decided(reading: Reading, found: ReviewFile, known: Brief, *, sealed: bool) -> Pairs:
    """Of a sealed review what was decided; of another one lines to write on."""
    line = found.line
    decision = str(reading.programme.choice("review_decision", line.decision).name) if sealed else ""
    pairs = [(_("Decision"), decision)]
    for label, day in ((_("From which day"), line.effective), (_("Next review"), line.next_review)):
        if day or not sealed:
            pairs.append((label, dated(day) if sealed else ""))
    if known.warnings:
        pairs.append((_("Warned of"), " ".join(one.text for one in known.warnings)))
    if found.reason or (known.warnings and not sealed):
        pairs.append((_("Reason"), found.reason))
    return tuple(pairs)


def _tasks(reading: Reading, found: ReviewFile, *, sealed: bool) -> tuple[tuple[str, ...], ...]:
    owners = dict(reading.sql("SELECT id, name FROM staff"))
    rows = tuple(
        (task.text, owners.get(task.owner or 0, ""), dated(task.due), _(STATES[task.state])) for task in found.tasks
    )
    return rows if rows or sealed else (("",) * 4,) * LINES
