"""A text of a few lines that is written into the case by the prompt itself: it wraps, and Enter writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.widget import Widget

from config.words import N_
from screens.forms.draft_prompt import KeptPrompt, Write
from screens.forms.line_fields import About
from screens.forms.templates import Writing
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.widgets.line import DIM


class FewLines(TextBox):
    """A field for text of which three lines or more are seen; Enter is not its own: it writes what stands here."""

    DEFAULT_CSS = """
    FewLines, FewLines:focus {
        border: none; padding: 0; margin: 1 1 0 1; height: 15%; min-height: 3; background: transparent;
        scrollbar-size-vertical: 1;
    }
    """

    async def on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.prevent_default()

    def veil(self, veiled: bool) -> None:
        """Show dots; what is typed goes in all the same."""
        self.veiled = veiled
        self.refresh()


class KeptText(KeptPrompt):
    """As `KeptPrompt`, with a text of at most `limit` characters."""

    SCOPE = "writing"
    HELP: ClassVar[str] = N_(
        "Write and press Enter. The text wraps, Ctrl+N begins a new line, and a long one is scrolled. What you leave "
        "with Esc, or when the connection is lost, is kept and offered again."
    )

    def __init__(
        self, case: Case, question: str, write: Write, form: str, subject: int, *, limit: int, label: str,
        beside: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(case, question, write, form, subject, beside=beside)
        self._box = FewLines(About("text", label), limit=limit)

    def field(self) -> Widget:
        return self._box

    @property
    def written(self) -> str:
        return self._box.text

    def fill(self, text: str) -> None:
        self._box.put(text)

    def veil(self, veiled: bool) -> None:
        self._box.veil(veiled)

    @property
    def writing(self) -> Writing:
        return self._box

    def on_form_field_edited(self) -> None:
        self.below.show(self._box.hint or self.hint, DIM)
        self._keeper.soon()

    def action_new_line(self) -> None:
        """Begin a new line."""
        self._box.insert("\n")
