"""The choosers people meet: each begins at what is under the mark, narrows while one types, and Esc clears it first."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from msgspec import Struct
from textual.pilot import Pilot

from config.settings import Settings
from exin_tui.app import ExinApp
from models import timeline
from models.contacts import network, people
from models.plans import tasks
from models.store import Store
from models.values.clock import Clock
from screens.contacts.contact_chooser import ContactChooser
from screens.frame.chooser import ChooserScreen
from screens.frame.destinations import HAND_OVERS, NETWORK, PARTICIPANT
from screens.frame.route import Route
from tests.screens.board.test_board import words_on
from tests.screens.small_caseload import fill

TEAM: Final = Settings(language="en", board_scope="team", board_view="list")
AGENDA: Final = Route[[]]("screens.plans.agenda", "AgendaScreen")
SIGNALS: Final = Route[[]]("screens.signals.screen", "SignalsScreen")
OPEN_ITEMS: Final = Route[[]]("screens.checklists.open_items", "OpenItemsScreen")


MARKED: Final = "who is under the mark where it was opened"


class Chooser(Struct, frozen=True):
    """Where a chooser is opened and by which keys, where its mark begins, and what is typed to find what in it."""

    route: Route[[]] | Route[int] | None
    keys: str
    begins: str
    typed: str
    finds: str
    of: str = ""


CHOOSERS: Final = {
    "whose caseload": Chooser(None, "w", "Kari Nordmann", "ob", "Ola Berg"),
    "whose agenda": Chooser(AGENDA, "w", "Kari Nordmann", "berg", "Ola Berg"),
    "an appointment for whom": Chooser(AGENDA, "n", MARKED, "kow", "Jon Kowalski"),
    "a task for whom": Chooser(AGENDA, "t", MARKED, "haugerud", "Åse Østby-Haugerud"),
    "a task of the team": Chooser(AGENDA, "t", MARKED, "nobody", "Nobody: the team's own"),
    "by code": Chooser(AGENDA, "t", MARKED, "EX-011", "Jon Kowalski"),
    "whose signals": Chooser(SIGNALS, "w", "", "ola", "Ola Berg"),
    "which signals": Chooser(SIGNALS, "f", "", "topic", "To  topics for later"),
    "whose lists": Chooser(OPEN_ITEMS, "w", "The whole team", "nord", "Kari Nordmann"),
    "handed over": Chooser(HAND_OVERS, "n", "Kari Nordmann", "ola", "Ola Berg"),
    "wrong person": Chooser(PARTICIPANT, "W m", "Cecilie Bakke", "dahl mi", "Mina Dahl", "Even Lunde"),
    "kinds": Chooser(PARTICIPANT, "f", "Only what people did", "mess", "Message", "Even Lunde"),
    "topics": Chooser(PARTICIPANT, "t", "Kontakt med broren", "bror", "Kontakt med broren", "Even Lunde"),
    "contact person": Chooser(NETWORK, "n", "Abel", "orn", "Ørn", "Even Lunde"),
}  # fmt: skip


@pytest.fixture
def caseload(store: Store) -> dict[str, int]:
    found = fill(store)
    even = found["Even Lunde"]
    store.change_now(tasks.add, even, {"text": "Ringe", "due": date(2026, 11, 23), "owner": store.actor.staff_id})
    for name in ("Abel", "Ørn"):
        contact = store.change_now(people.add, {"name": name, "agency": "nav"})
        store.change_now(network.involve, found["Gry Aasen"], contact, {"role": "nav_state"})
    store.change_now(timeline.record, even, {"kind": "note", "text": "Nyest"})
    return found


def label(row: Any) -> str:
    return getattr(row, "label", "") or getattr(row, "name", "")


async def opened(app: ExinApp, pilot: Pilot[None], caseload: dict[str, int], one: Chooser) -> Any:
    await pilot.pause()
    if one.route is not None:
        await app.open(one.route, *([caseload[one.of]] if one.of else []))
        await pilot.pause()
    await pilot.press(*one.keys.split())
    assert isinstance(app.screen, ChooserScreen | ContactChooser)
    return app.screen


@pytest.mark.parametrize("one", CHOOSERS.values(), ids=CHOOSERS)
async def test_it_begins_at_the_mark_narrows_and_is_cleared_before_it_closes(
    store: Store, clock: Clock, caseload: dict[str, int], one: Chooser
) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, caseload, one)
        every = screen.moving.count
        if one.begins == MARKED:
            assert label(screen.moving.row) == app.screen_stack[-2].moving.row.name
        elif one.begins:
            assert label(screen.moving.row) == one.begins
        await pilot.press(*["space" if letter == " " else "minus" if letter == "-" else letter for letter in one.typed])
        assert app.screen is screen, "a letter that is a key elsewhere is typed here"
        assert label(screen.moving.row) == one.finds
        assert screen.moving.count < every or every == 1
        await pilot.press("escape")
        assert app.screen is screen
        assert screen.moving.count == every
        await pilot.press("escape")
        assert app.screen is not screen


@pytest.mark.parametrize("one", CHOOSERS.values(), ids=CHOOSERS)
async def test_it_finds_nobody_by_a_name_that_is_hidden(
    store: Store, clock: Clock, caseload: dict[str, int], one: Chooser
) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, caseload, one)
        await pilot.press(*"kow", "f8")
        assert app.case.private
        if isinstance(screen, ChooserScreen):
            assert screen._line.value == "", "what was typed may have been a name"
        assert "kow" not in words_on(app).casefold()
        assert not [name for name in caseload if name in words_on(app)]
        await pilot.press(*"kowalski")
        assert "Kowalski" not in words_on(app)
        if isinstance(screen, ChooserScreen):
            assert screen.moving.row is None


async def test_the_whole_team_can_be_chosen_from_and_ones_own_stand_first(
    store: Store, clock: Clock, caseload: dict[str, int]
) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await opened(app, pilot, caseload, CHOOSERS["an appointment for whom"])
        names = [option.label for option in screen._options]
        assert set(names) == set(caseload)
        own = {"Aksel Moen", "Åse Østby-Haugerud", "Bjørn Ådnøy", "Even Lunde", "Halvor Jensen", "Jon Kowalski",
               "Lars Vik", "Mina Dahl"}  # fmt: skip
        assert set(names[: len(own)]) == own
