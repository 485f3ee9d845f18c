"""Whoever covers for a colleague who is away has that colleague's participants before them, for those days only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from models import board
from models.board import BoardQuery
from models.checklists import open_items
from models.checklists.open_items import OpenQuery
from models.intake import waiting as candidates
from models.participants import participants
from models.phases import phases
from models.plans import agenda, tasks
from models.plans.agenda import AgendaQuery
from models.signals import listing as signals
from models.store import Store
from models.team import absences, staff
from tests.models.case_sample import Hands

TODAY = date(2026, 11, 22)


@pytest.fixture
def team(store: Store, session: Callable[[str], Store]) -> dict[str, int]:
    session("ola")
    return {one.user: one.id for one in store.ask_now(staff.team)}


@pytest.fixture
def karis(store: Store, team: dict[str, int]) -> int:
    """Somebody of Kari's, in prison, with a task of hers that is late and a start checklist."""
    person = store.change_now(participants.add, {"given_name": "Arne", "worker": team["kari"]})
    store.change_now(phases.begin, person, 2, TODAY, ending=(1,))
    store.change_now(tasks.add, person, {"text": "Ring NAV", "due": TODAY - timedelta(days=3), "turn": "ours",
                                         "owner": team["kari"]})  # fmt: skip
    store.change_now(participants.add, {"given_name": "Berit", "worker": team["kari"]})
    return person


def seen(store: Store, worker: int) -> dict[str, int]:
    """How much there is of each kind before a colleague."""
    counts = store.ask_now(agenda.groups, AgendaQuery(worker=worker))
    return {
        "board": sum(store.ask_now(board.counts, BoardQuery(worker=worker)).values()),
        "agenda": counts["overdue"],
        "signals": len(store.ask_now(lambda reading: signals.survey(reading, worker=worker)).found),
        "candidates": store.ask_now(candidates.count, worker),
        "items": store.ask_now(open_items.count, OpenQuery(worker=worker)),
    }


def away(store: Store, team: dict[str, int], cover: str | None, **days: date) -> None:
    values = {"staff": team["kari"], "first": TODAY, "last": TODAY + timedelta(days=4)} | days
    store.change_now(absences.add, {**values, "cover": team[cover] if cover else None})


def test_who_covers_sees_to_them_from_the_first_day_to_the_last(
    store: Store, team: dict[str, int], karis: int, hands: Hands
) -> None:
    nothing = dict.fromkeys(("board", "agenda", "signals", "candidates", "items"), 0)
    assert seen(store, team["ola"]) == nothing
    away(store, team, "ola", first=TODAY + timedelta(days=1), last=TODAY + timedelta(days=2))
    assert seen(store, team["ola"]) == nothing
    hands.move(days=1)
    covered = seen(store, team["ola"])
    assert covered == seen(store, team["kari"])
    assert all(covered.values()), covered
    hands.move(days=1)
    assert seen(store, team["ola"])["board"] == 2
    hands.move(days=1)
    assert seen(store, team["ola"]) == nothing


def test_a_cover_s_own_are_not_counted_twice(store: Store, team: dict[str, int], karis: int) -> None:
    own = store.change_now(participants.add, {"given_name": "Carl", "worker": team["ola"], "coworker": team["kari"]})
    away(store, team, "ola")
    shown = store.ask_now(board.page, BoardQuery(worker=team["ola"]), 0, 10)
    assert sorted(card.name for card in shown) == ["Arne", "Berit", "Carl"]
    assert store.ask_now(board.place, BoardQuery(worker=team["ola"]), own) is not None


def test_nobody_named_covers_nothing(store: Store, team: dict[str, int], karis: int) -> None:
    away(store, team, None)
    assert seen(store, team["ola"])["board"] == 0
