"""An attended appointment is one contact: written at once, filled in, taken back, moved and struck with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest

from config.dates import DAY_ONLY
from models import timeline
from models.meetings import monthly
from models.misplaced import misplaced
from models.participants import participants
from models.phase_outs import phase_outs
from models.phases import phases
from models.plans import appointments
from models.plans.appointments import Agreed
from models.signals import listing as signals
from models.storage import undo
from models.store import Store
from models.timeline import TimelineEntry, TimelineQuery
from tests.models.case_sample import Hands, examined, rows

TODAY = date(2026, 11, 22)


def at(store: Store, day: int, hour: int = 9, minute: int = 0) -> int:
    return store.clock.stored(datetime(2026, 11, day, hour, minute))


def agree(store: Store, person: int, moment: int, **more: Any) -> Agreed:
    values = {"title": "NAV-møte", "with_whom": "Tor i NAV", "place": "Holmlia", "minutes": 45, **more}
    return store.ask_now(appointments.one, store.change_now(appointments.add, person, {**values, "at": moment}))


def attend(store: Store, found: Agreed) -> TimelineEntry:
    return store.ask_now(timeline.one, store.change_now(appointments.attend, found.id, found.version))


def contacts(store: Store, person: int) -> list[tuple[str, str, str]]:
    entries = store.ask_now(timeline.page, TimelineQuery(person), 0, 50)
    return [(entry.kind, entry.outcome, entry.text) for entry in entries if entry.outcome]


def last_contact(store: Store, person: int) -> int:
    return store.ask_now(participants.file_of, person).last_contact


def silent(store: Store, person: int) -> bool:
    return any(sign.rule == "silent" for sign in store.ask_now(signals.of, person))


def counted(store: Store) -> tuple[int, int]:
    found = store.ask_now(monthly.figures, TODAY).contact
    return sum(one.contacts for one in found), sum(one.attempts for one in found)


def test_attending_is_contact_at_once_and_one_undo_takes_it_back(store: Store) -> None:
    person = store.change_now(participants.add, {"given_name": "Ada"}, date(2026, 10, 1), 4)
    assert silent(store, person)
    found = agree(store, person, at(store, 21))
    entry = attend(store, found)
    assert (entry.kind, entry.outcome, entry.with_whom, entry.place, entry.minutes, entry.text) == (
        "meeting", "reached", "Tor i NAV", "Holmlia", 45, "NAV-møte",
    )  # fmt: skip
    assert (entry.at, last_contact(store, person), silent(store, person)) == (found.at, found.at, False)
    assert counted(store) == (1, 0)
    assert store.change_now(undo.undo) == "appointments.attend"
    assert (contacts(store, person), last_contact(store, person), silent(store, person)) == ([], 0, True)
    assert store.ask_now(appointments.one, found.id).state == "planned"
    assert counted(store) == (0, 0)
    assert not examined(store).flaws


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("NAV-møte", "meeting"), ("Møte på NAV", "meeting"), ("Ansvarsgruppemøte på DPS", "support_team"),
        ("Permisjon", "leave"), ("Samtale", "talk"), ("Relationship visit", "visit_relationship"), ("", "meeting"),
        ("Inntakssamtale", "meeting"), ("Notatgjennomgang", "meeting"),
    ],
)  # fmt: skip
def test_the_title_says_what_kind_it_was(store: Store, person: int, title: str, kind: str) -> None:
    assert attend(store, agree(store, person, at(store, 21), title=title)).kind == kind


def test_not_coming_is_an_attempt(store: Store, person: int) -> None:
    found = agree(store, person, at(store, 21))
    store.change_now(appointments.miss, found.id, found.version)
    ((kind, outcome, text),) = contacts(store, person)
    assert (kind, outcome) == ("meeting", "attempted")
    assert "NAV-møte" in text
    assert (last_contact(store, person), counted(store)) == (0, (0, 1))
    store.change_now(undo.undo)
    assert contacts(store, person) == []


def test_what_was_written_of_the_meeting_already_is_the_entry(store: Store, person: int) -> None:
    found = agree(store, person, at(store, 21))
    values = {"kind": "meeting", "at": at(store, 21, 11), "text": "Søknaden er sendt"}
    written = store.change_now(timeline.record, person, values)
    assert attend(store, found).id == written
    assert contacts(store, person) == [("meeting", "reached", "Søknaden er sendt")]
    store.change_now(undo.undo)
    assert contacts(store, person) == [("meeting", "reached", "Søknaden er sendt")]


@pytest.mark.parametrize(
    ("values", "entries"),
    [
        ({"kind": "meeting", "at": (10, 30), "text": "Gikk bra"}, [("meeting", "reached", "NAV-møte: Gikk bra")]),
        (
            {"kind": "visit_progress", "at": (9, 20), "text": "Gikk bra", "place": "DPS"},
            [("visit_progress", "reached", "NAV-møte: Gikk bra")],
        ),
        ({"kind": "talk", "at": (9, 20)}, [("talk", "reached", "NAV-møte")]),
        # Another meeting later on the day, a call on the way, a note, and an attempt are things of their own.
        ({"kind": "visit_progress", "at": (13, 0)}, None),
        ({"kind": "phone", "at": (8, 50)}, None),
        ({"kind": "message", "at": (9, 0)}, None),
        ({"kind": "meeting", "outcome": "attempted"}, None),
    ],
)
def test_who_attended_and_writes_an_entry_too_is_counted_once(
    store: Store, person: int, hands: Hands, values: dict[str, Any], entries: list[tuple[str, str, str]] | None
) -> None:
    hands.move(hours=8)
    entry = attend(store, agree(store, person, at(store, 22)))
    moment = {"at": at(store, 22, *values["at"])} if "at" in values else {}
    number = store.change_now(timeline.record, person, {**values, **moment})
    if entries is None:
        assert (number != entry.id, len(contacts(store, person))) == (True, 2)
        return
    assert (number, contacts(store, person)) == (entry.id, entries)
    assert counted(store) == (1, 0)
    # Once somebody has added to it, another entry is another thing.
    if values.get("text"):
        store.change_now(timeline.record, person, {"kind": "meeting", "text": "Et møte til"})
        assert len(contacts(store, person)) == 2


@pytest.mark.parametrize(
    ("moment", "one"),
    [((6, 44), False), ((6, 45), True), ((11, 45), True), ((11, 46), False)],
)
@pytest.mark.parametrize("attended_first", [True, False])
def test_another_meeting_of_the_same_kind_hours_apart_is_another_contact(
    store: Store, person: int, hands: Hands, moment: tuple[int, int], one: bool, attended_first: bool
) -> None:
    """The appointment is from 9:00 to 9:45, what is recorded takes a quarter of an hour."""
    hands.move(hours=8)
    found = agree(store, person, at(store, 22))
    values = {"kind": "meeting", "at": at(store, 22, *moment), "minutes": 15}
    if attended_first:
        attend(store, found)
    store.change_now(timeline.record, person, values)
    if not attended_first:
        attend(store, found)
    assert len(contacts(store, person)) == (1 if one else 2)


@pytest.mark.parametrize(("moment", "one"), [(DAY_ONLY, True), (time(12), False)], ids=["the day alone", "noon"])
@pytest.mark.parametrize("attended_first", [True, False])
def test_of_a_meeting_whose_hour_is_not_known_the_day_counts(
    store: Store, person: int, moment: time, one: bool, attended_first: bool
) -> None:
    found = agree(store, person, at(store, 21, 17))
    when = store.clock.stored(datetime.combine(date(2026, 11, 21), moment))
    if attended_first:
        attend(store, found)
    number = store.change_now(timeline.record, person, {"kind": "meeting", "at": when})
    if not attended_first:
        attend(store, found)
    assert len(contacts(store, person)) == (1 if one else 2)
    assert store.ask_now(timeline.one, number).at == (found.at if one and attended_first else when)


def test_a_colleague_s_own_entry_stays_theirs(store: Store, session: Callable[[str], Store], person: int) -> None:
    attend(store, agree(store, person, at(store, 22)))
    session("ola").change_now(timeline.record, person, {"kind": "meeting", "text": "Var med"})
    assert len(contacts(store, person)) == 2


def test_the_entry_follows_the_appointment(store: Store, person: int, hands: Hands) -> None:
    found = agree(store, person, at(store, 21))
    entry = attend(store, found)
    changes = {"title": "DPS", "place": "Mortensrud", "minutes": 30, "at": at(store, 20, 14)}
    store.change_now(appointments.change, found.id, found.version + 1, changes)
    now = store.ask_now(timeline.one, entry.id)
    assert (now.text, now.place, now.minutes, now.at) == ("DPS", "Mortensrud", 30, at(store, 20, 14))
    assert (now.day, last_contact(store, person)) == (date(2026, 11, 20), at(store, 20, 14))
    # What somebody has written in their own words stays.
    store.change_now(timeline.correct, entry.id, now.version, {"text": "Gikk bra", "place": "På gata"})
    store.change_now(appointments.change, found.id, found.version + 2, {"title": "Lege", "place": "Holmlia"})
    now = store.ask_now(timeline.one, entry.id)
    assert (now.text, now.place) == ("Gikk bra", "På gata")


@pytest.mark.parametrize("table", ["appointment", "entry"])
def test_of_the_wrong_person_both_go(store: Store, person: int, table: str) -> None:
    other = store.change_now(participants.add, {"given_name": "Bo"})
    found = agree(store, person, at(store, 21))
    entry = attend(store, found)
    record = (found.id, found.version + 1) if table == "appointment" else (entry.id, entry.version)
    store.change_now(misplaced.move, table, *record, other, "Feil person")
    assert (contacts(store, person), contacts(store, other)) == ([], [("meeting", "reached", "NAV-møte")])
    assert (last_contact(store, person), last_contact(store, other)) == (0, found.at)
    assert [one.participant for one in store.ask_now(appointments.of, other)] == [other]
    version = rows(store, f'SELECT version FROM "{table}" WHERE id = ?', record[0])[0][0]
    store.change_now(misplaced.strike, table, record[0], version, "Fant ikke sted")
    assert (contacts(store, other), store.ask_now(appointments.of, other)) == ([], ())
    assert last_contact(store, other) == 0
    store.change_now(undo.undo)
    store.change_now(undo.undo)
    assert contacts(store, person) == [("meeting", "reached", "NAV-møte")]
    assert not examined(store).flaws


def test_a_closing_talk_is_contact_also_without_words(store: Store, person: int) -> None:
    store.change_now(phases.begin, person, 5, TODAY, ending=(1,))
    number = store.change_now(phase_outs.begin, person, "independence")
    store.change_now(phase_outs.talk, number, None, TODAY)
    assert [entry[:2] for entry in contacts(store, person)] == [("talk", "reached")]
