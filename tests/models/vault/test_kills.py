"""Sessions ended with SIGKILL while they change the ways in: nobody is locked out, no acknowledged row is lost."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from models.vault import sealed
from models.vault.errors import NoVault
from models.vault.health import damaged_pages, damaged_structure
from tests.models.vault.vault_sample import FLOOR, KARI, Vault

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows ends processes in another way")

CHANGER = """
import os, sys
from pathlib import Path
from models.vault import sealed
from models.vault.keys import KdfParameters
kari = sealed.unlock(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
FLOOR = KdfParameters(16384, 2, 1)
number = 0
while True:
    database = kari.connect()
    with database.atomic():
        database.execute_sql("INSERT INTO note (text) VALUES ('acknowledged')")
    database.close()
    print("row", flush=True)
    slot = kari.add_slot(f"user {os.getpid()} {number}", "words of a user", kdf=FLOOR)
    if sys.argv[4] == "rotate":
        kari.remove_slot(slot)
    number += 1
"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["rotate", "rewrite"])
def test_a_killed_session_harms_nobody(vault: Vault, child: Callable[..., subprocess.Popen[str]], kind: str) -> None:
    chance = random.Random(20261122)
    rows = 300
    for _ in range(12):
        running = child(CHANGER, vault.folder, *KARI, kind)
        assert running.stdout is not None
        assert running.stdout.readline() == "row\n"
        time.sleep(chance.uniform(0, 0.12))
        running.kill()
        rest, errors = running.communicate(timeout=30)
        assert errors == ""
        rows += 1 + rest.count("row\n")
        for way in (vault.ola(), vault.kari(), sealed.unlock_with_recovery(vault.folder, vault.recovery)):
            database = way.connect()
            found = database.execute_sql("SELECT count(*) FROM note").fetchone()[0]
            # The last row may have been committed without its acknowledgement having got out.
            assert found - rows in (0, 1)
            assert damaged_pages(database) == damaged_structure(database) == []
            database.close()
        rows = found
        way.reload()
        left = {path.name for path in vault.folder.iterdir() if not path.name.endswith(("-wal", "-shm"))}
        assert left == {"caseload.db", "slots.json", "vault.lock"}


CREATOR = """
import sys
from pathlib import Path
from models.vault import engine, sealed
from models.vault.keys import KdfParameters
print("ready", flush=True)
sealed.create(Path(sys.argv[1]), sys.argv[2], sys.argv[3], kdf=KdfParameters(16384, 2, 1))
print("made", flush=True)
"""


@pytest.mark.slow
def test_a_killed_creation_leaves_a_whole_vault_or_none(
    tmp_path: Path, child: Callable[..., subprocess.Popen[str]]
) -> None:
    chance = random.Random(7)
    for number in range(8):
        folder = tmp_path / str(number)
        running = child(CREATOR, folder, *KARI)
        assert running.stdout is not None
        running.stdout.readline()
        time.sleep(chance.uniform(0.02, 0.09))
        running.kill()
        running.communicate(timeout=30)
        try:
            kari = sealed.unlock(folder, *KARI)
        except NoVault:
            kari, _recovery = sealed.create(folder, *KARI, kdf=FLOOR)
        kari.connect().close()
        found = {path.name for path in folder.iterdir() if not path.name.startswith("unfinished-")}
        assert found == {"caseload.db", "slots.json", "vault.lock"}
