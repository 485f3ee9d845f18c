"""National identity numbers of every kind; none of them is a living person's."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.values.national_id import BadNationalId, birth_date_of, validated

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


@pytest.mark.parametrize("written", ["{0} {1}", " {0}.{1} ", "{0}-{1}", "{0}\u00a0{1}"])
def test_separators_people_write_are_dropped(written: str) -> None:
    assert validated(written.format(ORDINARY[:6], ORDINARY[6:])) == ORDINARY


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


@given(st.dates(date(1954, 1, 1), date(1999, 12, 31)), st.integers(0, 499), st.integers(0, 99))
def test_only_the_two_right_digits_fit(born: date, individual: int, last: int) -> None:
    nine = f"{born:%d%m%y}{individual:03d}"
    right = with_check_digits(nine)
    number = f"{nine}{last:02d}"
    assume(number != right)
    with pytest.raises(BadNationalId, match="last two digits"):
        validated(number)


@given(st.dates(date(1954, 1, 1), date(1999, 12, 31)), st.integers(0, 499))
def test_a_check_digit_of_ten_fits_no_number(born: date, individual: int) -> None:
    nine = f"{born:%d%m%y}{individual:03d}"
    right = with_check_digits(nine)
    if right is not None:
        assert validated(right) == right
        assert birth_date_of(right) == born
        return
    for last in range(100):
        with pytest.raises(BadNationalId):
            validated(f"{nine}{last:02d}")


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
