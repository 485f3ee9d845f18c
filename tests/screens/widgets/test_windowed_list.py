"""A list of any length fetches and draws what is in sight, and moving the mark redraws two lines."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.strip import Strip

from config.errors import ExinError
from screens.widgets.line import PLAIN, Piece
from screens.widgets.windowed_list import KEPT_BESIDE, PAGE, Group, Grouped, WindowedList


class Numbers(WindowedList[int]):
    """Rows are their own numbers; what is drawn and fetched is written down."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.drawn: list[int] = []
        self.fetched: list[int] = []
        self.failing = False
        self.gate: asyncio.Event | None = None
        self.told: list[int] = []

    def draw_row(self, row: int, width: int, part: int) -> Sequence[Piece]:
        return [(f"row {row}.{part}", PLAIN)]

    def render_line(self, y: int) -> Strip:
        self.drawn.append(y)
        return super().render_line(y)

    async def rows(self, offset: int, limit: int) -> Sequence[int]:
        if self.gate is not None:
            await self.gate.wait()
        if self.failing:
            raise ExinError("The page is damaged.")
        self.fetched.append(offset // PAGE)
        return range(offset, min(offset + limit, self.total))

    total = 0

    async def fill(self, *counts: int, mark: int | None = None, headings: bool = True) -> None:
        self.total = sum(counts)
        groups = [Group(str(n), f"Group {n}" if headings else "", count) for n, count in enumerate(counts)]
        await self.show(groups, self.rows, mark=mark)


class TwoLines(Numbers):
    LINES_A_ROW = 2


class Stand(App[None]):
    def __init__(self, shown: Numbers) -> None:
        super().__init__()
        self.shown = shown
        self.unread: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.shown

    def on_mount(self) -> None:
        self.shown.focus()

    def on_windowed_list_marked(self, message: WindowedList.Marked) -> None:
        assert message.list is self.shown
        self.shown.told.append(message.index)

    def on_windowed_list_unread(self, message: WindowedList.Unread) -> None:
        self.unread.append(message.error.text)

    def lines(self) -> list[str]:
        strips = self.screen._compositor.render_strips()
        return ["".join(segment.text for segment in line).rstrip() for line in strips]


async def test_headings_stand_over_their_rows_with_how_many() -> None:
    app = Stand(Numbers())
    async with app.run_test(size=(40, 10)) as pilot:
        await app.shown.fill(2, 0, 1)
        await pilot.pause()
        assert app.lines()[:7] == ["Group 0  2", "▌row 0.0", " row 1.0", "Group 1  0", "Group 2  1", " row 2.0", ""]
        assert app.shown.count == 3


async def test_a_group_without_a_heading_takes_no_line() -> None:
    app = Stand(Numbers())
    async with app.run_test(size=(40, 10)) as pilot:
        await app.shown.fill(1, 0, 1, headings=False)
        await pilot.pause()
        assert app.lines()[:3] == ["▌row 0.0", " row 1.0", ""]


async def test_an_empty_list_says_so_and_has_no_row() -> None:
    app = Stand(Numbers(empty="Nobody is here."))
    async with app.run_test(size=(40, 10)) as pilot:
        await app.shown.fill()
        await pilot.pause()
        assert app.lines()[0] == " Nobody is here."
        for move in ("action_up", "action_down", "action_page_down", "action_last", "action_first"):
            getattr(app.shown, move)()
        assert app.shown.row is None
        assert app.shown.mark == 0
        await app.shown.fill(0, 0)
        await pilot.pause()
        assert app.lines()[:3] == ["Group 0  0", "Group 1  0", " Nobody is here."]


async def test_moving_within_sight_redraws_two_lines_and_fetches_nothing() -> None:
    app = Stand(Numbers())
    async with app.run_test(size=(40, 10)) as pilot:
        await app.shown.fill(5, 1000)
        await pilot.pause()
        app.shown.drawn.clear()
        app.shown.fetched.clear()
        app.shown.action_down()
        await pilot.pause()
        assert sorted(app.shown.drawn) == [1, 2]
        assert app.shown.fetched == []
        assert app.lines()[1:3] == [" row 0.0", "▌row 1.0"]
        assert app.shown.told[-1] == 1


async def test_two_lines_a_row_are_redrawn_together() -> None:
    app = Stand(TwoLines())
    async with app.run_test(size=(40, 10)) as pilot:
        await app.shown.fill(50, headings=False)
        await pilot.pause()
        app.shown.drawn.clear()
        app.shown.go(2)
        await pilot.pause()
        assert sorted(app.shown.drawn) == [0, 1, 4, 5]
        assert app.lines()[4:6] == ["▌row 2.0", "▌row 2.1"]


async def test_scrolling_up_shows_the_headings_above_and_down_those_that_trail() -> None:
    app = Stand(Numbers())
    async with app.run_test(size=(40, 10)) as pilot:
        await app.shown.fill(0, 0, 30, 0, 0)
        app.shown.action_last()
        await pilot.pause()
        assert app.lines()[-3:] == ["▌row 29.0", "Group 3  0", "Group 4  0"]
        app.shown.action_first()
        await pilot.pause()
        assert app.lines()[:4] == ["Group 0  0", "Group 1  0", "Group 2  30", "▌row 0.0"]


async def test_a_hundred_thousand_rows_are_paged_through_with_few_of_them_kept() -> None:
    app = Stand(Numbers())
    async with app.run_test(size=(40, 10)) as pilot:
        await app.shown.fill(40_000, 60_000)
        assert set(app.shown.fetched) <= {0, 1}
        for _page in range(40):
            app.shown.action_page_down()
            await pilot.pause()
        assert app.shown.mark == 40 * 9
        app.shown.action_last()
        await pilot.pause()
        assert app.shown.row == 99_999
        assert app.lines()[-1] == "▌row 99999.0"
        app.shown.go(39_999)
        await pilot.pause()
        assert app.shown.row == 39_999
        assert len(app.shown.fetched) < 30
        assert len(app.shown._pages) <= 2 * KEPT_BESIDE + 3


async def test_pages_passed_before_they_came_are_not_fetched() -> None:
    app = Stand(Numbers())
    async with app.run_test(size=(40, 10)) as pilot:
        await app.shown.fill(100_000)
        await pilot.pause()
        app.shown.fetched.clear()
        app.shown.gate = asyncio.Event()
        for index in range(10_000, 90_000, 1000):
            app.shown.go(index)
        await pilot.pause()
        assert app.lines()[-1] == "▌…"
        app.shown.gate.set()
        await pilot.pause()
        assert app.lines()[-1] == "▌row 89000.0"
        # The one on its way when the mark moved on, and what is needed where it stopped.
        assert len(app.shown.fetched) <= 4
        assert app.shown.told[-1] == 89_000


async def test_what_stood_there_stays_until_other_rows_are_here() -> None:
    app = Stand(Numbers())
    async with app.run_test(size=(40, 10)) as pilot:
        await app.shown.fill(5, headings=False, mark=4)
        await pilot.pause()
        app.shown.gate = asyncio.Event()
        filling = asyncio.create_task(app.shown.fill(200))
        await pilot.pause()
        app.shown.action_up()
        await pilot.pause()
        assert app.lines()[3] == "▌row 3.0"
        app.shown.gate.set()
        await filling
        await pilot.pause()
        assert app.shown.mark == 3
        assert app.lines()[:2] == ["Group 0  200", " row 0.0"]


async def test_of_two_fillings_the_later_one_is_shown() -> None:
    app = Stand(Numbers())
    async with app.run_test(size=(40, 10)) as pilot:
        app.shown.gate = asyncio.Event()
        first = asyncio.create_task(app.shown.show([Group("a", "First", 3)], app.shown.rows))
        second = asyncio.create_task(app.shown.show([Group("b", "Second", 3)], app.shown.rows))
        app.shown.total = 3
        await pilot.pause()
        app.shown.gate.set()
        await asyncio.gather(first, second)
        await pilot.pause()
        assert app.lines()[0] == "Second  3"


async def test_rows_that_cannot_be_fetched_are_told_and_asked_for_again() -> None:
    app = Stand(Numbers())
    async with app.run_test(size=(40, 10)) as pilot:
        await app.shown.fill(1000)
        await pilot.pause()
        app.shown.failing = True
        app.shown.go(500)
        await pilot.pause()
        assert app.unread == ["The page is damaged."]
        assert app.lines()[-1] == "▌…"
        with pytest.raises(ExinError):
            await app.shown.fill(1000)
        app.shown.failing = False
        app.shown.action_down()
        await pilot.pause()
        assert app.lines()[-1] == "▌row 501.0"


async def test_the_mark_stays_in_sight_when_the_window_changes() -> None:
    app = Stand(Numbers())
    async with app.run_test(size=(40, 20)) as pilot:
        await app.shown.fill(100, mark=15)
        await pilot.pause()
        for height in (5, 30, 1, 12):
            await pilot.resize_terminal(40, height)
            await pilot.pause()
            assert "▌row 15.0" in app.lines(), height
        await pilot.resize_terminal(40, 200)
        await pilot.pause()
        assert app.lines()[0] == "Group 0  100"
        assert app.lines()[100] == " row 99.0"


async def test_the_mark_shows_only_with_the_focus_unless_it_always_does() -> None:
    for always in (False, True):
        app = Stand(Numbers(always_marked=always))
        async with app.run_test(size=(40, 10)) as pilot:
            await app.shown.fill(3, headings=False)
            app.set_focus(None)
            await pilot.pause()
            assert app.lines()[0] == ("▌row 0.0" if always else " row 0.0")


async def test_fewer_rows_take_the_mark_to_the_last() -> None:
    app = Stand(Numbers())
    async with app.run_test(size=(40, 10)) as pilot:
        await app.shown.fill(100, mark=99)
        await app.shown.fill(10)
        await pilot.pause()
        assert app.shown.mark == 9
        assert "▌row 9.0" in app.lines()


@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 5)), max_size=8),
    st.integers(1, 3),
)
def test_lines_and_rows_answer_each_other(shape: list[tuple[bool, int]], height: int) -> None:
    grouped = Grouped([Group("", "x" if heading else "", count) for heading, count in shape], height)
    assert grouped.rows == sum(count for _heading, count in shape)
    seen = []
    for line in range(grouped.lines):
        _group, index, part = grouped.at_line(line)
        if index is not None:
            assert grouped.line_of(index) + part == line
            seen.append(index)
    assert seen == [row for row in range(grouped.rows) for _part in range(height)]
