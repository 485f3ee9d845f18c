"""How a screen comes up over another, and what is done when it has closed."""

from __future__ import annotations

from typing import Any, cast

from textual.screen import Screen

from config.words import _
from exin_tui.safe_app import SafeApp
from screens.frame.case import Case
from screens.frame.screen import CaseScreen
from screens.widgets.key_line import SaidLine


class Showing(SafeApp[None]):
    """The app as far as it shows screens of a case; `case` is set by whoever knows the vault."""

    case: Case

    async def _installed(self, name: str, kind: type[CaseScreen[Any]]) -> CaseScreen[Any]:
        if not self.is_screen_installed(name):
            self.install_screen(kind(self.case), name)
        return cast(CaseScreen[Any], self.get_screen(name))

    async def _push_installed(self, name: str, kind: type[CaseScreen[Any]]) -> None:
        await self._bring_up(await self._installed(name, kind))

    async def _bring_up(self, kept: CaseScreen[Any]) -> None:
        """Show a kept screen: over the present one, or by going back to it where it lies below."""
        if kept in self.screen_stack:
            await self._pop_to(kept)
        else:
            await self.push_screen(kept)

    async def _pop_to(self, screen: Screen[Any]) -> None:
        while self.screen is not screen:
            await self.pop_screen()

    async def _after_screen(self, _result: object) -> None:
        """Back on a screen from one in which everything was saved as it was written."""
        if isinstance(self.screen, CaseScreen):
            await self.screen.catch_up()

    async def _after_form(self, saved: object) -> None:
        """Say that something was saved; the screen that is in front again reads it by itself."""
        screen = self.screen
        # What the form has said itself tells more.
        if saved and isinstance(screen, CaseScreen) and not screen.query_one(SaidLine).said:
            screen.say(_("Saved."))
