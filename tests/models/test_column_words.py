"""A stored column as people write it: one rule for every table, which no column that holds an id escapes."""

from __future__ import annotations

from typing import Any

import pytest

from models import column_words
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.tables import RECORDS, Contact


@pytest.fixture
def contact(store: Store) -> int:
    @action("test_column_words.enter")
    def enter(work: Work) -> int:
        return work.insert(Contact, name="Åse Moe", agency="nav", created_at=0)

    return store.change_now(enter)


@pytest.mark.parametrize(
    ("table", "column", "stored", "told"),
    [
        ("participant", "release_date", "2027-02-01", "01.02.2027"),
        ("participant", "worker_id", 1, "Kari Nordmann"),
        ("participant", "worker_id", 99, "?"),
        ("participant", "worker_id", None, ""),
        ("participant", "national_id", "018583 10187", "018583*****"),
        ("participant", "stays", "family", "With family"),
        ("participant", "prison", "Et annet sted", "Et annet sted"),
        ("participant", "security_level", "high", "High security"),
        ("entry", "kind", "phone", "Phone call"),
        ("entry", "outcome", "attempted", "Attempted"),
        ("entry", "at", 1795338000, "22.11.2026 10:00"),
        ("entry", "minutes", 1, "1 minute"),
        ("contact", "agency", "nav", "Nav"),
        ("contact", "role", "nav_state", "State caseworker"),
        ("contact", "role", "gone_role", "gone role"),
        ("contact", "active", 0, "no"),
        ("involvement", "contact_id", 1, "Åse Moe"),
        ("involvement", "since", "2026-11-01", "01.11.2026"),
        ("consent", "obtained_by_id", 1, "Kari Nordmann"),
        ("consent", "withdrawn", "2026-11-01", "01.11.2026"),
        ("disclosure", "ground", "danger_to_life", "Danger to life or health"),
        ("application", "outcome", "granted", "Granted"),
        ("application", "domain", "housing", "Housing"),
        ("application", "sent", "2026-11-01", "01.11.2026"),
        ("task", "turn", "agency", "An agency"),
        ("task", "owner_id", 1, "Kari Nordmann"),
        ("task", "state", "declined", "declined"),
        ("task", "repeats", "FREQ=WEEKLY;BYDAY=MO", "every week"),
        ("appointment", "driver_id", 1, "Kari Nordmann"),
        ("appointment", "prepared", 1, "yes"),
        ("appointment", "state", "cancelled", "cancelled"),
        ("goal", "state", "reached", "reached"),
        ("step", "due", "2026-12-24", "24.12.2026"),
        ("spending", "purpose", "necessity", "Necessity"),
        ("spending", "amount", 12_550, "125,50 kr"),
        ("checklist", "template", "release", "Release checklist"),
        ("checklist_item", "verified_source", "seen", "Seen myself"),
        ("checklist_item", "state", "not_relevant", "not relevant"),
        ("phase_out", "reason", "independence", "Independence"),
        ("phase_out", "reason", "gone_reason", "gone_reason"),
        ("phase_out", "state", "returned", "returned"),
        ("phase_out", "consents", "2026-11-22", "22.11.2026"),
        ("phase_out_told", "role", "nav_state", "State caseworker"),
    ],
)
def test_it_is_told_in_words(store: Store, contact: int, table: str, column: str, stored: Any, told: str) -> None:
    assert column in RECORDS[table]._meta.columns, "the case is about a column there is"
    assert store.ask_now(column_words.written, table, column, stored) == told


def test_no_choice_of_the_programme_is_shown_by_its_id(store: Store) -> None:
    """Every column that is named as a list of the programme, or points to one, is told by the names of that list."""
    told = 0
    for table, model in RECORDS.items():
        for column in model._meta.columns:
            list_name = column_words.LISTS.get((table, column), column)
            if list_name == "role" and table != "staff":
                continue
            for choice in store.programme.choices.get(list_name, ()):
                assert store.ask_now(column_words.written, table, column, choice.id) == str(choice.name), (
                    table,
                    column,
                )
                told += 1
    assert told > 60
    assert {id for _table, id in column_words.LISTS.items()} <= set(store.programme.choices)


def test_what_nobody_writes_is_left_out_and_an_expenses_day_is_not() -> None:
    for table, column in (("entry", "day"), ("entry", "contact"), ("contact", "folded"), ("task", "version")):
        assert column_words.follows(table, column)
    for table, column in (("spending", "day"), ("disclosure", "day"), ("appointment", "contact_id"), ("task", "due")):
        assert not column_words.follows(table, column)
