"""Text for a terminal: nothing in it steers, nothing is hidden, and what is harmless stays as it is."""

from __future__ import annotations

import json
import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from config.plain import plain

HARMLESS = "Åse Sæthre-Åsnes · 日本語 😀 “ja” – 12 %\u00a0\u202f"


def test_what_is_harmless_stays() -> None:
    assert plain(HARMLESS) == HARMLESS
    assert plain("") == ""
    assert plain("a\tb\n", "\n\t") == "a\tb\n"


def test_what_steers_is_written_out() -> None:
    assert plain("\x1b]0;PWNED\x07\x1b[2J") == r"\u001b]0;PWNED\u0007\u001b[2J"
    assert plain("a\u202eb\u200bc\x9b\ufeff") == r"a\u202eb\u200bc\u009b\ufeff"
    assert plain("a\nb\tc\r") == r"a\u000ab\u0009c\u000d"
    assert plain("\udcff") == r"\udcff"
    assert plain("\U000e0041") == r"\udb40\udc41"


def test_no_letter_of_unicode_that_steers_gets_through() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    through = set(plain(every))
    steering = {letter for letter in through if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")}
    assert steering == set()
    assert len(through) > 100_000


@given(st.text(st.characters(codec=None)))
def test_json_means_what_it_meant(text: str) -> None:
    written = plain(json.dumps({"text": text}, ensure_ascii=False))
    assert json.loads(written) == {"text": text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")}


@given(st.text())
def test_twice_is_once(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_letters_that_are_printable_and_not_seen_are_written_out() -> None:
    for letter in "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0":
        assert plain(f"a{letter}b") == f"a\\u{ord(letter):04x}b"
