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
from textual.geometry import Size

from config import words
from models.hand_overs import hand_overs
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.paper.monthly_sheets import Series, Sheet
from models.plans import tasks
from models.restrictions import restrictions
from models.team import staff
from screens.frame.case import Case
from screens.frame.destinations import PARTICIPANT
from screens.meetings.chart import bars
from screens.meetings.monthly import MonthlyPaperScreen, MonthlyScreen
from screens.meetings.numbers import BehindScreen
from screens.meetings.panel import ChartPanel
from screens.widgets.key_line import SaidLine
from tests.screens.restrictions.sessions import Sessions
from tests.screens.team_of_three import follow, joined

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36), (200, 60)]
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
    assert next(line for line in lines if "NAV" in line).rstrip().endswith("█ 2")


def test_bars_are_thick_where_there_is_room() -> None:
    sheet = Sheet("x", "X", "", ("NAV", "DPS"), (Series("a", (2.0, 4.0)), Series("b", (1.0, 0.0))), (), ())
    for height, thick in ((7, 1), (8, 1), (11, 2), (16, 3), (40, 3)):
        lines = ANSI.sub("", bars(sheet, 2, 60, height, 3)).splitlines()
        assert len(lines) <= height
        assert [sum(sign in line for line in lines) for sign in "█▒"] == [2 * thick, thick]


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
    for value in values:
        assert any(
            line.endswith(f" {f'{value:.1f}'.removesuffix('.0').replace('.', ',')}") for line in map(str.rstrip, lines)
        )


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
        # The axis at their left is all that frames them.
        assert {line.find("│") for line in lines} <= {-1, starts.pop() - 1}
        assert not set("┐┘│") & set("".join(line[line.index("█" if "█" in line else "▒") :] for line in lines))


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


PAGES = [(size, page) for size, step in zip(SIZES, (1, 2, 4), strict=True) for page in range(0, 11, step)]
"""Each sheet once: where several stand on the screen, the first of them."""


@pytest.mark.parametrize(("size", "page"), PAGES, ids=[f"{size[0]}-{page}" for size, page in PAGES])
def test_how_the_bars_look(
    snap_compare: Any, case: Case, stage: Staged, team: dict[str, int], size: tuple[int, int], page: int
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
        assert not screen.query_one("#monthly-charts").display
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


# ---------------------------------------------------------------------- panels


@pytest.mark.parametrize(
    ("size", "titles"),
    [
        ((80, 24), ["1"]), ((119, 60), ["1"]), ((120, 24), ["1", "2"]), ((120, 36), ["1", "2"]),
        ((200, 49), ["1", "2"]), ((120, 50), ["1", "2", "3", "4"]), ((200, 60), ["1", "2", "3", "4"]),
    ],
)  # fmt: skip
async def test_as_many_charts_stand_on_the_screen_as_there_is_room_for(
    case: Case, stage: Staged, team: dict[str, int], size: tuple[int, int], titles: list[str]
) -> None:
    app = stage(MonthlyScreen(case))
    names = ("Releases and starts", "Workload", "Transitions", "Phase-outs by reason")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert [f"{n}" for n, name in enumerate(names, 1) if f" {n} {name}" in app.text()] == titles
        assert len([one for one in app.screen.query(ChartPanel) if one.display]) == len(titles)
        shown = [one for one in app.screen.query(ChartPanel) if one.display]
        assert all(one.size.width >= size[0] // min(2, len(titles)) - 1 for one in shown)
        # Of the eleven pages the last stands alone in its line, and takes all of it.
        await pilot.press("left")
        last = [one for one in app.screen.query(ChartPanel) if one.display][-1]
        assert last.size.width == size[0]


async def test_the_arrows_go_from_panel_to_panel_and_on_to_the_next_ones(
    case: Case, stage: Staged, team: dict[str, int]
) -> None:
    screen = MonthlyScreen(case)
    app = stage(screen)
    async with app.run_test(size=(200, 60)) as pilot:
        await pilot.press("right", "right", "right")
        assert screen.sheet.id == "endings"
        assert "1 Releases and starts" in app.text()
        await pilot.press("right")
        assert "5 Waiting times by agency" in app.text()
        assert "1 Releases and starts" not in app.text()
        await pilot.press("left", "left")
        assert screen.sheet.id == "moves"
        # The keys are about the one that is marked.
        await pilot.press("space")
        assert "Ada Moe" in app.text()
        await pilot.press("space")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert screen.sheet.id == "moves"
        assert "3 Transitions" in app.text()
        assert "4 Phase-outs" not in app.text()
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert "4 Phase-outs by reason" in app.text()


async def test_each_panel_says_what_its_values_are_of(case: Case, stage: Staged, team: dict[str, int]) -> None:
    app = stage(MonthlyScreen(case))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "1 candidate is in intake" in app.text()
        assert "100 is the" in app.text()
        await pilot.press("b")
        assert "as of today, 22.11.2026" in app.text()


@pytest.mark.parametrize("language", ["en", "nb"])
async def test_all_pages_have_their_tab_at_eighty_columns(
    case: Case, stage: Staged, team: dict[str, int], language: str
) -> None:
    words.use(language)
    screen = MonthlyScreen(case)
    app = stage(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for number in range(1, len(screen._sheets) + 1):
            tabs = app.text().splitlines()[1]
            assert f" {number} {screen.sheet.title} " in tabs + " "
            assert f" {len(screen._sheets)}" in tabs
            await pilot.press("right")


def test_a_long_title_leaves_room_for_the_other_tabs(case: Case, stage: Staged) -> None:
    screen = MonthlyScreen(case)
    screen._sheets = [Sheet(str(n), "Et navn som er langt" * 4, "", (), (), (), ()) for n in range(12)]

    class Narrow:
        size = Size(80, 24)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(MonthlyScreen, "app", Narrow())
        told = "".join(text for text, _style in screen._tabs())
    assert len(told) <= 80
    assert told.endswith(" 12 ")


# ---------------------------------------------------------------------- who is counted


async def test_enter_goes_to_the_numbers_then_to_the_names_then_to_the_participant(
    case: Case, stage: Staged, team: dict[str, int]
) -> None:
    app = stage(MonthlyScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["right"] * 5, "enter")
        assert "In numbers; Enter shows who is counted in a row" in app.text()
        await pilot.press("down", "down")
        assert "▌3 Before release" in app.text()
        await pilot.press("enter")
        assert isinstance(app.screen, BehindScreen)
        assert "November 2026 · Contact by phase · 3 Before release" in app.text()
        assert "2 participants" in app.text()
        assert "Ada Moe" in app.text()
        assert "Bo Dahl" in app.text()
        assert app.screen.moving.row is not None
        first = app.screen.moving.row.participant
        await pilot.press("enter")
        assert app.asked == [(PARTICIPANT, first)]
        await pilot.press("escape")
        assert isinstance(app.screen, MonthlyScreen)
        assert "▌3 Before release" in app.text()


async def test_behind_every_row_stand_as_many_as_its_number_says(
    case: Case, stage: Staged, team: dict[str, int]
) -> None:
    """Of the pages that have one number of participants in a row."""
    screen = MonthlyScreen(case)
    app = stage(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", *["right"] * 5)
        for place, row in enumerate(screen.sheet.rows):
            await pilot.press("enter")
            if row[1] == "0":
                assert "No participants are counted in this row." in app.text()
                assert app.screen is screen
            else:
                assert isinstance(app.screen, BehindScreen)
                assert app.screen.moving.count == int(row[1]), place
                await pilot.press("escape")
            await pilot.press("down")


async def test_hidden_names_are_codes_among_who_is_counted(case: Case, stage: Staged, team: dict[str, int]) -> None:
    app = stage(MonthlyScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("right", "right", "enter", "enter")
        assert app.text().count("Ada Moe") == 2
        await pilot.press("p")
        assert "Ada" not in app.text()
        assert app.text().count("EX-001") == 2


async def test_whoever_is_restricted_meanwhile_is_counted_nowhere(
    case: Case, stage: Staged, team: dict[str, int], sessions: Sessions
) -> None:
    store = case.store
    store.change_now(staff.move_slot, team["lise"], "")
    case.store = sessions("lise")
    screen = MonthlyScreen(case)
    app = stage(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["right"] * 5, "enter", "down", "down", "enter")
        assert "Bo Dahl" in app.text()
        bo = store.ask_now(lambda reading: reading.value("SELECT participant_id FROM card WHERE name = 'Bo Dahl'"))
        store.change_now(restrictions.restrict, bo, {"may_see": (), "reason": "Kjenner en i teamet"})
        await app.screen.read_again()
        await pilot.pause()
        assert "Bo Dahl" not in app.text()
        assert "1 participant" in app.text()


async def test_the_mark_stays_in_sight_down_a_long_table(case: Case, stage: Staged, team: dict[str, int]) -> None:
    app = stage(MonthlyScreen(case))
    async with app.run_test(size=(80, 16)) as pilot:
        await pilot.press("left", "space")
        rows = app.screen.sheet.rows
        shown = app.text().splitlines()
        head = next(line for line in shown if "Month " in line)
        for _row in range(len(rows) + 2):
            assert "▌" in app.text()
            await pilot.press("down")
        assert f"▌{rows[-1][0][:8]}" in app.text()
        assert head in app.text()
        await pilot.press("home")
        assert f"▌{rows[0][0][:8]}" in app.text()
        await pilot.press("pagedown")
        assert "▌" in app.text()
        await pilot.press("end")
        assert f"▌{rows[-1][0][:8]}" in app.text()


@pytest.mark.parametrize("size", SIZES)
def test_how_who_is_counted_looks(
    snap_compare: Any, case: Case, stage: Staged, team: dict[str, int], size: tuple[int, int]
) -> None:
    keys = [*["right"] * 5, "enter", "down", "down", "enter"]
    assert snap_compare(stage(MonthlyScreen(case)), terminal_size=size, press=keys)
