"""Who may open the vault, changed while others work, by two leaders at once, and cut off between its steps."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from config.programme.shapes import Programme
from models import timeline, users
from models.participants import participants
from models.roles.rights import NotAllowed
from models.store import Locked, Store
from models.team import sessions, staff
from models.values.clock import Clock
from models.vault import sealed
from models.vault.errors import CannotUnlock, LastLeader, NotSigner, Revoked, WrongRecoveryKey
from models.vault.recovery import RecoveryKey
from tests.models.case_sample import WEAK, examined, rows

FIRST = "blågrønn traktor på månen"
OTHER = "sju fjell og en regnfrakk til"
Session = Callable[[str], Store]


def opened(folder: Path, clock: Clock, programme: Programme, user: str, passphrase: str) -> Store:
    store = Store(sealed.unlock(folder, user, passphrase), clock, programme)
    store.open()
    return store


@pytest.fixture
def siri(store: Store) -> str:
    return users.add(store, "Siri", "Siri Dahl", "caseworker", FIRST, kdf=WEAK).user


def test_everything_works_while_two_others_write(
    store: Store, session: Session, person: int, vault_folder: Path, clock: Clock, programme: Programme
) -> None:
    ended, written, faults = threading.Event(), [0, 0], []

    def write(number: int, one: Store) -> None:
        while not ended.is_set():
            try:
                one.change_now(timeline.record, person, {"kind": "phone", "at": clock.seconds(), "text": "Ringte."})
                written[number] += 1
            except Exception as error:
                faults.append(error)
                return

    others = [session("ola"), session("kari")]
    threads = [threading.Thread(target=write, args=each) for each in enumerate(others)]
    for thread in threads:
        thread.start()
    try:
        users.add(store, "siri", "Siri Dahl", "caseworker", FIRST, kdf=WEAK)
        users.give_name(store, "siri", "Siri Berg")
        users.set_role(store, "siri", "reader")
        users.give_passphrase(store, "siri", OTHER, kdf=WEAK)
        recovery = users.renew_recovery_key(store)
        users.witness_recovery_key(store)
        siri = opened(vault_folder, clock, programme, "siri", OTHER)
        with closing(siri):
            users.change_passphrase(siri, FIRST, old=OTHER, kdf=WEAK)
        users.revoke(store, "siri")
        before = sum(written)
        while sum(written) < before + 4 and not faults:
            pass
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert faults == []
    assert min(written) > 0
    assert rows(store, "SELECT count(*) FROM entry WHERE text = 'Ringte.'") == [(sum(written),)]
    assert examined(store).flaws == ()
    assert sealed.unlock_with_recovery(vault_folder, RecoveryKey.parse(recovery)).signs
    acts = [act for (act,) in rows(store, "SELECT action FROM audit WHERE action NOT LIKE 'timeline%' ORDER BY seq")]
    assert acts[-7:] == [
        "staff.join", "staff.rename", "staff.set_role", "user.passphrase_given siri", "user.recovery_key",
        "user.passphrase", "staff.leave",
    ]  # fmt: skip


def test_two_leaders_let_the_same_person_in_at_once(store: Store, session: Session) -> None:
    other, answers = session("kari"), []

    def let_in(one: Store, passphrase: str) -> None:
        try:
            answers.append(users.add(one, "siri", "Siri Dahl", "reader", passphrase, kdf=WEAK).slot)
        except staff.StaffError as error:
            answers.append(error)

    threads = [threading.Thread(target=let_in, args=each) for each in ((store, FIRST), (other, OTHER))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(answer).__name__ for answer in answers) == ["StaffError", "str"]
    store.unlocked.reload()
    assert users.unowned(store) == []


def test_whom_another_leader_has_let_in_is_known(store: Store, session: Session, vault_folder: Path) -> None:
    """This session has read the ways in before that."""
    other = session("kari")
    users.add(other, "siri", "Siri Dahl", "caseworker", FIRST, kdf=WEAK)
    users.set_role(store, "siri", "reader")
    users.add(other, "per", "Per Hansen", "caseworker", OTHER, kdf=WEAK)
    users.give_passphrase(store, "per", FIRST + " per", kdf=WEAK)
    users.add(other, "lise", "Lise Berg", "caseworker", OTHER, kdf=WEAK)
    users.revoke(store, "lise")
    with pytest.raises(CannotUnlock):
        sealed.unlock(vault_folder, "lise", OTHER)
    other.ways_in_now(lambda way: way.add_slot("stray", OTHER, kdf=WEAK))
    assert users.remove_unowned(store) == 1
    assert len(sealed.unlock(vault_folder, "siri", FIRST).slot_ids) == 3


def test_the_last_leader_stays_one(store: Store, siri: str) -> None:
    with pytest.raises(staff.StaffError, match="only team leader"):
        users.set_role(store, "kari", "reader")
    with pytest.raises(staff.StaffError, match="your own access"):
        users.revoke(store, "kari")
    users.set_role(store, siri, "team_leader")
    with pytest.raises(staff.StaffError, match="your own role"):
        users.set_role(store, "kari", "reader")
    slot = store.unlocked.slot_id or ""
    users.set_role(store, siri, "reader")
    with pytest.raises(LastLeader):
        store.ways_in_now(lambda way: way.set_role(slot, "reader"))


@pytest.mark.parametrize("role", ["caseworker", "reader"])
def test_who_does_not_lead_changes_nobody_but_themselves(
    store: Store, vault_folder: Path, clock: Clock, programme: Programme, role: str
) -> None:
    users.add(store, "siri", "Siri Dahl", role, FIRST, kdf=WEAK)
    before = (vault_folder / "slots.json").read_bytes()
    with closing(opened(vault_folder, clock, programme, "siri", FIRST)) as one:
        for change in (
            lambda: users.add(one, "per", "Per", "reader", OTHER, kdf=WEAK),
            lambda: users.give_name(one, "kari", "Kari Dahl"),
            lambda: users.set_role(one, "siri", "team_leader"),
            lambda: users.revoke(one, "kari"),
            lambda: users.give_passphrase(one, "kari", OTHER, kdf=WEAK),
            lambda: users.remove_unowned(one),
            lambda: users.renew_recovery_key(one),
        ):
            with pytest.raises(NotAllowed, match="Only a team leader"):
                change()
        # Past the program, the roster holds.
        kari = next(colleague for colleague in one.ask_now(staff.team) if colleague.user == "kari")
        with pytest.raises(NotSigner):
            one.ways_in_now(lambda way: way.replace_slot(kari.slot, "kari", OTHER, kdf=WEAK))
        assert (vault_folder / "slots.json").read_bytes() == before
        users.change_passphrase(one, OTHER, old=FIRST, kdf=WEAK)
        assert one.ask_now(staff.team)
    assert sealed.unlock(vault_folder, "siri", OTHER).role == role


def test_a_session_whose_passphrase_was_changed_ends(
    store: Store, siri: str, vault_folder: Path, clock: Clock, programme: Programme
) -> None:
    with closing(opened(vault_folder, clock, programme, siri, FIRST)) as one:
        users.give_passphrase(store, siri, OTHER, kdf=WEAK)
        with pytest.raises(Revoked):
            one.ask_now(staff.team)
        assert one.lost is not None
    with pytest.raises(CannotUnlock):
        sealed.unlock(vault_folder, siri, FIRST)


def test_a_locked_vault_changes_no_way_in(store: Store, vault_folder: Path) -> None:
    before = (vault_folder / "slots.json").read_bytes()
    store.lock()
    with pytest.raises(Locked):
        users.change_passphrase(store, OTHER, kdf=WEAK)
    assert (vault_folder / "slots.json").read_bytes() == before


@pytest.mark.parametrize("name", ["", "  ", "\x1b\x07", "x\ny", "a" * 61, "\u202e"])
def test_a_user_name_that_cannot_be_typed_again_is_refused(store: Store, name: str) -> None:
    with pytest.raises(staff.StaffError, match="User name:"):
        users.add(store, name, "Siri Dahl", "reader", FIRST, kdf=WEAK)
    assert users.unowned(store) == []


def test_a_former_recovery_key_opens_nothing(store: Store, vault_folder: Path) -> None:
    former = users.renew_recovery_key(store)
    users.renew_recovery_key(store)
    with pytest.raises(WrongRecoveryKey):
        sealed.unlock_with_recovery(vault_folder, RecoveryKey.parse(former))


def test_one_with_the_rights_of_a_reader_is_asked_nothing_about_others(store: Store, siri: str) -> None:
    store.change_now(participants.add, {"given_name": "Ada"})
    assert {one.user for one in store.ask_now(sessions.users)} == {"kari", "siri"}


# ---------------------------------------------------------------------- cut off

KILLED = """
import os, shutil, sys
from pathlib import Path
from config.programme import load
from models import users
from models.store import Store
from models.values.clock import oslo
from models.vault import sealed
from models.vault.keys import KdfParameters
pattern, beside, kind = sys.argv[1:]
WEAK = KdfParameters(16384, 2, 1)
FIRST, OTHER = "blågrønn traktor på månen", "sju fjell og en regnfrakk til"
KINDS = {
    "add": lambda store: users.add(store, "per", "Per Hansen", "reader", OTHER, kdf=WEAK),
    "role": lambda store: users.set_role(store, "siri", "team_leader"),
    "revoke": lambda store: users.revoke(store, "siri"),
    "give": lambda store: users.give_passphrase(store, "siri", OTHER, kdf=WEAK),
    "own": lambda store: users.change_passphrase(store, OTHER, kdf=WEAK),
}

def run(folder, last):
    store = Store(sealed.unlock(folder, "kari", "korrekt hest batteri stift"), oslo(), load())
    store.open()
    left = last
    for name in ("ways_in_now", "change_now", "witness_now", "note_now"):
        def step(*arguments, former=getattr(store, name), **named):
            nonlocal left
            left -= 1
            if left == 0:
                os._exit(9)
            answer = former(*arguments, **named)
            left -= 1
            if left == 0:
                os._exit(9)
            return answer
        setattr(store, name, step)
    KINDS[kind](store)
    os._exit(0)

for last in range(1, 30):
    folder = Path(beside) / f"{last:03}"
    shutil.copytree(pattern, folder)
    child = os.fork()
    if not child:
        try:
            run(folder, last)
        finally:
            os._exit(7)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code != 9:
        sys.exit(code)
"""
AGAIN: dict[str, Callable[[Store], Any]] = {
    "add": lambda store: users.add(store, "per", "Per Hansen", "reader", OTHER, kdf=WEAK),
    "role": lambda store: users.set_role(store, "siri", "team_leader"),
    "revoke": lambda store: users.revoke(store, "siri"),
    "give": lambda store: users.give_passphrase(store, "siri", OTHER, kdf=WEAK),
    "own": lambda store: None,
}


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(sys, "addaudithook") or sys.platform == "win32", reason="there is no fork")
@pytest.mark.parametrize("kind", list(AGAIN))
def test_cut_off_at_any_step_it_opens_and_is_made_whole_by_doing_it_again(
    store: Store, siri: str, vault_folder: Path, tmp_path: Path, clock: Clock, programme: Programme,
    passphrase: str, kind: str,
) -> None:  # fmt: skip
    store.close()
    beside = tmp_path / "beside"
    beside.mkdir()
    run = subprocess.run(
        [sys.executable, "-c", KILLED, str(vault_folder), str(beside), kind],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stderr) == (0, "")
    folders = sorted(beside.iterdir())
    assert len(folders) >= 5
    for folder in folders:
        try:
            kari = opened(folder, clock, programme, "kari", passphrase)
        except CannotUnlock:
            assert kind == "own"
            kari = opened(folder, clock, programme, "kari", OTHER)
        with closing(kari):
            users.remove_unowned(kari)
            # One who is in the team is let in no second time.
            if kind != "add" or "per" not in {one.user for one in kari.ask_now(staff.team)}:
                AGAIN[kind](kari)
            assert examined(kari).flaws == ()
            assert users.unowned(kari) == []
            active = kari.ask_now(staff.team)
            assert {one.slot for one in active} == set(kari.unlocked.slot_ids)
            roles = kari.unlocked.roles or {}
            assert {one.slot: one.role for one in active} == roles
        shutil.rmtree(folder)
