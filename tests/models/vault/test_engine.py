"""Opening the sealed database, and the words for what keeps it from opening."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import peewee
import pytest

from models.vault import engine
from models.vault.engine import SealedDatabase, check_engine, key_literal, plainly
from models.vault.errors import (
    Busy,
    DatabaseMissing,
    DiskFull,
    EmptyDatabase,
    EngineTooOld,
    ForeignFile,
    KeyNoLongerFits,
    SlotsMissing,
    VaultError,
    explain,
)
from tests.models.vault.vault_sample import KARI, Vault

KEY = "0123456789abcdefABCDEF" + "0" * 42


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "0" * 63,
        "0" * 65,
        "0" * 96,
        "g" + "0" * 63,
        " " + "0" * 63,
        "0" * 64 + "\n",
        "٠" * 64,
        "x'" + "0" * 64 + "'",
        "0" * 63 + "'",
    ],
)
def test_only_64_hexadecimal_digits_are_a_key(wrong: str, vault: Vault) -> None:
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        key_literal(wrong)
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        SealedDatabase(vault.place, wrong)
    assert key_literal(KEY) == f"x'{KEY}'"


@pytest.mark.parametrize(
    ("version", "old"), [((3, 51, 2), True), ((3, 46, 1), True), ((3, 51, 3), False), ((4, 0, 0), False)]
)
def test_an_engine_with_the_log_fault_is_refused(version: tuple[int, ...], old: bool) -> None:
    if old:
        with pytest.raises(EngineTooOld, match=r"3\.51\.3"):
            check_engine(version)
    else:
        check_engine(version)


def test_the_linked_engine_will_do() -> None:
    check_engine()


def test_every_connection_has_its_settings(vault: Vault) -> None:
    database = vault.kari().connect()
    expected = {
        "temp_store": 2, "foreign_keys": 1, "synchronous": 2, "secure_delete": 1, "cell_size_check": 1,
        "trusted_schema": 0, "cache_size": -16000, "journal_mode": "wal", "busy_timeout": 8000,
        "application_id": 0x4558494E, "user_version": 0,
    }  # fmt: skip
    assert {name: database.execute_sql(f"PRAGMA {name}").fetchone()[0] for name in expected} == expected
    assert database.execute_sql("PRAGMA cipher_status").fetchone()[0] == "1"
    database.close()


def test_nothing_connects_by_itself(vault: Vault) -> None:
    database = vault.kari().connect()
    database.close()
    with pytest.raises(peewee.InterfaceError):
        database.execute_sql("SELECT 1")


def _is_refused(vault: Vault, kind: type[VaultError], words: str) -> None:
    before = vault.contents()
    with pytest.raises(kind, match=words) as caught:
        vault.kari().connect()
    assert caught.value.exit_code == 4
    assert vault.contents() == before


def test_an_empty_database_is_told_and_left(vault: Vault) -> None:
    vault.place.database.write_bytes(b"")
    _is_refused(vault, EmptyDatabase, r"caseload\.db is empty")


def test_a_plain_database_is_foreign(vault: Vault) -> None:
    vault.place.database.unlink()
    plain = sqlite3.connect(vault.place.database)
    plain.execute("CREATE TABLE t (a)")
    plain.close()
    _is_refused(vault, ForeignFile, "not a database of this program")


@pytest.mark.parametrize("statement", ["PRAGMA application_id=7", "DROP TABLE seal", "DELETE FROM seal"])
def test_a_sealed_database_of_something_else_is_foreign(vault: Vault, statement: str) -> None:
    database = vault.kari().connect()
    database.execute_sql(statement)
    database.close()
    _is_refused(vault, ForeignFile, "not a database of this program")


def test_a_missing_database_is_told_and_not_made_anew(vault: Vault) -> None:
    vault.place.database.unlink()
    _is_refused(vault, DatabaseMissing, r"caseload\.db is missing")
    assert not vault.place.database.exists()


def test_a_database_that_goes_missing_while_open_is_told(vault: Vault) -> None:
    kari = vault.kari()
    vault.place.database.unlink()
    with pytest.raises(DatabaseMissing):
        kari.connect()
    with pytest.raises(DatabaseMissing):
        SealedDatabase(vault.place, KEY).connect()


def test_missing_slots_are_told(vault: Vault) -> None:
    vault.place.slots.unlink()
    _is_refused(vault, SlotsMissing, r"slots\.json is missing")


def test_a_wrong_key_is_told_without_a_word_on_stderr(vault: Vault, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyNoLongerFits):
        SealedDatabase(vault.place, KEY).connect()
    assert not engine.opens(vault.place, KEY)
    assert capfd.readouterr() == ("", "")


def test_a_database_held_too_long_is_busy(vault: Vault) -> None:
    kari = vault.kari()
    one, two = kari.connect(), kari.connect()
    two.execute_sql("PRAGMA busy_timeout=50")
    with one.atomic(), pytest.raises(Busy, match=r"caseload\.db"), plainly(vault.place), two.atomic():
        pass
    one.close(), two.close()


def test_a_full_database_is_told_and_keeps_what_it_had(vault: Vault) -> None:
    database = vault.kari().connect()
    pages = database.execute_sql("PRAGMA page_count").fetchone()[0]
    database.execute_sql(f"PRAGMA max_page_count={pages}")
    many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 500)"
    more = f"{many} INSERT INTO note (text) SELECT ? FROM n"
    with pytest.raises(DiskFull), plainly(vault.place), database.atomic():
        database.execute_sql(more, ("y" * 3000,))
    with pytest.raises(peewee.OperationalError, match="full"), database.atomic():
        database.execute_sql(more, ("y" * 3000,))
    with pytest.raises(DiskFull), plainly(vault.place), database.atomic(), database.atomic():
        database.execute_sql(more, ("y" * 3000,))
    assert database.execute_sql("SELECT count(*) FROM note").fetchone() == (300,)
    database.close()


def test_an_error_that_is_not_the_vaults_stays_what_it_is(vault: Vault) -> None:
    database = vault.kari().connect()
    with pytest.raises(peewee.IntegrityError) as caught, plainly(vault.place):
        database.execute_sql("INSERT INTO note (id, text) VALUES (1, 'again')")
    assert explain(caught.value, vault.place) is None
    assert explain(KeyError("x"), vault.place) is None
    database.close()


def test_an_odd_folder_name_opens(vault: Vault) -> None:
    odd = vault.folder.with_name("søk? #100% [a] 'b'")
    vault.folder.rename(odd)
    database = Vault(odd, vault.recovery, "").kari().connect()
    assert database.execute_sql("SELECT count(*) FROM note").fetchone() == (300,)
    database.close()


FULL_DISK = """
import subprocess, sys
from pathlib import Path
from models.vault import sealed
from models.vault.engine import plainly
from models.vault.errors import DiskFull
from models.vault.keys import KdfParameters
disk = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=800k", "tmpfs", str(disk)], check=True, stderr=subprocess.DEVNULL)
FLOOR = KdfParameters(16384, 2, 1)
kari, _recovery = sealed.create(disk / "vault", sys.argv[2], sys.argv[3], kdf=FLOOR)
ola = kari.add_slot("Ola", "some words of Ola", kdf=FLOOR)
database = kari.connect()
database.execute_sql("CREATE TABLE note (text TEXT)")
with database.atomic():
    for _ in range(50):
        database.execute_sql("INSERT INTO note VALUES (?)", ("y" * 3000,))
try:
    with plainly(kari.place):
        while True:
            with database.atomic():
                database.execute_sql("INSERT INTO note VALUES (?)", ("y" * 3000,))
except DiskFull as error:
    print("row", int(error.exit_code))
database.close()
with open(disk / "filler", "wb", buffering=0) as filler:
    try:
        while filler.write(b"x" * 512):
            pass
    except OSError:
        pass
slots = kari.place.slots.read_bytes()
for act in (lambda: kari.add_slot("Third", "third words", kdf=FLOOR), lambda: kari.remove_slot(ola),
            kari.renew_recovery, lambda: sealed.create(disk / "second", "a", "b", kdf=FLOOR)):
    try:
        act()
    except DiskFull as error:
        print("slots", int(error.exit_code), kari.place.slots.read_bytes() == slots)
(disk / "filler").unlink()
kari = sealed.unlock(disk / "vault", sys.argv[2], sys.argv[3])
database = kari.connect()
print(database.execute_sql("PRAGMA integrity_check").fetchone()[0])
print(database.execute_sql("SELECT count(*) >= 50 FROM note").fetchone()[0])
database.close()
print(sorted(path.name for path in (disk / "vault").iterdir()))
"""


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    """On a real small file system, mounted in a name space of its own."""
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a small disk of their own")
    disk = tmp_path / "disk"
    disk.mkdir()
    done = subprocess.run(
        ["unshare", "-rm", sys.executable, "-c", FULL_DISK, str(disk), *KARI],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )
    lines = done.stdout.splitlines()
    assert lines[0] == "row 5", done.stderr
    assert lines[1:5] == ["slots 5 True"] * 4, done.stdout + done.stderr
    assert lines[5:7] == ["ok", "1"]
    assert "tmp" not in lines[7]
    assert "next" not in lines[7]


def test_a_database_that_goes_missing_as_it_is_opened_is_not_made_anew(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = SealedDatabase(vault.place, vault.kari()._database_key.hex())
    vault.place.database.unlink()
    monkeypatch.setattr(engine, "check_file", lambda *_file: None)
    with pytest.raises(DatabaseMissing):
        database.connect()
    assert not vault.place.database.exists()
