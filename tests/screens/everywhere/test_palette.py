"""The palette offers the screen's own actions by name, does the chosen one after closing, and says why it cannot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from config import words
from config.actions import Action
from screens.everywhere.palette import PaletteScreen
from screens.frame.case import Case
from screens.frame.screen import CaseScreen

Staged = Callable[[Any], Any]


class Desk(CaseScreen[None]):
    """A participant's screen with two of its actions."""

    SCOPE = "participant"

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.done: list[str] = []

    def why_not(self, action_id: str) -> str:
        return "You may only read." if action_id == "participant.edit" else ""

    def action_record(self) -> None:
        self.done.append(f"record from {type(self.app.screen).__name__}")

    def action_edit(self) -> None:
        self.done.append("edit")

    def action_up(self) -> None:
        self.done.append("up")


def found(app: Any) -> list[Action]:
    shown = app.screen.moving
    return [shown.row_at(place) for place in range(shown.count)]


async def test_it_offers_what_keys_start_and_no_more(case: Case, stage: Staged) -> None:
    desk = Desk(case)
    app = stage(desk)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert isinstance(app.screen, PaletteScreen)
        offered = [action.id for action in found(app)]
        assert offered == [action.id for action in desk.actions() if action.palette]
        assert "participant.up" not in offered
        assert "participant.topics" not in offered
        text = app.text()
        assert "Screenshot" not in text
        for action in found(app):
            assert action.label in text


async def test_the_chosen_one_is_done_after_closing(case: Case, stage: Staged) -> None:
    desk = Desk(case)
    app = stage(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f10", *"rec", "enter")
        await pilot.pause()
        assert desk.done == ["record from Desk"]


async def test_arrows_choose_and_the_foot_follows(case: Case, stage: Staged) -> None:
    desk = Desk(case)
    app = stage(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f10")
        await pilot.pause()
        places = [action.id for action in found(app)]
        await pilot.press(*["down"] * places.index("app.lock"), "enter")
        await pilot.pause()
        assert app.asked == [("lock",)]


async def test_one_that_cannot_be_done_says_why_and_stays(case: Case, stage: Staged) -> None:
    desk = Desk(case)
    app = stage(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f10", *"edit")
        await pilot.pause()
        assert "You may only read." in app.text()
        await pilot.press("enter")
        await pilot.pause()
        assert desk.done == []
        assert isinstance(app.screen, PaletteScreen)


async def test_letters_are_folded_in_names_and_explanations(
    case: Case, stage: Staged, monkeypatch: pytest.MonkeyPatch
) -> None:
    import gettext

    class Norwegian(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return {"Search": "Søk"}.get(message, message)

    monkeypatch.setattr(words, "_catalog", Norwegian())
    app = stage(Desk(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f10", *"sok")
        await pilot.pause()
        assert found(app)[0].id == "app.search"


async def test_nothing_by_that_name_is_said(case: Case, stage: Staged) -> None:
    app = stage(Desk(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f10", *"zzz")
        await pilot.pause()
        assert "No command is called that." in app.text()
        await pilot.press("enter", "escape")
        assert isinstance(app.screen, Desk)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
def test_it_looks_right(case: Case, stage: Staged, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(stage(Desk(case)), terminal_size=size, press=["f10"])
