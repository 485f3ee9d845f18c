"""Undo gives back what was written, asks where it is not what one sees, and there is a way forth again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.pilot import Pilot

from config.settings import Settings
from exin_tui.app import ExinApp
from models import timeline
from models.storage import drafts
from models.store import Store
from models.values.clock import Clock
from screens.frame.chooser import ChooserScreen
from screens.frame.destinations import PARTICIPANT
from screens.participant.record_form import RecordForm
from tests.conftest import PASSPHRASE
from tests.models.case_sample import rows
from tests.screens.board.test_board import press, words_on
from tests.screens.small_caseload import fill

TEAM = Settings(language="en", board_scope="team")
WORDS = "Han lurer paa leiligheten"


@pytest.fixture
def even(store: Store) -> int:
    return fill(store)["Even Lunde"]


def notes(store: Store) -> list[str]:
    return [text for (text,) in rows(store, "SELECT text FROM entry WHERE kind = 'note' ORDER BY id")]


async def write_a_note(pilot: Pilot[None], words: str = WORDS) -> None:
    await press(pilot, "r", "n")
    assert isinstance(pilot.app.screen, RecordForm)
    await press(pilot, *words, "f2")


async def test_what_was_written_is_an_unfinished_form_again_and_goes_where_it_is_saved(
    store: Store, clock: Clock, even: int
) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await app.open(PARTICIPANT, even)
        await write_a_note(pilot)
        assert notes(store) == [WORDS]
        await press(pilot, "u")
        assert notes(store) == []
        assert "D shows it" in words_on(app)
        (kept,) = store.ask_now(drafts.kept)
        assert kept.fields["text"] == WORDS
        await press(pilot, "D", "enter")
        assert WORDS in words_on(app)
        await press(pilot, "f2")
        assert notes(store) == [WORDS]
        assert store.ask_now(drafts.kept) == []


async def test_redo_brings_it_back_from_another_screen_and_takes_the_unfinished_form(
    store: Store, clock: Clock, even: int
) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await app.open(PARTICIPANT, even)
        await write_a_note(pilot)
        await press(pilot, "u", "a", "Y")
        assert "Done again: the new entry · Even Lunde." in words_on(app)
        assert notes(store) == [WORDS]
        assert store.ask_now(drafts.kept) == []
        await press(pilot, "escape", "u")
        assert notes(store) == []
        assert [one.fields["text"] for one in store.ask_now(drafts.kept)] == [WORDS]


async def test_a_correction_comes_back_as_one_and_meets_no_conflict(store: Store, clock: Clock, even: int) -> None:
    store.change_now(timeline.record, even, {"kind": "note", "text": "Gammelt"})
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await app.open(PARTICIPANT, even)
        await press(pilot, "enter", "e", *" og nytt", "f2")
        assert notes(store) == ["Gammelt og nytt"]
        await press(pilot, "u")
        assert notes(store) == ["Gammelt"]
        await press(pilot, "enter", "e")
        assert "Gammelt og nytt" in words_on(app)
        await press(pilot, "f2")
        assert notes(store) == ["Gammelt og nytt"]


async def test_another_unfinished_form_is_never_written_over(store: Store, clock: Clock, even: int) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await app.open(PARTICIPANT, even)
        await write_a_note(pilot)
        await press(pilot, "r", "n", *"Et annet", "escape", "u")
        assert "Another unfinished form stands there" in " ".join(words_on(app).split())
        await press(pilot, "down", "enter")
        assert notes(store) == []
        assert [one.fields["text"] for one in store.ask_now(drafts.kept)] == ["Et annet"]
        await press(pilot, "Y")
        assert notes(store) == [WORDS]
        assert [one.fields["text"] for one in store.ask_now(drafts.kept)] == ["Et annet"]


@pytest.mark.parametrize(("seconds", "asks"), [(120, False), (121, True)])
async def test_what_is_older_than_two_minutes_asks_first(
    store: Store, clock: Clock, even: int, seconds: int, asks: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await app.open(PARTICIPANT, even)
        store.change_now(timeline.record, even, {"kind": "note", "text": WORDS})
        later = clock.now() + timedelta(seconds=seconds)
        monkeypatch.setattr(type(clock), "now", lambda self: later)
        await press(pilot, "u")
        assert isinstance(app.screen, ChooserScreen) is asks
        assert (notes(store) == []) is not asks
        if asks:
            assert "It is 2 minutes old. Undo the new entry" in " ".join(words_on(app).split())
            await press(pilot, "enter")
            assert notes(store) == [WORDS]


async def test_the_one_under_the_mark_is_asked_about_too(store: Store, clock: Clock, even: int) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "v")
        assert app.screen.concerned != even
        store.change_now(timeline.record, even, {"kind": "note", "text": WORDS})
        await press(pilot, "u")
        assert "It is about somebody else" in words_on(app)
        await press(pilot, "escape")
        assert notes(store) == [WORDS]


async def test_both_hold_across_a_lock(store: Store, clock: Clock, even: int) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await app.open(PARTICIPANT, even)
        await write_a_note(pilot)
        for keys, left in ((("u",), []), (("Y",), [WORDS])):
            await press(pilot, "L")
            await press(pilot, *PASSPHRASE, "enter")
            await pilot.pause(0.3)
            await press(pilot, *keys)
            assert notes(store) == left
            assert len(store.ask_now(drafts.kept)) == (not left)
