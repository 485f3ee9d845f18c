"""Lines drawn cell by cell: styled pieces of text put into a strip of an exact width.

Styles are terminal colours by name, so that the person's own palette holds and a screen without colour still tells
everything: what matters is also said in words, bold or reverse.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

PLAIN: Final = Style.null()
BOLD: Final = Style(bold=True)
DIM: Final = Style(dim=True)
HEADING: Final = Style(bold=True, color="cyan")
GOOD: Final = Style(color="green")
WARN: Final = Style(color="yellow")
ALARM: Final = Style(bold=True, color="red")
MARK: Final = Style(reverse=True)
FOUND: Final = Style(bold=True, underline=True)
BY_SEVERITY: Final = {3: ALARM, 2: WARN, 1: DIM}

Piece = tuple[str, Style]


def flat(text: str) -> str:
    """`text` on one line."""
    return " ".join(text.split()) if ("\n" in text or "\t" in text or "  " in text) else text


def strip(pieces: Iterable[Piece], width: int, *, base: Style = PLAIN) -> Strip:
    """The pieces one after the other, cut or filled to `width` cells, `base` under every style."""
    segments: list[Segment] = []
    left = width
    for text, style in pieces:
        if left <= 0:
            break
        size = cell_len(text)
        if size > left:
            text, size = cut(text, left), left
        segments.append(Segment(text, base + style if base else style))
        left -= size
    if left > 0:
        segments.append(Segment(" " * left, base))
    return Strip(segments, width)


def cut(text: str, width: int) -> str:
    """`text` in exactly `width` cells: filled with spaces, or ended by an ellipsis where it is longer."""
    if width <= 0:
        return ""
    size = cell_len(text)
    if size <= width:
        return text + " " * (width - size)
    return set_cell_size(text, width - 1) + "…"


def right(text: str, width: int) -> str:
    """`text` at the right edge of `width` cells."""
    size = cell_len(text)
    return " " * (width - size) + text if size <= width else cut(text, width)


def wrapped(text: str, width: int, limit: int = 1000) -> list[str]:
    """`text` broken into lines of at most `width` cells at spaces where there are any, at most `limit` lines."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            candidate = f"{line} {word}" if line else word
            if cell_len(candidate) <= width:
                line = candidate
                continue
            if line:
                lines.append(line)
            while cell_len(word) > width:
                piece = set_cell_size(word, width).rstrip() or word[:1]
                lines.append(piece)
                word = word[len(piece) :]
                if len(lines) > limit:
                    return lines[:limit]
            line = word
        lines.append(line)
        if len(lines) > limit:
            return lines[:limit]
    return lines
