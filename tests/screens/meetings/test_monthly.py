"""The monthly meeting on the screen: a page a figure, as bars or in numbers, and minutes that keep what was seen."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.hand_overs import hand_overs
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.paper.monthly_sheets import Series, Sheet
from models.plans import tasks
from screens.frame.case import Case
from screens.meetings.chart import Chart, bars
from screens.meetings.monthly import MonthlyPaperScreen, MonthlyScreen
from screens.widgets.key_line import SaidLine
from tests.screens.team_of_three import follow, joined

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def team(case: Case) -> dict[str, int]:
    found = joined(case.store)
    follow(case.store, found)
    return found


def drawn(labels: tuple[str, ...], *series: tuple[float, ...], limit: float = 0, size: tuple[int, int]) -> list[str]:
    sheet = Sheet("x", "X", "", labels, tuple(Series(str(n), one) for n, one in enumerate(series)), (), (), limit)
    return ANSI.sub("", bars(sheet, len(labels), *size)).splitlines()


def test_bars_are_as_long_as_their_numbers_and_differ_by_fill() -> None:
    lines = drawn(("NAV", "DPS"), (2.0, 4.0), (1.0, 0.0), size=(60, 12))
    lengths = [(line.count("█"), line.count("▒")) for line in lines if "█" in line or "▒" in line]
    (two, _none), (_zero, one), (four, _nothing) = lengths
    assert four == pytest.approx(2 * two, abs=2)
    assert two == pytest.approx(2 * one, abs=2)
    assert next(line for line in lines if "NAV" in line).rstrip(" │").endswith("█ 2")


@given(
    st.lists(st.tuples(st.text("abcæøå ", min_size=1, max_size=40), st.floats(0, 1e5)), min_size=1, max_size=8),
    st.integers(40, 130),
    st.integers(12, 40),
)
def test_no_bars_are_drawn_outside_their_room(rows: list[tuple[str, float]], width: int, height: int) -> None:
    labels, values = tuple(label for label, _value in rows), tuple(value for _label, value in rows)
    lines = drawn(labels, values, size=(width, height))
    assert len(lines) <= height
    assert all(len(line) <= width for line in lines)


async def test_every_page_shows_bars_and_numbers(case: Case, stage: Staged, team: dict[str, int]) -> None:
    app = stage(MonthlyScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Monthly meeting  November 2026  no minutes yet" in app.text()
        for title, number in (
            ("1 Releases and starts", "until 22.12.2026"), ("2 Workload", "Ola Sørli"), ("3 Transitions", "Ada Moe"),
            ("4 Phase-outs by reason", "Begun"), ("5 Waiting times by agency", "Median"),
            ("6 Contact by phase", "Silent"), ("7 Consents", "Lacking"), ("8 Release checklists", "Not verified"),
            ("9 Phase reviews", "Decided"), ("10 Intake", "Referred"), ("11 Twelve months", "December 2025"),
        ):  # fmt: skip
            assert title in app.text()
            assert "█" in app.text() or title.startswith(("4", "8", "9"))
            await pilot.press("space")
            await pilot.pause()
            assert number in app.text()
            assert "In numbers" in app.text()
            await pilot.press("space", "right")
            await pilot.pause()
        assert "1 Releases and starts" in app.text()
        await pilot.press("h")
        await pilot.pause()
        assert "11 Twelve months" in app.text()


async def test_the_bars_stand_on_one_line(case: Case, stage: Staged, team: dict[str, int]) -> None:
    app = stage(MonthlyScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["right"] * 4)
        await pilot.pause()
        lines = [line for line in app.text().splitlines() if "█" in line or "▒" in line][1:]
        starts = {re.search("[█▒]", line).start() for line in lines}  # type: ignore[union-attr]  # each has one
        assert len(starts) == 1
        assert len({line.rindex("│") for line in lines}) == 1


async def test_the_month_before_is_another_month(case: Case, stage: Staged, team: dict[str, int]) -> None:
    app = stage(MonthlyScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        assert "This month is the last that can be shown." in app.text()
        await pilot.press("right", "right", "s", "b", "b")
        await pilot.pause()
        assert "September 2026" in app.text()
        assert "6 phases began." in app.text()
        await pilot.press("a")
        await pilot.pause()
        assert "October 2026" in app.text()
        assert "0 phases began." in app.text()


async def test_minutes_begin_with_the_first_line_and_keep_numbers(
    case: Case, stage: Staged, team: dict[str, int]
) -> None:
    app = stage(MonthlyScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f")
        assert "There are no minutes yet" in app.text()
        await pilot.press("n", *"Stille i desember", "enter")
        await pilot.pause()
        assert "minutes of 22.11.2026: 1 line" in app.text()
        await pilot.press("d", *"Ny stilling", "enter", "t", *"Lyse ut", "enter", *"+7d", "enter", "right", "c")
        await pilot.pause()
        assert "The numbers stand in the minutes" in app.text()
    (meeting,) = case.store.ask_now(meeting_reading.open_now, "monthly")
    said = case.store.ask_now(meeting_reading.items, meeting.id)
    assert [one.kind for one in said] == ["note", "decision", "task", "note"]
    assert said[3].text.startswith("November 2026. Workload:")
    assert "– Ola Sørli: now 5+1/12 · 3/6" in said[3].text
    assert case.store.ask_now(tasks.one, said[2].task or 0).text == "Lyse ut"


async def test_numbers_in_the_minutes_name_nobody(case: Case, stage: Staged, team: dict[str, int]) -> None:
    app = stage(MonthlyScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("right", "right", "c")
        await pilot.pause()
    (meeting,) = case.store.ask_now(meeting_reading.open_now, "monthly")
    (only,) = case.store.ask_now(meeting_reading.items, meeting.id)
    assert "EX-001" in only.text
    assert "Ada" not in only.text


async def test_hidden_names_are_hidden_here_and_on_paper(case: Case, stage: Staged, team: dict[str, int]) -> None:
    case.private = True
    app = stage(MonthlyScreen(case))
    async with app.run_test(size=(80, 50)) as pilot:
        await pilot.press("right", "right", "space")
        await pilot.pause()
        assert "EX-001" in app.text()
        assert "Ada" not in app.text()
        await pilot.press("z")
        await pilot.pause()
        assert isinstance(app.screen, MonthlyPaperScreen)
        assert "with codes" in app.text()
        assert "Ada" not in app.text()


async def test_a_reader_looks_only(case: Case, stage: Staged, team: dict[str, int]) -> None:
    case.store.actor = replace(case.store.actor, role="reader")
    app = stage(MonthlyScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("n", "c", "i"):
            await pilot.press(key)
            await pilot.pause()
            assert "read access only" in app.text()
    assert case.store.ask_now(meeting_reading.open_now) == []


async def test_an_empty_caseload_is_no_trouble(case: Case, stage: Staged) -> None:
    app = stage(MonthlyScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        for _page in range(11):
            await pilot.press("right", "space", "space")
            await pilot.pause()
        assert "Monthly meeting" in app.text()
    assert case.store.ask_now(hand_overs.unread_count) == 0


def test_the_library_of_charts_is_loaded_only_with_this_screen() -> None:
    program = (
        "import sys, exin_tui.app, screens.board.screen; print([name for name in sys.modules if 'plotext' in name])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("page", range(11))
def test_how_the_bars_look(
    snap_compare: Any, case: Case, stage: Staged, team: dict[str, int], page: int, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(MonthlyScreen(case)), terminal_size=size, press=["right"] * page)


@pytest.mark.parametrize("size", SIZES)
def test_how_the_numbers_look(
    snap_compare: Any, case: Case, stage: Staged, team: dict[str, int], size: tuple[int, int]
) -> None:
    assert snap_compare(stage(MonthlyScreen(case)), terminal_size=size, press=[*["right"] * 5, "space"])


async def test_what_bars_leave_out_is_not_said_of_the_numbers(case: Case, stage: Staged, team: dict[str, int]) -> None:
    """Space may come before the bars of the page are drawn."""
    screen = MonthlyScreen(case)
    app = stage(screen)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        for _page in range(5):
            screen.turn(1)
        screen.action_numbers()
        await pilot.pause()
        assert not screen.query_one(Chart).display
        assert screen.query_one(SaidLine).said == ""


async def test_topics_that_were_parked_for_it_are_told(case: Case, stage: Staged) -> None:
    case.store.change_now(meetings.park, None, "Flere leiligheter", "monthly")
    app = stage(MonthlyScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "1 topic was parked for this meeting: m" in app.text()
        await pilot.press("m")
        await pilot.pause()
        assert "Flere leiligheter" in app.text()
