"""Every command of a screen, found by typing part of its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from textual.app import ComposeResult

from config.actions import Action
from config.words import N_, _
from models.values.text import fold
from screens.frame.case import Case
from screens.frame.dialog import Dialog
from screens.frame.moving import ListKeys
from screens.frame.screen import CaseScreen
from screens.widgets.line import BOLD, DIM, PLAIN, WARN, Piece, cut
from screens.widgets.text_lines import TitleLine
from screens.widgets.typed_line import TypedLine
from screens.widgets.windowed_list import WindowedList


class PaletteScreen(ListKeys, Dialog[None]):
    """The same actions as the keys of the screen `of`, and no more; the one chosen is done after closing."""

    CSS_PATH = "palette.tcss"
    SCOPE = "palette"
    HELP = N_(
        "Write part of a command's name and press Enter to do it. Where it cannot be done now, the reason stands "
        "beside it."
    )

    def __init__(self, case: Case, of: CaseScreen[Any]) -> None:
        super().__init__(case)
        self._of = of
        self._all = [action for action in of.actions() if action.palette]
        self._label = max((cell_len(_(action.label)) for action in self._all), default=0) + 3
        self._key = max((cell_len(self._key_of(action)) for action in self._all), default=0) + 2
        self.moving = WindowedList(self._draw_action, empty=_("No command is called that."), always_marked=True)

    def body(self) -> ComposeResult:
        self._line = TypedLine(limit=60)
        yield TitleLine(_("Commands"))
        yield self._line
        yield self.moving

    def _key_of(self, action: Action) -> str:
        return self.case.keymap.shown(action.id, self._of.SCOPE)

    def _draw_action(self, row: Action, width: int, part: int) -> Sequence[Piece]:
        """An action with its keys; one that cannot be done now says why in place of what it does."""
        reason = self._of.refusal(row.id)
        return [
            (cut(" " + _(row.label), self._label), DIM if reason else BOLD),
            (cut(self._key_of(row), self._key), PLAIN),
            (reason, WARN) if reason else (_(row.explain), DIM),
        ]

    async def on_mount(self) -> None:
        self._line.focus()
        await self._find("")

    async def on_input_changed(self) -> None:
        await self._find(self._line.value)

    async def _find(self, text: str) -> None:
        """List what holds every part of `text`, those whose name begins with it first."""
        wanted = fold(text).split()
        named = [(fold(_(action.label)), fold(_(action.explain)), action) for action in self._all]
        in_name = [action for name, _text, action in named if all(part in name for part in wanted)]
        in_name.sort(key=lambda action: not fold(_(action.label)).startswith(fold(text).strip()))
        in_text = [
            action
            for name, explained, action in named
            if action not in in_name and all(part in f"{name} {explained}" for part in wanted)
        ]
        await self.moving.show_rows(in_name + in_text, mark=0)
        self.draw_foot()

    def on_windowed_list_marked(self) -> None:
        self.draw_foot()

    def why_not(self, action_id: str) -> str:
        if action_id == "palette.run":
            chosen = self.moving.row
            return self._of.refusal(chosen.id) if chosen else _("No command is called that.")
        return super().why_not(action_id)

    async def on_input_submitted(self) -> None:
        await self.action_act("palette.run")

    def action_run(self) -> None:
        """Close, and do what stands under the mark."""
        chosen = self.moving.row
        if chosen is not None:
            self.dismiss(None)
            self._of.call_later(self._of.action_act, chosen.id)
