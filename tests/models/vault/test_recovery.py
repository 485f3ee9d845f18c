"""The recovery key as it is printed and typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.vault.errors import RecoveryKeyMistyped
from models.vault.recovery import RecoveryKey

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
secrets_ = st.binary(min_size=16, max_size=16)


@given(secrets_)
def test_what_is_printed_is_read_again(secret: bytes) -> None:
    text = RecoveryKey(secret).text()
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}", text)
    assert RecoveryKey.parse(text).secret == secret


@given(secrets_, st.randoms())
def test_case_blanks_dashes_and_lookalikes_do_not_count(secret: bytes, random: object) -> None:
    text = RecoveryKey(secret).text()
    typed = "".join(random.choice({"0": "0Oo", "1": "1IiLl", "-": "- –\n"}.get(c, c + c.lower())) for c in text)
    assert RecoveryKey.parse(f"  {typed} ").secret == secret


@given(secrets_, st.integers(0, 35), st.integers(1, 31))
def test_one_wrong_character_is_told_with_its_group(secret: bytes, place: int, shift: int) -> None:
    typed = list(RecoveryKey(secret).text().replace("-", ""))
    typed[place] = ALPHABET[(ALPHABET.index(typed[place]) + shift) % 32]
    with pytest.raises(RecoveryKeyMistyped, match=rf"group {place // 4 + 1}\."):
        RecoveryKey.parse("".join(typed))


@given(secrets_, st.integers(0, 8), st.integers(0, 8))
def test_groups_in_the_wrong_order_are_told(secret: bytes, one: int, two: int) -> None:
    groups = RecoveryKey(secret).text().split("-")
    if groups[one] != groups[two]:
        groups[one], groups[two] = groups[two], groups[one]
        low, high = sorted((one + 1, two + 1))
        with pytest.raises(RecoveryKeyMistyped, match=f"groups {low}, {high}"):
            RecoveryKey.parse("-".join(groups))


@given(secrets_, st.integers(1, 36))
def test_a_key_cut_short_says_how_much_is_missing(secret: bytes, count: int) -> None:
    text = RecoveryKey(secret).text().replace("-", "")
    with pytest.raises(RecoveryKeyMistyped, match=rf"{count} characters? (is|are) missing"):
        RecoveryKey.parse(text[: 36 - count])
    with pytest.raises(RecoveryKeyMistyped, match=rf"{count} characters? too many"):
        RecoveryKey.parse(text + text[:count])


@given(st.text(max_size=60))
def test_any_text_is_a_key_or_mistyped(text: str) -> None:
    try:
        key = RecoveryKey.parse(text)
    except RecoveryKeyMistyped:
        return
    assert len(key.secret) == 16


def test_a_character_outside_the_alphabet_is_told_with_its_group() -> None:
    text = RecoveryKey(bytes(16)).text()
    with pytest.raises(RecoveryKeyMistyped, match=r"group 2\.") as caught:
        RecoveryKey.parse(text[:5] + "U" + text[6:])
    assert caught.value.exit_code == 3


def test_two_keys_differ_and_hide_themselves() -> None:
    key = RecoveryKey.new()
    assert key != RecoveryKey.new()
    assert key.text()[:4] not in repr(key)
    with pytest.raises(ValueError, match="16 bytes"):
        RecoveryKey(b"short")


def test_groups_of_two_keys_are_no_key() -> None:
    """Each group fits by itself; what checks the whole tells it, but for one time in 128."""
    zeros, ones = (RecoveryKey(bytes([number]) * 16).text().split("-") for number in (0, 1))
    for cut in range(1, 9):
        with pytest.raises(RecoveryKeyMistyped, match="group by group"):
            RecoveryKey.parse("-".join((*zeros[:cut], *ones[cut:])))
