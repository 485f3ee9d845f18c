"""Applications: how long they wait, for one participant and by agency, and dates that contradict each other."""

from __future__ import annotations

import random
import statistics
from datetime import date, timedelta
from typing import Any

import pytest

from models import board, timeline
from models.participants import participants
from models.plans import applications
from models.plans.applications import ApplicationError, Applied
from models.storage import undo
from models.store import Store
from models.timeline import TimelineQuery
from models.values.days import NEVER
from tests.models.case_sample import examined, rows

TODAY = date(2026, 11, 22)


def apply(store: Store, person: int, **values: Any) -> Applied:
    number = store.change_now(applications.add, person, {"agency": "nav", "about": "Sosialhjelp", **values})
    return store.ask_now(applications.one, number)


@pytest.mark.parametrize(
    ("values", "days"),
    [
        ({}, None),
        ({"sent": date(2026, 11, 22)}, 0),
        ({"sent": date(2026, 10, 1)}, 52),
        ({"sent": date(2026, 10, 1), "decided": date(2026, 10, 11)}, 10),
        # A complement stops no clock: the participant waits all the same.
        (
            {"sent": date(2026, 10, 1), "complement_asked": date(2026, 10, 5), "complement_sent": date(2026, 11, 1)},
            52,
        ),
    ],
)
def test_days_waiting(store: Store, person: int, values: dict[str, Any], days: int | None) -> None:
    assert apply(store, person, **values).days_waiting(TODAY) == days


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"agency": " "}, "To whom:"),
        ({"about": ""}, "About what:"),
        ({"decided": date(2026, 11, 1)}, "Decided: it cannot be decided before it is sent"),
        ({"sent": date(2026, 11, 2), "decided": date(2026, 11, 1)}, "Decided: it cannot be decided before it was sent"),
        ({"sent": date(2026, 11, 23)}, "Sent: the date is in the future"),
        ({"complement_asked": date(2026, 11, 1)}, "More documents requested: nothing is asked"),
        ({"sent": date(2026, 11, 2), "complement_asked": date(2026, 11, 1)}, "More documents requested: that comes"),
        ({"sent": date(2026, 11, 2), "complement_sent": date(2026, 11, 3)}, "More documents sent: say when"),
        (
            {"sent": date(2026, 11, 2), "complement_asked": date(2026, 11, 5), "complement_sent": date(2026, 11, 4)},
            "More documents sent: they cannot",
        ),
        ({"sent": date(2026, 11, 2), "appeal_deadline": date(2026, 12, 1)}, "Appeal deadline: there is nothing"),
        (
            {"sent": date(2026, 11, 2), "decided": date(2026, 11, 9), "appeal_deadline": date(2026, 11, 8)},
            "Appeal deadline: it cannot be before the decision",
        ),
        ({"sent": date(2026, 11, 2), "outcome": "granted"}, "Outcome: say when"),
        ({"mood": "x"}, "no field called mood"),
    ],
)
def test_each_contradiction_has_a_sentence(store: Store, person: int, values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ApplicationError, match=sentence):
        apply(store, person, **values)
    assert store.ask_now(applications.of, person) == ()


def test_a_change_is_checked_against_what_stands(store: Store, person: int) -> None:
    found = apply(store, person, sent=date(2026, 11, 10))
    with pytest.raises(ApplicationError, match="before it was sent"):
        store.change_now(applications.change, found.id, found.version, {"decided": date(2026, 11, 9)})
    store.change_now(
        applications.change, found.id, found.version, {"decided": date(2026, 11, 20), "outcome": "refused"}
    )
    with pytest.raises(ApplicationError, match="Decided: it cannot be decided before it is sent"):
        store.change_now(applications.change, found.id, found.version + 1, {"sent": None})


def test_sending_and_the_decision_are_told(store: Store, person: int) -> None:
    found = apply(store, person, sent=date(2026, 11, 10))
    store.change_now(
        applications.change, found.id, found.version, {"decided": date(2026, 11, 20), "outcome": "granted"}
    )
    lines = store.ask_now(timeline.page, TimelineQuery(person), 0, 9)
    told = {line.kind: (line.day, line.detail) for line in lines}
    assert told["application_sent"][0] == date(2026, 11, 10)
    assert told["application_decided"] == (
        date(2026, 11, 20),
        {"agency": "nav", "about": "Sosialhjelp", "application_outcome": "granted"},
    )
    note = store.ask_now(applications.one, found.id)
    store.change_now(applications.change, note.id, note.version, {"note": "Ringt", "sent": date(2026, 11, 10)})
    assert len(store.ask_now(timeline.page, TimelineQuery(person), 0, 9)) == len(lines), "nothing new to tell"


def test_undecided_first_the_longest_waiting_on_top(store: Store, person: int) -> None:
    made = {
        "unsent": apply(store, person, about="a"),
        "old": apply(store, person, about="b", sent=date(2026, 9, 1)),
        "done": apply(store, person, about="c", sent=date(2026, 9, 1), decided=date(2026, 10, 1)),
        "new": apply(store, person, about="d", sent=date(2026, 11, 1)),
        "just": apply(store, person, about="e", sent=date(2026, 9, 1), decided=date(2026, 11, 1)),
    }
    names = {one.id: name for name, one in made.items()}
    assert [names[one.id] for one in store.ask_now(applications.of, person)] == ["old", "new", "unsent", "just", "done"]


def test_the_card_says_what_waits_longest(store: Store, person: int) -> None:
    def waits() -> tuple[date | None, list[str]]:
        card = store.ask_now(board.card, person)
        assert card is not None
        (key,) = rows(store, "SELECT waiting_key FROM card WHERE participant_id = ?", person)[0]
        since = None if key == NEVER else date.fromisoformat(key)
        return since, [sign.short for sign in card.signs if sign.rule == "application_waiting"]

    apply(store, person)
    assert waits() == (None, [])
    apply(store, person, sent=date(2026, 10, 23))
    assert waits() == (date(2026, 10, 23), []), "thirty days are not more than thirty"
    old = apply(store, person, sent=date(2026, 10, 22))
    assert waits() == (date(2026, 10, 22), ["application 31d"])
    store.change_now(applications.change, old.id, old.version, {"decided": TODAY})
    assert waits() == (date(2026, 10, 23), [])
    store.change_now(undo.undo)
    assert waits() == (date(2026, 10, 22), ["application 31d"])
    assert not examined(store).flaws


def test_by_agency_against_a_plain_count(store: Store, person: int) -> None:
    chance = random.Random(3)
    other = store.change_now(participants.add, {"given_name": "Ola"})
    waiting: dict[str, list[int]] = {}
    for number in range(60):
        agency = chance.choice(["nav", "police", "health"])
        days = chance.randint(0, 300)
        sent = TODAY - timedelta(days=days)
        decided = TODAY if chance.random() < 0.3 else None
        if not decided:
            waiting.setdefault(agency, []).append(days)
        apply(store, chance.choice([person, other]), agency=agency, about=str(number), sent=sent, decided=decided)
    apply(store, person, agency="school", about="ikke sendt")
    found = {one.agency: (one.count, one.median, one.longest) for one in store.ask_now(applications.by_agency)}
    assert found == {agency: (len(days), statistics.median(days), max(days)) for agency, days in waiting.items()}


def test_advice_hinders_nothing() -> None:
    assert len(applications.advice({"decided": TODAY, "sent": date(2020, 1, 1)}, TODAY)) == 2
    assert applications.advice({"decided": TODAY, "outcome": "granted", "sent": TODAY}, TODAY) == []
