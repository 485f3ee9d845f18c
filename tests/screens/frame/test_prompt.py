"""A line is parsed, and an error leaves it as it was typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from config.dates import parse_date
from screens.frame.case import Case
from screens.frame.prompt import PromptScreen

Staged = Callable[[Any], Any]


def _asking(case: Case, initial: str = "") -> PromptScreen[date]:
    return PromptScreen(
        case, "Which date?", lambda text: parse_date(text, case.today), initial=initial, hint="As in 22.11 or +3d."
    )


async def test_the_answer_is_what_parse_makes_of_the_line(case: Case, stage: Staged) -> None:
    app = stage(_asking(case))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "As in 22.11 or +3d." in app.text()
        await pilot.press(*"+3d", "enter")
        assert app.answers == [date(2026, 11, 25)]


async def test_an_error_is_shown_and_the_text_stays(case: Case, stage: Staged) -> None:
    app = stage(_asking(case, "soon"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        assert "“soon” is not a date." in app.text()
        assert app.answers == []
        await pilot.press("x")
        assert "not a date" not in app.text()
        assert "soonx" in app.text()


@pytest.mark.parametrize("key", ["escape", "f4"])
async def test_closing_answers_nothing(case: Case, stage: Staged, key: str) -> None:
    app = stage(_asking(case, "22.11"))
    async with app.run_test() as pilot:
        await pilot.press(key)
        assert app.answers == [None]


async def test_letters_and_signs_are_typed(case: Case, stage: Staged) -> None:
    app = stage(PromptScreen(case, "Filter?", str))
    async with app.run_test() as pilot:
        await pilot.press("q", "u", "L", "slash", "question_mark", "comma", "space", "enter")
        assert app.answers == ["quL/?, "]
        assert app.asked == []


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
def test_it_looks_right(case: Case, stage: Staged, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(stage(_asking(case, "soon")), press=["enter"], terminal_size=size)
