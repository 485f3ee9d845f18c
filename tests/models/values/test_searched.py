"""What is found of a text: words and numbers in any grouping, and the piece that a hit shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.searched import excerpt, is_number, searched, terms
from models.values.text import fold, words

ANY = st.text(st.characters(codec=None), max_size=200)
NORWEGIAN = st.text("abeoåøæÅØÆAEO -_.'\n\u0301\u030a0127", max_size=60)
GAPS = st.lists(st.sampled_from(["", " ", "-", ".", "\u00a0", "\u202f", "\u2011"]), min_size=11, max_size=11)


def is_found(wanted: str, text: str) -> bool:
    """As the index does: every term begins a word."""
    held = words(searched(text))
    return all(any(word.startswith(term) for word in held) for term in terms(wanted))


def spread(digits: str, gaps: list[str]) -> str:
    return "".join(digit + gap for digit, gap in zip(digits, gaps, strict=False)).rstrip("".join(set(gaps)) or " ")


@given(
    st.from_regex(r"[2-9][0-9]{7}", fullmatch=True), GAPS, GAPS, st.sampled_from(["", "+47", "+47 ", "0047", "0047 "]),
    st.sampled_from(["", "+47", "+47 ", "0047 ", "47"]), st.sampled_from(["", "ring mor ", "mor: "]),
)  # fmt: skip
def test_a_phone_number_is_found_in_any_grouping_with_and_without_the_country(
    digits: str, gaps: list[str], others: list[str], country: str, asked: str, before: str
) -> None:
    assert is_found(asked + spread(digits, gaps), before + country + spread(digits, others) + " igjen")


@given(st.from_regex(r"[0-7][0-9][0-9]{9}", fullmatch=True), GAPS, GAPS)
def test_a_national_number_is_found_in_any_grouping(digits: str, gaps: list[str], others: list[str]) -> None:
    assert is_found(spread(digits, gaps), "nr. " + spread(digits, others))


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("05.12.2026", "fra 01.12.2026 - 05.12.2026"),
        ("12.2026", "fra 01.12.2026"),
        ("22 11", "den 22.11 kl 10"),
        ("EX-002", "EX-002"),
        ("148587 00", "148587 00095"),
        ("kari 900 00 001", "900 00 001 Kari"),
        ("412 34", "412 34 567"),
        ("0046 8 123 456 78", "+46812345678"),
        ("+46812345678", "ring 0046 8 123 456 78"),
    ],
)
def test_what_was_found_before_is_found(wanted: str, text: str) -> None:
    assert is_found(wanted, text)


def test_another_persons_number_is_not_found_by_its_groups() -> None:
    assert not is_found("900 00 002", "EX-002 90055555")
    assert not is_found("900 00 002", "900 55 002 00")


@pytest.mark.parametrize("figures", ["1 2 3 4 5 6 7 8 9 0 " * 600, "1" * 12_000, "12-" * 4_000])
def test_a_column_of_figures_does_not_fill_the_index(figures: str) -> None:
    assert len(searched(figures)) < 15 * len(figures)
    assert is_found(figures[:60], figures)


@pytest.mark.parametrize(
    ("text", "alone"), [("90000001", True), ("+47 900 00 001", True), ("148587 00095", True), ("02800", False),
                        ("kari 90000001", False), ("", False)],
)  # fmt: skip
def test_a_whole_number_alone_is_told_from_words(text: str, alone: bool) -> None:
    assert is_number(text) is alone


@pytest.mark.parametrize("text", ["ring 900 00 001 i kveld", "ring 90000001 i kveld", "ring +47 900 00 001 i kveld"])
def test_the_whole_number_is_marked_however_it_is_grouped(text: str) -> None:
    for wanted in ("90000001", "900 00 001", "+4790000001"):
        piece, spans = excerpt(text, terms(wanted))
        ((start, stop),) = spans
        assert "".join(sign for sign in piece[start:stop] if sign.isdecimal()).endswith("90000001")


@pytest.mark.parametrize("number", ["14858700095", "148587 00095", "148587-00095", "148587\u00a000095"], ids=ascii)
def test_an_excerpt_shows_no_more_of_a_national_number_than_the_birth_date(number: str) -> None:
    piece, spans = excerpt(f"Rom 3 · {number} · B", terms("148587 00095"))
    assert "00095" not in piece
    assert "148587" in piece
    assert len(spans) == 1


def test_a_word_with_signs_that_show_nothing_is_marked_whole() -> None:
    piece, spans = excerpt("om arbeids\u00adavklarings\u200bpenger nå", terms("arbeidsavklaringspenger"))
    assert [piece[start:stop] for start, stop in spans] == ["arbeids\u00adavklarings\u200bpenger"]


@given(ANY | NORWEGIAN, st.lists(NORWEGIAN, max_size=3), st.integers(12, 120))
def test_an_excerpt_marks_words_that_begin_with_a_term_and_nothing_else(
    text: str, typed: list[str], width: int
) -> None:
    wanted = [term for each in typed for term in words(each)]
    piece, spans = excerpt(text, wanted, width)
    assert "\n" not in piece
    assert "\t" not in piece
    assert len(piece) <= width + 2
    assert spans == sorted(spans)
    for position, (start, stop) in enumerate(spans):
        assert 0 <= start < stop <= len(piece)
        assert position == 0 or start >= spans[position - 1][1]
        if stop < len(piece.removesuffix(" …")):
            assert any(fold(piece[start:stop]).startswith(term) for term in wanted)


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
