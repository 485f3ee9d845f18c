"""Appointments: agreed, moved, attended or not, repeated; and what cannot be."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import board, timeline
from models.participants import participants
from models.plans import appointments, repeats
from models.plans.appointments import Agreed, AppointmentError
from models.plans.repeats import RepeatError
from models.roles.rights import NotAllowed
from models.storage import undo
from models.storage.work import Conflict
from models.store import Store
from models.timeline import TimelineQuery
from tests.models.case_sample import Hands, due_on_card, examined, rows

TODAY = date(2026, 11, 22)


def at(store: Store, day: int, hour: int = 10, month: int = 11, year: int = 2026) -> int:
    return store.clock.stored(datetime(year, month, day, hour))


def agree(store: Store, person: int, moment: int, **more: Any) -> Agreed:
    number = store.change_now(appointments.add, person, {"title": "NAV-møte", "at": moment, **more})
    return store.ask_now(appointments.one, number)


def told(store: Store, person: int) -> list[str]:
    return [entry.kind for entry in store.ask_now(timeline.page, TimelineQuery(person), 0, 50)]


def test_what_was_agreed_is_kept(store: Store, person: int) -> None:
    found = agree(
        store, person, at(store, 24), minutes=45, with_whom="Tor i NAV", place="NAV Holmlia", worker=1, driver=1,
        note="Ta med legitimasjon", prepared=True,
    )  # fmt: skip
    assert (found.day, found.minutes, found.place, found.driver) == (date(2026, 11, 24), 45, "NAV Holmlia", 1)
    assert (found.state, found.prepared, found.gone_through, found.called) == ("planned", True, False, "NAV-møte")
    assert store.ask_now(appointments.of, person) == (found,)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": "Møte"}, "When: an appointment needs a time"),
        ({"at": 1_795_000_000}, "What: say what it is, or with whom"),
        ({"title": "Møte", "at": 33_300_000_000}, "When: check the year: 3025"),
        ({"title": "Møte", "at": -2_000_000_000}, "When: check the year: 1906"),
        ({"title": "Møte", "at": 10**17}, "check the year"),
        ({"title": "Møte", "at": 1_795_000_000, "minutes": -15}, "Until: the end is before the start"),
        ({"title": "Møte", "at": 1_795_000_000, "minutes": 1441}, "Until: at most a day"),
        ({"title": "Møte", "at": 1_795_000_000, "mood": "god"}, "no field called mood"),
    ],
)
def test_each_contradiction_has_a_sentence(store: Store, person: int, values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(AppointmentError, match=sentence.replace("(", "\\(")):
        store.change_now(appointments.add, person, values)
    assert store.ask_now(appointments.of, person) == ()


def test_nobody_to_agree_with(store: Store) -> None:
    with pytest.raises(AppointmentError, match="not here any more"):
        store.change_now(appointments.add, 999, {"title": "Møte", "at": at(store, 24)})


def test_the_past_is_advised_about_and_allowed(store: Store, person: int) -> None:
    past = at(store, 1)
    assert agree(store, person, past).day == date(2026, 11, 1)
    assert len(appointments.advice(store.clock, past)) == 1
    assert appointments.advice(store.clock, at(store, 24)) == []


def test_attending_tells_the_timeline_in_the_same_step(store: Store, person: int, hands: Hands) -> None:
    found = agree(store, person, at(store, 22, 9))
    store.change_now(appointments.attend, found.id, found.version)
    assert "meeting" in told(store, person)
    other = agree(store, person, at(store, 22, 8))
    entry = store.change_now(
        appointments.attend, other.id, other.version, {"kind": "meeting", "at": other.at, "text": "Gikk bra"}
    )
    assert entry is not None
    assert store.ask_now(timeline.one, entry).text == "Gikk bra"
    assert store.ask_now(appointments.one, other.id).state == "attended"
    # One step in, one step out: neither half stays behind.
    assert store.change_now(undo.undo) == "appointments.attend"
    assert store.ask_now(appointments.one, other.id).state == "planned"
    assert told(store, person).count("meeting") == 1
    assert not examined(store).flaws


def test_what_takes_place_before_its_hour_is_told_when_it_was_noted(store: Store, person: int, hands: Hands) -> None:
    found = agree(store, person, at(store, 22, 14))
    with pytest.raises(timeline.EntryError, match="future"):
        store.change_now(appointments.attend, found.id, found.version, {"kind": "meeting", "at": found.at})
    assert store.ask_now(appointments.one, found.id).state == "planned"
    store.change_now(appointments.attend, found.id, found.version)
    [(told_at,)] = rows(store, "SELECT at FROM entry WHERE kind = 'meeting'")
    assert told_at == int(hands().timestamp())


def test_an_entry_that_cannot_be_recorded_leaves_the_appointment_planned(store: Store, person: int) -> None:
    found = agree(store, person, at(store, 22, 9))
    with pytest.raises(timeline.EntryError):
        store.change_now(appointments.attend, found.id, found.version, {"kind": "phase_began"})
    assert store.ask_now(appointments.one, found.id).state == "planned"


def test_only_what_is_planned_is_closed_and_not_ahead_of_its_day(store: Store, person: int) -> None:
    ahead = agree(store, person, at(store, 24))
    for close in (appointments.attend, appointments.miss):
        with pytest.raises(AppointmentError, match="lies ahead still"):
            store.change_now(close, ahead.id, ahead.version)
    store.change_now(appointments.cancel, ahead.id, ahead.version)
    assert told(store, person)[0] == "appointment_cancelled"
    with pytest.raises(AppointmentError, match="cancelled already"):
        store.change_now(appointments.move, ahead.id, ahead.version + 1, 1)
    with pytest.raises(AppointmentError, match="Only what was attended"):
        store.change_now(appointments.go_through, ahead.id, ahead.version + 1)


def test_gone_through_afterwards(store: Store, person: int) -> None:
    found = agree(store, person, at(store, 20))
    store.change_now(appointments.attend, found.id, found.version)
    store.change_now(appointments.go_through, found.id, found.version + 1)
    assert store.ask_now(appointments.one, found.id).gone_through


@pytest.mark.parametrize("close", [appointments.attend, appointments.miss, appointments.cancel])
def test_what_repeats_is_planned_anew(store: Store, person: int, close: Callable[..., Any]) -> None:
    found = agree(store, person, at(store, 17), repeats="weekly", place="Holmlia", minutes=30, prepared=True)
    store.change_now(close, found.id, found.version)
    _before, after = store.ask_now(appointments.of, person)
    # A Tuesday; the one of the 17th was dealt with on Sunday the 22nd.
    assert (after.day, after.state, after.place, after.minutes) == (date(2026, 11, 24), "planned", "Holmlia", 30)
    assert not after.prepared
    assert store.clock.local(after.at).hour == 10


def test_a_series_can_end(store: Store, person: int) -> None:
    found = agree(store, person, at(store, 24), repeats="weekly")
    store.change_now(appointments.cancel, found.id, found.version, series=True)
    assert [one.state for one in store.ask_now(appointments.of, person)] == ["cancelled"]


def test_those_that_follow_move_along_where_it_is_said(store: Store, person: int) -> None:
    found = agree(store, person, at(store, 24), repeats="weekly")
    store.change_now(appointments.change, found.id, found.version, {"at": at(store, 26)}, following=True)
    moved = store.ask_now(appointments.one, found.id)
    assert (moved.repeats, moved.moved_from) == ("FREQ=WEEKLY;BYDAY=TH", None)
    store.change_now(appointments.change, found.id, found.version + 1, {"repeats": ""})
    assert store.ask_now(appointments.one, found.id).repeats == ""


def test_ten_o_clock_stays_ten_o_clock_through_the_change_of_clocks(store: Store, person: int, hands: Hands) -> None:
    hands.move(days=-30)
    found = agree(store, person, at(store, 23, month=10))
    store.change_now(appointments.move, found.id, found.version, 7)
    moved = store.ask_now(appointments.one, found.id)
    assert store.clock.local(moved.at).strftime("%d.%m %H:%M") == "30.10 10:00"
    assert moved.at - found.at == 7 * 86_400 + 3_600


def test_an_overdue_one_moves_from_today(store: Store, person: int) -> None:
    found = agree(store, person, at(store, 1))
    assert store.change_now(appointments.move, found.id, found.version, 1) == date(2026, 11, 23)


def test_a_colleague_s_change_is_a_conflict(store: Store, session: Callable[[str], Store], person: int) -> None:
    found = agree(store, person, at(store, 24))
    session("ola").change_now(appointments.change, found.id, found.version, {"place": "Mortensrud"})
    with pytest.raises(Conflict):
        store.change_now(appointments.change, found.id, found.version, {"place": "Holmlia"})


def test_a_reader_agrees_nothing(store: Store, session: Callable[[str], Store], person: int) -> None:
    with pytest.raises(NotAllowed):
        session("lise").change_now(appointments.add, person, {"title": "Møte", "at": at(store, 24)})


def test_the_card_knows_what_is_overdue(store: Store, person: int) -> None:
    def due() -> date | None:
        card = store.ask_now(board.card, person)
        assert card is not None
        found = due_on_card(store, person)
        assert (found is not None and found < TODAY) is any(sign.rule == "overdue" for sign in card.signs)
        return found

    assert due() is None
    agree(store, person, at(store, 24))
    assert due() == date(2026, 11, 24)
    earlier = agree(store, person, at(store, 20))
    assert due() == date(2026, 11, 20)
    store.change_now(appointments.attend, earlier.id, earlier.version)
    assert due() == date(2026, 11, 24)
    store.change_now(undo.undo)
    assert due() == date(2026, 11, 20)
    # What else draws the card anew keeps it.
    store.change_now(participants.change, person, 1, {"given_name": "Hågen"})
    assert due() == date(2026, 11, 20)
    for one in store.ask_now(appointments.of, person):
        store.change_now(appointments.cancel, one.id, one.version)
    assert due() is None
    assert not examined(store).flaws


@given(day=st.dates(date(2024, 1, 1), date(2032, 1, 1)), choice=st.sampled_from(sorted(repeats.CHOICES)))
def test_what_follows_keeps_to_its_rule(day: date, choice: str) -> None:
    rule = repeats.rule_for(choice, day)
    assert repeats.choice_of(rule) == choice
    began = datetime(day.year, day.month, day.day, 10)
    times = [began]
    for _time in range(14):
        following = repeats.following(rule, times[-1], times[-1])
        assert following is not None
        times.append(following)
    days = [time.date() for time in times]
    if choice == "monthly":
        assert [(one.year * 12 + one.month) for one in days] == [day.year * 12 + day.month + n for n in range(15)]
        assert all(one.day == day.day or (one.day < day.day and one.day >= 28) for one in days)
    else:
        apart = 7 if choice == "weekly" else 14
        assert {(b - a).days for a, b in itertools.pairwise(days)} == {apart}


@pytest.mark.parametrize("rule", ["tull", "FREQ=TULL", "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY;" + "X" * 300, ";;", "="])
def test_a_rule_nobody_can_read_is_refused(store: Store, person: int, rule: str) -> None:
    with pytest.raises(RepeatError, match="Repeats:"):
        agree(store, person, at(store, 24), repeats=rule)


def test_a_rule_from_elsewhere_is_kept(store: Store, person: int) -> None:
    found = agree(store, person, at(store, 20), repeats="FREQ=DAILY;INTERVAL=3")
    assert repeats.described(found.repeats) == "FREQ=DAILY;INTERVAL=3"
    store.change_now(appointments.miss, found.id, found.version)
    assert store.ask_now(appointments.of, person)[1].day == date(2026, 11, 23)


NIGHT = datetime(2027, 3, 27, 2, 30)
"""The night before the clocks go from 02:00 to 03:00."""


def test_no_move_lands_on_a_time_that_does_not_come(store: Store, person: int) -> None:
    found = agree(store, person, store.clock.stored(NIGHT))
    for change, *to in (
        (appointments.move, 1), (appointments.move_to, date(2027, 3, 28)),
        (appointments.move_to, date(2027, 3, 28), time(2, 0)),
    ):  # fmt: skip
        with pytest.raises(AppointmentError, match=r"28\.03\.2027 02:[03]0 does not come"):
            store.change_now(change, found.id, found.version, *to)
    assert store.ask_now(appointments.one, found.id) == found
    store.change_now(appointments.move, found.id, found.version, 7)
    moved = store.ask_now(appointments.one, found.id)
    assert store.clock.local(moved.at).replace(tzinfo=None) == NIGHT + timedelta(days=7)


@pytest.mark.parametrize("close", [appointments.attend, appointments.miss, appointments.cancel])
def test_what_repeats_leaves_out_the_time_that_does_not_come_and_goes_on_at_its_own(
    store: Store, person: int, hands: Hands, close: Any
) -> None:
    sunday = NIGHT - timedelta(days=6)
    found = agree(store, person, store.clock.stored(sunday), repeats="weekly")
    assert appointments.advice(store.clock, found.at, "weekly") == [
        "28.03.2027 02:30 does not come: that night the clocks go from 02:00 to 03:00. That one is left out."
    ]
    assert appointments.advice(store.clock, found.at) == []
    hands.moment = sunday.replace(tzinfo=UTC) + timedelta(hours=1)
    store.change_now(close, found.id, found.version)
    planned = [one for one in store.ask_now(appointments.of, person) if one.state == "planned"]
    assert [store.clock.local(one.at).replace(tzinfo=None) for one in planned] == [datetime(2027, 4, 4, 2, 30)]


def test_a_time_that_comes_twice_is_the_first(store: Store, person: int) -> None:
    found = agree(store, person, store.clock.stored(datetime(2027, 10, 30, 2, 30)))
    store.change_now(appointments.move, found.id, found.version, 1)
    assert store.clock.local(store.ask_now(appointments.one, found.id).at).fold == 0
