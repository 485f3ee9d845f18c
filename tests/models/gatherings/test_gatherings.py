"""Gatherings: planned with what stands on every programme, and nothing impossible is taken without a word."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from models.gatherings import attendance, consultations, gatherings, groups, members, tasks, topics
from models.gatherings.attendance import GUEST, STABLE
from models.gatherings.gatherings import CANCELLED, HELD, GatheringError
from models.storage import undo
from models.store import Store
from tests.models.case_sample import Hands, examined

FIRST = date(2026, 11, 3)


def plan(store: Store, **values: Any) -> int:
    begun = {"title": "Bolig for målgruppen", "first": FIRST, "last": FIRST + timedelta(days=1), "overnight": True}
    return store.change_now(gatherings.add, {**begun, **values})


def join(store: Store, name: str, agency: str = "prison", **values: Any) -> int:
    begun = {"name": name, "agency": agency, "stable": True, "since": date(2026, 1, 1)}
    return store.change_now(members.add, {**begun, **values})


def test_one_is_planned_with_the_next_number(store: Store) -> None:
    first, second = plan(store), plan(store, title="Angst", first=date(2027, 2, 1), last=None)
    one, two = (store.ask_now(gatherings.one, number) for number in (first, second))
    assert (one.number, one.state, one.gathering_kind, one.overnight) == (1, "planned", "ordinary", True)
    assert one.halves == ((FIRST, 1), (FIRST, 2), (FIRST + timedelta(days=1), 1), (FIRST + timedelta(days=1), 2))
    assert (two.number, two.last) == (2, date(2027, 2, 1))
    assert examined(store).flaws == ()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"last": FIRST - timedelta(days=1)},
            "Last day: the last day, 02.11.2026, comes before the first, 03.11.2026.",
        ),
        ({"last": FIRST + timedelta(days=14)}, "Last day: a gathering lasts 14 days at most."),
        ({"first": None}, "First day: say on which day the gathering begins."),
        ({"title": " "}, "Title: say what the gathering is called."),
        ({"number": 0}, "Number: a whole number from 1."),
        ({"state": "over"}, "State: planned, held or cancelled."),
        (
            {"first": date(2027, 1, 4), "last": None, "state": HELD},
            "State: the gathering begins on 04.01.2027 and was not held yet.",
        ),
    ],
)
def test_what_cannot_be_is_said_at_its_field(store: Store, values: dict[str, Any], said: str) -> None:
    with pytest.raises(GatheringError) as refused:
        plan(store, **values)
    assert refused.value.text == said
    assert store.ask_now(gatherings.listing) == []


def test_a_number_is_one_gathering(store: Store) -> None:
    plan(store, number=4)
    with pytest.raises(GatheringError) as refused:
        plan(store, number=4)
    assert refused.value.text == "Number: Bolig for målgruppen has this number already."


def test_days_with_attendance_are_kept(store: Store) -> None:
    gathering = plan(store)
    join(store, "Berit Moe")
    store.change_now(attendance.invite_all, gathering)
    store.change_now(attendance.all_came, gathering, FIRST, 2)
    version = store.ask_now(gatherings.one, gathering).version
    with pytest.raises(GatheringError) as refused:
        store.change_now(gatherings.change, gathering, version, {"first": FIRST + timedelta(days=1)})
    assert refused.value.text == "First day: attendance is noted on 03.11.2026. Take that away first, or keep the day."
    store.change_now(gatherings.change, gathering, version, {"last": FIRST})
    assert store.ask_now(gatherings.one, gathering).last == FIRST
    with pytest.raises(GatheringError, match="Attendance is noted for this gathering"):
        store.change_now(gatherings.remove, gathering, store.ask_now(gatherings.one, gathering).version)


def test_a_standing_item_comes_by_itself_until_it_is_ended(store: Store) -> None:
    first = plan(store)
    news = {"title": "Nytt fra prosjektgruppa", "topic_kind": "standing", "minutes": 20, "notes": "Bare her"}
    store.change_now(topics.add, first, news)
    store.change_now(topics.add, first, {"title": "Læringsvansker", "topic_kind": "subject"})
    second = plan(store, title="Angst")
    (carried,) = store.ask_now(topics.of, second)
    assert (carried.title, carried.minutes, carried.notes) == ("Nytt fra prosjektgruppa", 20, "")
    store.change_now(topics.change, carried.id, carried.version, {"title": "Nytt fra gruppa"})
    third = plan(store, title="Språk")
    (again,) = store.ask_now(topics.of, third)
    assert again.title == "Nytt fra gruppa"
    # Taken out of the first gathering, it still comes by itself; ended in one of the others, it does not.
    origin = store.ask_now(topics.of, first)[0]
    store.change_now(topics.remove, origin.id, origin.version)
    fourth = plan(store, title="Ettervern")
    assert [one.title for one in store.ask_now(topics.of, fourth)] == ["Nytt fra gruppa"]
    again = store.ask_now(topics.one, again.id)
    store.change_now(topics.end, again.id, again.version)
    assert store.ask_now(topics.of, plan(store, title="Avslutning")) == []
    assert len(store.ask_now(topics.of, third)) == 1


def test_topics_are_moved(store: Store) -> None:
    gathering = plan(store)
    for title in "ABC":
        store.change_now(topics.add, gathering, {"title": title})
    last = store.ask_now(topics.of, gathering)[-1]
    store.change_now(topics.move, last.id, -2)
    assert [one.title for one in store.ask_now(topics.of, gathering)] == ["C", "A", "B"]
    store.change_now(undo.undo)
    assert [one.title for one in store.ask_now(topics.of, gathering)] == ["A", "B", "C"]


def test_a_member_is_one_and_leaves_after_coming(store: Store) -> None:
    member = join(store, "Berit Moe")
    with pytest.raises(GatheringError) as refused:
        join(store, "berit moe")
    assert refused.value.text == "Name: Berit Moe is a member already."
    with pytest.raises(GatheringError) as refused:
        store.change_now(members.end, member, 1, date(2025, 12, 31))
    assert refused.value.text == "Until: 31.12.2025 comes before the first day, 01.01.2026."
    store.change_now(members.end, member, 1, date(2026, 10, 1))
    # Who left may come back.
    join(store, "Berit Moe", since=date(2026, 10, 2))


def test_somebody_who_left_is_invited_as_a_guest(store: Store) -> None:
    gathering = plan(store)
    stays, left = join(store, "Berit Moe"), join(store, "Arne Lie", until=date(2026, 10, 1))
    assert store.change_now(attendance.invite_all, gathering) == 1
    store.change_now(attendance.invite, gathering, left)
    found = {one.member: one.part for one in store.ask_now(attendance.of, gathering)}
    assert found == {stays: STABLE, left: GUEST}
    with pytest.raises(GatheringError) as refused:
        store.change_now(attendance.invite, gathering, left)
    assert refused.value.text == "Arne Lie is invited already."
    with pytest.raises(GatheringError, match="was invited to a gathering and stays in the history"):
        store.change_now(members.remove, left, 1)


def test_attendance_is_of_its_days_and_not_ahead(store: Store, hands: Hands) -> None:
    coming = plan(store, first=date(2026, 12, 1), last=None)
    join(store, "Berit Moe")
    store.change_now(attendance.invite_all, coming)
    (asked,) = store.ask_now(attendance.of, coming)
    with pytest.raises(GatheringError) as refused:
        store.change_now(attendance.mark, asked.id, date(2026, 12, 1), 1, True)
    assert refused.value.text.startswith("The gathering has not come to 01.12.2026 yet")
    hands.move(days=9)
    with pytest.raises(GatheringError) as refused:
        store.change_now(attendance.mark, asked.id, date(2026, 12, 2), 1, True)
    assert refused.value.text == "02.12.2026 is no day of this gathering."
    store.change_now(attendance.mark, asked.id, date(2026, 12, 1), 1, True)
    held = store.ask_now(gatherings.one, coming)
    assert (held.state, held.came, held.invited) == (HELD, 1, 1)
    store.change_now(attendance.mark, asked.id, date(2026, 12, 1), 1, False)
    assert store.ask_now(attendance.of, coming)[0].missed == ((date(2026, 12, 1), 1),)
    store.change_now(attendance.mark, asked.id, date(2026, 12, 1), 1, None)
    assert store.ask_now(attendance.of, coming)[0].missed == ()
    store.change_now(gatherings.set_state, coming, store.ask_now(gatherings.one, coming).version, CANCELLED)
    with pytest.raises(GatheringError, match="This gathering is cancelled"):
        store.change_now(attendance.all_came, coming, date(2026, 12, 1), 1)


def test_all_came_leaves_what_is_noted(store: Store) -> None:
    gathering = plan(store)
    for name in ("Berit Moe", "Arne Lie", "Tor Dahl"):
        join(store, name)
    store.change_now(attendance.invite_all, gathering)
    away = store.ask_now(attendance.of, gathering)[0]
    store.change_now(attendance.mark, away.id, FIRST, 1, False)
    assert store.change_now(attendance.all_came, gathering, FIRST, 1) == 2
    found = store.ask_now(attendance.of, gathering)
    assert [bool(one.came) for one in found] == [False, True, True]
    with pytest.raises(GatheringError, match="has attendance or answers noted and stays"):
        store.change_now(attendance.take_off, away.id, 1)


def test_a_task_for_a_group_without_members_is_kept_and_told(store: Store) -> None:
    gathering = plan(store)
    for number in range(6):
        join(store, f"Medlem {number}", ("prison", "police", "district")[number % 3])
    store.change_now(attendance.invite_all, gathering)
    task = store.change_now(tasks.add, gathering, {"text": "Drøft en sak", "task_whom": "group"})
    assert "No mixed groups are drawn yet" in store.ask_now(tasks.has_nobody, gathering, None)
    with pytest.raises(GatheringError, match="No mixed groups are drawn yet"):
        store.change_now(tasks.write, task, {"question": 1, "group_number": 1, "answer": "Ja"})
    store.change_now(groups.draw, gathering, 2)
    assert store.ask_now(tasks.has_nobody, gathering, None) == ""
    told = store.ask_now(tasks.has_nobody, gathering, 3)
    assert told == "Nobody is in group 3; the groups are 1, 2."
    store.change_now(tasks.write, task, {"question": 1, "group_number": 2, "answer": "Ja"})
    assert store.ask_now(tasks.one, task).answers == 1


def test_answers_by_agency_and_the_fourth_in_two(store: Store) -> None:
    gathering = plan(store)
    join(store, "Berit Moe", "police")
    store.change_now(attendance.invite_all, gathering)
    (asked,) = store.ask_now(attendance.of, gathering)
    task = store.change_now(
        tasks.add, gathering, {"text": "Forbered", "task_whom": "agency", "questions": "A?\nB?\n\nC?\nD?", "split": 4}
    )
    store.change_now(tasks.write, task, {"question": 1, "agency": "prison", "answer": "Kontaktbetjent"})
    store.change_now(tasks.write, task, {"question": 1, "invitation": asked.id, "answer": "Patrulje"})
    store.change_now(tasks.write, task, {"question": 4, "agency": "prison", "answer": "Fart", "obstacle": "Vakter"})
    # Who answers the same question again has changed their answer.
    store.change_now(tasks.write, task, {"question": 1, "agency": "prison", "answer": "Hverdagen"})
    found = store.ask_now(tasks.answers_of, task)
    assert [(one.question, one.agency, one.name, one.answer, one.obstacle) for one in found] == [
        (1, "prison", "", "Hverdagen", ""), (1, "police", "Berit Moe", "Patrulje", ""),
        (4, "prison", "", "Fart", "Vakter"),
    ]  # fmt: skip
    for values, said in (
        ({"question": 5, "agency": "prison", "answer": "x"}, "Question: the task has questions 1 to 4."),
        ({"question": 1, "answer": "x"}, "Member: say who answers: one member, one agency or one group."),
        ({"question": 2, "agency": "prison", "obstacle": "x"},
         "Obstacles: only the question with two answers has them."),
        ({"question": 2, "agency": "prison", "answer": " \n"}, "Answer: write what was answered."),
    ):  # fmt: skip
        with pytest.raises(GatheringError) as refused:
            store.change_now(tasks.write, task, values)
        assert refused.value.text == said
    version = store.ask_now(tasks.one, task).version
    with pytest.raises(GatheringError, match="question 4 is answered already and stays"):
        store.change_now(tasks.change, task, version, {"questions": "A?", "split": None})
    with pytest.raises(GatheringError, match="This task has answers and stays"):
        store.change_now(tasks.remove, task, version)


def test_what_is_sent_outside_is_not_of_tomorrow(store: Store) -> None:
    gathering = plan(store)
    values = {"recipient": "Utvalget", "title": "Svar", "text": "Ventetid er tid til ny rus."}
    number = store.change_now(consultations.add, gathering, {**values, "sent": FIRST})
    assert store.ask_now(consultations.one, number).sent == FIRST
    with pytest.raises(GatheringError) as refused:
        store.change_now(consultations.change, number, 1, {"sent": date(2026, 11, 23)})
    assert refused.value.text == "Sent on: the date is in the future."
