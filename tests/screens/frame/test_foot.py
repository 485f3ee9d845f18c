"""The foot: what is said there is said whole, on more lines where it must be, and then the lines are given back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from config import words
from screens.frame.case import Case
from screens.frame.chooser import ChooserScreen, Option
from screens.frame.prompt import PromptScreen
from screens.widgets.key_line import SaidLine

Staged = Callable[[Any], Any]
LONG = (
    "Kari Nordmann closed these minutes on 22.11.2026 at 10:00; they can only be added to. "
    "What you had not saved is kept: add it as a note."
)


def chooser(case: Case) -> ChooserScreen:
    return ChooserScreen(case, "Kind", [Option(str(number), f"Line {number}") for number in range(40)])


def flat(app: Any) -> str:
    return " ".join(app.text().split())


async def test_a_long_sentence_is_said_whole_and_the_keys_stay(case: Case, stage: Staged) -> None:
    app = stage(chooser(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end")
        before = app.text().splitlines()
        app.screen.say(LONG)
        await pilot.pause()
        assert LONG in flat(app)
        assert app.text().splitlines()[-1] == before[-1]
        assert "▌Line 39" in app.text()
        app.screen.say("")
        await pilot.pause()
        assert app.text().splitlines() == before


async def test_a_short_sentence_moves_nothing(case: Case, stage: Staged) -> None:
    app = stage(chooser(case))
    async with app.run_test(size=(80, 24)) as pilot:
        before = app.text().splitlines()
        for text in ("Saved.", "x" * 79):
            app.screen.say(text, warn=True)
            await pilot.pause()
            assert app.screen.query_one(SaidLine).size.height == 1
            assert app.text().splitlines()[:-2] == before[:-2]


async def test_a_long_question_is_asked_whole(case: Case, stage: Staged) -> None:
    words.use("nb")
    question = words._("Write to which file? It is NOT encrypted; print it and delete it.")
    assert len(question) > 78
    for screen in (PromptScreen(case, question, str), ChooserScreen(case, question, [Option("no", "Nei")])):
        app = stage(screen)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert question in flat(app)


@pytest.mark.parametrize("width", [10, 2, 1])
async def test_a_terminal_with_hardly_any_room_still_draws(case: Case, stage: Staged, width: int) -> None:
    app = stage(chooser(case))
    async with app.run_test(size=(width, 12)) as pilot:
        app.screen.say(LONG)
        await pilot.pause()
        assert app.is_running
