"""The team's current list on paper: every participant with the contact person of each agency, on sheets that lie.

Source: the Trondheim report, one always current list that is known to all. Agencies that nobody needs are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from config.dates import format_date
from config.words import _, n_
from models.contacts import team_list
from models.contacts.team_list import TeamLine
from models.paper.document import Block, Column, Document, Heading, Table, Text
from models.paper.person import joined, made
from models.storage.reading import Reading
from models.values import phone

BESIDE: Final = 7
"""How many agencies stand beside one another on a sheet in type that can be read."""
AT_ONCE: Final = 500


def sheet(reading: Reading, *, names: bool = True, beside: int = BESIDE) -> Document:
    """The list as it is today, in tables of at most `beside` agencies.

    Without `names` participants are called by code and contact persons by the part they have, without their phones.
    """
    lines: list[TeamLine] = []
    while some := team_list.team_list(reading, len(lines), AT_ONCE):
        lines += some
    if not names:
        # By name they would still tell who is who to whoever knows the names.
        lines.sort(key=lambda line: line.code)
    shown, empty = _agencies(reading, lines)
    count = n_("{count} participant", "{count} participants", len(lines)).format(count=len(lines))

    def called(agencies: Iterable[str]) -> list[str]:
        return [str(reading.programme.agency(agency).name) for agency in agencies]

    blocks: list[Block] = [Text(f"{count} · {format_date(reading.today)}")]
    if not lines:
        blocks.append(Text(_("Nobody yet.")))
    bands = _bands(shown, beside)
    for band in bands:
        if len(bands) > 1:
            first, last = called((band[0], band[-1]))
            blocks.append(Heading(f"{first} – {last}" if len(band) > 1 else first))
        columns = [Column(_("Participant"), 5), *(Column(name, 4) for name in called(band))]
        rows = [(_called(line, names), *(_cell(reading, line, agency, names) for agency in band)) for line in lines]
        blocks.append(Table(tuple(columns), tuple(rows)))
    if empty and lines:
        blocks.append(
            Text(
                _("No participant has a contact person at: {agencies}.").format(agencies=", ".join(called(empty))),
                small=True,
            )
        )
    blocks.append(Text(_("Share only within what the consent covers."), small=True))
    title = _("The team's list")
    return Document(title, _("team-list"), tuple(blocks), made(reading, title), wide=True,
                    about=tuple(line.participant for line in lines))  # fmt: skip


def _agencies(reading: Reading, lines: Sequence[TeamLine]) -> tuple[list[str], list[str]]:
    """The agencies in which somebody is or should be, and those in which nobody is."""
    used = {agency for line in lines for agency in (*line.contacts, *line.missing)}
    known = team_list.agencies(reading)
    shown = [*(agency for agency in known if agency in used), *sorted(used.difference(known))]
    return shown, [agency for agency in known if agency not in used]


def _bands(agencies: Sequence[str], beside: int) -> list[Sequence[str]]:
    """The agencies in as few tables as can be, each as wide as the next."""
    count = -(-len(agencies) // max(1, beside))
    if not count:
        return []
    size, rest = divmod(len(agencies), count)
    ends = [number * size + min(number, rest) for number in range(count + 1)]
    return [agencies[start:end] for start, end in pairwise(ends)]


def _called(line: TeamLine, names: bool) -> str:
    code = joined(line.code, line.worker)
    return f"{line.name}\n{code}" if names and line.name else code


def _cell(reading: Reading, line: TeamLine, agency: str, names: bool) -> str:
    listed = line.contacts.get(agency)
    if listed is None:
        return _("missing") if agency in line.missing else "–"
    name = listed.name if names else str(reading.programme.role(listed.role).name)
    more = f" +{listed.others}" if listed.others else ""
    return joined(name + more, phone.shown(listed.phone) if names else "", by="\n")
