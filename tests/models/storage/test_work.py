"""The one door for writing: all or nothing, nobody overwritten silently, readers refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import peewee
import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from models import timeline
from models.participants import participants
from models.phases import phases
from models.roles.rights import NotAllowed
from models.search import queries as search
from models.storage.actions import action
from models.storage.work import Conflict, Gone, Work
from models.store import Store
from models.tables import Entry, Participant
from models.team import staff
from tests.models.case_sample import Hands, everything, examined, rows

Session = Callable[[str], Store]


def test_the_second_to_save_is_told_and_overwrites_nothing(store: Store, session: Session, person: int) -> None:
    ola = session("ola")
    mine = store.ask_now(participants.file_of, person)
    theirs = ola.ask_now(participants.file_of, person)
    ola.change_now(participants.change, person, theirs.version, {"phone": "+47 40000001", "prison": "Ila"})
    with pytest.raises(Conflict, match="Ola Sørli saved this") as caught:
        store.change_now(
            participants.change, person, mine.version, {"phone": "+47 40000002", "unit": "B", "worker": None}
        )
    conflict = caught.value
    assert (conflict.table, conflict.row, conflict.who) == ("participant", person, "Ola Sørli")
    assert conflict.mine == {"phone": "+47 40000002", "unit": "B", "worker_id": None}
    assert conflict.theirs == {"phone": "+47 40000001", "prison": "Ila"}
    assert [each.column for each in conflict.disagreements] == ["phone", "unit", "worker_id", "prison"]
    now = store.ask_now(participants.file_of, person)
    assert (now.values["phone"], now.values["unit"], now.version) == ("+47 40000001", "", conflict.now)

    saved = store.change_now(participants.change, person, conflict.now, {"phone": "+47 40000002", "unit": "B"})
    now = ola.ask_now(participants.file_of, person)
    assert now.version == saved == conflict.now + 1
    assert (now.values["phone"], now.values["unit"], now.values["prison"]) == ("+47 40000002", "B", "Ila")


def test_a_conflict_covers_every_version_since_and_names_the_last(store: Store, session: Session, person: int) -> None:
    ola, per = session("ola"), session("per")
    store.change_now(participants.change, person, 1, {"district": "Alna"})
    ola.change_now(participants.change, person, 2, {"unit": "A"})
    per.change_now(participants.change, person, 3, {"release_date": date(2027, 1, 4)})
    with pytest.raises(Conflict, match="Per Moe") as caught:
        store.change_now(participants.change, person, 2, {"unit": "C"})
    assert caught.value.theirs == {"unit": "A", "release_date": "2027-01-04"}
    assert caught.value.now == 4


def test_a_change_of_nothing_leaves_no_trace(store: Store, person: int) -> None:
    before = everything(store)
    version = store.ask_now(participants.file_of, person).version
    assert store.change_now(participants.change, person, version, {"phone": " +47 40000000 "}) == version
    assert store.change_now(participants.change, person, version, {}) == version
    assert everything(store) == before


@pytest.mark.parametrize(
    ("change", "arguments"),
    [
        (timeline.record, (1, {"kind": "note", "text": "x"})),
        (participants.add, ({"given_name": "A"},)),
        (participants.change, (1, 1, {"unit": "A"})),
        (phases.begin, (1, 2, date(2026, 11, 22))),
        (staff.join, ("eva", "Eva", "caseworker", "slot")),
    ],
)
def test_a_reader_changes_nothing(
    store: Store, session: Session, person: int, change: Any, arguments: tuple[Any, ...]
) -> None:
    reader = session("lise")
    before = everything(store)
    with pytest.raises(NotAllowed, match="Ask"):
        reader.change_now(change, *arguments)
    assert everything(store) == before
    assert reader.ask_now(participants.file_of, person).name == "Håkon Sæthre"


def test_a_witnessed_act_changes_nothing(store: Store, session: Session, person: int) -> None:
    reader = session("lise")
    number = reader.witness_now("user.passphrase")
    seq, actor, action = rows(store, "SELECT seq, actor, action FROM audit ORDER BY seq DESC LIMIT 1")[0]
    assert (seq, actor, action) == (number, reader.actor.staff_id, "user.passphrase")
    assert rows(store, "SELECT count(*) FROM change WHERE audit = ?", number) == [(0,)]
    assert examined(store).flaws == ()


def test_only_a_leader_changes_the_team(store: Store, session: Session) -> None:
    ola = session("ola")
    for change, arguments in (
        (staff.join, ("eva", "Eva", "caseworker", "s")),
        (staff.leave, ("kari",)),
        (staff.move_slot, (store.actor.staff_id, "s")),
    ):
        with pytest.raises(NotAllowed, match="team leader"):
            ola.change_now(change, *arguments)
    ola.change_now(staff.move_slot, ola.actor.staff_id, ola.unlocked.slot_id or "")


def test_what_is_gone_is_told(store: Store) -> None:
    with pytest.raises(Gone):
        store.change_now(participants.change, 77, 1, {"unit": "A"})
    with pytest.raises(Gone):
        store.change_now(timeline.correct, 77, 1, {"text": "x"})
    with pytest.raises(timeline.EntryError):
        store.change_now(timeline.record, 77, {"kind": "note"})
    with pytest.raises(phases.PhaseError):
        store.change_now(phases.begin, 77, 2, date(2026, 11, 22))
    with pytest.raises(participants.ParticipantError):
        store.ask_now(participants.file_of, 77)


@action("test_work.breaks_off")
def breaks_off(work: Work, person: int, after: int) -> None:
    """Several changes of several tables, and an error after so many of them."""
    steps: list[Callable[[], object]] = [
        lambda: work.update(Participant, person, None, unit="Z"),
        lambda: timeline.record(work, person, {"kind": "phone", "text": "halvferdig", "topic": "senere"}),
        lambda: phases.begin(work, person, 2, work.today, ending=(1,)),
        lambda: participants.add(work, {"given_name": "Ny"}),
        lambda: work.remove(Entry, 1, None),
    ]
    for step in steps[:after]:
        step()
    raise RuntimeError("cut off")


@pytest.mark.parametrize("after", range(6))
def test_a_change_that_fails_leaves_nothing(store: Store, person: int, after: int) -> None:
    before = everything(store)
    with pytest.raises(RuntimeError, match="cut off"):
        store.change_now(breaks_off, person, after)
    assert everything(store) == before
    assert examined(store).flaws == ()
    assert store.ask_now(search.find, "halvferdig") == []


@pytest.mark.parametrize("broken", ["models.store.store.follow", "models.storage.work.append"])
def test_a_fault_before_the_end_takes_rows_index_and_audit_along(
    store: Store, person: int, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row is there already when the index, the card or the audit fails: all of it goes."""
    before = everything(store)

    def fails(*_arguments: object) -> None:
        raise RuntimeError("cut off")

    with monkeypatch.context() as patch:
        patch.setattr(broken, fails)
        with pytest.raises(RuntimeError, match="cut off"):
            store.change_now(timeline.record, person, {"kind": "phone", "text": "nei"})
    assert everything(store) == before
    store.change_now(timeline.record, person, {"kind": "phone", "text": "ja"})
    assert examined(store).flaws == ()


def test_one_save_is_one_audit_row_with_all_it_did(store: Store, person: int, hands: Hands) -> None:
    hands.move(minutes=5)
    entry = store.change_now(timeline.record, person, {"kind": "phone", "text": "Ringte", "minutes": 10})
    seq, at, actor, action, undoes = rows(
        store, "SELECT seq, at, actor, action, undoes FROM audit ORDER BY seq DESC LIMIT 1"
    )[0]
    assert (at, actor, action, undoes) == (int(hands().timestamp()), store.actor.staff_id, "timeline.record", None)
    assert rows(store, 'SELECT "table", "row", operation, before FROM change WHERE audit = ?', seq) == [
        ("entry", entry, "insert", "")
    ]
    store.change_now(timeline.correct, entry, 1, {"minutes": 15})
    (before,) = rows(store, "SELECT before FROM change WHERE audit = ?", seq + 1)[0]
    assert json.loads(before) == {"minutes": [10, 15]}


@action("test_work.add_many")
def add_many(work: Work, person: int, texts: list[str]) -> list[int]:
    common = {"participant": person, "at": 1_795_000_000, "day": date(2026, 11, 18), "kind": "note", "created_at": 1}
    return work.insert_many(Entry, [{**common, "text": text} for text in texts])


def test_many_rows_at_once_are_as_many_single_ones(store: Store, person: int) -> None:
    first = store.change_now(add_many, person, ["en", "to", "tre"])
    assert store.change_now(add_many, person, []) == []
    second = store.change_now(timeline.record, person, {"kind": "note", "text": "fire"})
    third = store.change_now(add_many, person, ["fem"])
    numbers = [*first, second, *third]
    assert numbers == sorted(set(numbers))
    assert [rows(store, "SELECT text FROM entry WHERE id = ?", each)[0][0] for each in numbers] == [
        "en", "to", "tre", "fire", "fem",
    ]  # fmt: skip
    assert len(rows(store, "SELECT * FROM change WHERE audit = (SELECT max(audit) - 2 FROM change)")) == 3
    assert [hit.entry for hit in store.ask_now(search.find, "tre")] == [first[2]]
    assert examined(store).flaws == ()


def test_a_link_to_nobody_is_refused_and_leaves_nothing(store: Store, person: int) -> None:
    before = everything(store)
    with pytest.raises(peewee.IntegrityError):
        store.change_now(participants.change, person, 1, {"worker": 77})
    with pytest.raises(sqlcipher.IntegrityError):
        store.change_now(add_many, 77, ["x"])
    assert everything(store) == before


def test_an_unknown_column_is_refused(store: Store, person: int) -> None:
    @action("test_work.bad_insert")
    def bad_insert(work: Work) -> None:
        work.insert(Entry, participant=person, colour="red")

    @action("test_work.bad_update")
    def bad_update(work: Work) -> None:
        work.update(Participant, person, None, colour="red")

    for bad in (bad_insert, bad_update):
        with pytest.raises(KeyError, match="colour"):
            store.change_now(bad)


def test_the_models_write_by_no_other_way(store: Store) -> None:
    with pytest.raises((peewee.PeeweeException, AttributeError)):
        Participant.create(code="EX-900", created_at=1)
    with pytest.raises((peewee.PeeweeException, AttributeError)):
        Participant.get_by_id(1)
    assert store.ask_now(participants.next_code) == "EX-001"
