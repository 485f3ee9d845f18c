"""Bars of a sheet in the terminal, drawn by plotext: lying, since names are long and a terminal is wide.

Rows of bars differ by their fill before they differ by colour, and each bar has its number at its end. Imported only by
screens that draw charts, since the library costs more to load than all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len
from rich.text import Text
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget
from textual_plotext.plot import Plot

from models.paper.monthly_sheets import Series, Sheet
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, Piece, cut

FILLS: Final = ("█", "▒", "░")
COLOURS: Final = ("cyan", "default", "yellow")
AXES: Final = 3
MOST_LABEL: Final = 24


class Chart(Widget):
    """Draws as many labels as there is room for; `left_out` says how many there was none for."""

    DEFAULT_CSS = "Chart { height: 1fr; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sheet: Sheet | None = None
        self._drawn_for: tuple[Sheet, Size] | None = None
        self._lines: list[str] = []

    def show(self, sheet: Sheet) -> None:
        """Draw another sheet."""
        self._sheet = sheet
        self.refresh()

    @property
    def left_out(self) -> int:
        """How many labels do not fit."""
        return len(self._sheet.labels) - self._shown(self._sheet) if self._sheet else 0

    def _shown(self, sheet: Sheet) -> int:
        return min(len(sheet.labels), max(1, (self.size.height - AXES) // max(1, len(sheet.series))))

    def render_line(self, y: int) -> Strip:
        sheet, size = self._sheet, self.size
        if sheet is None or not sheet.labels or size.height <= AXES:
            return Strip.blank(size.width)
        if self._drawn_for != (sheet, size):
            self._drawn_for = (sheet, size)
            self._lines = bars(sheet, self._shown(sheet), size.width, size.height).splitlines()
        if y >= len(self._lines):
            return Strip.blank(size.width)
        # As a whole, Textual would take the blanks from the left of each line.
        text = Text.from_ansi(self._lines[y], no_wrap=True, end="")
        return Strip(text.render(self.app.console)).adjust_cell_length(size.width)


def bars(sheet: Sheet, count: int, width: int, height: int) -> str:
    """The first `count` labels of a sheet as bars in at most `width` by `height` cells, with ANSI colours."""
    many = len(sheet.series)
    gap = int(count * (many + 1) - 1 <= height - AXES)
    slots = count * (many + gap) - gap
    plot = Plot()
    plot.theme("clear")
    plot.plotsize(width, slots + AXES)
    # As textual-plotext's own widget does: plotsize alone does not take.
    plot._set_size(width, slots + AXES)
    top = max((value for one in sheet.series for value in one.values[:count]), default=0.0)
    top = max(top, sheet.limit, 1.0)
    for number, one in enumerate(sheet.series):
        places = [slots - label * (many + gap) - number for label in range(count)]
        for place, value in zip(places, one.values, strict=False):
            plot.text(" " + _number(value), x=value, y=place)
        plot.bar(
            places, list(one.values[:count]), orientation="horizontal", width=0.2, minimum=0,
            marker=FILLS[number % len(FILLS)], color=COLOURS[number % len(COLOURS)],
        )  # fmt: skip
    middles = [slots - label * (many + gap) - (many - 1) / 2 for label in range(count)]
    plot.ylim(1, max(slots, 2))
    plot.yticks(middles, [cut(label, MOST_LABEL).rstrip() for label in sheet.labels[:count]])
    # Room for the number at the end of the longest bar.
    plot.xlim(0, top * 1.15)
    steps = _steps(top)
    plot.xticks(steps, [_number(step) for step in steps])
    if sheet.limit:
        plot.vline(sheet.limit)
    return str(plot.build())


def legend(series: Sequence[Series], width: int) -> list[Piece]:
    """The fills with what they stand for, on one line."""
    pieces: list[Piece] = []
    styles = (HEADING, PLAIN, BOLD)
    left = width
    for number, one in enumerate(series):
        text = f" {FILLS[number % len(FILLS)] * 2} {one.name} "
        left -= cell_len(text)
        if left < 0:
            break
        pieces.append((text, styles[number % len(styles)]))
    return pieces or [("", DIM)]


def _steps(top: float) -> list[float]:
    """Round numbers from 0 to `top`, five or so."""
    size = 1.0
    while top / size > 6:
        size *= 2.5 if str(size).startswith("2") else 2
    return [number * size for number in range(int(top / size) + 1)]


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")
