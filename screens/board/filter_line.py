"""The line in which the board's filter is typed, and beside it what its words stand for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from config.words import _
from models.board_filter import KINDS, Meaning
from screens.widgets.line import DIM
from screens.widgets.lines import Lines

NAMED_AT_MOST: Final = 2
"""So many names of a kind are told of a word; the rest are counted."""


class FilterLine(Horizontal):
    """Shown while something is typed in it, or is kept."""

    DEFAULT_CSS = "FilterLine { height: 1; } FilterLine Input { width: 26; }"

    def __init__(self) -> None:
        super().__init__(id="board-filter")
        self.field = Input(compact=True, placeholder=self.wanted())
        self.field.cursor_blink = False
        self._meant = Lines(1)

    @staticmethod
    def wanted() -> str:
        """What may be typed, in the language in force."""
        return _("name, colleague, prison …")

    def compose(self) -> ComposeResult:
        yield self.field
        yield self._meant

    def tell(self, meanings: Sequence[Meaning], *, private: bool) -> None:
        """Say what the words stand for; while names are hidden not what was typed, which may be one."""
        self.field.password = private
        told = [(one.word, _told(one)) for one in meanings if one.names]
        text = " · ".join(what if private else f"{word}: {what}" for word, what in told)
        self._meant.show([[(" " + text, DIM)]])


def _told(meaning: Meaning) -> str:
    parts = []
    for kind, names in meaning.names.items():
        more = len(names) - NAMED_AT_MOST
        few = ", ".join(names[:NAMED_AT_MOST]) + (f" +{more}" if more > 0 else "")
        parts.append(_(KINDS[kind]).format(names=few))
    return " / ".join(parts)
