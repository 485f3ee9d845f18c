"""Phone numbers as people here write them: what is no number is said, the same number is known, and shown in groups.

Every screen, checklist and paper shows a phone through `shown`. A number is stored as it was written. Norwegian numbers
need no country code; those of other countries begin with +.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from config.errors import ExinError
from config.words import _, n_
from models.values.text import plain_signs

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

REGION: Final = "NO"
COUNTRY: Final = 47
NATIONAL_DIGITS: Final = 8
_ALONE: Final = re.compile(
    r"(?P<number>[+(]*\d[\d ().–-]*)"
    r"(?:[ ,]*(?P<word>ext|ekst|x|#|internnummer|internnr|intern|int|linje|line|tast|trykk|press)[. ]*"
    r"(?P<extension>\d{1,6}))?",
    re.IGNORECASE,
)
"""A number and nothing else but what is dialled after it."""


class BadPhone(ExinError):
    """What was written cannot be a phone number."""


def reached_by(written: str) -> list[str]:
    """The digits that somebody is found by, with the country's code where it is known."""
    return [number.removeprefix("+") for number in numbers(written)] or [bare for bare in [normalised(written)] if bare]


def normalised(written: str) -> str:
    """The first number in it as it is compared, such as `+4722050500`; its bare digits where there is none known."""
    return next(iter(numbers(written)), "".join(letter for letter in written if letter.isdecimal()))


def numbers(written: str) -> list[str]:
    """Every number that stands in a field, as it is compared: people write two, and whose they are."""
    from phonenumbers import PhoneNumberFormat, format_number

    alone = _alone(written)
    found = _among_words(written) if alone is None else [alone.number]
    return list(dict.fromkeys(str(format_number(number, PhoneNumberFormat.E164)) for number in found))


def shown(written: str) -> str:
    """A number in groups, the Norwegian way, others with + and their country code, an extension behind it.

    As written wherever anything else stands in the field, such as whose it is or that nobody should ring it.
    """
    alone = _alone(written)
    if alone is None:
        return written
    from phonenumbers import is_valid_number

    if not is_valid_number(alone.number):
        return written
    return _grouped(alone.number) + alone.extension


def _grouped(number: PhoneNumber) -> str:
    from phonenumbers import PhoneNumberFormat, format_number

    if number.country_code != COUNTRY:
        return str(format_number(number, PhoneNumberFormat.INTERNATIONAL))
    digits = str(number.national_number)
    # Mobile numbers are written three, two, three; the library has all in pairs (Språkrådet, "Telefonnummer").
    if len(digits) == NATIONAL_DIGITS and digits[0] in "49":
        return f"{digits[:3]} {digits[3:5]} {digits[5:]}"
    return str(format_number(number, PhoneNumberFormat.NATIONAL))


def checked(written: str, field: str) -> str:
    """`written` as it stands, when it can be dialled. Raises `BadPhone` with a sentence that begins with `field`."""
    wrong = fault(written)
    if wrong:
        raise BadPhone(_("{field}: {reason}").format(field=field, reason=wrong))
    return written


def fault(written: str) -> str:
    """What is wrong with a number, in a sentence; empty for one that can be dialled, and for nothing at all."""
    if not written.strip():
        return ""
    digits = "".join(letter for letter in written if letter.isdecimal())
    if not digits:
        return _("there are no digits in it.")
    alone = _alone(written)
    if alone is None:
        return "" if _among_words(written) else _("this is not a phone number.")
    from phonenumbers import ValidationResult, is_possible_number_with_reason
    from phonenumbers.shortnumberinfo import is_valid_short_number

    number, digits, _extension = alone
    abroad = written.lstrip("( ").startswith(("+", "00"))
    national = digits.removeprefix("00").removeprefix(str(COUNTRY)) if abroad else digits
    if number.country_code == COUNTRY and len(national) == NATIONAL_DIGITS + 1:
        return _("nine digits; a Norwegian number has eight, one from abroad begins with + and its country.")
    if is_valid_short_number(number):
        return ""
    match is_possible_number_with_reason(number):
        case ValidationResult.TOO_SHORT:
            return n_("{count} digit is too few.", "{count} digits are too few.", len(digits)).format(count=len(digits))
        case ValidationResult.TOO_LONG:
            return _("{count} digits are too many.").format(count=len(digits))
        case ValidationResult.INVALID_COUNTRY_CODE:
            return _("no country has the code that stands after +.")
        case ValidationResult.INVALID_LENGTH:
            return _("no number there has {count} digits.").format(count=len(digits))
    return ""


def advice(written: str) -> str:
    """What looks wrong with a number in a whole sentence, which hinders nothing; empty when nothing does."""
    wrong = fault(written)
    if wrong:
        return _("The phone number: {reason}").format(reason=wrong)
    alone = _alone(written)
    if alone is None:
        return ""
    from phonenumbers import is_valid_number
    from phonenumbers.shortnumberinfo import is_valid_short_number

    if is_valid_number(alone.number) or is_valid_short_number(alone.number):
        return ""
    return _("The phone number is one that nobody has been given.")


class Alone(NamedTuple):
    """A number that stands by itself, its digits as written, and what stands behind it to be shown."""

    number: PhoneNumber
    digits: str
    extension: str = ""


def _alone(written: str) -> Alone | None:
    """The number, None where there is none or anything else beside it.

    The library reads past what it takes for noise and dials letters, so it is given digits alone. It costs a moment to
    load, so it comes when it is needed.
    """
    match = _ALONE.fullmatch(plain_signs(written).strip())
    if match is None:
        return None
    text = match["number"]
    if len(text.strip()) < 2:
        return None
    from phonenumbers import NumberParseException, parse

    try:
        number = parse("+" + text[2:] if text.startswith("00") else text, REGION)
    except NumberParseException:
        return None
    digits = "".join(letter for letter in text if letter.isdecimal())
    if not match["extension"]:
        return Alone(number, digits)
    pressed = match["word"].casefold() in ("tast", "trykk", "press")
    told = _("press {number}") if pressed else _("ext. {number}")
    return Alone(number, digits, " " + told.format(number=match["extension"]))


def _among_words(written: str) -> list[PhoneNumber]:
    """The numbers that the library finds in a text."""
    text = plain_signs(written)
    if _ALONE.fullmatch(text.strip()) or not any(letter.isdecimal() for letter in text):
        return []
    from phonenumbers import Leniency, PhoneNumberMatcher

    return [match.number for match in PhoneNumberMatcher(text, REGION, leniency=Leniency.POSSIBLE)]
