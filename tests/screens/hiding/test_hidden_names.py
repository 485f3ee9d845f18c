"""While names are hidden no screen prints anybody's, whatever is written there and however they were hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from config.errors import ExinError
from config.settings import Settings
from exin_tui.app import ExinApp
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.tables import Application, Contact, Participant, Record
from models.values.clock import Clock
from screens.board.screen import BoardScreen
from screens.everywhere.drafts import import_all
from screens.frame.chooser import ChooserScreen, Option
from screens.frame.destinations import PARTICIPANT
from screens.frame.prompt import PromptScreen
from screens.frame.route import Route
from screens.frame.screen import CaseScreen
from tests.models.roles.canaries import CANARY, enter
from tests.screens.board.test_board import words_on
from tests.screens.frame.test_routes import CALLS, values

TEAM = Settings(language="nb", board_scope="team", board_view="list")
CODE = "EX-001"
FIELD = "phone"
OFFICIAL = "tjenestefugl"
"""A contact person at an agency: while names are hidden, only the register tells that they are one."""


@pytest.fixture
def person(store: Store) -> int:
    """Somebody of whom there is a row in nearly every table, with their name in every text."""
    made = store.change_now(enter, CODE, CANARY, store.actor.staff_id)
    store.change_now(say_no_names, made)
    return made[Participant]


@action("test_hidden_names.say_no_names")
def say_no_names(work: Work, made: Mapping[type[Record], int]) -> None:
    """Where no text stands that anybody writes about somebody: offices, prisons, a colleague's absence."""
    office = dict.fromkeys(("office", "notes", "phone", "phone_other", "email"), "Kontoret")
    work.update(Contact, made[Contact], None, **office, name=OFFICIAL, name_key=OFFICIAL, folded=OFFICIAL)
    work.update(Application, made[Application], None, outcome="")
    where = dict.fromkeys(("district", "prison", "unit", "nav_state", "nav_municipal"), "Bergen")
    work.update(Participant, made[Participant], None, **where)


def routes() -> Iterator[tuple[Route[...], tuple[Any, ...]]]:
    """Every route, on the first row of whatever it is made of."""
    import_all()
    known = set()
    for module, node in CALLS:
        route, given = values(module, node)
        if (route.module, route.name, str(given)) in known:
            continue
        known.add((route.module, route.name, str(given)))
        if all(kind in (int, int | None, str) for kind in given):
            text = FIELD if route.name == "at_field" else CODE
            yield route, tuple(text if kind is str else 1 for kind in given)


def telling(text: str) -> list[str]:
    """The lines that tell a name, or what its first letters are where it is cut."""
    return [line.strip() for line in text.split("\n") if CANARY[:5] in line.casefold()]


ROUTES = sorted(routes(), key=lambda each: f"{each[0].module}.{each[0].name}{each[1]}")
IDS = [f"{route.module}.{route.name}-{len(given)}" for route, given in ROUTES]


@pytest.mark.slow
@pytest.mark.parametrize(("route", "given"), ROUTES, ids=IDS)
async def test_no_screen_tells_a_name_once_they_are_hidden(
    store: Store, clock: Clock, person: int, route: Route[...], given: tuple[Any, ...]
) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.pause()
        try:
            await app.open(route, *given)
        except ExinError as error:
            pytest.skip(error.text)
        await pilot.pause()
        await pilot.press("f8")
        assert app.case.private
        seen = {"f8": words_on(app)}
        for keys in (("down",), ("pagedown",), ("home",), ("tab",), ("enter",), ("escape",), ("escape",), ("escape",)):
            await pilot.press(*keys)
            await pilot.pause()
            seen[f"{keys} {len(seen)} {type(app.screen).__name__}"] = words_on(app)
        assert [f"{where}: {line}" for where, text in seen.items() for line in telling(text)] == []


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


async def back_to(app: ExinApp, pilot: Any, screen: CaseScreen[Any]) -> bool:
    """Close what lies over a screen; False where it is gone itself."""
    for _close in range(8):
        if screen not in app.screen_stack:
            return False
        if app.screen is screen:
            return True
        await pilot.press("escape")
        await pilot.pause()
    return False


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
                try:
                    await app.open(route, *given)
                except ExinError as error:
                    pytest.skip(error.text)
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
    assert [f"{where}: {line}" for where, text in seen.items() for line in telling(text)] == []


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
