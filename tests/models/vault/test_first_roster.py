"""Vaults of before there were rosters: they open, lose nothing, and are signed by the first who leads."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from models.vault import keys, sealed, signing
from models.vault.errors import CannotUnlock, ChangedSlots, NotSigner
from models.vault.slots import SlotsFile, read_slots
from models.vault.unlocked import Unlocked
from tests.models.vault.forging import forge
from tests.models.vault.vault_sample import FLOOR, KARI, LISE, OLA, PER, Team, as_before_rosters

NEW = "helt ny passfrase 93"


@pytest.fixture
def before(team: Team) -> Team:
    as_before_rosters(team)
    return team


def notes(unlocked: Unlocked) -> int:
    database = unlocked.connect()
    try:
        return int(database.execute_sql("SELECT count(*) FROM note").fetchone()[0])
    finally:
        database.close()


def signed_by_kari(team: Team) -> Unlocked:
    kari = team.kari()
    kari.connect().close()
    kari.upgrade({str(kari.slot_id): "team_leader", team.ola_id: "caseworker", team.per_id: "team_leader"})
    return kari


def by_recovery(team: Team) -> Unlocked:
    return sealed.unlock_with_recovery(team.folder, team.recovery)


@pytest.mark.parametrize("way", [Team.kari, Team.ola, Team.lise, by_recovery])
def test_a_vault_without_a_roster_works_as_it_did(before: Team, way: Callable[[Team], Unlocked]) -> None:
    own = way(before)
    assert (own.roles, own.role, own.signs) == (None, None, False)
    assert notes(own) == 300
    third = own.add_slot("Siri", "words of Siri", kdf=FLOOR)
    own.replace_slot(third, "Siri", NEW, kdf=FLOOR)
    assert notes(sealed.unlock(before.folder, "Siri", NEW)) == 300
    own.remove_slot(third)
    renewed = own.renew_recovery()
    assert notes(own) == notes(sealed.unlock_with_recovery(before.folder, renewed)) == notes(before.per()) == 300
    if own.slot_id == before.ola_id:
        own.change_passphrase(OLA[0], NEW, kdf=FLOOR)
        assert notes(sealed.unlock(before.folder, OLA[0], NEW)) == 300
    with pytest.raises(NotSigner):
        own.set_role(before.per_id, "reader")
    assert read_slots(before.place.slots).proof is None


def test_the_first_who_leads_signs_and_the_others_are_pinned_when_they_come(before: Team) -> None:
    live = before.ola()
    live.connect().close()
    live.forget_wrapping()
    kari = signed_by_kari(before)
    # Whoever has no role in the team's list gets the least.
    assert kari.roles == {
        kari.slot_id: "team_leader", before.ola_id: "caseworker", before.per_id: "team_leader", before.lise_id: "reader"
    }  # fmt: skip
    assert before.kari()._wrapping is None
    assert notes(live) == 300
    assert (live.role, live.signs) == ("caseworker", False)
    for way in (before.ola, before.per, before.lise, lambda: by_recovery(before)):
        first = way()
        assert first._wrapping is not None
        assert notes(first) == 300
        assert way()._wrapping is None
    assert before.per().signs
    before.per().add_slot("Siri", "words of Siri", kdf=FLOOR)
    assert notes(kari) == 300


def test_signing_twice_is_signing_once(before: Team) -> None:
    per = before.per()
    per.connect().close()
    kari = signed_by_kari(before)
    root = kari._pin
    per.upgrade({str(per.slot_id): "team_leader"})
    assert per._pin == root == before.per()._pin
    assert before.per()._wrapping is None


def test_whoever_was_in_before_signs_for_themselves_without_having_come_since(before: Team) -> None:
    """Their key to sign with was made for them, and sealed to them alone."""
    signed_by_kari(before)
    before.ola().change_passphrase(OLA[0], NEW, kdf=FLOOR)
    per = before.per()
    per.change_passphrase(PER[0], NEW, kdf=FLOOR)
    assert notes(before.kari()) == notes(sealed.unlock(before.folder, OLA[0], NEW)) == 300
    slots = read_slots(before.place.slots)
    assert {slot.id for slot in slots.slots if slot.seed} == {before.lise_id}
    before.lise().change_passphrase(LISE[0], NEW, kdf=FLOOR)
    assert notes(before.kari()) == notes(sealed.unlock(before.folder, PER[0], NEW)) == 300
    with pytest.raises(CannotUnlock):
        before.lise()


def test_what_is_pinned_goes_back_to_nothing_unsigned(before: Team, tmp_path: Path) -> None:
    old = before.place.slots.read_bytes()
    kari = signed_by_kari(before)
    notes(before.ola())
    live = before.ola()
    live.connect().close()
    before.place.slots.write_bytes(old)
    for attempt in (kari.connect, kari.reload, live.connect):
        with pytest.raises(ChangedSlots, match="signed before"):
            attempt()
    assert before.place.slots.read_bytes() == old


def test_a_pinned_blob_is_refused_in_slots_of_before(before: Team) -> None:
    """The bytes of Kari's pinned way in inside unsigned slots, by somebody with a key."""
    old = read_slots(before.place.slots)
    kari = signed_by_kari(before)
    pinned = read_slots(before.place.slots).slot(str(kari.slot_id))
    assert pinned is not None
    bare = replace(pinned, root=b"", seed=b"")
    slots = replace(old, slots=tuple(bare if slot.id == bare.id else slot for slot in old.slots))
    before.place.slots.write_bytes(slots.authenticated(kari._database_key).encoded())
    with pytest.raises(ChangedSlots, match="signed before"):
        before.kari()


def test_a_new_recovery_key_cannot_lose_what_it_knows(before: Team) -> None:
    kari = signed_by_kari(before)
    renewed = kari.renew_recovery()
    key = kari._database_key

    def forged(slots: SlotsFile) -> SlotsFile:
        assert slots.proof is not None
        bare = replace(slots, recovery=replace(slots.recovery, pin=b""))
        return signing.Root(keys.new_seed(), slots.proof.roster.members).proved(bare, key)

    whole = before.place.slots.read_bytes()
    before.place.slots.write_bytes(forged(read_slots(before.place.slots)).authenticated(key).encoded())
    with pytest.raises(ChangedSlots, match="taken away"):
        sealed.unlock_with_recovery(before.folder, renewed)
    before.place.slots.write_bytes(whole)
    assert notes(sealed.unlock_with_recovery(before.folder, renewed)) == 300


def test_the_recovery_key_signs_the_first_roster_too(before: Team) -> None:
    recovered = by_recovery(before)
    recovered.upgrade({before.per_id: "team_leader"})
    assert recovered.signs
    recovered.replace_slot(before.per_id, PER[0], NEW, kdf=FLOOR)
    assert sealed.unlock(before.folder, PER[0], NEW).signs
    assert not before.kari().signs
    assert notes(by_recovery(before)) == notes(before.kari()) == 300
    assert by_recovery(before)._wrapping is None


def test_the_slots_that_lay_beside_copies_go_with_the_first_roster(before: Team) -> None:
    before.place.copies.mkdir()
    kept = before.place.copies / "before-schema-3-20261122T090000Z.slots.json"
    shutil.copy(before.place.slots, kept)
    signed_by_kari(before)
    assert not kept.exists()
    assert sealed.unlock(before.folder, *KARI).signs


def test_another_public_half_is_told_as_a_change_and_not_as_a_withdrawal(before: Team) -> None:
    """By somebody with a key, where nothing is signed yet: what is sealed to it would be theirs to read."""
    kari, lise = before.kari(), before.lise()
    theirs = keys.public_of(keys.new_private())

    def planted(slots: SlotsFile) -> SlotsFile:
        ways = tuple(replace(slot, public=theirs) if slot.id == kari.slot_id else slot for slot in slots.slots)
        return replace(slots, slots=ways)

    forge(before, planted, lise._database_key)
    with pytest.raises(ChangedSlots):
        before.kari()
