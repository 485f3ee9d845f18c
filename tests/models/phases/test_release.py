"""Out of prison: nothing of before it lasts, whoever records it, and the record says so the same day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from models import timeline
from models.participants import participants
from models.phases import phases
from models.phases.owed_review import ReviewError
from models.phases.release import Release
from models.reviews import brief as review_brief
from models.reviews import reading as review_reading
from models.reviews import reviews
from models.storage import undo
from models.store import Store
from models.timeline import TimelineQuery
from tests.models.case_sample import rows

TODAY = date(2026, 11, 22)
RELEASE = TODAY + timedelta(days=30)
Enter = Callable[..., int]


@pytest.fixture
def enter(store: Store) -> Enter:
    """Enter somebody in phases 2 and 3 at once, a month before release; `values` are more of the record."""

    def entered(**values: Any) -> int:
        known = {"given_name": "Emre", "prison": "Oslo fengsel", "stays": "in_prison", "release_date": RELEASE}
        person = store.change_now(participants.add, {**known, **values}, TODAY - timedelta(days=200), 2)
        store.change_now(phases.begin, person, 3, TODAY - timedelta(days=20), reviewed=True)
        return person

    return entered


def lasting(store: Store, person: int) -> list[int]:
    return store.ask_now(participants.open_periods, person)


def record(store: Store, person: int) -> dict[str, Any]:
    return dict(store.ask_now(participants.file_of, person).values)


@pytest.mark.parametrize("ending", [(3,), (2,), ()])
def test_a_sudden_release_ends_everything_of_before_and_is_in_the_record(
    store: Store, enter: Enter, ending: tuple[int, ...]
) -> None:
    person = enter()
    store.change_now(phases.begin, person, 4, TODAY, ending=ending, release=Release("full_term", "family"))
    assert lasting(store, person) == [4]
    found = record(store, person)
    assert (found["release_date"], found["release_kind"], found["stays"]) == (TODAY, "full_term", "family")
    assert "dates_changed" in [one.kind for one in store.ask_now(timeline.page, TimelineQuery(person), 0, 9)]
    store.change_now(undo.undo)
    assert lasting(store, person) == [2, 3]
    assert (record(store, person)["release_date"], record(store, person)["stays"]) == (RELEASE, "in_prison")


@pytest.mark.parametrize(
    ("before", "after"), [("in_prison", "unknown"), ("", "unknown"), ("home_detention", "home_detention")]
)
def test_where_somebody_stays_is_open_when_nobody_said(store: Store, enter: Enter, before: str, after: str) -> None:
    person = enter(stays=before, release_kind="parole")
    store.change_now(phases.begin, person, 4, TODAY)
    found = record(store, person)
    assert (found["stays"], found["release_kind"]) == (after, "parole")
    brief = store.ask_now(review_brief.brief, store.change_now(reviews.begin, person, "stay"))
    assert brief.sentence.prison == ""


def test_a_move_past_the_release_leaves_its_known_day(store: Store, enter: Enter) -> None:
    person = enter(release_date=TODAY - timedelta(days=5))
    store.change_now(phases.begin, person, 5, TODAY)
    assert lasting(store, person) == [5]
    assert record(store, person)["release_date"] == TODAY - timedelta(days=5)


def test_what_began_after_a_move_entered_as_history_goes_on(store: Store, enter: Enter) -> None:
    person = enter()
    day = TODAY - timedelta(days=300)
    store.change_now(phases.begin, person, 4, day)
    assert lasting(store, person) == [2, 3, 4]
    assert (record(store, person)["release_date"], record(store, person)["stays"]) == (RELEASE, "in_prison")


def test_a_candidate_who_was_out_before_is_not_released_by_enrolling(store: Store) -> None:
    day = TODAY - timedelta(days=90)
    for values, release, stays in (
        ({"release_date": day, "stays": "family"}, day, "family"),
        ({"stays": "family"}, None, "family"),
        ({"stays": "in_prison"}, TODAY, "unknown"),
        ({"release_date": RELEASE}, TODAY, "unknown"),
    ):
        person = store.change_now(participants.add, values)
        store.change_now(phases.begin, person, 4, TODAY, ending=(1,))
        assert (record(store, person)["release_date"], record(store, person)["stays"]) == (release, stays)


def test_the_held_review_mends_a_move_that_left_a_phase_going_on(store: Store, enter: Enter) -> None:
    person = enter()
    store.change_now(phases.begin, person, 4, TODAY, ending=(2, 3))
    # As moves made at once were kept before they ended what was over.
    rows(store, "UPDATE phase_period SET ended = NULL WHERE phase = 2")
    rows(store, "UPDATE participant SET stays = 'in_prison', release_date = ?", RELEASE.isoformat())
    review = store.change_now(reviews.begin, person, "3_4")
    for prompt in ("room", "limits", "specific"):
        store.change_now(reviews.answer, review, prompt, "Sagt", None)
    version = store.ask_now(review_reading.file_of, review).line.version
    store.change_now(reviews.decide, review, version, "move", reason="Gikk fort", release=Release("parole", "own_home"))
    assert lasting(store, person) == [4]
    found = record(store, person)
    assert (found["release_date"], found["release_kind"], found["stays"]) == (TODAY, "parole", "own_home")


def test_back_in_prison_the_prison_is_told_again(store: Store, enter: Enter) -> None:
    person = enter()
    store.change_now(phases.begin, person, 4, TODAY)
    store.change_now(phases.begin, person, 2, TODAY, ending=(4,))
    assert record(store, person)["stays"] == "in_prison"


def test_a_held_review_writes_no_release_before_the_sentence(store: Store, enter: Enter) -> None:
    person = enter()
    day = TODAY - timedelta(days=3)
    store.change_now(phases.begin, person, 4, day, ending=(2, 3))
    version = store.ask_now(participants.file_of, person).version
    began = {"sentence_start": TODAY, "release_date": None}
    version = store.change_now(participants.change, person, version, began)
    review = store.change_now(reviews.begin, person, "3_4")
    for prompt in ("room", "limits", "specific"):
        store.change_now(reviews.answer, review, prompt, "Sagt", None)
    found = store.ask_now(review_reading.file_of, review)
    with pytest.raises(ReviewError, match=r"A release on 19\.11\.2026 is before the sentence began, 22\.11\.2026"):
        store.change_now(reviews.decide, review, found.line.version, "move", reason="Gikk fort")
    assert store.ask_now(review_reading.file_of, review) == found
    # What the record has of a release is not written over, so then there is nothing in the way.
    store.change_now(participants.change, person, None, {"release_date": day})
    store.change_now(reviews.decide, review, found.line.version, "move", reason="Gikk fort")
    assert record(store, person)["release_date"] == day
