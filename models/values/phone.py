"""Phone numbers as people here write them: what is no number is said, the same number is known, and shown in groups.

A number is stored as it was written. Norwegian numbers need no country code; those of other countries begin with +.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from config.errors import ExinError
from config.words import _, n_

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

REGION: Final = "NO"
COUNTRY: Final = 47
NATIONAL_DIGITS: Final = 8


class BadPhone(ExinError):
    """What was written cannot be a phone number."""


def normalised(written: str) -> str:
    """A number as it is compared, such as `+4722050500`; its bare digits where it is none that is known."""
    number = _parsed(written)
    if number is None:
        return "".join(letter for letter in written if letter.isdecimal())
    from phonenumbers import PhoneNumberFormat, format_number

    return str(format_number(number, PhoneNumberFormat.E164))


def shown(written: str) -> str:
    """A number in groups, the Norwegian way, others with + and their country code; as written where it is none."""
    number = _parsed(written)
    if number is None:
        return written
    from phonenumbers import PhoneNumberFormat, format_number, is_valid_number

    if not is_valid_number(number):
        return written
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
    number = _parsed(written)
    if number is None:
        return _("this is not a phone number.")
    from phonenumbers import ValidationResult, is_possible_number_with_reason
    from phonenumbers.shortnumberinfo import is_valid_short_number

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
    number = _parsed(written)
    if number is None:
        return ""
    from phonenumbers import is_valid_number
    from phonenumbers.shortnumberinfo import is_valid_short_number

    if is_valid_number(number) or is_valid_short_number(number):
        return ""
    return _("The phone number is one that nobody has been given.")


def _parsed(written: str) -> PhoneNumber | None:
    """The number, None when there is none; the library costs a moment to load, so it comes when it is needed."""
    text = written.strip()
    if len(text) < 2:
        return None
    from phonenumbers import NumberParseException, parse

    try:
        return parse("+" + text[2:] if text.startswith("00") else text, REGION)
    except NumberParseException:
        return None
