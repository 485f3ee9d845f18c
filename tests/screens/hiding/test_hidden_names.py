"""While names are hidden no screen prints anybody's, whatever is written there and however they were hidden."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from config.settings import Settings
from exin_tui.app import ExinApp
from models.store import Store
from models.values.clock import Clock
from screens.board.screen import BoardScreen
from screens.forms.line_fields import HIDDEN
from screens.frame.chooser import ChooserScreen, Option
from screens.frame.destinations import PARTICIPANT
from screens.frame.prompt import PromptScreen
from screens.frame.route import Route
from screens.frame.screen import CaseScreen
from tests.models.roles.canaries import CANARY
from tests.screens.board.test_board import words_on
from tests.screens.walk import CODE, IDS, OF_RELATIVES, RELATIVE, ROOMS, ROUTES, back_to, person, walk

__all__ = ["person"]
TEAM = Settings(language="nb", board_scope="team", board_view="list")


def telling(text: str) -> list[str]:
    """The lines that tell a name, or what its first letters are where it is cut."""
    return [line.strip() for line in text.split("\n") if CANARY[:5] in line.casefold()]


def assert_no_name(seen: Mapping[str, str]) -> None:
    """Of what was seen, by what led there, nothing tells a name."""
    told = [f"{where}: {line}" for where, text in seen.items() for line in telling(text)]
    assert not told, "\n".join(told)


@pytest.mark.slow
@pytest.mark.parametrize("room", ROOMS)
async def test_no_screen_tells_a_name_once_they_are_hidden(store: Store, clock: Clock, person: int, room: str) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 50)) as pilot:

        async def look() -> None:
            await pilot.press("f8")
            assert app.case.private
            seen = {"f8": words_on(app)}
            for key in ("down", "pagedown", "home", "tab", "enter", "escape", "escape", "escape"):
                if isinstance(app.screen, BoardScreen):
                    break  # Esc would end the session
                await pilot.press(key)
                await pilot.pause()
                seen[f"{key} {len(seen)} {type(app.screen).__name__}"] = words_on(app)
            assert await back_to(app, pilot, app.screen_stack[0])
            await pilot.press("f8")
            assert not app.case.private
            assert_no_name(seen)

        await walk(app, pilot, room, look)


NEVER = {"app.lock", "app.quit_or_back", "app.privacy", "app.repaint"}
STAYS = {"app.help", "app.palette", "app.search", "app.settings", "app.passphrase", "app.drafts", "app.open_restricted"}
"""What is pressed on the board alone; what moves, closes or hides is pressed by the other test."""
MOVES = {"up", "down", "page_up", "page_down", "first", "last", "close", "back", "next", "prev"}
OF_ROUTES = {route.load() for route, _given in ROUTES if isinstance(route.load(), type)}


def keys_of(screen: CaseScreen[Any]) -> list[tuple[str, str]]:
    """The actions that can be started here, with a key of each."""
    found = []
    for one in screen.actions():
        elsewhere = one.id in STAYS and not isinstance(screen, BoardScreen)
        if not elsewhere and one.id not in NEVER and one.id.partition(".")[2] not in MOVES:
            found.append((one.id, screen.case.keymap.holding(one.id, screen.SCOPE)[0]))
    return found


async def answered(app: ExinApp, pilot: Any, seen: dict[str, str], path: str) -> None:
    """Answer what is asked, and note what is shown on the way."""
    for step in range(4):
        seen[f"{path} {step} {type(app.screen).__name__}"] = words_on(app)
        if isinstance(app.screen, PromptScreen):
            await pilot.press("end", *"1.12.2026", "enter")
        elif isinstance(app.screen, ChooserScreen):
            await pilot.press("space", "enter")
        else:
            return
        await pilot.pause()


@pytest.mark.slow
@pytest.mark.parametrize(("route", "given"), [(None, ()), *ROUTES], ids=["board", *IDS])
async def test_no_key_of_a_screen_leads_to_a_name_while_they_are_hidden(
    store: Store, clock: Clock, person: int, route: Route[...] | None, given: tuple[Any, ...]
) -> None:
    """Each key of each screen that a route leads to, and each of those screens that only such a key leads to."""
    app = ExinApp(replace(TEAM, private=True), store, clock)
    seen: dict[str, str] = {}
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.pause()

        async def at_first() -> CaseScreen[Any]:
            if route is not None:
                await app.open(route, *given)
                await pilot.pause()
            assert isinstance(app.screen, CaseScreen)
            return app.screen

        first = await at_first()
        for action, key in keys_of(first):
            if not await back_to(app, pilot, first):
                first = await at_first()
            await pilot.press(key)
            await pilot.pause()
            await answered(app, pilot, seen, action)
            second = app.screen
            if second is first or type(second) in OF_ROUTES or not isinstance(second, CaseScreen):
                continue
            for next_action, next_key in keys_of(second):
                if not await back_to(app, pilot, second):
                    break
                await pilot.press(next_key)
                await pilot.pause()
                await answered(app, pilot, seen, f"{action} {next_action}")
    assert_no_name(seen)


WAYS = {
    "key": ("p",),
    "function key": ("f8",),
    "help": ("question_mark", "p", "escape"),
    "palette": ("ctrl+p", *"navn", "enter"),
    "form": ("r", "f8", "escape", "escape"),
    "choice": ("f", "f8", "escape"),
    "settings": ("comma", "p", "escape"),
}


@pytest.mark.parametrize("keys", WAYS.values(), ids=WAYS)
async def test_names_are_hidden_and_shown_again_on_the_whole_stack(
    store: Store, clock: Clock, person: int, keys: tuple[str, ...]
) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.pause()
        await app.open(PARTICIPANT, person)
        await pilot.pause()
        assert telling(words_on(app))
        for hidden in (True, False):
            await pilot.press(*keys)
            await pilot.pause()
            assert app.case.private is hidden
            assert bool(telling(words_on(app))) is not hidden
            # What lies below has been drawn anew before it comes to the front.
            below = app.screen_stack[0]
            assert isinstance(below, BoardScreen)
            drawn = "".join(each.text for y in range(8) for each in below.moving.render_line(y))
            assert bool(telling(drawn)) is not hidden


async def test_a_question_that_stands_there_hides_the_names_in_it(store: Store, clock: Clock, person: int) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.pause()
        label = f"{CANARY} {CANARY}sen"
        await app.push_screen(ChooserScreen(app.case, f"Hvem? {label}", [Option("1", label), Option("2", "Andre")]))
        await pilot.pause()
        assert len(telling(words_on(app))) == 2
        await pilot.press("f8")
        await pilot.pause()
        assert telling(words_on(app)) == []
        assert words_on(app).count(CODE) == 2
        await pilot.press("f8")
        await pilot.pause()
        assert len(telling(words_on(app))) == 2


async def test_a_line_that_is_written_in_hides_the_name_that_stood_in_it(
    store: Store, clock: Clock, person: int
) -> None:
    app = ExinApp(TEAM, store, clock)
    app.case.private = True
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.pause()
        await app.push_screen(PromptScreen(app.case, "Merknad?", str, initial=f"Ringte {CANARY}"))
        await pilot.pause()
        assert telling(words_on(app)) == []


async def test_the_program_s_own_lines_name_nobody_around_the_participant(
    store: Store, clock: Clock, person: int
) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(200, 50)) as pilot:
        await pilot.pause()
        await app.open(PARTICIPANT, person)
        await pilot.pause()
        # What is looked for later is there, and tells whom it is about.
        assert words_on(app).count(RELATIVE) >= OF_RELATIVES
        await pilot.press("f8")
        await pilot.pause()
        assert telling(words_on(app)) == []
        assert words_on(app).count(HIDDEN) >= OF_RELATIVES
        assert "Ny kontaktperson: " in words_on(app)
