"""The last door before the terminal: no text from data may steer it."""

from __future__ import annotations

import re
from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

REPLACEMENT: Final = "\ufffd"
"""What stands in a cell that held an unwritable code point; one cell wide, as Rich counts a lone surrogate."""

_UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # C0, DEL, C1: what a terminal obeys
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls: make text read as something else
    "\u2028\u2029\ufff9-\ufffb\U000e0000-\U000e0fff"  # separators, annotations, tags: invisible
    "\ud800-\udfff]"  # lone surrogates: cannot be encoded, would end the writing thread
)


def _replace(match: re.Match[str]) -> str:
    """Nothing for what Rich measures as no cell, one visible cell for a surrogate, so that widths stay true."""
    return REPLACEMENT if "\ud800" <= match[0] <= "\udfff" else ""


def clean_text(text: str) -> str:
    """`text` without C0, DEL, C1, bidi controls and other invisible steering; lone surrogates become U+FFFD.

    The width in cells, as Rich measures it, never changes.
    """
    return _UNSAFE.sub(_replace, text) if _UNSAFE.search(text) else text


class CleanFilter(LineFilter):
    """Cleans every segment of every widget: text, control segments, and links, whose address would be data too."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments when all are clean, which is nearly always."""
        if not any(control or _UNSAFE.search(text) or (style and style.link) for text, style, control in segments):
            return segments
        return [
            Segment(clean_text(text), style.update_link(None) if style and style.link else style)
            for text, style, control in segments
            if not control
        ]
