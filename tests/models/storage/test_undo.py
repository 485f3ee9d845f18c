"""Taking back: one's own last change, whatever it was, and never anybody else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from models import board, timeline
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.participants import participants
from models.phases import phases
from models.roles.rights import NotAllowed
from models.search import queries as search
from models.storage import undo
from models.storage.actions import action, declared, id_of
from models.storage.audit import history
from models.storage.undo import NothingToUndo
from models.storage.work import Work
from models.store import Store
from models.team import absences, staff
from tests.models.case_sample import everything, examined, rows

Session = Callable[[str], Store]
DATA = ("staff", "participant", "phase_period", "entry", "card", "people_search", "entry_search")


def data(store: Store) -> dict[str, list[Any]]:
    """The case without its history, and without the versions, which undoing raises like any change."""
    found = everything(store)
    return {
        table: [(row[0], *row[2:]) if table in ("staff", "participant", "phase_period", "entry") else row for row in
                found[table]]
        for table in DATA
    }  # fmt: skip


def back(store: Store) -> str:
    return store.change_now(undo.undo, store.opened_at_audit)


@action("test_undo.everything_at_once")
def everything_at_once(work: Work, person: int) -> None:
    entry = timeline.record(work, person, {"kind": "phone", "text": "først", "topic": "bolig"})
    timeline.correct(work, entry, 1, {"text": "så"})
    timeline.take_up_topic(work, entry)
    participants.change(work, person, 1, {"prison": "Ila", "release_date": date(2027, 2, 1)})
    phases.begin(work, person, 2, work.today, ending=(1,))


@pytest.mark.parametrize(
    ("change", "arguments"),
    [
        (timeline.record, ({"kind": "phone", "text": "Ringte om bolig", "topic": "gjeld"},)),
        (participants.change, (1, {"given_name": "Nils", "worker": None, "release_date": date(2027, 3, 1)})),
        (phases.begin, (2, date(2026, 11, 22))),
        (everything_at_once, ()),
    ],
    ids=["record", "change", "begin", "everything"],
)
def test_a_change_of_a_participant_is_taken_back_whole(
    store: Store, person: int, change: Any, arguments: tuple[Any, ...]
) -> None:
    store.change_now(timeline.record, person, {"kind": "visit_mapping", "text": "Første besøk", "topic": "familie"})
    before = data(store)
    store.change_now(change, person, *arguments)
    assert data(store) != before
    assert back(store) == id_of(change)
    assert data(store) == before
    assert examined(store).flaws == ()


def test_entries_corrections_topics_and_ended_phases_are_taken_back(store: Store, person: int) -> None:
    entry = store.change_now(timeline.record, person, {"kind": "phone", "text": "Ringte", "topic": "gjeld"})
    (span,) = store.ask_now(phases.of, person)
    for change, arguments in (
        (timeline.correct, (entry, 1, {"text": "Ringte ikke", "outcome": "attempted"})),
        (timeline.take_up_topic, (entry,)),
        (phases.end, (span.id, span.version, date(2026, 11, 22))),
    ):
        before = data(store)
        store.change_now(change, *arguments)
        assert data(store) != before
        back(store)
        assert data(store) == before
    assert examined(store).flaws == ()


def test_a_new_participant_taken_back_leaves_only_history(store: Store) -> None:
    before = data(store)
    new = store.change_now(participants.add, {"given_name": "Feilaktig", "risk_areas": "Grønland"}, None, 2)
    assert store.ask_now(search.find, "feilaktig")
    assert back(store) == "participants.add"
    assert data(store) == before
    assert store.ask_now(search.find, "feilaktig") == store.ask_now(search.find, "grønland") == []
    assert store.ask_now(board.card, new) is None
    assert sum(store.ask_now(board.counts, board.BoardQuery()).values()) == 0
    assert examined(store).flaws == ()
    assert store.change_now(participants.add, {"given_name": "Neste"}) > new


def test_a_chain_is_taken_back_from_the_end_and_then_nothing_is_left(store: Store, person: int) -> None:
    store.opened_at_audit = rows(store, "SELECT max(seq) FROM audit")[0][0]
    states = [data(store)]
    entry = store.change_now(timeline.record, person, {"kind": "note", "text": "A"})
    states.append(data(store))
    store.change_now(timeline.correct, entry, 1, {"text": "B"})
    states.append(data(store))
    store.change_now(timeline.correct, entry, 2, {"text": "C"})
    assert back(store) == "timeline.correct"
    assert data(store) == states[2]
    store.change_now(participants.change, person, 1, {"unit": "A"})
    assert [back(store), back(store), back(store)] == ["participants.change", "timeline.correct", "timeline.record"]
    assert data(store) == states[0]
    with pytest.raises(NothingToUndo, match="nothing of yours"):
        back(store)
    assert examined(store).flaws == ()


def test_what_was_undone_can_be_done_and_undone_again(store: Store, person: int) -> None:
    for _round in range(3):
        before = data(store)
        file = store.ask_now(participants.file_of, person)
        store.change_now(participants.change, person, file.version, {"unit": "A"})
        back(store)
        assert data(store) == before


def test_undoing_is_a_change_of_its_own_in_the_history(store: Store, person: int) -> None:
    store.change_now(participants.change, person, 1, {"unit": "A"})
    done = rows(store, "SELECT max(seq) FROM audit")[0][0]
    back(store)
    assert rows(store, "SELECT action, undoes FROM audit ORDER BY seq DESC LIMIT 1") == [("undo.undo", done)]
    assert [version.values for version in store.ask_now(history, "participant", person)] == [
        {"unit": "A"},
        {"unit": ""},
    ]


def test_only_what_was_done_since_the_program_was_opened(store: Store, session: Session, person: int) -> None:
    again = session("kari")
    with pytest.raises(NothingToUndo):
        back(again)
    again.change_now(timeline.record, person, {"kind": "note", "text": "ny"})
    assert back(again) == "timeline.record"
    with pytest.raises(NothingToUndo):
        back(again)


def test_never_what_another_did(store: Store, session: Session, person: int) -> None:
    ola = session("ola")
    ola.change_now(timeline.record, person, {"kind": "note", "text": "Olas"})
    mine = store.change_now(timeline.record, person, {"kind": "note", "text": "Karis"})
    ola.change_now(timeline.record, person, {"kind": "note", "text": "Olas andre"})
    back(store)
    texts = [text for (text,) in rows(store, "SELECT text FROM entry WHERE kind = 'note' ORDER BY id")]
    assert texts == ["Olas", "Olas andre"]
    assert rows(store, "SELECT count(*) FROM entry WHERE id = ?", mine) == [(0,)]


def test_what_another_has_built_on_stays(store: Store, session: Session, person: int) -> None:
    ola = session("ola")
    store.change_now(participants.change, person, 1, {"unit": "A"})
    ola.change_now(participants.change, person, 2, {"unit": "B"})
    before = data(store)
    with pytest.raises(NothingToUndo, match="worked on from there"):
        back(store)
    assert data(store) == before
    back(ola)
    back(store)
    assert store.ask_now(participants.file_of, person).values["unit"] == ""


@pytest.mark.parametrize("what", ["entry", "phase"])
def test_a_participant_another_has_written_about_stays(store: Store, session: Session, what: str) -> None:
    ola = session("ola")
    new = store.change_now(participants.add, {"given_name": "Ny"})
    if what == "entry":
        ola.change_now(timeline.record, new, {"kind": "note", "text": "viktig"})
    else:
        ola.change_now(phases.begin, new, 2, date(2026, 11, 22))
    before = data(store)
    with pytest.raises(NothingToUndo, match="worked on from there"):
        back(store)
    assert data(store) == before
    back(ola)
    assert back(store) == "participants.add"
    assert rows(store, "SELECT count(*) FROM participant WHERE id = ?", new) == [(0,)]
    assert examined(store).flaws == ()


def test_a_change_of_the_team_is_not_undone(store: Store) -> None:
    store.change_now(staff.join, "eva", "Eva Lie", "caseworker", "slot")
    with pytest.raises(NothingToUndo):
        back(store)


def test_a_witnessed_export_is_no_change_to_undo(store: Store, person: int) -> None:
    store.witness_now("export.json")
    assert back(store) == "participants.add"


def test_a_reader_undoes_nothing(store: Store, session: Session, person: int) -> None:
    with pytest.raises(NotAllowed):
        back(session("lise"))


def test_it_is_told_whom_a_change_is_about(store: Store, person: int) -> None:
    other = store.change_now(participants.add, {"given_name": "Nils", "family_name": "Ante"})
    entry = store.change_now(timeline.record, person, {"kind": "note", "text": "x"})
    found = store.ask_now(undo.undoable, 0)
    assert [(one.participant, one.name) for one in found.about] == [(person, "Håkon Sæthre")]
    store.change_now(undo.undo, 0, found.seq)
    assert rows(store, "SELECT 1 FROM entry WHERE id = ?", entry) == []
    assert [one.participant for one in store.ask_now(undo.undoable, 0).about] == [other]
    store.change_now(absences.add, {"staff": 1, "first": date(2026, 11, 23), "last": date(2026, 11, 24)})
    assert store.ask_now(undo.undoable, 0).about == ()


def test_what_stands_for_good_is_stepped_past_with_the_reason(store: Store, person: int) -> None:
    store.opened_at_audit = rows(store, "SELECT max(seq) FROM audit")[0][0]
    entry = store.change_now(timeline.record, person, {"kind": "note", "text": "x"})
    meeting = store.change_now(meetings.open_, "weekly", None)
    store.change_now(meetings.add, meeting, "note", "Sagt")
    store.change_now(meetings.close, meeting, store.ask_now(meeting_reading.one, meeting).version)
    found = store.ask_now(undo.undoable, store.opened_at_audit)
    assert (found.action, found.passed) == ("timeline.record", "The minutes are closed; they can only be added to.")
    assert store.change_now(undo.undo, store.opened_at_audit, found.seq) == "timeline.record"
    assert rows(store, "SELECT 1 FROM entry WHERE id = ?", entry) == []
    assert [item.text for item in store.ask_now(meeting_reading.items, meeting) if item.text] == ["Sagt"]
    with pytest.raises(NothingToUndo, match="minutes are closed"):
        store.ask_now(undo.undoable, store.opened_at_audit)
    assert examined(store).flaws == ()


def test_only_what_was_said_yes_to_is_taken_back(store: Store, person: int) -> None:
    store.change_now(timeline.record, person, {"kind": "note", "text": "x"})
    found = store.ask_now(undo.undoable, 0)
    store.change_now(participants.change, person, 1, {"unit": "A"})
    with pytest.raises(NothingToUndo, match="something else in the meantime"):
        store.change_now(undo.undo, 0, found.seq)
    assert store.ask_now(participants.file_of, person).values["unit"] == "A"


def test_every_action_that_can_be_taken_back_has_words() -> None:
    for id, kind in declared().items():
        if kind.function.startswith("models.") and not kind.final and id not in ("undo.undo", "undo.redo"):
            assert undo.described(id) not in ("", id)
    assert undo.described("unknown.action") == "unknown.action"
