"""Roles and keys from the command line: the roster counts, and what says otherwise is found and mended."""

from __future__ import annotations

from pathlib import Path

import pexpect
import pytest

from models import users
from models.store import Store
from models.team import staff
from models.vault import sealed
from models.vault.errors import Busy, CannotUnlock, WrongRecoveryKey
from models.vault.place import VaultPlace
from models.vault.recovery import RecoveryKey
from models.vault.slots import read_slots
from tests.exin_tui.command_line import NEW_PASSPHRASE, PASSPHRASE, House, build_team, copy


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build_team(tmp_path_factory.mktemp("built"))


@pytest.fixture
def house(built: House, tmp_path: Path) -> House:
    return copy(built, tmp_path)


def slot_of(store: Store, user: str) -> str:
    return store.ask_now(staff.by_user, user).slot


def test_a_role_is_given_in_the_roster_and_in_the_list(house: House) -> None:
    run = house.signed("user", "role", "ola", "team-leader")
    assert (run.returncode, run.stdout) == (0, ""), run.stderr
    assert "ola has the role Team leader now." in run.stderr
    assert sealed.unlock(house.vault, "ola", NEW_PASSPHRASE).signs
    assert "ola\tteam-leader\tactive" in house.signed("user", "list").stdout
    ola = house.secret("ola", NEW_PASSPHRASE)
    # Now there are two, and either may change the other.
    back = house.run("user", "role", "kari", "reader", "--user", "ola", "--passphrase-file", ola)
    assert back.returncode == 0, back.stderr
    kari = sealed.unlock(house.vault, "kari", PASSPHRASE)
    assert (kari.role, kari.signs) == ("reader", False)
    refused = house.signed("user", "role", "ola", "reader")
    assert (refused.returncode, "Only a team leader" in refused.stderr) == (2, True)
    assert house.run("verify", "--user", "ola", "--passphrase-file", ola).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("kari", "reader"), "only team leader"),
        (("nemo", "reader"), "nemo"),
        (("ola", "king"), "king"),
    ],
    ids=["last_leader", "nobody", "no_role"],
)
def test_a_role_that_cannot_be_is_refused(house: House, arguments: tuple[str, str], said: str) -> None:
    before = (house.vault / "slots.json").read_bytes()
    run = house.signed("user", "role", *arguments)
    assert (run.returncode, said in run.stderr) == (2, True), run.stderr
    assert (house.vault / "slots.json").read_bytes() == before


def test_the_own_role_is_anothers_to_change(house: House) -> None:
    assert house.signed("user", "role", "ola", "team-leader").returncode == 0
    run = house.signed("user", "role", "kari", "caseworker")
    assert (run.returncode, "your own role" in run.stderr) == (2, True)


def test_a_change_of_role_that_was_cut_off_is_found_and_mended(house: House) -> None:
    store = house.store()
    store.unlocked.set_role(slot_of(store, "ola"), "reader")
    store.close()
    found = house.signed("verify")
    assert found.returncode == 1
    assert found.stdout == (
        "slots: ola is caseworker in the team's list and reader in the signed roster, which counts; "
        "see `exin user role`.\n"
    )
    assert house.signed("user", "role", "ola", "reader").returncode == 0
    assert house.signed("verify").returncode == 0


def test_somebody_in_the_team_without_a_key_is_found(house: House) -> None:
    store = house.store()
    store.unlocked.remove_slot(slot_of(store, "ola"))
    store.close()
    found = house.signed("verify")
    assert (found.returncode, found.stdout) == (1, "slots: ola is in the team and has no key.\n")
    run = house.signed("user", "role", "ola", "reader")
    assert (run.returncode, "ola has no key" in run.stderr) == (2, True)
    assert house.signed("user", "revoke", "ola").returncode == 0
    assert house.signed("verify").returncode == 0


def test_what_only_the_root_signs_is_refused_with_its_sentence(house: House) -> None:
    """Where the team's list calls somebody a leader and the roster does not, the roster counts."""
    store = house.store()
    store.change_now(staff.set_role, "lise", "team_leader")
    store.close()
    lise = house.secret("lise", NEW_PASSPHRASE)
    run = house.run("user", "revoke", "ola", "--user", "lise", "--passphrase-file", lise)
    assert (run.returncode, "Only a team leader" in run.stderr) == (2, True)
    assert house.signed("verify").stdout.startswith("slots: lise is team-leader in the team's list and reader")


def test_a_caseworker_changes_their_own_passphrase_alone(house: House) -> None:
    old, new = house.secret("old", NEW_PASSPHRASE), house.secret("new", "sju fjell og en regnfrakk til")
    run = house.run("user", "passphrase", "--user", "ola", "--passphrase-file", old, "--new-passphrase-file", new)
    assert run.returncode == 0, run.stderr
    assert house.run("verify", "--user", "ola", "--passphrase-file", new).returncode == 0
    assert house.signed("verify").returncode == 0
    with pytest.raises(CannotUnlock):
        sealed.unlock(house.vault, "ola", NEW_PASSPHRASE)


def test_revoking_makes_a_new_recovery_key_when_asked_to(house: House) -> None:
    run = house.signed("user", "revoke", "ola", "--new-recovery-key")
    assert run.returncode == 0, run.stderr
    (line,) = run.stdout.splitlines()
    assert sealed.unlock_with_recovery(house.vault, RecoveryKey.parse(line)).signs
    with pytest.raises(WrongRecoveryKey):
        sealed.unlock_with_recovery(house.vault, RecoveryKey.parse(house.recovery))
    assert house.signed("verify").returncode == 0


def test_a_new_recovery_key_that_was_not_shown_is_told_to_whoever_comes(house: House) -> None:
    """The former one opens nothing any more, so that there must not be a vault whose key nobody has seen."""
    with open("/dev/full", "w", encoding="utf-8") as full:
        assert house.signed("user", "recover", "--new-key", stdout=full).returncode == 5
    with pytest.raises(WrongRecoveryKey):
        sealed.unlock_with_recovery(house.vault, RecoveryKey.parse(house.recovery))
    told = "nobody may have seen that key"
    assert told in house.run("doctor").stdout
    assert house.signed("user", "recover", "--new-key").returncode == 0
    assert told not in house.run("doctor").stdout


def test_a_recovery_key_that_could_not_be_made_is_the_former(house: House) -> None:
    for before in (False, True):
        place = VaultPlace(house.vault)
        marked = users._marked_unseen(place)
        marked.__enter__()
        assert place.unseen.exists()
        error = Busy(place.lock)
        assert not marked.__exit__(Busy, error, None)
        assert place.unseen.exists() == before
        place.unseen.touch()


@pytest.mark.terminal
@pytest.mark.parametrize("answer", ["y", ""])
def test_revoking_at_a_terminal_offers_a_new_recovery_key(house: House, answer: str) -> None:
    before = read_slots(house.vault / "slots.json").recovery.public
    terminal = house.terminal(
        "user", "revoke", "ola", "--user", "kari", "--passphrase-file", f"{house.home}/passphrase"
    )
    terminal.expect("may have seen the recovery key")
    terminal.send(answer + "\r")
    if answer:
        terminal.expect("Press Enter when it is written down")
        terminal.send("\r")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    after = read_slots(house.vault / "slots.json").recovery.public
    assert (after != before) == bool(answer)


def test_doctor_tells_of_copies_with_another_key_or_with_slots(house: House) -> None:
    copies = house.vault / "copies"
    copies.mkdir(0o700)
    (copies / "old.db").write_bytes(b"not of this vault" * 500)
    (copies / "old.slots.json").write_bytes((house.vault / "slots.json").read_bytes())
    run = house.run("doctor")
    assert "old.slots.json still opens a copy" in run.stdout
    assert house.signed("user", "revoke", "ola").returncode == 0
    run = house.run("doctor")
    assert "old.other-key.db does not open with the vault's key of today" in run.stdout
    assert "old.slots.json" not in run.stdout
