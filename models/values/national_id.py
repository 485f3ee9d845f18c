"""National identity numbers: ordinary, D-numbers and the synthetic ranges used in tests and demonstrations.

A D-number has 40 added to the day; synthetic numbers have 80 (the tax administration) or 40 or 65 (NAV and health)
added to the month. The birth dates of ordinary numbers are `python-stdnum`'s; what it does not know yet is here: the
ranges of D-numbers since 16.11.2021 (Skatteetaten, "Utvidelse av D-nummerserien"), and the first check digit of the
numbers given from 2032 on, which leaves 0 to 3 where it leaves 0 today (Skatteetaten, "Nytt fødselsnummer fra 2032").
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from config.errors import ExinError
from config.words import _
from models.values.text import plain_signs

DIGITS: Final = 11
D_NUMBER: Final = "4567"
"""What the first digit of a D-number is."""
_SYNTHETIC_MONTHS: Final = (80, 65, 40)
_FIRST_WEIGHTS: Final = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_LEFT_FROM_2032: Final = range(4)
_CENTURIES_OF_D: Final = (
    (range(58, 100), range(500, 600), 1800),
    (range(40), range(200), 1900),
    (range(40, 100), range(500), 1900),
    (range(40, 100), range(600, 1000), 1900),
    (range(40), range(200, 1000), 2000),
)
"""Of a D-number: years of two digits, the running numbers, and the century they stand for."""
_WRITTEN: Final = re.compile(r"(?<![0-9])([0-9]{6})([ .\u00a0\u2009\u202f‐‑‒–—-]{0,3})([0-9]{5})(?![0-9])")


class BadNationalId(ExinError):
    """Eleven digits are not there, or do not fit together."""


def compact(number: str) -> str:
    """The digits of `number`, less the spaces, dots and dashes of every kind that people write between them."""
    return "".join(sign for sign in plain_signs(number) if sign not in ".-–—" and not sign.isspace())


def masked(text: str) -> str:
    """`text` with stars in place of the last five digits of each number written in it, and as long as before."""
    return _WRITTEN.sub(lambda found: f"{found[1]}{found[2]}*****", text)


def covered(number: str) -> str:
    """What shows of a number that nobody asked for: its first six digits, and stars for the others."""
    digits = compact(number)
    return digits[:6] + "*" * max(0, len(digits) - 6)


def is_d_number(number: str) -> bool:
    """Whether it is a D-number, whose date may be the day of registration instead of the birth date."""
    return compact(number)[:1] in tuple(D_NUMBER)


def stated_birth_date(number: str) -> date | None:
    """The birth date that can be relied on: that of a number which is no D-number."""
    return None if is_d_number(number) else birth_date_of(number)


def proposed_birth_date(number: str) -> date | None:
    """What a D-number says; it may be the day the person was registered, so it is to be asked about."""
    return birth_date_of(number) if is_d_number(number) else None


def birth_date_of(number: str) -> date | None:
    """The birth date in a valid number of either kind, None when there is none or its century is not known."""
    digits = compact(number)
    if not _are_eleven(digits):
        return None
    ordinary = _ordinary(digits)
    year, running = int(ordinary[4:6]), int(ordinary[6:9])
    if is_d_number(digits):
        century = next((c for years, numbers, c in _CENTURIES_OF_D if year in years and running in numbers), None)
        return None if century is None else _day(ordinary, century + year)
    from stdnum.exceptions import ValidationError
    from stdnum.no import fodselsnummer

    try:
        found = fodselsnummer.get_birth_date(ordinary)
    except (ValidationError, ValueError):
        return None
    return found if isinstance(found, date) else None


def validated(number: str) -> str:
    """`number` as eleven digits, or empty when nothing was written.

    A series that is not known yet is taken: that a number exists is no opinion of the program's. Raises `BadNationalId`
    saying what is wrong: length, letters, date or check digits. The number is not repeated in the sentence, which may
    end up on a shared screen.
    """
    digits = compact(number)
    if not digits:
        return ""
    if not (digits.isascii() and digits.isdecimal()):
        raise BadNationalId(_("National identity number: only digits, please."))
    if len(digits) != DIGITS:
        raise BadNationalId(
            _("National identity number: eleven digits are needed, {count} were written.").format(count=len(digits))
        )
    ordinary = _ordinary(digits)
    # 29 February is a day of any year of two digits that four divides: 2000 was a leap year.
    if _day(ordinary, 2000 + int(ordinary[4:6])) is None:
        raise BadNationalId(_("National identity number: the first six digits are no date. Check them."))
    if not _check_digits_fit(digits):
        raise BadNationalId(_("National identity number: the last two digits do not fit the others. Check the typing."))
    return digits


def _are_eleven(digits: str) -> bool:
    return len(digits) == DIGITS and digits.isascii() and digits.isdecimal()


def _ordinary(digits: str) -> str:
    """Eleven digits with the birth date as an ordinary number has it."""
    month = int(digits[2:4])
    offset = next((mark for mark in _SYNTHETIC_MONTHS if mark < month <= mark + 12), 0)
    day = int(digits[:2]) - (40 if is_d_number(digits) else 0)
    return f"{day:02d}{month - offset:02d}{digits[4:]}"


def _day(ordinary: str, year: int) -> date | None:
    try:
        return date(year, int(ordinary[2:4]), int(ordinary[:2]))
    except ValueError:
        return None


def _check_digits_fit(digits: str) -> bool:
    """Whether the last two digits are those of today, or of 2032 and later, which are told apart by nothing else."""
    from stdnum.no import fodselsnummer

    left = sum(weight * int(digit) for weight, digit in zip(_FIRST_WEIGHTS, digits, strict=False)) % 11
    # The library answers 11 modulo 11 as 0 already; a 10, two digits there, fits no number.
    return left in _LEFT_FROM_2032 and digits[10] == fodselsnummer.calc_check_digit2(digits)
