"""What verification finds, and copies that are proved."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.vault.engine import SealedDatabase
from models.vault.errors import Busy, UnreadablePlace
from models.vault.health import CopyDiffers, damaged_pages, damaged_structure, verified_copy
from models.vault.sealed import Unlocked
from tests.models.vault.vault_sample import CANARY, OLA, Vault


@pytest.fixture
def kari(vault: Vault) -> Unlocked:
    return vault.kari()


@pytest.fixture
def database(kari: Unlocked) -> Iterator[SealedDatabase]:
    opened = kari.connect()
    yield opened
    if not opened.is_closed():
        opened.close()


def test_a_whole_database_has_no_findings(database: SealedDatabase) -> None:
    assert damaged_pages(database) == damaged_structure(database) == []


def test_a_rotation_still_in_the_log_is_no_damage(vault: Vault, kari: Unlocked) -> None:
    reader = vault.ola().connect()
    reader.begin("DEFERRED")
    reader.execute_sql("SELECT count(*) FROM note").fetchone()
    kari.remove_slot(vault.ola_id)
    opened = kari.connect()
    with pytest.raises(Busy):
        damaged_pages(opened)
    reader.rollback()
    assert damaged_pages(opened) == damaged_structure(opened) == []
    reader.close()
    opened.close()


def test_several_damaged_pages_are_all_named(vault: Vault, kari: Unlocked) -> None:
    data = bytearray(vault.place.database.read_bytes())
    for page in (5, 7):
        data[(page - 1) * 4096 + 99] ^= 4
    vault.place.database.write_bytes(data)
    opened = kari.connect()
    assert [finding.text for finding in damaged_pages(opened)] == ["Page 5 is damaged.", "Page 7 is damaged."]
    assert {finding.where for finding in damaged_pages(opened)} == {"caseload.db"}
    assert damaged_structure(opened)
    opened.close()


def test_a_missing_index_row_is_found(database: SealedDatabase) -> None:
    database.execute_sql("CREATE INDEX note_text ON note (text)")
    database.execute_sql("PRAGMA writable_schema=ON")
    database.execute_sql(
        "UPDATE sqlite_schema SET sql = 'CREATE INDEX note_text ON note (id)' WHERE name = 'note_text'"
    )
    database.execute_sql("PRAGMA writable_schema=RESET")
    assert any("note_text" in finding.text for finding in damaged_structure(database))


@pytest.mark.parametrize(("folder", "file"), [(0o700, 0o600), (0o2770, 0o660)])
def test_a_copy_is_sealed_shared_as_its_folder_and_the_same(
    vault: Vault, kari: Unlocked, database: SealedDatabase, folder: int, file: int
) -> None:
    vault.folder.chmod(folder)
    database.execute_sql("PRAGMA user_version=5")
    target = vault.folder / "copy.db"
    verified_copy(database, target)
    assert [path.name for path in vault.folder.glob("copy.db*")] == ["copy.db"]
    assert target.stat().st_mode & 0o777 == file
    assert CANARY.encode() not in target.read_bytes()
    copy = SealedDatabase(vault.place, kari._database_key.hex(), file=target)
    copy.connect()
    assert copy.execute_sql("PRAGMA user_version").fetchone() == (5,)
    same = "SELECT group_concat(text) FROM note"
    assert copy.execute_sql(same).fetchone() == database.execute_sql(same).fetchone()
    assert damaged_pages(copy) == []
    copy.close()


def test_a_copy_never_takes_the_place_of_a_file(vault: Vault, database: SealedDatabase) -> None:
    before = vault.place.slots.read_bytes()
    with pytest.raises(UnreadablePlace, match=r"slots\.json"):
        verified_copy(database, vault.place.slots)
    assert vault.place.slots.read_bytes() == before
    with pytest.raises(UnreadablePlace, match="missing"):
        verified_copy(database, vault.folder / "missing" / "copy.db")


def test_a_copy_that_differs_is_not_kept(
    vault: Vault, database: SealedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_to = SealedDatabase.copy_to

    def damaged(self: SealedDatabase, file: Path) -> SealedDatabase:
        copy = copy_to(self, file)
        data = bytearray(file.read_bytes())
        data[-1] ^= 1
        file.write_bytes(data)
        return copy

    monkeypatch.setattr(SealedDatabase, "copy_to", damaged)
    with pytest.raises(CopyDiffers, match=r"copy\.db") as caught:
        verified_copy(database, vault.folder / "copy.db")
    assert caught.value.exit_code == 4
    assert list(vault.folder.glob("copy.db*")) == []
    assert not database.in_transaction()


WRITER = """
import sys
from pathlib import Path
from models.vault import sealed
database = sealed.unlock(Path(sys.argv[1]), sys.argv[2], sys.argv[3]).connect()
print("ready", flush=True)
while True:
    with database.atomic():
        database.execute_sql("INSERT INTO note (text) VALUES ('meanwhile')")
"""


def test_a_copy_is_whole_while_a_colleague_writes(
    vault: Vault, database: SealedDatabase, child: Callable[..., subprocess.Popen[str]]
) -> None:
    writer = child(WRITER, vault.folder, *OLA)
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        for number in range(5):
            verified_copy(database, vault.folder / f"copy{number}.db")
            assert damaged_pages(database) == []
    finally:
        writer.kill()
        writer.communicate()
    assert database.execute_sql("SELECT count(*) FROM note").fetchone()[0] > 300
    assert database.execute_sql("PRAGMA foreign_key_check").fetchall() == []
