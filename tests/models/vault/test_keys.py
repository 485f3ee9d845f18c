"""Derivation, pairs, and what a key is bound to."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.vault import keys
from models.vault.keys import KdfParameters
from tests.models.vault.vault_sample import FLOOR

SALT = bytes(range(16))


@pytest.mark.parametrize(
    "parameters",
    [
        (16 * 1024 - 1, 2, 1),
        (16 * 1024, 1, 1),
        (0, 0, 0),
        (2**21, 3, 4),
        (65536, 17, 4),
        (65536, 3, 17),
        (65536, 3, 0),
        (-65536, 3, 4),
    ],
)
def test_cheap_and_absurd_derivations_are_refused(parameters: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="unsafe"):
        KdfParameters(*parameters)


def test_the_default_is_the_second_choice_of_rfc_9106() -> None:
    assert KdfParameters(65536, 3, 4) == keys.DEFAULT


@pytest.mark.parametrize(
    "name", ["KARI SØRLI", " kari sørli\t", unicodedata.normalize("NFD", "Kari Sørli"), "Kari SØRLI"]
)
def test_a_user_name_counts_in_one_form(name: str) -> None:
    assert keys.user_salt(SALT, name) == keys.user_salt(SALT, "Kari Sørli")


@given(st.text(max_size=20), st.text(max_size=20))
def test_different_users_have_different_salts(one: str, two: str) -> None:
    same = keys.normalized_user(one) == keys.normalized_user(two)
    assert (keys.user_salt(SALT, one) == keys.user_salt(SALT, two)) == same
    assert keys.normalized_user(keys.normalized_user(one)) == keys.normalized_user(one)


def test_a_passphrase_counts_in_composed_form_and_in_every_character() -> None:
    composed = keys.passphrase_keys("blåbær på fjellet", SALT, FLOOR)
    decomposed = keys.passphrase_keys(unicodedata.normalize("NFD", "blåbær på fjellet"), SALT, FLOOR)
    assert (composed.tag, composed.wrapping) == (decomposed.tag, decomposed.wrapping)
    for other in ("Blåbær på fjellet", "blåbær på fjellet ", "", "\udcff", "\0"):
        assert keys.passphrase_keys(other, SALT, FLOOR).tag != composed.tag
    assert keys.passphrase_keys("blåbær på fjellet", SALT[::-1], FLOOR).tag != composed.tag
    assert composed.tag not in composed.wrapping


def test_a_wrapped_key_opens_only_as_it_was_written() -> None:
    private, wrapping = keys.new_private(), bytes(32)
    wrapped = keys.wrap(private, wrapping, b"bound")
    assert len(wrapped) == keys.WRAPPED_BYTES
    assert keys.unwrap(wrapped, wrapping, b"bound") == private
    assert keys.wrap(private, wrapping, b"bound") != wrapped
    for place in range(len(wrapped)):
        with pytest.raises(keys.DoesNotOpen):
            keys.unwrap(_flipped(wrapped, place), wrapping, b"bound")
    with pytest.raises(keys.DoesNotOpen):
        keys.unwrap(wrapped, wrapping, b"bounD")


def test_a_sealed_key_opens_only_for_its_receiver_as_it_was_written() -> None:
    private, database_key = keys.new_private(), bytes(range(32))
    sealed = keys.seal(database_key, keys.public_of(private), b"bound")
    assert len(sealed) == keys.SEALED_BYTES
    assert keys.unseal(sealed, private, b"bound") == database_key
    for place in range(len(sealed)):
        with pytest.raises(keys.DoesNotOpen):
            keys.unseal(_flipped(sealed, place), private, b"bound")
    for wrong in (
        (sealed, keys.new_private(), b"bound"),
        (sealed, private, b"other"),
        (bytes(len(sealed)), private, b"bound"),
    ):
        with pytest.raises(keys.DoesNotOpen):
            keys.unseal(*wrong)


def _flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :]
