"""The board's head: whose caseload, how many, what presses in it, the day, and what each colleague carries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final

from msgspec import Struct
from rich.cells import cell_len

from config.dates import format_date, short_weekday, week
from config.words import _
from models.board import Workload
from models.signs import SEVERITIES
from screens.widgets.line import ALARM, BOLD, BY_SEVERITY, DIM, HEADING, PLAIN, WARN, Piece
from screens.widgets.lines import Lines

COUNTED: Final = (3, 2)
"""The severities that are counted here: what there is to know presses nobody."""


class BoardTold(Struct, frozen=True):
    """What the head says; `about` are the words beside the title, `pressing` how many signals by severity."""

    total: int
    about: Sequence[str]
    pressing: Mapping[int, int]
    today: date
    workload: Sequence[Workload]
    away: Collection[int]


class BoardHead(Lines):
    """Two lines; where the first has no room for everything, the day is said shorter or not at all."""

    def __init__(self) -> None:
        super().__init__(2, id="board-head")

    def tell(self, told: BoardTold, width: int) -> None:
        """Say this on a terminal of `width` cells."""
        first: list[Piece] = [(" " + _("Caseload board"), HEADING), (f"  {told.total}", BOLD)]
        first += [
            (f"  {_(SEVERITIES[level])} {number}", BY_SEVERITY[level])
            for level in COUNTED
            if (number := told.pressing.get(level, 0))
        ]
        first.append(("  " + " · ".join(told.about), PLAIN))
        left = width - sum(cell_len(text) for text, _style in first)
        day = next((text for text in _day_words(told.today) if cell_len(text) + 3 <= left), "")
        self.show([[*first, ("   " + day, DIM)], _workload(told)])


def _workload(told: BoardTold) -> list[Piece]:
    pieces: list[Piece] = [(" " + _("Workload") + " ", DIM)]
    for one in told.workload:
        text = f" {one.initials} {one.participants}/{one.limit}·{one.demanding}/{one.demanding_limit}"
        pieces.append((text + ("!" if one.over else " "), ALARM if one.over else PLAIN))
        if one.staff in told.away:
            pieces.append((_("(away)"), WARN))
    return pieces


def _day_words(today: date) -> tuple[str, str]:
    weekday, day = short_weekday(today), format_date(today)
    return _("{weekday} {date}, week {week}").format(weekday=weekday, date=day, week=week(today)), f"{weekday} {day}"
