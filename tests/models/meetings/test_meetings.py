"""Meetings: opened once a day by whoever comes first, written in by several, closed for good, topics taken up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from models import timeline
from models.meetings import agenda as meeting_agenda
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.meetings.reading import Meeting, MeetingError
from models.participants import participants
from models.phases import phases
from models.plans import tasks
from models.roles.rights import NotAllowed
from models.storage import undo
from models.storage.undo import NothingToUndo
from models.storage.work import Conflict
from models.store import Store
from models.timeline import TimelineQuery
from tests.models.case_sample import Hands, examined

SEVERAL = Callable[[str], Store]


def held(store: Store, kind: str = "daily", participant: int | None = None) -> int:
    return store.change_now(meetings.open_, kind, participant)


def one(store: Store, meeting: int) -> Meeting:
    return store.ask_now(meeting_reading.one, meeting)


def said(store: Store, meeting: int) -> list[tuple[str, str]]:
    return [(item.kind, item.text) for item in store.ask_now(meeting_reading.items, meeting)]


def shut(store: Store, meeting: int) -> None:
    store.change_now(meetings.close, meeting, one(store, meeting).version)


# ---------------------------------------------------------------------- opening


def test_two_colleagues_are_in_the_same_stand_up(store: Store, session: SEVERAL) -> None:
    ola = session("ola")
    first = held(store)
    assert held(ola) == first == held(store)
    assert one(store, first).present == (1, ola.actor.staff_id)
    store.change_now(meetings.add, first, "note", "Bilen er på verksted")
    ola.change_now(meetings.add, first, "need", "Hvem henter?")
    assert said(store, first) == said(ola, first) == [("note", "Bilen er på verksted"), ("need", "Hvem henter?")]


def test_another_kind_another_day_and_after_closing_are_meetings_of_their_own(store: Store, hands: Hands) -> None:
    daily = held(store)
    assert held(store, "weekly") != daily
    shut(store, daily)
    hands.move(hours=1)
    second = held(store)
    assert second != daily
    store.change_now(meetings.add, second, "need", "Bil", store.change_now(participants.add, {"given_name": "Ola"}))
    hands.move(days=1)
    third = held(store)
    assert third not in (daily, second)
    assert one(store, third).day == date(2026, 11, 23)
    assert [found.id for found in store.ask_now(meeting_reading.open_now, "daily")] == [third, second]
    assert store.ask_now(meeting_agenda.last_before, one(store, third)) == one(store, second).opened_at


def test_a_support_team_is_about_one_participant(store: Store, person: int) -> None:
    other = store.change_now(participants.add, {"given_name": "Ola"})
    mine = held(store, "support", person)
    assert held(store, "support", other) != mine == held(store, "support", person)
    assert one(store, mine).participant == person
    line = store.change_now(meetings.add, mine, "decision", "Søke bolig")
    assert store.ask_now(meeting_reading.item, line).participant == person


@pytest.mark.parametrize(
    ("kind", "about", "sentence"),
    [
        ("yearly", False, "no kind of meeting called yearly"),
        ("support", False, "about one participant; open it from there"),
        ("daily", True, "the whole team's"),
    ],
)
def test_each_wrong_opening_has_a_sentence(store: Store, person: int, kind: str, about: bool, sentence: str) -> None:
    with pytest.raises(MeetingError, match=sentence):
        held(store, kind, person if about else None)


def test_who_is_there_is_marked_by_two_at_once_and_nothing_is_lost(store: Store, session: SEVERAL) -> None:
    ola = session("ola")
    meeting = held(store)
    ola.change_now(meetings.attend, meeting, ola.actor.staff_id, True)
    store.change_now(meetings.receive, meeting, "Tone Krag, TK", True)
    ola.change_now(meetings.receive, meeting, "  Per\tMoe ", True)
    store.change_now(meetings.attend, meeting, 1, False)
    found = one(store, meeting)
    assert (found.present, found.guests) == ((ola.actor.staff_id,), ("Tone Krag, TK", "Per Moe"))
    store.change_now(meetings.receive, meeting, "Per Moe", False)
    assert one(store, meeting).guests == ("Tone Krag, TK",)
    with pytest.raises(MeetingError, match="not in the team"):
        store.change_now(meetings.attend, meeting, 999, True)
    with pytest.raises(MeetingError, match="say who it is"):
        store.change_now(meetings.receive, meeting, " ", True)


# ---------------------------------------------------------------------- writing


def test_what_is_said_of_a_participant_stands_on_the_timeline(store: Store, person: int) -> None:
    meeting = held(store, "weekly")
    store.change_now(meetings.add, meeting, "note", "Trives", person)
    store.change_now(meetings.add, meeting, "decision", "Søke kurs", person)
    store.change_now(meetings.add, meeting, "topic", "Felles regler", person)
    store.change_now(meetings.add, meeting, "need", "Bil fredag", person)
    store.change_now(meetings.add, meeting, "note", "Kaffe mangler")
    lines = [
        (line.kind, line.detail["words"])
        for line in store.ask_now(timeline.page, TimelineQuery(person), 0, 9)
        if line.kind.startswith("meeting_")
    ]
    assert lines == [("meeting_decision", "Søke kurs"), ("meeting_note", "Trives")]
    assert len(store.ask_now(meeting_reading.items, meeting)) == 5
    assert not examined(store).flaws


def test_a_task_is_set_among_the_tasks(store: Store, person: int) -> None:
    meeting = held(store)
    line = store.change_now(meetings.add, meeting, "task", "Ringe NAV", person, date(2026, 11, 24), 1)
    (task,) = store.ask_now(tasks.of, person)
    assert (task.text, task.due, task.owner, task.source) == ("Ringe NAV", date(2026, 11, 24), 1, f"meeting:{meeting}")
    item = store.ask_now(meeting_reading.item, line)
    assert (item.task, item.owner, item.due, item.state) == (task.id, "KN", date(2026, 11, 24), "open")
    (newest, *_rest) = store.ask_now(timeline.page, TimelineQuery(person), 0, 1)
    assert newest.kind == "meeting_task"
    store.change_now(undo.undo)
    assert store.ask_now(tasks.of, person) == ()
    assert said(store, meeting) == []
    team = store.change_now(meetings.add, meeting, "task", "Handle")
    assert store.ask_now(meeting_reading.item, team).task is not None


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [("note", " \n ", "nothing written yet"), ("added", "x", "kind added"), ("heard", "x", "kind heard")],
)
def test_each_wrong_line_has_a_sentence(store: Store, kind: str, text: str, sentence: str) -> None:
    with pytest.raises(MeetingError, match=sentence):
        store.change_now(meetings.add, held(store), kind, text)


def test_nobody_and_no_meeting_have_their_sentence(store: Store) -> None:
    with pytest.raises(MeetingError, match="participant is not here"):
        store.change_now(meetings.add, held(store), "note", "x", 999)
    with pytest.raises(MeetingError, match="meeting is not here"):
        store.change_now(meetings.add, 999, "note", "x")


def test_a_line_is_corrected_while_the_meeting_lasts(store: Store, colleague: Store, person: int) -> None:
    meeting = held(store)
    line = store.change_now(meetings.add, meeting, "note", "Trivs", person)
    store.change_now(meetings.correct, line, 1, "Trives")
    assert said(store, meeting) == [("note", "Trives")]
    (newest, *_rest) = store.ask_now(timeline.page, TimelineQuery(person), 0, 1)
    assert newest.detail["words"] == "Trives"
    with pytest.raises(Conflict) as raised:
        colleague.change_now(meetings.correct, line, 1, "Trives ikke")
    assert raised.value.theirs["text"] == "Trives"
    task = store.change_now(meetings.add, meeting, "task", "Ringe", person)
    with pytest.raises(MeetingError, match="changed where the tasks are"):
        store.change_now(meetings.correct, task, 1, "Skrive")


def test_a_line_without_words_is_not_corrected_and_a_guest_has_a_name(store: Store, person: int) -> None:
    meeting = held(store)
    heard = store.change_now(meetings.gone_through, meeting, person)
    with pytest.raises(MeetingError, match="nothing written in this line"):
        store.change_now(meetings.correct, heard, 1, "Trives")
    with pytest.raises(MeetingError, match="Guest: say who it is"):
        store.change_now(meetings.receive, meeting, "  ", True)
    assert said(store, meeting) == [("heard", "")]


def test_a_topic_that_was_taken_up_is_not_dropped(store: Store) -> None:
    meeting = held(store)
    line = store.change_now(meetings.park, None, "Ferie")
    store.change_now(meetings.take_up, line, 1, meeting)
    with pytest.raises(MeetingError, match="taken up already"):
        store.change_now(meetings.drop, line, 2)
    other = store.change_now(meetings.park, None, "Nøkler")
    store.change_now(meetings.drop, other, 1)
    assert said(store, meeting) == [("topic", "Ferie")]


def test_gone_through_counts_once(store: Store, colleague: Store, person: int) -> None:
    meeting = held(store)
    assert store.change_now(meetings.gone_through, meeting, person) == colleague.change_now(
        meetings.gone_through, meeting, person
    )
    assert said(store, meeting) == [("heard", "")]
    assert one(store, meeting).items == 0


def test_a_reader_holds_no_meeting(session: SEVERAL) -> None:
    with pytest.raises(NotAllowed):
        held(session("lise"))


# ---------------------------------------------------------------------- closing


def test_closed_minutes_are_only_added_to(store: Store, session: SEVERAL, person: int) -> None:
    ola = session("ola")
    meeting = held(store)
    line = ola.change_now(meetings.add, meeting, "note", "Først", person)
    topic = store.change_now(meetings.park, person, "Senere", "daily")
    shut(store, meeting)
    closed = one(store, meeting)
    assert closed.closed
    assert closed.closed_by == "Kari Nordmann"
    version = closed.version
    for change in (
        (meetings.add, meeting, "note", "Etterpå"), (meetings.correct, line, 1, "Endret"),
        (meetings.attend, meeting, 1, False), (meetings.receive, meeting, "Gjest", True),
        (meetings.gone_through, meeting, person), (meetings.take_up, topic, 1, meeting),
        (meetings.discard, meeting, version),
    ):  # fmt: skip
        with pytest.raises(MeetingError, match=r"Kari Nordmann closed these minutes on 22\.11\.2026 at 10:00"):
            ola.change_now(*change)
    store.change_now(meetings.supplement, meeting, "Det var tirsdag", person)
    assert said(store, meeting) == [("note", "Først"), ("added", "Det var tirsdag")]


def test_undoing_does_not_reach_into_closed_minutes(store: Store, session: SEVERAL) -> None:
    ola = session("ola")
    meeting = held(store)
    ola.change_now(meetings.add, meeting, "note", "Først")
    shut(store, meeting)
    for each in (ola, store):
        with pytest.raises(NothingToUndo, match="closed"):
            each.change_now(undo.undo)
    assert said(store, meeting) == [("note", "Først")]
    assert one(store, meeting).closed
    store.change_now(meetings.supplement, meeting, "Feil")
    store.change_now(undo.undo)
    assert said(store, meeting) == [("note", "Først")]


def test_an_open_meeting_is_not_added_to(store: Store) -> None:
    with pytest.raises(MeetingError, match="still open"):
        store.change_now(meetings.supplement, held(store), "x")


def test_closing_against_an_older_version_is_a_conflict(store: Store, session: SEVERAL) -> None:
    meeting = held(store)
    seen = one(store, meeting).version
    held(session("ola"))
    with pytest.raises(Conflict):
        store.change_now(meetings.close, meeting, seen)


def test_one_opened_by_mistake_is_taken_away_only_while_it_is_empty(store: Store) -> None:
    meeting = held(store)
    line = store.change_now(meetings.add, meeting, "note", "x")
    with pytest.raises(MeetingError, match="Something stands in these minutes"):
        store.change_now(meetings.discard, meeting, 1)
    assert line
    store.change_now(undo.undo)
    store.change_now(meetings.discard, meeting, 1)
    with pytest.raises(MeetingError, match="not here any more"):
        one(store, meeting)


# ---------------------------------------------------------------------- parked


def test_a_topic_waits_until_it_is_taken_up_once(store: Store, colleague: Store, person: int) -> None:
    line = store.change_now(meetings.park, person, "Kontakt med broren")
    store.change_now(meetings.park, None, "Sommerferien", "monthly")
    assert [item.text for item in store.ask_now(meeting_reading.parked, "weekly")] == ["Kontakt med broren"]
    assert store.ask_now(meeting_reading.parked, "weekly", person + 1) == ()
    weekly = held(store, "weekly")
    store.change_now(meetings.take_up, line, 1, weekly)
    assert store.ask_now(meeting_reading.parked, "weekly") == ()
    assert said(store, weekly) == [("topic", "Kontakt med broren")]
    with pytest.raises(MeetingError, match="taken up already"):
        colleague.change_now(meetings.take_up, line, 1, weekly)
    with pytest.raises(MeetingError, match="taken up already"):
        colleague.change_now(meetings.drop, line, 2)
    with pytest.raises(MeetingError, match="no kind of meeting called never"):
        store.change_now(meetings.park, None, "x", "never")


# ---------------------------------------------------------------------- the agenda


def points(store: Store, meeting: int) -> list[tuple[str, str]]:
    return [(point.group, point.name) for point in store.ask_now(meeting_agenda.agenda, meeting)]


def follow(store: Store, name: str, **values: Any) -> int:
    person = store.change_now(participants.add, {"given_name": name, "worker": 1, **values}, date(2026, 11, 20))
    (period,) = store.ask_now(phases.of, person)
    assert period.phase == 1
    return person


def test_the_weekly_s_agenda_says_why_each_stands_there(store: Store) -> None:
    store.change_now(meetings.park, None, "Ny rutine")
    calm = follow(store, "Calm")
    alone = follow(store, "Alone", worker=None)
    topic = follow(store, "Topic")
    store.change_now(meetings.park, topic, "Broren")
    owed = follow(store, "Missing")
    store.change_now(phases.begin, owed, 2, date(2026, 11, 22), ending=(1,))
    meeting = held(store, "weekly")
    found = store.ask_now(meeting_agenda.agenda, meeting)
    by_name = {point.name: point for point in found}
    assert found[0].participant is None
    assert found[0].topics[0].text == "Ny rutine"
    assert by_name["Topic"].group == "parked"
    assert by_name["Topic"].topics[0].text == "Broren"
    assert by_name["Missing"].group == "reviews"
    assert by_name["Alone"].group == "signals"
    assert by_name["Alone"].signs[0].rule == "no_worker"
    order = [point.group for point in found]
    assert order == sorted(order, key=("parked", "reviews", "long", "signals", "rest", "heard").index)
    assert {calm, alone, topic, owed} == {point.participant for point in found[1:]}
    store.change_now(meetings.gone_through, meeting, alone)
    assert points(store, meeting)[-1] == ("heard", "Alone")


def test_a_support_team_s_agenda_is_the_one_participant(store: Store, person: int) -> None:
    follow(store, "Other")
    meeting = held(store, "support", person)
    store.change_now(meetings.park, person, "Gjelden", "support")
    (only,) = store.ask_now(meeting_agenda.agenda, meeting)
    assert (only.participant, [topic.text for topic in only.topics]) == (person, ["Gjelden"])


def test_a_reader_may_read_minutes(store: Store, session: SEVERAL, person: int) -> None:
    meeting = held(store)
    store.change_now(meetings.add, meeting, "note", "x", person)
    lise = session("lise")
    lise.actor = replace(lise.actor, role="reader")
    assert said(lise, meeting) == [("note", "x")]


def test_since_the_last_before_is_what_was_recorded_after_it(store: Store, person: int, hands: Hands) -> None:
    def recorded(text: str) -> None:
        store.change_now(timeline.record, person, {"kind": "talk", "at": store.clock.seconds(), "text": text})

    recorded("Før")
    hands.move(hours=1)
    first = held(store)
    store.change_now(meetings.add, first, "note", "Fra møtet", person)
    assert store.ask_now(meeting_agenda.last_before, one(store, first)) == 0
    for number in range(5):
        hands.move(hours=1)
        recorded(f"Etter {number}")
    hands.move(hours=20)
    moment = store.ask_now(meeting_agenda.last_before, one(store, held(store)))
    found = store.ask_now(meeting_agenda.since, person, moment)
    assert [entry.text for entry in found.entries] == ["Etter 4", "Etter 3", "Etter 2"]
    assert found.more == 2
