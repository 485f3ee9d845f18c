"""The recovery key on paper: nine groups of four characters, each with a check of its own."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from config.words import _, n_
from models.vault.errors import RecoveryKeyMistyped

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_VALUES: Final = {character: value for value, character in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_SECRET_BITS: Final = 128
_CHECK_BITS: Final = 7
_GROUPS: Final = 9
_GROUP: Final = 4
_LENGTH: Final = _GROUPS * _GROUP
# Odd weights notice every single wrong character, the place every group that stands where another should.
_WEIGHTS: Final = (7, 3, 13)
_PLACE_WEIGHT: Final = 11


@dataclass(frozen=True, repr=False)
class RecoveryKey:
    """128 random bits that open a vault when every passphrase is lost."""

    secret: bytes

    def __post_init__(self) -> None:
        if len(self.secret) * 8 != _SECRET_BITS:
            raise ValueError("a recovery secret has 16 bytes")

    def __repr__(self) -> str:
        return "RecoveryKey(…)"

    @staticmethod
    def new() -> RecoveryKey:
        """A new random key."""
        return RecoveryKey(secrets.token_bytes(_SECRET_BITS // 8))

    def text(self) -> str:
        """The key as it is printed, `A7K2-…`: in each group three characters of the key and one that checks them."""
        number = int.from_bytes(self.secret, "big") << _CHECK_BITS | _whole_check(self.secret)
        digits = [number >> 5 * place & 31 for place in reversed(range(_GROUPS * (_GROUP - 1)))]
        groups = []
        for place in range(_GROUPS):
            group = digits[place * 3 : place * 3 + 3]
            groups.append("".join(_ALPHABET[value] for value in (*group, _group_check(place, group))))
        return "-".join(groups)

    @staticmethod
    def parse(text: str) -> RecoveryKey:
        """The key somebody typed; case, blanks and dashes do not count, O is 0, I and L are 1.

        Raises RecoveryKeyMistyped, which says whether characters lack, are too many, or which groups are wrong.
        """
        typed = [character for character in text.upper() if not character.isspace() and character not in "-‐‑–—−_."]
        if len(typed) < _LENGTH:
            raise RecoveryKeyMistyped(_too_short(_LENGTH - len(typed)))
        if len(typed) > _LENGTH:
            raise RecoveryKeyMistyped(_too_long(len(typed) - _LENGTH))
        number, wrong = 0, []
        for place in range(_GROUPS):
            values = [_VALUES.get(character, -1) for character in typed[place * _GROUP : (place + 1) * _GROUP]]
            if -1 in values or values[3] != _group_check(place, values[:3]):
                wrong.append(place + 1)
            for value in values[:3]:
                number = number << 5 | max(value, 0)
        if wrong:
            raise RecoveryKeyMistyped(_wrong_groups(wrong))
        secret = (number >> _CHECK_BITS).to_bytes(_SECRET_BITS // 8, "big")
        if number & (1 << _CHECK_BITS) - 1 != _whole_check(secret):
            raise RecoveryKeyMistyped(_("Compare it with the paper, group by group."))
        return RecoveryKey(secret)


def _group_check(place: int, values: list[int]) -> int:
    weighted = sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True))
    return (weighted + _PLACE_WEIGHT * (place + 1)) % 32


def _whole_check(secret: bytes) -> int:
    return sha256(b"exin recovery check" + secret).digest()[0] & (1 << _CHECK_BITS) - 1


def _too_short(lacking: int) -> str:
    return n_("{count} character is missing.", "{count} characters are missing.", lacking).format(count=lacking)


def _too_long(surplus: int) -> str:
    return n_("It has {count} character too many.", "It has {count} characters too many.", surplus).format(
        count=surplus
    )


def _wrong_groups(wrong: list[int]) -> str:
    text = n_("Look at group {groups}.", "Look at the groups {groups}.", len(wrong))
    return text.format(groups=", ".join(str(group) for group in wrong))
