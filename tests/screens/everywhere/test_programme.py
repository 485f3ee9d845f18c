"""What holds in the programme is shown with where it comes from, and a leader changes a number there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from models import limits
from screens.everywhere.programme import ProgrammeScreen
from screens.frame.case import Case
from screens.widgets.text_lines import TextLines

Staged = Callable[[Any], Any]


async def test_a_leader_changes_a_number_and_what_does_not_go_stays_in_its_question(case: Case, stage: Staged) -> None:
    app = stage(ProgrammeScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "as shipped" in app.text()
        await pilot.press("enter", "ctrl+u", "1", "enter")
        await pilot.pause()
        assert "demanding" in app.text()
        await pilot.press("ctrl+u", "a", "enter")
        await pilot.pause()
        assert "Write a whole number." in app.text()
        await pilot.press("ctrl+u", "9", "enter")
        while "programme.toml:2" not in app.text():
            await pilot.pause(0.02)
        assert "from their next opening" in " ".join(app.text().split())
    assert limits.load(case.store.unlocked.place).limits.participants == 9


async def test_lists_are_told_to_be_changed_in_the_file(case: Case, stage: Staged) -> None:
    app = stage(ProgrammeScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end", "enter")
        await pilot.pause()
        assert "Lists are changed in the team's own file." in app.text()


@pytest.mark.parametrize("role", ["caseworker", "reader"])
async def test_others_look(case: Case, stage: Staged, role: str) -> None:
    case.store.actor = replace(case.store.actor, role=role)
    app = stage(ProgrammeScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen is app.shown


async def test_a_file_that_cannot_be_read_is_told(case: Case, stage: Staged) -> None:
    (case.store.unlocked.place.folder / limits.TEAM_FILE).write_text("[limits\n")
    app = stage(ProgrammeScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "is not valid TOML" in " ".join(app.text().split())


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=str)
def test_it_looks_right(snap_compare, case: Case, stage: Staged, size: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    async def down(pilot) -> None:  # type: ignore[no-untyped-def]
        pilot.app.screen.query_one("#programme-told", TextLines).show("The team's own file: /srv/exin/programme.toml")
        await pilot.press(*["down"] * 27)

    assert snap_compare(stage(ProgrammeScreen(case)), terminal_size=size, run_before=down)
