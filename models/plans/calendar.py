"""The agenda as an iCalendar file: by codes alone, unless names are asked for; the file itself is not sealed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, uuid5

from msgspec import Struct

from models.plans import agenda, appointments, repeats, tasks
from models.plans.agenda import AgendaItem, AgendaQuery
from models.plans.clashes import USUAL_MINUTES
from models.plans.time_zone import time_zone
from models.storage.reading import Reading

if TYPE_CHECKING:
    from icalendar import Event

_TABLES: Final = {
    "appeal": "application", "complement": "application", "plan": "individual_plan", "release": "participant",
}  # fmt: skip
_CALLED_OFF: Final = (appointments.CANCELLED, tasks.DECLINED)
_WAITING: Final = (appointments.PLANNED, tasks.OPEN)


def calendar(reading: Reading, query: AgendaQuery, *, names: bool = False) -> tuple[bytes, tuple[int, ...]]:
    """What is dated from today on, as iCalendar (RFC 5545), and the participants who are in it.

    Without `names` an event says the participant's code, what kind of thing it is, and when: titles, places and people
    are left out too, since a free text may name anybody. Events keep their identity from one export to the next. What
    repeats is one event with all of its times, also those that lie behind, so that a calendar that has it already is
    told what was moved and called off; it is there also while one of its times waits to be closed.
    """
    from icalendar import Calendar

    found = Calendar()
    found.add("prodid", "-//exin//EX/IN//NO")
    found.add("version", "2.0")
    items = agenda.coming(reading, query)
    writer = _Writer(reading, items, names)
    events = list(writer.events())
    if writer.years:
        # From the year before, so that no time lies before the first change of clock.
        found.add_component(time_zone(reading.clock.zone, min(writer.years) - 1))
    for event in events:
        found.add_component(event)
    about = dict.fromkeys(item.participant for item in items if item.participant is not None)
    return bytes(found.to_ical()), tuple(about)


def count(content: bytes) -> int:
    """How many things a calendar says; what repeats is one."""
    return content.count(b"BEGIN:VEVENT") - content.count(b"RECURRENCE-ID")


class _Turn(Struct, frozen=True):
    """One time of a series in local time: where its rule has it and where it is; days are told at midnight."""

    id: int
    own: datetime
    at: datetime
    state: str
    repeats: str
    minutes: int | None


class _Writer:
    """Makes events of the items of an agenda."""

    def __init__(self, reading: Reading, items: list[AgendaItem], names: bool) -> None:
        self.reading = reading
        self.items = items
        self.names = names
        self.vault = reading.value("SELECT value FROM seal WHERE key = 'vault_id'")
        self.years = set[int]()
        """The years of what is told in the team's own time."""
        self._of_id = {(item.kind, item.id): item for item in items}

    def events(self) -> Iterator[Event]:
        """An event for each item, but for those of one series one and its exceptions."""
        done = set[tuple[str, int]]()
        for item in self.items:
            if item.kind not in ("appointment", "task"):
                yield self._dated(item)
                continue
            first, turns = self._turns(item)
            if (item.kind, first) in done:
                continue
            done.add((item.kind, first))
            yield from self._series(item.kind, first, turns) if turns else [self._dated(item)]

    def _dated(self, item: AgendaItem) -> Event:
        event = self._event(item, str(item.id), [item.id])
        event.add("dtstart", item.day)
        event.add("transp", "TRANSPARENT")
        return event

    # ------------------------------------------------------------------ what is agreed for a time

    def _turns(self, item: AgendaItem) -> tuple[int, list[_Turn]]:
        """The first of an item's series, and all of its times in the order of the rule."""
        if item.kind == "task":
            task = tasks.one(self.reading, item.id)
            found = tasks.of_series(self.reading, first := task.series or task.id)
            return first, [
                _Turn(one.id, _midnight(one.by_rule), _midnight(one.due), one.state, one.repeats, None)
                for one in found
                if one.by_rule is not None and one.due is not None
            ]
        local = self.reading.clock.local
        first = appointments.one(self.reading, item.id).first
        return first, [
            _Turn(one.id, _naive(local(one.by_rule)), _naive(local(one.at)), one.state, one.repeats, one.minutes)
            for one in appointments.of_series(self.reading, first)
        ]

    def _series(self, kind: str, first: int, turns: list[_Turn]) -> Iterator[Event]:
        mine = {turn.id for turn in turns if (kind, turn.id) in self._of_id and turn.state in _WAITING}
        last = turns[-1]
        kept: list[_Turn] = []
        if last.id in mine and last.repeats:
            kept = _of_one_rule(turns)
            yield from self._repeating(kind, first, kept, mine)
        for turn in turns:
            if turn.id in mine and turn not in kept:
                # The rest of the series is somebody else's, or goes by another rule. What repeats no more stays itself.
                which = str(first) if turn == last else f"{turn.id}/alone"
                yield self._single(self._of_id[kind, turn.id], turn, which, [turn.id for turn in turns])

    def _repeating(self, kind: str, first: int, turns: list[_Turn], mine: Collection[int]) -> Iterator[Event]:
        """The event that repeats, and one for each of its times that is elsewhere or otherwise than the rule has it."""
        from icalendar import vRecur

        last, rows = turns[-1], [turn.id for turn in turns]
        item = self._of_id[kind, last.id]
        told = {turn.own for turn in turns if turn.state not in _CALLED_OFF and (turn.id in mine or not _waits(turn))}
        left_out = set(repeats.between(last.repeats, turns[0].own, last.own)) - told
        for turn in turns:
            # What was moved to a time of the rule's stands there in place of that one.
            if _waits(turn) and turn.at not in told:
                left_out |= set(repeats.between(last.repeats, turns[0].own, turn.at)) & {turn.at}
        event = self._event(item, str(first), rows)
        self._when(event, item, turns[0].own, last.minutes)
        event.add("rrule", vRecur.from_ical(last.repeats))
        for time_of_rule in sorted(left_out):
            event.add("exdate", self._in_calendar(item, time_of_rule))
        yield event
        for turn in turns:
            other = _waits(turn) and turn != last
            if turn.own in told and (other or turn.own != turn.at):
                exception = self._event(self._of_id.get((kind, turn.id), item), str(first), rows)
                exception.add("recurrence-id", self._in_calendar(item, turn.own))
                self._when(exception, item, turn.at, turn.minutes)
                yield exception

    def _single(self, item: AgendaItem, turn: _Turn, which: str, rows: Iterable[int]) -> Event:
        event = self._event(item, which, rows)
        if item.at:
            begins = datetime.fromtimestamp(item.at, tz=UTC)
            event.add("dtstart", begins)
            event.add("dtend", begins + _length(turn.minutes))
        else:
            self._when(event, item, turn.at, None)
        return event

    # ------------------------------------------------------------------ parts of an event

    def _event(self, item: AgendaItem, which: str, rows: Iterable[int]) -> Event:
        """What every event has; `which` of its kind it is, and the records that it was made of."""
        from icalendar import Event

        event = Event()
        event.add("uid", str(uuid5(NAMESPACE_URL, f"exin:{self.vault}/{item.kind}/{which}")))
        event.add("dtstamp", self.reading.clock.now())
        # The act that last touched it: it only grows, whatever is undone or planned anew.
        latest = 'SELECT max(audit) FROM change WHERE "table" = ? AND "row" IN (SELECT value FROM json_each(?))'
        told = self.reading.value(latest, [_TABLES.get(item.kind, item.kind), json.dumps(list(rows))])
        event.add("sequence", told or 0)
        event.add("summary", _summary(item, self.names))
        event.add("class", "PRIVATE")
        if self.names and item.place:
            event.add("location", item.place)
        return event

    def _when(self, event: Event, item: AgendaItem, at: datetime, minutes: int | None) -> None:
        event.add("dtstart", self._in_calendar(item, at))
        if item.at:
            event.add("dtend", self._in_calendar(item, at + _length(minutes)))
        else:
            event.add("transp", "TRANSPARENT")

    def _in_calendar(self, item: AgendaItem, at: datetime) -> date:
        """A day, or a moment in the team's own time: only there does what repeats keep its hour the year round."""
        if not item.at:
            return at.date()
        self.years.add(at.year)
        return at.replace(tzinfo=self.reading.clock.zone)


def _waits(turn: _Turn) -> bool:
    return turn.state in _WAITING


def _of_one_rule(turns: list[_Turn]) -> list[_Turn]:
    """The last of a series and those before it that its rule has too, counted from the first of them."""
    last = turns[-1]
    for first in (turn for turn in turns if turn.repeats == last.repeats):
        times = repeats.between(last.repeats, first.own, last.own)
        if times and times[0] == first.own and times[-1] == last.own:
            return [turn for turn in turns if turn.own in times and turn.repeats == last.repeats]
    return [last]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _naive(local: datetime) -> datetime:
    return local.replace(tzinfo=None)


def _length(minutes: int | None) -> timedelta:
    return timedelta(minutes=USUAL_MINUTES if minutes is None else minutes)


def _summary(item: AgendaItem, names: bool) -> str:
    kind = item.kind_told
    if not names:
        return f"{item.code}: {kind}" if item.code else kind
    parts = [item.name or item.code, item.text or kind]
    if item.with_whom and item.kind == "appointment":
        parts.append(item.with_whom)
    return " · ".join(part for part in parts if part)
