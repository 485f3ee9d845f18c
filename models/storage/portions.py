"""Rows by their numbers, as many at a time as one statement may well name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Sized
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from models.storage.work import Work

PORTION: Final = 500


def portions(rows: Iterable[int]) -> Iterator[list[int]]:
    """The numbers in order, `PORTION` at a time."""
    ordered = sorted(rows)
    for start in range(0, len(ordered), PORTION):
        yield ordered[start : start + PORTION]


def marks(values: Sized) -> str:
    """As many question marks as there are values."""
    return ", ".join("?" * len(values))


def where(statement: str, rows: Sequence[int]) -> str:
    """The statement, for the rows with these numbers."""
    return f"{statement} WHERE id IN ({marks(rows)})"


def each(work: Work, statement: str, values: Sequence[tuple[object, ...]]) -> None:
    """Carry out a statement once for each of `values`."""
    if len(values) == 1:
        work.sql(statement, values[0])
    elif values:
        work.many(statement, values)
