"""National identity numbers: ordinary, D-numbers and the synthetic ranges used in tests and demonstrations.

The check digits are `python-stdnum`'s. A D-number has 40 added to the day; synthetic numbers have 80 (the tax
administration) or 40 or 65 (NAV and health) added to the month.
"""

from __future__ import annotations

from datetime import date

from config.errors import ExinError
from config.words import _


class BadNationalId(ExinError):
    """Eleven digits are not there, or do not fit together."""


def compact(number: str) -> str:
    """The digits of `number`, less the spaces, dots and dashes people write between them."""
    return "".join(letter for letter in number if letter not in " .-\u00a0")


def _without_synthetic_mark(digits: str) -> str:
    month = int(digits[2:4])
    offset = next((mark for mark in (80, 65, 40) if mark < month <= mark + 12), 0)
    return f"{digits[:2]}{month - offset:02d}{digits[4:]}"


def birth_date_of(number: str) -> date | None:
    """The birth date that a valid number states, None when it states none."""
    from stdnum.exceptions import ValidationError
    from stdnum.no import fodselsnummer

    try:
        found = fodselsnummer.get_birth_date(_without_synthetic_mark(compact(number)))
    except (ValidationError, ValueError):
        return None
    return found if isinstance(found, date) else None


def validated(number: str) -> str:
    """`number` as eleven digits, or empty when nothing was written.

    Raises `BadNationalId` saying what is wrong: length, letters, date or check digits. The number is not repeated in
    the sentence, which may end up on a shared screen.
    """
    from stdnum.no import fodselsnummer

    digits = compact(number)
    if not digits:
        return ""
    if not (digits.isascii() and digits.isdecimal()):
        raise BadNationalId(_("National identity number: only digits, please."))
    if len(digits) != 11:
        raise BadNationalId(
            _("National identity number: eleven digits are needed, {count} were written.").format(count=len(digits))
        )
    if birth_date_of(digits) is None:
        raise BadNationalId(_("National identity number: the first six digits are no date. Check them."))
    # The library answers 11 modulo 11 as 0 already; a 10, two digits there, fits no number.
    if digits[9:] != fodselsnummer.calc_check_digit1(digits) + fodselsnummer.calc_check_digit2(digits):
        raise BadNationalId(_("National identity number: the last two digits do not fit the others. Check the typing."))
    return digits
