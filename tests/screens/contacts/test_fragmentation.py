"""The counts of a participant's help on the screen, what lies behind each and where it stands; the individual plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models.contacts import individual_plan
from models.meetings import meetings
from models.plans import applications, tasks
from screens.contacts.forms import ContactForm
from screens.contacts.fragmentation import BehindCountScreen, FragmentationScreen
from screens.contacts.network import FRAGMENTATION, NetworkScreen
from screens.contacts.plan_form import IndividualPlanForm
from screens.frame.case import Case
from screens.frame.destinations import INDIVIDUAL_PLAN, READ_INDIVIDUAL_PLAN, READ_TASK
from screens.plans.applications import READ_APPLICATION
from tests.screens.board.test_board import press
from tests.screens.contacts.test_network import DAY, TODAY, around, person

__all__ = ["around", "person"]

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def asked(case: Case, person: int, around: dict[str, int]) -> None:
    """An application that waits, one answered, a task without an owner, and a meeting with two of those around."""
    change = case.store.change_now
    change(applications.add, person, {"agency": "nav", "about": "Bolig til Åse", "sent": TODAY - 41 * DAY})
    change(applications.add, person, {
        "agency": "nav", "about": "Penger", "sent": TODAY - 90 * DAY, "decided": TODAY - 30 * DAY, "outcome": "granted",
    })  # fmt: skip
    change(tasks.add, person, {"text": "Ringe om bolig", "turn": "ours"})
    meeting = change(meetings.open_, "support", person)
    for guest in ("Ole Moe, Kontaktbetjent", "Kari Nordmann, Nav"):
        change(meetings.receive, meeting, guest, True)


def lines(app: Any) -> list[str]:
    return [" ".join(line.split()) for line in app.text().splitlines()]


async def test_the_counts_stand_beside_the_months_with_something_to_talk_about(
    case: Case, stage: Staged, person: int, asked: None
) -> None:
    app = stage(FragmentationScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "Fragmentation · Åse Sæthre" in text
        assert "over 3 months, since 22.08.2026" in text
        found = lines(app)
        assert "▌Helpers in all 5 2 2 3 3 3 5" in found
        assert "New helpers 3 0 0 1 0 1 2" in found
        assert "Tasks without an owner 1 – – – – – –" in found
        assert "Two who never met 9 1 1 3 3 3 9" in found
        assert "Waits for an answer 1 0 0 1 1 1 1 longest 41 days" in found
        assert "Does the participant know who does what?" in text
        await press(pilot, "f")
        assert "over 6 months, since 22.05.2026" in app.text()
        assert "New helpers 4 " in " ".join(lines(app))
        await press(pilot, "f", "f")
        assert "over 1 month, since 22.10.2026" in app.text()
        await press(pilot, "f", "escape")
    assert app.answers == [None]


async def test_enter_shows_what_is_counted_and_goes_where_it_stands(
    case: Case, stage: Staged, person: int, asked: None
) -> None:
    app = stage(FragmentationScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        assert isinstance(app.screen, BehindCountScreen)
        assert "Helpers in all · Åse Sæthre  5" in app.text()
        await press(pilot, "enter")
        assert isinstance(app.screen, ContactForm)
        await press(pilot, "escape", "escape", *["down"] * 4, "enter", "enter")
        assert app.asked[-1] == (READ_TASK, person, 1)
        await press(pilot, "escape", "down", "down", "enter")
        assert "Bolig til Åse" in app.text()
        assert "41 days" in app.text()
        await press(pilot, "enter")
        assert app.asked[-1] == (READ_APPLICATION, person, 1)
        await press(pilot, "escape", "up", "up", "up", "up", "enter", "enter")
        assert "Nobody has a part there yet" in app.text()


async def test_what_is_counted_names_nobody_while_names_are_hidden(
    case: Case, stage: Staged, person: int, asked: None
) -> None:
    case.private = True
    for count in ("helpers", "several", "unmet", "waiting", "new"):
        app = stage(BehindCountScreen(case, person, count, 12))
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.pause()
            for name in ("Ole", "Berit", "Siri", "Åse", "Sæthre"):
                assert name not in app.text()


async def test_the_individual_plan_is_noted_and_read_from_the_people_around(
    case: Case, stage: Staged, person: int, around: dict[str, int]
) -> None:
    app = stage(NetworkScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Individual plan: nothing noted." in app.text()
        await press(pilot, "i")
        assert app.asked[-1] == (INDIVIDUAL_PLAN, person, None)
        await press(pilot, "f")
        assert app.asked[-1] == (FRAGMENTATION, person)
    form = stage(IndividualPlanForm(case, person))
    async with form.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "There is no day on which the plan is gone through next." in form.text()
        await press(pilot, "down", "ctrl+u", *"1.11", "down", "right", "right", "down", *"1.2.2027", "f2")
    found = case.store.ask_now(individual_plan.of, person)
    assert found is not None
    assert (found.state, found.since.isoformat(), found.coordinator_name) == ("in_place", "2026-11-01", "Kari Nordmann")
    assert found.revision is not None
    app = stage(NetworkScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Individual plan: In place since 01.11.2026  coordinator Kari Nordmann" in app.text()
        await press(pilot, "i")
        assert app.asked[-1] == (READ_INDIVIDUAL_PLAN, person, found.id)
    reading = stage(IndividualPlanForm(case, person, found.id).to_read())
    async with reading.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Kari Nordmann (Nav)" in reading.text()
        await press(pilot, "e", "left", "f2")
    changed = case.store.ask_now(individual_plan.of, person)
    assert changed is not None
    assert (changed.state, changed.since) == ("applied", TODAY)


@pytest.mark.parametrize("size", SIZES)
def test_the_counts_look_right(
    case: Case, stage: Staged, person: int, asked: None, snap_compare: Any, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(FragmentationScreen(case, person)), terminal_size=size, press=["down"])


@pytest.mark.parametrize("size", SIZES)
def test_what_is_counted_looks_right(
    case: Case, stage: Staged, person: int, asked: None, snap_compare: Any, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(BehindCountScreen(case, person, "unmet", 3)), terminal_size=size)
