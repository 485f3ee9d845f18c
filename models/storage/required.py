"""What must be there for a change or a question to make sense: a row by its id, or the participant it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from config.errors import ExinError
from config.words import _
from models.storage.reading import Reading
from models.tables import Record

T = TypeVar("T")


def require_row(reading: Reading, model: type[Record], number: int, otherwise: ExinError) -> Any:
    """The row with an id, as `Reading.first` answers it. Raises `otherwise` when there is none."""
    row = reading.first(model.select().where(model.id == number))
    if row is None:
        raise otherwise
    return row


def require_one(rows: Sequence[T], otherwise: ExinError) -> T:
    """The first of the rows that were read. Raises `otherwise` when there is none."""
    if not rows:
        raise otherwise
    return rows[0]


def require_participant(reading: Reading, participant: int, error: type[ExinError]) -> None:
    """Raise `error`, in its words for a person, when there is no such participant."""
    if reading.value("SELECT 1 FROM participant WHERE id = ?", [participant]) is None:
        raise error(_("This participant is not here any more."))
