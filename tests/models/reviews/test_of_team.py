"""The phase reviews of the whole team: each in its state and order, of a caseload, with the days that still count."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.paper import team_reviews as paper
from models.phases import phases
from models.phases.owed_review import OPEN, OWED, SEALED
from models.restrictions import restrictions
from models.reviews import of_team, reviews
from models.reviews import reading as review_reading
from models.reviews.of_team import AGREED, BY_NAME, ReviewQuery, TeamReview
from models.storage import undo
from models.store import Store
from models.team import staff
from models.values.clock import Clock, oslo
from tests.models.case_sample import Hands
from tests.models.reviews.team_reviews_sample import days, enter, held

Session = Callable[[str], Store]


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def clock(hands: Hands) -> Clock:
    return Clock(oslo().zone, hands)


@pytest.fixture
def team(store: Store, hands: Hands) -> dict[str, int]:
    return enter(store, hands)


def lines(store: Store, query: ReviewQuery | None = None) -> list[TeamReview]:
    found = store.ask_now(of_team.survey, query or ReviewQuery())
    return store.ask_now(of_team.lines, [number for numbers in found.values() for number in numbers])


def told(store: Store, query: ReviewQuery | None = None) -> list[str]:
    """By given name, step and what it came to."""
    today = store.clock.today()
    return [
        f"{one.name.split()[0]} {of_team.step(one)} {of_team.came_to(store.programme, one, today)}"
        for one in lines(store, query)
    ]


def test_owed_ones_come_first_then_open_ones_then_those_held_newest_first(store: Store, team: dict[str, int]) -> None:
    assert told(store) == [
        "Bo 2 → 3 missing for 40 days", "Ada 2 → 3 missing for 10 days", "Cato 2 → 3 1 answered", "Emil 2 → 3 Move on",
        "Dina 2 Stay", "Frida 2 Stay", "Emil 2 Stay",
    ]  # fmt: skip
    assert store.ask_now(of_team.counts) == {OWED: 2, OPEN: 1, SEALED: 4, AGREED: 2}


def test_by_name_each_state_is_in_the_order_of_names(store: Store, team: dict[str, int]) -> None:
    found = [one.name for one in lines(store, ReviewQuery(sort=BY_NAME))]
    assert found == ["Bo Dahl", "Ada Moe", "Cato Lie", "Frida Bø", "Dina Vik", "Emil Aas", "Emil Aas"]


def test_a_day_that_was_agreed_counts_until_the_next_review_or_the_end(
    store: Store, hands: Hands, team: dict[str, int]
) -> None:
    agreed = ReviewQuery(state=AGREED)
    assert [(one.name.split()[0], one.next_review) for one in lines(store, agreed)] == [
        ("Frida", days(-3)), ("Dina", days(10)),
    ]  # fmt: skip
    assert {one.name.split()[0] for one in lines(store) if one.awaited} == {"Frida", "Dina"}
    hands.move(hours=1)
    held(store, team["Frida"], "stay", "stay", next_review=days(30))
    assert [(one.name.split()[0], one.next_review) for one in lines(store, agreed)] == [
        ("Dina", days(10)), ("Frida", days(30)),
    ]  # fmt: skip
    hands.move(hours=1)
    held(store, team["Dina"], "any_6", "end")
    assert [one.name.split()[0] for one in lines(store, agreed)] == ["Frida"]
    assert store.ask_now(of_team.counts)[AGREED] == 1
    (lasts,) = [span for span in store.ask_now(phases.of, team["Frida"]) if span.ended is None]
    store.change_now(phases.end, lasts.id, lasts.version, store.clock.today())
    assert store.ask_now(of_team.counts)[AGREED] == 0
    assert not [one for one in lines(store) if one.awaited]


def test_an_owed_review_that_is_taken_up_is_owed_until_it_is_held(store: Store, team: dict[str, int]) -> None:
    store.change_now(reviews.begin, team["Bo"], "2_3")
    assert told(store, ReviewQuery(state=OWED))[0] == "Bo 2 → 3 missing for 40 days, 0 answered"
    held(store, team["Bo"], "2_3", "move")
    assert store.ask_now(of_team.counts) == {OWED: 1, OPEN: 1, SEALED: 5, AGREED: 2}
    store.change_now(undo.undo)
    assert store.ask_now(of_team.counts)[SEALED] == 4


def test_of_a_colleague_is_what_is_theirs(store: Store, team: dict[str, int]) -> None:
    ola = next(one.id for one in store.ask_now(staff.team) if one.user == "ola")
    assert {one.name.split()[0] for one in lines(store, ReviewQuery(ola))} == {"Ada", "Cato", "Dina", "Frida"}
    assert store.ask_now(of_team.counts, ola) == {OWED: 1, OPEN: 1, SEALED: 2, AGREED: 2}
    assert {one.worker for one in lines(store, ReviewQuery(ola))} == {"OS"}


def test_each_line_says_what_the_participant_s_own_list_says(store: Store, team: dict[str, int]) -> None:
    for person in team.values():
        own = {one.id: one for one in store.ask_now(review_reading.of, person)}
        here = {one.id: one for one in lines(store) if one.participant == person}
        assert own.keys() == here.keys()
        for number, one in here.items():
            for name in (
                "state",
                "decision",
                "next_review",
                "sealed",
                "sealed_by",
                "opened",
                "moved",
                "answers",
                "owed",
            ):
                assert getattr(one, name) == getattr(own[number], name), name


def test_whoever_may_not_see_somebody_sees_none_of_their_reviews(
    store: Store, session: Session, team: dict[str, int]
) -> None:
    store.change_now(restrictions.restrict, team["Bo"], {"may_see": (), "reason": "Kjenner en i teamet"})
    lise = session("lise")
    assert "Bo" not in {one.name.split()[0] for one in lines(lise)}
    assert lise.ask_now(of_team.counts)[OWED] == 1
    assert "Bo" not in " ".join(lise.ask_now(lambda reading: paper.sheet(reading, ReviewQuery())).texts())
    assert "Bo Dahl" in " ".join(store.ask_now(lambda reading: paper.sheet(reading, ReviewQuery())).texts())


def test_on_paper_stands_what_the_list_shows_with_names_or_codes(store: Store, team: dict[str, int]) -> None:
    named = store.ask_now(lambda reading: paper.sheet(reading, ReviewQuery()))
    text = " ".join(named.texts())
    for said in ("Missing (2)", "Open (1)", "Held (4)", "Bo Dahl", "missing for 40 days", "Stay", "02.12.2026"):
        assert said in text
    assert set(named.about) == set(team.values())
    query = ReviewQuery(state=AGREED, sort=BY_NAME)
    coded = store.ask_now(lambda reading: paper.sheet(reading, query, names=False))
    assert not [name for name in ("Frida", "Dina") if name in " ".join(coded.texts())]
    assert [text for text in coded.texts() if text.startswith("EX-")] == ["EX-004", "EX-006"]
    assert set(coded.about) == {team["Frida"], team["Dina"]}


def test_a_long_list_on_paper_says_that_it_stops(
    store: Store, team: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "MOST", 3)
    text = list(store.ask_now(lambda reading: paper.sheet(reading, ReviewQuery())).texts())
    assert "Held (4)" in text
    assert text.count("The first 3 are listed.") == 1


def test_nothing_is_no_trouble(store: Store) -> None:
    assert lines(store) == []
    assert "There is no phase review here." in list(
        store.ask_now(lambda reading: paper.sheet(reading, ReviewQuery())).texts()
    )
