"""A name in letters three or six lines high, to be read from the other end of the room."""

from __future__ import annotations

import unicodedata
from typing import Final

ROWS: Final = 5
# A letter is five rows of dots, the first digit of each row its left one; two rows to a line, they are half blocks.
_DOTS: Final = {
    "A": "010 101 111 101 101", "B": "110 101 110 101 110", "C": "011 100 100 100 011", "D": "110 101 101 101 110",
    "E": "111 100 110 100 111", "F": "111 100 110 100 100", "G": "0111 1000 1011 1001 0111",
    "H": "101 101 111 101 101", "I": "1 1 1 1 1", "J": "001 001 001 101 010", "K": "101 101 110 101 101",
    "L": "100 100 100 100 111", "M": "10001 11011 10101 10001 10001", "N": "1001 1101 1011 1001 1001",
    "O": "0110 1001 1001 1001 0110", "P": "110 101 110 100 100", "Q": "0110 1001 1001 1010 0101",
    "R": "110 101 110 101 101", "S": "011 100 010 001 110", "T": "111 010 010 010 010", "U": "101 101 101 101 011",
    "V": "101 101 101 101 010", "W": "10001 10001 10101 11011 10001", "X": "101 101 010 101 101",
    "Y": "101 101 010 010 010", "Z": "111 001 010 100 111", "Æ": "01111 10100 11110 10100 10111",
    "Ø": "01101 10010 10110 11010 10110", "0": "111 101 101 101 111", "1": "01 11 01 01 01",
    "2": "111 001 111 100 111", "3": "111 001 011 001 111", "4": "101 101 111 001 001", "5": "111 100 111 001 111",
    "6": "111 100 111 101 111", "7": "111 001 010 010 010", "8": "111 101 111 101 111", "9": "111 101 111 001 111",
    "-": "00 00 11 00 00", "'": "1 1 0 0 0", ".": "0 0 0 0 1", " ": "00 00 00 00 00",
    ",": "00 00 00 01 10", "/": "001 001 010 100 100", "·": "0 0 1 0 0", ":": "0 1 0 1 0", "+": "000 010 111 010 000",
    "?": "110 001 010 000 010", "<": "001 010 100 010 001",
}  # fmt: skip
_TALL: Final = {"Å": "010 000 010 101 111 101"}
"""Six rows of its own: a ring that touched the letter would make it another."""
_HALVES: Final = {"00": " ", "10": "▀", "01": "▄", "11": "█"}


def large(text: str, width: int, *, double: bool = False) -> list[str] | None:
    """The text in three lines of at most `width` cells; None where it does not fit or has a letter that is not here.

    `double` letters are six lines high. An accent is a dot above the letter.
    """
    rows = ["" for _row in range(ROWS + 1)]
    for letter in unicodedata.normalize("NFC", text).upper():
        parts = unicodedata.normalize("NFD", letter)
        dots = _TALL.get(letter) or _DOTS.get(parts[0])
        if dots is None:
            return None
        cells = dots.split()
        above = "1".center(len(cells[0]), "0") if len(parts) > 1 else "0" * len(cells[0])
        for number, row in enumerate(cells if letter in _TALL else (above, *cells)):
            rows[number] += row + "0"
    if len(rows[0]) * (1 + double) > width:
        return None
    if double:
        return [row.replace("0", "  ").replace("1", "██").rstrip() for row in rows]
    return [
        "".join(_HALVES[upper + lower] for upper, lower in zip(rows[y], rows[y + 1], strict=True)).rstrip()
        for y in range(0, ROWS + 1, 2)
    ]
