"""The brief of a phase review: what the program knows is there, and what is nowhere known is not made up."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from models import timeline
from models.goals import goals
from models.mappings import mappings
from models.mappings import reading as mapping_reading
from models.participants import participants
from models.phases import phases
from models.plans import applications
from models.reviews import brief as review_brief
from models.reviews import reviews
from models.reviews.brief import Brief
from models.store import Store
from models.timeline import TimelineQuery
from tests.models.case_sample import Hands

TODAY = date(2026, 11, 22)


@pytest.fixture
def known(store: Store) -> int:
    """A participant in prison, forty days in phase 2, of whom something of everything is known."""
    person = store.change_now(
        participants.add,
        {
            "given_name": "Håkon", "sentence_start": date(2026, 1, 1), "full_term_date": date(2027, 7, 1),
            "release_date": date(2026, 12, 18), "release_kind": "parole", "security_level": "high",
        },
        date(2026, 10, 13),
        2,
    )  # fmt: skip
    for day, outcome in ((1, "reached"), (8, "attempted"), (15, "reached")):
        at = store.clock.stored(datetime(2026, 11, day, 12))
        store.change_now(timeline.record, person, {"kind": "phone", "at": at, "outcome": outcome, "topic": "gjeld"})
    store.change_now(applications.add, person, {"agency": "nav", "about": "Bolig", "sent": date(2026, 10, 1)})
    store.change_now(applications.add, person, {"agency": "health", "about": "DPS", "sent": date(2026, 11, 20)})
    goal = store.change_now(goals.add, person, {"words": "Bo et sted der ungene kan sove over"})
    first = store.change_now(goals.add_step, goal, {"words": "Skrive søknad", "turn": "participant"})
    store.change_now(goals.add_step, goal, {"words": "Ringe utleier", "turn": "ours"})
    store.change_now(goals.do, first, 1)
    return person


def brief(store: Store, person: int) -> Brief:
    """That of a review of whether to stay."""
    return store.ask_now(review_brief.brief, store.change_now(reviews.begin, person, "stay"))


def test_where_in_the_sentence_and_in_the_phase(store: Store, known: int) -> None:
    found = brief(store, known)
    one = found.sentence
    assert (one.days_to_release, one.release_kind, one.security_level) == (26, "Parole", "High security")
    assert (one.two_thirds, one.candidate) == (date(2026, 12, 31), True)  # 364 of 546 days
    assert one.share == pytest.approx(325 / 546)
    assert [(phase.number, phase.days, phase.long) for phase in found.phases] == [(2, 40, False)]


def test_contact_since_the_beginning_against_what_the_phase_expects(store: Store, known: int) -> None:
    contact = brief(store, known).contact
    assert (contact.since, contact.reached, contact.attempted) == (date(2026, 10, 13), 2, 1)
    assert (contact.expected_days, contact.wanted, contact.last, contact.silent_days) == (30, 1, date(2026, 11, 15), 7)


def test_contact_counts_over_the_last_months_also_when_a_review_was_just_held(
    store: Store, known: int, hands: Hands
) -> None:
    review = store.change_now(reviews.begin, known, "stay")
    for prompt in ("room", "limits", "specific"):
        store.change_now(reviews.answer, review, prompt, "noe", None)
    store.change_now(reviews.decide, review, 1, "stay", next_review=date(2026, 12, 1))
    hands.move(days=5)
    store.change_now(timeline.record, known, {"kind": "phone"})
    contact = brief(store, known).contact
    assert (contact.since, contact.reached, contact.attempted) == (date(2026, 10, 13), 3, 1)
    hands.move(days=60)
    contact = brief(store, known).contact
    assert contact.since == TODAY + timedelta(days=65 - store.programme.limits.brief_contact_days)
    assert (contact.reached, contact.wanted, contact.silent_days) == (3, 3, 60)


def test_a_phase_that_just_began_is_held_against_the_contact_that_the_one_before_expected(
    store: Store, known: int
) -> None:
    store.change_now(phases.begin, known, 3, TODAY, ending=(2,), reviewed=True)
    contact = brief(store, known).contact
    # Forty days in phase 2, which expects one in thirty, and none yet in phase 3.
    assert (contact.since, contact.reached, contact.wanted, contact.expected_days) == (date(2026, 10, 13), 2, 1, 14)


@pytest.mark.parametrize(
    ("days_ago", "phase", "ending", "wanted", "now"),
    [
        # Twenty-eight days at one in thirty and twelve at one in seven: 0.93 + 1.71.
        (12, 4, (2,), 2, 7),
        # On the very day that makes it three: 0.83 + 2.14 is not, 0.8 + 2.29 is.
        (15, 4, (2,), 2, 7),
        (16, 4, (2,), 3, 7),
        # Beside a phase that goes on, the one that expects more counts: 1.12 in 28 days at thirty, 0.86 at fourteen.
        (12, 3, (), 1, 14),
        # Phase-out expects one in ninety: 0.93 + 0.13.
        (12, 6, (2,), 1, 90),
    ],
)
def test_what_is_expected_is_that_of_each_phase_for_as_long_as_it_lasted(
    store: Store, known: int, days_ago: int, phase: int, ending: tuple[int, ...], wanted: int, now: int
) -> None:
    began = TODAY - timedelta(days=days_ago)
    store.change_now(phases.begin, known, phase, began, ending=ending, reviewed=True)
    contact = brief(store, known).contact
    assert (contact.since, contact.wanted, contact.expected_days) == (date(2026, 10, 13), wanted, now)


def test_a_time_in_which_nothing_lasted_expects_nothing(store: Store, hands: Hands) -> None:
    person = store.change_now(participants.add, {"given_name": "Bo"}, TODAY - timedelta(days=60), 4)
    (span,) = store.ask_now(phases.of, person)
    store.change_now(phases.end, span.id, span.version, TODAY - timedelta(days=46))
    store.change_now(phases.begin, person, 4, TODAY - timedelta(days=7), reviewed=True)
    contact = brief(store, person).contact
    assert (contact.since, contact.wanted, contact.expected_days) == (TODAY - timedelta(days=60), 3, 7)


def test_a_time_longer_than_is_looked_at_counts_from_its_first_day_for_both(store: Store) -> None:
    days = store.programme.limits.brief_contact_days
    person = store.change_now(participants.add, {"given_name": "Bo"}, TODAY - timedelta(days=days + 40), 4)
    for ago in (days, days + 1):
        at = store.clock.stored(datetime.combine(TODAY - timedelta(days=ago), datetime.min.time()))
        store.change_now(timeline.record, person, {"kind": "phone", "at": at})
    contact = brief(store, person).contact
    assert (contact.since, contact.reached, contact.wanted) == (TODAY - timedelta(days=days), 1, days // 7)


def test_a_review_s_brief_names_the_consents_its_move_is_warned_of(store: Store, known: int) -> None:
    review = store.change_now(reviews.begin, known, "2_3")
    found = store.ask_now(review_brief.brief, review)
    (warned,) = [one.names for one in found.warnings if one.kind == "consents"]
    assert tuple(one.agency for one in found.consents) == warned
    assert "Probation" in warned


def test_applications_goals_checklists_consents_and_signals(store: Store, known: int) -> None:
    found = brief(store, known)
    assert [(one.about, one.days, one.long) for one in found.applications] == [("Bolig", 52, True), ("DPS", 2, False)]
    assert [(one.words[:10], one.done, one.steps, one.next_step, one.turn) for one in found.goals] == [
        ("Bo et sted", 1, 2, "Ringe utleier", "We")
    ]
    lists = {one.name: one for one in found.checklists}
    assert set(lists) == {"Start checklist", "Release checklist"}
    # The full term is known, and the two-thirds date is only computed.
    assert lists["Start checklist"].settled == 1
    assert [(one.agency, one.state) for one in found.consents] == [
        ("Correctional service", "never"), ("Nav", "never"), ("Lawyer", "never"),
    ]  # fmt: skip
    assert {"release_unprepared", "consents"} <= {one.rule for one in found.signals}
    assert found.topics == 3
    assert (found.code, found.worker, found.last) == ("EX-001", "Kari Nordmann", None)


def test_one_of_whom_nothing_is_known(store: Store) -> None:
    person = store.change_now(participants.add, {})
    found = brief(store, person)
    assert (found.sentence.share, found.sentence.release, found.sentence.days_to_release) == (None, None, None)
    assert (found.contact.reached, found.contact.last, found.contact.silent_days) == (0, None, None)
    assert (found.applications, found.goals, found.checklists, found.last) == ((), (), (), None)


def test_the_mapping_is_held_against_the_one_the_last_review_knew(store: Store, known: int, hands: Hands) -> None:
    assert brief(store, known).mapping is None
    store.change_now(mappings.begin, known, {"day": date(2026, 8, 20)})
    mapped(store, known, date(2026, 10, 20), "2")
    review = store.change_now(reviews.begin, known, "stay")
    for prompt in ("room", "limits", "specific"):
        store.change_now(reviews.answer, review, prompt, "noe", None)
    store.change_now(reviews.decide, review, 1, "stay", next_review=date(2026, 12, 1))
    hands.move(days=30)
    found = brief(store, known).mapping
    assert found is not None
    assert (found.day, found.before) == (date(2026, 10, 20), None)
    mapped(store, known, date(2026, 12, 20), "4")
    held = brief(store, known).mapping
    assert held is not None
    assert (held.before, [(one.domain, one.before, one.after) for one in held.parts]) == (
        date(2026, 10, 20), [("housing", "2", "4")],
    )  # fmt: skip
    # The one that was sealed keeps what was known then.
    kept = store.ask_now(review_brief.brief, review).mapping
    assert kept is not None
    assert (kept.day, kept.before) == (date(2026, 10, 20), date(2026, 8, 20))


def mapped(store: Store, person: int, day: date, step: str) -> None:
    """A mapping in which housing alone was gone into."""
    mapping = store.change_now(mappings.begin, person, {"day": day})
    housing = store.ask_now(mapping_reading.one, mapping).answers[0]
    store.change_now(mappings.answer, housing.id, housing.version, {"step": step})


def test_a_sealed_review_keeps_the_brief_of_its_day(store: Store, known: int) -> None:
    review = store.change_now(reviews.begin, known, "2_3")
    for prompt in ("room", "limits", "specific"):
        store.change_now(reviews.answer, review, prompt, "noe", None)
    live = store.ask_now(review_brief.brief, review)
    assert {one.kind for one in live.warnings} == {"consents", "checklist"}
    store.change_now(reviews.decide, review, 1, "move", reason="haster")
    at = store.clock.stored(datetime(2026, 11, 21, 12))
    store.change_now(timeline.record, known, {"kind": "phone", "at": at})
    assert store.ask_now(review_brief.brief, review) == live
    after = brief(store, known)
    assert after.contact.since == live.contact.since
    assert after.last is not None
    assert (after.last.review, after.last.decision) == (review, "move")
    assert len(store.ask_now(timeline.page, TimelineQuery(known, ("review_held",)), 0, 9)) == 1
