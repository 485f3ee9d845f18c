"""A document as lines of text for the screen, where no national identity number shows whole: on the paper it does."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from models.paper.document import (
    BOX,
    TICKED,
    Bar,
    Bars,
    Document,
    Fields,
    Heading,
    Signatures,
    Table,
    Text,
    column_sizes,
)
from models.values.national_id import masked

LEAST_WIDTH = 30
_ROOMY: Final = 60


def lines(document: Document, width: int) -> list[str]:
    """The document in lines of at most `width` cells."""
    width = max(LEAST_WIDTH, width)
    found = [*wrapped(document.title, width), "═" * min(width, cells(document.title))]
    for block in document.blocks:
        found.append("")
        match block:
            case Heading(text):
                found += [*wrapped(text, width), "─" * min(width, cells(text))]
            case Text(text):
                found += wrapped(text, width)
            case Fields(pairs):
                found += _fields(pairs, width)
            case Table():
                head, rows = table_lines(block, width)
                found += [*head, *(line for row in rows for line in row)]
            case Bars(bars):
                found += _bars(bars, width)
            case Signatures(labels):
                found += [line for label in labels for line in ("", "", "_" * 24, *wrapped(label, width))][1:]
    if document.foot:
        found += ["", *wrapped(document.foot, width)]
    return [masked(line) for line in found]


def cells(text: str) -> int:
    """How many cells a text takes on a terminal."""
    return sum(0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)


def wrapped(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, broken at spaces where there are any."""
    found: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            while cells(word) > width:
                if line:
                    found.append(line)
                    line = ""
                found.append(word[:width])
                word = word[width:]
            joined = f"{line} {word}" if line else word
            if cells(joined) > width:
                found.append(line)
                line = word
            else:
                line = joined
        found.append(line)
    return found


def _filled(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


def _fields(pairs: Sequence[tuple[str, str]], width: int) -> list[str]:
    room = min(max(cells(label) for label, _value in pairs) + 2, width // 2)
    found = []
    for label, value in pairs:
        told = wrapped(value, width - room) if value else ["_" * min(30, width - room)]
        names = wrapped(label + ":", room - 1)
        found += [(_filled(name, room) + text).rstrip() for name, text in zip_longest(names, told, fillvalue="")]
    return found


def _bars(bars: Sequence[Bar], width: int) -> list[str]:
    label = min(max(cells(bar.label) for bar in bars), width // 2)
    told = max(cells(bar.told) for bar in bars)
    room = max(4, width - label - told - 2)
    return [
        f"{_filled(wrapped(bar.label, label)[0], label)} {'█' * round(room * bar.percent / 100)} {bar.told}"
        for bar in bars
    ]


def table_lines(table: Table, width: int) -> tuple[list[str], list[list[str]]]:
    """The lines that head a table of at most `width` cells, and those of each of its rows."""
    written = [place for place, column in enumerate(table.columns) if column.kind != BOX]
    # Where there is little room, what heads a box is broken rather than what is written beside it.
    sizes = [max(3, cells(column.title)) if width >= _ROOMY else 3 for column in table.columns]
    boxes = sum(size + 1 for size, column in zip(sizes, table.columns, strict=True) if column.kind == BOX)
    left = width - boxes - (len(table.columns) - 1)
    rows = [[column.title for column in table.columns], *table.rows]
    needed = [max(cells(word) for row in rows for word in [*row[place].split(), ""]) for place in written]
    shared = column_sizes([table.columns[place].share for place in written], needed, left)
    for place, size in zip(written, shared, strict=True):
        sizes[place] = max(4, int(size + 0.001))
    head = [*_row([column.title for column in table.columns], sizes), "─" * min(width, sum(sizes) + len(sizes) - 1)]
    told = [
        [
            ("[x]" if cell == TICKED else "[ ]") if column.kind == BOX else cell
            for column, cell in zip(table.columns, row, strict=True)
        ]
        for row in table.rows
    ]
    return head, [_row(row, sizes) for row in told]


def _row(row: Sequence[str], sizes: Sequence[int]) -> list[str]:
    parts = [wrapped(cell, size) for cell, size in zip(row, sizes, strict=True)]
    return [
        " ".join(_filled(text, size) for text, size in zip(line, sizes, strict=True)).rstrip()
        for line in zip_longest(*parts, fillvalue="")
    ]
