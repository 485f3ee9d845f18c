"""The card: how the participant and those around them are reached, and whether one may share, beside or above."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from models.consents import consents
from models.contacts import network, people
from models.participants import participants
from screens.frame.case import Case
from screens.participant.screen import ParticipantScreen

Staged = Callable[[Any], Any]


@pytest.fixture
def person(case: Case) -> int:
    store = case.store
    values = {"given_name": "Arne", "family_name": "Prøve", "phone": "41234567", "address": "Storgata 1"}
    number = store.change_now(participants.add, values)
    for name, role, phone in (("Nina Nav", "nav_state", "55553333"), ("Kommunale Kari", "nav_municipal", "22334455")):
        contact = store.change_now(people.add, {"name": name, "agency": "nav", "role": role, "phone": phone})
        store.change_now(network.involve, number, contact, {"role": role, "since": date(2026, 11, 1)})
    store.change_now(consents.give, number, {"agency": "nav", "role": "nav_state"})
    return number


async def opened(case: Case, person: int) -> ParticipantScreen:
    screen = ParticipantScreen(case)
    await screen.turn_to(person)
    return screen


def squeezed(app: Any) -> str:
    """What is on the screen, numbers without the gaps between their groups."""
    return str(app.text()).replace(" ", "")


@pytest.mark.parametrize("size", [(80, 24), (119, 36)])
async def test_above_the_timeline_it_takes_two_lines(
    case: Case, stage: Staged, person: int, size: tuple[int, int]
) -> None:
    app = stage(await opened(case, person))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for told in ("41234567·Storgata1", "✓NinaNav55553333", "–KommunaleKari22334455"):
            assert told in squeezed(app)
        assert app.screen.query_one("#participant-card").size.height == 2
        assert app.screen.line.size.height >= 9 or size[1] > 24, "the timeline keeps its room"


async def test_beside_the_timeline_it_says_who_and_whether_one_may_share(
    case: Case, stage: Staged, person: int
) -> None:
    app = stage(await opened(case, person))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        for told in ("41234567", "Storgata1", "NinaNav", "55553333", "maybeshared:until", "22334455"):
            assert told in squeezed(app)
        assert "cannot be shared: never given" in app.text()
        assert not app.screen.query_one("#participant-card").display


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_it_is_hidden_with_the_names(case: Case, stage: Staged, person: int, size: tuple[int, int]) -> None:
    app = stage(await opened(case, person))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("p")
        await pilot.pause()
        for told in ("41234567", "Storgata", "55553333", "22334455"):
            assert told not in squeezed(app)
        assert "•••" in app.text()


async def test_of_whom_nothing_is_known_it_says_so_and_is_as_high(case: Case, stage: Staged) -> None:
    number = case.store.change_now(participants.add, {"given_name": "Ny"})
    app = stage(await opened(case, number))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "no phone or address noted" in app.text()
        assert "nobody around is noted" in app.text()
        assert app.screen.query_one("#participant-card").size.height == 2
