"""The summary of a phase-out on paper: why, what was done with the participant, who was told, and how it went."""

from __future__ import annotations

from config.dates import format_date
from config.words import _
from models.paper.document import Block, Column, Document, Fields, Heading, Signatures, Table, Text
from models.paper.person import Person, dated, foot, joined
from models.phase_outs import file as phase_out_file
from models.phase_outs.file import OPEN, PhaseOutLine
from models.storage.reading import Reading


def summary(reading: Reading, who: Person) -> Document:
    """Every way out of a participant, the latest first; blank where there is nobody, or where nobody left."""
    lines: list[PhaseOutLine] = []
    if who.id:
        file = phase_out_file.file_of(reading, who.id)
        lines = [line for line in (file.current, *file.former) if line]
    blocks: list[Block] = [
        Fields(((_("Name"), who.name), (_("Responsible"), who.worker))),
        *(block for line in lines for block in _way_out(reading, line)),
        *([] if lines else _blank()),
        Text(_("Whoever left may always come back, and finds everything as it was.")),
        Signatures((_("Place and date"), _("For EX/IN"))),
    ]
    return Document(_("Summary of the phase-out"), _("phase-out"), tuple(blocks), foot(reading, who))


def _way_out(reading: Reading, line: PhaseOutLine) -> list[Block]:
    ending = phase_out_file.ending(reading.programme, line.reason)
    ended = _("not closed yet") if line.state == OPEN else dated(line.closed) or "–"
    pairs = (
        (_("Began"), format_date(line.began)),
        (_("Closed"), ended),
        (_("Why"), line.words),
        (_("With the participant"), str(ending.participant)),
        (_("Closing talk"), dated(line.closing_talk)),
        (_("Last message"), joined(dated(line.last_message), line.message_how, by=", ")),
        (_("Consents ended"), dated(line.consents)),
        (_("Hand-over note given"), dated(line.hand_over)),
        (_("Closed all the same, because"), line.closed_reason),
        (_("Summary"), line.summary),
        (_("Back since"), dated(line.returned)),
        (_("What changed"), line.return_note),
    )
    blocks: list[Block] = [Heading(str(ending.name)), Fields(tuple(pair for pair in pairs if pair[1]))]
    if line.told:
        rows = (
            (
                phase_out_file.whom_words(reading.programme, one.agency, one.role),
                one.person,
                dated(one.told) or _("not told"),
                one.how,
            )
            for one in line.told
        )
        blocks += [Text(str(ending.tell)), Table(_columns(), tuple(rows))]
    return blocks


def _blank() -> list[Block]:
    empty = Fields(tuple((label, "") for label in (_("Reason to end"), _("Began"), _("Closing talk"), _("Summary"))))
    return [empty, Table(_columns(), (("",) * 4,) * 5)]


def _columns() -> tuple[Column, ...]:
    return Column(_("Who is told"), 5), Column(_("Name"), 4), Column(_("When"), 3), Column(_("How"), 5)
