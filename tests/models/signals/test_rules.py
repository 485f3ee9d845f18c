"""What the program notices by itself, case by case as the guide reasons, not as the code does."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from config import keymap, words
from config.programme.shapes import Programme
from models.cooperation.signs import ENDS, OWED, REPORT, REVISION, UNCONVENED
from models.phases.way_out import DECIDED, FULL_TERM, PAROLE, UNTIMED
from models.signals.card import CardRow
from models.signals.measures import MEASURES
from models.signals.rules import RULES, hits
from models.signals.sign import FAMILIES, LEGEND, Sign, closed_offices, tag
from models.signals.thresholds import Day
from models.signals.wording import shown
from models.values.clock import Clock
from tests.models.case_sample import Hands

TODAY = date(2026, 11, 22)
# A Tuesday far away: nothing about it is worth noticing by itself.
CALM = date(2027, 9, 14)
NEVER = "9999-12-31"
GIVEN = json.dumps({agency: ["2027-09-01", ""] for agency in ("prison", "nav", "lawyer", "probation")})
HELPED = json.dumps(dict.fromkeys(("prison", "nav", "probation", "health"), NEVER))
DONE = json.dumps({"release": [0, 0, "2026-09-01"]})


def days(number: int) -> timedelta:
    return timedelta(days=number)


def iso(day: date | None) -> str:
    return day.isoformat() if day else NEVER


@pytest.fixture
def day(programme: Programme, clock: Clock) -> Day:
    """Sunday 22 November 2026, everybody at work."""
    return Day(programme, clock, first_weekly="2024-01-01")


def moment(back: int) -> int:
    """Noon, so many days ago, in Oslo."""
    return int((datetime(2026, 11, 22, 11) - days(back) - datetime(1970, 1, 1)).total_seconds())


def card(phase: int = 2, **different: object) -> CardRow:
    """Somebody about whom nothing needs to be noticed; dates may be given as dates, `contact` as days ago."""
    for name in ("release", "began", "waiting", "due", "review", "next_review", "owed", "talk", "phase_out", "parole"):
        if isinstance(value := different.get(name, ""), date) or value is None:
            different[name] = iso(value)
    if (also := different.pop("also", None)) is not None:
        assert isinstance(also, tuple)
        different["phases"] = ",".join(str(number) for number in sorted({phase, *also}))
    if different.get("release") == NEVER:
        different.setdefault("basis", "")
    ago = different.pop("contact", 1)
    ordinary = CardRow(
        participant=1, code="EX-001", name="Åse", phase=phase, phases=str(phase), began=iso(TODAY - days(5)),
        release=iso(CALM), contact=0 if ago is None else moment(int(str(ago))), worker=1, security_level="high",
        consents=GIVEN, helped=HELPED, release_list=DONE, review=iso(TODAY - days(3)), basis=DECIDED,
    )  # fmt: skip
    return replace(ordinary, **different)


def signs(one: CardRow, day: Day) -> tuple[Sign, ...]:
    return shown(one, hits(one, day), day)


def rules(one: CardRow, day: Day) -> dict[str, int]:
    return {sign.rule: sign.severity for sign in signs(one, day)}


def test_nothing_to_notice(day: Day) -> None:
    for phase in (1, 2):
        assert rules(card(phase), day) == {}
    for phase in (4, 5):
        assert rules(card(phase, release=TODAY - days(40)), day) == {}
    assert rules(card(6, release=TODAY - days(40), phase_out=TODAY), day) == {}
    assert rules(card(release=None, contact=None), day) == {}


def test_one_who_is_phased_out_needs_no_sign(day: Day) -> None:
    assert rules(card(0, worker=None, contact=None, release=TODAY - days(3), risk=True), day) == {}


def test_nobody_responsible(day: Day) -> None:
    assert rules(card(worker=None), day) == {"no_worker": 3}
    left = Day(day.programme, day.clock, left=frozenset({7}))
    (sign,) = signs(card(worker=7), left)
    assert (sign.rule, sign.reason) == ("no_worker", "Who was responsible has left the team.")


@pytest.mark.parametrize(
    ("level", "left", "severity"),
    [
        # One to two months at high security, two to three at lower (guide, phase 3); unknown counts as lower.
        # Both months of high security are the guide's: it presses from the last of them.
        ("high", 61, None), ("high", 60, 2), ("high", 31, 2), ("high", 30, 3), ("high", 1, 3),
        ("lower", 91, None), ("lower", 90, 2), ("lower", 61, 2), ("lower", 60, 3), ("lower", 1, 3),
        ("", 91, None), ("", 90, 2), ("transitional_housing", 90, 2),
    ],
)  # fmt: skip
def test_release_is_near_and_preparation_has_not_begun(day: Day, level: str, left: int, severity: int | None) -> None:
    one = card(2, security_level=level, release=TODAY + days(left))
    found = rules(one, day)
    assert found.get("release_unprepared") == (3 if severity == 3 else None)
    assert found.get("preparation_due") == (2 if severity == 2 else None)
    # With a candidate nothing is agreed that could be prepared.
    asked = rules(replace(one, phase=1, phases="1"), day)
    assert not {"release_unprepared", "preparation_due"} & asked.keys()


def test_preparation_has_begun(day: Day) -> None:
    assert "release_unprepared" not in rules(card(3, release=TODAY + days(10)), day)
    assert "release_unprepared" not in rules(card(2, also=(3,), release=TODAY + days(10)), day)
    assert "release_unprepared" not in rules(card(2, release=TODAY), day)
    assert "preparation_due" not in rules(card(3, security_level="lower", release=TODAY + days(80)), day)


@pytest.mark.parametrize(
    ("phase", "also", "since", "noticed"),
    [
        (3, (), -1, False), (3, (), 0, True), (3, (), 1, True), (1, (), 5, True), (2, (), 5, True),
        (4, (), 1, False), (5, (), 9, False), (6, (), 9, False), (3, (4,), 1, False), (3, (2,), 1, True),
    ],
)  # fmt: skip
def test_released_and_the_phase_was_not_changed(
    day: Day, phase: int, also: tuple[int, ...], since: int, noticed: bool
) -> None:
    """3 → 4 happens on the day the person leaves prison."""
    found = rules(card(phase, also=also, release=TODAY - days(since)), day)
    assert ("released_unmoved" in found) is noticed


@pytest.mark.parametrize(
    ("phase", "silence", "severity"),
    [
        (1, 30, None), (1, 31, 2), (1, 60, 2), (1, 61, 3), (2, 30, None), (2, 31, 2), (3, 14, None), (3, 15, 3),
        (4, 7, None), (4, 8, 3), (5, 30, None), (5, 31, 2), (5, 61, 3), (6, 90, None), (6, 91, 2),
    ],
)  # fmt: skip
def test_silence_is_noticed_sooner_around_release(day: Day, phase: int, silence: int, severity: int | None) -> None:
    one = card(phase, contact=silence, release=CALM if phase < 4 else None)
    rule = "independence" if phase == 5 else "silent"
    assert rules(one, day).get(rule) == severity
    never = replace(one, contact=0, began=iso(TODAY - days(silence)))
    assert rules(never, day).get(rule) == severity


def test_an_attempt_does_not_break_the_silence(day: Day) -> None:
    one = card(4, contact=20, release=None)
    (sign,) = signs(one, day)
    assert (sign.rule, sign.since) == ("silent", TODAY - days(20))
    assert "20" in sign.short
    assert "7" in sign.reason


@pytest.mark.parametrize(
    ("release", "short", "named"),
    [
        (date(2026, 11, 23), None, ""),
        (date(2026, 11, 26), None, ""),
        (date(2026, 11, 27), "out: Friday", "Friday"),
        (date(2026, 11, 28), "out: Saturday", "Saturday"),
        (date(2026, 11, 29), "out: Sunday", "Sunday"),
        (date(2026, 12, 24), "out: holiday eve", "Christmas Day"),
        (date(2026, 12, 25), "out: holiday", "Christmas Day"),
        (date(2026, 12, 26), "out: holiday", "Boxing Day"),
        (date(2026, 12, 31), "out: holiday eve", "New Year"),
        (date(2027, 1, 1), "out: holiday", "New Year"),
        (date(2027, 3, 24), "out: holiday eve", "Maundy Thursday"),
        (date(2027, 3, 26), "out: holiday", "Good Friday"),
        (date(2027, 3, 27), "out: Saturday", "Saturday"),
        (date(2027, 3, 30), None, ""),
        (date(2027, 5, 5), "out: holiday eve", "Ascension"),
        (date(2027, 5, 7), "out: Friday", "Friday"),
        (date(2027, 5, 17), "out: holiday", "Constitution Day"),
    ],
)
def test_offices_are_closed_at_release(
    programme: Programme, clock: Clock, hands: Hands, release: date, short: str | None, named: str
) -> None:
    hands.moment = datetime.combine(release - days(20), time(11), tzinfo=UTC)
    day = Day(programme, clock)
    found = [sign for sign in signs(card(3, release=release), day) if sign.rule == "release_awkward"]
    assert [sign.short for sign in found] == ([] if short is None else [short])
    assert all(named in sign.reason and sign.severity == 2 and sign.since == release for sign in found)
    assert (closed_offices(release) is None) is (short is None)


@pytest.mark.parametrize(("phase", "also", "began", "severity"), [
    (2, (), 30, None), (2, (), 31, 1), (2, (), 400, 1), (3, (), 0, 2), (2, (3,), 40, 2), (1, (), 80, None),
    (4, (), 80, None),
])  # fmt: skip
def test_no_day_is_known_on_which_they_come_out(
    day: Day, phase: int, also: tuple[int, ...], began: int, severity: int | None
) -> None:
    one = card(phase, also=also, began=TODAY - days(began), release=None, basis="", contact=1)
    assert rules(one, day).get("release_unknown") == severity
    assert "release_unknown" not in rules(replace(one, basis=UNTIMED), day)
    assert "release_unknown" not in rules(replace(one, release=iso(CALM), basis=FULL_TERM), day)


@pytest.mark.parametrize(("phase", "left", "severity"), [
    (2, 91, None), (2, 90, 2), (3, 0, 2), (2, -1, 1), (1, 20, None), (4, 20, None),
])  # fmt: skip
def test_two_thirds_are_near_and_nobody_has_applied(day: Day, phase: int, left: int, severity: int | None) -> None:
    given = card(phase, parole=TODAY + days(left), release=CALM if phase < 4 else None)
    assert rules(given, day).get("parole_unasked") == severity
    computed = replace(given, sentence_days=900)
    assert rules(computed, day).get("parole_unasked") == severity
    if severity:
        reasons = [
            sign.reason for one in (given, computed) for sign in signs(one, day) if sign.rule == "parole_unasked"
        ]
        assert ["computed" in reason for reason in reasons] == [False, True]


@pytest.mark.parametrize(("length", "left", "noticed"), [
    # Two thirds of 75 days are 50, and at least 60 are served: the day is ten later than the calendar has it.
    (73, 20, False), (75, 80, True), (75, 81, False), (90, 90, True),
])  # fmt: skip
def test_a_short_sentence_has_parole_late_or_not_at_all(day: Day, length: int, left: int, noticed: bool) -> None:
    found = rules(card(2, parole=TODAY + days(left), sentence_days=length), day)
    assert ("parole_unasked" in found) is noticed


def test_what_the_day_of_release_is_stands_in_the_reason(day: Day) -> None:
    """A full term is the latest day, and nobody is to take it for the day that was decided."""
    one = card(2, release=TODAY + days(20))
    for basis, said in ((DECIDED, None), (PAROLE, "Parole is granted"), (FULL_TERM, "full term")):
        (sign,) = [sign for sign in signs(replace(one, basis=basis), day) if sign.rule == "release_unprepared"]
        assert said is None or said in sign.reason


def test_a_day_in_2090_hides_nothing(day: Day) -> None:
    found = rules(card(2, began=TODAY - days(800), next_review=date(2090, 1, 1)), day)
    assert found["long_in_phase"] == 1


def test_a_release_is_awkward_only_when_it_comes_near(day: Day) -> None:
    assert "release_awkward" in rules(card(3, release=date(2027, 2, 19)), day)
    assert "release_awkward" not in rules(card(3, release=date(2027, 2, 26)), day)


@pytest.mark.parametrize(("phase", "release"), [(4, date(2026, 11, 27)), (3, date(2026, 11, 20))])
def test_a_release_that_lies_behind_is_not_awkward_any_more(day: Day, phase: int, release: date) -> None:
    assert "release_awkward" not in rules(card(phase, release=release), day)


@pytest.mark.parametrize(("phase", "limit"), [(1, 90), (2, 720), (3, 100), (4, 120), (5, 365), (6, 60)])
def test_a_long_time_in_one_phase(day: Day, phase: int, limit: int) -> None:
    release = CALM if phase < 4 else None
    assert "long_in_phase" not in rules(card(phase, began=TODAY - days(limit), release=release), day)
    found = rules(card(phase, began=TODAY - days(limit + 1), release=release), day)
    assert found["long_in_phase"] == 1


def test_topics_and_risk_areas_are_to_know(day: Day) -> None:
    assert rules(card(topics=2, risk=True), day) == {"topics": 1, "risk_areas": 1}
    (topic, _area) = signs(card(topics=2, risk=True), day)
    assert "2" in topic.short


def test_the_most_pressing_comes_first(day: Day) -> None:
    one = card(
        2, worker=None, release=TODAY + days(26), contact=40, topics=1, risk=True,
        began=TODAY - days(800),
    )  # fmt: skip
    found = signs(one, day)
    assert [sign.severity for sign in found] == sorted((sign.severity for sign in found), reverse=True)
    assert {sign.rule for sign in found} == {
        "no_worker", "release_unprepared", "silent", "release_awkward", "long_in_phase", "topics", "risk_areas",
    }  # fmt: skip
    assert [sign.tag for sign in found] == [tag(sign.rule) for sign in found]
    assert all(sign.reason.endswith(".") and sign.short for sign in found)


def test_a_phase_the_programme_does_not_know_is_shown_quietly(day: Day) -> None:
    assert rules(card(9, release=None, began=TODAY - days(900), contact=None), day) == {}


def test_every_rule_has_a_family_a_place_in_the_help_and_words_in_the_programme(programme: Programme) -> None:
    names = [rule.__name__ for rule in RULES]
    of_agreements = [ENDS, REVISION, REPORT, OWED, UNCONVENED]
    assert [*names, "capacity", *of_agreements] == list(LEGEND) == [text.id for text in programme.method.signals]
    assert {family for family, _meaning in LEGEND.values()} == set(FAMILIES)
    assert not set(FAMILIES) & set(LEGEND), "what is asked for is a rule or a family, never both"


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_tag_is_two_letters_of_one_family_and_no_key_of_any_screen(language: str) -> None:
    words.use(language)
    tags = [str(family.tag) for family in FAMILIES.values()]
    assert len(set(tags)) == len(FAMILIES)
    assert all(len(one) == 2 and one.istitle() for one in tags)
    keys = {keymap.written(key) for action in keymap.ACTIONS for key in action.keys}
    assert not keys & set(tags)
    assert {tag(rule) for rule in LEGEND} == set(tags)


@pytest.mark.parametrize(
    ("phase", "left", "severity"),
    [(2, 91, 1), (3, 31, 1), (3, 30, 2), (3, 8, 2), (3, 7, 3), (3, 0, 3), (4, -3, 3), (5, -40, None), (1, 20, None)],
)
def test_the_release_checklist_is_in_effect_and_incomplete(
    day: Day, phase: int, left: int, severity: int | None
) -> None:
    """In effect from three months before; what is left presses more the nearer the gate is (guide, checklists)."""
    one = card(phase, release=TODAY + days(left), release_list=json.dumps({"release": [4, 0, "2026-09-01"]}))
    assert rules(one, day).get("release_list") == severity
    assert "release_list" not in rules(replace(one, release_list=DONE), day)
    assert "release_list" not in rules(replace(one, release_list=json.dumps({"release": None})), day)


def test_a_release_checklist_that_is_due_and_was_never_opened(day: Day) -> None:
    assert rules(card(3, release=TODAY + days(90), release_list=""), day)["release_list"] == 1
    assert "release_list" not in rules(card(3, release=TODAY + days(91), release_list=""), day)
    other = json.dumps({"start": [3, 0, "2026-01-01"]})
    assert rules(card(3, release=TODAY + days(20), release_list=other), day)["release_list"] == 2


def test_a_parole_date_is_not_known_and_the_list_is_open(day: Day) -> None:
    one = card(2, release=None, release_list=json.dumps({"release": [4, 0, "2026-09-01"]}))
    (sign,) = signs(one, day)
    assert (sign.rule, sign.severity, sign.since) == ("release_list", 1, date(2026, 9, 1))


@pytest.mark.parametrize(
    ("phase", "left", "count", "noticed"),
    [(3, 8, 2, False), (3, 7, 2, True), (3, 0, 1, True), (3, -1, 2, False), (3, 3, 0, False), (4, 0, 2, False)],
)
def test_ticked_and_not_verified_in_the_last_week(day: Day, phase: int, left: int, count: int, noticed: bool) -> None:
    listed = json.dumps({"release": [0, count, "2026-09-01"]})
    found = rules(card(phase, release=TODAY + days(left), release_list=listed), day)
    assert found.get("unverified") == (3 if noticed else None)


def test_what_lapsed_since_is_left_again(programme: Programme, clock: Clock) -> None:
    lapsed = Day(programme, clock, lapsed={(1, "release"): (1, 1)})
    one = card(3, release=TODAY + days(6), release_list=json.dumps({"release": [0, 1, "2026-09-01"]}))
    found = rules(one, lapsed)
    assert (found["release_list"], "unverified" in found) == (3, False)


def test_the_strictest_of_the_phases_that_last_says_how_often(day: Day) -> None:
    assert "silent" in rules(card(5, also=(4,), contact=8, release=None), day)
    assert "silent" in rules(card(2, also=(3,), contact=15), day)
    assert "silent" not in rules(card(2, contact=15), day)
    assert "silent" not in rules(card(6, also=(5,), contact=40, release=None), day)
    assert "independence" in rules(card(6, also=(5,), contact=40, release=None), day)


@pytest.mark.parametrize(
    ("since", "phase", "severity"), [(10, 2, None), (11, 2, 1), (11, 3, 2), (11, 4, 2), (11, 6, None)]
)
def test_the_weekly_discussion_was_missed(day: Day, since: int, phase: int, severity: int | None) -> None:
    release = CALM if phase < 4 else None
    one = card(phase, review=TODAY - days(since), release=release)
    assert rules(one, day).get("discussion_missed") == severity
    never = card(phase, review="", began=TODAY - days(since), release=release)
    assert rules(never, day).get("discussion_missed") == severity


@pytest.mark.parametrize(("ahead", "noticed"), [(1, False), (0, True), (-20, True)])
def test_the_day_the_last_review_decided_on(day: Day, ahead: int, noticed: bool) -> None:
    one = card(2, next_review=TODAY + days(ahead), began=TODAY - days(800))
    found = rules(one, day)
    assert found.get("review_due") == (2 if noticed else None)
    # Until that day the team has looked at the long time and let it be.
    assert ("long_in_phase" in found) is noticed


def test_a_move_without_a_review_owes_one(day: Day) -> None:
    assert rules(card(4, release=TODAY, owed=TODAY), day)["review_owed"] == 2
    assert "review_owed" not in rules(card(4, release=TODAY), day)


def test_an_agency_that_should_have_somebody_has_nobody(day: Day) -> None:
    """During the sentence the prison and NAV, after release NAV, health and probation (guide, partners by phase)."""
    one = card(2, helped=json.dumps({"nav": NEVER, "prison": iso(TODAY)}))
    (sign,) = signs(one, day)
    assert (sign.rule, sign.severity, sign.since) == ("agency_missing", 1, TODAY)
    assert sign.reason == "No contact person at Correctional service."
    tomorrow = json.dumps({"nav": NEVER, "prison": iso(TODAY + days(1))})
    assert rules(card(2, helped=tomorrow), day) == {}
    assert rules(card(4, helped="", release=None), day) == {"agency_missing": 2}
    assert rules(card(6, helped="", release=None, phase_out=TODAY), day) == {}


@pytest.mark.parametrize(
    ("release", "phase", "coworker", "severity"),
    [
        (9, 3, None, None), (10, 3, None, 3), (20, 3, None, 3), (21, 3, None, None), (15, 4, None, None),
        (15, 2, 2, None), (15, 2, 3, 3), (15, 2, 4, 3), (15, 2, 6, 3),
    ],
)  # fmt: skip
def test_a_release_falls_in_an_absence_without_cover(
    programme: Programme, clock: Clock, release: int, phase: int, coworker: int | None, severity: int | None
) -> None:
    """A co-worker who is there stands in; one who is away, has left or may only read does not."""
    gone = Day(
        programme, clock, away=frozenset({3}), left=frozenset({4}), readers=frozenset({6}),
        alone={1: ((iso(TODAY + days(10)), iso(TODAY + days(20))),)},
    )  # fmt: skip
    one = card(phase, coworker=coworker, release=TODAY + days(release))
    found = {sign.rule: sign for sign in signs(one, gone)}
    assert (found["worker_away"].severity if "worker_away" in found else None) == severity
    assert "worker_away" not in rules(replace(one, worker=5), gone)


def test_a_release_further_ahead_in_an_absence_presses_less(programme: Programme, clock: Clock) -> None:
    gone = Day(programme, clock, alone={1: ((iso(TODAY + days(29)), iso(TODAY + days(60))),)})
    assert rules(card(3, release=TODAY + days(30)), gone)["worker_away"] == 3
    assert rules(card(3, release=TODAY + days(31)), gone)["worker_away"] == 2


@pytest.mark.parametrize(("since", "noticed"), [(14, False), (15, True)])
def test_a_candidate_waits_for_the_next_talk(day: Day, since: int, noticed: bool) -> None:
    assert ("candidate_waiting" in rules(card(1, talk=TODAY - days(since)), day)) is noticed


@pytest.mark.parametrize(("since", "noticed"), [(30, False), (31, True)])
def test_a_phase_out_was_left_open(day: Day, since: int, noticed: bool) -> None:
    assert ("phase_out_open" in rules(card(6, phase_out=TODAY - days(since), release=None), day)) is noticed


@pytest.mark.parametrize(
    ("out", "phase", "substance", "noticed"),
    [(0, 4, 1, True), (28, 4, 1, True), (29, 4, 1, False), (5, 4, 0, False), (5, 5, 1, True), (5, 3, 1, False)],
)
def test_the_first_four_weeks_where_substance_use_is_recorded(
    day: Day, out: int, phase: int, substance: int, noticed: bool
) -> None:
    found = rules(card(phase, release=TODAY - days(out), substance=substance), day)
    assert found.get("first_weeks") == (2 if noticed else None)
    sudden = card(4, release=None, began=TODAY - days(out), substance=substance)
    assert ("first_weeks" in rules(sudden, day)) is (bool(substance) and out <= 28)


def test_phase_out_without_a_reason_is_noticed(day: Day) -> None:
    """Every ending has a reason: phase 6 that was begun by hand, or whose reason was left unsaid, tells nobody."""
    (sign,) = signs(card(6, release=None), day)
    assert (sign.rule, sign.severity, sign.since) == ("phase_out_open", 2, TODAY - days(5))
    assert "no reason to end" in sign.reason
    assert rules(card(6, release=None, phase_out=TODAY), day) == {}


@pytest.mark.parametrize(
    ("untold", "consent", "reason"),
    [
        (0, "", ""), (0, TODAY, ""),
        (1, "", "The phase-out is closed. 1 partner was not told."),
        (2, TODAY + days(1), "The phase-out is closed. 2 partners were not told. Consents hold until 23.11.2026."),
        (0, TODAY + days(1), "The phase-out is closed. Consents hold until 23.11.2026."),
    ],
)  # fmt: skip
def test_what_a_closed_phase_out_left_undone(day: Day, untold: int, consent: date | str, reason: str) -> None:
    found = signs(card(0, untold=untold, consent=str(consent), due=TODAY - days(9)), day)
    assert [sign.reason for sign in found] == ([reason] if reason else [])


@pytest.mark.parametrize(("attempts", "contact", "severity"), [(2, 1, None), (3, 1, 2), (3, None, 2), (3, 70, 3)])
@pytest.mark.parametrize(("phase", "rule"), [(2, "silent"), (5, "independence")])
def test_repeated_attempts_reached_nobody(
    day: Day, attempts: int, contact: int | None, severity: int | None, phase: int, rule: str
) -> None:
    """Three attempts are no contact, however few days ago the last one was (the guide on drop-out)."""
    found = {sign.rule: sign for sign in signs(card(phase, release=None, attempts=attempts, contact=contact), day)}
    assert (found[rule].severity if rule in found else None) == severity
    if severity:
        assert "3 attempts since have reached nobody." in found[rule].reason


def test_all_that_is_overdue_is_counted_and_who_it_waits_for_is_said(day: Day) -> None:
    dues = f"{iso(TODAY - days(9))}a,{iso(TODAY - days(2))}o,{iso(TODAY)}o"
    (sign,) = signs(card(2, due=TODAY - days(9), dues=dues), day)
    assert sign.reason == (
        "A task or appointment has been due for 9 days. It waits for an agency. 1 more is overdue."
    )  # fmt: skip


# ---------------------------------------------------------------------- what was put aside


def aside(
    rests: date | None, until: date, made: int = 1, severity: int | None = None, measure: int | None = None
) -> str:
    """A card's snooze of every rule there is."""
    kept = [iso(rests) if rests else "", iso(until), iso(TODAY - days(made)), severity, None]
    return json.dumps({rule.__name__: kept for rule in RULES})


def test_what_is_put_aside_wakes_on_the_day_or_when_its_date_changes(day: Day) -> None:
    def rests(on: date, until: date) -> CardRow:
        return card(2, due=TODAY - days(3), snoozed=aside(on, until))

    rested = TODAY - days(3)
    assert rules(rests(rested, TODAY + days(1)), day) == {}
    assert rules(rests(rested, TODAY), day) == {"overdue": 2}
    assert rules(rests(TODAY - days(9), TODAY + days(1)), day) == {"overdue": 2}


@pytest.mark.parametrize(("made", "asleep"), [(0, True), (29, True), (30, False), (400, False)])
def test_nothing_is_put_aside_for_longer_than_the_limit_also_from_before_there_was_one(
    day: Day, made: int, asleep: bool
) -> None:
    one = card(2, due=TODAY - days(3), snoozed=aside(TODAY - days(3), date(2099, 12, 31), made))
    assert (rules(one, day) == {}) is asleep


def test_it_wakes_when_it_is_heavier(day: Day) -> None:
    one = card(2, release=None, contact=40)
    since = TODAY - days(40)
    assert rules(replace(one, snoozed=aside(since, TODAY + days(9), severity=2)), day) == {}
    heavier = replace(one, phase=3, phases="3", snoozed=aside(since, TODAY + days(9), severity=2))
    assert rules(heavier, day)["silent"] == 3


@pytest.mark.parametrize(
    ("different", "rule", "asleep", "awake"),
    [
        ({"contact": 50, "release": None}, "silent", 26, 25),
        ({"phase": 5, "contact": 50, "release": None}, "independence", 26, 25),
        ({"due": TODAY - days(9), "dues": f"{iso(TODAY - days(9))}o,{iso(TODAY - days(1))}a"}, "overdue", 2, 1),
        ({"waiting": TODAY - days(90), "waits": f"{iso(TODAY - days(90))},{iso(TODAY - days(31))}"},
         "application_waiting", 2, 1),
        ({"consents": ""}, "consents", 3, 2),
        ({"helped": ""}, "agency_missing", 2, 1),
        ({"topics": 3}, "topics", 3, 2),
        ({"release": TODAY + days(20)}, "release_unprepared", 39, 40),
        ({"phase": 3, "release": TODAY + days(5)}, "release_awkward", 9, 10),
        ({"phase": 1, "talk": TODAY - days(20)}, "candidate_waiting", 11, 10),
        ({"phase": 3, "release": TODAY + days(4), "release_list": json.dumps({"release": [5, 2, "2026-09-01"]})},
         "release_list", 5, 4),
        ({"phase": 3, "release": TODAY + days(4), "release_list": json.dumps({"release": [5, 2, "2026-09-01"]})},
         "unverified", 2, 1),
    ],
)  # fmt: skip
def test_it_wakes_when_there_is_more_of_it(
    day: Day, different: dict[str, Any], rule: str, asleep: int, awake: int
) -> None:
    """`asleep` and `awake` are how much there was when it was put aside."""
    one = card(**different)
    (hit,) = (hit for hit in hits(one, day) if hit[0] == rule)
    for then, sleeps in ((asleep, True), (awake, False)):
        kept = [hit[2], iso(TODAY + days(9)), iso(TODAY - days(1)), hit[1], then]
        assert (rule not in rules(replace(one, snoozed=json.dumps({rule: kept})), day)) is sleeps, (then, hit)


def test_every_rule_names_its_measure() -> None:
    assert set(MEASURES) == {rule.__name__ for rule in RULES}
