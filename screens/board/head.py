"""The board's head: whose caseload, how many, what presses in it, the day, and what each colleague carries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from msgspec import Struct
from rich.cells import cell_len

from config.dates import format_date, short_date, short_weekday, week
from config.words import _
from models.board_filter import Meaning
from models.signals.sign import SEVERITIES
from models.team.workload import Workload
from screens.widgets.line import ALARM, BOLD, BY_SEVERITY, DIM, HEADING, PLAIN, WARN, Piece, cut
from screens.widgets.lines import Lines

COUNTED: Final = (3, 2)
"""The severities that are counted here: what there is to know presses nobody."""
MORE_ROOM: Final = 2


class Overview(Struct, frozen=True):
    """What there is to say of the caseload: cards by phase, whose it is, and what each colleague carries.

    `away` has the initials of whoever covers for those who are away, empty where nobody does; `handed` are the
    participants handed to this person and not read of yet, `reading` the questions about reading that wait for them,
    `opened` the openings of restricted ones that no leader has noted, `place` the phase and offset of the kept card,
    `meanings` what the words of the filter stand for.
    """

    counts: Mapping[int, int]
    whose: str
    workload: Sequence[Workload]
    away: Mapping[int, str]
    handed: int
    reading: int
    opened: int
    place: tuple[int, int] | None
    meanings: Sequence[Meaning]


class BoardHead(Lines):
    """Two lines; where the first has no room for everything, the day is said shorter, then the order goes."""

    def __init__(self) -> None:
        super().__init__(2, id="board-head")

    def tell(
        self, told: Overview, about: Sequence[str], order: str, pressing: Mapping[int, int], today: date, width: int
    ) -> None:
        """Say this on `width` cells; `about` are the words beside the title, `pressing` the signals by severity.

        `order` says by what the cards are sorted, where it is not as always.
        """
        first: list[Piece] = [(" " + _("Caseload board"), HEADING), (f"  {sum(told.counts.values())}", BOLD)]
        first += [
            (f"  {_(SEVERITIES[level])} {number}", BY_SEVERITY[level])
            for level in COUNTED
            if (number := pressing.get(level, 0))
        ]
        left = width - sum(cell_len(text) for text, _style in first) - 2
        words, day = _fitting(about, order, _day_words(today), left)
        first += [("  " + words, PLAIN), ("   " + day, DIM)]
        self.show([first, _workload(told, width)])


def _fitting(about: Sequence[str], order: str, days: Sequence[str], left: int) -> tuple[str, str]:
    """The words and the day on so many cells: the day always, shorter where it must be; the order goes first."""
    for said in ([*about, order] if order else about, about):
        words = " · ".join(said)
        for day in days:
            if cell_len(words) + 3 + cell_len(day) <= left:
                return words, day
    return cut(words, max(0, left - 3 - cell_len(days[-1]))).rstrip(), days[-1]


def _workload(told: Overview, width: int) -> list[Piece]:
    """What each colleague carries; those for whom there is no room fall off whole, and dots say so."""
    pieces: list[Piece] = [(" " + _("Workload") + " ", DIM)]
    left = width - cell_len(pieces[0][0])
    for number, one in enumerate(told.workload, 1):
        own = carried(one, told.away)
        size = sum(cell_len(text) for text, _style in own)
        if size > left - (MORE_ROOM if number < len(told.workload) else 0):
            return [*pieces, (" …", DIM)]
        pieces, left = [*pieces, *own], left - size
    return pieces


def carried(one: Workload, away: Mapping[int, str]) -> list[Piece]:
    """What a colleague carries of what they may, for whom they cover, and whether they are `away`, by colleague."""
    text = f" {one.initials} {one.people}/{one.limit}·{one.demanding}/{one.demanding_limit}"
    own: list[Piece] = [(text + ("!" if one.over else " "), ALARM if one.over else PLAIN)]
    if one.covers:
        own.append((f"(+{', '.join(one.covers)})", WARN))
    if one.staff in away:
        cover = away[one.staff]
        own.append((_("(away, {cover})").format(cover=cover) if cover else _("(away)"), WARN))
    return own


def _day_words(today: date) -> tuple[str, ...]:
    weekday, day = short_weekday(today), format_date(today)
    whole = _("{weekday} {date}, week {week}").format(weekday=weekday, date=day, week=week(today))
    return whole, f"{weekday} {day}", f"{weekday} {short_date(today)}"
