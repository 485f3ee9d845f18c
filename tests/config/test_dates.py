"""Dates as people in Norway write them: read leniently, written in one way, refused in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import words
from config.date_parser import Meaning
from config.dates import (
    DateError,
    format_date,
    month_name,
    parse_date,
    parse_minutes,
    parse_moment,
    relative_days,
    short_date,
    short_span,
    short_weekday,
    week,
    weekday,
)

SUNDAY = date(2026, 11, 22)
NOW = time(9, 5)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
near = st.dates(date(1950, 1, 1), date(2150, 12, 31))
prefers = st.sampled_from(["nearest", "past", "future"])


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = words.language()
    words.use("en")
    yield
    words.use(before)


@pytest.mark.parametrize(
    "text",
    [
        "22.11.2026",
        "22.11.26",
        "22.11",
        "22.11.",
        "22/11-26",
        "22/11",
        "22/11/2026",
        "22-11-2026",
        "2026-11-22",
        "221126",
        "22112026",
        "20261122",
        " 22. 11. 2026 ",
        "22. november 2026",
        "22 Nov",
        "22. nov.",
        "i dag",
        "IDAG",
        "today",
        "d",
        "søndag",
        "sø",
        "sun",
        "+0d",
    ],
)
def test_many_ways_to_write_one_day(text: str) -> None:
    assert parse_date(text, SUNDAY) == SUNDAY


@pytest.mark.parametrize(
    ("ahead", "ways"),
    [
        (-2, "i forgårs, i forigårs, forgårs"),
        (-1, "i går, igår, i gaar, yesterday"),
        (0, "i dag, idag, d, today, nå, now"),
        (1, "i morgen, imorgen, i morra, tomorrow"),
        (2, "i overmorgen, overmorgen, iovermorgen"),
    ],
)
def test_every_word_for_a_day_near_today(ahead: int, ways: str) -> None:
    for way in ways.split(", "):
        assert parse_date(way, SUNDAY) == SUNDAY + timedelta(ahead), way


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i går", date(2026, 11, 21)),
        ("igår", date(2026, 11, 21)),
        ("yesterday", date(2026, 11, 21)),
        ("i morgen", date(2026, 11, 23)),
        ("imorgen", date(2026, 11, 23)),
        ("i overmorgen", date(2026, 11, 24)),
        ("+3d", date(2026, 11, 25)),
        ("+3", date(2026, 11, 25)),
        ("-2u", date(2026, 11, 8)),
        ("−2w", date(2026, 11, 8)),
        ("+1m", date(2026, 12, 22)),
        ("+3 mnd", date(2027, 2, 22)),
        ("-1å", date(2025, 11, 22)),
        ("om 5 d", date(2026, 11, 27)),
        ("3 dager siden", date(2026, 11, 19)),
        ("in 2 weeks", date(2026, 12, 6)),
        ("uke 48", date(2026, 11, 23)),
        ("u48", date(2026, 11, 23)),
        ("week 1", date(2027, 1, 4)),
        ("uke 53 2026", date(2026, 12, 28)),
        ("2026-W48", date(2026, 11, 23)),
        ("14.03.87", date(1987, 3, 14)),
        ("140387", date(1987, 3, 14)),
        ("1.1", date(2027, 1, 1)),
        ("1.7", date(2026, 7, 1)),
    ],
)
def test_what_people_write(text: str, expected: date) -> None:
    assert parse_date(text, SUNDAY) == expected


@pytest.mark.parametrize(
    ("text", "nearest", "past", "future"),
    [
        ("mandag", date(2026, 11, 23), date(2026, 11, 16), date(2026, 11, 23)),
        ("ons", date(2026, 11, 25), date(2026, 11, 18), date(2026, 11, 25)),
        ("to", date(2026, 11, 19), date(2026, 11, 19), date(2026, 11, 26)),
        ("søndag", SUNDAY, SUNDAY, SUNDAY),
        ("1/12", date(2026, 12, 1), date(2025, 12, 1), date(2026, 12, 1)),
        ("1/11", date(2026, 11, 1), date(2026, 11, 1), date(2027, 11, 1)),
        ("29.2", date(2028, 2, 29), date(2024, 2, 29), date(2028, 2, 29)),
        ("uke 47", date(2026, 11, 16), date(2026, 11, 16), date(2026, 11, 16)),
        ("1.1.30", date(2030, 1, 1), date(1930, 1, 1), date(2030, 1, 1)),
    ],
)
def test_preference_decides_where_several_dates_fit(text: str, nearest: date, past: date, future: date) -> None:
    found = (parse_date(text, SUNDAY), parse_date(text, SUNDAY, "past"), parse_date(text, SUNDAY, "future"))
    assert found == (nearest, past, future)


MONDAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("neste tirsdag", date(2026, 12, 8)),
        ("next Tuesday", date(2026, 12, 8)),
        ("denne fredag", date(2026, 12, 4)),
        ("forrige fredag", date(2026, 11, 27)),
        ("sist fredag", date(2026, 11, 27)),
        ("nå på mandag", MONDAY),
        ("neste uke", date(2026, 12, 7)),
        ("om en uke", date(2026, 12, 7)),
        ("om to uker", date(2026, 12, 14)),
        ("in a week", date(2026, 12, 7)),
        ("in two months", date(2027, 1, 30)),
        ("for en uke siden", date(2026, 11, 23)),
        ("for 3 dager siden", date(2026, 11, 27)),
        ("a week ago", date(2026, 11, 23)),
        ("uke 50 fredag", date(2026, 12, 11)),
        ("fredag uke 50", date(2026, 12, 11)),
        ("fredag i uke 50", date(2026, 12, 11)),
        ("Friday week 50", date(2026, 12, 11)),
        ("fredag neste uke", date(2026, 12, 11)),
        ("tirsdag om to uker", date(2026, 12, 15)),
        ("tirsdag 8. des", date(2026, 12, 8)),
        ("tirsdag den 8. desember", date(2026, 12, 8)),
        ("ti 8.12", date(2026, 12, 8)),
        ("fre 27.11.2026", date(2026, 11, 27)),
        ("Sun 29.11.2026", date(2026, 11, 29)),
        ("Søndag, 29.11.2026", date(2026, 11, 29)),
        ("fr. 27.11.", date(2026, 11, 27)),
        ("27. nov. 26", date(2026, 11, 27)),
        ("3. mars 98", date(1998, 3, 3)),
        ("27.11 2026", date(2026, 11, 27)),
        ("27.11. 26", date(2026, 11, 27)),
        ("27th of November", date(2026, 11, 27)),
        ("Nov 27", date(2026, 11, 27)),
        ("November 27, 2026", date(2026, 11, 27)),
        ("november 2026", date(2026, 11, 1)),
        ("fr 10.09", date(2027, 9, 10)),
        ("29.02.00", date(2000, 2, 29)),
    ],
)
def test_days_by_weekday_by_week_and_in_words(text: str, expected: date) -> None:
    assert parse_date(text, MONDAY) == expected
    assert parse_date(text.upper(), MONDAY) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fre 28.11.2026", "28.11.2026 is a Saturday"),
        ("Monday 27. November", "27.11.2026 is a Friday"),
        ("fredag 28.11.2026 kl 10", "28.11.2026 is a Saturday"),
    ],
)
def test_a_weekday_that_contradicts_its_date_is_told(text: str, told: str) -> None:
    with pytest.raises(DateError, match=told):
        parse_moment(text, MONDAY, NOW)


@pytest.mark.parametrize(
    "text", ["neste", "uke", "om", "om uker", "neste 3", "fredag uke", "fredag mandag", "neste år"]
)
def test_half_of_a_day_in_words_is_none(text: str) -> None:
    with pytest.raises(DateError):
        parse_date(text, MONDAY)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 99))
def test_a_year_of_two_digits_is_of_the_century_its_field_means(today: date, number: int) -> None:
    text = f"15.06.{number:02}"
    born, been, around, coming = (
        parse_date(text, today, meaning) for meaning in ("birth", "past", "nearest", "future")
    )
    assert {found.year % 100 for found in (born, been, around, coming)} == {number}
    assert today - timedelta(days=36_526) <= born <= today
    assert today.year - 99 <= been.year <= today.year + 1
    assert abs((around - today).days) <= 18_263
    assert today.year - 20 <= coming.year <= today.year + 80


def test_a_full_term_may_lie_far_ahead_and_a_birth_date_never() -> None:
    assert parse_date("01.09.47", MONDAY) == date(2047, 9, 1)
    assert parse_date("01.09.51", MONDAY) == date(2051, 9, 1)
    assert parse_date("01.12.26", MONDAY, "birth") == date(1926, 12, 1)
    assert parse_date("30.11.26", MONDAY, "birth") == MONDAY
    assert parse_date("03.01.27", MONDAY, "past") == date(2027, 1, 3), "a slip is seen, not taken for 1927"


def test_a_month_on_from_the_last_day_stays_in_the_month() -> None:
    assert parse_date("+1m", date(2026, 1, 31)) == date(2026, 2, 28)
    assert parse_date("-1m", date(2028, 3, 30)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "31.04",
        "29.2.2026",
        "uke 54",
        "00.00",
        "1.13.2026",
        "22.11.0026",
        "+999999999d",
        "1430",
        "9",
        "٢٢.١١.٢٠٢٦",
        "²²",
        "i fjor en gang",
        "22.11.2026.",
        "22..11",
    ],
)
def test_what_is_no_date_is_told_with_examples(text: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text, SUNDAY)
    assert f"“{text}”" in caught.value.text
    assert "22/11-26" in caught.value.text


def test_the_error_quotes_without_control_characters_and_not_endlessly() -> None:
    with pytest.raises(DateError) as caught:
        parse_date("\x1b]0;x\x07" + "y" * 5000, SUNDAY)
    assert caught.value.text.isprintable()
    assert len(caught.value.text) < 250


@given(days, near, prefers)
def test_a_written_date_is_read_back(day: date, today: date, prefer: Meaning) -> None:
    assert parse_date(format_date(day), today, prefer) == day
    assert parse_date(day.isoformat(), today, prefer) == day
    assert parse_date(day.strftime("%d%m%Y"), today, prefer) == day
    assert parse_date(f"{day.day}. {month_name(day.month)} {day.year}", today, prefer) == day


@given(days, near, prefers)
def test_a_short_date_is_read_back_within_the_preferred_year(day: date, today: date, prefer: Meaning) -> None:
    found = parse_date(short_date(day), today, prefer)
    assert (found.day, found.month) == (day.day, day.month)
    if prefer == "past":
        assert found <= today
    elif prefer == "future":
        assert found >= today
    elif (day.month, day.day) != (2, 29):
        assert abs((found - today).days) <= 183


@given(st.integers(-7, 6), near, prefers, st.sampled_from(["nb", "en"]))
def test_a_weekday_is_read_back_in_both_languages(offset: int, today: date, prefer: Meaning, language: str) -> None:
    words.use(language)
    day = today + timedelta(offset)
    for written in (weekday(day), short_weekday(day)):
        found = parse_date(written, today, prefer)
        assert found.weekday() == day.weekday()
        assert abs((found - today).days) <= (3 if prefer == "nearest" else 6)
        assert prefer != "past" or found <= today
        assert prefer != "future" or found >= today


@given(st.integers(-400, 400), near, st.sampled_from(["nb", "en"]))
def test_relative_days_are_read_back(offset: int, today: date, language: str) -> None:
    words.use(language)
    day = today + timedelta(offset)
    assert parse_date(relative_days(day, today), today) == day


@given(near, near)
def test_the_week_is_read_back(day: date, today: date) -> None:
    monday = day - timedelta(day.weekday())
    assert parse_date(f"uke {week(day)} {monday.isocalendar().year}", today) == monday


_pieces = st.text(max_size=3) | st.from_regex(
    r"[0-9./: +,-]|kl|uke|w|i går|om|siden|[dumå]|nov|mai|20[0-9]{2}", fullmatch=True
)
_composed = st.lists(_pieces, max_size=8).map("".join)


def refusal(read: Callable[[], object]) -> str:
    """What a DateError said, or nothing."""
    try:
        read()
    except DateError as fault:
        return fault.text
    return ""


@given(st.text(max_size=40) | _composed, st.dates(), prefers)
def test_any_text_is_read_or_refused_in_words(text: str, today: date, prefer: Meaning) -> None:
    for read in (
        lambda: parse_date(text, today, prefer),
        lambda: parse_moment(text, today, NOW, prefer),
        lambda: parse_minutes(text),
    ):
        assert refusal(read).isprintable()


@given(st.integers(-5, 200_000))
def test_a_span_fits_a_card(count: int) -> None:
    words.use("nb")
    assert len(short_span(count)) <= 4
    assert short_span(count)[-1] in "dumå"


def test_spans_are_rounded_down() -> None:
    assert [short_span(count) for count in (-1, 0, 12, 20, 21, 90, 91, 364, 365, 730, 731)] == [
        "0d",
        "0d",
        "12d",
        "20d",
        "3w",
        "12w",
        "2m",
        "11m",
        "12m",
        "1y",
        "2y",
    ]


def test_days_are_told_in_norwegian() -> None:
    words.use("nb")
    told = [relative_days(SUNDAY + timedelta(offset), SUNDAY) for offset in (-3, -1, 0, 1, 5)]
    assert told == ["3 d siden", "i går", "i dag", "i morgen", "om 5 d"]
    assert " ".join(short_weekday(SUNDAY + timedelta(offset)) for offset in range(1, 8)) == "ma ti on to fr lø sø"
    assert month_name(1) == "januar"
