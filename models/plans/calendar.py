"""The agenda as an iCalendar file: by codes alone, unless names are asked for; the file itself is not sealed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from config.words import _
from models.plans import agenda
from models.plans.agenda import KINDS, AgendaItem, AgendaQuery
from models.storage.reading import Reading

if TYPE_CHECKING:
    from icalendar import Event

USUAL_MINUTES: Final = 60


def calendar(reading: Reading, query: AgendaQuery, *, names: bool = False) -> tuple[bytes, tuple[int, ...]]:
    """What is dated from today on, as iCalendar (RFC 5545), and the participants who are in it.

    Without `names` an event says the participant's code, what kind of thing it is, and when: titles, places and people
    are left out too, since a free text may name anybody. Events keep their identity from one export to the next.
    """
    from icalendar import Calendar

    found = Calendar()
    found.add("prodid", "-//exin//EX/IN//NO")
    found.add("version", "2.0")
    items = agenda.coming(reading, query)
    for item in items:
        found.add_component(_event(reading, item, names))
    about = dict.fromkeys(item.participant for item in items if item.participant is not None)
    return bytes(found.to_ical()), tuple(about)


def _event(reading: Reading, item: AgendaItem, names: bool) -> Event:
    from icalendar import Event, vRecur

    event = Event()
    event.add("uid", f"{item.kind}-{item.id}@exin")
    event.add("dtstamp", reading.clock.now())
    event.add("sequence", item.version)
    event.add("summary", _summary(item, names))
    event.add("class", "PRIVATE")
    if item.at:
        begins = datetime.fromtimestamp(item.at, tz=UTC)
        minutes = reading.value("SELECT minutes FROM appointment WHERE id = ?", [item.id])
        # What repeats keeps its hour through the change of clocks only in the team's own time.
        local = begins.astimezone(reading.clock.zone) if item.repeats else begins
        event.add("dtstart", local)
        event.add("dtend", local + timedelta(minutes=USUAL_MINUTES if minutes is None else minutes))
    elif item.day is not None:
        event.add("dtstart", item.day)
        event.add("transp", "TRANSPARENT")
    if item.repeats:
        event.add("rrule", vRecur.from_ical(item.repeats))
    if names and item.place:
        event.add("location", item.place)
    return event


def _summary(item: AgendaItem, names: bool) -> str:
    kind = _(KINDS[item.kind])
    if not names:
        return f"{item.code}: {kind}" if item.code else kind
    parts = [item.name or item.code, item.text or kind]
    if item.with_whom and item.kind == "appointment":
        parts.append(item.with_whom)
    return " · ".join(part for part in parts if part)
