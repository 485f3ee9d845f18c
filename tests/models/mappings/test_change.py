"""What changed in the mapping since a day: between which mappings, what counts, and how it is told."""

from __future__ import annotations

from datetime import date

import pytest

from config import words
from models.mappings import change as mapping_change
from models.mappings import mappings
from models.mappings import reading as mapping_reading
from models.mappings.change import MappingChange
from models.store import Store

SUMMER, SPRING, AUTUMN = date(2026, 8, 20), date(2026, 5, 20), date(2026, 11, 20)


def mapped(store: Store, person: int, day: date, **steps: str) -> int:
    mapping = store.change_now(mappings.begin, person, {"day": day})
    for one in store.ask_now(mapping_reading.one, mapping).answers:
        if one.domain in steps:
            store.change_now(mappings.answer, one.id, one.version, {"step": steps[one.domain]})
    store.change_now(mappings.finish, mapping)
    return mapping


def since(store: Store, person: int, day: date | None) -> MappingChange | None:
    return store.ask_now(mapping_change.since, person, day)


def told(store: Store, person: int, day: date | None) -> str:
    found = since(store, person, day)
    assert found is not None
    return mapping_change.told(found, store.programme)


@pytest.fixture
def thrice(store: Store, person: int) -> int:
    mapped(store, person, SPRING, housing="1", economy="3", health="2", network="3", leisure="none")
    mapped(store, person, SUMMER, housing="2", economy="3", health="2", leisure="2")
    mapped(store, person, AUTUMN, housing="5", economy="1", health="3", network="4", leisure="declined")
    return person


def test_nothing_mapped_is_nothing_to_tell(store: Store, person: int) -> None:
    assert since(store, person, AUTUMN) is None


@pytest.mark.parametrize("day", [SUMMER, date(2026, 11, 19)])
def test_it_is_held_against_what_was_known_on_the_day(store: Store, thrice: int, day: date) -> None:
    found = since(store, thrice, day)
    assert found is not None
    assert (found.before, found.day) == (SUMMER, AUTUMN)
    # The network was not gone into in summer, and stands as in spring.
    assert [(one.domain, one.before, one.after, one.steps) for one in found.parts] == [
        ("economy", "3", "1", -2), ("housing", "2", "5", 3), ("health", "2", "3", 1), ("network", "3", "4", 1),
        ("leisure", "2", "declined", 0),
    ]  # fmt: skip


@pytest.mark.parametrize("day", [None, date(2026, 5, 19), SPRING, date(2026, 8, 19)])
def test_without_a_day_or_before_all_of_them_it_is_held_against_the_first(
    store: Store, thrice: int, day: date | None
) -> None:
    found = since(store, thrice, day)
    assert found is not None
    assert (found.before, found.parts[1].before) == (SPRING, "1")


def test_what_was_not_mapped_again_is_said(store: Store, thrice: int) -> None:
    assert told(store, thrice, AUTUMN) == "mapped 20.11.2026, not again since"


def test_what_went_down_comes_first_and_the_rest_is_counted(store: Store, thrice: int) -> None:
    text = "Economy and debt 3→1, Housing 2→5, Mental and physical health 2→3, 2 more"
    assert told(store, thrice, SUMMER) == f"from 20.08.2026 to 20.11.2026: {text}"
    words.use("nb")
    text = "Økonomi og gjeld 3→1, Bolig 2→5, Psykisk og fysisk helse 2→3, 2 til"
    assert told(store, thrice, SUMMER) == f"fra 20.08.2026 til 20.11.2026: {text}"


def test_a_mapping_struck_out_counts_for_nothing_and_no_change_is_said(store: Store, person: int) -> None:
    mapped(store, person, SPRING, housing="2")
    wrong = mapped(store, person, SUMMER, housing="5")
    mapped(store, person, AUTUMN, housing="2")
    store.change_now(mappings.strike, wrong, store.ask_now(mapping_reading.one, wrong).version, "dobbelt")
    assert told(store, person, SUMMER) == "from 20.05.2026 to 20.11.2026: no part of life stands otherwise"
