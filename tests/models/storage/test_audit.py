"""The audit chain: whatever happens to a row of history afterwards is found, at that row."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import timeline
from models.participants import participants
from models.storage import audit, undo
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.work import Work
from models.storage.writing import rehearsal
from models.store import Store
from models.vault import sealed
from tests.models.case_sample import Hands, chain, examined, rows


@action("test_audit.some_history")
def some_history(work: Work, person: int, number: int) -> None:
    entry = timeline.record(work, person, {"kind": "note", "text": f"linje {number}"})
    if number % 2:
        timeline.correct(work, entry, 1, {"text": f"linje {number} rettet"})
    if number % 3 == 0:
        timeline.correct(work, entry, None, {"minutes": number})  # type: ignore[arg-type]  # None: whatever it is


@pytest.fixture
def long_history(store: Store, person: int, hands: Hands) -> int:
    """So many audit rows, of all kinds."""
    for number in range(12):
        hands.move(minutes=3)
        store.change_now(some_history, person, number)
    store.change_now(undo.undo, store.opened_at_audit)
    store.witness_now("export.json")
    return int(rows(store, "SELECT max(seq) FROM audit")[0][0])


def checked_after(store: Store, statements: list[tuple[str, tuple[Any, ...]]]) -> audit.ChainState:
    """How the chain looks after doctoring, which is rolled back at once."""

    def doctored(reading: Reading) -> audit.ChainState:
        with rehearsal(reading) as writing:
            for statement, values in statements:
                writing.run(statement, values)
            return audit.check(writing, store._audit_key)

    return store.ask_now(doctored)


def test_a_whole_chain_holds(store: Store, long_history: int) -> None:
    state = chain(store)
    assert (state.count, state.broken_at) == (long_history, None)
    assert state.head == rows(store, "SELECT mac FROM audit ORDER BY seq DESC LIMIT 1")[0][0]


@pytest.mark.parametrize("rows_at_once", [1, 3, 4])
def test_a_chain_is_followed_over_the_seam_of_two_pages(
    store: Store, long_history: int, rows_at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = chain(store)
    monkeypatch.setattr(audit, "ROWS_AT_ONCE", rows_at_once)
    assert chain(store) == whole
    for seq in range(1, long_history):
        assert checked_after(store, [("UPDATE audit SET at = at + 1 WHERE seq = ?", (seq,))]).broken_at == seq


def test_a_row_of_the_same_number_from_a_restored_copy_is_found(
    store: Store, long_history: int, vault_folder: Path, tmp_path: Path, passphrase: str
) -> None:
    """Each row is whole in itself, of this vault and sealed with its key: only the row after it does not fit."""
    store.lock()
    copied = shutil.copytree(vault_folder, tmp_path / "restored" / "vault")
    store.unlock_again(passphrase)
    restored = Store(sealed.unlock(copied, "kari", passphrase), store.clock, store.programme)
    restored.open()
    (person,) = store.ask_now(lambda reading: reading.sql("SELECT id FROM participant")[0])
    for vault in (store, restored):
        vault.change_now(some_history, person, 40 if vault is store else 43)
    store.change_now(some_history, person, 41)
    seq = long_history + 1
    row = rows(restored, "SELECT at, actor, action, undoes, mac, seq FROM audit WHERE seq = ?", seq)[0]
    changes = rows(
        restored,
        'SELECT audit, "table", "row", operation, before, salt, digest, after FROM change WHERE audit = ?',
        seq,
    )
    restored.close()
    spliced: list[tuple[str, tuple[Any, ...]]] = [
        ("UPDATE audit SET at = ?, actor = ?, action = ?, undoes = ?, mac = ? WHERE seq = ?", row),
        ("DELETE FROM change WHERE audit = ?", (seq,)),
    ]
    insert = (
        'INSERT INTO change (audit, "table", "row", operation, before, salt, digest, after) '
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    )
    spliced += [(insert, change) for change in changes]
    assert row[4] != rows(store, "SELECT mac FROM audit WHERE seq = ?", seq)[0][0]
    assert checked_after(store, spliced).broken_at == seq + 1


COLUMNS = {
    "at": st.integers(0, 2**40),
    "actor": st.none() | st.integers(0, 9),
    "action": st.text(max_size=8) | st.binary(max_size=3),
    "undoes": st.none() | st.integers(0, 20),
    "mac": st.text(max_size=64),
}
CHANGE_COLUMNS = {
    "table": st.sampled_from(["entry", "participant", "staff", "é"]),
    "row": st.integers(-3, 40),
    "operation": st.sampled_from(["insert", "update", "delete", ""]),
    "before": st.text(max_size=20) | st.binary(max_size=3),
    "salt": st.none() | st.binary(min_size=16, max_size=16) | st.text(max_size=3),
    "digest": st.none() | st.binary(min_size=32, max_size=32) | st.text(max_size=3),
    "after": st.none() | st.just(b"") | st.binary(min_size=32, max_size=32) | st.text(max_size=3),
}
SAFE = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SAFE
@given(draw=st.data())
def test_an_altered_row_is_named(store: Store, long_history: int, draw: st.DataObject) -> None:
    seq = draw.draw(st.integers(1, long_history))
    column = draw.draw(st.sampled_from(sorted(COLUMNS)))
    value = draw.draw(COLUMNS[column])
    present = rows(store, f'SELECT "{column}" FROM audit WHERE seq = ?', seq)[0][0]
    state = checked_after(store, [(f'UPDATE audit SET "{column}" = ? WHERE seq = ?', (value, seq))])
    assert state.broken_at == (None if value == present else seq)
    assert state.count == (long_history if value == present else seq - 1)


@SAFE
@given(draw=st.data())
def test_an_altered_change_is_named_by_its_row(store: Store, long_history: int, draw: st.DataObject) -> None:
    number, seq = draw.draw(st.sampled_from(rows(store, "SELECT id, audit FROM change ORDER BY id")))
    column = draw.draw(st.sampled_from(sorted(CHANGE_COLUMNS)))
    value = draw.draw(CHANGE_COLUMNS[column])
    present = rows(store, f'SELECT "{column}" FROM change WHERE id = ?', number)[0][0]
    state = checked_after(store, [(f'UPDATE change SET "{column}" = ? WHERE id = ?', (value, number))])
    assert state.broken_at == (None if value == present else seq)


@SAFE
@given(draw=st.data())
def test_a_row_taken_out_is_named_as_the_gap(store: Store, long_history: int, draw: st.DataObject) -> None:
    seq = draw.draw(st.integers(1, long_history - 1))
    statements: list[tuple[str, tuple[Any, ...]]] = [("DELETE FROM audit WHERE seq = ?", (seq,))]
    if draw.draw(st.booleans()):
        statements.append(("DELETE FROM change WHERE audit = ?", (seq,)))
    assert checked_after(store, statements).broken_at == seq + 1
    # Closing the gap by renumbering does not help.
    statements += [
        ("DELETE FROM change WHERE audit = ?", (seq,)),
        ("UPDATE audit SET seq = seq - 1 WHERE seq > ?", (seq,)),
        ("UPDATE change SET audit = audit - 1 WHERE audit > ?", (seq,)),
    ]
    assert checked_after(store, statements).broken_at == seq


@SAFE
@given(draw=st.data())
def test_two_rows_that_changed_places_are_named(store: Store, long_history: int, draw: st.DataObject) -> None:
    one, two = sorted(draw.draw(st.lists(st.integers(1, long_history), min_size=2, max_size=2, unique=True)))
    swap: list[tuple[str, tuple[Any, ...]]] = []
    for table, column in (("audit", "seq"), ("change", "audit")):
        for was, becomes in ((one, -1), (two, one), (-1, two)):
            swap.append((f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (becomes, was)))
    assert checked_after(store, swap).broken_at == one


@SAFE
@given(draw=st.data())
def test_a_change_taken_out_put_in_or_moved_is_named(store: Store, long_history: int, draw: st.DataObject) -> None:
    number, seq = draw.draw(st.sampled_from(rows(store, "SELECT id, audit FROM change ORDER BY id")))
    assert checked_after(store, [("DELETE FROM change WHERE id = ?", (number,))]).broken_at == seq
    other = draw.draw(st.integers(1, long_history))
    added = "INSERT INTO change (audit, \"table\", \"row\", operation, before) VALUES (?, 'entry', 1, 'insert', '')"
    assert checked_after(store, [(added, (other,))]).broken_at == other
    if other != seq:
        moved = checked_after(store, [("UPDATE change SET audit = ? WHERE id = ?", (other, number))])
        assert moved.broken_at == min(other, seq)


def test_a_change_of_no_audit_row_is_named(store: Store, long_history: int) -> None:
    added = "INSERT INTO change (audit, \"table\", \"row\", operation, before) VALUES (?, 'entry', 1, 'insert', '')"
    assert checked_after(store, [(added, (long_history + 1,))]).broken_at == long_history + 1


def test_another_key_fits_nothing(store: Store, long_history: int) -> None:
    state = store.ask_now(audit.check, b"x" * 32)
    assert (state.count, state.broken_at) == (0, 1)


def test_a_cut_tail_shows_in_count_and_head(store: Store, long_history: int) -> None:
    noted = chain(store)
    state = checked_after(
        store,
        [
            ("DELETE FROM change WHERE audit = ?", (long_history,)),
            ("DELETE FROM audit WHERE seq = ?", (long_history,)),
        ],
    )
    assert state.broken_at is None
    assert (state.count, state.head) != (noted.count, noted.head)


def test_the_head_of_an_earlier_day_is_found_again(store: Store, long_history: int) -> None:
    noted = chain(store)
    store.witness_now("export.json")
    assert store.ask_now(audit.head_at, noted.count) == noted.head
    assert store.ask_now(audit.head_at, noted.count + 5) == ""


def test_former_versions_newest_first(store: Store, session: Callable[[str], Store], person: int, hands: Hands) -> None:
    ola = session("ola")
    entry = store.change_now(timeline.record, person, {"kind": "note", "text": "en", "place": "NAV"})
    began = hands()
    hands.move(hours=1)
    ola.change_now(timeline.correct, entry, 1, {"text": "to"})
    hands.move(hours=1)
    store.change_now(timeline.correct, entry, 2, {"text": "tre", "place": "DPS"})
    assert [(v.at - int(began.timestamp()), v.who, dict(v.values)) for v in store.ask_now(timeline.former, entry)] == [
        (7200, "Kari Nordmann", {"text": "to", "place": "NAV"}),
        (3600, "Ola Sørli", {"text": "en"}),
    ]
    assert store.ask_now(audit.history, "participant", person) == []
    store.change_now(participants.change, person, 1, {"release_date": None})
    assert store.ask_now(audit.history, "participant", person) == []
    assert examined(store).flaws == ()
