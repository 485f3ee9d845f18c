"""No list at 80x24 cuts a word while its line has room to spare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from config import words
from config.errors import ExinError
from config.programme.shapes import Programme
from config.settings import Settings
from exin_tui.app import ExinApp
from exin_tui.demo.caseload import fill
from models.store import Store
from models.values.clock import Clock, oslo
from models.vault import sealed
from screens.forms.form import FormScreen
from screens.frame.route import Route
from screens.paper.document import DocumentScreen
from screens.widgets.windowed_list import WindowedList
from tests.conftest import NOW, PASSPHRASE, WEAK
from tests.screens.walk import ROUTES, back_to

FREE = 12
CUT = re.compile(r"\w…")
PEOPLE = (2, 5)
NO_LISTS = (FormScreen, DocumentScreen)


@pytest.fixture(scope="module")
def forty(tmp_path_factory: pytest.TempPathFactory, programme: Programme) -> Iterator[Store]:
    """Forty made-up people as in the demo, with two years of everything."""
    unlocked, _recovery = sealed.create(tmp_path_factory.mktemp("forty") / "vault", "demo", PASSPHRASE, kdf=WEAK)
    store = Store(unlocked, Clock(oslo().zone, lambda: NOW), programme)
    store.open()
    fill(store, participants=40, years=2, seed=1)
    yield store
    store.close()


def of_a_list(way: tuple[Route[...], tuple[Any, ...]]) -> bool:
    """Whether a route may lead to a list, and not to a form or a paper."""
    made = way[0].load()
    return not (isinstance(made, type) and issubclass(made, NO_LISTS))


def free(line: str) -> int:
    """The cells of a line where nothing stands, but one between two words."""
    return sum(len(blanks) - 1 for blanks in re.findall(r" {2,}", line.lstrip("▌ ")))


async def test_no_list_cuts_a_word_beside_free_room(forty: Store) -> None:
    words.use("nb")
    app = ExinApp(Settings(language="nb", board_scope="team", board_view="list"), forty, forty.clock)
    wrong, seen = set(), set()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        board = app.screen
        for route, given in [(None, ()), *filter(of_a_list, ROUTES)]:
            for person in PEOPLE if int in map(type, given) else PEOPLE[:1]:
                try:
                    if route is not None:
                        await app.open(route, *(person if type(one) is int else one for one in given))
                except ExinError:
                    continue
                await pilot.pause()
                name = type(app.screen).__name__
                for shown in app.screen.query(WindowedList):
                    lines = [shown.render_line(y).text for y in range(shown.size.height)]
                    seen.add(name)
                    wrong |= {f"{name}: {line}" for line in lines if CUT.search(line) and free(line) >= FREE}
                assert await back_to(app, pilot, board), f"{name}: Esc does not lead back to the board"
    assert len(seen) > 20, seen
    assert sorted(wrong) == []
