"""The kinds of entry with their letters, in two columns: a letter chooses, and so do the arrows with Enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from config.programme.shapes import EntryKind, QuickRecord
from screens.widgets.line import BOLD, MARK, PLAIN, Piece, cut, strip

COLUMNS = 2


class KindList(Widget, can_focus=True):
    """Kinds fill the first column, then the second; below, in the same way, what has a key because it is frequent."""

    @dataclass
    class Chosen(Message):
        """A kind was chosen, or one of what is recorded most."""

        chosen: EntryKind | QuickRecord

    def __init__(self, kinds: Sequence[EntryKind], quick: Sequence[QuickRecord] = ()) -> None:
        super().__init__()
        self.kinds = tuple(kinds)
        self.lines: list[list[EntryKind | QuickRecord]] = [*_lines(kinds), *([[], *_lines(quick)] if quick else [])]
        self.row, self._wanted = 0, 0

    @property
    def column(self) -> int:
        """The column of the mark; a shorter line between two others does not move it for good."""
        return min(self._wanted, len(self.lines[self.row]) - 1)

    def on_key(self, event: events.Key) -> None:
        """Take what chooses or moves; every other key goes on to the form."""
        steps = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
        if event.key in steps:
            self._move(*steps[event.key])
        elif event.key in ("enter", "space") and self.kinds:
            self.post_message(self.Chosen(self.lines[self.row][self.column]))
        elif event.is_printable and event.character:
            self._choose(event.character)
        else:
            return
        event.stop()
        event.prevent_default()

    def _choose(self, letter: str) -> None:
        """What has this key; a capital letter that is nobody's own is a kind's, as where capitals are locked."""
        every = {one.key: one for line in self.lines for one in line if one.key}
        if chosen := every.get(letter) or every.get(letter.lower()):
            self.post_message(self.Chosen(chosen))

    def _move(self, down: int, right: int) -> None:
        row = self.row + down
        if 0 <= row < len(self.lines) and not self.lines[row]:
            row += down
        if 0 <= row < len(self.lines):
            self.row = row
        if right:
            self._wanted = max(0, min(self._wanted + right, COLUMNS - 1))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        pieces: list[Piece] = []
        for column, one in enumerate(self.lines[y] if y < len(self.lines) else ()):
            room = max(0, width // COLUMNS - 5)
            style = MARK if self.has_focus and (y, column) == (self.row, self.column) else PLAIN
            pieces += [(f"  {one.key or ' '} ", BOLD), (cut(f" {one.name}", room), style), (" ", PLAIN)]
        return strip(pieces, width)


def _lines(these: Sequence[EntryKind | QuickRecord]) -> list[list[EntryKind | QuickRecord]]:
    """They, going down the columns one after the other."""
    rows = -(-len(these) // COLUMNS)
    return [list(these[row::rows]) for row in range(rows)]
