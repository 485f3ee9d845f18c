"""The terminal after our bytes is the terminal after Textual's own full repaint, whatever the journey."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pyte
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rich.cells import split_graphemes
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.driver import Driver
from textual.geometry import Region, Size
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static

from exin_tui.display.looks import Looks
from exin_tui.display.painter import Painter
from exin_tui.safe_app import SafeApp

Journey = list[tuple[Any, ...]]

DOUBTFUL = ("⚠", "☎", "☀")
WORDS = ["a", "Bo ", "  ", "æøå", "日本", "👍🏽", "e\u0301", "│──", "x\u200by", "ｱ", "한", *DOUBTFUL, "…"]
JOINED = [*WORDS, "👨‍👩‍👧", "🏳️‍🌈", "❤️", "1️⃣", "🇳🇴"]
"""Rich cuts a joined sequence between its parts and leaves a joiner, so these go where no other widget cuts them."""

STYLES = [
    Style.parse(text)
    for text in (
        "red on blue",
        "bold",
        "bold dim",
        "reverse",
        "underline green",
        "#aabbcc on #112233",
        "not bold color(200)",
        "italic strike",
        "on default",
        "blink white on red",
    )
]


class TerminalModel(pyte.Screen):  # type: ignore[misc]  # pyte has no types
    """A terminal that draws clusters as Rich measures them, or (`narrow_emoji`) takes every emoji for one cell.

    pyte alone drops the rest of a text at a joiner, which would hide differences. Overwriting half of a wide cluster
    blanks the other half, as terminals do.
    """

    narrow_emoji = False

    def draw(self, data: str) -> None:
        for cluster, width in self._clusters(data):
            # A mark with nothing before it is what Rich leaves where it cut a cluster.
            if width:
                self._put(cluster, width)

    def _clusters(self, data: str) -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = []
        for start, end, width in split_graphemes(data)[0]:
            cluster = data[start:end]
            if found and _is_letter(cluster) and _is_letter(found[-1][0]) and len(found[-1][0]) == 1:
                found[-1] = (found[-1][0] + cluster, found[-1][1] + width)
            else:
                found.append((cluster, width))
        if self.narrow_emoji:
            found = [(cluster, min(width, 1) if _is_emoji(cluster) else width) for cluster, width in found]
        return found

    def _put(self, cluster: str, width: int) -> None:
        x, row = min(self.cursor.x, self.columns - 1), self.buffer[self.cursor.y]
        head = x
        while head and row[head].data == "":
            head -= 1
        end = x + width
        while end < self.columns and row[end].data == "":
            end += 1
        for broken in [*range(head, x), *range(x + width, end)]:
            row[broken] = row[broken]._replace(data=" ")
        row[x] = self.cursor.attrs._replace(data=cluster)
        for more in range(x + 1, min(x + width, self.columns)):
            row[more] = self.cursor.attrs._replace(data="")
        self.cursor.x = min(x + width, self.columns)

    def cells(self) -> list[list[tuple[Any, ...]]]:
        """What each cell shows; a blank's foreground and weight are nothing to be seen."""
        return [[_shown(self.buffer[y][x]) for x in range(self.columns)] for y in range(self.lines)]


class NarrowEmojiModel(TerminalModel):
    narrow_emoji = True


class WideSignModel(TerminalModel):
    """Takes signs of doubtful width for two cells."""

    def _clusters(self, data: str) -> list[tuple[str, int]]:
        return [(text, 2 if text in DOUBTFUL else width) for text, width in super()._clusters(data)]


def _is_letter(cluster: str) -> bool:
    return "\U0001f1e6" <= cluster[0] <= "\U0001f1ff"


def _is_emoji(cluster: str) -> bool:
    return cluster[0] > "\U0001f000" or "\ufe0f" in cluster


def _shown(char: Any) -> tuple[Any, ...]:
    lines = (char.underscore, char.strikethrough, char.reverse, char.blink)
    if char.data == "":
        return ("",)
    if char.data == " " and not any(lines):
        return (" ", char.bg)
    return (char.data, char.fg, char.bg, char.bold, char.italics, *lines)


def fed(text: str, width: int, height: int, model: type[TerminalModel] = TerminalModel) -> TerminalModel:
    screen = model(width, height)
    pyte.Stream(screen).feed(text)
    return screen


class MemoryDriver(Driver):
    """Keeps what is written, as a list of writes; can be suspended, and says its size at every start."""

    def __init__(self, app: SafeApp[None], **options: Any) -> None:
        super().__init__(app, **options)
        self.writes: list[str] = []

    @property
    def can_suspend(self) -> bool:
        return True

    def write(self, data: str) -> None:
        self.writes.append(data)

    def start_application_mode(self) -> None:
        size = Size(*(self._size or (80, 24)))
        asyncio.run_coroutine_threadsafe(self._app._post_message(events.Resize(size, size)), loop=self._loop)

    def disable_input(self) -> None: ...

    def stop_application_mode(self) -> None: ...


class Patch(Widget):
    """Draws given lines of segments, by the line API."""

    def __init__(self, lines: list[list[Segment]], **options: Any) -> None:
        super().__init__(**options)
        self.lines = lines

    def render_line(self, y: int) -> Strip:
        line = self.lines[y % len(self.lines)] if self.lines else []
        return Strip(line).adjust_cell_length(self.size.width, Style.parse("on black"))


class Cover(ModalScreen[None]):
    CSS = "Cover { align: center middle; } Cover Patch { width: 15; height: 4; }"

    def __init__(self, lines: list[list[Segment]]) -> None:
        super().__init__()
        self.lines = lines

    def compose(self) -> ComposeResult:
        yield Patch(self.lines)


class JourneyApp(SafeApp[None]):
    CSS = """
    Screen { layers: base top; }
    #first { width: 100%; height: 5; }
    #scroll { height: 6; }
    #scroll Static { height: 2; border: round; }
    #float { layer: top; width: 9; height: 3; offset: 3 2; }
    Input { height: 1; border: none; }
    #last { dock: bottom; height: 1; }
    """

    def compose(self) -> ComposeResult:
        yield Patch([[]] * 5, id="first")
        with VerticalScroll(id="scroll"):
            for number in range(5):
                yield Static(f"rad {number} 日本 e\u0301 👍🏽", markup=False)
        yield Input("skriv", id="entry")
        yield Patch([], id="last")
        yield Patch([], id="float")

    async def take(self, step: tuple[Any, ...]) -> None:
        """One step of a journey."""
        name, *values = step
        first, flying = self.screen_stack[0].query_one("#first", Patch), self.screen_stack[0].query_one("#float", Patch)
        if name == "lines":
            first.lines = (values[0] * 5)[:5]
            first.refresh()
        elif name == "part":
            number = values[1]
            first.lines = [*(first.lines * 5)[:number], values[0], *(first.lines * 5)[number + 1 : 5]]
            first.refresh(Region(0, number, first.size.width, 1))
        elif name == "float":
            flying.lines = values[0]
            flying.refresh()
        elif name == "last":
            self.screen_stack[0].query_one("#last", Patch).lines = values[0]
            self.screen_stack[0].query_one("#last", Patch).refresh()
        elif name == "move":
            flying.styles.offset = (values[0], values[1])
        elif name == "hide":
            flying.display = not flying.display
        elif name == "scroll":
            self.screen_stack[0].query_one("#scroll").scroll_to(y=values[0], animate=False)
        elif name == "cover":
            if len(self.screen_stack) == 1:
                await self.push_screen(Cover(values[0]))
            else:
                await self.pop_screen()
        elif name == "repaint":
            self.repaint_all()
        elif name == "suspend":
            with self.suspend():
                memory(self).write("\x1b[2J\x1b[Hsomething else\x1b[31m was here")
                memory(self).write("\x1b[m")
        elif name == "plain path":
            self.delta_display = not self.delta_display


def memory(app: SafeApp[None]) -> MemoryDriver:
    assert isinstance(app._driver, MemoryDriver)
    return app._driver


@asynccontextmanager
async def running(app: SafeApp[None], size: tuple[int, int] = (30, 14)) -> AsyncIterator[Pilot[None]]:
    async with app.run_test(headless=False, size=size) as pilot:
        await settle(pilot)
        yield pilot


async def settle(pilot: Pilot[None]) -> None:
    """Wait until nothing is left to draw."""
    for _ in range(200):
        await pilot.pause()
        screen = pilot.app.screen
        if not (screen._dirty_widgets or screen._compositor._dirty_regions or screen._layout_required):
            return
        await asyncio.sleep(0.01)
    pytest.fail("the screen never came to rest")


def textuals_own(app: SafeApp[None]) -> str:
    """The bytes of a full repaint by Textual, leaving its list of what is dirty as it was."""
    compositor = app.screen._compositor
    dirty = compositor._dirty_regions.copy()
    update: Any = compositor.render_update(full=True, screen_stack=app._background_screens)
    compositor._dirty_regions.update(dirty)
    return str(update.render_segments(app.console))


def assert_same(app: SafeApp[None], terminal: TerminalModel) -> None:
    width, height = app.size
    wanted, shown = fed(textuals_own(app), width, height).cells(), terminal.cells()
    for y, (wanted_row, shown_row) in enumerate(zip(wanted, shown, strict=True)):
        assert shown_row == wanted_row, f"row {y}"


def lines_of(words: list[str]) -> st.SearchStrategy[list[list[Segment]]]:
    texts = st.lists(st.sampled_from(words), min_size=1, max_size=4).map("".join)
    segment = st.builds(Segment, texts, st.sampled_from(STYLES), st.none())
    return st.lists(st.lists(segment, max_size=5), min_size=1, max_size=5)


lines = lines_of(WORDS)
step = st.one_of(
    st.tuples(st.just("lines"), lines),
    st.tuples(st.just("part"), lines.map(lambda some: some[0]), st.integers(0, 4)),
    st.tuples(st.just("float"), lines),
    st.tuples(st.just("last"), lines_of(JOINED)),
    st.tuples(st.just("move"), st.integers(-4, 29), st.integers(-2, 8)),
    st.tuples(st.just("scroll"), st.integers(0, 9)),
    st.tuples(st.just("cover"), lines),
    st.tuples(st.just("press"), st.sampled_from(["k", "backspace", "left", "home"])),
    st.tuples(st.just("resize"), st.integers(20, 40), st.integers(12, 18)),
    st.sampled_from([("repaint",), ("suspend",), ("hide",), ("plain path",)]),
)


async def travel(
    journey: Journey, model: type[TerminalModel], check: Callable[[SafeApp[None], TerminalModel], None]
) -> None:
    app = JourneyApp(driver_class=MemoryDriver)
    async with running(app) as pilot:
        terminal = model(30, 14)
        stream = pyte.Stream(terminal)
        driver = memory(app)
        for taken in [("start",), *journey]:
            if taken[0] == "resize":
                driver._size = (taken[1], taken[2])
                terminal.resize(columns=taken[1], lines=taken[2])
                await pilot.resize_terminal(taken[1], taken[2])
            elif taken[0] == "press":
                await pilot.press(taken[1])
            else:
                await app.take(taken)
            await settle(pilot)
            stream.feed("".join(driver.writes))
            driver.writes.clear()
            check(app, terminal)


@settings(max_examples=20, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(st.lists(step, min_size=3, max_size=14))
def test_any_journey_ends_as_textuals_own_repaint(journey: Journey) -> None:
    asyncio.run(travel(journey, TerminalModel, assert_same))


looks_of_row = st.lists(st.tuples(st.sampled_from(JOINED), st.sampled_from(STYLES)), max_size=14)
frame = st.dictionaries(st.tuples(st.integers(0, 23), st.integers(0, 3)), looks_of_row, max_size=4)


def _place(painter: Painter, frame: dict[tuple[int, int], list[tuple[str, Style]]]) -> None:
    for (x, y), row in frame.items():
        strip = Strip([Segment(word, style) for word, style in row])
        painter.place(x, y, strip, strip.cell_length)


def _certain(terminal: TerminalModel, painter: Painter) -> list[list[tuple[Any, ...]]]:
    """The cells but for signs of doubtful width, which a terminal that takes them for two may show cut in half.

    Whether it does depends on what stood after them: an erased tail leaves them whole, a written blank does not.
    """
    return [
        [() if text in DOUBTFUL else cell for cell, text in zip(row, painter._texts[y], strict=True)]
        for y, row in enumerate(terminal.cells())
    ]


@pytest.mark.parametrize("model", [TerminalModel, NarrowEmojiModel, WideSignModel])
@pytest.mark.parametrize("resets_only", [False, True])
@settings(max_examples=35, phases=[Phase.generate])
@given(st.lists(frame, min_size=1, max_size=6))
def test_changes_amount_to_writing_everything(
    model: type[TerminalModel], resets_only: bool, frames: list[dict[tuple[int, int], list[tuple[str, Style]]]]
) -> None:
    """Also on a terminal that measures emoji otherwise: what changes brings is what a clean start would show."""
    painter = Painter(Looks(ColorSystem.EIGHT_BIT, resets_only=resets_only))
    painter.begin(24, 4)
    terminal = model(24, 4)
    stream = pyte.Stream(terminal)
    for number, one in enumerate(frames):
        _place(painter, one)
        sent = painter.flush((number, 0))
        stream.feed(sent)
        assert (terminal.cursor.x, terminal.cursor.y) == (number, 0)
        afresh = Painter(painter._looks)
        afresh.begin(24, 4)
        for y in range(4):
            afresh._texts[y][:], afresh._numbers[y][:] = painter._texts[y], painter._numbers[y]
            afresh._touched.add(y)
            afresh._uneven.add(y)
        clean = fed(afresh.flush((number, 0)), 24, 4, model)
        assert _certain(terminal, painter) == _certain(clean, painter)
        assert painter.flush((number, 0)) == "", "what is shown is not sent again"
