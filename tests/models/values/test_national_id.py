"""National identity numbers of every kind; none of them is a living person's."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.national_id import (
    BadNationalId,
    birth_date_of,
    covered,
    masked,
    proposed_birth_date,
    stated_birth_date,
    validated,
)

WEIGHTS = ((3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))


def with_check_digits(nine: str) -> str | None:
    """The number with its check digits by the tax administration's weights; None where one would be ten."""
    number = nine
    for weights in WEIGHTS:
        digit = (11 - sum(w * int(n) for w, n in zip(weights, number, strict=True)) % 11) % 11
        if digit == 10:
            return None
        number += str(digit)
    return number


def number_for(day: int, month: int, year: int, first_individual: int = 0) -> str:
    return next(
        made
        for individual in range(first_individual, 1000)
        if (made := with_check_digits(f"{day:02d}{month:02d}{year:02d}{individual:03d}"))
    )


ORDINARY = number_for(14, 5, 87)


@pytest.mark.parametrize(
    ("number", "born"),
    [
        (ORDINARY, date(1987, 5, 14)),
        (number_for(14, 5, 4, 500), date(2004, 5, 14)),
        (number_for(54, 5, 87), date(1987, 5, 14)),
        (number_for(14, 85, 87), date(1987, 5, 14)),
        (number_for(14, 70, 87), date(1987, 5, 14)),
        (number_for(14, 45, 87), date(1987, 5, 14)),
        (number_for(54, 85, 87), date(1987, 5, 14)),
        (number_for(31, 92, 99), date(1999, 12, 31)),
        (number_for(1, 41, 0, 500), date(2000, 1, 1)),
    ],
    ids=["ordinary", "born-2004", "D", "+80", "+65", "+40", "D+80", "+80-december", "+40-january"],
)
def test_numbers_that_fit(number: str, born: date) -> None:
    assert validated(number) == number
    assert birth_date_of(number) == born


@pytest.mark.parametrize(
    "between",
    [" ", ".", "-", "–", "—", "\t", "\u00a0", "\u202f", "\u2009", "\u200b", "\u2011", "\u00ad", "\u2060 "],
    ids=ascii,
)
def test_separators_people_write_are_dropped(between: str) -> None:
    assert validated(f" {ORDINARY[:6]}{between}{ORDINARY[6:]} ") == ORDINARY


@pytest.mark.parametrize("nothing", ["", " ", "-. "])
def test_nothing_is_no_number_and_no_error(nothing: str) -> None:
    assert validated(nothing) == ""


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (ORDINARY[:10], "eleven digits are needed, 10"),
        (ORDINARY + "1", "eleven digits are needed, 12"),
        (ORDINARY[:10] + "x", "only digits"),
        ("١٤٠٥٨٧٠٠٠٠٠", "only digits"),
        ("32018700000", "no date"),
        ("14138700000", "no date"),
        ("14608700000", "no date"),
        ("14798700000", "no date"),
        ("00000000000", "no date"),
    ],
)
def test_what_is_wrong_is_said_without_the_number(number: str, reason: str) -> None:
    with pytest.raises(BadNationalId, match=reason) as caught:
        validated(number)
    assert number not in str(caught.value)


@given(st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(place: int, more: int) -> None:
    wrong = ORDINARY[:place] + str((int(ORDINARY[place]) + more) % 10) + ORDINARY[place + 1 :]
    with pytest.raises(BadNationalId) as caught:
        validated(wrong)
    assert not any(part in str(caught.value) for part in (wrong, wrong[:6], wrong[6:]))


def fits(number: str) -> bool:
    """Whether the check digits are those of today or those of 2032, by the sums the tax administration gives."""
    first, second = (sum(w * int(n) for w, n in zip((*weights, 1), number, strict=False)) % 11 for weights in WEIGHTS)
    return first in (0, 1, 2, 3) and second == 0


@given(st.dates(date(1954, 1, 1), date(1999, 12, 31)), st.integers(0, 499))
def test_only_check_digits_of_today_or_of_2032_fit(born: date, individual: int) -> None:
    nine = f"{born:%d%m%y}{individual:03d}"
    right = with_check_digits(nine)
    taken = 0
    for last in range(100):
        number = f"{nine}{last:02d}"
        if fits(number):
            taken += 1
            assert validated(number) == number
            assert birth_date_of(number) == born
        else:
            with pytest.raises(BadNationalId, match="last two digits"):
                validated(number)
    assert taken <= 4
    assert right is None or validated(right) == right


@pytest.mark.parametrize(
    ("number", "stated"),
    [
        ("41814061033", date(1940, 1, 1)),
        ("41810021827", date(2000, 1, 1)),
        (number_for(41, 81, 75, 600), date(1975, 1, 1)),
        (number_for(41, 81, 75, 900), date(1975, 1, 1)),
        (number_for(41, 81, 5, 200), date(2005, 1, 1)),
        (number_for(41, 81, 5, 100), date(1905, 1, 1)),
        (number_for(41, 81, 39, 999 - 60), date(2039, 1, 1)),
        (number_for(41, 81, 60, 520), date(1860, 1, 1)),
        (number_for(41, 66, 5, 200), date(2005, 1, 1)),
        (number_for(41, 41, 75, 600), date(1975, 1, 1)),
        (number_for(41, 1, 40, 600), date(1940, 1, 1)),
    ],
    ids=str,
)
def test_d_numbers_are_read_by_their_own_ranges_and_are_a_proposal_only(number: str, stated: date) -> None:
    assert validated(number) == number
    assert proposed_birth_date(number) == birth_date_of(number) == stated
    assert stated_birth_date(number) is None


def test_the_number_of_2032_that_the_tax_administration_published_is_read() -> None:
    assert validated("01811094966") == "01811094966"


@pytest.mark.parametrize(("year", "running"), [(45, 500), (45, 750), (60, 760)])
def test_a_series_nobody_has_told_of_is_taken_and_states_no_birth_date(year: int, running: int) -> None:
    number = number_for(14, 85, year, running)
    assert validated(number) == number
    assert stated_birth_date(number) is None


@given(st.booleans(), st.integers(0, 10**11 - 1))
def test_what_is_masked_is_as_long_as_before_and_shows_no_whole_number(gap: bool, number: int) -> None:
    digits = f"{number:011d}"
    text = f"nr {digits[:6]}{' ' if gap else ''}{digits[6:]}, og"
    hidden = masked(text)
    assert len(hidden) == len(text)
    assert digits[6:] not in hidden.replace(digits[:6], "")
    assert covered(digits) == digits[:6] + "*****"


@given(st.text(max_size=15))
def test_whatever_is_typed_is_refused_or_eleven_digits(typed: str) -> None:
    birth_date_of(typed)
    said = ""
    try:
        kept = validated(typed)
    except BadNationalId as error:
        kept, said = "", str(error)
    assert kept == "" or (len(kept) == 11 and kept.isascii() and kept.isdecimal())
    assert not (typed.isdecimal() and len(typed) > 2 and typed in said)
