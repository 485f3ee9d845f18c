"""A document as blocks, with nothing said about how it is drawn; an empty value is a line to write on.

What every document writes alike stands at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from msgspec import Struct

from config.dates import format_date
from config.words import n_

BOX: Final = "box"
TICKED: Final = "x"


class Heading(Struct, frozen=True):
    """The heading of what follows."""

    text: str


class Text(Struct, frozen=True):
    """A paragraph; `strong` where nobody may overlook it, `small` for what is only there to be looked up."""

    text: str
    strong: bool = False
    small: bool = False


class Fields(Struct, frozen=True):
    """What a person fills in or reads, as (label, value)."""

    pairs: tuple[tuple[str, str], ...]


class Column(Struct, frozen=True):
    """A column of a table: its share of the width, and `BOX` as its kind where its cells are boxes to tick."""

    title: str
    share: int
    kind: str = ""


class Table(Struct, frozen=True):
    """Rows under the columns' titles; a cell of a box column is `TICKED` or empty."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


class Signatures(Struct, frozen=True):
    """Lines to sign on, side by side."""

    labels: tuple[str, ...]


Block = Heading | Text | Fields | Table | Signatures


class Document(Struct, frozen=True):
    """One document; `foot` stands at the foot of every page, `file` is what a file of it would be called.

    `wide` is for a sheet that lies on its side.
    """

    title: str
    file: str
    blocks: tuple[Block, ...]
    foot: str = ""
    wide: bool = False

    def texts(self) -> Iterator[str]:
        """Every piece of text in it; a box is none."""
        yield from (self.title, self.foot)
        for block in self.blocks:
            match block:
                case Heading(text) | Text(text):
                    yield text
                case Fields(pairs):
                    yield from (part for pair in pairs for part in pair)
                case Table(columns, rows):
                    yield from (column.title for column in columns)
                    boxes = [column.kind == BOX for column in columns]
                    yield from (cell for row in rows for cell, box in zip(row, boxes, strict=True) if not box)
                case Signatures(labels):
                    yield from labels


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


def days(count: int) -> str:
    """A number of days in words."""
    return n_("{count} day", "{count} days", count).format(count=count)
