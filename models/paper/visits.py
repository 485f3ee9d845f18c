"""Who has looked at a participant's file, on paper and in plain words: it is the participant's right to know."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from config.dates import format_date, weekday
from config.words import N_, _, n_
from models.access import visits
from models.paper.document import Block, Column, Document, Fields, Heading, Table, Text
from models.paper.person import foot, person
from models.storage.reading import Reading

_HOW: Final = {
    visits.OPENED: N_("opened the file"),
    visits.FOUND: N_("searched and opened the file"),
    visits.PRINTED: N_("printed something out of the file"),
    visits.EXPORTED: N_("took out a copy of the file"),
}
_WHY: Final = {
    "responsible": N_("is your contact in EX/IN"),
    "coworker": N_("works with you too"),
    "covering": N_("stood in for your contact"),
    visits.MANY: N_("you were one of several on a list"),
    "meeting": N_("was in a meeting about you that day"),
    "working": N_("did something together with you or for you"),
    "hand_over": N_("took over from, or handed over to, a colleague"),
    visits.OTHER: N_("no reason is noted; you can ask"),
}


def sheet(reading: Reading, participant: int) -> Document:
    """All of a participant's log, the newest day first. Raises `ParticipantError` when there is none."""
    who = person(reading, participant)
    log = visits.of(reading, participant)
    minutes = visits.AWAY_SECONDS // 60
    blocks: list[Block] = [
        Fields(((_("Name"), who.name), (_("My contact in EX/IN"), who.worker))),
        Text(_("Here you see who in the team has looked at what we have written about you, and when.")),
        Text(_("You have a right to know this. Ask your contact, or the team leader, if you wonder about anything.")),
    ]
    for day, rows in groupby(log, key=lambda one: one.day):
        lines = tuple(
            (
                f"{reading.clock.local(one.at):%H:%M}",
                one.name or _("The recovery key"),
                _(_HOW.get(one.kind, one.kind)),
                _(_WHY.get(one.relation, one.relation)),
            )
            for one in rows
        )
        columns = (Column(_("When"), 2), Column(_("Who"), 5), Column(_("What they did"), 6), Column(_("Why"), 8))
        blocks += [Heading(f"{weekday(day)} {format_date(day)}".capitalize()), Table(columns, lines)]
    if not log:
        blocks.append(Text(_("Nobody has looked at the file since this was first noted.")))
    once = n_(
        "Who comes back to the file within {count} minute stands here once.",
        "Who comes back to the file within {count} minutes stands here once.",
        minutes,
    )
    blocks.append(Text(once.format(count=minutes) + " " + _("What they read is not noted."), small=True))
    title = _("Who has looked at my file")
    return Document(title, _("who-has-looked"), tuple(blocks), foot(reading, who), about=(who.id,))
