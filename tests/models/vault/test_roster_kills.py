"""The process ended at every step of a change of who belongs to a vault: exactly one truth is left, and goes on.

A step is every file of the vault that is opened, renamed or removed, and either side of the encrypting anew.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from models.vault import sealed
from models.vault.errors import CannotUnlock, Revoked
from models.vault.slots import read_slots
from models.vault.unlocked import Unlocked
from tests.models.vault.vault_sample import CANARY, FLOOR, KARI, LISE, OLA, PER, Team

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(sys, "addaudithook") or sys.platform == "win32", reason="there is no fork"),
]

GOLDEN = Path(__file__).parents[1] / "vault_before_rooms" / "vault"
GOLDEN_PASSPHRASE = "korrekt hest batteri stift"
THIRD = ("Siri Dahl", "words of a fifth person")
NEW = "helt ny passfrase 93"

KILLED = """
import os, shutil, sys
from pathlib import Path
from models.vault import engine, sealed
from models.vault.keys import KdfParameters
pattern, beside, user, passphrase, kind, slot = sys.argv[1:]
FLOOR = KdfParameters(16384, 2, 1)
KINDS = {
    "add": lambda way: way.add_slot("Siri Dahl", "words of a fifth person", role="reader", kdf=FLOOR),
    "role": lambda way: way.set_role(slot, "caseworker"),
    "remove": lambda way: way.remove_slot(slot),
    "recovery": lambda way: way.renew_recovery(),
    "passphrase": lambda way: way.change_passphrase(user, "helt ny passfrase 93", kdf=FLOOR),
    "upgrade": lambda way: way.upgrade({slot: "team_leader"}),
    "pin": lambda way: way.connect().close(),
}
STEPS = {"open", "os.rename", "os.remove"}

def run(folder, last):
    way, left = sealed.unlock(folder, user, passphrase), last
    def step():
        nonlocal left
        left -= 1
        if left == 0:
            os._exit(9)
    def heard(event, arguments):
        if event in STEPS and str(folder) in str(arguments[0]):
            step()
    rekey = engine.rekey
    def encrypted(*arguments):
        step()
        rekey(*arguments)
        step()
    engine.rekey = encrypted
    sys.addaudithook(heard)
    KINDS[kind](way)
    os._exit(0)

for last in range(1, 200):
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

Run = Callable[..., list[Path]]


@pytest.fixture
def killed(child: Callable[..., subprocess.Popen[str]], tmp_path: Path) -> Run:
    """The folders of a vault in which `kind` was ended at its first step, its second and so on; the last is whole."""

    def run(pattern: Path, who: tuple[str, str], kind: str, slot: str = "") -> list[Path]:
        beside = tmp_path / kind
        beside.mkdir()
        running = child(KILLED, pattern, beside, *who, kind, slot)
        _out, errors = running.communicate(timeout=300)
        assert (running.returncode, errors) == (0, "")
        return sorted(beside.iterdir())

    return run


def notes(way: Unlocked) -> int:
    database = way.connect()
    try:
        sql = "SELECT count(*) FROM note WHERE text LIKE ?"
        return int(database.execute_sql(sql, (CANARY + "%",)).fetchone()[0])
    finally:
        database.close()


def opens(folder: Path, who: tuple[str, str]) -> bool:
    try:
        return notes(sealed.unlock(folder, *who)) == 300
    except (CannotUnlock, Revoked):
        return False


def truths(team: Team, folders: list[Path], *others: Callable[[Team], Unlocked]) -> Iterator[Team]:
    """Each folder, after everybody who belongs to it has opened it and they agree on who that is."""
    # What is cut off before anything was written and what is cut off when all of it was are among them.
    assert len(folders) > 5
    for folder in folders:
        here = replace(team, folder=folder)
        ways = [way(here) for way in others]
        assert {notes(way) for way in ways} == {300}
        for way in ways:
            way.reload()
        assert len({str(way.roles) for way in ways}) == 1
        left = {path.name for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm"))}
        assert left == {"caseload.db", "slots.json", "vault.lock"}
        yield here
        # And it goes on from there.
        ways[0].add_slot("somebody else", "words of somebody else", kdf=FLOOR)
        assert opens(folder, ("somebody else", "words of somebody else"))


def by_recovery(team: Team) -> Unlocked:
    return sealed.unlock_with_recovery(team.folder, team.recovery)


def test_adding_somebody(team: Team, killed: Run) -> None:
    seen = []
    for here in truths(team, killed(team.folder, KARI, "add"), Team.kari, Team.per, Team.ola, by_recovery):
        added = opens(here.folder, THIRD)
        assert len(here.kari().slot_ids) == 4 + added
        seen.append(added)
    assert seen == sorted(seen)
    assert set(seen) == {False, True}


def test_taking_leadership_away(team: Team, killed: Run) -> None:
    seen = []
    folders = killed(team.folder, KARI, "role", team.per_id)
    for here in truths(team, folders, Team.kari, Team.ola, Team.per, by_recovery):
        per = here.per()
        assert per.signs == (per.role == "team_leader")
        proof = read_slots(here.place.slots).proof
        assert proof is not None
        assert (proof.roots == ()) == per.signs
        seen.append(per.role)
    assert set(seen) == {"team_leader", "caseworker"}
    assert seen == sorted(seen, reverse=True)


def test_taking_a_leader_out(team: Team, killed: Run) -> None:
    seen = []
    folders = killed(team.folder, KARI, "remove", team.per_id)
    for here in truths(team, folders, Team.kari, Team.ola, Team.lise, by_recovery):
        left = opens(here.folder, PER)
        assert (team.per_id in here.kari().slot_ids) == left
        seen.append(left)
    assert seen == sorted(seen, reverse=True)
    assert set(seen) == {False, True}


def test_a_new_recovery_key(team: Team, killed: Run) -> None:
    folders = killed(team.folder, KARI, "recovery")
    for here in truths(team, folders, Team.kari, Team.ola, Team.per):
        assert opens(here.folder, LISE)


@pytest.mark.parametrize("who", ["ola", "per"])
def test_a_new_passphrase_of_ones_own(team: Team, killed: Run, who: str) -> None:
    """Of one who signs with the root, and of one who signs with the key they had."""
    person, seen = OLA if who == "ola" else PER, []
    folders = killed(team.folder, person, "passphrase")
    for here in truths(team, folders, Team.kari, Team.lise, by_recovery):
        old, new = opens(here.folder, person), opens(here.folder, (person[0], NEW))
        assert old != new
        seen.append(new)
    assert seen == sorted(seen)
    assert set(seen) == {False, True}


def test_pinning_a_new_root(team: Team, killed: Run) -> None:
    team.kari().set_role(team.per_id, "caseworker")
    for here in truths(team, killed(team.folder, LISE, "pin"), Team.kari, Team.lise, Team.per, by_recovery):
        assert here.lise()._wrapping is None


def test_the_first_roster(killed: Run, tmp_path: Path) -> None:
    pattern, kari = tmp_path / "pattern", ("kari", GOLDEN_PASSPHRASE)
    shutil.copytree(GOLDEN, pattern)
    slot = str(sealed.unlock(pattern, *kari).slot_id)
    folders, seen = killed(pattern, kari, "upgrade", slot), []
    assert len(folders) > 5
    for folder in folders:
        ways = [sealed.unlock(folder, user, GOLDEN_PASSPHRASE) for user in ("kari", "ola")]
        for way in ways:
            way.connect().close()
        assert {way.roles is None for way in ways} in ({True}, {False})
        seen.append(ways[0].roles is not None)
        ways[0].upgrade({slot: "team_leader"})
        assert (ways[0].role, ways[0].signs) == ("team_leader", True)
        again = sealed.unlock(folder, *kari)
        again.connect().close()
        assert sealed.unlock(folder, *kari)._wrapping is None
    assert seen == sorted(seen)
    assert set(seen) == {False, True}
