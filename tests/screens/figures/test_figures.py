"""The figures on the screen: exact for the team, one to read with its table or bars, and rounded where they leave."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.figures.periods import YEAR, around
from models.plans import tasks
from models.store import Store
from models.values.clock import Clock, oslo
from screens.figures.screen import FiguresScreen
from screens.figures.writing import FiguresPaperScreen
from screens.frame.case import Case
from tests.models.case_sample import Hands, rows
from tests.models.meetings.random_month import make
from tests.screens.restrictions.sessions import Sessions
from tests.screens.team_of_three import follow, joined

Staged = Callable[[Any], Any]


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def clock(hands: Hands) -> Clock:
    """A clock whose hands the random months move on."""
    return Clock(oslo().zone, hands)


@pytest.fixture
def team(case: Case) -> dict[str, int]:
    found = joined(case.store)
    follow(case.store, found)
    return found


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
def test_a_quarter_as_it_looks(
    case: Case, stage: Staged, hands: Hands, snap_compare: Any, size: tuple[int, int]
) -> None:
    make(case.store, hands, 4, 60)

    async def to_a_quarter(pilot: Any) -> None:
        await pilot.press("v", "b", "down")
        await pilot.pause()

    assert snap_compare(stage(FiguresScreen(case)), terminal_size=size, run_before=to_a_quarter)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
def test_one_figure_as_it_looks(
    case: Case, stage: Staged, hands: Hands, snap_compare: Any, size: tuple[int, int]
) -> None:
    make(case.store, hands, 4, 60)

    async def to_one(pilot: Any) -> None:
        await pilot.press("v", "v", "b", "down", "down", "enter")
        await pilot.pause()

    assert snap_compare(stage(FiguresScreen(case)), terminal_size=size, run_before=to_one)


async def test_every_figure_has_its_words_a_table_and_bars(case: Case, stage: Staged, hands: Hands) -> None:
    make(case.store, hands, 4, 60)
    app = stage(FiguresScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("v", "b", "enter")
        await pilot.pause()
        seen = set()
        while (title := app.text().splitlines()[0].split("  ")[0].strip()) not in seen:
            seen.add(title)
            assert "It leaves the team rounded." in app.text() or "It never leaves the team." in app.text()
            assert "Row" in app.text()
            await pilot.press("space")
            await pilot.pause()
            assert "█" in app.text()
            await pilot.press("space", "right")
            await pilot.pause()
        assert len(seen) >= 14
        await pilot.press("q")
        await pilot.pause()
        assert "the whole team" in app.text()


async def test_a_period_to_come_is_not_shown(case: Case, stage: Staged, team: dict[str, int]) -> None:
    app = stage(FiguresScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "November 2026" in app.text()
        assert "not over yet" in app.text()
        await pilot.press("a")
        assert "December 2026 has not begun yet." in app.text()
        await pilot.press("z")
        assert "November 2026 is not over. Figures leave the team when the period is." in app.text()
        await pilot.press("b")
        await pilot.pause()
        assert "October 2026" in app.text()


async def test_one_colleagues_figures_stay_in_the_team(case: Case, stage: Staged, team: dict[str, int]) -> None:
    app = stage(FiguresScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("w", "down", "enter")
        await pilot.pause()
        assert "the whole team" not in app.text()
        await pilot.press("b", "z")
        assert "One colleague's figures stay in the team." in app.text()


async def test_one_colleague_and_files_are_for_leaders(case: Case, stage: Staged, sessions: Sessions) -> None:
    app = stage(FiguresScreen(replace(case, store=sessions("ola"))))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "the whole team" in app.text()
        for key in "wz":
            await pilot.press(key)
            assert "Only a team leader sees one colleague's figures" in app.text()


async def test_a_file_is_rounded_and_leaves_a_trace(
    case: Case, stage: Staged, team: dict[str, int], tmp_path: Path
) -> None:
    app = stage(FiguresScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("b", "z", "j")
        await pilot.press("ctrl+u", *str(tmp_path / "team.json"), "enter")
        await pilot.pause()
        assert (tmp_path / "team.json").is_file()
    found = json.loads((tmp_path / "team.json").read_text())
    assert found["period"] == "2026-10"
    assert {number % 5 for rows in found["rows"].values() for row in rows for number in row["months"]} <= {0}
    assert rows(case.store, "SELECT action FROM audit ORDER BY seq DESC LIMIT 1") == [("export.figures 2026-10",)]


async def test_the_paper_is_rounded(case: Case, stage: Staged, hands: Hands) -> None:
    make(case.store, hands, 4, 60)
    app = stage(FiguresPaperScreen(case, around(case.today, YEAR).later(-1)))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "Figures: 2026" in app.text()
        assert "Every number is rounded to 5" in app.text()


async def test_a_change_is_counted_when_one_comes_back(case: Case, stage: Staged, team: dict[str, int]) -> None:
    app = stage(FiguresScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Tasks and steps done" in app.text()
        before = app.shown.shown
        store: Store = case.store
        person = rows(store, "SELECT min(id) FROM participant")[0][0]
        task = store.change_now(tasks.add, person, {"text": "Ringe"})
        store.change_now(tasks.finish, task, 1)
        await app.shown.catch_up()
        assert app.shown.shown != before
