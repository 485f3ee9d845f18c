"""What the program notices by itself, case by case as the guide reasons (the guide), not as the code does."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from config.programme.shapes import Programme
from models.board import BoardCard
from models.signs import LEGEND, closed_offices, signs

TODAY = date(2026, 11, 22)
# A Tuesday far away: nothing about it is worth noticing by itself.
CALM = date(2027, 9, 14)
GIVEN = json.dumps({agency: ["2027-09-01", ""] for agency in ("prison", "nav", "lawyer", "probation")})


def days(number: int) -> timedelta:
    return timedelta(days=number)


def card(phase: int = 2, **different: object) -> BoardCard:
    """Somebody about whom nothing needs to be noticed."""
    ordinary = BoardCard(
        participant=1, code="EX-001", name="Åse", phase=phase, also=(), began=TODAY - days(5), release=CALM,
        last_contact=TODAY - days(1), last_attempt=None, worker=1, worker_initials="KN", security_level="high",
        stays="in_prison", prison="Ila", topics=0, risk=False, consents=GIVEN,
    )  # fmt: skip
    return replace(ordinary, **different)  # type: ignore[arg-type]  # fields by name


def rules(one: BoardCard, programme: Programme) -> dict[str, int]:
    return {sign.rule: sign.severity for sign in signs(one, programme, TODAY)}


def test_nothing_to_notice(programme: Programme) -> None:
    for phase in (1, 2):
        assert rules(card(phase), programme) == {}
    for phase in (4, 5, 6):
        assert rules(card(phase, release=TODAY - days(40)), programme) == {}
    assert rules(card(release=None, last_contact=None), programme) == {}


def test_one_who_is_phased_out_needs_no_sign(programme: Programme) -> None:
    assert rules(card(0, worker=None, last_contact=None, release=TODAY - days(3), risk=True), programme) == {}


def test_nobody_responsible(programme: Programme) -> None:
    assert rules(card(worker=None), programme) == {"no_worker": 3}
    (sign,) = signs(card(worker_left=True), programme, TODAY)
    assert (sign.rule, sign.reason) == ("no_worker", "Who was responsible has left the team.")


@pytest.mark.parametrize(
    ("level", "left", "severity"),
    [
        # One to two months at high security, two to three at lower (guide, phase 3); unknown counts as lower.
        ("high", 61, None), ("high", 60, 3), ("high", 1, 3),
        ("lower", 91, None), ("lower", 90, 2), ("lower", 61, 2), ("lower", 60, 3), ("lower", 1, 3),
        ("", 91, None), ("", 90, 2), ("transitional_housing", 90, 2),
    ],
)  # fmt: skip
@pytest.mark.parametrize("phase", [1, 2])
def test_release_is_near_and_preparation_has_not_begun(
    programme: Programme, phase: int, level: str, left: int, severity: int | None
) -> None:
    found = rules(card(phase, security_level=level, release=TODAY + days(left)), programme)
    assert found.get("release_unprepared") == severity


def test_preparation_has_begun(programme: Programme) -> None:
    assert "release_unprepared" not in rules(card(3, release=TODAY + days(10)), programme)
    assert "release_unprepared" not in rules(card(2, also=(3,), release=TODAY + days(10)), programme)
    assert "release_unprepared" not in rules(card(2, release=TODAY), programme)


@pytest.mark.parametrize(
    ("phase", "also", "since", "noticed"),
    [
        (3, (), -1, False), (3, (), 0, True), (3, (), 1, True), (1, (), 5, True), (2, (), 5, True),
        (4, (), 1, False), (5, (), 9, False), (6, (), 9, False), (3, (4,), 1, False), (3, (2,), 1, True),
    ],
)  # fmt: skip
def test_released_and_the_phase_was_not_changed(
    programme: Programme, phase: int, also: tuple[int, ...], since: int, noticed: bool
) -> None:
    """3 → 4 happens on the day the person leaves prison."""
    found = rules(card(phase, also=also, release=TODAY - days(since)), programme)
    assert ("released_unmoved" in found) is noticed


@pytest.mark.parametrize(
    ("phase", "silence", "severity"),
    [
        (1, 30, None), (1, 31, 2), (1, 60, 2), (1, 61, 3), (2, 30, None), (2, 31, 2), (3, 14, None), (3, 15, 3),
        (4, 7, None), (4, 8, 3), (5, 30, None), (5, 31, 2), (5, 61, 3), (6, 90, None), (6, 91, 2),
    ],
)  # fmt: skip
def test_silence_is_noticed_sooner_around_release(
    programme: Programme, phase: int, silence: int, severity: int | None
) -> None:
    one = card(phase, last_contact=TODAY - days(silence), release=CALM if phase < 4 else None)
    assert rules(one, programme).get("silent") == severity
    never = replace(one, last_contact=None, began=TODAY - days(silence))
    assert rules(never, programme).get("silent") == severity


def test_an_attempt_does_not_break_the_silence(programme: Programme) -> None:
    one = card(4, last_contact=TODAY - days(20), last_attempt=TODAY, release=None)
    (sign,) = signs(one, programme, TODAY)
    assert (sign.rule, sign.since) == ("silent", TODAY - days(20))
    assert "20" in sign.short
    assert "7" in sign.reason


@pytest.mark.parametrize(
    ("release", "short", "named"),
    [
        (date(2026, 11, 23), None, ""),
        (date(2026, 11, 26), None, ""),
        (date(2026, 11, 27), "Friday", "Friday"),
        (date(2026, 11, 28), "Saturday", "Saturday"),
        (date(2026, 11, 29), "Sunday", "Sunday"),
        (date(2026, 12, 24), "holiday eve", "Christmas Day"),
        (date(2026, 12, 25), "holiday", "Christmas Day"),
        (date(2026, 12, 26), "holiday", "Boxing Day"),
        (date(2026, 12, 31), "holiday eve", "New Year"),
        (date(2027, 1, 1), "holiday", "New Year"),
        (date(2027, 3, 24), "holiday eve", "Maundy Thursday"),
        (date(2027, 3, 26), "holiday", "Good Friday"),
        (date(2027, 3, 27), "Saturday", "Saturday"),
        (date(2027, 3, 30), None, ""),
        (date(2027, 5, 5), "holiday eve", "Ascension"),
        (date(2027, 5, 7), "Friday", "Friday"),
        (date(2027, 5, 17), "holiday", "Constitution Day"),
    ],
)
def test_offices_are_closed_at_release(programme: Programme, release: date, short: str | None, named: str) -> None:
    found = [sign for sign in signs(card(3, release=release), programme, TODAY) if sign.rule == "release_awkward"]
    assert [sign.short for sign in found] == ([] if short is None else [short])
    assert all(named in sign.reason and sign.severity == 2 and sign.since == release for sign in found)
    assert (closed_offices(release) is None) is (short is None)


@pytest.mark.parametrize(("phase", "release"), [(4, date(2026, 11, 27)), (3, date(2026, 11, 20))])
def test_a_release_that_lies_behind_is_not_awkward_any_more(programme: Programme, phase: int, release: date) -> None:
    assert "release_awkward" not in rules(card(phase, release=release), programme)


@pytest.mark.parametrize(("phase", "limit"), [(1, 90), (2, 720), (3, 100), (4, 120), (5, 365), (6, 60)])
def test_a_long_time_in_one_phase(programme: Programme, phase: int, limit: int) -> None:
    release = CALM if phase < 4 else None
    assert "long_in_phase" not in rules(card(phase, began=TODAY - days(limit), release=release), programme)
    found = rules(card(phase, began=TODAY - days(limit + 1), release=release), programme)
    assert found["long_in_phase"] == 1


def test_topics_and_risk_areas_are_to_know(programme: Programme) -> None:
    assert rules(card(topics=2, risk=True), programme) == {"topics": 1, "risk_areas": 1}
    (topic, _area) = signs(card(topics=2, risk=True), programme, TODAY)
    assert "2" in topic.short


def test_the_most_pressing_comes_first(programme: Programme) -> None:
    one = card(
        2, worker=None, release=TODAY + days(33), last_contact=TODAY - days(40), topics=1, risk=True,
        began=TODAY - days(800),
    )  # fmt: skip
    found = signs(one, programme, TODAY)
    assert [sign.severity for sign in found] == sorted((sign.severity for sign in found), reverse=True)
    assert {sign.rule for sign in found} == {
        "no_worker", "release_unprepared", "silent", "release_awkward", "long_in_phase", "topics", "risk_areas",
    }  # fmt: skip
    letters = {letter for letter, _words in LEGEND}
    assert {sign.letter for sign in found} <= letters
    assert all(sign.reason.endswith(".") and sign.short for sign in found)


def test_a_phase_the_programme_does_not_know_is_shown_quietly(programme: Programme) -> None:
    assert rules(card(9, release=None, began=TODAY - days(900), last_contact=None), programme) == {}
