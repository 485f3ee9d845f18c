"""The board as a list under phase headings, for a narrow terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.board import BoardCard
from screens.board.cards import list_line
from screens.widgets.line import Piece
from screens.widgets.windowed_list import WindowedList


class BoardList(WindowedList[BoardCard]):
    """One line a participant; `today` and `private` are set by the screen before it shows rows."""

    today = date.min
    private = False

    def draw_row(self, row: BoardCard, width: int, part: int) -> Sequence[Piece]:
        return list_line(row, width, self.today, self.private)
