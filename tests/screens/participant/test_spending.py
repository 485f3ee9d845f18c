"""Small spending on the screen: noted in a few keys, summed on top, over the team's sum said loudly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from models.participants import participants, spending
from models.participants.spending import Account
from screens.frame.case import Case
from screens.participant.spending import SpendingScreen

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def person(case: Case) -> int:
    return case.store.change_now(participants.add, {"given_name": "Håkon", "family_name": "Sæthre"})


@pytest.fixture
def spent(case: Case, person: int) -> None:
    other = case.store.change_now(participants.add, {"given_name": "Ola"})
    for number, purpose, ore, day, what in (
        (person, "necessity", 37_500, date(2026, 11, 20), "Egenandel legevakt"),
        (person, "relationship", 24_950, date(2026, 10, 3), "Middag etter permisjon"),
        (person, "necessity", 120_000, date(2025, 12, 30), "Togbilletter til Trondheim"),
        (other, "relationship", 2_010_000, date(2026, 2, 1), "Mange gaver"),
    ):
        case.store.change_now(spending.add, number, {"purpose": purpose, "amount": ore, "day": day, "what": what})


def account(case: Case, person: int) -> Account:
    return case.store.ask_now(spending.account, person, 2026)


async def test_the_list_and_the_sums_are_shown(case: Case, stage: Staged, person: int, spent: None) -> None:
    app = stage(SpendingScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        lines = [" ".join(line.split()) for line in app.text().splitlines()]
        assert "Relationship 249,50 20 349,50 20 000 over by 349,50" in lines
        assert "Necessity 375 375 30 000" in lines
        assert lines.index("2026 2") < lines.index("2025 1")
        assert any("20.11.2026 375 kr Necessity KN Egenandel legevakt" in line for line in lines)


async def test_an_expense_is_noted(case: Case, stage: Staged, person: int) -> None:
    app = stage(SpendingScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Nothing spent yet." in app.text()
        await pilot.press("n", *"1 200,50", "down", *"Vinterjakke", "shift+tab", "shift+tab", "n", "f2")
        await pilot.pause()
        assert "1 200,50 kr" in app.text()
        await pilot.press("q")
        await pilot.pause()
        assert app.answers == [person]
    (only,) = account(case, person).expenses
    assert (only.amount, only.purpose, only.what, only.day) == (120_050, "necessity", "Vinterjakke", date(2026, 11, 22))


async def test_what_is_no_amount_is_said_at_the_field(case: Case, stage: Staged, person: int) -> None:
    app = stage(SpendingScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"åtti", "f2")
        await pilot.pause()
        assert "is not an amount" in app.text()
    assert account(case, person).expenses == ()


async def test_past_the_sum_is_warned_of_while_writing_and_saved(case: Case, stage: Staged, person: int) -> None:
    app = stage(SpendingScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"20000")
        await pilot.pause()
        assert "too much" not in app.text()
        await pilot.press("home", "delete", "3")
        await pilot.pause()
        assert "2026: 30 000 kr of 20 000 for the relationship is spent, 10 000 too much." in app.text()
        await pilot.press("shift+tab", "n")
        await pilot.pause()
        assert "too much" not in app.text()
        await pilot.press("r", "down", "down", *"Fest", "f2")
        await pilot.pause()
        assert "over by 10 000" in app.text()


async def test_changing_an_old_one_does_not_count_it_twice(case: Case, stage: Staged, person: int, spent: None) -> None:
    app = stage(SpendingScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e", "down", "down", *"30000")
        await pilot.pause()
        assert "too much" not in app.text()
        await pilot.press("f2")
        await pilot.pause()
    assert account(case, person).team.necessity == 3_000_000


async def test_one_is_taken_away_after_a_question(case: Case, stage: Staged, person: int, spent: None) -> None:
    app = stage(SpendingScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d", "enter")
        await pilot.pause()
        assert len(account(case, person).expenses) == 3
        await pilot.press("d", "down", "enter")
        await pilot.pause()
        assert "Egenandel" not in app.text()
        await pilot.press("u")
        await pilot.pause()
        assert "Egenandel" in app.text()


async def test_a_reader_looks_only(case: Case, stage: Staged, person: int, spent: None) -> None:
    case.store.actor = replace(case.store.actor, role="reader")
    app = stage(SpendingScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        assert "read access only" in app.text()


@pytest.mark.parametrize("size", SIZES)
def test_how_it_looks(
    snap_compare: Any, case: Case, stage: Staged, person: int, spent: None, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(SpendingScreen(case, person)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_how_the_form_looks(
    snap_compare: Any, case: Case, stage: Staged, person: int, spent: None, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(SpendingScreen(case, person)), terminal_size=size, press=["n", "1", "0", "0"])
