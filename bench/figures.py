"""What was measured and how it is judged: samples by name, rows with a target, and the table of them."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

_HEAD: Final = ("row", "ours", "compared with", "ratio", "target", "")


class Samples:
    """Figures by name; medians of them are what the table shows."""

    def __init__(self) -> None:
        self._found: dict[str, list[float]] = defaultdict(list)

    def add(self, name: str, *values: float) -> None:
        """Keep one or more measurements."""
        self._found[name].extend(values)

    def has(self, *names: str) -> bool:
        """Whether all of these were measured."""
        return all(self._found.get(name) for name in names)

    def median(self, name: str) -> float:
        """The middle of the measurements; KeyError when there are none."""
        if not self._found.get(name):
            raise KeyError(name)
        return statistics.median(self._found[name])

    def high(self, name: str) -> float:
        """The measurement that nineteen of twenty do not pass; KeyError when there are none."""
        values = sorted(self._found.get(name, ()))
        if not values:
            raise KeyError(name)
        return values[min(len(values) - 1, round(0.95 * (len(values) - 1)))]


class Row(Struct, frozen=True):
    """One line of the table.

    `target` is the most that `judged` may be, None for a row that only informs. `note` stands in the place of figures
    that could not be had.
    """

    name: str
    ours: str = ""
    compared: str = ""
    ratio: float | None = None
    judged: float | None = None
    target: float | None = None
    unit: str = ""
    note: str = ""

    @property
    def ok(self) -> bool | None:
        """Whether the target is met; None where there is nothing to judge."""
        if self.target is None or self.judged is None:
            return None
        return self.judged <= self.target

    def cells(self) -> tuple[str, ...]:
        """The row as it stands in the table."""
        if self.note:
            return (self.name, self.note, "", "", "", "")
        verdict = {True: "ok", False: "OVER", None: ""}[self.ok]
        target = "" if self.target is None else f"<= {number(self.target)}{self.unit}"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}x"
        return (self.name, self.ours, self.compared, ratio, target, verdict)


def against(name: str, ours: float, compared: float, of: str, target: float, unit: str = " ms") -> Row:
    """A row judged by the ratio to something measured in the same run."""
    ratio = ours / compared if compared else 0.0
    return Row(name, number(ours) + unit, f"{of} {number(compared)}{unit}", ratio, ratio, target, "x")


def plain(name: str, ours: float, target: float | None, unit: str) -> Row:
    """A row judged by its own figure."""
    return Row(name, number(ours) + unit, judged=ours, target=target, unit=unit)


def left_out(name: str, why: str) -> Row:
    """A row that could not be measured, with the sentence why."""
    return Row(name, note=why)


def number(value: float) -> str:
    """A figure with as many digits as mean anything."""
    if value and abs(value) < 10:
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return f"{value:.1f}".removesuffix(".0") if abs(value) < 100 else f"{value:,.0f}"


def table(rows: Iterable[Row]) -> str:
    """The rows under each other; a row left out has its sentence across the columns."""
    lines = [(_HEAD, False), *((row.cells(), bool(row.note)) for row in rows)]
    widths = [max(len(cells[place]) for cells, note in lines if not note or not place) for place in range(len(_HEAD))]
    drawn = [_line(cells, widths, note) for cells, note in lines]
    drawn.insert(1, "  ".join("-" * width for width in widths).rstrip())
    return "\n".join(drawn)


def _line(cells: Sequence[str], widths: Sequence[int], note: bool) -> str:
    if note:
        return f"{cells[0].ljust(widths[0])}  {cells[1]}"
    name, ours, compared, ratio, target, verdict = (
        cell.ljust(width) if place in (0, 2, 5) else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join((name, ours, compared, ratio, target, verdict)).rstrip()
