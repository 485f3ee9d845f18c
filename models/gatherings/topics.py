"""The programme of a gathering: subject talks, process and method, and standing items that come by themselves.

Source: the report's § on the content of the gatherings.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct

from config.words import N_, _
from models.gatherings import gatherings
from models.gatherings.gatherings import STANDING, GatheringError
from models.storage.actions import action
from models.storage.reading import Reading, struct
from models.storage.required import require_row
from models.storage.work import Work
from models.tables import GatheringTopic
from models.values.fields import Fields

NOTES_LIMIT: Final = 10_000
MOST_MINUTES: Final = 24 * 60
FIELDS: Final = {
    "title": N_("Topic"),
    "topic_kind": N_("Kind"),
    "presenters": N_("Who presents"),
    "presenter": N_("From the network or outside"),
    "agency": N_("Agency"),
    "minutes": N_("Minutes"),
    "notes": N_("Notes"),
}
_FIELDS: Final = Fields(
    FIELDS, GatheringError, lines=("title", "topic_kind", "presenters", "presenter", "agency"), texts=("notes",),
    limits={"notes": NOTES_LIMIT},
)  # fmt: skip


class Topic(Struct, frozen=True):
    """One point of the programme; `ended` is the day from which a standing item comes no more by itself."""

    id: int
    version: int
    gathering: int
    place: int
    title: str
    topic_kind: str
    presenters: str
    presenter: str
    agency: str
    minutes: int | None
    notes: str
    series: int | None
    ended: date | None


def of(reading: Reading, gathering: int) -> list[Topic]:
    """The programme in its order."""
    query = GatheringTopic.select().where(GatheringTopic.gathering == gathering)
    rows = reading.rows(query.order_by(GatheringTopic.place, GatheringTopic.id))
    return [struct(Topic, row._asdict()) for row in rows]


def one(reading: Reading, topic: int) -> Topic:
    """One point. Raises `GatheringError` when there is none."""
    row = require_row(reading, GatheringTopic, topic, GatheringError(_("This topic is not here any more.")))
    return struct(Topic, row._asdict())


@action("gathering_topics.add", N_("the new topic"))
def add(work: Work, gathering: int, values: Mapping[str, Any]) -> int:
    """Put a point at the end of the programme; answers its id, raises `GatheringError`."""
    gatherings.one(work, gathering)
    last = work.value("SELECT max(place) FROM gathering_topic WHERE gathering_id = ?", [gathering])
    checked = _checked(work, {"title": "", "topic_kind": "", "presenter": "", **values})
    return work.insert(GatheringTopic, gathering=gathering, place=0 if last is None else last + 1, **checked)


@action("gathering_topics.change", N_("the change to the topic"))
def change(work: Work, topic: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change a point; answers the new version. Raises `GatheringError`, or `Conflict` as `Work.update`."""
    return work.update(GatheringTopic, topic, version, **_checked(work, changes))


@action("gathering_topics.move", N_("the order of the programme"))
def move(work: Work, topic: int, places: int) -> None:
    """Move a point so many places down the programme, up where it is negative."""
    found = of(work, one(work, topic).gathering)
    here = next(place for place, row in enumerate(found) if row.id == topic)
    found.insert(max(0, min(here + places, len(found) - 1)), found.pop(here))
    for place, row in enumerate(found):
        work.update(GatheringTopic, row.id, None, place=place)


@action("gathering_topics.end", N_("the end of the standing item"))
def end(work: Work, topic: int, version: int) -> None:
    """Note that a standing item comes no more by itself; it stays in the gatherings that have it."""
    if one(work, topic).topic_kind != STANDING:
        raise GatheringError(_("Only a standing item comes by itself into the next gathering."))
    work.update(GatheringTopic, topic, version, ended=work.today)


@action("gathering_topics.remove", N_("the topic taken away"))
def remove(work: Work, topic: int, version: int) -> None:
    """Take a point out of this programme; a standing item still comes by itself where another gathering has it."""
    found = one(work, topic)
    others = GatheringTopic.select().where(GatheringTopic.series == topic).order_by(GatheringTopic.id)
    first: int | None = None
    # What followed from it goes on as a series of its own.
    for row in work.rows(others):
        work.update(GatheringTopic, row.id, None, series=first)
        first = first or row.id
    work.remove(GatheringTopic, found.id, version)


def _checked(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    found = _FIELDS.checked(values)
    if "title" in found and not found["title"]:
        raise _FIELDS.wrong("title", _("{field}: say what it is about."))
    for name in ("topic_kind", "presenter"):
        if name in found:
            known = work.programme.choices[name]
            found[name] = found[name] or known[0].id
            if found[name] not in {choice.id for choice in known}:
                told = ", ".join(str(choice.name) for choice in known)
                raise _FIELDS.wrong(name, _("{field}: one of {known}."), known=told)
    minutes = found.get("minutes")
    if minutes is not None and not 0 < minutes <= MOST_MINUTES:
        raise _FIELDS.wrong("minutes", _("{field}: between 1 minute and 24 hours."))
    return found
