"""Who a document is about, and what stands at the foot of one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from config.dates import format_date
from config.words import _
from models.participants import participants
from models.storage.reading import Reading


class Person(Struct, frozen=True):
    """A participant as documents need them; `values` are the fields of the record."""

    id: int
    code: str
    name: str
    worker: str
    values: Mapping[str, Any]

    def text(self, field: str) -> str:
        """A field as it is read: a date as people write it, nothing where nothing is known."""
        value = self.values[field]
        return format_date(value) if isinstance(value, date) else str(value or "")


def person(reading: Reading, participant: int) -> Person:
    """Raises `ParticipantError` when there is none."""
    found = participants.file_of(reading, participant)
    return Person(found.id, found.code, found.name, found.worker_name, found.values)


def foot(reading: Reading, who: Person | None) -> str:
    """What stands at the foot: when it was made, and about whom by code."""
    made = _("EX/IN · made {date}").format(date=format_date(reading.today))
    return f"{made} · {who.code}" if who else "EX/IN"
