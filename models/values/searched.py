"""What is found of a text: its folded words, and each number in it as one word, however it is grouped.

A phone number or a national identity number is written with spaces, dots or hyphens, and read out in other groups than
those it is stored in. What is looked for and what is indexed are both made here, so that they always fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from models.values.national_id import masked
from models.values.text import INVISIBLE, LINE_CONTROLS, fold, plain_signs, words

SHORTEST_NUMBER: Final = 8
"""Digits of a Norwegian phone number; what has fewer is found by the words it is written in."""
LONGEST_NUMBER: Final = 20
"""Digits of a number that are looked at: none is longer, and a column of figures would fill the index."""
COUNTRY: Final = "47"
_BETWEEN: Final = r"[ .()/-]{0,3}"
_NUMBER: Final = re.compile(rf"(?<![\w+])(?:\+|\(\+)?[0-9](?:{_BETWEEN}[0-9]){{{SHORTEST_NUMBER - 1},}}(?!\w)")
_GROUP: Final = re.compile(r"[0-9]+")
# In a text as it was typed an accent may stand as a character of its own; folding takes it away.
_MARKS: Final = "".join(chr(code) for code in range(0x300, 0x370))
_TYPED_WORD: Final = re.compile(f"\\w[\\w{_MARKS}{INVISIBLE}]*")


def searched(text: str) -> str:
    """`text` as an index holds it: folded, and behind it each number as one word, with its groups joined."""
    folded = fold(text)
    joined = [number for _start, _stop, numbers in _numbers(folded) for number in numbers]
    return " ".join((folded, *dict.fromkeys(joined)))


def terms(text: str) -> list[str]:
    """The words to look for in what `searched` made: folded, a whole number as one word without the country's code."""
    folded = fold(text)
    found: list[str] = []
    done = 0
    for start, stop, numbers in _numbers(folded):
        found += [*words(folded[done:start]), numbers[-1]]
        done = stop
    return found + words(folded[done:])


def is_number(text: str) -> bool:
    """Whether nothing but one whole number is looked for."""
    found = terms(text)
    return len(found) == 1 and found[0].isdecimal() and len(found[0]) >= SHORTEST_NUMBER


def excerpt(value: str, wanted: list[str], width: int = 90) -> tuple[str, list[tuple[int, int]]]:
    """A piece of `value` of about `width` characters around the first of the terms `wanted`, and the marked spans.

    A term matches the beginning of a word, or of a number in any grouping. Spans are (start, stop) in the piece; no
    match gives the beginning. Of a national identity number no more than the birth date shows.
    """
    flat = LINE_CONTROLS.sub(" ", value)
    numbers = list(_marked_numbers(flat, wanted))
    inside = [(a, b) for a, b in _marked_words(flat, wanted) if not any(x < b and a < y for x, y in numbers)]
    found = sorted(numbers + inside)
    flat = masked(flat)
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


def _marked_words(text: str, wanted: list[str]) -> Iterator[tuple[int, int]]:
    begin = {term[0] for term in wanted}
    for word in _TYPED_WORD.finditer(text):
        first = text[word.start()]
        # Folding is what takes the time, and a letter of the plain alphabet stays what it is.
        if first.isascii() and first.lower() not in begin:
            continue
        folded = fold(word.group())
        if folded and any(folded.startswith(term) for term in wanted):
            yield word.start(), word.end()


def _marked_numbers(text: str, wanted: list[str]) -> Iterator[tuple[int, int]]:
    """Numbers in groups; one without is a word."""
    whole = [term for term in wanted if term.isdecimal() and len(term) >= SHORTEST_NUMBER]
    if not whole:
        return
    # Sign by sign, so that the places stay those of the text.
    plain = "".join(plain_signs(sign) or sign for sign in text)
    for start, stop, numbers in _numbers(plain):
        if not text[start:stop].isalnum() and any(number.startswith(term) for number in numbers for term in whole):
            yield start, stop


def _numbers(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Each number with its place and the words it is found by: from each of its groups on, the whole first.

    The last word is the whole without the code of this country.
    """
    for match in _NUMBER.finditer(text):
        groups = _GROUP.findall(match.group())
        tails = ["".join(groups[first : first + LONGEST_NUMBER])[:LONGEST_NUMBER] for first in range(len(groups))]
        abroad = tails[0].removeprefix("00")
        whole = abroad if len(abroad) >= SHORTEST_NUMBER else tails[0]
        national = whole[len(COUNTRY) :]
        home = whole.startswith(COUNTRY) and len(national) == SHORTEST_NUMBER
        found = [tail for tail in tails if len(tail) >= SHORTEST_NUMBER]
        yield match.start(), match.end(), [*found, national if home else whole]
