"""Text divided into terminal cells, and which of them every terminal measures alike."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rich.cells import cell_len, split_graphemes

from exin_tui.display.clean import clean_text

_PLAIN_RANGES: Final = (
    (0x20, 0x7E),
    (0xA1, 0xAC),
    (0xAE, 0x2FF),
    (0x370, 0x377),
    (0x37A, 0x37F),
    (0x384, 0x38A),
    (0x391, 0x3A1),
    (0x3A3, 0x482),
    (0x2010, 0x2027),
    (0x2030, 0x203B),
    (0x203D, 0x2048),
    (0x20A0, 0x20BF),
    (0x2190, 0x2193),
    (0x2200, 0x22FF),
    (0x2500, 0x25A9),
    (0x25AC, 0x25B5),
    (0x25B7, 0x25BF),
    (0x25C1, 0x25FA),
    (0x2713, 0x2713),
    (0x2717, 0x2717),
    (0x2800, 0x28FF),
)
"""Latin, Greek, Cyrillic, punctuation, arrows, box drawing, shapes: one cell wherever the locale is not East Asian."""

PLAIN: Final = frozenset(chr(code) for first, last in _PLAIN_RANGES for code in range(first, last + 1))
"""The characters after which the cursor is known to be one cell further on, in any terminal we meet."""

CONTINUATION: Final = ""
"""Stands in the second (and further) cell of a wide cluster."""

_REGIONAL_FIRST: Final = "\U0001f1e6"
_REGIONAL_LAST: Final = "\U0001f1ff"

is_plain_text = PLAIN.issuperset


def split_cells(text: str) -> list[str]:
    """One string a cell: a character with its marks, or `CONTINUATION` after the head of a wide cluster.

    The width is Rich's, so that layout and terminal agree. A mark with nothing before it is dropped: it would
    change the neighbour's cell.
    """
    if is_plain_text(text):
        return list(text)
    return list(_split_clusters(text))


@lru_cache(4096)
def _split_clusters(text: str) -> tuple[str, ...]:
    text = clean_text(text)
    spans, _width = split_graphemes(text)
    cells: list[str] = []
    half_flag = False
    for start, end, width in spans:
        if not width:
            continue
        cluster = text[start:end]
        regional = _REGIONAL_FIRST <= cluster[0] <= _REGIONAL_LAST
        if regional and half_flag and cells[-1] != CONTINUATION:
            # Two letters make one flag only when nothing is sent between them.
            cells[-1] += cluster
            cells.extend([CONTINUATION] * width)
            half_flag = False
            continue
        cells.append(cluster)
        cells.extend([CONTINUATION] * (width - 1))
        half_flag = regional
    return tuple(cells)


def cell_width(cluster: str) -> int:
    """The cells a cluster takes, 1 for a plain one, 0 for a continuation."""
    return 1 if cluster in PLAIN else cell_len(cluster)
