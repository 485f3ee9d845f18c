"""The board as columns, one a phase: each column a window on as many cards as there are, drawn line by line."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from config.errors import ExinError
from config.programme.shapes import Phase
from models.board import BoardCard
from screens.board.cards import NARROW_LINES, WIDE_FROM, WIDE_LINES, column_line
from screens.textual_inside.workers import run_beside
from screens.widgets.line import DIM, HEADING, PLAIN, Piece, cut, strip
from screens.widgets.moved import Moved
from screens.widgets.windowed_list import WindowedList

HEAD_LINES: Final = 2
NARROWEST: Final = 19
AHEAD: Final = 16
AHEAD_SECONDS: Final = 0.25

Windows = Mapping[int, tuple[int, int]]
FetchCards = Callable[[Windows], Awaitable[Mapping[int, Sequence[BoardCard]]]]


@dataclass
class Column:
    """One phase's column: how many cards, where its mark and its top are, and the cards that are here."""

    phase: Phase
    count: int = 0
    mark: int = 0
    top: int = 0
    start: int = 0
    cards: Sequence[BoardCard] = ()

    def card(self, index: int) -> BoardCard | None:
        """A card by its number in the column, None while it is not here."""
        place = index - self.start
        return self.cards[place] if 0 <= place < len(self.cards) else None

    def has(self, first: int, last: int) -> bool:
        """Whether the cards `first` to before `last` are here."""
        return self.start <= first and min(last, self.count) <= self.start + len(self.cards)

    def keep_in_sight(self, fit: int) -> None:
        """Move the top so that the mark is among the `fit` cards there is room for."""
        if self.mark < self.top:
            self.top = self.mark
        elif self.mark >= self.top + fit:
            self.top = self.mark - fit + 1
        self.top = max(0, min(self.top, self.count - fit))

    def head(self, y: int, width: int, *, hidden: bool) -> Sequence[Piece]:
        """A line of the head: the phase with how many cards, then a rule; `hidden` where columns stand before it."""
        if y > 0:
            return [(" " + "─" * width, DIM)]
        before = "‹ " if hidden else ""
        title = cut(f"{before}{self.phase.number} {self.phase.short}", width - len(str(self.count)) - 1)
        return [(" ", PLAIN), (title, HEADING), (f" {self.count}", DIM)]


class BoardColumns(Moved, Widget, can_focus=True):
    """All phases side by side; the mark moves between cards and columns, and asks for cards ahead of itself.

    `today`, `private` and `empty` are set by the screen before it shows cards.
    """

    DEFAULT_CSS = "BoardColumns { height: 1fr; width: 1fr; }"

    @dataclass
    class Marked(Message):
        """The mark stands on another card."""

        columns: BoardColumns

    def __init__(self, phases: Sequence[Phase], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.columns = [Column(phase) for phase in phases]
        self.at = 0
        self.first = 0
        self.private = False
        self.together: tuple[int, ...] = ()
        self.today = date.min
        self.empty = ""
        self._fetch: FetchCards | None = None
        self._generation = 0
        self._drawn: dict[int, dict[int, Strip]] = {}
        self._drawn_for = Size(0, 0)
        self._lines: int | None = None
        self._edges: dict[int, tuple[int, int]] = {}

    async def show(self, counts: Mapping[int, int], fetch: FetchCards, keep: tuple[int, int] | None) -> None:
        """Show other cards; `keep` is the (phase, offset) where the mark is to stand."""
        self._generation += 1
        self._fetch = fetch
        for column in self.columns:
            column.count = counts.get(column.phase.number, 0)
        self._measure_anew()
        for number, column in enumerate(self.columns):
            if keep is not None and keep[0] == column.phase.number:
                self.at, column.mark = number, keep[1]
            column.mark = max(0, min(column.mark, column.count - 1))
            column.keep_in_sight(self._fit())
        if keep is None and not self.columns[self.at].count:
            self.at = next((place for place, column in enumerate(self.columns) if column.count), 0)
        self._slide()
        # Those in sight first; what the mark may come to is fetched when they are drawn.
        await self._load(self.columns, ahead=0)
        self.post_message(self.Marked(self))
        self.set_timer(AHEAD_SECONDS, lambda: run_beside(self, partial(self._load_beside, self.columns, drawn=True)))

    @property
    def card(self) -> BoardCard | None:
        """The card under the mark, None where there is none."""
        column = self.columns[self.at]
        return column.card(column.mark) if column.count else None

    # ------------------------------------------------------------------ moving

    def move(self, rows: int) -> None:
        self.go(self.columns[self.at].mark + rows)

    def go(self, index: int) -> None:
        column = self.columns[self.at]
        index = max(0, min(index, column.count - 1))
        if index == column.mark:
            return
        before, top = column.mark, column.top
        column.mark = index
        column.keep_in_sight(self._fit())
        if column.top != top:
            self.refresh(self._region(self.at))
        else:
            self._refresh_mark(self.at, before)
            self._refresh_mark(self.at, index)
        self._want(column)
        self.post_message(self.Marked(self))

    def step(self, columns: int) -> None:
        """Move the mark to the next column that has cards, `columns` being 1 or -1."""
        place = self.at + columns
        while 0 <= place < len(self.columns) and not self.columns[place].count:
            place += columns
        if not 0 <= place < len(self.columns):
            return
        before, first, self.at = self.at, self.first, place
        self._slide()
        if first != self.first:
            self.refresh()
        else:
            self._refresh_mark(before, self.columns[before].mark)
            self._refresh_mark(place, self.columns[place].mark)
        self.post_message(self.Marked(self))

    # ------------------------------------------------------------------ measures

    @property
    def _shown(self) -> int:
        """How many columns there is room for."""
        return max(1, min(len(self.columns), self.size.width // NARROWEST))

    def _slide(self) -> None:
        """Bring the marked column into sight where not all fit side by side."""
        if not self.size.width:
            return
        self.first = max(min(self.first, self.at), self.at - self._shown + 1, 0)
        self.first = min(self.first, len(self.columns) - self._shown)

    def _edge(self, place: int) -> tuple[int, int]:
        """The left edge and the width of a column in sight; the widths differ by one cell at most."""
        found = self._edges.get(place)
        if found is None:
            nth, shown, width = place - self.first, self._shown, self.size.width
            left = nth * width // shown
            found = self._edges[place] = left, (nth + 1) * width // shown - left
        return found

    def _measure_anew(self) -> None:
        """Forget what was measured and drawn: the size, the cards or the columns in sight are others."""
        self._drawn.clear()
        self._edges.clear()
        self._lines = None

    def _card_lines(self) -> int:
        if self._lines is None:
            fullest = max((column.count for column in self.columns), default=0)
            roomy = (self.size.height - HEAD_LINES) // (NARROW_LINES + 1) >= fullest
            wide = self.size.width // self._shown - 2 >= WIDE_FROM
            self._lines = WIDE_LINES + 1 if wide else NARROW_LINES + roomy
        return self._lines

    def _fit(self) -> int:
        return max(1, (self.size.height - HEAD_LINES) // self._card_lines())

    @property
    def page(self) -> int:
        return max(1, self._fit() - 1)

    def _region(self, place: int) -> Region:
        self._drawn.pop(place, None)
        left, width = self._edge(place)
        return Region(left, 0, width, self.size.height)

    def _refresh_mark(self, place: int, index: int) -> None:
        left, _width = self._edge(place)
        lines = self._card_lines()
        line = HEAD_LINES + (index - self.columns[place].top) * lines
        for y in range(line, line + lines):
            self._drawn.get(place, {}).pop(y, None)
        self.refresh(Region(left, line, 1, lines))

    # ------------------------------------------------------------------ fetching

    def _want(self, column: Column) -> None:
        if not column.has(column.top, column.top + self._fit()):
            run_beside(self, partial(self._load_beside, [column]))

    async def _load_beside(self, columns: Sequence[Column], *, drawn: bool = False) -> None:
        """As `_load`, where nobody waits for the answer: an error is told to the screen."""
        try:
            await self._load(columns, drawn=drawn)
        except ExinError as error:
            self.post_message(WindowedList.Unread(self, error))

    async def _load(self, columns: Sequence[Column], *, ahead: int = AHEAD, drawn: bool = False) -> None:
        """Fetch the cards in sight of `columns` and so many beside them; `drawn` says that those in sight stand."""
        fetch, generation = self._fetch, self._generation
        if fetch is None:
            return
        fit = max(self._fit(), 8)
        windows = {
            column.phase.number: (max(0, column.top - ahead), fit + 2 * ahead) for column in columns if column.count
        }
        found = await fetch(windows) if windows else {}
        if generation != self._generation:
            return
        for column in columns:
            start, limit = windows.get(column.phase.number, (0, 0))
            if drawn and not start <= column.top <= start + limit - fit:
                # The mark went further meanwhile, and its own cards are here or on their way.
                continue
            column.start, column.cards = start, found.get(column.phase.number, ())
        if not drawn:
            self.refresh()

    def on_resize(self) -> None:
        self._measure_anew()
        self._slide()
        for column in self.columns:
            column.keep_in_sight(self._fit())
            self._want(column)

    # ------------------------------------------------------------------ drawing

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> BoardColumns:
        """As every widget's; what is kept of the lines is dropped where it does not hold any more."""
        if not regions:
            self._measure_anew()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_line(self, y: int) -> Strip:
        size = self.size
        if size != self._drawn_for:
            self._measure_anew()
            # A wider screen may be drawn before it is told of: fewer columns then stand before those in sight.
            self._slide()
            self._drawn_for = size
        if y == HEAD_LINES and not self.columns[self.at].count:
            return strip([(" " + self.empty, DIM)], size.width)
        shown = range(self.first, self.first + self._shown)
        return Strip.join([self._part(place, y) for place in shown])

    def _part(self, place: int, y: int) -> Strip:
        """One column's part of a line, kept until that column changes: a mark moves in one column of many."""
        kept = self._drawn.setdefault(place, {})
        found = kept.get(y)
        if found is None:
            width = self._edge(place)[1]
            found = kept[y] = strip(self._cell(place, self.columns[place], y, width, self._card_lines()), width)
        return found

    def _cell(self, place: int, column: Column, y: int, width: int, lines: int) -> Sequence[Piece]:
        inner = width - 2
        if y < HEAD_LINES:
            return column.head(y, inner, hidden=place == self.first > 0)
        index, part = divmod(y - HEAD_LINES, lines)
        index += column.top
        if index >= column.count:
            return []
        marked = place == self.at and index == column.mark
        card = column.card(index)
        gutter = "▌" if marked else " "
        if card is None:
            return [(gutter, PLAIN), ("…" if part == 0 else "", DIM)]
        written = NARROW_LINES if width - 2 < WIDE_FROM else WIDE_LINES
        if part >= written:
            return []
        chosen = card.participant in self.together
        return [(gutter, PLAIN), *column_line(card, part, inner, self.today, self.private, marked=chosen)]
