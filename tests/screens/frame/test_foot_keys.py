"""The keys at the foot: as many as there is room for, each whole, and none that would only say why it does nothing."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from config import words
from config.settings import Settings
from exin_tui.app import ExinApp
from models import timeline
from models.participants import participants
from models.store import Store
from models.values.clock import Clock
from screens.frame.screen import CaseScreen
from screens.widgets.key_line import KeyLine
from tests.screens.board.test_board import counted, press, words_on
from tests.screens.walk import ROOMS, person, walk

__all__ = ["person"]
TEAM = Settings(language="nb", board_scope="team")


def foot(app: ExinApp) -> list[str]:
    """The keys that stand at the foot, as they are written there."""
    return [f"{hint.key} {hint.label}" for hint in app.screen.query_one(KeyLine).shown]


def refused(screen: CaseScreen[Any]) -> set[str]:
    """What a key would only say something about, as the foot would write it."""
    return {
        f"{screen.case.keymap.shown(action.id, screen.SCOPE)} {screen.key_label(action)}"
        for action in screen.actions()
        if screen.refusal(action.id)
    }


def holds(app: ExinApp, after: str = "") -> None:
    """What is true of every foot: whole, in its width, full, and nothing in it that is refused."""
    line, screen = app.screen.query_one(KeyLine), app.screen
    assert isinstance(screen, CaseScreen)
    where, width, shown = f"{type(screen).__name__} {after}", line.size.width, line.shown
    drawn = "".join(segment.text for segment in line.render_line(0)).rstrip()
    assert drawn == "".join(f" {hint.key} {hint.label} " for hint in shown).rstrip(), where
    assert not refused(screen) & set(foot(app)), where
    left = width - sum(cell_len(f" {hint.key} {hint.label} ") for hint in shown)
    assert left >= 0, where
    assert all(cell_len(f" {hint.key} {hint.label} ") > left for hint in line._hints if hint not in shown), where


@pytest.mark.slow
@pytest.mark.parametrize("role", ["member", "reader"])
@pytest.mark.parametrize("room", ROOMS)
async def test_no_foot_offers_what_cannot_be_done(
    store: Store, clock: Clock, person: int, room: str, role: str
) -> None:
    store.actor = replace(store.actor, role=role)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 50)) as pilot:

        async def look() -> None:
            await counted(pilot)
            holds(app)
            for key in ("down", "down", "end", "up"):
                await press(pilot, key)
                holds(app, key)
            for size in ((80, 24), (120, 50)):
                await pilot.resize_terminal(*size)
                await counted(pilot)
                holds(app, f"{size}")

        await walk(app, pilot, room, look)


@pytest.mark.parametrize("language", words.LANGUAGES)
async def test_a_wider_foot_has_the_same_keys_and_more(store: Store, clock: Clock, language: str) -> None:
    store.change_now(participants.add, {"given_name": "Arne", "family_name": "Prøve"})
    app = ExinApp(replace(TEAM, language=language), store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await counted(pilot)
        narrow = foot(app)
        for width, more in ((100, 1), (120, 3), (200, 8)):
            await pilot.resize_terminal(width, 36)
            await counted(pilot)
            wide = foot(app)
            assert len(wide) >= len(narrow) + more
            assert wide[: len(narrow) - 1] == narrow[:-1]
            assert wide[-1] == narrow[-1]
            holds(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_an_empty_board_offers_to_add_somebody(store: Store, clock: Clock, size: tuple[int, int]) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=size) as pilot:
        await counted(pilot)
        assert "n Ny" in foot(app)
        assert not {"Enter Åpne", "r Før inn", "R Faseoverganger"} & set(foot(app))
        assert "Ingen ennå. n legger til den første kandidaten." in words_on(app)
    store.actor = replace(store.actor, role="reader")
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=size) as pilot:
        await counted(pilot)
        assert "n Ny" not in foot(app)


async def test_the_timelines_line_under_the_mark_is_followed(store: Store, clock: Clock) -> None:
    """A line the program wrote was about nobody else, so nothing is offered for that."""
    somebody = store.change_now(participants.add, {"given_name": "Arne", "family_name": "Prøve"})
    store.change_now(timeline.record, somebody, {"kind": "phone", "text": "Ringte."})
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(400, 40)) as pilot:
        await press(pilot, "enter")
        seen = set()
        for _line in range(2):
            await pilot.pause(0.1)
            row = app.screen.line.row  # type: ignore[attr-defined]
            by_program = app.screen.case.programme.kind(row.kind).system  # type: ignore[attr-defined]
            assert ("W Feil person" in foot(app)) is not by_program
            seen.add(by_program)
            await press(pilot, "down")
        assert seen == {True, False}


async def test_hidden_names_are_offered_to_be_shown(store: Store, clock: Clock) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(200, 40)) as pilot:
        await press(pilot, "S")
        assert "p Skjul navn" in foot(app)
        await press(pilot, "p")
        assert "p Vis navn" in foot(app)
