"""Reading that nothing explains: what a leader sees first, asks about and closes, and what the colleague answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from models import timeline
from models.access import questions, unusual
from models.access.questions import QuestionError
from models.access.unusual import ANSWERED, ASKED, CLOSED, Question, Unusual
from models.participants import participants
from models.storage import undo
from models.storage.work import Conflict, NotAllowed
from models.store import Store
from models.team import staff
from tests.models.access.test_visits import look
from tests.models.case_sample import Hands, chain, examined, rows

Session = Callable[[str], Store]
WORKDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture
def ola(session: Session, hands: Hands) -> Store:
    hands.moment = WORKDAY
    return session("ola")


@pytest.fixture
def nobodys(session: Session) -> int:
    """A participant entered by Per, for whom nobody is responsible."""
    return session("per").change_now(participants.add, {"given_name": "Nils", "worker": None})


def found(store: Store) -> list[Unusual]:
    return store.ask_now(unusual.unusual)


def asked(store: Store, ola: Store, person: int) -> Question:
    look(ola, person)
    number = store.change_now(questions.ask, ola.actor.staff_id, person)
    return question(store, number)


def question(store: Store, number: int) -> Question:
    one = store.ask_now(unusual.one, number)
    assert one is not None
    return one


def test_who_has_to_do_with_somebody_is_not_in_it(store: Store, ola: Store, person: int) -> None:
    store.change_now(participants.change, person, 1, {"worker": ola.actor.staff_id})
    look(ola, person)
    assert found(store) == []


def test_a_look_is_in_it_until_something_explains_it(store: Store, ola: Store, person: int) -> None:
    look(ola, person)
    (one,) = found(store)
    assert (one.staff, one.participant, one.odd, len(one.moments)) == (ola.actor.staff_id, person, 0, 1)
    ola.change_now(timeline.record, person, {"kind": "phone", "text": "x"})
    assert found(store) == []


def test_ones_own_reading_is_seen_by_the_other_leaders(
    store: Store, session: Session, ola: Store, nobodys: int
) -> None:
    look(store, nobodys)
    assert found(store) == []
    assert [one.staff for one in found(session("per"))] == [store.actor.staff_id]


def test_odd_hours_stand_first_then_what_is_repeated_then_the_latest(
    store: Store, session: Session, ola: Store, hands: Hands
) -> None:
    people = [store.change_now(participants.add, {"given_name": f"Nr {number}"}) for number in range(4)]
    lise = session("lise")
    look(lise, people[0])
    for _again in range(3):
        look(ola, people[1])
        hands.move(hours=1)
    look(ola, people[2])
    hands.moment = WORKDAY.replace(hour=20, minute=30)
    look(ola, people[3])
    hands.moment = WORKDAY.replace(day=25)
    assert [one.participant for one in found(store)] == [people[3], people[1], people[2], people[0]]
    assert [one.odd for one in found(store)] == [1, 0, 0, 0]


@pytest.mark.parametrize(
    ("moment", "odd"),
    [
        (datetime(2026, 11, 24, 6, 59), True),
        (datetime(2026, 11, 24, 7, 0), False),
        (datetime(2026, 11, 24, 20, 59), False),
        (datetime(2026, 11, 24, 21, 0), True),
        (datetime(2026, 11, 21, 12, 0), True),
        (datetime(2026, 12, 25, 12, 0), True),
        (datetime(2026, 5, 1, 12, 0), True),
    ],
)
def test_which_hours_are_odd(moment: datetime, odd: bool) -> None:
    assert unusual.is_odd(moment) is odd


def test_what_is_long_ago_is_not_in_it(store: Store, ola: Store, person: int, hands: Hands) -> None:
    look(ola, person)
    hands.move(days=unusual.LOOKED_BACK_DAYS)
    assert len(found(store)) == 1
    hands.move(days=1)
    assert found(store) == []


def test_a_question_goes_to_the_colleague_and_its_answer_to_the_leader(store: Store, ola: Store, person: int) -> None:
    before = chain(store).count
    one = asked(store, ola, person)
    assert one.state == ASKED
    assert found(store) == []
    assert (store.ask_now(unusual.to_see_to), ola.ask_now(unusual.to_see_to)) == (0, 1)
    assert [each.id for each in ola.ask_now(unusual.mine)] == [one.id]
    ola.change_now(questions.answer, one.id, one.version, "Tok telefonen for Kari.")
    assert question(store, one.id).state == ANSWERED
    assert (store.ask_now(unusual.to_see_to), ola.ask_now(unusual.to_see_to)) == (1, 0)
    store.change_now(questions.close, one.id, question(store, one.id).version)
    assert question(store, one.id).state == CLOSED
    assert (store.ask_now(unusual.to_see_to), ola.ask_now(unusual.to_see_to)) == (0, 0)
    acts = rows(store, "SELECT action FROM audit WHERE seq > ?", before)
    assert acts == [("visits.ask",), ("visits.answer",), ("visits.close",)]
    assert examined(store).flaws == ()


def test_whoever_looks_again_is_asked_again(store: Store, ola: Store, person: int, hands: Hands) -> None:
    first = asked(store, ola, person)
    hands.move(hours=1)
    assert found(store) == []
    second = asked(store, ola, person)
    assert [len(list(store.ask_now(unusual.moments, one))) for one in (first, second)] == [1, 1]
    with pytest.raises(QuestionError, match="nothing to ask"):
        store.change_now(questions.ask, ola.actor.staff_id, person)


def test_a_reader_answers_and_writes_nothing_else(store: Store, session: Session, ola: Store, person: int) -> None:
    lise = session("lise")
    one = asked(store, lise, person)
    with pytest.raises(NotAllowed):
        lise.change_now(timeline.record, person, {"kind": "note", "text": "x"})
    with pytest.raises(NotAllowed):
        lise.change_now(questions.close, one.id, one.version)
    lise.change_now(questions.answer, one.id, one.version, "Jeg var observatør.")
    assert question(store, one.id).answer == "Jeg var observatør."


def test_only_who_was_asked_answers_once_and_with_words(
    store: Store, session: Session, ola: Store, person: int
) -> None:
    one = asked(store, ola, person)
    with pytest.raises(NotAllowed, match="Only Ola Sørli"):
        store.change_now(questions.answer, one.id, one.version, "x")
    with pytest.raises(QuestionError, match="write a sentence"):
        ola.change_now(questions.answer, one.id, one.version, " \n ")
    with pytest.raises(Conflict):
        ola.change_now(questions.answer, one.id, one.version + 1, "x")
    ola.change_now(questions.answer, one.id, one.version, "x")
    with pytest.raises(QuestionError, match="already"):
        ola.change_now(questions.answer, one.id, one.version + 1, "y")


def test_only_a_leader_asks_and_closes_and_never_their_own(
    store: Store, session: Session, ola: Store, nobodys: int
) -> None:
    look(store, nobodys)
    with pytest.raises(NotAllowed):
        ola.change_now(questions.ask, store.actor.staff_id, nobodys)
    with pytest.raises(QuestionError):
        store.change_now(questions.ask, store.actor.staff_id, nobodys)
    number = session("per").change_now(questions.ask, store.actor.staff_id, nobodys)
    store.change_now(questions.answer, number, 1, "x")
    with pytest.raises(NotAllowed, match="Another leader"):
        store.change_now(questions.close, number, 2)
    assert store.ask_now(unusual.to_see_to) == 0
    assert session("per").ask_now(unusual.to_see_to) == 1


def test_what_was_not_answered_is_closed_only_where_the_colleague_has_left(
    store: Store, ola: Store, person: int
) -> None:
    one = asked(store, ola, person)
    with pytest.raises(QuestionError, match="Only what was answered"):
        store.change_now(questions.close, one.id, one.version)
    store.change_now(staff.leave, "ola")
    store.change_now(questions.close, one.id, one.version)
    assert question(store, one.id).state == CLOSED


def test_a_question_is_taken_back_unless_it_was_answered(store: Store, ola: Store, person: int) -> None:
    one = asked(store, ola, person)
    store.change_now(undo.undo, store.opened_at_audit)
    assert store.ask_now(unusual.one, one.id) is None
    one = asked(store, ola, person)
    ola.change_now(questions.answer, one.id, one.version, "x")
    with pytest.raises(undo.NothingToUndo):
        ola.change_now(undo.undo, ola.opened_at_audit)
    with pytest.raises(undo.NothingToUndo):
        store.change_now(undo.undo, store.opened_at_audit)
