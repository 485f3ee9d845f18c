"""Free text: what is kept of it, folding, sorting and the piece that a hit shows."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.values.text import TextTooLong, clean_line, clean_text, fold, plain_signs, sort_key, words

ANY = st.text(st.characters(codec=None), max_size=200)
NORWEGIAN = st.text("abeoåøæÅØÆAEOǿǽ -_.'\n\u0301\u030a\u00ad\u200d", max_size=60)
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def is_control(letter: str) -> bool:
    return (unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\t\n") or letter in BIDI


@given(ANY)
@example("a\r\nb\rc\x00\x1b[31m\x9b\u202e\ud800")
def test_stored_text_is_what_was_typed_less_the_controls(typed: str) -> None:
    expected = "".join(c for c in typed.replace("\r\n", "\n").replace("\r", "\n") if not is_control(c))
    assert clean_text(typed) == expected
    assert clean_text(expected) == expected
    expected.encode()


@given(ANY)
@example("\x00 a \x00")
@example("\u202e\tb\r\n\x1b")
def test_a_line_is_one_line_without_controls_or_outer_space(typed: str) -> None:
    kept = clean_line(typed)
    assert not any(is_control(letter) for letter in kept)
    assert len(kept.splitlines()) <= 1
    assert kept == kept.strip() == clean_line(kept)
    assert "".join(kept.split()) == "".join("".join(c for c in typed if not is_control(c)).split())


def test_a_text_that_is_too_long_names_field_and_limit() -> None:
    assert len(clean_text("x" * 12_000)) == 12_000
    assert clean_line(" " * 500 + "y" * 200 + "\x07" * 500) == "y" * 200
    with pytest.raises(TextTooLong, match=r"Where: 201 characters, at most 200"):
        clean_line("x" * 201, "Where")
    with pytest.raises(TextTooLong, match=r"12001 characters, at most 12000"):
        clean_text("x" * 12_001)


@pytest.mark.parametrize(
    "alike",
    [
        ("Håkon", "Haakon", "HAKON", "hakon", "Ha\u030akon", "HÅKON"),
        ("Sæthre", "Saethre", "SÆTHRE"),
        ("Bjørn", "Bjoern", "Bjorn", "BJØRN", "Bjo\u0308rn", "Björn"),
        ("Ángström", "angstrom", "Ångström"),
        ("Straße", "STRASSE"),
        ("Łukasz", "lukasz"),
        ("Đorđe", "dorde"),
    ],
)
def test_ways_of_writing_a_name_fold_to_one(alike: tuple[str, ...]) -> None:
    assert len({fold(name) for name in alike}) == 1


@given(ANY | NORWEGIAN, ANY | NORWEGIAN)
def test_what_is_typed_so_far_folds_to_a_beginning_of_the_whole(begun: str, rest: str) -> None:
    assert fold(begun + rest).startswith(fold(begun))


@given(ANY | NORWEGIAN)
@example("OEE")
@example("aaa")
@example("ǿ")
def test_folding_forgets_case_and_way_of_composing(text: str) -> None:
    assert fold(text) == fold(text.casefold())
    assert fold(text) == fold(text).casefold()
    assert fold(fold(text)) == fold(text)
    assert all(fold(word) == word for word in words(text))


@pytest.mark.parametrize("sign", "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u202a", ids=ascii)
def test_signs_that_show_nothing_make_no_difference(sign: str) -> None:
    assert words(f"arbeids{sign}avklarings{sign}penger") == ["arbeidsavklaringspenger"]
    assert fold(f"Kari Å{sign}sen") == fold("Kari Åsen")
    assert sort_key(f"Kari Å{sign}sen") == sort_key("Kari Åsen")
    assert plain_signs(f"a{sign}b") == "ab"
    assert clean_line(f"a{sign}b") in (f"a{sign}b", "ab")


@pytest.mark.parametrize("hyphen", "\u2010\u2011\u2012\u2015", ids=ascii)
def test_hyphens_of_every_kind_are_one(hyphen: str) -> None:
    assert fold(f"Anne{hyphen}Marie") == "anne-marie"
    assert sort_key(f"Anne{hyphen}Marie") == sort_key("Anne-Marie")


@pytest.mark.parametrize("space", "\u00a0\u2009\u202f\u2007", ids=ascii)
def test_spaces_of_every_kind_are_one(space: str) -> None:
    assert fold(f"Kari{space}Åsen") == "kari asen"
    assert sort_key(f"Kari{space}Åsen") == sort_key("Kari Åsen")


def test_what_is_stored_keeps_the_joiner_of_an_emoji() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert clean_text(family) == clean_line(family) == family


def test_norwegian_letters_sort_after_z() -> None:
    names = ["Zahl", "Ægir", "Østby", "Åse", "Aas", "Abel", "Adam", "Örn", "Ärla", "ås", "Éa", "Ea", "Eb"]
    expected = ["Abel", "Adam", "Éa", "Ea", "Eb", "Zahl", "Ægir", "Ärla", "Örn", "Østby", "Aas", "ås", "Åse"]
    assert sorted(names, key=sort_key) == expected
    assert sort_key("A\u030ase") == sort_key("Åse") == sort_key("Aase") == sort_key("ÅSE")
