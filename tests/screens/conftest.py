"""A small app for one screen, and sessions of colleagues on the same vault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from config.programme.shapes import Programme
from config.settings import Settings
from exin_tui.safe_app import SafeApp
from models.store import Store
from models.team import staff
from models.values.clock import Clock
from models.vault import sealed
from screens.frame.route import Route
from screens.frame.screen import HELP_OF, PALETTE_OF, CaseScreen
from tests.models.case_sample import COLLEAGUES, WEAK
from tests.screens.restrictions.sessions import Sessions

PRINTER = "exin-test-printer"
"""What a test calls a printer of its own."""


class Stage(SafeApp[None]):
    """Shows one screen; `answers` are what screens dismissed with, `asked` what was asked of the app.

    A route is noted with what it is called with, and leads nowhere, but to help and to the commands.
    """

    # Textual's own palette has a key of its own, before any screen's.
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, screen: CaseScreen[Any]) -> None:
        super().__init__(colour="ansi")
        self.locked = False
        self.shown = screen
        self.answers: list[Any] = []
        self.asked: list[tuple[Any, ...]] = []

    async def on_mount(self) -> None:
        await self.push_screen(self.shown, self.answers.append)

    async def go_back(self, screen: CaseScreen[Any]) -> None:
        self.asked.append(("back",))
        self.pop_screen()

    async def lock(self) -> None:
        self.asked.append(("lock",))

    async def take_back(self, screen: CaseScreen[Any]) -> None:
        from screens.everywhere.taking_back import take_back

        await take_back(screen)

    def remember(self, settings: Settings) -> None:
        self.shown.case.settings = settings

    async def do_again(self, screen: CaseScreen[Any]) -> None:
        from screens.everywhere.taking_back import do_again

        await do_again(screen)

    async def change_settings(self) -> None:
        self.asked.append(("settings",))

    async def open(self, route: Route[...], *args: Any) -> None:
        if route in (HELP_OF, PALETTE_OF):
            await self.push_screen(await route(self.shown.case, *args))
        else:
            self.asked.append((route, *args))

    def text(self) -> str:
        """What is on the screen now, as text."""
        lines = self.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)


@pytest.fixture(autouse=True)
def _alone_here(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Settings of this test's own, and no printer, whatever this machine has."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
    monkeypatch.setattr("config.printer._PROGRAM", PRINTER)


@pytest.fixture
def stage() -> Callable[[CaseScreen[Any]], Stage]:
    """Put a screen on a stage."""
    return Stage


@pytest.fixture
def sessions(
    store: Store, vault_folder: Path, clock: Clock, programme: Programme, _founded: tuple[Path, str]
) -> Iterator[Sessions]:
    """Open the vault for a colleague, who joins the team, or is given a key, when first asked for."""
    with ExitStack() as stack:

        def opened(user: str) -> Store:
            known = next((one for one in store.ask_now(staff.team) if one.user == user), None)
            if known is None or not known.slot:
                slot = store.unlocked.add_slot(user, _founded[1], role=COLLEAGUES[user][1], kdf=WEAK)
                if known is None:
                    store.change_now(staff.join, user, *COLLEAGUES[user], slot)
                else:
                    store.change_now(staff.move_slot, known.id, slot)
            other = Store(sealed.unlock(vault_folder, user, _founded[1]), clock, programme)
            stack.enter_context(closing(other))
            other.open()
            return other

        yield opened
