"""Every command of a screen, found by typing part of its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from rich.cells import cell_len
from textual.app import ComposeResult

from config.words import N_, _
from models.values.text import fold
from screens.everywhere.commands import Command, commands
from screens.frame.case import Case
from screens.frame.dialog import Dialog
from screens.frame.moving import ListKeys
from screens.frame.screen import CaseScreen
from screens.widgets.line import BOLD, DIM, PLAIN, WARN, Piece, cut
from screens.widgets.text_lines import TitleLine
from screens.widgets.typed_line import TypedLine
from screens.widgets.windowed_list import WindowedList

MOST_LABEL: Final = 30


class PaletteScreen(ListKeys, Dialog[None]):
    """What can be done from the screen `of`, by key or not; the one chosen is done after closing."""

    CSS_PATH = "palette.tcss"
    SCOPE = "palette"
    HELP = N_(
        "Write part of what you want to do or see, in your own words, and press Enter: a command, a screen, or a kind "
        "of entry. Where it cannot be done now, the reason stands beside it."
    )

    def __init__(self, case: Case, of: CaseScreen[Any]) -> None:
        super().__init__(case)
        self._of = of
        self._all = commands(of)
        self._label = min(MOST_LABEL, max((cell_len(one.label) for one in self._all), default=0) + 3)
        self._key = max((cell_len(one.key) for one in self._all), default=0) + 2
        self.moving = WindowedList(self._draw_action, empty=_("No command is called that."), always_marked=True)

    def body(self) -> ComposeResult:
        self._line = TypedLine(limit=60)
        yield TitleLine(_("Commands"))
        yield self._line
        yield self.moving

    def _draw_action(self, row: Command, width: int, part: int) -> Sequence[Piece]:
        """A command with its keys; one that cannot be done now says why in place of what it does."""
        reason = row.refusal()
        return [
            (cut(" " + row.label, self._label), DIM if reason else BOLD),
            (cut(row.key, self._key), PLAIN),
            (reason, WARN) if reason else (row.explain, DIM),
        ]

    async def on_mount(self) -> None:
        self._line.focus()
        await self._find("")

    async def on_input_changed(self) -> None:
        await self._find(self._line.value)

    async def _find(self, text: str) -> None:
        """List what holds every part of `text`, those whose name begins with it first."""
        wanted = fold(text).split()
        named = [(fold(one.label), fold(one.explain), one) for one in self._all]
        in_name = [one for name, _text, one in named if all(part in name for part in wanted)]
        in_name.sort(key=lambda one: not fold(one.label).startswith(fold(text).strip()))
        in_text = [
            one
            for name, explained, one in named
            if one not in in_name and all(part in f"{name} {one.words} {explained}" for part in wanted)
        ]
        await self.moving.show_rows(in_name + in_text, mark=0)
        self.draw_foot()

    def on_windowed_list_marked(self) -> None:
        self.draw_foot()

    def why_not(self, action_id: str) -> str:
        if action_id == "palette.run":
            chosen = self.moving.row
            return chosen.refusal() if chosen else _("No command is called that.")
        return super().why_not(action_id)

    async def on_input_submitted(self) -> None:
        await self.action_act("palette.run")

    def action_run(self) -> None:
        """Close, and do what stands under the mark."""
        chosen = self.moving.row
        if chosen is not None:
            self.dismiss(None)
            self._of.call_later(chosen.run)
