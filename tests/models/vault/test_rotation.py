"""Changing the database key: what fails changes nothing, what was done is finished, and the old opens nothing new."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from models.vault import engine, files, key_wrapping, sealed
from models.vault.engine import SealedDatabase
from models.vault.errors import (
    Busy,
    CannotUnlock,
    DamagedSlots,
    DiskFull,
    KeyNoLongerFits,
    Revoked,
    SlotsDoNotFit,
    VaultError,
)
from models.vault.seal import read_seal, record_generation
from models.vault.slots import read_slots
from models.vault.unlocked import Unlocked
from tests.models.vault.vault_sample import CANARY, FLOOR, KARI, Vault

NEW = "helt ny passfrase 93"


@pytest.fixture
def kari(vault: Vault) -> Unlocked:
    return vault.kari()


def notes(unlocked: Unlocked) -> int:
    database = unlocked.connect()
    found = database.execute_sql("SELECT count(*) FROM note WHERE text LIKE ?", (CANARY + "%",)).fetchone()[0]
    database.close()
    return int(found)


def failing(after: bool) -> Callable[..., None]:
    def rekey(place: object, old: str, new: str) -> None:
        if after:
            RekeyAsItIs(place, old, new)
        raise Busy(Path("caseload.db"))

    return rekey


RekeyAsItIs = engine.rekey


def test_a_rotation_that_fails_before_it_is_done_leaves_everything(
    vault: Vault, kari: Unlocked, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = vault.place.slots.read_bytes()
    monkeypatch.setattr(engine, "rekey", failing(after=False))
    with pytest.raises(Busy):
        kari.remove_slot(vault.ola_id)
    monkeypatch.undo()
    assert (vault.place.slots.read_bytes(), vault.place.next_slots.exists()) == (before, False)
    assert notes(vault.ola()) == notes(kari) == 300


def test_a_rotation_that_fails_when_it_is_done_is_done(
    vault: Vault, kari: Unlocked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "rekey", failing(after=True))
    kari.remove_slot(vault.ola_id)
    monkeypatch.undo()
    with pytest.raises(CannotUnlock):
        vault.ola()
    assert notes(vault.kari()) == notes(kari) == 300


def test_what_hinders_a_rotation_is_said_before_it_begins(
    vault: Vault, kari: Unlocked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine tells every failure of a rekeying alike."""
    other = vault.ola().connect()
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 50)
    other.execute_sql("BEGIN IMMEDIATE")
    with pytest.raises(Busy):
        kari.renew_recovery()
    other.execute_sql("ROLLBACK")
    other.close()
    room = SimpleNamespace(free=vault.place.database.stat().st_size)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: room)
    with pytest.raises(DiskFull):
        kari.renew_recovery()
    monkeypatch.undo()
    assert notes(kari) == 300


def test_no_page_under_the_former_key_is_left_in_the_log(vault: Vault, kari: Unlocked) -> None:
    database = kari.connect()
    database.execute_sql("INSERT INTO note (text) VALUES ('before')")
    log = vault.folder / "caseload.db-wal"
    before = log.read_bytes()
    assert before
    kari.renew_recovery()
    left = log.read_bytes() if log.exists() else b""
    assert not any(before[at : at + 64] in left for at in range(4096, len(before), 4096))
    database.close()


def passphrase(kari: Unlocked, vault: Vault) -> None:
    kari.change_passphrase(KARI[0], NEW, kdf=FLOOR)


def recovered(kari: Unlocked, vault: Vault) -> None:
    way = sealed.unlock_with_recovery(vault.folder, vault.recovery)
    way.replace_slot(str(kari.slot_id), KARI[0], NEW, kdf=FLOOR)


@pytest.mark.parametrize("change", [passphrase, recovered])
def test_old_slots_and_the_old_passphrase_open_nothing_new(
    vault: Vault, kari: Unlocked, tmp_path: Path, change: Callable[[Unlocked, Vault], None]
) -> None:
    """Whoever has kept the slots of before, or finds them in a copy, and knows the passphrase of before."""
    old = tmp_path / "old.json"
    shutil.copy(vault.place.slots, old)
    change(kari, vault)
    assert notes(sealed.unlock(vault.folder, KARI[0], NEW)) == notes(vault.ola()) == 300
    with pytest.raises(CannotUnlock):
        vault.kari()
    shutil.copy(old, vault.place.slots)
    with pytest.raises(VaultError) as caught:
        vault.kari().connect()
    assert not isinstance(caught.value, Revoked)


@pytest.mark.parametrize("change", [passphrase, recovered])
def test_a_change_that_is_told_as_failed_leaves_the_former_passphrase(
    vault: Vault, kari: Unlocked, monkeypatch: pytest.MonkeyPatch, change: Callable[[Unlocked, Vault], None]
) -> None:
    monkeypatch.setattr(engine, "rekey", failing(after=False))
    with pytest.raises(Busy):
        change(kari, vault)
    monkeypatch.undo()
    assert notes(vault.kari()) == notes(vault.ola()) == notes(kari) == 300
    with pytest.raises(CannotUnlock):
        sealed.unlock(vault.folder, KARI[0], NEW)
    change(kari, vault)
    assert notes(sealed.unlock(vault.folder, KARI[0], NEW)) == 300


def test_a_session_goes_on_after_its_own_passphrase_was_changed(vault: Vault, kari: Unlocked) -> None:
    kari.change_passphrase(KARI[0], NEW, kdf=FLOOR)
    assert notes(kari) == 300
    kari.remove_slot(vault.ola_id)
    kari.reload()
    assert notes(kari) == 300


@pytest.mark.parametrize("step", ["rekey", "put_in_force"])
def test_a_killed_change_of_the_passphrase_leaves_exactly_one_that_opens(
    vault: Vault, kari: Unlocked, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    class Killed(BaseException):
        pass

    def killed(*_arguments: object) -> None:
        raise Killed

    monkeypatch.setattr(*((engine, "rekey", killed) if step == "rekey" else (files, "put_in_force", killed)))
    with pytest.raises(Killed):
        kari.change_passphrase(KARI[0], NEW, kdf=FLOOR)
    monkeypatch.undo()
    assert notes(sealed.unlock(vault.folder, KARI[0], NEW)) == 300
    assert notes(vault.ola()) == 300
    with pytest.raises(CannotUnlock):
        vault.kari()


def test_a_sealed_key_is_of_its_epoch(vault: Vault, kari: Unlocked) -> None:
    """Were it not, the key that was sealed for somebody before a rotation could be put into the slots of after."""
    former = read_slots(vault.place.slots)
    kari.renew_recovery()
    slots = read_slots(vault.place.slots)
    mine, before = slots.slot(str(kari.slot_id)), former.slot(str(kari.slot_id))
    assert mine is not None
    assert before is not None
    planted = key_wrapping.with_slot(slots, replace(mine, sealed=before.sealed))
    for mac_key in (
        kari._database_key,
        key_wrapping.database_key(former, None, mine.id, kari._private, vault.place.slots),
    ):
        with pytest.raises(DamagedSlots):
            key_wrapping.database_key(planted.authenticated(mac_key), None, mine.id, kari._private, vault.place.slots)


def test_the_generation_a_database_knows_never_goes_back(vault: Vault, kari: Unlocked) -> None:
    database = kari.connect()
    for told, known in ((7, 7), (5, 7), (8, 8)):
        record_generation(database, told)
        assert read_seal(database).slots_generation == known
    database.close()


@pytest.fixture
def order(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was written through to the disk and what got its name, in order."""
    seen: list[str] = []
    fsync, over = os.fsync, os.replace

    def synced(handle: int) -> None:
        name = Path(os.readlink(f"/proc/self/fd/{handle}")).name
        seen.append("folder" if name == "vault" else "sync " + name.rpartition(".")[2])
        fsync(handle)

    def replaced(old: Path, new: Path) -> None:
        seen.append("name " + Path(new).name)
        over(old, new)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    return seen


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the names behind descriptors are Linux's")
def test_what_stands_under_a_name_is_on_the_disk(vault: Vault, kari: Unlocked, order: list[str]) -> None:
    """After a loss of power there is the old file or the new one, never an empty one under the name."""
    kari.renew_recovery()
    assert order == ["sync tmp", "name slots.next.json", "folder", "name slots.json", "folder"]


def test_an_unfinished_last_page_is_mended_from_the_log_or_told(vault: Vault, kari: Unlocked) -> None:
    database = kari.connect()
    database.execute_sql("PRAGMA wal_autocheckpoint=0")
    database.execute_sql("INSERT INTO note (text) SELECT text FROM note")
    with vault.place.database.open("ab") as torn:
        torn.write(b"half a page")
    again = SealedDatabase(vault.place, kari._database_key.hex())
    again.connect()
    assert again.execute_sql("SELECT count(*) FROM note").fetchone() == (600,)
    again.close()
    database.close()


def test_a_key_that_no_longer_fits_is_told_as_that(vault: Vault, kari: Unlocked) -> None:
    database = kari.connect()
    vault.ola().renew_recovery()
    with pytest.raises(KeyNoLongerFits), engine.plainly(vault.place):
        database.execute_sql("SELECT count(*) FROM note").fetchone()
    database.close()


def test_a_database_of_another_vault_under_the_key_of_this_one_is_noticed(vault: Vault, other: Vault) -> None:
    """By somebody who has a key to both."""
    engine.rekey(other.place, other.kari()._database_key.hex(), vault.kari()._database_key.hex())
    shutil.copy(other.place.database, vault.place.database)
    with pytest.raises(SlotsDoNotFit):
        vault.kari().connect()
