"""The locked screen: nothing of the case is on it, and nothing but the passphrase leads away from it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from textual import events
from textual.app import ComposeResult

from config.actions import Action
from config.errors import ExinError
from config.words import N_, _
from models.vault.errors import CannotUnlock
from screens.frame.case import Case
from screens.frame.screen import CaseScreen
from screens.textual_inside.workers import run_beside
from screens.widgets.line import ALARM, DIM
from screens.widgets.text_lines import TextLines, TitleLine
from screens.widgets.typed_line import TypedLine

PROGRAM: Final = "EX/IN"
PASSPHRASE_LIMIT: Final = 1024
WAITS: Final = (1, 2, 4)
"""Seconds after the first, the second and every later wrong passphrase."""


class LockScreen(CaseScreen[None]):
    """Covers everything until `unlock` accepts a passphrase, then dismisses; `unlock` raises ExinError otherwise.

    Shows the program's name and the user's alone.
    """

    CSS_PATH = "lock.tcss"
    SCOPE = "lock"
    HELP = N_("Write your passphrase and press Enter.")

    def __init__(self, case: Case, unlock: Callable[[str], Awaitable[None]]) -> None:
        super().__init__(case)
        self._unlock = unlock
        self._failures = 0
        self._may_quit = False

    @property
    def is_modal(self) -> bool:
        """No key reaches the app from here."""
        return True

    def bound(self) -> list[Action]:
        return [action for action in super().bound() if action.scope == self.SCOPE or action.id == "app.repaint"]

    def resting(self) -> str:
        return self.case.store.actor.user

    def body(self) -> ComposeResult:
        self._line = TypedLine(secret=True, limit=PASSPHRASE_LIMIT)
        self._said = TextLines()
        yield TitleLine(PROGRAM, self.case.store.actor.user)
        yield TextLines(_("Locked. Write your passphrase and press Enter."))
        yield self._line
        yield self._said

    async def on_mount(self) -> None:
        self._line.focus()
        # It may have come by itself, in the middle of a sentence: what is typed is for it once it is seen.
        self.call_after_refresh(self.shell.hear)

    def on_paste(self, event: events.Paste) -> None:
        """Keep nothing of what may be a passphrase."""
        event.stop()
        event.prevent_default()

    def on_input_changed(self) -> None:
        if self._line.value:
            self._may_quit = False
            self._said.show("")

    async def on_input_submitted(self) -> None:
        await self.action_act("lock.unlock")

    def action_unlock(self) -> None:
        """Try the passphrase; the line is emptied at every try and takes nothing while it is being tried."""
        passphrase = self._line.value
        if not passphrase or self._line.disabled:
            return
        self._line.value = ""
        self._line.disabled = True
        self._said.show(_("One moment …"), DIM)
        run_beside(self, partial(self._try, passphrase))

    async def _try(self, passphrase: str) -> None:
        try:
            await self._unlock(passphrase)
        except ExinError as error:
            wait = WAITS[min(self._failures, len(WAITS) - 1)]
            self._failures += 1
            # Whose session it is stands above; the name is not in question here. What else is in the way says so.
            self._said.show(_("Wrong passphrase.") if isinstance(error, CannotUnlock) else error.text, ALARM)
            self.set_timer(wait, self._listen)
        else:
            self.dismiss(None)

    def _listen(self) -> None:
        self._line.disabled = False
        self._line.focus()

    def action_quit(self) -> None:
        """Leave the program, at the second press in a row."""
        if self._may_quit:
            # Not by going back: that would take this screen away.
            self.app.exit()
            return
        self._may_quit = True
        key = self.case.keymap.shown("lock.quit", self.SCOPE)
        self._said.show(_("Press {key} once more to leave the program.").format(key=key))
