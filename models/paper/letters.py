"""Which letters a font can show: the PDF's own fonts, a free font of this machine, or the nearest plain letters.

The fonts every PDF reader has hold the letters of western Europe (cp1252), so Norwegian is always right. A name with
other letters (Sami ŋ, Polish ł, Vietnamese ễ) is set in a free font where this machine has one; only its letters
that are used go into the file. Where there is none, the nearest letters stand in their place and a remark says so.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from models.paper.document import Document
from models.values.text import plain_signs

CORE: Final = "cp1252"
_CORE_COVERS: Final = frozenset(map(ord, bytes(range(256)).decode(CORE, "ignore")))
_NEAREST: Final = {
    "ŋ": "n", "Ŋ": "N", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ŧ": "t", "Ŧ": "T", "ħ": "h", "Ħ": "H", "ı": "i",
    "ĸ": "k", "ə": "e", "Ə": "E", "\u2212": "-", "→": "->", "≤": "<=", "≥": ">=",
}  # fmt: skip

_LINUX: Final = Path("/usr/share/fonts")
_FREE_FONTS: Final = ("dejavu/DejaVuSans", "liberation/LiberationSans", "noto/NotoSans")


class Face(Struct, frozen=True):
    """A font of the machine in two weights; `covers` are the code points it can show."""

    regular: Path
    bold: Path
    covers: frozenset[int]


class Setting(Struct, frozen=True):
    """How a document is set: with `face`, None for the PDF's own font; `shown` turns a text into what that can show.

    `replaced` are the words in which a letter had to be replaced, as they stand in the print.
    """

    face: Face | None
    shown: Callable[[str], str]
    replaced: tuple[str, ...]


def setting(document: Document, places: Sequence[tuple[Path, Path]] | None = None) -> Setting:
    """The first font that shows every letter of `document`, else the one that shows most.

    `places` are the fonts (regular, bold) to try after the PDF's own; None for those this machine may have.
    """
    needed = {ord(sign) for text in document.texts() for sign in _prepared(text) if sign > " "}
    missing = needed - _CORE_COVERS
    face = _best(missing, installed() if places is None else places) if missing else None
    covers = face.covers if face is not None else _CORE_COVERS

    def shown(text: str) -> str:
        prepared = _prepared(text)
        return "".join(sign if sign <= " " or ord(sign) in covers else _nearest(sign, covers) for sign in prepared)

    return Setting(face, shown, _replaced(document.texts(), shown))


def _prepared(text: str) -> str:
    """A text as it is printed: composed, less what shows nothing, with hyphens, spaces and line ends of one kind."""
    return unicodedata.normalize("NFC", plain_signs(text).replace("\u2028", "\n").replace("\u2029", "\n"))


def installed() -> list[tuple[Path, Path]]:
    """The free fonts this machine may have, (regular, bold)."""
    found = []
    for name in _FREE_FONTS:
        for base in (_LINUX / "truetype" / name, _LINUX / name):
            plain, regular = (base.with_name(base.name + ending) for ending in (".ttf", "-Regular.ttf"))
            bold = base.with_name(base.name + "-Bold.ttf")
            body = next((path for path in (regular, plain) if path.is_file()), None)
            if body is not None:
                found.append((body, bold if bold.is_file() else body))
    return found


def _best(missing: set[int], places: Sequence[tuple[Path, Path]]) -> Face | None:
    """The font that shows most of `missing`; None when none shows any."""
    best, most = None, 0
    for regular, bold in places:
        covers = _coverage(regular) & _coverage(bold)
        shows = len(missing & covers)
        if shows > most:
            best, most = Face(regular, bold, covers), shows
        if shows == len(missing):
            break
    return best


def _coverage(path: Path) -> frozenset[int]:
    """The code points a font file has a sign for; none where it is no font that can be read."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (OSError, TTLibError):
        return frozenset()


def _nearest(sign: str, covers: frozenset[int]) -> str:
    """The nearest that can be shown: without accents, by the list, or the sign's number, so that nothing is lost."""
    apart = unicodedata.normalize("NFKD", sign)
    bare = "".join(part for part in apart if not unicodedata.combining(part))
    for candidate in (_NEAREST.get(sign, ""), bare, _NEAREST.get(bare, "")):
        if candidate and covers.issuperset(map(ord, candidate)):
            return candidate
    return "" if unicodedata.combining(sign) else f"(U+{ord(sign):04X})"


def _replaced(texts: Iterable[str], shown: Callable[[str], str]) -> tuple[str, ...]:
    words = (word for text in texts for word in _prepared(text).split())
    printed = ((word, shown(word)) for word in words)
    return tuple(dict.fromkeys(new.strip('(),.:;“”"') for word, new in printed if new != word))
