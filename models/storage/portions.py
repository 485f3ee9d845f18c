"""Rows by their numbers, as many at a time as one statement may well name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Sized
from typing import Final

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
