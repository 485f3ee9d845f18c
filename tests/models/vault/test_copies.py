"""Copies follow the database to its new key, and hold no slots."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from models.vault import copies, engine
from models.vault.engine import SealedDatabase
from models.vault.health import verified_copy
from models.vault.unlocked import Unlocked
from tests.models.vault.vault_sample import Vault


@pytest.fixture
def kari(vault: Vault) -> Unlocked:
    return vault.kari()


def copied(vault: Vault, kari: Unlocked, name: str) -> Path:
    vault.place.copies.mkdir(exist_ok=True)
    database = kari.connect()
    verified_copy(database, vault.place.copies / name)
    database.close()
    return vault.place.copies / name


def notes(vault: Vault, kari: Unlocked, file: Path) -> int:
    database = SealedDatabase(vault.place, kari._database_key.hex(), file=file)
    database.connect()
    found = database.execute_sql("SELECT count(*) FROM note").fetchone()[0]
    database.close()
    return int(found)


def test_a_copy_opens_with_the_key_of_now_and_no_longer_with_the_former(vault: Vault, kari: Unlocked) -> None:
    copy, former = copied(vault, kari, "one.db"), kari._database_key
    for _again in range(2):
        kari.renew_recovery()
    kari.remove_slot(vault.ola_id)
    assert notes(vault, kari, copy) == 300
    assert not engine.opens(vault.place, former.hex(), copy)
    assert [path.name for path in vault.place.copies.iterdir()] == ["one.db"]
    assert copies.with_other_key(vault.place) == []


def test_slots_beside_copies_are_removed_with_the_next_key(vault: Vault, kari: Unlocked) -> None:
    copied(vault, kari, "one.db")
    shutil.copy(vault.place.slots, vault.place.copies / "one.slots.json")
    assert copies.with_slots(vault.place) == [vault.place.copies / "one.slots.json"]
    kari.renew_recovery()
    assert copies.with_slots(vault.place) == []


@pytest.mark.parametrize("content", [b"", b"no database" * 1000], ids=["empty", "foreign"])
def test_a_copy_that_does_not_open_is_called_so_and_kept(vault: Vault, kari: Unlocked, content: bytes) -> None:
    whole = copied(vault, kari, "one.db")
    (vault.place.copies / "two.db").write_bytes(content)
    for _again in range(2):
        kari.renew_recovery()
    (marked,) = copies.with_other_key(vault.place)
    assert (marked.name, marked.read_bytes()) == ("two.other-key.db", content)
    assert notes(vault, kari, whole) == 300


@pytest.mark.skipif(os.name != "posix", reason="links as others have them")
def test_nothing_that_a_link_leads_to_is_changed(vault: Vault, kari: Unlocked, tmp_path: Path) -> None:
    aim = copied(vault, kari, "one.db").rename(tmp_path / "aim.db")
    (tmp_path / "aim.slots.json").write_text("mine")
    before = aim.read_bytes()
    (vault.place.copies / "link.db").symlink_to(aim)
    kari.renew_recovery()
    vault.place.copies.joinpath("link.db").unlink()
    vault.place.copies.rmdir()
    vault.place.copies.symlink_to(tmp_path)
    kari.renew_recovery()
    assert aim.read_bytes() == before
    assert (tmp_path / "aim.slots.json").read_text() == "mine"


@pytest.mark.skipif(os.name != "posix", reason="there is no fork")
def test_a_copy_has_its_name_when_it_is_proved(vault: Vault, kari: Unlocked, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a program leaves that is killed while it copies is nobody's copy, and goes before the next is made."""
    vault.place.copies.mkdir()
    copy_to = SealedDatabase.copy_to

    def killed(self: SealedDatabase, file: Path) -> SealedDatabase:
        copy_to(self, file)
        os._exit(9)

    child = os.fork()
    if not child:
        monkeypatch.setattr(SealedDatabase, "copy_to", killed)
        copied(vault, kari, "one.db")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    (half,) = vault.place.copies.iterdir()
    assert half.name.startswith("one.db.")
    assert half.name.endswith(copies.HALF)
    assert notes(vault, kari, copied(vault, kari, "one.db")) == 300
    kari.renew_recovery()
    assert [path.name for path in vault.place.copies.iterdir()] == ["one.db"]


def test_two_copies_of_one_second_have_names_of_their_own(vault: Vault, kari: Unlocked) -> None:
    for name in ("one.db", "one-2.db", "one-3.db"):
        assert copies.free_name(vault.place, "one").name == name
        copied(vault, kari, name)
