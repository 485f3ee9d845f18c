"""The one current list as one agency may have it: whom they follow with EX/IN and who else is around, within consent.

Source: the Trondheim report, in which everybody's contact persons are mutually known. Whoever's consent does not cover
the agency is left out; of whom they may only know that they take part, no more is said. Relatives and others whom a
consent must name are left out too.
"""

from __future__ import annotations

from collections.abc import Sequence

from config.dates import format_date
from config.words import _, n_
from models.contacts import network, team_list
from models.contacts.network import Involved
from models.contacts.team_list import TeamLine
from models.paper.document import Block, Column, Document, Table, Text
from models.paper.person import joined, made
from models.paper.team import AT_ONCE
from models.storage.reading import Reading
from models.values import phone


def sheet(reading: Reading, agency: str, *, names: bool = True) -> Document:
    """The list for an agency as it is today; without `names`, codes and parts stand in their place, and no phones."""
    lines: list[TeamLine] = []
    while some := team_list.team_list(reading, len(lines), AT_ONCE):
        lines += some
    if not names:
        lines.sort(key=lambda line: line.code)
    # Only where the agency has somebody there is anything to read.
    around = {
        line.participant: network.involved(reading, line.participant) for line in lines if agency in line.contacts
    }
    rows = [
        (line, theirs, around[line.participant])
        for line in lines
        if (
            theirs := tuple(
                one for one in around.get(line.participant, ()) if one.agency == agency and one.answer.knows
            )
        )
    ]
    name = str(reading.programme.agency(agency).name)
    count = n_("{count} participant", "{count} participants", len(rows)).format(count=len(rows))
    blocks: list[Block] = [Text(f"{name} · {count} · {format_date(reading.today)}")]
    if rows:
        columns = (
            Column(_("Participant"), 4), Column(name, 4), Column("EX/IN", 3), Column(_("Others around"), 8),
            Column(_("What the consent says"), 5),
        )  # fmt: skip
        blocks.append(Table(columns, tuple(_row(reading, *row, names) for row in rows)))
    else:
        blocks.append(Text(_("No consent covers anybody for this agency today.")))
    blocks.append(Text(_("Share only within what the consent covers."), small=True))
    title = _("The list for {agency}").format(agency=name)
    return Document(title, _("agency-list"), tuple(blocks), made(reading, title), wide=True,
                    about=tuple(line.participant for line, _theirs, _around in rows))  # fmt: skip


def _row(
    reading: Reading, line: TeamLine, theirs: Sequence[Involved], around: Sequence[Involved], names: bool
) -> tuple[str, ...]:
    called = joined(line.name if names else "", line.code, by="\n")
    own = "\n".join(_contact(reading, one, names) for one in theirs)
    covering = [one.answer.consent for one in theirs if one.answer.covered and one.answer.consent is not None]
    if not covering:
        until = next(one.answer.until for one in theirs)
        told = _("Only that they take part, until {date}.").format(date=format_date(until) if until else "–")
        return called, own, line.worker, "–", told
    agencies = reading.programme.agency
    others = [one for one in around if one.agency != theirs[0].agency and not agencies(one.agency).named]
    listed = "\n".join(f"{agencies(one.agency).name}: {_contact(reading, one, names)}" for one in others)
    limits = dict.fromkeys(text for one in covering for text in (one.scope, one.limits) if text)
    until = max(one.valid_until for one in covering)
    told = joined(*(limits if names else ()), _("until {date}").format(date=format_date(until)))
    return called, own, line.worker, listed or "–", told


def _contact(reading: Reading, one: Involved, names: bool) -> str:
    if not names:
        return str(reading.programme.role(one.role).name)
    return joined(one.name, phone.shown(one.phone or one.phone_other), by=" ")
