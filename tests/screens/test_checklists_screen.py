"""The checklists of one participant and of the caseload: one key an answer, saved at once, a second person verifies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from models import checklists, participants, phases, staff
from models.store import Store
from screens.case import Case
from screens.checklist import ChecklistScreen
from screens.checklists import ChecklistsScreen
from screens.open_items import OpenItemsScreen

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]
TODAY = date(2026, 11, 22)


@pytest.fixture
def person(case: Case) -> int:
    found = case.store.change_now(
        participants.add,
        {"given_name": "Åse", "family_name": "Østby", "release_date": TODAY + timedelta(days=20), "phone": "40000000"},
        date(2026, 3, 1),
    )
    case.store.change_now(phases.begin, found, 2, date(2026, 5, 1), ending=(1,))
    return found


def number(case: Case, person: int, template: str) -> int:
    return next(line.id for line in case.store.ask_now(checklists.of, person) if line.template == template)


def states(case: Case, person: int, template: str) -> dict[str, str]:
    found = case.store.ask_now(checklists.one, number(case, person, template))
    return {item.template.id: item.state for item in found.items}


def as_ola(store: Store) -> None:
    """Let another colleague have ticked what is there."""
    store.change_now(staff.join, "ola", "Ola Berg", "caseworker", "")
    ola = next(one.id for one in store.ask_now(staff.team) if one.user == "ola")
    store.actor = replace(store.actor, staff_id=ola, user="ola", name="Ola Berg")


async def test_the_lists_of_a_participant_open_from_their_line(case: Case, stage: Staged, person: int) -> None:
    app = stage(ChecklistsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "Start checklist" in text
        assert "Release checklist" in text
        assert "not opened" in text
        await pilot.press("end", "enter")
        await pilot.pause()
        assert "NAV cooperation procedure · Åse Østby" in app.text()
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert app.answers == [person]


async def test_space_ticks_and_ticks_back_and_undo_works(case: Case, stage: Staged, person: int) -> None:
    app = stage(ChecklistScreen(case, number(case, person, "release")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down", "down", "space")
        await pilot.pause()
        assert states(case, person, "release")["bank_and_id"] == "done"
        assert "[x] Bank account and ID in order" in app.text()
        await pilot.press("space")
        await pilot.pause()
        assert states(case, person, "release")["bank_and_id"] == "open"
        await pilot.press("u")
        await pilot.pause()
        assert states(case, person, "release")["bank_and_id"] == "done"
        assert "Undone: the tick taken away." in app.text()


async def test_reason_note_waiting_and_due(case: Case, stage: Staged, person: int) -> None:
    app = stage(ChecklistScreen(case, number(case, person, "release")))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press(*["down"] * 8, "w", *"Kommunen", "enter", "n", *"Visning", "enter", "d", *"+3d", "enter")
        await pilot.pause()
        text = app.text()
        assert "waits: Kommunen" in text
        assert "Visning" in text
        assert "due 25.11.2026" in text
        await pilot.press("down", "x", "enter")
        await pilot.pause()
        assert "say why it is not relevant" in app.text()
        await pilot.press("x", *"Pensjonist", "enter")
        await pilot.pause()
        assert "not relevant: Pensjonist" in app.text()


async def test_a_date_is_written_into_the_record(case: Case, stage: Staged, person: int) -> None:
    app = stage(ChecklistScreen(case, number(case, person, "start")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", *"1.5.2027", "enter")
        await pilot.pause()
        assert "01.05.2027" in app.text()
    assert case.store.ask_now(participants.file_of, person).values["full_term_date"] == date(2027, 5, 1)


async def test_who_ticked_cannot_verify_and_another_can(case: Case, stage: Staged, person: int) -> None:
    app = stage(ChecklistScreen(case, number(case, person, "release")))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("down", "down", "down", "v")
        assert "nobody can verify it" in app.text()
        await pilot.press("space")
        await pilot.pause()
        await pilot.press("v", "enter")
        await pilot.pause()
        assert "you ticked this yourself; a second person verifies it" in app.text()
        as_ola(case.store)
        await pilot.press("v", "down", "down", "enter")
        await pilot.pause()
        assert "✓OB" in app.text()
        assert "by OB: The agency, by phone" in app.text()


async def test_a_colleague_s_change_is_shown_not_written_over(
    case: Case, colleague: Store, stage: Staged, person: int
) -> None:
    app = stage(ChecklistScreen(case, number(case, person, "release")))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("down", "down", "down")
        found = case.store.ask_now(checklists.one, number(case, person, "release")).items[3]
        colleague.change_now(checklists.wait, found.id, found.version, "Banken")
        await pilot.press("space")
        await pilot.pause()
        assert "changed this in the meantime" in app.text()
        assert "waits: Banken" in app.text()


async def test_a_reader_looks_only(case: Case, stage: Staged, person: int) -> None:
    case.store.actor = replace(case.store.actor, role="reader")
    app = stage(ChecklistScreen(case, number(case, person, "release")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        assert "read access only" in app.text()


async def test_hidden_names_hide_what_tells_who(case: Case, stage: Staged, person: int) -> None:
    case.private = True
    app = stage(ChecklistScreen(case, number(case, person, "release")))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "Østby" not in app.text()
        assert "40000000" not in app.text()


async def test_closing_with_a_reason_and_opening_again(case: Case, stage: Staged, person: int) -> None:
    app = stage(ChecklistsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", *"Ferdig", "enter")
        await pilot.pause()
        assert "closed 22.11.2026" in app.text()
        assert states(case, person, "start")
        await pilot.press("end", "up")
        await pilot.pause()


async def test_what_is_left_across_the_caseload_opens_the_list(case: Case, stage: Staged, person: int) -> None:
    app = stage(OpenItemsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "everything open · the whole team" in text
        assert "Release checklist" in text
        await pilot.press("f")
        await pilot.pause()
        assert "Nothing is left here." in app.text()
        await pilot.press("f", "f", "m", "down", "enter")
        await pilot.pause()
        assert "Release checklist · Åse Østby" in app.text()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("template", ["start", "release"])
def test_a_checklist_looks_right(
    case: Case, stage: Staged, person: int, snap_compare: Any, size: tuple[int, int], template: str
) -> None:
    found = case.store.ask_now(checklists.one, number(case, person, template)).items
    if template == "release":
        for place in (3, 8):
            case.store.change_now(checklists.tick, found[place].id, found[place].version)
        case.store.change_now(checklists.wait, found[9].id, found[9].version, "Kommunen")
        case.store.change_now(checklists.set_due, found[10].id, found[10].version, TODAY - timedelta(days=1))
        case.store.change_now(checklists.not_relevant, found[11].id, found[11].version, "Ingen gjeld")
        as_ola(case.store)
        case.store.change_now(checklists.verify, found[8].id, found[8].version + 1, "agency_written")
    app = stage(ChecklistScreen(case, number(case, person, template)))
    assert snap_compare(app, terminal_size=size, press=["down"] * 8)


@pytest.mark.parametrize("size", SIZES)
def test_the_lists_look_right(case: Case, stage: Staged, person: int, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(stage(ChecklistsScreen(case, person)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_what_is_left_looks_right(
    case: Case, stage: Staged, person: int, snap_compare: Any, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(OpenItemsScreen(case)), terminal_size=size)


def test_nothing_left_looks_right(case: Case, stage: Staged, snap_compare: Any) -> None:
    assert snap_compare(stage(OpenItemsScreen(case)), terminal_size=(80, 24))
