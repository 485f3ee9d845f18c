"""Who a document is about, what stands at the foot of one, and how every document writes its values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct

from config.dates import format_date
from config.words import _
from models.participants import participants
from models.phases.way_out import WayOut
from models.storage.reading import Reading
from models.values import phone


class Person(Struct, frozen=True):
    """A participant as documents need them; `values` are the fields of the record. Nobody has the id 0."""

    id: int
    code: str
    name: str
    worker: str
    values: Mapping[str, Any]
    way_out: WayOut = WayOut()

    def text(self, field: str) -> str:
        """A field as it is read: a date as people write it, a phone in groups, nothing where nothing is known."""
        value = self.values.get(field)
        if field == "phone":
            return phone.shown(value or "")
        return format_date(value) if isinstance(value, date) else str(value or "")


NOBODY: Final = Person(0, "", "", "", {})
"""Who a document is about that is to be filled in by hand."""


def person(reading: Reading, participant: int) -> Person:
    """Raises `ParticipantError` when there is none."""
    found = participants.file_of(reading, participant)
    return Person(found.id, found.code, found.name, found.worker_name, found.values, found.way_out)


def made(reading: Reading, *more: str) -> str:
    """What stands at the foot: when it was made, and what `more` tells one from another."""
    return joined(_("EX/IN · made {date}").format(date=format_date(reading.today)), *more)


def foot(reading: Reading, who: Person) -> str:
    """The same with the code of whom it is about; nothing was made yet of what is to be filled in by hand."""
    return made(reading, who.code) if who.id else "EX/IN"


def joined(*parts: str, by: str = " · ") -> str:
    """The parts that say something, on one line."""
    return by.join(part for part in parts if part)


def once(rows: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The rows of a table, with the first cell left empty where it would say the same as the one above."""
    ordered = list(rows)
    firsts = [row[0] for row in ordered]
    return tuple(
        ("" if first == above else first, *row[1:])
        for row, first, above in zip(ordered, firsts, ["", *firsts], strict=False)
    )


def dated(day: date | None) -> str:
    """A date as people write it, empty for none."""
    return format_date(day) if day else ""
