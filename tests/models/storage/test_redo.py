"""Doing again what was taken back: as it was, never over what anybody did meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from models import timeline
from models.checklists import checklists
from models.consents import consents
from models.participants import participants, spending
from models.phases import phases
from models.plans import appointments, tasks
from models.roles.rights import NotAllowed
from models.search import queries as search
from models.storage import undo
from models.storage.undo import NothingToUndo
from models.store import Store
from tests.models.case_sample import examined, rows
from tests.models.storage.test_undo import data, everything_at_once

Session = Callable[[str], Store]
DAY = date(2026, 11, 22)


def back(store: Store) -> None:
    store.change_now(undo.undo, store.opened_at_audit)


def again(store: Store) -> str:
    found = store.ask_now(undo.redoable, store.opened_at_audit)
    return store.change_now(undo.redo, store.opened_at_audit, found.seq)


@pytest.mark.parametrize(
    ("change", "arguments"),
    [
        (timeline.record, ({"kind": "phone", "text": "Ringte om bolig", "topic": "gjeld"},)),
        (participants.change, (1, {"given_name": "Nils", "release_date": date(2027, 3, 1)})),
        (phases.begin, (2, DAY)),
        (consents.give, ({"agency": "nav", "role": "nav_municipal", "given": DAY, "valid_until": date(2027, 11, 20)},)),
        (appointments.add, ({"title": "Møte", "at": 1_800_000_000},)),
        (tasks.add, ({"text": "Ringe"},)),
        (spending.add, ({"day": DAY, "purpose": "relationship", "amount": 4900, "what": "Kaffe"},)),
        (everything_at_once, ()),
    ],
    ids=["entry", "person", "phase", "consent", "appointment", "task", "expense", "everything"],
)
def test_what_was_taken_back_is_done_again_whole_as_often_as_one_likes(
    store: Store, person: int, change: Any, arguments: tuple[Any, ...]
) -> None:
    before = data(store)
    store.change_now(change, person, *arguments)
    after = data(store)
    for _round in range(3):
        back(store)
        assert data(store) == before
        again(store)
        assert data(store) == after
    assert examined(store).flaws == ()


def test_several_come_back_in_the_order_they_were_taken_back(store: Store, person: int) -> None:
    entry = store.change_now(timeline.record, person, {"kind": "note", "text": "A"})
    store.change_now(timeline.correct, entry, 1, {"text": "Noe nytt"})
    back(store)
    back(store)
    assert again(store) == "timeline.record"
    assert rows(store, "SELECT text FROM entry WHERE kind = 'note'") == [("A",)]
    assert again(store) == "timeline.correct"
    assert rows(store, "SELECT text FROM entry WHERE kind = 'note'") == [("Noe nytt",)]
    with pytest.raises(NothingToUndo, match="nothing you have undone"):
        again(store)
    assert [one.participant for one in store.ask_now(search.find, "nytt")] == [person]


def test_nothing_is_done_again_over_what_a_colleague_did(store: Store, session: Session, person: int) -> None:
    store.change_now(participants.change, person, 1, {"unit": "A"})
    back(store)
    ola = session("ola")
    ola.change_now(participants.change, person, 3, {"unit": "B"})
    with pytest.raises(NothingToUndo, match="Ola Sørli has worked on from there"):
        again(store)
    assert store.ask_now(participants.file_of, person).values["unit"] == "B"
    with pytest.raises(NothingToUndo):
        ola.change_now(undo.redo, 0, rows(store, "SELECT max(seq) FROM audit WHERE action = 'undo.undo'")[0][0])


def test_a_colleague_who_wrote_about_it_is_named_with_what_they_did(store: Store, session: Session) -> None:
    new = store.change_now(participants.add, {"given_name": "Ny"})
    session("ola").change_now(timeline.record, new, {"kind": "note", "text": "viktig"})
    with pytest.raises(NothingToUndo, match="Ola Sørli has worked on from there: the new entry"):
        back(store)


def test_ones_own_later_change_keeps_an_earlier_one_and_says_so(store: Store, person: int) -> None:
    since = rows(store, "SELECT max(seq) FROM audit")[0][0]
    store.change_now(participants.change, person, 1, {"unit": "A"})
    first = rows(store, "SELECT max(seq) FROM audit")[0][0]
    back(store)
    store.change_now(participants.change, person, 3, {"unit": "B"})
    found = store.ask_now(undo.redoable, since)
    assert found.since
    with pytest.raises(NothingToUndo, match="You have worked on from there yourself"):
        again(store)
    assert rows(store, "SELECT count(*) FROM audit WHERE seq > ?", first) == [(2,)]


def test_a_confirmation_is_known_before_it_is_taken_back(store: Store, session: Session, person: int) -> None:
    store.change_now(checklists.open_by_hand, person, "release")
    housing = "SELECT id, version FROM checklist_item WHERE item = 'housing'"
    store.change_now(checklists.tick, *rows(store, housing)[0])
    assert not store.ask_now(undo.undoable, 0).verified
    ola = session("ola")
    ola.change_now(checklists.verify, *rows(store, housing)[0], "phone")
    assert ola.ask_now(undo.undoable, 0).verified
    with pytest.raises(NothingToUndo, match="Ola Sørli has worked on"):
        back(store)


def test_a_reader_does_nothing_again(store: Store, session: Session, person: int) -> None:
    lise = session("lise")
    with pytest.raises(NotAllowed):
        lise.change_now(undo.redo, 0, 1)
