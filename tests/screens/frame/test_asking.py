"""An action that asks: it goes on with the answer, and says an error whichever part of it fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import ComposeResult

from config.errors import ExinError
from screens.frame.case import Case
from screens.frame.chooser import ChooserScreen, Option, choose
from screens.frame.screen import CaseScreen
from screens.widgets.key_line import SaidLine

Staged = Callable[[Any], Any]
YES_NO = (Option("no", "No"), Option("yes", "Yes"))


class Asks(CaseScreen[None]):
    """Asks twice in one action; the second `yes` fails."""

    SCOPE = "spending"

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.heard: list[str | None] = []

    def body(self) -> ComposeResult:
        yield from ()

    async def action_add(self) -> None:
        first = await choose(self, "First?", YES_NO)
        self.heard.append(first)
        if first is None:
            return
        await self.case.store.ask(lambda reading: reading.today)
        second = await self.ask(ChooserScreen(self.case, "Second?", YES_NO))
        self.heard.append(second if isinstance(second, str) else None)
        if second == "yes":
            raise ExinError("It cannot be done.")

    async def action_edit(self) -> None:
        self.heard.append("edit")


async def test_an_action_goes_on_with_each_answer(case: Case, stage: Staged) -> None:
    screen = Asks(case)
    app = stage(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        assert isinstance(app.screen, ChooserScreen)
        await pilot.press("down", "enter")
        assert screen.heard == ["yes"]
        assert isinstance(app.screen, ChooserScreen)
        await pilot.press("enter")
        assert screen.heard == ["yes", "no"]
        assert app.screen is screen


async def test_a_question_that_is_closed_answers_nothing_and_the_keys_work_again(case: Case, stage: Staged) -> None:
    screen = Asks(case)
    app = stage(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "escape", "e")
        assert screen.heard == [None, "edit"]


async def test_keys_typed_ahead_go_to_the_questions_and_not_past_them(case: Case, stage: Staged) -> None:
    screen = Asks(case)
    app = stage(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "down", "enter", "enter", "e")
        assert screen.heard == ["yes", "no", "edit"]


async def test_an_error_after_an_answer_is_said_on_the_screen_that_asked(case: Case, stage: Staged) -> None:
    screen = Asks(case)
    app = stage(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "down", "enter", "down", "enter")
        assert screen.query_one(SaidLine).said == "It cannot be done."
