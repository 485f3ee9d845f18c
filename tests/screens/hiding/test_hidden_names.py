"""While names are hidden no screen prints anybody's, whatever is written there and however they were hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

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
from tests.models.roles.canaries import CANARY, enter
from tests.screens.board.test_board import words_on
from tests.screens.frame.test_routes import CALLS, values

TEAM = Settings(language="nb", board_scope="team", board_view="list")
CODE = "EX-001"
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
            yield route, tuple(CODE if kind is str else 1 for kind in given)


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


WAYS = {
    "key": ("p",),
    "function key": ("f8",),
    "help": ("question_mark", "p", "escape"),
    "palette": ("ctrl+p", *"navn", "enter"),
    "form": ("r", "f8", "escape", "escape"),
    "choice": ("f", "p", "escape"),
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
        await pilot.press("p")
        await pilot.pause()
        assert telling(words_on(app)) == []
        assert words_on(app).count(CODE) == 2
        await pilot.press("p")
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
