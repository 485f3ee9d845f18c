"""Whoever can write the vault's folder, with a key or without one."""

from __future__ import annotations

import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.errors import ExinError
from models.examination import whole as examination
from models.storage.reading import Reading
from models.tables import TABLES
from models.vault import sealed
from models.vault.recovery import RecoveryKey
from tests.attack.conftest import Tally
from tests.exin_tui.command_line import EXIN, NEW_PASSPHRASE, PASSPHRASE, House
from tests.exin_tui.test_cli_trouble import contents
from tests.kill_writers import ROOT, WRITER

PLANTED = ("vault.unfinished", "slots.making.json", "slots.0123abcd.tmp", "unfinished-0123abcd")


def test_init_over_a_living_vault(house: House, chance: random.Random, tally: Tally) -> None:
    """Plant what a killed making leaves, and have somebody run `exin init` and `exin`."""
    for name in chance.sample(PLANTED, chance.randint(1, len(PLANTED))):
        (house.vault / name).touch()
    before = contents(house)
    run = house.signed("init")
    assert (run.returncode, "already a vault" in run.stderr) == (5, True), run.stderr
    after = contents(house)
    assert {name: after.get(name) for name in before} == before
    assert house.signed("verify").returncode == 0
    tally["refused"] += 1


def test_a_killed_init(tmp_path: Path, chance: random.Random, tally: Tally) -> None:
    """Kill `exin init` at a random moment: no vault stands whose recovery key was not shown."""
    house = House(tmp_path)
    command = house.command("init", "--user", "kari", "--passphrase-file", str(tmp_path / "passphrase"))
    for wait in (chance.uniform(0.3, 1.6) for _kill in range(3)):
        shutil.rmtree(house.vault, ignore_errors=True)
        with subprocess.Popen(command, env=house.environment, stdout=subprocess.PIPE, text=True) as making:
            time.sleep(wait)
            making.send_signal(chance.choice((signal.SIGKILL, signal.SIGTERM)))
            shown, _errors = making.communicate(timeout=30)
        if (house.vault / "slots.json").exists():
            (key,) = [line for line in shown.splitlines() if line.count("-") >= 7]
            assert sealed.unlock_with_recovery(house.vault, RecoveryKey.parse(key)).signs
        else:
            assert house.signed("init").returncode == 0
        assert house.signed("verify").returncode == 0
        tally["harmless"] += 1


@pytest.mark.parametrize("umask", [0o000, 0o002, 0o007])
def test_a_first_run_under_another_umask(tmp_path: Path, umask: int, tally: Tally) -> None:
    """The umask of a shared primary group: nothing that is made is the group's or anybody else's."""
    (tmp_path / "home").mkdir(mode=0o755)
    house = House(tmp_path / "home")
    before = {*tmp_path.rglob("*")}
    assert house.signed("init", umask=umask).returncode == 0
    assert house.signed("verify", umask=umask).returncode == 0
    assert house.signed("export", "--format", "json", "--output", str(house.home / "all"), umask=umask).returncode == 0
    made = {*tmp_path.rglob("*")} - before
    assert {path.name for path in made} >= {"vault", "slots.json", "caseload.db", "all.json", "state"}
    assert [path for path in made if stat.S_IMODE(path.lstat().st_mode) & 0o077] == []
    tally["harmless"] += 1


RAW = (
    "UPDATE staff SET role = 'team_leader' WHERE user = 'lise'",
    "UPDATE staff SET active = 0 WHERE user = 'ola'",
    "UPDATE entry SET text = 'noe annet'",
    "UPDATE participant SET family_name = 'Annen'",
    "DELETE FROM entry WHERE id = 1",
    "INSERT INTO staff (user, name, initials, role, active, slot, version) "
    "SELECT 'per', 'Per', 'PX', role, active, 'x', 1 FROM staff WHERE id = 1",
    "UPDATE audit SET actor = 1, action = 'x' WHERE seq = 2",
    "DELETE FROM audit WHERE seq = (SELECT max(seq) - 1 FROM audit)",
    "UPDATE change SET before = before || ' ' WHERE id = (SELECT max(id) FROM change)",
    "UPDATE change SET after = NULL WHERE id = 1",
    "UPDATE visit SET staff = 1, relation = 'responsible' WHERE seq = 1",
    "DELETE FROM visit",
)


@pytest.mark.parametrize("number", range(len(RAW)))
def test_a_row_altered_past_the_program(house: House, number: int, tally: Tally) -> None:
    """Whoever has a key has SQL: one row altered, taken out or put in, and `exin verify` by somebody else."""
    store = house.store("lise", NEW_PASSPHRASE)
    store.log_now([1], "printed")
    changed = store._now(lambda: store._database.execute_sql(RAW[number]).rowcount)
    store.close()
    run = house.signed("verify")
    if not changed:
        assert run.returncode == 0
        tally["harmless"] += 1
        return
    assert run.returncode == 1, RAW[number]
    tally["found"] += 1


def told(house: House) -> tuple[list[str], dict[str, list[object]]]:
    """What the examination finds, and every row of the case."""
    store = house.store()
    try:
        flaws = store.ask_now(examination.examine, store._audit_key).flaws
        names = [table._meta.table_name for table in TABLES]
        rows = {name: store.ask_now(Reading.sql, f'SELECT * FROM "{name}" ORDER BY 1') for name in names}
        return [flaw.where for flaw in flaws], {name: list(found) for name, found in rows.items()}
    finally:
        store.close()


@pytest.mark.parametrize("name", ["caseload.db", "slots.json"])
def test_flipped_bits_and_cut_ends(house: House, name: str, chance: random.Random, tally: Tally) -> None:
    """A bit flipped or the end cut off anywhere: refused, found, or everything reads as before."""
    _flaws, whole = told(house)
    file = house.vault / name
    sound = file.read_bytes()
    for number in range(8):
        data = bytearray(sound)
        at = chance.randrange(len(data))
        data[at] ^= 1 << chance.randrange(8)
        file.write_bytes(bytes(data if number % 4 else sound[:at]))
        try:
            flaws, found = told(house)
        except ExinError:
            tally["refused"] += 1
            continue
        finally:
            file.write_bytes(sound)
            for log in house.vault.glob("caseload.db-*"):
                log.unlink()
        assert flaws or found == whole, (name, at)
        tally["found" if flaws else "harmless"] += 1


def test_old_slots_beside_the_new_database(house: House, tally: Tally) -> None:
    """Keep the slots, wait for a new passphrase, a revocation and a new recovery key, and put them back each time."""
    kept = house.vault / "slots.json"
    new = house.secret("new", "sju fjell og en regnfrakk til")
    for arguments in (
        ("user", "passphrase", "--new-passphrase-file", new), ("user", "revoke", "ola"),
        ("user", "recover", "--new-key"),
    ):  # fmt: skip
        old = kept.read_bytes()
        assert house.signed(*arguments).returncode == 0
        shutil.copy(new, house.home / "passphrase")
        now = kept.read_bytes()
        kept.write_bytes(old)
        for user, secret in (("kari", PASSPHRASE), ("kari", "sju fjell og en regnfrakk til"), ("ola", NEW_PASSPHRASE)):
            run = house.run("user", "list", "--user", user, "--passphrase-file", house.secret("tried", secret))
            assert run.returncode in (3, 4), run.stderr
            tally["refused"] += 1
        kept.write_bytes(now)
        assert house.signed("verify").returncode == 0


@pytest.mark.slow
def test_keys_changed_under_writers(house: House, tally: Tally) -> None:
    """Two processes write while a third changes the key: nothing acknowledged is lost, and nobody sees a raw error."""
    command = [sys.executable, "-c", WRITER, str(house.vault), PASSPHRASE, "1"]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    writers = [
        subprocess.Popen([*command, f"w{number}"], env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for number in range(2)
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
    kari = sealed.unlock(house.vault, "kari", PASSPHRASE)
    for _rotation in range(6):
        kari.renew_recovery()
        time.sleep(0.1)
        tally["harmless"] += 1
    acknowledged = []
    for writer in writers:
        assert writer.poll() is None, writer.communicate()
        writer.kill()
        out, errors = writer.communicate(timeout=30)
        assert errors == b""
        acknowledged += [line.split("\t") for line in out.decode().split("\n")[:-1]]
    assert len(acknowledged) > 10
    store = house.store()
    found = dict(store.ask_now(Reading.sql, "SELECT id, text FROM entry"))
    assert [line for line in acknowledged if not found[int(line[0])].startswith(line[1])] == []
    assert store.ask_now(examination.examine, store._audit_key).flaws == ()
    store.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another Unix user")
def test_another_unix_user_plants_and_takes(house: House, tally: Tally) -> None:
    """Somebody of the machine, not of the folder: looks, plants, and runs the program with a right passphrase."""
    house.vault.chmod(0o700)
    who = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    if not shutil.which("setpriv"):
        pytest.skip("setpriv is not here")
    before = contents(house)
    for line in (
        f"ls {house.vault}", f"cat {house.vault}/slots.json", f"touch {house.vault}/vault.unfinished",
        f"mv {house.vault} {house.vault}2", f"ln -s /etc/passwd {house.vault}/copies",
    ):  # fmt: skip
        assert subprocess.run([*who, "sh", "-c", line], capture_output=True, check=False).returncode != 0, line
        tally["refused"] += 1
    run = house.run("verify", "--user", "lise", "--passphrase-file", "/dev/null", program=(*who, *EXIN))
    assert run.returncode != 0
    assert contents(house) == before
