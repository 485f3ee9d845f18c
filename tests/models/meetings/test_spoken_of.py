"""What a meeting shows of whom it speaks of: what was decided before, what is new, the goals, and more on demand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from models import timeline
from models.consents import consents
from models.contacts import network, people
from models.goals import goals
from models.goals import reading as goal_reading
from models.hand_overs import hand_overs
from models.meetings import agenda as meeting_agenda
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.meetings.spoken_of import SpokenOf, spoken_of
from models.participants import participants
from models.phases import phases
from models.plans import tasks
from models.store import Store
from models.team import absences, arranging, staff
from tests.models.case_sample import Hands

SEVERAL = Callable[[str], Store]


def held(store: Store, kind: str) -> int:
    return store.change_now(meetings.open_, kind, None)


def shut(store: Store, meeting: int) -> None:
    store.change_now(meetings.close, meeting, store.ask_now(meeting_reading.one, meeting).version)


def told(store: Store, meeting: int, participant: int, *, large: bool = False) -> SpokenOf:
    found = store.ask_now(spoken_of, store.ask_now(meeting_reading.one, meeting), participant, large=large)
    assert found is not None
    return found


def decisions(store: Store, meeting: int, participant: int) -> list[str]:
    return [item.text for item in told(store, meeting, participant).decided]


def test_decided_is_since_the_last_weekly_and_not_in_this_one(store: Store, person: int, hands: Hands) -> None:
    other = store.change_now(participants.add, {"given_name": "Ola"})
    for text in ("For lenge siden", "Forrige uke"):
        before = held(store, "weekly")
        store.change_now(meetings.add, before, "decision", text, person)
        store.change_now(meetings.add, before, "note", "Bare et notat", person)
        store.change_now(meetings.add, before, "decision", "Om en annen", other)
        shut(store, before)
        hands.move(days=7)
    daily = held(store, "daily")
    store.change_now(meetings.add, daily, "decision", "På morgenmøtet", person)
    hands.move(hours=1)
    weekly = held(store, "weekly")
    store.change_now(meetings.add, weekly, "decision", "Nå", person)
    assert decisions(store, weekly, person) == ["På morgenmøtet", "Forrige uke"]
    assert decisions(store, daily, person) == ["Nå", "Forrige uke", "For lenge siden"]


def test_where_nothing_was_decided_last_week_it_is_the_last_of_before(store: Store, person: int, hands: Hands) -> None:
    first = held(store, "weekly")
    assert decisions(store, first, person) == []
    for text in ("Eldst", "Eldre"):
        store.change_now(meetings.add, first, "decision", text, person)
        hands.move(hours=1)
    shut(store, first)
    hands.move(days=7)
    second = held(store, "weekly")
    store.change_now(meetings.gone_through, second, person)
    shut(store, second)
    hands.move(days=7)
    weekly = held(store, "weekly")
    assert decisions(store, weekly, person) == ["Eldre"]
    # A supplement of later does not change what was decided before minutes that are closed.
    shut(store, weekly)
    hands.move(days=1)
    later = held(store, "daily")
    store.change_now(meetings.add, later, "decision", "Etterpå", person)
    assert decisions(store, weekly, person) == ["Eldre"]


def test_goals_are_the_open_ones_with_how_far_they_are(store: Store, person: int) -> None:
    for words in ("Egen bolig", "Lappen"):
        goal = store.change_now(goals.add, person, {"words": words})
        for step in ("Ringe", "Skrive"):
            store.change_now(goals.add_step, goal, {"words": step})
    first, second = store.ask_now(goal_reading.of, person)
    store.change_now(goals.do, first.steps[0].id, first.steps[0].version)
    store.change_now(goals.end, second.id, second.version, "reached")
    (goal_line,) = told(store, held(store, "weekly"), person).goals
    assert (goal_line.words, goal_line.done, len(goal_line.steps)) == ("Egen bolig", 1, 2)


def test_more_is_read_for_a_large_screen_alone(store: Store, person: int, hands: Hands) -> None:
    def recorded(text: str) -> None:
        store.change_now(timeline.record, person, {"kind": "talk", "at": store.clock.seconds(), "text": text})

    recorded("For tre uker siden")
    hands.move(days=21)
    meeting = held(store, "daily")
    assert [entry.text for entry in told(store, meeting, person, large=True).more.lately] == ["For tre uker siden"]
    hands.move(days=-7)
    recorded("For en uke siden")
    store.change_now(meetings.add, held(store, "daily"), "note", "I går", person)
    hands.move(days=7)
    store.change_now(meetings.add, meeting, "note", "Skrevet nå", person)
    contact = store.change_now(people.add, {"name": "Nina", "agency": "nav", "role": "nav_municipal"})
    store.change_now(network.involve, person, contact, None)
    store.change_now(consents.give, person, {"agency": "nav", "role": "nav_municipal", "given": date(2026, 11, 1)})
    for number in range(5):
        store.change_now(tasks.add, person, {"text": f"Oppgave {number}"})
    lean, whole = told(store, meeting, person), told(store, meeting, person, large=True)
    assert lean.more is None
    assert lean.coming == ()
    assert len(whole.coming) == 5
    more = whole.more
    assert more is not None
    assert [entry.kind for entry in more.lately if entry.kind != "contact_linked"][-2:] == ["meeting_note", "talk"]
    assert "Skrevet nå" not in repr(more.lately)
    assert "I går" in repr(more.lately)
    assert [(one.name, one.answer.covered) for one in more.around] == [("Nina", True)]


def test_nobody_of_that_number(store: Store, person: int) -> None:
    meeting = store.ask_now(meeting_reading.one, held(store, "daily"))
    assert store.ask_now(spoken_of, meeting, person + 1) is None


def test_who_was_given_a_worker_keeps_the_place(store: Store, session: SEVERAL) -> None:
    ola = session("ola").actor.staff_id
    several = [
        store.change_now(participants.add, {"given_name": name, "worker": None}) for name in ("Ada", "Bo", "Cleo")
    ]
    for one in several:
        store.change_now(phases.begin, one, 2, date(2026, 11, 1))
    order = [card.participant for card in store.ask_now(meeting_agenda.cards, None)]
    assert sorted(order) == several
    turned = [order[1], order[0], order[2]]
    store.change_now(hand_overs.hand_over, order[1], ola, "")
    assert [card.participant for card in store.ask_now(meeting_agenda.cards, None)] == [order[0], order[2]]
    assert [card.participant for card in store.ask_now(meeting_agenda.cards, None, turned)] == turned
    assert [card.participant for card in store.ask_now(meeting_agenda.cards, ola)] == [order[1]]


def test_places_are_of_those_who_can_be_responsible_with_who_is_away_last(store: Store, session: SEVERAL) -> None:
    ola, lise = session("ola").actor.staff_id, session("lise").actor.staff_id
    kari = store.actor.staff_id
    assert {one.id for one in store.ask_now(staff.team)} >= {ola, lise, kari}
    for name in ("Ada", "Bo"):
        one = store.change_now(participants.add, {"given_name": name, "worker": ola})
        store.change_now(phases.begin, one, 4, date(2026, 11, 1))
    found = {one.load.staff: one for one in store.ask_now(arranging.places)}
    assert lise not in found
    limits = store.programme.limits
    assert (found[ola].free, found[ola].demanding) == (limits.participants - 2, limits.demanding - 2)
    today = store.clock.today()
    store.change_now(absences.add, {"staff": ola, "first": today, "last": today})
    first, last = (store.ask_now(arranging.places)[place] for place in (0, -1))
    assert (last.load.staff, last.away_to) == (ola, today)
    assert (first.load.staff, first.away_to) == (kari, None)
