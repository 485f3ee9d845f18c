"""One line to type in, cheap on the wire: no border, no blinking, nothing copied out of it when it is secret."""

from __future__ import annotations

from textual import events
from textual.message import Message

from screens.widgets.filled_line import FilledLine


class TypedLine(FilledLine):
    """Textual's Input in one line of `limit` characters, 0 for any number.

    `secret` shows dots and never gives its text to a clipboard. Lines that are pasted are put one after the other.
    """

    DEFAULT_CSS = "TypedLine { margin: 0 1; }"

    class Full(Message):
        """More was typed or pasted than fits, and not put in."""

    def __init__(self, value: str = "", *, secret: bool = False, limit: int = 200, id: str | None = None) -> None:
        super().__init__(value, password=secret, max_length=limit, compact=True, select_on_focus=False, id=id)
        self.cursor_blink = False

    def restricted(self) -> None:
        """Say that nothing more fits, where Textual would ring a bell."""
        self.post_message(self.Full())

    def on_paste(self, event: events.Paste) -> None:
        """Put in what was pasted: of a secret its first line as it is, else all lines, each less its ends."""
        event.stop()
        event.prevent_default()
        lines = event.text.splitlines()
        # A passphrase may begin or end with a space.
        text = "".join(lines[:1]) if self.password else " ".join(line.strip() for line in lines if line.strip())
        self.replace(text, *self.selection)

    def action_paste(self) -> None:
        """Put in what was put aside, as if it were pasted."""
        self.on_paste(events.Paste(self.app.clipboard))

    def action_copy(self) -> None:
        if not self.password:
            super().action_copy()

    def action_cut(self) -> None:
        if not self.password:
            super().action_cut()
