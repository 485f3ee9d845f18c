"""Left alone for the minutes of the setting, the program locks; the same place is there after the passphrase."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path

import pytest
from textual.pilot import Pilot

from config.programme.shapes import Programme
from config.settings import LONGEST_IDLE, Settings
from exin_tui import app as app_module
from exin_tui.app import MEETING_TIMES, ExinApp
from models import timeline
from models.meetings import meetings
from models.meetings.reading import DAILY, SUPPORT
from models.participants import participants
from models.storage.reading import Reading
from models.store import Locked, Store
from models.team import staff
from models.vault import sealed
from models.vault.errors import Revoked
from screens.everywhere.lock import LockScreen
from screens.frame.destinations import PARTICIPANT
from screens.meetings.list import OF_KIND
from screens.participant.screen import ParticipantScreen
from tests.models.case_sample import WEAK
from tests.screens.board.test_board import words_on

PASSPHRASE = "korrekt hest batteri stift"
MINUTES = 7


class Watch:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.passed = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self.passed


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(app_module, "time", watch)
    monkeypatch.setattr(app_module, "LOOK_SECONDS", 0.05)
    return watch


async def looked(pilot: Pilot[None]) -> None:
    """Long enough for the program to have looked around several times."""
    await pilot.pause(0.4)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_it_locks_after_the_minutes_of_the_setting_and_comes_back_to_the_same_place(
    store: Store, watch: Watch
) -> None:
    person = store.change_now(participants.add, {"given_name": "Håkon", "family_name": "Sæthre"})
    for text in ("først", "så", "sist"):
        store.change_now(timeline.record, person, {"kind": "note", "text": text})
    app = ExinApp(Settings(language="en", idle_minutes=MINUTES), store, store.clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await looked(pilot)
        await app.open(PARTICIPANT, person)
        await pilot.press("j")
        watch.passed += MINUTES * 60 - 30
        await looked(pilot)
        assert isinstance(app.screen, ParticipantScreen)
        # A key begins the minutes anew.
        await pilot.press("j")
        watch.passed += MINUTES * 60 - 30
        await looked(pilot)
        assert isinstance(app.screen, ParticipantScreen)
        mark = app.screen.line.mark
        watch.passed += 60
        await looked(pilot)
        assert isinstance(app.screen, LockScreen)
        assert "Sæthre" not in "\n".join(str(widget.render()) for widget in app.screen.query("*"))
        with pytest.raises(Locked):
            store.ask_now(Reading.value, "SELECT 1")
        await pilot.press(*["space" if letter == " " else letter for letter in PASSPHRASE], "enter")
        await looked(pilot)
        assert isinstance(app.screen, ParticipantScreen)
        assert (app.screen.participant, app.screen.line.mark) == (person, mark)
        assert mark > 0


@pytest.mark.parametrize("private", [True, False])
async def test_a_meeting_hides_names_first_and_locks_after_three_times_the_minutes(
    store: Store, watch: Watch, private: bool
) -> None:
    person = store.change_now(participants.add, {"given_name": "Håkon", "family_name": "Sæthre", "worker": 1})
    app = ExinApp(Settings(language="en", idle_minutes=MINUTES, private=private), store, store.clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await looked(pilot)
        await app.open(OF_KIND[SUPPORT], store.change_now(meetings.open_, SUPPORT, person))
        await looked(pilot)
        assert ("Sæthre" in words_on(app)) is not private
        watch.passed += MINUTES * 60 + 30
        await looked(pilot)
        assert not isinstance(app.screen, LockScreen)
        assert app.case.private
        assert "Sæthre" not in words_on(app)
        await pilot.press("p")
        watch.passed += MINUTES * 60 + 30
        await looked(pilot)
        # A key begins the minutes anew, also for the names.
        assert not isinstance(app.screen, LockScreen)
        assert app.case.private
        watch.passed += (MEETING_TIMES - 1) * MINUTES * 60
        await looked(pilot)
        assert isinstance(app.screen, LockScreen)


async def test_no_meeting_stays_longer_than_the_setting_may_be(store: Store, watch: Watch) -> None:
    app = ExinApp(Settings(language="en", idle_minutes=LONGEST_IDLE - 10, private=True), store, store.clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await looked(pilot)
        await app.open(OF_KIND[DAILY], store.change_now(meetings.open_, DAILY))
        watch.passed += LONGEST_IDLE * 60 + 30
        await looked(pilot)
        assert isinstance(app.screen, LockScreen)


@pytest.mark.parametrize("opener", ["", "slash", "question_mark", "ctrl+p", "comma", "n", "n ctrl+p", "M", "V"])
async def test_one_key_hides_everything_at_once_wherever_it_is_pressed(store: Store, opener: str) -> None:
    """Also while the vault's thread is held up by something else."""
    store.change_now(participants.add, {"given_name": "Håkon", "family_name": "Sæthre"})
    app = ExinApp(Settings(language="en"), store, store.clock)
    free = threading.Event()
    async with app.run_test(size=(80, 24)) as pilot:
        await looked(pilot)
        await pilot.press(*opener.split())
        await looked(pilot)
        held = asyncio.create_task(store.ask(lambda _reading: free.wait()))
        # The pilot waits for the whole screen below, and so for what holds it up; the program must not.
        pressed = asyncio.create_task(pilot.press("f9"))
        try:
            for _look in range(200):
                if isinstance(app.screen, LockScreen):
                    break
                await asyncio.sleep(0.05)
            assert isinstance(app.screen, LockScreen)
        finally:
            free.set()
            await held
            await pressed
        await looked(pilot)
        await pilot.press(*["space" if letter == " " else letter for letter in PASSPHRASE], "enter")
        await looked(pilot)
        assert not isinstance(app.screen, LockScreen)


@pytest.mark.parametrize("idle", [True, False])
async def test_a_revoked_session_ends_by_itself_or_at_the_next_key(
    store: Store, vault_folder: Path, programme: Programme, monkeypatch: pytest.MonkeyPatch, idle: bool
) -> None:
    slot = store.unlocked.add_slot("ola", "femten grå måker", kdf=WEAK)
    store.change_now(staff.join, "ola", "Ola Berg", "caseworker", slot)
    ola = Store(sealed.unlock(vault_folder, "ola", "femten grå måker"), store.clock, programme)
    ola.open()
    ola.change_now(participants.add, {"given_name": "Håkon", "family_name": "Sæthre"})
    monkeypatch.setattr(app_module, "LOOK_SECONDS", 0.05 if idle else 3600.0)
    app = ExinApp(Settings(language="en"), ola, ola.clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await looked(pilot)
        store.unlocked.remove_slot(slot)
        if idle:
            await looked(pilot)
        else:
            await pilot.press("enter")
            await pilot.press("j")
        assert app.return_code == 3
    ola.close()


async def test_what_the_vault_refuses_while_nobody_waits_for_it_is_no_error_in_the_program(store: Store) -> None:
    """As when whoever is revoked presses keys without a pause: a list reads on by itself."""
    app = ExinApp(Settings(language="en"), store, store.clock)

    async def read_on() -> None:
        raise Revoked(store.unlocked.place.folder)

    async with app.run_test(size=(80, 24)) as pilot:
        await looked(pilot)
        app.screen.run_worker(read_on())
        await looked(pilot)
        assert app.return_code == 3
