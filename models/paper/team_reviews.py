"""The team's phase reviews on paper: what is owed, open and held, with what was decided and the next day agreed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from config.dates import format_date
from config.words import N_, _
from models.paper.document import Block, Column, Document, Heading, Table, Text
from models.paper.person import made
from models.phases.owed_review import OPEN, OWED, SEALED
from models.reviews import of_team
from models.reviews.of_team import AGREED, ReviewQuery, TeamReview
from models.storage.reading import Reading

MOST: Final = 200
"""How many of each state are listed: a paper of more is read by nobody."""

STATES: Final[Mapping[str, str]] = {
    OWED: N_("Missing"), OPEN: N_("Open"), AGREED: N_("Next review agreed"), SEALED: N_("Held"),
}  # fmt: skip
"""How reviews in a state are headed, in a list and on paper."""


def sheet(reading: Reading, query: ReviewQuery, *, names: bool = True) -> Document:
    """The reviews that the query asks for; without `names` participants are called by code."""
    columns = (
        Column(_("Participant"), 6), Column(_("Who"), 2), Column(_("Transition"), 7), Column(_("Day"), 3),
        Column(_("Missing or decided"), 6), Column(_("Next review"), 3),
    )  # fmt: skip
    whose = reading.value("SELECT name FROM staff WHERE id = ?", [query.worker]) or _("the whole team")
    blocks: list[Block] = [Text(f"{whose} · {format_date(reading.today)}")]
    about: list[int] = []
    for state, numbers in of_team.survey(reading, query).items():
        lines = of_team.lines(reading, numbers[:MOST])
        if not numbers:
            continue
        if not names and query.sort == of_team.BY_NAME:
            # By name they would still tell who is who to whoever knows the names.
            lines.sort(key=lambda line: line.code)
        blocks += [
            Heading(f"{_(STATES[state])} ({len(numbers)})"),
            Table(columns, tuple(_row(reading, line, names) for line in lines)),
        ]
        if len(numbers) > MOST:
            blocks.append(Text(_("The first {count} are listed.").format(count=MOST), small=True))
        about += [line.participant for line in lines]
    if not about:
        blocks.append(Text(_("There is no phase review here.")))
    title = _("The team's phase reviews")
    return Document(title, _("phase-reviews"), tuple(blocks), made(reading, title), wide=True,
                    about=tuple(dict.fromkeys(about)))  # fmt: skip


def _row(reading: Reading, line: TeamReview, names: bool) -> tuple[str, ...]:
    return (
        line.name if names and line.name else line.code,
        line.worker or "–",
        of_team.called(reading.programme, line),
        format_date(line.day),
        of_team.came_to(reading.programme, line, reading.today),
        format_date(line.next_review) if line.next_review else "–",
    )
