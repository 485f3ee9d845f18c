"""One's own passphrase, changed in the program by everybody, with nothing of it left behind."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from config.settings import Settings
from exin_tui.app import ExinApp
from models import users
from models.storage import drafts
from models.store import Store
from models.team import sessions, staff
from models.vault import files, sealed
from models.vault.errors import CannotUnlock, DiskFull, Revoked
from screens.everywhere.lock import LockScreen
from screens.everywhere.palette import PaletteScreen
from screens.everywhere.passphrase import OwnPassphraseForm
from screens.everywhere.settings import SettingsScreen
from screens.frame.case import Case
from tests.conftest import PASSPHRASE, WEAK

Staged = Callable[[Any], Any]
NEW = "blågrønn traktor på månen"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(users.change_passphrase.__kwdefaults__, "kdf", WEAK)


def typed(old: str, new: str, again: str = "") -> tuple[str, ...]:
    return (*old, "enter", *new, "enter", *(again or new), "enter")


async def worked(pilot: Any) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_the_session_goes_on_and_the_others_of_the_same_person_end(
    case: Case, colleague: Store, stage: Staged, vault_folder: Path
) -> None:
    app = stage(OwnPassphraseForm(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*typed(PASSPHRASE, NEW))
        assert NEW not in app.text()
        await worked(pilot)
    assert app.answers == [True]
    assert case.store.ask_now(staff.team)
    with pytest.raises(Revoked):
        colleague.ask_now(staff.team)
    with pytest.raises(CannotUnlock):
        sealed.unlock(vault_folder, "kari", PASSPHRASE)
    # Locked, it opens with the new one.
    case.store.lock()
    case.store.unlock_again(NEW)
    assert case.store.ask_now(staff.team)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (typed("not the one", NEW), "That is not the passphrase you have."),
        (typed(PASSPHRASE, "sommer2026"), "The passphrase is too weak."),
        (typed(PASSPHRASE, "kari nordmann 17"), "The passphrase is too weak."),
        (typed(PASSPHRASE, NEW, "another"), "The two differ."),
        (typed(PASSPHRASE, PASSPHRASE), "That is the passphrase you have."),
    ],
    ids=["wrong", "weak", "own_name", "differ", "same"],
)
async def test_what_is_refused_is_said_and_changes_nothing(
    case: Case, stage: Staged, vault_folder: Path, lines: tuple[str, ...], said: str
) -> None:
    before = (vault_folder / "slots.json").read_bytes()
    app = stage(OwnPassphraseForm(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*lines)
        await worked(pilot)
        assert said in " ".join(app.text().split())
        assert isinstance(app.screen, OwnPassphraseForm)
        await pilot.press("escape")
        await pilot.pause()
    assert app.answers == [None]
    assert (vault_folder / "slots.json").read_bytes() == before
    assert case.store.ask_now(drafts.kept) == []


async def test_a_full_disk_is_a_sentence_and_the_former_one_opens(
    case: Case, stage: Staged, vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(place: object, file: Path, content: bytes) -> None:
        raise DiskFull(file.parent)

    app = stage(OwnPassphraseForm(case))
    async with app.run_test(size=(80, 24)) as pilot:
        with monkeypatch.context() as patch:
            patch.setattr(files, "write_whole", full)
            await pilot.press(*typed(PASSPHRASE, NEW))
            await worked(pilot)
        assert "is full" in " ".join(app.text().split())
        # And it can be tried again where it stands, with room.
        await pilot.press("f2")
        await worked(pilot)
    assert app.answers == [True]
    assert sealed.unlock(vault_folder, "kari", NEW).slot_id


def session_of(case: Case, folder: Path, role: str) -> Store:
    users.add(case.store, "lise", "Lise Berg", role, PASSPHRASE + " til", kdf=WEAK)
    store = Store(sealed.unlock(folder, "lise", PASSPHRASE + " til"), case.clock, case.programme)
    store.open()
    return store


async def test_who_only_reads_is_told_at_the_login_and_changes_it_from_the_commands(
    case: Case, vault_folder: Path
) -> None:
    with closing(session_of(case, vault_folder, "reader")) as lise:
        app = ExinApp(Settings(language="en"), lise, case.clock)
        async with app.run_test(size=(80, 24)) as pilot:
            await worked(pilot)
            assert "Somebody else chose your passphrase: K changes it." in _text(app)
            await pilot.press("ctrl+p", *"passphrase")
            assert isinstance(app.screen, PaletteScreen)
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(app.screen, OwnPassphraseForm)
            await pilot.press(*typed(PASSPHRASE + " til", NEW))
            await worked(pilot)
            assert "Your passphrase is changed." in _text(app)
        assert not lise.ask_now(sessions.passphrase_given)
    assert sealed.unlock(vault_folder, "lise", NEW).role == "reader"
    acts = case.store.ask_now(lambda reading: reading.sql("SELECT actor, action FROM audit ORDER BY seq DESC LIMIT 1"))
    assert acts[0][1] == "user.passphrase"


async def test_it_is_changed_from_the_settings_too(case: Case, stage: Staged, tmp_path: Path) -> None:
    app = stage(SettingsScreen(case, tmp_path / "settings.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("K")
        ((route,),) = app.asked
        assert isinstance(await route(case), OwnPassphraseForm)


async def test_the_lock_empties_the_lines_and_the_change_goes_on_behind_it(
    case: Case, vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = ExinApp(Settings(language="en"), case.store, case.clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await worked(pilot)
        await pilot.press("K", *PASSPHRASE, "enter", *NEW)
        form = app.screen
        await app.lock()
        await worked(pilot)
        assert isinstance(app.screen, LockScreen)
        assert [line.value for line in form.query(Input)] == ["", "", ""]
        await pilot.press(*PASSPHRASE, "enter")
        await worked(pilot)
        assert app.screen is form
        # A change that is at work when the lock comes does not take the lock away when it is done.
        form._answer = True
        await app.lock()
        form._go()
        await worked(pilot)
        assert isinstance(app.screen, LockScreen)


def _text(app: ExinApp) -> str:
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)
