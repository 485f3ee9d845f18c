"""One line to type in, cheap on the wire: no border, no blinking, nothing copied out of it when it is secret."""

from __future__ import annotations

from textual.widgets import Input


class TypedLine(Input):
    """Textual's Input in one line; `secret` shows dots and never gives its text to a clipboard."""

    DEFAULT_CSS = "TypedLine { margin: 0 1; }"

    def __init__(self, value: str = "", *, secret: bool = False, limit: int = 200, id: str | None = None) -> None:
        super().__init__(value, password=secret, max_length=limit, compact=True, select_on_focus=False, id=id)
        self.cursor_blink = False

    def action_copy(self) -> None:
        if not self.password:
            super().action_copy()

    def action_cut(self) -> None:
        if not self.password:
            super().action_cut()
