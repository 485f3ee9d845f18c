"""A walk over every screen that a route leads to, a room in one session: what is wrong is told by screen, all of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final

import pytest

from exin_tui.app import ExinApp
from models import timeline
from models.cooperation import agreements
from models.gatherings import gatherings, tasks
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.tables import Application, Contact, Participant, Record
from screens.everywhere.drafts import import_all
from screens.frame.route import Route
from screens.frame.sudden import ToldScreen
from tests.models.roles.canaries import CANARY, enter
from tests.screens.frame.test_routes import CALLS, arguments, is_plain, values

CODE: Final = "EX-001"
OFFICIAL: Final = "tjenestefugl"
"""A contact person at an agency: while names are hidden, only the register tells that they are one."""
RELATIVE: Final = f"{CANARY[:5]}imor"
"""Somebody around the participant, of another name than theirs."""
OF_RELATIVES: Final = 8
"""The lines of the program's own that name them."""
STEERING: Final = 2
"""The meeting of a steering group; the first meeting is the participant's."""
Given = tuple[Any, ...]


@pytest.fixture
def person(store: Store) -> int:
    """Somebody of whom there is a row in nearly every table, with their name in every text."""
    made = store.change_now(enter, CODE, CANARY, store.actor.staff_id)
    store.change_now(say_no_names, made)
    store.change_now(tell_of_relatives, made[Participant])
    agreement = store.change_now(agreements.add, {"title": "Løslatelse på tvers"})
    assert store.change_now(agreements.convene, agreement) == STEERING
    gathering = store.change_now(gatherings.add, {"title": "Bolig", "first": store.clock.today()})
    store.change_now(tasks.add, gathering, {"text": "Drøft en sak", "task_when": "during", "task_whom": "agency"})
    return made[Participant]


@action("walk.tell_of_relatives")
def tell_of_relatives(work: Work, participant: int) -> None:
    """Lines of the program's own that name somebody around the participant."""
    family = {"agency": "family", "role": "", "person": RELATIVE, "date": "2026-11-20"}
    for kind, detail in {
        "contact_linked": family, "contact_ended": family, "consent_given": family, "consent_withdrawn": family,
        "disclosed": {**family, "what": "Bolig"}, "disclosed_uncovered": {**family, "what": "Bolig", "ground": ""},
        "consents_ended": {"date": "2026-11-20", "partners": f"NAV, {RELATIVE}"},
        "intake_referred": {"who": RELATIVE},
    }.items():  # fmt: skip
        timeline.tell(work, participant, kind, work.clock.seconds(), detail)


@action("walk.say_no_names")
def say_no_names(work: Work, made: Mapping[type[Record], int]) -> None:
    """Where no text stands that anybody writes about somebody: offices, prisons, a colleague's absence."""
    office = dict.fromkeys(("office", "notes", "phone", "phone_other", "email"), "Kontoret")
    work.update(Contact, made[Contact], None, **office, name=OFFICIAL, name_key=OFFICIAL, folded=OFFICIAL)
    work.update(Application, made[Application], None, outcome="")
    where = dict.fromkeys(("district", "prison", "unit", "nav_state", "nav_municipal"), "Bergen")
    work.update(Participant, made[Participant], None, **where)


def _routes() -> Iterator[tuple[Route[...], Given]]:
    """Every route, on the first row of whatever it is made of."""
    import_all()
    known = set()
    for module, node in CALLS:
        route, given = values(module, node)
        if (route.module, route.name, str(given)) in known:
            continue
        known.add((route.module, route.name, str(given)))
        if is_plain(given):
            for each in arguments(route, given, STEERING if route.name == "SteeringScreen" else 1, CODE):
                yield route, each


def name_of(route: Route[...], given: Given) -> str:
    return f"{route.module}.{route.name}-{len(given)}"


def _room(way: tuple[Route[...], Given]) -> str:
    return way[0].module.split(".")[1]


ROUTES: Final = sorted(_routes(), key=lambda each: f"{each[0].module}.{each[0].name}{each[1]}")
IDS: Final = [name_of(route, given) for route, given in ROUTES]
ROOMS: Final = {room: tuple(ways) for room, ways in groupby(ROUTES, _room)}


async def walk(app: ExinApp, pilot: Any, room: str, look: Callable[[], Awaitable[object]]) -> None:
    """Open every screen of a room from the board, `look` at it, and go back; fails with what each look found wrong."""
    await pilot.pause()
    board, faults = app.screen, []
    for route, given in ROOMS[room]:
        try:
            await app.open(route, *given)
            await pilot.pause()
            assert app.screen is not board, "it does not open"
            assert not isinstance(app.screen, ToldScreen), "what it is about is gone"
            await look()
        except AssertionError as error:
            faults.append(f"{name_of(route, given)}: {error}")
        assert await back_to(app, pilot, board), f"{name_of(route, given)}: Esc does not lead back to the board"
    assert not faults, "\n\n".join(faults)


async def back_to(app: ExinApp, pilot: Any, screen: Any) -> bool:
    """Close what lies over a screen; False where it is gone itself."""
    for _close in range(8):
        if screen not in app.screen_stack:
            return False
        if app.screen is screen:
            return True
        await pilot.press("escape")
        await pilot.pause()
    return False
