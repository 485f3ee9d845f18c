"""The empty Textual app everything is compared with: the floor of the toolkit."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static

READY = "ready"


class EmptyApp(App[None]):
    """One line of text and no more."""

    def compose(self) -> ComposeResult:
        yield Static(READY)


if __name__ == "__main__":
    EmptyApp().run()
