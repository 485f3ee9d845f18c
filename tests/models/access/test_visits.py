"""The access log: who looked at whom, once a visit, in what relation; whatever happens to a row afterwards is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from config.errors import ExinError
from models import timeline
from models.access import visits
from models.access.visits import EXPORTED, FOUND, OPENED, PRINTED, Visit
from models.hand_overs import hand_overs
from models.meetings import meetings
from models.participants import participants
from models.plans import appointments, tasks
from models.storage import undo
from models.storage.chain import FIRST_LINK, ChainState, code_of
from models.storage.reading import Reading
from models.storage.writing import rehearsal
from models.store import Store
from models.team import absences
from tests.models.case_sample import Hands, chain, examined, rows

Session = Callable[[str], Store]
TODAY = date(2026, 11, 22)
CANARY = "Kanarifugl"


def look(store: Store, participant: int, kind: str = OPENED) -> None:
    """A look as a screen gives it, written at once."""
    store.look(participant, kind)
    store.write_looks_now()


def log(store: Store, participant: int) -> list[Visit]:
    return store.ask_now(visits.of, participant)


def relation(store: Store, participant: int) -> str:
    return log(store, participant)[0].relation


# ---------------------------------------------------------------------- once a visit


def test_a_visit_is_one_row_however_often_somebody_comes_back(store: Store, person: int, hands: Hands) -> None:
    other = store.change_now(participants.add, {"given_name": "Nils"})
    for _again in range(8):
        look(store, person)
        hands.move(minutes=25)
        look(store, other)
    assert len(log(store, person)) == len(log(store, other)) == 1
    hands.move(minutes=30)
    look(store, person)
    assert len(log(store, person)) == 2


def test_midnight_begins_another_visit(store: Store, person: int, hands: Hands) -> None:
    hands.move(hours=13, minutes=55)
    look(store, person)
    hands.move(minutes=10)
    look(store, person)
    assert [one.day for one in log(store, person)] == [TODAY + timedelta(days=1), TODAY]


def test_a_clock_that_runs_back_hides_no_visit(store: Store, person: int, hands: Hands) -> None:
    look(store, person)
    hands.move(hours=-2)
    look(store, person)
    assert len(log(store, person)) == 2


def test_two_sessions_of_one_person_are_one_visit_and_two_people_are_two(
    store: Store, session: Session, person: int, hands: Hands
) -> None:
    again, ola = session("kari"), session("ola")
    for one in (store, again, ola):
        look(one, person)
        hands.move(minutes=1)
    assert [one.user for one in log(store, person)] == ["ola", "kari"]


def test_the_first_look_says_how_it_began(store: Store, person: int) -> None:
    look(store, person, FOUND)
    look(store, person)
    assert [one.kind for one in log(store, person)] == [FOUND]


def test_each_print_and_each_export_stands_for_itself(store: Store, person: int) -> None:
    look(store, person)
    for kind in (PRINTED, PRINTED, EXPORTED):
        store.log_now((person,), kind)
    look(store, person)
    assert sorted(one.kind for one in log(store, person)) == [EXPORTED, OPENED, PRINTED, PRINTED]


def test_a_readers_look_is_written_too(session: Session, person: int) -> None:
    lise = session("lise")
    look(lise, person)
    lise.log_now((person,), PRINTED)
    assert [one.user for one in log(lise, person)] == ["lise", "lise"]


def test_looking_does_not_make_the_audit_longer(store: Store, person: int) -> None:
    before = chain(store)
    look(store, person)
    assert chain(store) == before


def test_nothing_of_the_text_is_in_the_log(store: Store, hands: Hands) -> None:
    number = store.change_now(participants.add, {"given_name": CANARY, "risk_areas": CANARY, "worker": 1})
    store.change_now(timeline.record, number, {"kind": "note", "text": CANARY, "topic": CANARY, "with_whom": CANARY})
    for kind in visits.KINDS:
        store.log_now((number,), kind)
        hands.move(hours=1)
    found = rows(store, "SELECT * FROM visit")
    assert len(found) == len(visits.KINDS)
    assert CANARY.casefold() not in repr(found).casefold()


async def test_a_look_is_no_news_to_a_colleague_and_a_change_is(store: Store, session: Session, person: int) -> None:
    ola = session("ola")
    await store.changed_elsewhere()
    look(ola, person)
    before = store.changes
    assert not await store.changed_elsewhere()
    assert store.changes == before
    ola.change_now(timeline.record, person, {"kind": "note", "text": "x"})
    store.change_now(timeline.record, person, {"kind": "note", "text": "y"})
    look(ola, person)
    assert await store.changed_elsewhere()
    assert not await store.changed_elsewhere()
    look(store, person)
    store.change_now(timeline.record, person, {"kind": "note", "text": "z"})
    look(ola, store.change_now(participants.add, {"given_name": "Nils"}))
    assert not await store.changed_elsewhere()


def test_somebody_entered_and_looked_at_can_be_taken_back(store: Store) -> None:
    number = store.change_now(participants.add, {"given_name": "Nils"})
    look(store, number)
    store.change_now(undo.undo, store.opened_at_audit)
    assert rows(store, "SELECT count(*) FROM participant WHERE id = ?", number) == [(0,)]
    assert len(log(store, number)) == 1
    assert examined(store).flaws == ()


# ---------------------------------------------------------------------- nothing is lost


def test_what_waits_is_written_at_the_end_and_before_a_lock(store: Store, session: Session, person: int) -> None:
    ola, per = session("ola"), session("per")
    ola.look(person)
    ola.close()
    per.look(person)
    per.lock()
    assert [one.user for one in log(store, person)] == ["per", "ola"]


def test_what_cannot_be_written_waits_on_and_is_told(
    store: Store, session: Session, person: int, passphrase: str
) -> None:
    ola = session("ola")
    # As a full disk does it, the engine refuses the next page.
    pages = rows(ola, "PRAGMA page_count")[0][0]
    rows(ola, f"PRAGMA max_page_count = {pages}")
    for number in range(2_000):
        ola._looks.waiting.append(visits.Look(person, PRINTED, ola.clock.seconds() + number))
    with pytest.raises(ExinError):
        ola.write_looks_now()
    assert log(ola, person) == []
    ola.lock()
    ola.unlock_again(passphrase)
    rows(ola, "PRAGMA max_page_count = 1000000")
    look(ola, person)
    assert len(log(store, person)) == 2_001
    assert examined(store).flaws == ()


def test_an_end_that_cannot_be_written_is_told_and_all_is_closed(store: Store, session: Session, person: int) -> None:
    ola = session("ola")
    rows(ola, f"PRAGMA max_page_count = {rows(ola, 'PRAGMA page_count')[0][0]}")
    ola._looks.waiting.extend(visits.Look(person, PRINTED, 1) for _one in range(2_000))
    with pytest.raises(ExinError):
        ola.close()
    assert ola._database is None
    assert log(store, person) == []


# ---------------------------------------------------------------------- the chain


def checked_after(store: Store, *statements: str) -> ChainState:
    def doctored(reading: Reading) -> ChainState:
        with rehearsal(reading) as writing:
            for statement in statements:
                writing.run(statement)
            return visits.check(writing, store._audit_key)

    return store.ask_now(doctored)


@pytest.fixture
def seven(store: Store, person: int, hands: Hands) -> int:
    for _row in range(7):
        look(store, person)
        hands.move(hours=1)
    return 7


def test_a_whole_log_holds(store: Store, seven: int) -> None:
    state = checked_after(store)
    assert (state.count, state.broken_at) == (seven, None)
    assert state.head == rows(store, "SELECT mac FROM visit ORDER BY seq DESC LIMIT 1")[0][0]
    assert examined(store).flaws == ()


@pytest.mark.parametrize("column", ["at", "day", "staff", "participant", "kind", "relation", "mac"])
@pytest.mark.parametrize("seq", [1, 4, 7])
def test_a_row_that_was_altered_is_found(store: Store, seven: int, column: str, seq: int) -> None:
    assert checked_after(store, f"UPDATE visit SET {column} = 'x' || {column} WHERE seq = {seq}").broken_at == seq


@pytest.mark.parametrize("rows_at_once", [1, 2, 3])
def test_a_row_that_was_taken_away_is_found(
    store: Store, seven: int, rows_at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visits, "ROWS_AT_ONCE", rows_at_once)
    assert checked_after(store).broken_at is None
    for seq in range(1, seven):
        assert checked_after(store, f"DELETE FROM visit WHERE seq = {seq}").broken_at == seq + 1
        moved = f"UPDATE visit SET seq = seq - 1 WHERE seq > {seq}"
        assert checked_after(store, f"DELETE FROM visit WHERE seq = {seq}", moved).broken_at == seq


def test_a_tail_that_was_cut_off_is_found_and_stays_so_when_the_log_goes_on(
    store: Store, person: int, seven: int
) -> None:
    assert checked_after(store, "DELETE FROM visit WHERE seq > 5").broken_at == 6
    rows(store, "DELETE FROM visit WHERE seq > 5")
    for _row in range(3):
        store.log_now((person,), PRINTED)
    (flaw,) = examined(store).flaws
    assert flaw.where == "visits"
    assert "row 8" in flaw.text


def test_a_row_of_another_key_is_found(store: Store, seven: int) -> None:
    state = store.ask_now(visits.check, bytes(32))
    assert state.broken_at == 1


def test_a_row_of_the_audit_is_none_of_the_log(store: Store, seven: int) -> None:
    """The two chains are under one key: a code of the one says nothing in the other."""
    audited = "(SELECT mac FROM audit WHERE audit.seq = visit.seq)"
    assert checked_after(store, f"UPDATE visit SET mac = {audited} WHERE seq = 1").broken_at == 1
    columns = rows(store, "SELECT seq, at, day, staff, participant, kind, relation FROM visit WHERE seq = 1")[0]
    unnamed = code_of(store._audit_key, FIRST_LINK, columns)
    assert checked_after(store, f"UPDATE visit SET mac = '{unnamed}' WHERE seq = 1").broken_at == 1


# ---------------------------------------------------------------------- in what relation


def test_responsible_and_coworker_stay_so_when_others_take_over(store: Store, session: Session, person: int) -> None:
    ola = session("ola")
    store.change_now(participants.change, person, 1, {"worker": store.actor.staff_id, "coworker": ola.actor.staff_id})
    look(store, person)
    look(ola, person)
    store.change_now(participants.change, person, 2, {"worker": None, "coworker": None})
    assert [one.relation for one in log(store, person)] == ["coworker", "responsible"]


def test_whoever_covers_is_covering_while_it_lasts(store: Store, session: Session, person: int, hands: Hands) -> None:
    ola = session("ola")
    store.change_now(participants.change, person, 1, {"worker": store.actor.staff_id})
    values = {"staff": store.actor.staff_id, "first": TODAY, "last": TODAY, "cover": ola.actor.staff_id}
    store.change_now(absences.add, values)
    look(ola, person)
    hands.move(days=1)
    look(ola, person)
    assert [one.relation for one in log(store, person)] == ["other", "covering"]


def recorded(store: Store, ola: Store, person: int) -> None:
    ola.change_now(timeline.record, person, {"kind": "phone", "text": "x"})


def driving(store: Store, ola: Store, person: int) -> None:
    at = store.clock.seconds() + 3 * 86_400
    store.change_now(appointments.add, person, {"title": "x", "at": at, "driver": ola.actor.staff_id})


def tasked(store: Store, ola: Store, person: int) -> None:
    store.change_now(tasks.add, person, {"text": "x", "owner": ola.actor.staff_id})


def in_a_meeting(store: Store, ola: Store, person: int) -> None:
    meeting = ola.change_now(meetings.open_, "weekly")
    # What was said is not theirs: an entry of their own would explain more than the day.
    store.change_now(meetings.add, meeting, "note", "x", person)


def in_the_support_team(store: Store, ola: Store, person: int) -> None:
    ola.change_now(meetings.open_, "support", person)


def handed_over(store: Store, ola: Store, person: int) -> None:
    store.change_now(hand_overs.hand_over, person, ola.actor.staff_id, "")
    store.change_now(hand_overs.hand_over, person, store.actor.staff_id, "")


EXPLAINED: list[tuple[Callable[[Store, Store, int], None], str, int]] = [
    (recorded, "working", 31),
    (driving, "working", 34),
    (tasked, "working", 10_000),
    (in_a_meeting, "meeting", 0),
    (in_the_support_team, "meeting", 0),
    (handed_over, "hand_over", 31),
]


@pytest.mark.parametrize(("happens", "told", "days"), EXPLAINED, ids=[each[0].__name__ for each in EXPLAINED])
def test_what_happens_explains_a_look_of_around_then(
    store: Store, session: Session, person: int, hands: Hands, happens: Any, told: str, days: int
) -> None:
    ola = session("ola")
    look(ola, person)
    assert relation(store, person) == "other"
    happens(store, ola, person)
    assert relation(store, person) == told
    if days < 10_000:
        hands.move(days=days)
        look(ola, person)
        assert relation(store, person) == told
        hands.move(days=1)
        look(ola, person)
        assert relation(store, person) == "other"
    lise = session("lise")
    look(lise, person)
    assert relation(store, person) == "other"


def test_a_meeting_about_others_explains_nothing(store: Store, session: Session, person: int) -> None:
    ola = session("ola")
    other = store.change_now(participants.add, {"given_name": "Nils"})
    in_a_meeting(store, ola, other)
    look(ola, person)
    assert relation(store, person) == "other"


def test_one_of_many_on_a_list_is_said_to_be_that(store: Store, session: Session, person: int) -> None:
    other = store.change_now(participants.add, {"given_name": "Nils", "worker": None})
    session("ola").log_now((person, other), PRINTED)
    assert relation(store, other) == visits.MANY


def test_the_days_count_what_lies_in_them(store: Store, person: int, hands: Hands) -> None:
    for _day in range(3):
        look(store, person)
        hands.move(hours=1)
        look(store, person)
        hands.move(hours=23)
    days = store.ask_now(visits.days, person)
    assert [count for _day, count in days] == [2, 2, 2]
    assert [day for day, _count in days] == sorted((day for day, _count in days), reverse=True)
    listed = [store.ask_now(visits.of, person, offset, 2) for offset in (0, 2, 4)]
    assert [one for page in listed for one in page] == log(store, person)
