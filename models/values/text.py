"""Free text: what may be kept of it, and how it is folded for search and sorting."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from config.errors import ExinError
from config.words import _

TEXT_LIMIT: Final = 12_000
LINE_LIMIT: Final = 200

_BIDI: Final = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_CONTROLS: Final = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_BIDI}]")
_LINE_CONTROLS: Final = re.compile(r"[\t\n\u2028\u2029]+")
_DIGRAPHS: Final = re.compile(r"aa|oe")
_LETTERS: Final = {"æ": "ae", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ŋ": "n", "ŧ": "t"}
# In a text as it was typed an accent may stand as a character of its own; folding takes it away.
_MARKS: Final = "".join(chr(code) for code in range(0x300, 0x370))
_WORD: Final = re.compile(r"\w+")
_TYPED_WORD: Final = re.compile(f"\\w[\\w{_MARKS}]*")


class TextTooLong(ExinError):
    """A text is longer than the field holds."""


def clean_text(value: str, field: str = "", limit: int = TEXT_LIMIT) -> str:
    """`value` less control and direction characters, with line ends as `\\n`; everything else stays as typed.

    Raises `TextTooLong` past `limit` characters, naming `field`.
    """
    kept = _CONTROLS.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if len(kept) > limit:
        raise TextTooLong(
            _("{field}: {count} characters, at most {limit} fit. Nothing was saved; shorten it or split it.").format(
                field=field or _("The text"), count=len(kept), limit=limit
            )
        )
    return kept


def clean_line(value: str, field: str = "", limit: int = LINE_LIMIT) -> str:
    """`value` as one line: as `clean_text`, with tabs and line ends as single spaces and no outer space."""
    bare = _CONTROLS.sub("", value.replace("\r", "\n"))
    return clean_text(_LINE_CONTROLS.sub(" ", bare).strip(), field, limit)


def _fold_letter(letter: str) -> str:
    low = letter.casefold()
    if low in _LETTERS:
        return _LETTERS[low]
    # Mathematical and squared letters have no lower case before they are taken apart.
    plain = unicodedata.normalize("NFKD", low).casefold()
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


class _Folding(dict[int, str]):
    """Folded letters by code point, each worked out once; every save folds what was written."""

    def __missing__(self, code: int) -> str:
        self[code] = _fold_letter(chr(code))
        return self[code]


_FOLDING: Final = _Folding()


def fold(value: str) -> str:
    """`value` as search compares it: case, accents and å/aa, ø/oe, æ/ae make no difference.

    Of what was typed, and never of what is folded: "OEE" becomes "oe", and that "o". Indexes, cards and the register
    hold what was folded once, so this may not change without their being drawn anew.
    """
    plain = value.casefold()
    if not plain.isascii():
        plain = plain.translate(_FOLDING)
    return _DIGRAPHS.sub(lambda pair: pair.group()[0], plain)


def words(value: str) -> list[str]:
    """The folded words of `value`, in order."""
    return _WORD.findall(fold(value))


def sort_key(value: str) -> str:
    """`value` as Norwegian sorts it: æ, ø, å after z, aa as å, accents and case aside."""
    tail = {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"}
    return "".join(
        tail.get(letter) or _fold_letter(letter)
        for letter in unicodedata.normalize("NFC", value).casefold().replace("aa", "å")
    )


def excerpt(value: str, terms: list[str], width: int = 90) -> tuple[str, list[tuple[int, int]]]:
    """A piece of `value` of about `width` characters around the first of the folded `terms`, and the marked spans.

    A term matches the beginning of a word. Spans are (start, stop) in the piece; no match gives the beginning.
    """
    flat = _LINE_CONTROLS.sub(" ", value)
    found = [
        (word.start(), word.end())
        for word in _TYPED_WORD.finditer(flat)
        if (folded := fold(word.group())) and any(folded.startswith(term) for term in terms)
    ]
    first = found[0][0] if found else 0
    start = max(0, first - width // 3)
    if start:
        gap = flat.find(" ", start, first)
        start = gap + 1 if gap >= 0 else start
    lead = "… " if start else ""
    piece = flat[start : start + width - len(lead)]
    shift = len(lead) - start
    spans = [(a + shift, min(b, start + len(piece)) + shift) for a, b in found if a < start + len(piece)]
    return lead + piece + (" …" if start + len(piece) < len(flat) else ""), spans
