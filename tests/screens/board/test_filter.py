"""The board's filter as it is typed: what it finds beside names, what is said of it, and nothing of it leaks."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from config.settings import Settings
from exin_tui.app import ExinApp
from models.participants import participants
from models.store import Store
from models.values.clock import Clock
from tests.screens.board.test_board import SIZES, board_of, marked, press, words_on
from tests.screens.small_caseload import fill

TEAM = Settings(language="en", board_scope="team", board_view="list")


@pytest.mark.parametrize("size", SIZES[:2], ids=str)
@pytest.mark.parametrize(
    ("typed", "there", "gone", "said"),
    [
        ("OB", "Frode Nguyen", "Aksel Moen", "ob: worker or co-worker Ola Berg"),
        ("ola", "Frode Nguyen", "Aksel Moen", "ola: worker or co-worker Ola Berg"),
        ("Ullersmo", "Aksel Moen", "Ingrid Mohamud", "ullersmo: prison Romerike fengsel, Ullersmo"),
        ("topics", "Even Lunde", "Dina Sæther", "topics: signal Topics wait"),
        ("risiko", "Bjørn Ådnøy", "Dina Sæther", "risiko: signal Risk areas"),
    ],
)
async def test_a_word_finds_more_than_names_and_says_what_it_stands_for(
    store: Store, clock: Clock, size: tuple[int, int], typed: str, there: str, gone: str, said: str
) -> None:
    fill(store)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "f", *typed)
        assert there in words_on(app)
        assert gone not in words_on(app)
        assert said[: size[0] - 30] in words_on(app)
        await press(pilot, "enter", "down", "up")
        assert said[: size[0] - 30] in words_on(app), "it stays while the filter does"
        await press(pilot, "escape")
        assert gone in words_on(app)
        assert said[:12] not in words_on(app)
        await press(pilot, "f")
        assert said[:12] not in words_on(app)


async def test_several_words_narrow(store: Store, clock: Clock) -> None:
    fill(store)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "f", *"kari", "space", *"ullersmo", "space", *"moen", "enter")
        assert marked(app) == "Aksel Moen"
        assert "kari: worker or co-worker Kari Nordmann · ullersmo: prison" in words_on(app)
        await press(pilot, "n", "escape")
        assert marked(app) == "Aksel Moen"


async def test_the_next_participant_is_the_next_the_filter_finds(store: Store, clock: Clock) -> None:
    fill(store)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "f", *"OB", "enter")
        first = marked(app)
        await press(pilot, "down")
        second = marked(app)
        await press(pilot, "up", "enter")
        assert first in words_on(app)
        await press(pilot, "n")
        assert second in words_on(app)


async def test_while_names_are_hidden_neither_what_was_typed_nor_a_name_shows(store: Store, clock: Clock) -> None:
    names = fill(store)
    app = ExinApp(replace(TEAM, private=True), store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "f", *"ola", "space", *"nguyen")
        shown = words_on(app)
        assert "EX-007" in shown
        assert "worker or co-worker Ola Berg" in shown
        assert "ola:" not in shown
        assert "nguyen" not in shown.casefold()
        assert not [name for name in names if name in shown]
        await press(pilot, "p") if board_of(app).moving.has_focus else await press(pilot, "enter", "p")
        assert "ola: worker or co-worker Ola Berg" in words_on(app)


async def test_many_prisons_are_counted(store: Store, clock: Clock) -> None:
    for number in range(5):
        store.change_now(participants.add, {"given_name": f"Nr{number}", "prison": f"Ila, avdeling {number}"})
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "f", *"ila", "enter")
        assert "ila: prison Ila, avdeling 0, Ila, avdeling 1 +3" in words_on(app)
