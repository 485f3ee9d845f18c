"""A participant's own goals: the words stay theirs, steps have an owner, and the share in own hands is honest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from models import timeline
from models.export import whole as export
from models.goals import goals
from models.goals import reading as goal_reading
from models.goals.reading import GoalError, StepLine
from models.roles.rights import NotAllowed
from models.storage import undo
from models.storage.work import Conflict
from models.store import Store
from tests.models.case_sample import Hands, rows

Session = Callable[[str], Store]


@pytest.fixture
def goal(store: Store, person: int) -> int:
    return store.change_now(
        goals.add, person, {"words": "Jeg vil bo et sted der ungene kan sove over", "domain": "housing"}
    )


def step(store: Store, goal: int, words: str, turn: str = "participant", **more: object) -> int:
    return store.change_now(goals.add_step, goal, {"words": words, "turn": turn, **more})


def line(store: Store, goal: int, number: int) -> StepLine:
    return next(one for one in store.ask_now(goal_reading.one, goal).steps if one.id == number)


def test_a_goal_keeps_the_participants_words_and_its_steps_in_order(store: Store, person: int, goal: int) -> None:
    later = store.change_now(goals.add, person, {"words": "  Lære å\tlage mat  "})
    first = step(store, goal, "Ringe utleier", due=date(2026, 12, 1))
    second = step(store, goal, "Søke kommunal bolig", "ours", waits_for="vedtak fra NAV")
    found = store.ask_now(goal_reading.of, person)
    assert [one.id for one in found] == [goal, later]
    assert found[0].words == "Jeg vil bo et sted der ungene kan sove over"
    assert found[1].words == "Lære å lage mat"
    assert found[0].began == date(2026, 11, 22)
    assert [one.id for one in found[0].steps] == [first, second]
    assert [one.waits for one in found[0].steps] == [False, True]
    store.change_now(goals.end, goal, found[0].version, "reached")
    assert [one.id for one in store.ask_now(goal_reading.of, person)] == [later, goal]


def test_setting_reaching_and_doing_are_told_in_the_timeline(store: Store, person: int, goal: int) -> None:
    number = step(store, goal, "Ringe utleier")
    store.change_now(goals.do, number, 1)
    store.change_now(goals.end, goal, 1, "left")
    told = store.ask_now(timeline.page, timeline.TimelineQuery(person), 0, 10)
    assert [(one.kind, one.detail["words"]) for one in told[:3]] == [
        ("goal_left", "Jeg vil bo et sted der ungene kan sove over"),
        ("step_done", "Ringe utleier"),
        ("goal_set", "Jeg vil bo et sted der ungene kan sove over"),
    ]
    assert store.ask_now(goal_reading.one, goal).ended == date(2026, 11, 22)
    assert store.programme.kind("goal_set").template is not None


def test_doing_a_step_ends_its_waiting_and_can_be_taken_back(store: Store, goal: int) -> None:
    number = step(store, goal, "Skrive kontrakt", waits_for="svar fra utleier")
    store.change_now(goals.do, number, 1)
    done = line(store, goal, number)
    assert (done.state, done.done, done.waits_for, done.waits) == ("done", date(2026, 11, 22), "", False)
    assert undo.described(store.change_now(undo.undo)) == "the step that was done"
    back = line(store, goal, number)
    assert (back.state, back.done, back.waits_for) == ("open", None, "svar fra utleier")
    assert not [one for one in store.ask_now(timeline.page, timeline.TimelineQuery(1), 0, 9) if one.kind == "step_done"]


def test_a_step_left_or_done_opens_again(store: Store, goal: int) -> None:
    number = step(store, goal, "Ringe")
    store.change_now(goals.leave, number, 1)
    assert line(store, goal, number).state == "left"
    store.change_now(goals.reopen, number, 2)
    assert line(store, goal, number).state == "open"
    store.change_now(goals.end, goal, 1, "reached")
    store.change_now(goals.take_up, goal, 2)
    assert (store.ask_now(goal_reading.one, goal).state, store.ask_now(goal_reading.one, goal).ended) == ("open", None)


def test_the_share_in_own_hands_follows_the_months(store: Store, person: int, goal: int, hands: Hands) -> None:
    hands.moment = datetime(2026, 8, 10, 9, tzinfo=UTC)
    second = store.change_now(goals.add, person, {"words": "Jobb"})
    ours = step(store, second, "Skrive CV", "ours")
    own = step(store, second, "Finne vitnemål")
    dropped = step(store, second, "Kurs", "agency")
    store.change_now(goals.leave, dropped, 1)
    hands.moment = datetime(2026, 9, 30, 21, tzinfo=UTC)
    store.change_now(goals.do, own, 1)
    hands.moment = datetime(2026, 10, 15, 9, tzinfo=UTC)
    store.change_now(goals.hand, ours, 1, "participant")
    hands.moment = datetime(2026, 12, 2, 9, tzinfo=UTC)
    step(store, second, "Intervju", "agency")
    found = store.ask_now(goal_reading.shares, person)
    assert [(one.month.month, one.own, one.total, one.percent) for one in found] == [
        (8, 1, 2, 50),  # one of ours, one of theirs
        (9, 1, 2, 50),  # theirs done on the last evening of the month still counts in it
        (10, 1, 1, 100),  # handed over
        (11, 1, 1, 100),
        (12, 1, 2, 50),
    ]


def test_there_is_no_share_without_steps(store: Store, person: int, goal: int) -> None:
    assert store.ask_now(goal_reading.shares, person) == ()


def test_a_handover_today_counts_today(store: Store, person: int, goal: int) -> None:
    number = step(store, goal, "Ringe", "ours")
    assert store.ask_now(goal_reading.shares, person)[-1].percent == 0
    store.change_now(goals.hand, number, 1, "participant")
    assert store.ask_now(goal_reading.shares, person)[-1].percent == 100


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"words": " \t "}, "In their own words: write what the participant wants, as they say it."),
        ({"words": "x", "began": date(2026, 11, 23)}, "Said on: the date is in the future."),
        ({"words": "x", "owner": 1}, "There is no field called owner."),
        ({"words": "x" * 501}, "In their own words: 501 characters, at most 500 fit"),
    ],
)
def test_a_goal_is_refused_in_words(store: Store, person: int, values: dict[str, object], sentence: str) -> None:
    with pytest.raises(GoalError if "501" not in sentence else Exception) as error:
        store.change_now(goals.add, person, values)
    assert str(error.value).startswith(sentence)
    assert rows(store, "SELECT count(*) FROM goal") == [(0,)]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"words": ""}, "The step: say what is to be done."),
        ({"words": "x", "turn": "nobody"}, "Whose it is: one of The participant, We, An agency."),
        ({"words": "x", "began": date(2027, 1, 1)}, "Agreed on: the date is in the future."),
    ],
)
def test_a_step_is_refused_in_words(store: Store, goal: int, values: dict[str, object], sentence: str) -> None:
    with pytest.raises(GoalError) as error:
        store.change_now(goals.add_step, goal, values)
    assert error.value.text == sentence


def test_what_is_not_there_is_said(store: Store, goal: int) -> None:
    for refused, arguments in (
        (goals.add, (999, {"words": "x"})),
        (goals.end, (999, 1, "reached")),
        (goals.end, (goal, 1, "finished")),
        (goals.add_step, (999, {"words": "x"})),
        (goals.do, (999, 1)),
    ):
        with pytest.raises(GoalError):
            store.change_now(refused, *arguments)
    with pytest.raises(GoalError):
        store.ask_now(goal_reading.one, 999)


def test_a_colleagues_change_is_a_conflict_and_a_reader_writes_nothing(
    store: Store, session: Session, person: int, goal: int
) -> None:
    session("ola").change_now(goals.change, goal, 1, {"note": "sagt i bilen"})
    with pytest.raises(Conflict) as conflict:
        store.change_now(goals.change, goal, 1, {"words": "Noe annet"})
    assert conflict.value.theirs == {"note": "sagt i bilen"}
    assert store.ask_now(goal_reading.one, goal).words.startswith("Jeg vil bo")
    with pytest.raises(NotAllowed):
        session("lise").change_now(goals.add, person, {"words": "x"})


def test_the_export_holds_goals_and_steps_with_what_they_said_before(store: Store, person: int, goal: int) -> None:
    number = step(store, goal, "Ringe", "ours", due=date(2026, 12, 1), waits_for="nummer")
    store.change_now(goals.change_step, number, 1, {"words": "Ringe utleier"})
    store.change_now(goals.do, number, 2)
    (whole,) = store.ask_now(export.participant, person)["goals"]
    assert whole["words"] == "Jeg vil bo et sted der ungene kan sove over"
    assert (whole["domain"], whole["began"], whole["state"], whole["ended"], whole["note"]) == (
        "housing", "2026-11-22", "open", None, "",
    )  # fmt: skip
    (only,) = whole["steps"]
    assert {key: only[key] for key in ("words", "turn", "waits_for", "due", "state", "began", "done_at")} == {
        "words": "Ringe utleier", "turn": "ours", "waits_for": "", "due": "2026-12-01", "state": "done",
        "began": "2026-11-22", "done_at": "2026-11-22T09:00:00Z",
    }  # fmt: skip
    assert only["former"][-1]["values"] == {"words": "Ringe"}
