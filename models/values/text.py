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
LINE_CONTROLS: Final = re.compile(r"[\t\n\u2028\u2029]+")
# What shows nothing, or as the plain sign beside it, and comes along with what is pasted: soft hyphens, spaces of no
# width, joiners; hyphens and spaces of other kinds. Taken away or made plain to find, compare and print; what is stored
# and shown stays as typed, for a joiner belongs to an emoji and to Persian.
INVISIBLE: Final = f"\u00ad\u200b\u200c\u200d\u2060\ufeff{_BIDI}"
_PLAIN: Final = {
    **dict.fromkeys(map(ord, INVISIBLE)),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2015"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " "),
}
_DIGRAPHS: Final = re.compile(r"aa+|oe+")
_LETTERS: Final = {"æ": "ae", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ŋ": "n", "ŧ": "t"}
_NO_FILE_NAME: Final = re.compile(r"[^A-Za-z0-9._-]+")
_WORD: Final = re.compile(r"\w+")


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
    return clean_text(LINE_CONTROLS.sub(" ", bare).strip(), field, limit)


def plain_signs(value: str) -> str:
    """`value` less the signs that show nothing, and with hyphens and spaces of every kind as the plain ones."""
    return value if value.isascii() else value.translate(_PLAIN)


def _fold_letter(letter: str) -> str:
    # Mathematical and squared letters have no lower case before they are taken apart.
    apart = unicodedata.normalize("NFKD", plain_signs(letter).casefold()).casefold()
    return "".join(_LETTERS.get(mark, mark) for mark in apart if not unicodedata.combining(mark))


class _Folding(dict[int, str]):
    """Folded letters by code point, each worked out once; every save folds what was written."""

    def __missing__(self, code: int) -> str:
        self[code] = _fold_letter(chr(code))
        return self[code]


_FOLDING: Final = _Folding()


def fold(value: str) -> str:
    """`value` as search compares it: case, accents, å/aa, ø/oe, æ/ae and signs that show nothing make no difference.

    Of what is folded already, that itself. Indexes, cards and the register hold what was folded, so this may not change
    without their being drawn anew, which a step of the schema brings about.
    """
    plain = value.casefold()
    if not plain.isascii():
        plain = plain.translate(_FOLDING)
    return _DIGRAPHS.sub(lambda pair: pair.group()[0], plain)


def file_name(value: str) -> str:
    """`value` as a file is called: plain letters, digits and dashes, ø as o.

    A name goes through terminals, sticks and mail that do not agree on how other letters are written.
    """
    letters = "".join(letter if letter.isascii() else _fold_letter(letter) for letter in value)
    return _NO_FILE_NAME.sub("-", letters).strip("-.")


def words(value: str) -> list[str]:
    """The folded words of `value`, in order."""
    return _WORD.findall(fold(value))


def sort_key(value: str) -> str:
    """`value` as Norwegian sorts it: æ, ø, å after z, aa as å, accents and case aside."""
    tail = {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"}
    return "".join(
        tail.get(letter) or _fold_letter(letter)
        for letter in unicodedata.normalize("NFC", plain_signs(value)).casefold().replace("aa", "å")
    )
