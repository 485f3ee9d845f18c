"""Every row of every record table is held to what the audit last told of it, in both directions."""

from __future__ import annotations

from typing import Any

import pytest
from peewee import BooleanField, ForeignKeyField, IntegerField

from models import timeline
from models.participants import participants
from models.schema.carrying import carried
from models.storage import audit, undo
from models.storage.actions import action
from models.storage.binding import ERASE, SALT_BYTES, AuditedChange, Fault, misfits
from models.storage.reading import Reading
from models.storage.work import Work
from models.storage.writing import rehearsal
from models.store import Store
from models.tables import KEPT, RECORDS, DayField, Entry, Record
from tests.models.case_sample import chain, examined, note_now, rows

OTHERS = ("'andre ord'", "-77", "NULL", "x'00ff'", "CAST(x'ff' AS TEXT)")
"""What a column is doctored to be: whatever the column takes of it must be found."""


def made_of(field: Any, ids: dict[type[Record], int]) -> Any:
    """Something that a column may well hold."""
    if isinstance(field, ForeignKeyField):
        return ids.get(field.rel_model, None if field.null else 1)
    if isinstance(field, BooleanField):
        return True
    if isinstance(field, DayField):
        return field.python_value("2026-11-22")
    return 3 if isinstance(field, IntegerField) else f"ord om {field.name}"


@pytest.fixture
def one_of_each(store: Store) -> Store:
    """A row in every record table, past the rules of the subjects but through the door; nothing follows them."""

    def work() -> None:
        done, ids = store._work("test_binding.one_of_each"), {}
        with store._database.atomic("IMMEDIATE"):
            for model in KEPT:
                fields = [field for field in model._meta.sorted_fields if field.name not in ("id", "version")]
                ids[model] = done.insert(model, **{field.name: made_of(field, ids) for field in fields})
            done.finish()

    store._now(work)
    return store


def found_after(store: Store, table: str, *statements: str) -> dict[int, Fault]:
    """The misfits of a table after doctoring, which is rolled back at once; None where nothing was doctored."""

    def doctored(reading: Reading) -> dict[int, Fault]:
        with rehearsal(reading) as writing:
            for statement in statements:
                writing.run(statement)
            return {misfit.row: misfit.fault for misfit in misfits(reading._database, table)}

    return store.ask_now(doctored)


@pytest.mark.parametrize("table", sorted(RECORDS))
def test_whatever_a_column_is_made_to_be_past_the_program_is_named(one_of_each: Store, table: str) -> None:
    store = one_of_each
    rows(store, "PRAGMA foreign_keys = OFF")
    row = rows(store, f'SELECT max(id) FROM "{table}"')[0][0]
    assert found_after(store, table) == {}
    for field in RECORDS[table]._meta.sorted_fields:
        name, tried = field.column_name, 0
        if name == "id":
            moved = found_after(store, table, f'UPDATE "{table}" SET id = 77 WHERE id = {row}')
            assert moved == {row: Fault.MISSING, 77: Fault.UNAUDITED}
            continue
        for other in OTHERS:
            if other == "NULL" and (not field.null or not rows(store, f'SELECT count("{name}") FROM "{table}"')[0][0]):
                continue
            statement = f'UPDATE "{table}" SET "{name}" = {other} WHERE id = {row}'
            assert found_after(store, table, statement) == {row: Fault.DIFFERS}, (name, other)
            tried += 1
        assert tried >= 4


def last_of_unique(store: Store, table: str) -> set[str]:
    """The columns in which a copy must differ so that the table takes it."""
    indexes = rows(store, f"""SELECT name FROM pragma_index_list('{table}') WHERE "unique" AND origin != 'pk'""")
    return {rows(store, f"SELECT name FROM pragma_index_info('{name}') ORDER BY seqno")[-1][0] for (name,) in indexes}


@pytest.mark.parametrize("table", sorted(RECORDS))
def test_a_row_put_in_taken_out_or_put_back_past_the_program_is_named(one_of_each: Store, table: str) -> None:
    store = one_of_each
    rows(store, "PRAGMA foreign_keys = OFF")
    ((row,),) = rows(store, f'SELECT max(id) FROM "{table}"')
    columns = [name for name in RECORDS[table]._meta.columns if name != "id"]
    unique = {"user", "code", *last_of_unique(store, table)}
    named = ", ".join(f'"{name}"' for name in columns)
    other = "CASE typeof({0}) WHEN 'text' THEN {0} || 'x' ELSE {0} + 77 END"
    copied = ", ".join(other.format(f'"{name}"') if name in unique else f'"{name}"' for name in columns)
    assert found_after(
        store, table, f'INSERT INTO "{table}" (id, {named}) SELECT 88, {copied} FROM "{table}" WHERE id = {row}'
    ) == {88: Fault.UNAUDITED}
    assert found_after(store, table, f'DELETE FROM "{table}" WHERE id = {row}') == {row: Fault.MISSING}
    stored = rows(store, f'SELECT id, {named} FROM "{table}" WHERE id = ?', row)[0]

    def taken_away() -> None:
        done = store._work("test_binding.taken_away")
        with store._database.atomic("IMMEDIATE"):
            done.remove(RECORDS[table], row, None)
            done.finish()

    store._now(taken_away)
    assert found_after(store, table) == {}
    marks = ", ".join("?" * len(stored))
    rows(store, f'INSERT INTO "{table}" (id, {named}) VALUES ({marks})', *stored)
    assert found_after(store, table) == {row: Fault.BACK}


def test_the_examination_names_table_and_row(store: Store, person: int) -> None:
    entry = store.change_now(timeline.record, person, {"kind": "note", "text": "Det som ble skrevet"})
    assert examined(store).flaws == ()
    rows(store, "UPDATE entry SET text = 'noe annet' WHERE id = ?", entry)
    (flaw,) = examined(store).flaws
    assert (flaw.where, flaw.text) == (
        f"entry {entry}", f"Row {entry} of entry does not say what the audit tells that it became."
    )  # fmt: skip


def test_what_was_altered_and_then_worked_on_is_named_by_the_act_that_built_on_it(store: Store, person: int) -> None:
    entry = store.change_now(timeline.record, person, {"kind": "note", "text": "en", "place": "NAV"})
    store.change_now(timeline.correct, entry, 1, {"text": "to"})
    rows(store, "UPDATE entry SET place = 'DPS' WHERE id = ?", entry)
    store.change_now(timeline.correct, entry, 2, {"text": "tre"})
    built = chain(store).count
    store.change_now(timeline.correct, entry, 3, {"text": "fire"})
    (flaw,) = examined(store).flaws
    assert (flaw.where, f"audit row {built} " in flaw.text) == (f"entry {entry}", True)
    # Also where the row went in the end.
    note_now(store, lambda writing: writing.run("DELETE FROM entry_search WHERE rowid = ?", [entry]))

    @action("test_binding.away")
    def away(work: Work) -> None:
        work.remove(Entry, entry, None)

    store.change_now(away)
    assert [flaw.where for flaw in examined(store).flaws] == [f"entry {entry}"]


def test_a_counter_that_was_put_back_is_named(store: Store, person: int) -> None:
    rows(store, "UPDATE sqlite_sequence SET seq = 0 WHERE name = 'entry'")
    (flaw,) = examined(store).flaws
    assert (flaw.where, "counter of entry" in flaw.text) == ("entry", True)


def test_rows_stay_bound_through_undo_and_several_changes_in_one_act(store: Store, person: int) -> None:
    @action("test_binding.twice")
    def twice(work: Work) -> int:
        first = timeline.record(work, person, {"kind": "note", "text": "en"})
        timeline.correct(work, first, 1, {"text": "to"})
        second = timeline.record(work, person, {"kind": "note", "text": "borte igjen"})
        work.remove(Entry, second, None)
        return first

    entry = store.change_now(twice)
    store.change_now(timeline.correct, entry, 2, {"text": "tre"})
    assert store.change_now(undo.undo) == "timeline.correct"
    assert store.change_now(undo.undo) == "test_binding.twice"
    assert examined(store).flaws == ()
    assert chain(store).broken_at is None


@pytest.fixture
def erased(store: Store, person: int) -> tuple[int, int]:
    """An entry and the act after which its texts may be gone."""
    entry = store.change_now(timeline.record, person, {"kind": "note", "text": "hemmelig"})
    store.change_now(timeline.correct, entry, 1, {"text": "hemmelig og rettet"})

    @action("test_binding.erase")
    def erase(work: Work) -> None:
        work.remove(Entry, entry, None)
        work._changes.append(AuditedChange("entry", entry, ERASE, ""))

    store.change_now(erase)
    return entry, chain(store).count


ERASING = (
    "UPDATE change SET before = '', salt = NULL WHERE \"table\" = 'entry' AND \"row\" = ? AND operation != 'erase'"
)


def test_the_chain_stays_whole_when_texts_are_erased(store: Store, erased: tuple[int, int]) -> None:
    entry, acts = erased
    whole = chain(store)
    note_now(store, lambda writing: writing.run(ERASING, [entry]))
    assert not [row for row in rows(store, "SELECT before FROM change") if "hemmelig" in row[0]]
    assert chain(store) == whole
    assert (whole.count, whole.broken_at) == (acts, None)
    store.change_now(timeline.record, 1, {"kind": "note", "text": "videre"})
    assert examined(store).flaws == ()
    # What is left of it is covered as before.
    for doctoring in ("digest = x'00'", "after = x'00'", "before = 'ny'", "operation = 'insert'", "row = 99"):
        assert doctored_chain(store, f"UPDATE change SET {doctoring} WHERE audit = {acts - 1}") == acts - 1, doctoring


def test_a_text_that_is_gone_and_was_never_erased_is_named(store: Store, person: int) -> None:
    entry = store.change_now(timeline.record, person, {"kind": "note", "text": "hemmelig"})
    acts = chain(store).count
    note_now(store, lambda writing: writing.run(ERASING, [entry]))
    assert chain(store).broken_at == acts


def doctored_chain(store: Store, statement: str) -> int | None:
    def doctored(reading: Reading) -> int | None:
        with rehearsal(reading) as writing:
            writing.run(statement)
            return audit.check(writing, store._audit_key).broken_at

    return store.ask_now(doctored)


def test_a_step_that_changes_a_table_takes_along_what_fitted_and_nothing_else(store: Store, person: int) -> None:
    entries = [store.change_now(timeline.record, person, {"kind": "note", "text": text}) for text in ("en", "to")]
    store.change_now(participants.change, person, 1, {"prison": "Ila"})
    rows(store, "UPDATE entry SET text = 'doktorert' WHERE id = ?", entries[0])

    def step() -> None:
        with store._database.atomic("IMMEDIATE"), carried(store._database, "entry", "participant"):
            for table in ("entry", "participant"):
                rows_of = store._database.execute_sql
                rows_of(f"ALTER TABLE {table} ADD COLUMN shoe_size TEXT NOT NULL DEFAULT 'liten'")

    store._now(step)
    for table in RECORDS:
        assert found_after(store, table) == ({entries[0]: Fault.DIFFERS} if table == "entry" else {})
    assert chain(store).broken_at is None
    # Who worked before the step still takes back what they did.
    assert store.change_now(undo.undo) == "participants.change"


def test_each_change_has_a_salt_of_its_own(store: Store, person: int) -> None:
    """Or a short text that was erased could be guessed from what is left."""
    for _again in range(3):
        store.change_now(timeline.record, person, {"kind": "note", "text": "ja"})
    salts = [salt for (salt,) in rows(store, "SELECT salt FROM change")]
    assert len({*salts}) == len(salts) > 3
    assert {len(salt) for salt in salts} == {SALT_BYTES}
