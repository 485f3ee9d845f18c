"""A document as blocks, with nothing said about how it is drawn; an empty value is a line to write on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

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


def column_sizes(shares: Sequence[float], needed: Sequence[float], width: float) -> list[float]:
    """`width` parted by shares; a column that needs more for its longest word takes it from those with room."""
    sizes = [width * share / sum(shares) for share in shares]
    lacking = [max(0.0, need - size) for need, size in zip(needed, sizes, strict=True)]
    spare = [max(0.0, size - need) for need, size in zip(needed, sizes, strict=True)]
    given = min(sum(lacking), sum(spare))
    if not given:
        return sizes
    return [
        size + given * (lack / sum(lacking) - room / sum(spare))
        for size, lack, room in zip(sizes, lacking, spare, strict=True)
    ]


class Signatures(Struct, frozen=True):
    """Lines to sign on, side by side."""

    labels: tuple[str, ...]


class Bar(Struct, frozen=True):
    """One bar: what it is, its share in whole per cent, and what stands at its end."""

    label: str
    percent: int
    told: str


class Bars(Struct, frozen=True):
    """Bars below each other, a hundred per cent being as long as there is room for."""

    bars: tuple[Bar, ...]


Block = Heading | Text | Fields | Table | Bars | Signatures


class Document(Struct, frozen=True):
    """One document; `foot` stands at the foot of every page, `file` is what a file of it would be called.

    `wide` is for a sheet that lies on its side. `about` are the participants whom it is about or who stand in it.
    """

    title: str
    file: str
    blocks: tuple[Block, ...]
    foot: str = ""
    wide: bool = False
    about: tuple[int, ...] = ()

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
                case Bars(bars):
                    yield from (text for bar in bars for text in (bar.label, bar.told))
                case Signatures(labels):
                    yield from labels
