"""One phase's column on the board: a window on its cards, where its mark stands, and its head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from config.programme.shapes import Phase
from models.board import BoardCard
from screens.widgets.line import DIM, HEADING, PLAIN, Piece, cut

HEAD_LINES: Final = 2


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
