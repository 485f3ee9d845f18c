"""Tasks: whose turn, when due, repeated, moved; and those the programme suggests."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from config.programme.shapes import Programme
from models import board, timeline
from models.phases import phases
from models.plans import tasks
from models.plans.tasks import TaskError, ToDo
from models.storage import undo
from models.store import Store
from models.timeline import TimelineQuery
from tests.models.case_sample import Hands, due_on_card, examined


def put(store: Store, person: int | None, **values: Any) -> ToDo:
    number = store.change_now(tasks.add, person, {"text": "Ringe NAV", **values})
    return store.ask_now(tasks.one, number)


def test_a_task_says_whose_turn_it_is(store: Store, person: int) -> None:
    found = put(store, person, turn="agency", agency="nav", owner=1, due=date(2026, 12, 1))
    assert (found.turn, found.agency, found.owner, found.due, found.state) == (
        "agency",
        "nav",
        1,
        date(2026, 12, 1),
        "open",
    )
    assert put(store, person).turn == "ours"
    assert put(store, None, text="Kjøpe kaffe").participant is None


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"text": "  "}, "What: say what is to be done"),
        ({"turn": "naboen"}, "Whose turn: .* not naboen"),
        ({"due": date(3026, 1, 1)}, "Due: check the year: 3026"),
        ({"repeats": "weekly"}, "Due: what repeats needs a date"),
        ({"colour": "red"}, "no field called colour"),
    ],
)
def test_each_contradiction_has_a_sentence(store: Store, person: int, values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(TaskError, match=sentence):
        put(store, person, **values)


def test_done_is_done_once_and_told(store: Store, person: int) -> None:
    found = put(store, person)
    store.change_now(tasks.finish, found.id, found.version)
    (line, *_rest) = store.ask_now(timeline.page, TimelineQuery(person), 0, 5)
    assert (line.kind, line.detail["text"]) == ("task_done", "Ringe NAV")
    with pytest.raises(TaskError, match="done already"):
        store.change_now(tasks.decline, found.id, found.version + 1)
    store.change_now(undo.undo)
    assert store.ask_now(tasks.one, found.id).state == "open"


def test_moving_begins_from_today_at_the_earliest(store: Store, person: int) -> None:
    for due, days, expected in (
        (date(2026, 11, 10), 1, date(2026, 11, 23)),
        (None, 7, date(2026, 11, 29)),
        (date(2026, 11, 26), 7, date(2026, 12, 3)),
    ):
        found = put(store, person, due=due)
        assert store.change_now(tasks.move, found.id, found.version, days) == expected
        assert store.ask_now(tasks.one, found.id).due == expected


def test_what_repeats_is_set_anew_when_it_is_done_not_when_it_is_declined(
    store: Store, person: int, hands: Hands
) -> None:
    first = put(store, person, due=date(2026, 11, 2), repeats="weekly", turn="participant", owner=1)
    store.change_now(tasks.finish, first.id, first.version)
    _first, second = store.ask_now(tasks.of, person)
    # A Monday; those of the 9th and 16th have passed.
    assert (second.due, second.turn, second.owner, second.state) == (date(2026, 11, 23), "participant", 1, "open")
    store.change_now(tasks.decline, second.id, second.version)
    assert len(store.ask_now(tasks.of, person)) == 2


def test_changing_the_date_changes_the_rule_where_it_is_said(store: Store, person: int) -> None:
    found = put(store, person, due=date(2026, 11, 23), repeats="monthly")
    store.change_now(tasks.change, found.id, found.version, {"due": date(2026, 11, 30)}, following=True)
    assert store.ask_now(tasks.one, found.id).repeats == "FREQ=MONTHLY;BYMONTHDAY=30,-1;BYSETPOS=1"
    with pytest.raises(TaskError, match="needs a date"):
        store.change_now(tasks.change, found.id, found.version + 1, {"due": None})


def test_open_tasks_press_on_the_card_whoever_s_turn_it_is(store: Store, person: int) -> None:
    put(store, None, due=date(2026, 11, 1))
    assert due_on_card(store, person) is None
    ours = put(store, person, due=date(2026, 11, 20))
    assert due_on_card(store, person) == date(2026, 11, 20)
    put(store, person, turn="agency", due=date(2026, 11, 1))
    assert due_on_card(store, person) == date(2026, 11, 1)
    card = store.ask_now(board.card, person)
    assert card is not None
    (sign,) = (sign for sign in card.signs if sign.rule == "overdue")
    assert sign.short == "overdue 21d"
    assert sign.reason.endswith("It waits for an agency. 1 more is overdue.")
    store.change_now(tasks.finish, ours.id, ours.version)
    card = store.ask_now(board.card, person)
    assert card is not None
    (sign,) = (sign for sign in card.signs if sign.rule == "overdue")
    assert sign.reason.endswith("It waits for an agency.")
    assert not examined(store).flaws


def test_suggestions_are_those_of_the_phases_that_last(store: Store, person: int, programme: Programme) -> None:
    def offered() -> list[str]:
        return [one.task.id for one in store.ask_now(tasks.suggested, person)]

    def of_phase(number: int) -> list[str]:
        return [task.id for task in programme.phase_tasks if task.phase == number]

    assert offered() == of_phase(1) != []
    store.change_now(phases.begin, person, 2, date(2026, 11, 22))
    assert offered() == of_phase(1) + of_phase(2)
    first, second, *_rest = store.ask_now(tasks.suggested, person)
    number = store.change_now(tasks.take, person, first, date(2026, 11, 30))
    taken = store.ask_now(tasks.one, number)
    assert (taken.text, taken.owner, taken.due) == (str(first.task.text), 1, date(2026, 11, 30))
    store.change_now(tasks.turn_down, person, second)
    assert offered() == of_phase(1)[2:] + of_phase(2)
    with pytest.raises(TaskError, match="already"):
        store.change_now(tasks.take, person, second)
    # Done or not, it is not suggested again while the phase lasts; undoing the answer asks again.
    store.change_now(undo.undo)
    assert offered() == of_phase(1)[1:] + of_phase(2)


def test_a_phase_that_begins_again_suggests_again(store: Store, person: int) -> None:
    before = store.ask_now(tasks.suggested, person)
    for suggestion in before:
        store.change_now(tasks.turn_down, person, suggestion)
    assert store.ask_now(tasks.suggested, person) == ()
    (period,) = store.ask_now(phases.of, person)
    store.change_now(phases.end, period.id, period.version, date(2026, 11, 22))
    store.change_now(phases.begin, person, 1, date(2026, 11, 22))
    assert [one.task for one in store.ask_now(tasks.suggested, person)] == [one.task for one in before]
