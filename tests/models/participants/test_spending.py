"""Small spending: amounts as people write them, sums by year, and a warning past the team's sum."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.export import whole as export
from models.participants import participants, spending
from models.participants.spending import SpendingError, Sums, format_amount, parse_amount
from models.roles.rights import NotAllowed
from models.storage import undo
from models.storage.work import Conflict
from models.store import Store
from tests.models.case_sample import rows


@pytest.mark.parametrize(
    ("text", "ore"),
    [
        ("89", 8900), ("89,50", 8950), ("89.5", 8950), ("1 200", 120_000), ("1.200", 120_000), ("1 200,00", 120_000),
        ("kr 89,-", 8900), ("89 kr", 8900), ("Kr. 1 200,5", 120_050), ("12\u00a0345", 1_234_500), ("0,05", 5),
        (" 250 kroner ", 25_000), ("NOK 40", 4000), ("1234567", 123_456_700),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_people_write_it(text: str, ore: int) -> None:
    assert parse_amount(text) == ore


@pytest.mark.parametrize(
    "text", ["", "kr", "åtti", "-50", "1 20", "12,345", "1,2,3", "89,-kr5", "٣", "1e3", "12 kr 50"]
)
def test_what_is_no_amount_is_said_with_examples(text: str) -> None:
    with pytest.raises(SpendingError) as error:
        parse_amount(text)
    assert "89,50" in error.value.text


@given(st.integers(min_value=0, max_value=10**9))
def test_an_amount_shown_is_read_as_the_same(ore: int) -> None:
    assert parse_amount(format_amount(ore)) == ore


@given(st.text(max_size=12))
def test_any_text_is_an_amount_or_a_sentence(text: str) -> None:
    try:
        read = parse_amount(text)
    except SpendingError:
        return
    assert read >= 0


def spend(
    store: Store, person: int, kroner: int, purpose: str = "necessity", day: date | None = None, **more: Any
) -> int:
    values = {"purpose": purpose, "amount": kroner * 100, "what": "Egenandel lege", "day": day, **more}
    return store.change_now(spending.add, person, values)


def test_sums_are_by_year_by_purpose_and_by_participant(store: Store, person: int) -> None:
    other = store.change_now(participants.add, {"given_name": "Ola"})
    spend(store, person, 300, day=date(2026, 1, 1))
    spend(store, person, 120, "relationship", date(2026, 11, 21))
    spend(store, person, 999, day=date(2025, 12, 31))
    spend(store, other, 50)
    found = store.ask_now(spending.account, person, 2026)
    assert [(one.day, one.amount) for one in found.expenses] == [
        (date(2026, 11, 21), 12_000), (date(2026, 1, 1), 30_000), (date(2025, 12, 31), 99_900),
    ]  # fmt: skip
    assert found.own == Sums(2026, 12_000, 30_000)
    assert found.team == Sums(2026, 12_000, 35_000)
    assert store.ask_now(spending.sums, 2025, person) == Sums(2025, 0, 99_900)
    assert found.expenses[0].who == "KN"


def test_the_sum_is_kept_to_the_krone_and_past_it_warned_of(store: Store) -> None:
    limits = replace(store.programme.limits, spending_relationship=100, spending_necessity=200)
    assert spending.over(limits, Sums(2026, 10_000, 20_000)) == []
    assert spending.over(limits, Sums(2026, 10_001, 25_000)) == [
        "2026: 100,01 kr of 100 for the relationship is spent, 0,01 too much.",
        "2026: 250 kr of 200 for necessities is spent, 50 too much.",
    ]
    more = spending.with_more(Sums(2026, 9_000, 0), "relationship", 2_000)
    assert len(spending.over(limits, more)) == 1


def test_past_the_sum_is_still_noted(store: Store, person: int) -> None:
    for _time in range(4):
        spend(store, person, 10_000)
    found = store.ask_now(spending.account, person, 2026)
    assert found.team.necessity == 4_000_000
    assert spending.over(store.programme.limits, found.team)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"day": date(2026, 11, 23)}, "Date: money is noted when it is spent, not before."),
        ({"purpose": ""}, "Purpose: the relationship, or a necessity."),
        ({"purpose": "fun"}, "Purpose: the relationship, or a necessity."),
        ({"amount": 0}, "Amount: say how many kroner."),
        ({"amount": None}, "Amount: say how many kroner."),
        ({"amount": -5}, "Amount: say how many kroner."),
        ({"amount": 10_000_001}, "Amount: 100 000,01 kr is too much for a small expense."),
        ({"what": "  "}, "What for: a few words on what it was for."),
        ({"colour": "red"}, "There is no field called colour."),
    ],
)
def test_an_expense_is_refused_in_words(store: Store, person: int, values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(SpendingError) as error:
        spend(store, person, **{"kroner": 5, **values})
    assert error.value.text == sentence
    assert rows(store, "SELECT count(*) FROM spending") == [(0,)]


def test_one_is_changed_taken_away_and_brought_back(store: Store, session: Callable[[str], Store], person: int) -> None:
    number = spend(store, person, 50)
    store.change_now(spending.change, number, 1, {"amount": 6_000, "what": "Togbillett"})
    with pytest.raises(Conflict):
        session("ola").change_now(spending.change, number, 1, {"amount": 1})
    store.change_now(spending.remove, number, 2)
    assert store.ask_now(spending.account, person, 2026).expenses == ()
    assert undo.described(store.change_now(undo.undo)) == "the expense taken away"
    (back,) = store.ask_now(spending.account, person, 2026).expenses
    assert (back.amount, back.what) == (6_000, "Togbillett")
    with pytest.raises(NotAllowed):
        session("lise").change_now(spending.remove, number, back.version)
    with pytest.raises(SpendingError):
        spend(store, 999, 5)


def test_the_export_holds_the_money(store: Store, person: int) -> None:
    number = spend(store, person, 50, "relationship", date(2026, 11, 1), what="Middag")
    store.change_now(spending.change, number, 1, {"amount": 4_950})
    (only,) = store.ask_now(export.participant, person)["spending"]
    assert only == {
        "day": "2026-11-01", "purpose": "relationship", "amount_ore": 4_950, "what": "Middag", "by": "kari",
        "cause": "",
        "former": [{"until": "2026-11-22T09:00:00Z", "changed_by": "kari", "values": {"amount": 5_000}}],
    }  # fmt: skip


def test_a_necessity_says_why_it_fell_to_the_team_and_the_year_counts_those_of_nav(store: Store, person: int) -> None:
    number = store.change_now(
        spending.add, person, {"purpose": "necessity", "amount": 9_000, "what": "Mat", "cause": "nav_failed"}
    )
    spend(store, person, 50, "necessity", what="Togbillett")
    own = store.ask_now(spending.account, person, 2026).own
    assert (own.necessity, own.nav_failed) == (14_000, 9_000)
    # A meal together has no such cause, and what is chosen is of the list.
    store.change_now(spending.change, number, 1, {"purpose": "relationship"})
    assert store.ask_now(spending.one, number).cause == ""
    with pytest.raises(SpendingError, match=r"^Cause: choose one of the list"):
        store.change_now(spending.change, number, 2, {"purpose": "necessity", "cause": "luck"})
