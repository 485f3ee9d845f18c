"""Phone numbers as people write them: what is none is said, the same one is known, and shown in groups."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.participants import participants
from models.values import phone


@pytest.mark.parametrize(
    ("written", "compared", "shown"),
    [
        ("40000000", "+4740000000", "400 00 000"),
        ("+47 400 00 000", "+4740000000", "400 00 000"),
        ("0047 40 00 00 00", "+4740000000", "400 00 000"),
        ("22-05-50-00", "+4722055000", "22 05 50 00"),
        ("(+47) 22055000", "+4722055000", "22 05 50 00"),
        ("+46 8-123 456 78", "+46812345678", "+46 8 123 456 78"),
        ("0046812345678", "+46812345678", "+46 8 123 456 78"),
        ("02800", "+4702800", "02800"),
        ("116 117", "+47116117", "116 117"),
    ],
)
def test_what_can_be_dialled(written: str, compared: str, shown: str) -> None:
    assert (phone.normalised(written), phone.shown(written), phone.fault(written)) == (compared, shown, "")
    assert phone.checked(written, "Phone") == written
    assert phone.advice(written) == ""


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("123456789", "nine digits; a Norwegian number has eight"),
        ("022055000", "nine digits; a Norwegian number has eight"),
        ("+47 22 05 50 001", "nine digits; a Norwegian number has eight"),
        ("0047 220550001", "nine digits; a Norwegian number has eight"),
        ("1234", "too few|no number there has 4 digits"),
        ("1234567", "7 digits"),
        ("22055000123", "too many"),
        ("+999 12345678", "not a phone number|no country"),
        ("spør Kari", "no digits"),
        ("22 05 50 00 400 00 000", "too many"),
        ("800HJELP", "not a phone number"),
        ("00000000", "not a phone number"),
    ],
)
def test_what_cannot_be_dialled_has_a_sentence_at_its_field(written: str, sentence: str) -> None:
    with pytest.raises(phone.BadPhone, match=rf"^Phone: .*({sentence})"):
        phone.checked(written, "Phone")
    assert phone.shown(written) == written
    assert phone.advice(written).startswith("The phone number")


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("ikke ring! mor: 900 00 001", ["+4790000001"]),
        ("900 00 001 (mor)", ["+4790000001"]),
        ("mors 900\u00a000\u2009001", ["+4790000001"]),
        ("22050500;90000001", ["+4722050500", "+4790000001"]),
        ("22 05 05 00 / 900 00 001", ["+4722050500", "+4790000001"]),
        ("22050500, 90000001", ["+4722050500", "+4790000001"]),
        ("nås 8-15 på 22050500", ["+4722050500"]),
        ("+46 8 123 456 78 kone", ["+46812345678"]),
    ],
)
def test_beside_anything_else_it_is_shown_whole_and_the_number_alone_is_counted(
    written: str, compared: list[str]
) -> None:
    assert phone.shown(written) == written
    assert phone.numbers(written) == compared
    assert (phone.fault(written), phone.advice(written)) == ("", "")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("22050500 ext. 12", "22 05 05 00 ext. 12"),
        ("22 05 05 00x12", "22 05 05 00 ext. 12"),
        ("90000001#12", "900 00 001 ext. 12"),
        ("22050500 linje 12", "22 05 05 00 ext. 12"),
        ("22050500, internnr. 12", "22 05 05 00 ext. 12"),
        ("22050500 tast 2", "22 05 05 00 press 2"),
    ],
)
def test_what_is_dialled_after_the_number_is_shown_behind_it(written: str, shown: str) -> None:
    assert phone.shown(written) == shown
    assert phone.normalised(written) == phone.normalised(written[:8] if written[2] != " " else "22050500")
    assert phone.fault(written) == ""


@pytest.mark.parametrize(
    "written", ["900\u202f00\u202f001", "900\u200900\u2009001", "900\u2011000\u201001", "9000\u200b0001", "900–00–001"]
)
def test_spaces_and_hyphens_of_every_kind_are_read(written: str) -> None:
    assert (phone.normalised(written), phone.shown(written)) == ("+4790000001", "900 00 001")


@given(st.from_regex(r"[49][0-9]{7}", fullmatch=True), st.text(st.characters(categories=["L"]), min_size=2, max_size=9))
def test_letters_are_never_dialled(digits: str, word: str) -> None:
    for written in (f"{digits} {word}", f"{word} {digits}"):
        known = phone.numbers(written)
        assert set(known) <= {"+47" + digits}
        assert phone.shown(written) == written


def test_a_number_nobody_has_is_advice_only() -> None:
    assert phone.checked("12345678", "Phone") == "12345678"
    assert "nobody has been given" in phone.advice("12345678")


def test_nothing_is_no_number_and_no_fault() -> None:
    assert (phone.fault(" "), phone.advice(""), phone.normalised(""), phone.shown("")) == ("", "", "", "")


@given(st.text(max_size=30))
def test_nothing_that_is_typed_breaks_it(written: str) -> None:
    known = phone.normalised(written)
    assert known.removeprefix("+").isdecimal() or known == ""
    assert isinstance(phone.shown(written) + phone.fault(written) + phone.advice(written), str)


@given(st.from_regex(r"[49][0-9]{7}", fullmatch=True), st.sampled_from(["", "+47", "+47 ", "0047"]), st.data())
def test_grouping_and_country_make_no_difference(digits: str, country: str, data: st.DataObject) -> None:
    gaps = data.draw(st.lists(st.sampled_from(["", " ", "-"]), min_size=8, max_size=8))
    spread = country + "".join(letter + gap for letter, gap in zip(digits, gaps, strict=True))
    assert phone.normalised(spread) == "+47" + digits


def test_a_participants_number_is_advised_on_and_not_refused() -> None:
    assert any("nine digits" in text for text in participants.advice({"phone": "400000000"}))
    assert participants.advice({"phone": "400 00 000"}) == []


def test_no_screen_and_no_paper_shows_a_number_as_it_was_typed() -> None:
    """One number is grouped alike everywhere: whoever shows one asks `shown`."""
    root = Path(__file__).parents[3]
    found, bare = 0, []
    for path in (path for room in ("screens", "models/paper") for path in sorted((root / room).rglob("*.py"))):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if re.search(r"\.phone(_other)?\b", line):
                found += 1
                bare += [] if "phone.shown(" in line else [f"{path.relative_to(root)}:{number}"]
    assert found > 8
    assert not bare
