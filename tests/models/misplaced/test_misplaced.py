"""What stood with the wrong participant is with the right one, or gone; both files and the counts say so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pytest

from config.errors import ExinError
from models import board, timeline
from models.consents import consents, disclosures
from models.consents import matrix as consent_matrix
from models.misplaced import misplaced
from models.misplaced.misplaced import MisplacedError
from models.participants import participants, spending
from models.plans import appointments, tasks
from models.restrictions import restrictions
from models.roles.rights import NotAllowed
from models.search import queries as search
from models.storage import undo
from models.storage.work import Conflict, Gone
from models.store import Store
from models.timeline import TimelineQuery
from tests.models.case_sample import examined, rows

Session = Callable[[str], Store]
DAY: Final = date(2026, 11, 20)
MADE: Final[dict[str, tuple[Any, dict[str, Any]]]] = {
    "entry": (timeline.record, {"kind": "phone", "text": "Ringte om hagearbeid"}),
    "consent": (consents.give, {"agency": "nav", "role": "nav_municipal", "given": DAY, "scope": "hagearbeid"}),
    "appointment": (appointments.add, {"title": "hagearbeid", "at": 1_796_000_000}),
    "task": (tasks.add, {"text": "hagearbeid", "due": DAY}),
    "spending": (spending.add, {"day": DAY, "purpose": "relationship", "amount": 4900, "what": "hagearbeid"}),
}


@pytest.fixture
def other(store: Store) -> int:
    return store.change_now(participants.add, {"given_name": "Rett", "family_name": "Person"})


def make(store: Store, table: str, person: int) -> int:
    change, values = MADE[table]
    return int(store.change_now(change, person, values))


def owner(store: Store, table: str, row: int) -> list[int]:
    return [one for (one,) in rows(store, f"SELECT participant_id FROM {table} WHERE id = ?", row)]


def told(store: Store, person: int) -> list[tuple[str, str, str]]:
    kinds = ("moved_away", "moved_here", "struck")
    found = store.ask_now(timeline.page, TimelineQuery(person, kinds), 0, 9)
    return [(one.kind, one.detail["record"], one.detail["reason"]) for one in found]


def everything_of(store: Store, person: int) -> list[str]:
    return [line.kind for line in store.ask_now(timeline.page, TimelineQuery(person), 0, 99)]


@pytest.mark.parametrize("table", MADE)
def test_it_is_moved_and_both_timelines_say_so(store: Store, person: int, other: int, table: str) -> None:
    empty = everything_of(store, person)
    row = make(store, table, person)
    of_it = [kind for kind in everything_of(store, person) if kind not in empty]
    store.change_now(misplaced.move, table, row, 1, other, "Feil linje")
    assert owner(store, table, row) == [other]
    assert told(store, person) == [("moved_away", table, "Feil linje")]
    assert told(store, other) == [("moved_here", table, "Feil linje")]
    assert sorted(everything_of(store, person)) == sorted([*empty, "moved_away"])
    assert set(of_it) <= set(everything_of(store, other))
    assert {hit.participant for hit in store.ask_now(search.find, "hagearbeid")} <= {other}
    assert examined(store).flaws == ()


@pytest.mark.parametrize("table", MADE)
def test_it_is_struck_out_and_what_stood_there_is_in_the_audit(store: Store, person: int, table: str) -> None:
    empty = everything_of(store, person)
    row = make(store, table, person)
    store.change_now(misplaced.strike, table, row, 1, "Gjaldt ingen")
    assert owner(store, table, row) == []
    assert told(store, person) == [("struck", table, "Gjaldt ingen")]
    assert sorted(everything_of(store, person)) == sorted([*empty, "struck"])
    assert store.ask_now(search.find, "hagearbeid") == []
    kept = rows(
        store, 'SELECT before FROM change WHERE "table" = ? AND "row" = ? AND operation = ?', table, row, "delete"
    )
    assert "hagearbeid" in kept[0][0]
    assert examined(store).flaws == ()


@pytest.mark.parametrize("table", MADE)
@pytest.mark.parametrize("how", ["move", "strike"])
def test_it_is_taken_back_and_done_again(store: Store, person: int, other: int, table: str, how: str) -> None:
    row = make(store, table, person)
    given = (other, "Feil") if how == "move" else ("Feil",)
    store.change_now(getattr(misplaced, how), table, row, 1, *given)
    assert {one.participant for one in store.ask_now(undo.undoable, 0).about} == (
        {person, other} if how == "move" else {person}
    )
    store.change_now(undo.undo)
    assert owner(store, table, row) == [person]
    assert told(store, person) == told(store, other) == []
    store.change_now(undo.redo, 0, store.ask_now(undo.redoable, 0).seq)
    assert owner(store, table, row) == ([other] if how == "move" else [])
    assert examined(store).flaws == ()


def test_counts_follow(store: Store, person: int, other: int) -> None:
    def card(whom: int) -> tuple[Any, int]:
        found = store.ask_now(board.card, whom)
        assert found is not None
        return found.last_contact, store.ask_now(participants.file_of, whom).topics

    before = card(person)
    row = store.change_now(timeline.record, person, {"kind": "phone", "text": "x", "topic": "bolig"})
    assert card(person) == (store.clock.today(), 1)
    store.change_now(misplaced.move, "entry", row, 1, other, "Feil")
    assert card(person) == before
    assert card(other) == (store.clock.today(), 1)
    expense = make(store, "spending", person)
    store.change_now(misplaced.move, "spending", expense, 1, other, "Feil")
    assert store.ask_now(spending.account, person, 2026).own.relationship == 0
    assert store.ask_now(spending.account, other, 2026).own.relationship == 4900


def test_who_is_slower_is_told(store: Store, session: Session, person: int, other: int) -> None:
    row = make(store, "entry", person)
    ola = session("ola")
    ola.change_now(misplaced.move, "entry", row, 1, other, "Ola så det først")
    with pytest.raises(Conflict):
        store.change_now(misplaced.move, "entry", row, 1, other + 1 if other + 1 == person else person, "Jeg også")
    ola.change_now(misplaced.strike, "entry", row, 2, "Vekk")
    with pytest.raises((Gone, MisplacedError), match="no longer there"):
        store.change_now(misplaced.strike, "entry", row, 2, "Også vekk")


def test_nothing_goes_to_whom_one_does_not_see_or_to_nobody(
    store: Store, session: Session, person: int, other: int
) -> None:
    row = make(store, "entry", person)
    store.change_now(restrictions.restrict, other, {"may_see": (), "reason": "skjerm"})
    with pytest.raises(NotAllowed):
        session("ola").change_now(misplaced.move, "entry", row, 1, other, "Feil")
    for to in (person, 9_999):
        with pytest.raises(MisplacedError):
            store.change_now(misplaced.move, "entry", row, 1, to, "Feil")
    assert owner(store, "entry", row) == [person]
    with pytest.raises(NotAllowed):
        session("lise").change_now(misplaced.strike, "entry", row, 1, "Feil")


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_a_reason_is_asked_for(store: Store, person: int, other: int, reason: str) -> None:
    row = make(store, "entry", person)
    for change, given in ((misplaced.move, (other, reason)), (misplaced.strike, (reason,))):
        with pytest.raises(ExinError, match="Reason"):
            store.change_now(change, "entry", row, 1, *given)


def test_what_something_rests_on_stays(store: Store, person: int, other: int) -> None:
    consent = make(store, "consent", person)
    shared = {"what": "x", "agency": "nav", "role": "nav_municipal", "day": store.clock.today()}
    store.change_now(disclosures.record, person, shared)
    with pytest.raises(MisplacedError, match="recorded together"):
        store.change_now(misplaced.move, "consent", consent, 1, other, "Feil")
    line = rows(store, "SELECT id, version FROM entry WHERE kind = 'consent_given'")[0]
    with pytest.raises(MisplacedError, match="program wrote"):
        store.change_now(misplaced.strike, "entry", *line, "Feil")
    with pytest.raises(MisplacedError):
        store.change_now(misplaced.strike, "phase_period", 1, 1, "Feil")


def test_a_consent_answers_for_whom_it_was_given(store: Store, person: int, other: int) -> None:
    consent = make(store, "consent", person)

    def covered(whom: int) -> bool:
        _rows = store.ask_now(consent_matrix.matrix, whom)
        return any(row.answer.covered for row in _rows if row.role == "nav_municipal")

    assert covered(person)
    store.change_now(misplaced.move, "consent", consent, 1, other, "Feil")
    assert (covered(person), covered(other)) == (False, True)
