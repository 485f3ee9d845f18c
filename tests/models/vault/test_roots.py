"""The root that signs the roster: who has it, how it gives way to another, and whom that shuts out."""

from __future__ import annotations

import secrets
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from models.vault import key_wrapping, keys, sealed, signing
from models.vault.errors import (
    CannotUnlock,
    LastLeader,
    NotSigner,
    Revoked,
    SlotsDoNotFit,
    VaultError,
)
from models.vault.slots import RecoverySlot, SlotsFile, read_slots, root_data
from models.vault.unlocked import Unlocked
from tests.models.vault.forging import (
    DOES_NOT_FOLLOW,
    NEW,
    AsItIs,
    forge,
    notes,
    planted_recovery,
    proof_of,
    refused,
)
from tests.models.vault.vault_sample import FLOOR, KARI, OLA, PER, Team, Vault


def root_of(way: Unlocked) -> bytes:
    assert way._roster is not None
    return key_wrapping.root_of(way._slots, way._roster, way.slot_id, way._private, way.place.slots)


def former_leader_forges(team: Vault, stolen: bytes, slots: SlotsFile, key: bytes) -> None:
    """A roster of today, signed with a root of yesterday, in which the attacker has the recovery key."""
    forged = planted_recovery(slots, key, secrets.token_bytes(16))
    members = proof_of(slots).roster.members
    for chain in ((), proof_of(slots).roots):
        signed = replace(signing.Root(stolen, members), roots=chain).proved(forged, key)
        team.place.slots.write_bytes(signed.authenticated(key).encoded())
        refused(team, team.kari, DOES_NOT_FOLLOW)
    # And with a new root of their own that the former one signs.
    renewed = signing.Root(stolen, members).renewed(slots.vault_id).proved(forged, key)
    team.place.slots.write_bytes(renewed.authenticated(key).encoded())
    refused(team, team.kari, DOES_NOT_FOLLOW)


@pytest.mark.parametrize("how", ["removed", "demoted", "own passphrase", "replaced", "recovery key"])
def test_whoever_had_the_root_does_not_sign_for_those_who_came_back_since(team: Team, how: str) -> None:
    """A leader who left or stepped down, or a thief of old slots with a passphrase or recovery key of their time."""
    per, kari = team.per(), team.kari()
    stolen, pin = root_of(per), kari._pin
    if how == "removed":
        kari.remove_slot(team.per_id)
    elif how == "demoted":
        kari.set_role(team.per_id, "caseworker")
    elif how == "own passphrase":
        per.change_passphrase(PER[0], NEW, kdf=FLOOR)
    elif how == "replaced":
        kari.replace_slot(team.per_id, PER[0], NEW, kdf=FLOOR)
    else:
        kari.renew_recovery()
    assert kari._pin != pin or how == "own passphrase"
    back = team.kari()
    assert back._wrapping is not None
    assert notes(back) == notes(team.lise()) == 300
    assert back._wrapping is None
    former_leader_forges(team, stolen, read_slots(team.place.slots), back._database_key)


def test_a_pin_that_is_behind_follows_the_chain_and_is_renewed_once(team: Team) -> None:
    kari = team.kari()
    for role in ("caseworker", "team_leader", "reader"):
        kari.set_role(team.per_id, role)
    assert len(proof_of(read_slots(team.place.slots)).roots) == 2
    generation = read_slots(team.place.slots).generation
    for way in (team.ola, team.per, lambda: sealed.unlock_with_recovery(team.folder, team.recovery)):
        before = team.place.slots.read_bytes()
        assert notes(way()) == 300
        renewed = team.place.slots.read_bytes()
        assert renewed != before
        assert notes(way()) == 300
        assert team.place.slots.read_bytes() == renewed
    assert read_slots(team.place.slots).generation == generation
    assert team.per().role == "reader"


def test_a_place_that_cannot_be_written_keeps_nobody_from_a_pin_that_is_behind(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models.vault import files
    from models.vault.errors import ReadOnlyPlace

    team.kari().set_role(team.per_id, "caseworker")
    ola = team.ola()

    def refuse(*_arguments: object) -> None:
        raise ReadOnlyPlace(team.place.slots)

    monkeypatch.setattr(files, "write_whole", refuse)
    with AsItIs(team):
        ola.connect().close()
    assert ola._wrapping is None
    monkeypatch.undo()
    assert notes(ola) == notes(team.ola()) == 300


def test_an_old_folder_put_back_is_refused_by_whoever_is_in_when_a_leader_left(team: Team, tmp_path: Path) -> None:
    """Slots and database as they were, with the leader in them who is gone. At the prompt only memory would tell."""
    shutil.copytree(team.folder, tmp_path / "kept")
    team.kari().remove_slot(team.per_id)
    back = team.kari()
    notes(back)
    for file in (tmp_path / "kept").iterdir():
        shutil.copy(file, team.folder / file.name)
    for attempt in (back.connect, back.reload):
        refused(team, attempt, DOES_NOT_FOLLOW)


def test_the_last_leader_stays_one(team: Team) -> None:
    kari = team.kari()
    kari.set_role(team.per_id, "reader")
    before = team.place.slots.read_bytes()
    with pytest.raises(LastLeader, match="only team leader") as caught:
        kari.set_role(str(kari.slot_id), "caseworker")
    assert caught.value.exit_code == 2
    with pytest.raises(ValueError, match="no role"):
        kari.set_role(team.ola_id, "king")
    with pytest.raises(LookupError):
        kari.set_role("0" * 32, "reader")
    assert team.place.slots.read_bytes() == before
    kari.set_role(team.ola_id, "team_leader")
    kari.set_role(str(kari.slot_id), "caseworker")
    assert (kari.role, kari.signs) == ("caseworker", False)
    assert notes(kari) == notes(team.kari()) == 300
    with pytest.raises(NotSigner):
        kari.set_role(team.ola_id, "reader")


def test_another_root_sealed_to_a_leader_signs_nothing(team: Team) -> None:
    """By somebody with a key, so that Kari signs with a root they know."""
    lise, kari = team.lise(), team.kari()

    def planted(slots: SlotsFile) -> SlotsFile:
        mine = slots.slot(str(kari.slot_id))
        assert mine is not None
        bound = root_data(slots.vault_id, proof_of(slots).roster.root, mine.id)
        return key_wrapping.with_slot(slots, replace(mine, root=keys.seal(keys.new_seed(), mine.public, bound)))

    forge(team, planted, lise._database_key)
    kari = team.kari()
    for attempt in (lambda: kari.add_slot("x", "words of x", kdf=FLOOR), lambda: kari.remove_slot(team.per_id)):
        refused(team, attempt, DOES_NOT_FOLLOW)


def test_a_new_passphrase_before_the_pin_was_renewed_is_the_one_that_opens(team: Team) -> None:
    team.kari().set_role(team.per_id, "reader")
    ola = team.ola()
    ola.change_passphrase(OLA[0], NEW, kdf=FLOOR)
    assert notes(ola) == notes(sealed.unlock(team.folder, OLA[0], NEW)) == notes(team.kari()) == 300


def test_a_revoked_leader_is_out(team: Team) -> None:
    per, kari = team.per(), team.kari()
    kari.remove_slot(team.per_id)
    with pytest.raises(Revoked):
        per.reload()
    with pytest.raises(CannotUnlock):
        team.per()
    with pytest.raises(VaultError):
        per.add_slot("x", "words of x", kdf=FLOOR)


def test_two_leaders_signing_at_once_both_sign(team: Team) -> None:
    ways, failed = (team.kari(), team.per()), []

    def add(way: Unlocked) -> None:
        try:
            for number in range(3):
                way.add_slot(f"{way.slot_id} {number}", f"words of {number}", kdf=FLOOR)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=add, args=(way,)) for way in ways]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    kari = team.kari()
    assert len(kari.slot_ids) == 10
    assert notes(kari) == 300
    assert notes(sealed.unlock(team.folder, f"{team.per_id} 2", "words of 2")) == 300


def test_slots_of_another_vault_are_told_as_that(team: Team, other: Vault) -> None:
    kari = team.kari()
    shutil.copy(other.place.slots, team.place.slots)
    with AsItIs(team), pytest.raises(SlotsDoNotFit, match="another vault"):
        kari.connect()


def test_a_recovery_slot_that_is_signed_is_no_way_for_another_secret(team: Team) -> None:
    slots = read_slots(team.place.slots)
    assert isinstance(slots.recovery, RecoverySlot)
    assert key_wrapping.recovered(slots, secrets.token_bytes(16), team.place.slots) is None
    assert sealed.unlock(team.folder, *KARI).signs


@pytest.mark.parametrize("role", ["reader", "team_leader"])
def test_a_way_in_that_is_taken_back_is_signed_away(team: Team, role: str) -> None:
    """Without a new database key, but not without a new root where it held that."""
    kari = team.kari()
    pin = kari._pin
    kari.take_back_slot(kari.add_slot("Siri", "words of Siri", role=role, kdf=FLOOR))
    assert (kari._pin == pin) == (role == "reader")
    assert len(team.kari().slot_ids) == 4
    assert notes(kari) == notes(team.ola()) == 300
    with pytest.raises(NotSigner):
        team.lise().take_back_slot(team.ola_id)
