"""Signals are told in words or by tags of two letters, the same in every list, and never by one letter."""

from __future__ import annotations

import re

import pytest

from config import words
from config.settings import Settings
from exin_tui.app import ExinApp
from models.meetings import meetings
from models.signals.sign import FAMILIES
from models.store import Store
from models.values.clock import Clock
from screens.frame.screen import CaseScreen
from screens.widgets.key_line import KeyLine
from tests.screens.board.test_board import counted, press, words_on
from tests.screens.small_caseload import fill

ALONE = re.compile(r"(?<![\w.«·-])[A-ZÆØÅ](?![\w.…])")
"""A capital letter that stands for itself; `avd. B` is a unit of a prison, and `A move` a sentence."""
WIDTHS = [80, 100, 120, 200]


def told(app: ExinApp) -> str:
    """What stands on the screen above the keys at its foot."""
    lines = words_on(app).split("\n")
    foot = app.screen.query_one(KeyLine).region.y
    return re.sub(r"avd\. [A-Z]\b|I d(?:et siste|ag)\b|\bA (?=[a-z])", "", "\n".join(lines[:foot]))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", words.LANGUAGES)
async def test_no_list_and_no_card_has_a_single_letter(store: Store, clock: Clock, language: str, width: int) -> None:
    fill(store)
    store.change_now(meetings.open_, "daily")
    store.change_now(meetings.open_, "weekly")
    app = ExinApp(Settings(language=language, board_scope="team"), store, clock)
    async with app.run_test(size=(width, 40)) as pilot:
        await counted(pilot)
        seen = {}
        for name, keys in {
            "board": [], "list": ["v"], "participant": ["enter"], "signals": ["S"], "agenda": ["a"], "team": ["i"],
            "standup": ["M", "down", "enter"], "weekly": ["M", "enter"],
        }.items():  # fmt: skip
            await press(pilot, *keys)
            await pilot.pause(0.1)
            seen[name] = told(app)
            assert not ALONE.findall(seen[name]), f"{name}: {ALONE.findall(seen[name])}\n{seen[name]}"
            while keys and name != "list" and len(app.screen_stack) > 1:
                assert isinstance(app.screen, CaseScreen)
                await press(pilot, "escape")
    tags = {str(family.tag) for family in FAMILIES.values()}
    for name in ("signals", "standup", "weekly", "participant"):
        assert tags & set(re.findall(r"\b\w\w\b", seen[name])), seen[name]
