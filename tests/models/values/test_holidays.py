"""Norwegian public holidays against years that are known."""

from __future__ import annotations

from datetime import date

import pytest

from models.values.holidays import holiday, holidays


@pytest.mark.parametrize(
    "known",
    # The earliest and latest Easter there are, the exceptions of the rule, and the years around now.
    [
        (1818, 3, 22), (1886, 4, 25), (1943, 4, 25), (1954, 4, 18), (1961, 4, 2), (1981, 4, 19), (2000, 4, 23),
        (2008, 3, 23), (2011, 4, 24), (2016, 3, 27), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28),
        (2028, 4, 16), (2029, 4, 1), (2030, 4, 21), (2038, 4, 25), (2049, 4, 18), (2076, 4, 19), (2285, 3, 22),
    ],
)  # fmt: skip
def test_easter_of_known_years(known: tuple[int, int, int]) -> None:
    assert holidays(known[0])[date(*known)] == "Easter Sunday"


def test_the_holidays_of_2026() -> None:
    assert [f"{day:%d.%m}" for day in holidays(2026)] == [
        "01.01", "02.04", "03.04", "05.04", "06.04", "01.05", "14.05", "17.05", "24.05", "25.05", "25.12", "26.12",
    ]  # fmt: skip


def test_holidays_that_fall_together_are_one() -> None:
    # In 2008 Ascension Day was on 1 May.
    assert holiday(date(2008, 5, 1)) == "Labour Day"
    assert len(holidays(2008)) == 11
    assert holiday(date(2026, 12, 24)) == holiday(date(2026, 4, 4)) == ""
