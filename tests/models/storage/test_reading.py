"""A query has nothing to write with, and what a rehearsal writes is gone with it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec import Struct, ValidationError

from models.storage.reading import Reading
from models.storage.writing import Writing, rehearsal
from models.store import Store
from models.tables import Entry
from tests.models.case_sample import everything

WRITES = [
    "INSERT INTO entry (id) VALUES (1)",
    "INSERT OR REPLACE INTO card (participant_id) VALUES (1)",
    "REPLACE INTO card (participant_id) VALUES (1)",
    "UPDATE participant SET given_name = 'Ola' RETURNING id",
    "DELETE FROM participant",
    "DROP TABLE participant",
    "  DELETE FROM participant",
    "/**/DELETE FROM participant",
    "VACUUM",
    "COMMIT",
]


@pytest.mark.parametrize("statement", WRITES)
@pytest.mark.parametrize("read", [Reading.sql, Reading.value])
def test_a_statement_that_is_no_query_is_refused(
    store: Store, person: int, read: Callable[[Reading, str], Any], statement: str
) -> None:
    before = everything(store)
    with pytest.raises(TypeError, match="not a query"):
        store.ask_now(read, statement)
    assert everything(store) == before


@pytest.mark.parametrize(
    "query", [Entry.delete(), Entry.update(version=1).returning(Entry.id), Entry.insert(version=1)]
)
@pytest.mark.parametrize("read", [Reading.rows, Reading.first])
def test_a_write_of_peewee_is_refused(store: Store, read: Callable[[Reading, Any], Any], query: Any) -> None:
    with pytest.raises((TypeError, AttributeError)):
        store.ask_now(read, query)


class Kind(Struct, frozen=True):
    name: str
    day: date
    until: date | None
    risk: bool
    count: int | None


def test_a_row_becomes_a_struct_by_the_names_of_its_columns(store: Store) -> None:
    statement = "SELECT 1 AS risk, 7 AS extra, '2026-11-22' AS day, ? AS name, NULL AS until, NULL AS count"
    for text in ("", "null", "12", "true", "2026-01-01"):
        assert store.ask_now(Reading.structs, Kind, statement, [text]) == [
            Kind(text, date(2026, 11, 22), None, True, None)
        ]


@pytest.mark.parametrize(
    "statement", ["SELECT 1 AS risk", "SELECT '' AS name, 'soon' AS day, NULL AS until, 0 AS risk"]
)
def test_a_row_that_lacks_a_field_or_says_what_it_cannot_is_refused(store: Store, statement: str) -> None:
    with pytest.raises(ValidationError):
        store.ask_now(Reading.structs, Kind, statement)


def test_a_question_is_given_a_reading_and_a_change_the_pen(store: Store) -> None:
    assert store.ask_now(lambda reading: type(reading)) is Reading
    pens = {name for name, _method in inspect.getmembers(Writing, inspect.isfunction)} - set(dir(Reading))
    assert pens == {"run", "many"}


def test_what_a_rehearsal_writes_is_seen_in_it_and_taken_back(store: Store, person: int) -> None:
    before = everything(store)

    def tried(reading: Reading) -> int:
        with rehearsal(reading) as writing:
            writing.run("DELETE FROM card")
            writing.many("INSERT INTO entry_search (rowid, body) VALUES (?, ?)", [(98, "a"), (99, "b")])
            return int(reading.value("SELECT count(*) FROM card"))

    assert store.ask_now(tried) == 0
    assert everything(store) == before


def test_a_rehearsal_that_fails_is_taken_back_too(store: Store, person: int) -> None:
    before = everything(store)

    def failing(reading: Reading) -> None:
        with rehearsal(reading) as writing:
            writing.run("DELETE FROM card")
            raise KeyError

    with pytest.raises(KeyError):
        store.ask_now(failing)
    assert everything(store) == before
