"""The app as the screens know it: what they may ask of it."""

from __future__ import annotations

from typing import Any, ParamSpec, Protocol

from textual.screen import Screen

from screens.frame.route import Route

P = ParamSpec("P")


class Shell(Protocol):
    """What only the app around a screen can do."""

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

    async def take_back(self, screen: Screen[Any]) -> None:
        """Take back the person's last change; `screen` is asked and told."""
