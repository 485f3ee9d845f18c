"""The summary of a phase-out on paper: why, what was done with the participant, who was told, and how it went."""

from __future__ import annotations

from datetime import date

from config.dates import format_date
from config.words import _
from models.paper.document import Block, Column, Document, Fields, Heading, Signatures, Table, Text
from models.paper.person import Person, foot
from models.phase_outs import file as phase_out_file
from models.phase_outs.file import OPEN, PhaseOutLine
from models.storage.reading import Reading


def summary(reading: Reading, who: Person | None) -> Document:
    """Every way out of a participant, the latest first; blank where there is nobody, or where nobody left."""
    lines: tuple[PhaseOutLine, ...] = ()
    if who is not None:
        file = phase_out_file.file_of(reading, who.id)
        lines = (*((file.current,) if file.current else ()), *file.former)
    head = Fields(((_("Name"), who.name if who else ""), (_("Responsible"), who.worker if who else "")))
    blocks: list[Block] = [head]
    for line in lines:
        blocks += _way_out(reading, line)
    if not lines:
        blocks += _blank()
    blocks += [
        Text(_("Whoever left may always come back, and finds everything as it was.")),
        Signatures((_("Place and date"), _("For EX/IN"))),
    ]
    return Document(_("Summary of the phase-out"), _("phase-out"), tuple(blocks), foot(reading, who))


def _way_out(reading: Reading, line: PhaseOutLine) -> list[Block]:
    ending = phase_out_file.ending(reading.programme, line.reason)
    if line.state == OPEN:
        ended = _("not closed yet")
    else:
        ended = format_date(line.closed) if line.closed else "–"
    pairs = [(_("Began"), format_date(line.began)), (_("Closed"), ended)]
    pairs += [
        (label, value)
        for label, value in (
            (_("Why"), line.words),
            (_("With the participant"), str(ending.participant)),
            (_("Closing talk"), _day(line.closing_talk)),
            (_("Last message"), ", ".join(part for part in (_day(line.last_message), line.message_how) if part)),
            (_("Consents ended"), _day(line.consents)),
            (_("Hand-over note given"), _day(line.hand_over)),
            (_("Closed all the same, because"), line.closed_reason),
            (_("Summary"), line.summary),
            (_("Back since"), _day(line.returned)),
            (_("What changed"), line.return_note),
        )
        if value
    ]
    blocks: list[Block] = [Heading(str(ending.name)), Fields(tuple(pairs))]
    if line.told:
        whom = (phase_out_file.whom_words(reading.programme, one.agency, one.role) for one in line.told)
        rows = tuple(
            (name, one.person, _day(one.told) or _("not told"), one.how)
            for name, one in zip(whom, line.told, strict=True)
        )
        columns = (Column(_("Who is told"), 5), Column(_("Name"), 4), Column(_("When"), 3), Column(_("How"), 5))
        blocks += [Text(str(ending.tell)), Table(columns, rows)]
    return blocks


def _blank() -> list[Block]:
    empty = Fields(tuple((label, "") for label in (_("Reason to end"), _("Began"), _("Closing talk"), _("Summary"))))
    columns = (Column(_("Who is told"), 5), Column(_("Name"), 4), Column(_("When"), 3), Column(_("How"), 5))
    return [empty, Table(columns, (("", "", "", ""),) * 5)]


def _day(value: date | None) -> str:
    return format_date(value) if value else ""
