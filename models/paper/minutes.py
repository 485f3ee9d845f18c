"""The minutes of a meeting on paper: who was there, what was agreed first, and what was said of each participant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from config.dates import format_date, format_moment, weekday
from config.words import _, p_
from models.meetings import reading as meeting_reading
from models.meetings.meetings import WORDS
from models.meetings.reading import ADDED, DECISION, HEARD, NEED, TASK, Closing, Item, Meeting, agreed, closings
from models.paper.document import Block, Column, Document, Fields, Heading, Table, Text
from models.paper.person import dated, joined, made
from models.storage.reading import Reading
from models.team import staff
from models.values.own_name import masked

_AGREED: Final = (DECISION, TASK, NEED)


def sheet(reading: Reading, meeting: int, *, names: bool = True) -> Document:
    """The minutes as they stand; without `names` participants are called by code, also in what was said of them."""
    found = meeting_reading.one(reading, meeting)
    said, settled = meeting_reading.items(reading, meeting), agreed(reading, found)
    if not names:
        said, settled = (tuple(_hidden(line, found) for line in lines) for lines in (said, settled))
    title = heading(reading, found, names=names)
    closed = closings(found, said)
    blocks: list[Block] = [Fields(tuple(_facts(reading, found, closed, names)))]
    if settled:
        blocks += [Heading(_("What was agreed")), _agreed(reading, settled, names)]
    spoken = [line for line in said if line.worded and line.kind not in (*_AGREED, ADDED)]
    if spoken:
        blocks.append(Heading(_("What was said")))
        columns = (Column(_("Who it is about"), 4), Column(_("What"), 13), Column(_("By"), 2))
        blocks.append(Table(columns, tuple((_about(line, names), _told(line), line.author) for line in spoken)))
    heard = [_about(line, names) for line in said if line.kind == HEARD]
    if heard:
        blocks += [Heading(_("Gone through")), Text(" · ".join(heard))]
    for closing in reversed(closed):
        if closing.left:
            blocks += [Heading(_left(reading, closing)), Text(" · ".join(_about(line, names) for line in closing.left))]
    if not heard and not any(line.worded for line in said):
        blocks.append(Text(_("Nothing was written.")))
    for line in said:
        if line.kind == ADDED:
            moment = format_moment(reading.clock.local(line.at))
            blocks.append(Heading(_("Added {moment} by {who}").format(moment=moment, who=line.author or "–")))
            blocks.append(Text(joined(_about(line, names), line.text)))
    kind = str(reading.programme.choice("meeting_kind", found.kind).name).lower()
    name = p_("of a meeting", "minutes")
    return Document(title, f"{name}-{kind}-{found.day}", tuple(blocks), made(reading, title), about=_whom(found, said))


def _hidden(line: Item, meeting: Meeting) -> Item:
    """A line with the code where the name of whom it, or the meeting, is about stands in the text."""
    text = masked(line.text, meeting.name, meeting.code)
    return replace(line, text=masked(text, line.name, line.code))


def _whom(meeting: Meeting, said: Iterable[Item]) -> tuple[int, ...]:
    """The participants whom the meeting, or a line of its minutes, is about."""
    return tuple(dict.fromkeys(one for one in (meeting.participant, *(line.participant for line in said)) if one))


def heading(reading: Reading, meeting: Meeting, *, names: bool = True) -> str:
    """What a meeting is called: its kind, whom it is about, and its day."""
    kind = str(reading.programme.choice("meeting_kind", meeting.kind).name)
    who = (meeting.name if names and meeting.name else meeting.code) if meeting.participant is not None else ""
    return joined(kind, who, f"{weekday(meeting.day)} {format_date(meeting.day)}")


def _left(reading: Reading, closing: Closing) -> str:
    """What stands over those who were not gone through: of a closing that was taken back, when it was."""
    if closing.reopened is None:
        return _("Not gone through: {count}").format(count=len(closing.left))
    moment = format_moment(reading.clock.local(closing.at))
    return _("Not gone through when it was closed {moment}: {count}").format(moment=moment, count=len(closing.left))


def _facts(reading: Reading, meeting: Meeting, closed: Iterable[Closing], names: bool) -> Iterable[tuple[str, str]]:
    team = {one.id: one.name for one in staff.team(reading, active_only=False)}
    yield _("Present"), ", ".join(team.get(each, "?") for each in meeting.present) or "–"
    if meeting.guests:
        # Who comes to a support team tells whom it is about.
        yield _("Guests"), "; ".join(meeting.guests) if names else str(len(meeting.guests))
    yield _("Opened"), format_moment(reading.clock.local(meeting.opened_at))
    for closing in closed:
        yield _("Closed"), _by(reading, closing.at, closing.who)
        if closing.reopened is not None:
            yield _("Opened again"), _by(reading, closing.reopened.at, closing.reopened.author_name)
    if meeting.closed_at is None:
        yield _("Closed"), _("not yet")


def _by(reading: Reading, at: int, who: str) -> str:
    return _("{moment} by {who}").format(moment=format_moment(reading.clock.local(at)), who=who or "–")


def _agreed(reading: Reading, settled: Iterable[Item], names: bool) -> Table:
    columns = Column(_("Who it is about"), 4), Column(_("What"), 9), Column(_("Who sees to it"), 3), Column(_("Due"), 3)
    rows = (
        (_about(line, names), _settled(reading, line), line.owner or "–", dated(line.due) or "–") for line in settled
    )
    return Table(columns, tuple(rows))


def _about(line: Item, names: bool) -> str:
    return (line.name if names and line.name else line.code) if line.participant is not None else _("The team")


def _settled(reading: Reading, line: Item) -> str:
    """A line with what it is; of a topic that was parked, for which meeting."""
    if not line.for_kind:
        return _told(line)
    kind = str(reading.programme.choice("meeting_kind", line.for_kind).name)
    return _("Parked for: {kind}").format(kind=kind) + f". {line.text}"


def _told(line: Item) -> str:
    return f"{_(WORDS[line.kind])}: {line.text}"
