"""The figures of the monthly meeting on paper: every sheet in plain numbers."""

from __future__ import annotations

from datetime import date

from config.dates import format_date
from config.words import _
from models.meetings.monthly import figures
from models.paper.document import Block, Document, Heading, Text
from models.paper.monthly_sheets import month_words, sheets
from models.paper.person import made
from models.storage.reading import Reading


def sheet(reading: Reading, month: date | None = None, *, names: bool = False) -> Document:
    """The figures of a month; participants stand there by code unless `names` are asked for."""
    found = figures(reading, month)
    about = _("{first} to {last}; made {made}.").format(
        first=format_date(found.month), last=format_date(found.last), made=format_date(found.made)
    )
    blocks: list[Block] = [Text(about)]
    for one in sheets(reading.programme, found, lambda code, name: name if names and name else code):
        title = f"{one.title} ({one.as_of})" if one.as_of else one.title
        blocks += [Heading(title), one.table if one.rows else Text(_("Nothing this month."))]
        if one.note:
            blocks.append(Text(one.note, small=True))
    title = _("Month: {month}").format(month=month_words(found.month))
    moved = tuple(dict.fromkeys(move.participant for move in found.moves))
    return Document(title, _("month"), tuple(blocks), made(reading), about=moved)
