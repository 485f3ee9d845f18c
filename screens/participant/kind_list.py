"""The kinds of entry with their letters, in two columns: a letter chooses, and so do the arrows with Enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from config.programme.shapes import EntryKind
from screens.widgets.line import BOLD, MARK, PLAIN, Piece, cut, strip

COLUMNS = 2


class KindList(Widget, can_focus=True):
    """Kinds fill the first column, then the second."""

    @dataclass
    class Chosen(Message):
        """A kind was chosen."""

        kind: str

    def __init__(self, kinds: Sequence[EntryKind]) -> None:
        super().__init__()
        self.kinds = tuple(kinds)
        self.mark = 0

    @property
    def _rows(self) -> int:
        return -(-len(self.kinds) // COLUMNS)

    def on_key(self, event: events.Key) -> None:
        """Take what chooses or moves; every other key goes on to the form."""
        letter = (event.character or "").lower()
        steps = {"up": -1, "down": 1, "left": -self._rows, "right": self._rows}
        chosen = next((kind.id for kind in self.kinds if event.is_printable and kind.key == letter), "")
        if event.key in steps:
            self.mark = max(0, min(self.mark + steps[event.key], len(self.kinds) - 1))
            self.refresh()
        elif event.key in ("enter", "space") and self.kinds:
            self.post_message(self.Chosen(self.kinds[self.mark].id))
        elif chosen:
            self.post_message(self.Chosen(chosen))
        elif not event.is_printable:
            return
        event.stop()
        event.prevent_default()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        pieces: list[Piece] = []
        for column in range(COLUMNS):
            index = column * self._rows + y
            if y < self._rows and index < len(self.kinds):
                kind = self.kinds[index]
                room = max(0, width // COLUMNS - 5)
                style = MARK if index == self.mark and self.has_focus else PLAIN
                pieces += [(f"  {kind.key or ' '} ", BOLD), (cut(f" {kind.name}", room), style), (" ", PLAIN)]
        return strip(pieces, width)
