"""A new recovery key, shown once: nothing of it is kept, and whatever covers this screen takes it away."""

from __future__ import annotations

import asyncio
from typing import ClassVar, Final

from textual.app import ComposeResult

from config.actions import Action
from config.errors import ExinError
from config.words import N_, _
from models import users
from screens.frame.case import Case
from screens.frame.dialog import Dialog
from screens.widgets.line import ALARM, BOLD, DIM
from screens.widgets.text_lines import TextLines, TitleLine

HIDE_SECONDS: Final = 180.0
"""How long the key stands on the screen."""


class RecoveryKeyScreen(Dialog[bool]):
    """Shows `key` until it is written down; dismisses with whether it was."""

    SCOPE = "recovery"
    HELP: ClassVar[str] = N_("Write the key on paper, compare it group by group, and lay it where it is safe.")

    def __init__(self, case: Case, key: str) -> None:
        super().__init__(case)
        self._key = key

    def bound(self) -> list[Action]:
        # Nothing that opens another screen: it would take the key away before it is written down.
        kept = ("app.lock", "app.repaint")
        return [action for action in super().bound() if action.scope == self.SCOPE or action.id in kept]

    def body(self) -> ComposeResult:
        self._shown = TextLines(self._key, BOLD, id="recovery-key")
        self._told = TextLines(_("The former one opens nothing any more. This screen hides itself."), DIM)
        yield TitleLine(_("The new recovery key"))
        yield TextLines(_("This recovery key opens the vault when every passphrase is lost. It is shown once:"))
        yield TextLines(" ")
        yield self._shown
        yield TextLines(" ")
        yield self._told

    async def on_mount(self) -> None:
        self.set_timer(HIDE_SECONDS, self._hide)
        try:
            await asyncio.to_thread(users.witness_recovery_key, self.case.store)
        except ExinError as error:
            self.say(error.text, warn=True)

    def _hide(self) -> None:
        if self._key:
            self._key = ""
            self._shown.show("")
            self._told.show(_("The key was hidden. If it is not written down, make another one."), ALARM)
            self.draw_foot()

    async def on_screen_suspend(self) -> None:
        self._hide()

    async def action_written(self) -> None:
        """It is written down."""
        if self._key:
            await asyncio.to_thread(users.recovery_key_seen, self.case.store)
        self.dismiss(bool(self._key))

    def action_close(self) -> None:
        """Close without having written it down."""
        self.dismiss(False)
