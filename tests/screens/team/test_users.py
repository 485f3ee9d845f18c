"""Who may open the vault, on the screen: seen by all, changed by those who lead, with nothing secret left behind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from models import users
from models.storage import drafts
from models.store import Store
from models.team import sessions, staff
from models.vault import sealed
from models.vault.errors import CannotUnlock
from models.vault.recovery import RecoveryKey
from screens.frame.case import Case
from screens.team import recovery_key
from screens.team.recovery_key import RecoveryKeyScreen
from screens.team.users import UsersScreen
from tests.conftest import PASSPHRASE, WEAK

Staged = Callable[[Any], Any]
FIRST = "blågrønn traktor på månen"
SIZES = [(80, 24), (120, 36)]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys are derived as everywhere in the tests: cheaply."""
    for change in ("add", "change_passphrase", "give_passphrase"):
        monkeypatch.setitem(getattr(users, change).__kwdefaults__, "kdf", WEAK)


@pytest.fixture
def ola(case: Case) -> str:
    return users.add(case.store, "ola", "Ola Nordmann", "caseworker", FIRST).user


async def worked(pilot: Any) -> None:
    """What a form does in a thread is done."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def one(case: Case, user: str) -> sessions.User:
    return next(one for one in case.store.ask_now(sessions.users) if one.user == user)


def slots(case: Case) -> int:
    return len(sealed.unlock(case.store.unlocked.place.folder, "kari", PASSPHRASE).slot_ids)


async def test_a_colleague_is_let_in_by_keys_alone(case: Case, stage: Staged, vault_folder: Path) -> None:
    app = stage(UsersScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"Ola", "down", *"Ola Nordmann", "down", "right", "down")
        await pilot.press(*FIRST, "enter", *FIRST)
        assert FIRST not in app.text()
        assert "•" in app.text()
        await pilot.press("enter")
        await worked(pilot)
        assert "ola can open the vault now." in app.text()
        assert "Ola Nordmann" in app.text()
        assert "first passphrase" in app.text()
        await pilot.press("q")
        await pilot.pause()
    assert app.answers == [1]
    added = one(case, "ola")
    assert (added.role, added.active, added.given, added.last) == ("reader", True, True, None)
    assert sealed.unlock(vault_folder, "ola", FIRST).role == "reader"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ((*"kari", "down", "down", "down", *FIRST, "down", *FIRST), "kari is in the team already."),
        (("down", "down", "down", *FIRST, "down", *FIRST), "User name: 1 to 60 letters"),
        ((*"ola", "down", "down", "down", *"sommer2026", "down", *"sommer2026"), "The passphrase is too weak."),
        ((*"ola", "down", "down", "down", *FIRST, "down", *"another one"), "The two differ."),
        ((*"ola", "down", "down", "down", *FIRST), "The same once more: it is empty."),
    ],
    ids=["there", "nameless", "weak", "differ", "once"],
)
async def test_what_cannot_be_is_a_sentence_and_changes_nothing(
    case: Case, stage: Staged, typed: tuple[str, ...], said: str
) -> None:
    before = slots(case)
    app = stage(UsersScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *typed, "f2")
        await worked(pilot)
        assert said in app.text()
        await pilot.press("escape")
        await pilot.pause()
    assert slots(case) == before
    assert [one.user for one in case.store.ask_now(staff.team)] == ["kari"]


async def test_nothing_hidden_is_kept_or_left_standing(case: Case, stage: Staged) -> None:
    app = stage(UsersScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"ola", "down", "down", "down", *FIRST, "down", *FIRST)
        await pilot.press("ctrl+a", "ctrl+c", "ctrl+x")
        assert app.clipboard == ""
        assert [field.value for field in app.screen.query(Input)][-2:] == [FIRST, FIRST]
        await pilot.press("f1")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert [field.value for field in app.screen.query(Input)][-2:] == ["", ""]
        assert next(field.value for field in app.screen.query(Input)) == "ola"
        await pilot.press("escape")
        await pilot.pause()
    assert case.store.ask_now(drafts.kept) == []


async def test_a_pasted_passphrase_is_taken_as_it_is(case: Case, stage: Staged, vault_folder: Path) -> None:
    from textual import events

    spaced = f" {FIRST} "
    app = stage(UsersScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"ola", "down", "down", "down")
        for key in ("down", "f2"):
            app.post_message(events.Paste(f"{spaced}\nand a line below"))
            await pilot.pause()
            await pilot.press(key)
        await worked(pilot)
    assert sealed.unlock(vault_folder, "ola", spaced).slot_id


async def test_another_name_and_another_role(case: Case, stage: Staged, ola: str, vault_folder: Path) -> None:
    app = stage(UsersScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "e", "ctrl+u", *"Ola Berg", "enter")
        await pilot.pause()
        await worked(pilot)
        assert "ola is called Ola Berg now." in app.text()
        await pilot.press("r", "down", "enter")
        await worked(pilot)
        assert "ola has the role Reader now." in app.text()
    found = next(one for one in case.store.ask_now(staff.team) if one.user == "ola")
    assert (found.name, found.initials, found.role) == ("Ola Berg", "OB", "reader")
    assert sealed.unlock(vault_folder, "ola", FIRST).role == "reader"


async def test_a_name_of_nothing_but_control_codes_is_refused(case: Case, stage: Staged, ola: str) -> None:
    with pytest.raises(staff.StaffError, match="nothing is left"):
        users.give_name(case.store, "ola", "\x1b\x07\u202e")
    users.give_name(case.store, "ola", "\x1b]0;PWNED\x07Ola\n\x9bHaugen")
    app = stage(UsersScreen(case))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "]0;PWNEDOla Haugen" in app.text()


async def test_access_is_taken_away_after_a_question_and_a_new_key_is_shown_once(
    case: Case, stage: Staged, ola: str, vault_folder: Path
) -> None:
    app = stage(UsersScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "d", "enter")
        await worked(pilot)
        assert one(case, "ola").active
        await pilot.press("d", "down", "enter")
        await worked(pilot)
        assert "may have seen the recovery key" in app.text()
        with pytest.raises(CannotUnlock):
            sealed.unlock(vault_folder, "ola", FIRST)
        await pilot.press("down", "enter")
        await worked(pilot)
        assert isinstance(app.screen, RecoveryKeyScreen)
        shown = next(line.strip() for line in app.text().splitlines() if line.count("-") == 8)
        # Nothing but the key that closes it, the lock and drawing anew is to be had here.
        await pilot.press("f1", "slash", "K", "comma")
        assert isinstance(app.screen, RecoveryKeyScreen)
        assert shown in app.text()
        await pilot.press("enter")
        await pilot.pause()
        assert shown not in app.text()
        assert "ola can no longer open the vault." in app.text()
        assert "Have left" in app.text()
        await pilot.press("j", "r")
        assert "ola has left the team." in app.text()
    assert sealed.unlock_with_recovery(vault_folder, RecoveryKey.parse(shown)).signs


async def test_the_key_is_gone_when_the_lock_covers_it_and_after_a_while(
    case: Case, stage: Staged, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = stage(UsersScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("N", "down", "enter")
        await worked(pilot)
        shown = next(line.strip() for line in app.text().splitlines() if line.count("-") == 8)
        await app.push_screen(UsersScreen(case))
        await pilot.pause()
        app.pop_screen()
        await pilot.pause()
        assert shown not in app.text()
        assert "The key was hidden." in app.text()
        await pilot.press("enter")
        await pilot.pause()
        assert "not written down: make another one" in app.text()
        monkeypatch.setattr(recovery_key, "HIDE_SECONDS", 0.2)
        await pilot.press("N", "down", "enter")
        await worked(pilot)
        await pilot.pause(0.4)
        assert "The key was hidden." in app.text()


async def test_no_new_recovery_key_without_a_yes(case: Case, stage: Staged) -> None:
    before = sealed.read_slots(case.store.unlocked.place.slots).recovery.public
    app = stage(UsersScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("N", "enter")
        await worked(pilot)
    assert sealed.read_slots(case.store.unlocked.place.slots).recovery.public == before


async def test_a_first_passphrase_for_somebody_who_lost_theirs(
    case: Case, stage: Staged, ola: str, vault_folder: Path
) -> None:
    other = "sju fjell og en regnfrakk til"
    app = stage(UsersScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("w")
        assert "You change your own with K." in app.text()
        await pilot.press("j", "w", *other, "enter", *other, "enter")
        await worked(pilot)
        assert "ola has a new passphrase." in app.text()
    with pytest.raises(CannotUnlock):
        sealed.unlock(vault_folder, "ola", FIRST)
    assert sealed.unlock(vault_folder, "ola", other).role == "caseworker"
    (last,) = case.store.ask_now(lambda reading: reading.sql("SELECT action FROM audit ORDER BY seq DESC LIMIT 1"))
    assert last == ("user.passphrase_given ola",)


async def test_keys_of_nobody_are_named_and_taken_away(case: Case, stage: Staged) -> None:
    case.store.ways_in_now(lambda way: way.add_slot("stray", FIRST, kdf=WEAK))
    app = stage(UsersScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "1 key belongs to nobody" in app.text()
        await pilot.press("x", "down", "enter")
        await worked(pilot)
        assert "1 key taken away." in app.text()
        await pilot.press("x")
        assert "Every key belongs to somebody." in app.text()
    assert slots(case) == 1


async def test_what_one_does_not_do_to_oneself(case: Case, stage: Staged) -> None:
    app = stage(UsersScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d")
        assert "You cannot take away your own access" in app.text()
        await pilot.press("r")
        assert "You cannot change your own role" in app.text()


async def test_who_does_not_lead_looks_only_and_sees_nobody_elses_hours(case: Case, stage: Staged, ola: str) -> None:
    case.store.note_now(sessions.begin, sessions.SERVED)
    case.store.actor = replace(case.store.actor, role="reader", staff_id=one(case, "ola").id)
    app = stage(UsersScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        kari = next(line for line in app.text().splitlines() if "Kari Nordmann" in line)
        assert kari.lstrip(" ▌").split() == ["Kari", "Nordmann", "kari", "Team", "leader"]
        for key in "nerwdNx":
            await pilot.press(key)
            assert "Only a team leader" in app.text()


async def test_two_leaders_at_once_make_one_truth(case: Case, stage: Staged, vault_folder: Path, ola: str) -> None:
    """Both take the other's leadership away at once: one of them is told, and one leader is left."""
    users.set_role(case.store, "ola", "team_leader")
    other = Store(sealed.unlock(vault_folder, "ola", FIRST), case.clock, case.programme)
    with closing(other):
        other.open()

        async def tried(store: Store, user: str) -> Any:
            return await asyncio.to_thread(users.set_role, store, user, "caseworker")

        told = await asyncio.gather(tried(case.store, "ola"), tried(other, "kari"), return_exceptions=True)
        assert sum(isinstance(one, Exception) for one in told) == 1
    roles = (sealed.unlock(vault_folder, "kari", PASSPHRASE).roles or {}).values()
    assert sorted(roles) == ["caseworker", "team_leader"]


def long_ago(case: Case, user: str, days: int) -> None:
    moment = datetime.fromtimestamp(case.clock.seconds(), UTC) - timedelta(days=days)
    was, case.store.clock = case.store.clock, replace(case.clock, now_utc=lambda: moment)
    acting, case.store.actor = case.store.actor, replace(case.store.actor, staff_id=one(case, user).id)
    case.store.note_now(sessions.begin, sessions.TERMINAL)
    case.store.clock, case.store.actor = was, acting


@pytest.fixture
def seen(case: Case, ola: str) -> None:
    users.add(case.store, "lise", "Lise Berg", "reader", FIRST + " til")
    users.add(case.store, "per", "Per Hansen", "team_leader", FIRST + " igjen")
    users.revoke(case.store, "per")
    long_ago(case, "ola", sessions.LONG_DAYS + 1)
    case.store.note_now(sessions.begin, sessions.SERVED)


@pytest.mark.parametrize("size", SIZES)
def test_how_it_looks(snap_compare: Any, case: Case, stage: Staged, seen: None, size: tuple[int, int]) -> None:
    assert snap_compare(stage(UsersScreen(case)), terminal_size=size)


def test_how_letting_somebody_in_looks(snap_compare: Any, case: Case, stage: Staged, seen: None) -> None:
    keys = ["n", *"siri", "down", *"Siri Dahl", "down", "down", *"sommer2026", "down", *"sommer2026"]
    assert snap_compare(stage(UsersScreen(case)), terminal_size=(80, 24), press=keys)


def test_how_the_recovery_key_looks(snap_compare: Any, case: Case, stage: Staged) -> None:
    shown = RecoveryKey(bytes(range(16))).text()
    assert snap_compare(stage(RecoveryKeyScreen(case, shown)), terminal_size=(80, 24))
