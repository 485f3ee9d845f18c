"""Free text: what is kept of it, folding, sorting and the piece that a hit shows."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.values.text import TextTooLong, clean_line, clean_text, excerpt, fold, sort_key, words

ANY = st.text(st.characters(codec=None), max_size=200)
NORWEGIAN = st.text("abeoåøæÅØÆAEO -_.'\n\u0301\u030a", max_size=60)
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
def test_folding_forgets_case_and_way_of_composing(text: str) -> None:
    assert fold(text) == fold(text.casefold())
    assert fold(text) == fold(text).casefold()
    assert all(fold(word) == word or "aa" in word or "oe" in word for word in words(text) if word.isascii())


def test_norwegian_letters_sort_after_z() -> None:
    names = ["Zahl", "Ægir", "Østby", "Åse", "Aas", "Abel", "Adam", "Örn", "Ärla", "ås", "Éa", "Ea", "Eb"]
    expected = ["Abel", "Adam", "Éa", "Ea", "Eb", "Zahl", "Ægir", "Ärla", "Örn", "Østby", "Aas", "ås", "Åse"]
    assert sorted(names, key=sort_key) == expected
    assert sort_key("A\u030ase") == sort_key("Åse") == sort_key("Aase") == sort_key("ÅSE")


@given(ANY | NORWEGIAN, st.lists(NORWEGIAN, max_size=3), st.integers(12, 120))
def test_an_excerpt_marks_words_that_begin_with_a_term_and_nothing_else(
    text: str, typed: list[str], width: int
) -> None:
    terms = [term for each in typed for term in words(each)]
    piece, spans = excerpt(text, terms, width)
    assert "\n" not in piece
    assert "\t" not in piece
    assert len(piece) <= width + 2
    assert spans == sorted(spans)
    for position, (start, stop) in enumerate(spans):
        assert 0 <= start < stop <= len(piece)
        assert position == 0 or start >= spans[position - 1][1]
        if stop < len(piece.removesuffix(" …")):
            assert any(fold(piece[start:stop]).startswith(term) for term in terms)


@given(st.lists(st.sampled_from(["Håkon", "Ha\u030akon", "haakon", "bolig", "NAV", "møte"]), min_size=1, max_size=60))
def test_the_first_match_is_in_the_excerpt_and_marked(typed: list[str]) -> None:
    text = " ".join(typed)
    piece, spans = excerpt(text, words("haak"), 40)
    marked = [piece[start:stop] for start, stop in spans]
    assert bool(marked) == ("hakon" in fold(text))
    assert all("hakon".startswith(fold(word)) or fold(word) == "hakon" for word in marked)


def test_an_excerpt_of_a_long_text_is_around_the_match() -> None:
    text = "begynnelse " * 40 + "Ringte Håkon om bolig " + "slutt " * 40
    piece, spans = excerpt(text, words("haakon"), 60)
    assert piece.startswith("… ")
    assert piece.endswith(" …")
    assert [piece[start:stop] for start, stop in spans] == ["Håkon"]
    assert excerpt("kort tekst", ["finnesikke"]) == ("kort tekst", [])
    assert excerpt("", ["x"]) == ("", [])
