"""A reader who wants to lead: with Python in a shared folder, and as a Unix user where the folder is served."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from models.storage.reading import FOUNDER
from models.storage.work import NotAllowed
from models.store import Store
from models.team import staff
from models.vault.errors import NotSigner
from models.vault.slots import read_slots
from tests.attack.conftest import Tally
from tests.exin_tui.command_line import NEW_PASSPHRASE, QUICK, House
from tests.models.vault.conftest import child
from tests.models.vault.test_place import BECOME

__all__ = ["child"]


def test_by_the_roster(house: House, tally: Tally) -> None:
    """Everything the signed roster guards, asked for with a reader's key: refused, and the slots stay."""
    store = house.store("lise", NEW_PASSPHRASE)
    lise, own = store.unlocked, str(store.unlocked.slot_id)
    other = next(slot for slot in lise.slot_ids if slot != own)
    before = read_slots(house.vault / "slots.json")
    for attempt in (
        lambda: lise.set_role(own, "team_leader"), lambda: lise.remove_slot(other), lise.renew_recovery,
        lambda: lise.add_slot("per", NEW_PASSPHRASE, role="team_leader", kdf=QUICK),
        lambda: lise.replace_slot(other, "kari", NEW_PASSPHRASE, kdf=QUICK),
    ):  # fmt: skip
        with pytest.raises(NotSigner):
            attempt()
        tally["refused"] += 1
    assert read_slots(house.vault / "slots.json") == before
    with pytest.raises(NotAllowed):
        store.change_now(staff.set_role, "lise", "team_leader")
    store.close()


def test_by_the_list_and_a_forged_audit(house: House, tally: Tally) -> None:
    """As the founder, with the audit's key: a row in good order. The roster still counts, and `exin verify` tells."""
    store = house.store("lise", NEW_PASSPHRASE)
    store.actor = FOUNDER
    store.change_now(staff.set_role, "lise", "team_leader")
    store.close()
    again: Store = house.store("lise", NEW_PASSPHRASE)
    assert (again.actor.role, again.actor.may_write) == ("reader", False)
    with pytest.raises(NotAllowed):
        again.change_now(staff.set_role, "ola", "reader")
    again.close()
    found = house.signed("verify")
    assert found.returncode == 1
    assert "lise is team-leader in the team's list and reader in the signed roster, which counts" in found.stdout
    tally["found"] += 1
    lise = house.secret("lise", NEW_PASSPHRASE)
    run = house.run("user", "revoke", "ola", "--user", "lise", "--passphrase-file", lise)
    assert (run.returncode, "Only a team leader" in run.stderr) == (2, True)
    tally["refused"] += 1


UNIX_USER = """
for act in (lambda: sealed.unlock(folder, user, passphrase), lambda: open(folder / "slots.json"),
            lambda: open(folder / "caseload.db", "r+b"), lambda: os.listdir(folder),
            lambda: sealed.create(folder, user, passphrase, kdf=FLOOR), lambda: os.rename(folder, "gone")):
    try:
        act()
    except (VaultError, PermissionError) as error:
        print("refused", type(error).__name__)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another Unix user")
def test_as_a_unix_user_of_a_served_folder(
    house: House, child: Callable[..., subprocess.Popen[str]], tally: Tally
) -> None:
    """Lise's right passphrase and Python, but the folder is the service account's: nothing of it opens."""
    with tempfile.TemporaryDirectory() as passable:
        Path(passable).chmod(0o755)
        served = shutil.copytree(house.vault, Path(passable) / "vault")
        served.chmod(0o700)
        out, errors = child(BECOME + UNIX_USER, "54322", "54322", served, "lise", NEW_PASSPHRASE).communicate(
            timeout=60
        )
        assert out.split().count("refused") == 6, out + errors
        assert {path.name for path in served.iterdir()} == {path.name for path in house.vault.iterdir()}
    tally["refused"] += 6
