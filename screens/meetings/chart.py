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

from config.words import _
from models.paper.monthly_sheets import Series, Sheet
from models.paper.plain import table_lines
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, Piece, cut

FILLS: Final = ("█", "▒", "░")
COLOURS: Final = ("cyan", "default", "yellow")
AXES: Final = 2
MOST_LABEL: Final = 24
"""The cells of a label in a narrow chart; in a wide one it may take a third."""
LEAST_TABLE: Final = 40


class Chart(Widget):
    """Draws as many labels as there is room for; `left_out` says how many there was none for.

    What has no bars is told in numbers. A bar is at most `thickest` lines thick.
    """

    DEFAULT_CSS = "Chart { height: 1fr; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.thickest = 1
        self._sheet: Sheet | None = None
        self._drawn_for: tuple[Sheet, Size, int] | None = None
        self._lines: list[str] = []

    def show(self, sheet: Sheet) -> None:
        """Draw another sheet."""
        self._sheet = sheet
        self.refresh()

    @property
    def left_out(self) -> int:
        """How many labels, or rows of numbers, do not fit."""
        sheet = self._sheet
        if sheet is None:
            return 0
        if not sheet.labels:
            return len(sheet.rows) - _fitting(sheet, self.size.width, self.size.height)[1]
        return len(sheet.labels) - self._shown(sheet)

    def _shown(self, sheet: Sheet) -> int:
        return min(len(sheet.labels), max(1, (self.size.height - AXES) // max(1, len(sheet.series))))

    def render_line(self, y: int) -> Strip:
        sheet, size = self._sheet, self.size
        if sheet is None or size.height <= AXES:
            return Strip.blank(size.width)
        if self._drawn_for != (sheet, size, self.thickest):
            self._drawn_for = (sheet, size, self.thickest)
            self._lines = self._drawn(sheet)
        if y >= len(self._lines):
            return Strip.blank(size.width)
        # As a whole, Textual would take the blanks from the left of each line.
        text = Text.from_ansi(self._lines[y], no_wrap=True, end="")
        return Strip(text.render(self.app.console)).adjust_cell_length(size.width)

    def _drawn(self, sheet: Sheet) -> list[str]:
        if sheet.labels:
            width, height = self.size
            return bars(sheet, self._shown(sheet), width, height, self.thickest).splitlines()
        return _fitting(sheet, self.size.width, self.size.height)[0] or [" " + _("Nothing this month.")]


def _fitting(sheet: Sheet, width: int, height: int) -> tuple[list[str], int]:
    """The numbers of a sheet in lines that fit, and how many of its rows they are."""
    if not sheet.rows:
        return [], 0
    found, rows = table_lines(sheet.table, max(LEAST_TABLE, width - 2))
    count = 0
    for count, row in enumerate(rows, 1):
        if len(found) + len(row) > height:
            count -= 1
            break
        found += row
    return [" " + line for line in found], count


def bars(sheet: Sheet, count: int, width: int, height: int, thickest: int = 1) -> str:
    """The first `count` labels of a sheet as bars in at most `width` by `height` cells, with ANSI colours."""
    many = len(sheet.series)
    gap = int(count * (many + 1) - 1 <= height - AXES)
    thick = max(1, min(thickest, (height - AXES - gap * (count - 1)) // max(1, count * many)))
    each = many * thick + gap
    slots = count * each - gap
    plot = Plot()
    plot.theme("clear")
    plot.plotsize(width, slots + AXES)
    # As textual-plotext's own widget does: plotsize alone does not take.
    plot._set_size(width, slots + AXES)
    # What would close the frame above and on the right reads as one more bar or limit.
    plot.xaxes(True, False)
    plot.yaxes(True, False)
    top = max((value for one in sheet.series for value in one.values[:count]), default=0.0)
    top = max(top, sheet.limit, 1.0)
    labels = [cut(label, max(MOST_LABEL, width // 3)).rstrip() for label in sheet.labels[:count]]
    # The axis is so much longer than the longest bar that each number stands whole behind its bar, past a blank.
    area = max(8, width - 1 - max(map(cell_len, labels), default=0))
    written = max((len(_number(value)) for one in sheet.series for value in one.values[:count]), default=1)
    cell = top / (area - 1 - min(area - 3, written + 2))
    end = cell * (area - 1)
    for number, one in enumerate(sheet.series):
        firsts = [slots - label * each - number * thick for label in range(count)]
        for first, value in zip(firsts, one.values, strict=False):
            plot.text(_number(value), x=value + 2 * cell, y=first - (thick - 1) // 2, alignment="left")
        lines = [
            (first - line, value) for first, value in zip(firsts, one.values, strict=False) for line in range(thick)
        ]
        plot.bar(
            [place for place, _value in lines], [value for _place, value in lines], orientation="horizontal", width=0.2,
            minimum=0, marker=FILLS[number % len(FILLS)], color=COLOURS[number % len(COLOURS)],
        )  # fmt: skip
    middles = [slots - label * each - (many * thick - 1) / 2 for label in range(count)]
    plot.ylim(1, max(slots, 2))
    plot.yticks(middles, labels)
    plot.xlim(0, end)
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
