"""The app as the screens know it: what only it can do."""

from __future__ import annotations

from typing import Any, ParamSpec, Protocol

from textual.screen import Screen

from config.settings import Settings
from screens.frame.route import Route

P = ParamSpec("P")


class Shell(Protocol):
    """While it is `locked`, no screen below shows anything."""

    locked: bool

    async def open(self, route: Route[P], *args: P.args, **kwargs: P.kwargs) -> None:
        """Show the screen a route leads to; the one it was opened from is told when it is left."""

    async def go_back(self, screen: Screen[Any]) -> None:
        """Leave `screen`; from the first screen, leave the program."""

    def repaint_all(self) -> None:
        """Draw the whole terminal again."""

    async def lock(self) -> None:
        """Close the vault and cover the screen until the passphrase is given."""

    async def change_settings(self) -> None:
        """Open the settings; what was changed holds at once."""

    def remember(self, settings: Settings) -> None:
        """Have settings that were changed by doing hold, and the next time too where they can be written."""

    def forget_ahead(self) -> None:
        """Forget what was typed ahead: it was meant for what did not come."""

    def deafen(self) -> None:
        """Forget what was typed ahead and what is typed until `hear`: nobody has seen yet what it would start."""

    def hear(self) -> None:
        """Take keys again, now that what they start stands on the screen."""

    def put_aside(self, text: str) -> None:
        """Keep a text that nothing takes, for the key that pastes."""

    async def take_back(self, screen: Screen[Any]) -> None:
        """Take back the person's last change; `screen` is asked and told."""

    async def do_again(self, screen: Screen[Any]) -> None:
        """Do again what the person took back last; `screen` is asked and told."""
