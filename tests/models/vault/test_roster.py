"""Who belongs to a vault is proved before anything is used: every way round it is refused, and the files stay.

The attacker writes the folder. Where it says so, they hold a key too, and so can make the MAC fit.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace

import pytest

from models.vault import engine, keys, sealed, signing
from models.vault.errors import (
    CannotUnlock,
    ChangedSlots,
    DamagedSlots,
    NotSigner,
    TooManyRenewals,
)
from models.vault.keys import KdfParameters
from models.vault.roster import Member, Renewal, RootLink
from models.vault.seal import Seal
from models.vault.slots import Slot, SlotsFile, new_id, read_slots
from tests.models.vault.forging import (
    DOES_NOT_FOLLOW,
    NEW,
    AsItIs,
    as_ever,
    forge,
    notes,
    own_root,
    planted_recovery,
    proof_of,
    refused,
    sealed_anew,
)
from tests.models.vault.vault_sample import FLOOR, LISE, OLA, PER, Team, Vault


@pytest.mark.parametrize(
    ("signed", "match"), [(as_ever, "key of the database"), (own_root, DOES_NOT_FOLLOW)], ids=["as_ever", "own_root"]
)
@pytest.mark.parametrize("who", ["kari", "ola", "recovery"])
def test_a_database_and_a_key_of_the_attackers_are_refused(
    team: Team, who: str, signed: Callable[[SlotsFile, bytes], SlotsFile], match: str
) -> None:
    """Without a passphrase or a key: an empty database under a key of one's own, sealed to everybody's public keys."""
    way = {
        "kari": team.kari, "ola": team.ola,
        "recovery": lambda: sealed.unlock_with_recovery(team.folder, team.recovery),
    }[who]  # fmt: skip
    live, key = way(), secrets.token_bytes(32)
    slots = read_slots(team.place.slots)
    team.place.slots.write_bytes(signed(sealed_anew(slots, key), key).authenticated(key).encoded())
    team.place.database.write_bytes(b"")
    engine.make_database(team.place, key.hex(), Seal.new(slots.vault_id, slots.generation).rows())
    refused(team, way, match)
    refused(team, live.connect, match)
    refused(team, live.reload, match)


def test_a_root_of_ones_own_beside_an_old_blob_of_hers_is_refused(team: Team) -> None:
    """Kari's way in as it was, the key holder's root over it."""
    lise = team.lise()
    forge(team, lambda slots: own_root(slots, lise._database_key), lise._database_key)
    refused(team, team.kari, DOES_NOT_FOLLOW)


def test_a_pin_cannot_be_shed_by_going_back_to_unsigned_slots(team: Team) -> None:
    lise, kari = team.lise(), team.kari()

    def unsigned(slots: SlotsFile) -> SlotsFile:
        bare = tuple(replace(slot, root=b"", seed=b"") for slot in slots.slots)
        return replace(slots, slots=bare, recovery=replace(slots.recovery, root=b"", pin=b""), proof=None)

    forge(team, unsigned, lise._database_key)
    for attempt in (team.kari, kari.connect, kari.reload):
        refused(team, attempt, "signed before")
    refused(team, lambda: sealed.unlock_with_recovery(team.folder, team.recovery), "taken away")


def test_what_the_recovery_key_knows_cannot_be_taken_from_it(team: Team) -> None:
    lise = team.lise()

    def without(slots: SlotsFile) -> SlotsFile:
        return replace(own_root(slots, lise._database_key), recovery=replace(slots.recovery, pin=b""))

    forge(team, without, lise._database_key)
    refused(team, lambda: sealed.unlock_with_recovery(team.folder, team.recovery), "taken away")


def test_a_planted_recovery_key_opens_nothing_and_nothing_is_sealed_to_it(team: Team) -> None:
    lise, kari = team.lise(), team.kari()
    whole, secret = team.place.slots.read_bytes(), secrets.token_bytes(16)
    forge(team, lambda slots: planted_recovery(slots, lise._database_key, secret), lise._database_key)
    for attempt in (
        team.kari, team.ola, kari.connect, kari.reload, kari.renew_recovery,
        lambda: kari.remove_slot(team.lise_id), lambda: kari.add_slot("x", "y", kdf=FLOOR),
    ):  # fmt: skip
        refused(team, attempt, "recovery key in it is not")
    team.place.slots.write_bytes(whole)
    assert notes(kari) == 300


def test_a_reader_does_not_make_themselves_a_leader(team: Team) -> None:
    lise = team.lise()

    def promoted(slots: SlotsFile) -> SlotsFile:
        proof = proof_of(slots)
        members = {**proof.roster.members}
        members[team.lise_id] = members[team.lise_id].with_role("team_leader")
        return replace(slots, proof=replace(proof, roster=replace(proof.roster, members=members)))

    forge(team, promoted, lise._database_key)
    for way in (team.lise, team.kari):
        refused(team, way, "its signature does not fit")


def test_only_who_holds_the_root_changes_others(team: Team) -> None:
    for way, role in ((team.ola(), "caseworker"), (team.lise(), "reader")):
        assert (way.role, way.signs) == (role, False)
        before = team.place.slots.read_bytes()
        for attempt in (
            lambda way=way: way.add_slot("x", "words of x", kdf=FLOOR),
            lambda way=way: way.remove_slot(team.per_id),
            lambda way=way: way.replace_slot(team.per_id, *PER, kdf=FLOOR),
            lambda way=way: way.set_role(str(way.slot_id), "team_leader"),
            lambda way=way: way.renew_recovery(),
        ):
            with pytest.raises(NotSigner, match="signed by a team leader's key") as caught:
                attempt()
            assert caught.value.exit_code == 2
        assert team.place.slots.read_bytes() == before
    kari, recovery = team.kari(), sealed.unlock_with_recovery(team.folder, team.recovery)
    assert (kari.role, kari.signs, recovery.role, recovery.signs) == ("team_leader", True, "team_leader", True)
    assert kari.roles == {
        kari.slot_id: "team_leader", team.ola_id: "caseworker", team.per_id: "team_leader", team.lise_id: "reader"
    }  # fmt: skip


def test_nobody_but_leaders_and_the_recovery_key_is_given_the_root(team: Team) -> None:
    def holding() -> set[str]:
        return {slot.id for slot in read_slots(team.place.slots).slots if slot.root}

    kari = team.kari()
    assert holding() == {kari.slot_id, team.per_id}
    kari.set_role(team.per_id, "reader")
    assert holding() == {kari.slot_id}
    sealed.unlock_with_recovery(team.folder, team.recovery).set_role(team.ola_id, "team_leader")
    assert holding() == {kari.slot_id, team.ola_id}
    assert team.ola().add_slot("Siri", "words of Siri", kdf=FLOOR) in team.kari().slot_ids


# ---------------------------------------------------------------------- renewals


def test_a_caseworkers_own_passphrase_is_proved_by_their_former_key(team: Team) -> None:
    team.ola().change_passphrase(OLA[0], NEW, kdf=FLOOR)
    renewals = proof_of(read_slots(team.place.slots)).renewals
    assert [renewal.slot_id for renewal in renewals] == [team.ola_id] * 2
    ola = sealed.unlock(team.folder, OLA[0], NEW)
    with pytest.raises(CannotUnlock):
        team.ola()
    ola.change_passphrase(OLA[0], "enda en ny passfrase", kdf=FLOOR)
    team.lise().change_passphrase(LISE[0], NEW, kdf=FLOOR)
    kari = team.kari()
    assert notes(kari) == notes(ola) == notes(sealed.unlock(team.folder, LISE[0], NEW)) == 300
    kari.add_slot("Siri", "words of Siri", kdf=FLOOR)
    slots = read_slots(team.place.slots)
    assert proof_of(slots).renewals == ()
    assert sealed.unlock(team.folder, OLA[0], "enda en ny passfrase").role == "caseworker"
    assert notes(sealed.unlock_with_recovery(team.folder, team.recovery)) == 300


ORDER = "not in their order"
SOMEBODY_ELSE = "not made by whom it is for"


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (lambda one: one, ""),
        (lambda one: replace(one, slot_id="ola"), SOMEBODY_ELSE),
        (lambda one: replace(one, slot_id="0" * 32), SOMEBODY_ELSE),
        (lambda one: replace(one, public=bytes(32)), SOMEBODY_ELSE),
        (lambda one: replace(one, generation=one.generation - 1), ORDER),
        (lambda one: replace(one, generation=one.generation + 1), ORDER),
        (lambda one: replace(one, epoch=one.epoch + 2), ORDER),
        (lambda one: replace(one, epoch=2**40), ORDER),
    ],
    ids=["in_order", "of_ola", "of_nobody", "low_order", "as_before", "one_left_out", "two_epochs", "future"],
)
def test_a_renewal_is_of_the_own_keys_and_in_its_order(
    team: Team, change: Callable[[Renewal], Renewal], match: str
) -> None:
    """Signed by Lise with the key she has, the MAC made to fit."""
    lise, whole = team.lise(), read_slots(team.place.slots)
    key, proof, member = lise._database_key, proof_of(whole), Member.of(keys.new_private(), "reader")
    fingerprint = keys.fingerprint(key, whole.vault_id)
    own = Renewal(team.lise_id, member.public, member.verify, whole.epoch, whole.generation + 1, fingerprint)
    changed = change(own)
    if changed.slot_id == "ola":
        changed = replace(changed, slot_id=team.ola_id)
    signed = changed.signed(proof.roster, keys.member_seed(lise._private))
    forged = replace(
        whole,
        slots=tuple(replace(one, public=signed.public) if one.id == signed.slot_id else one for one in whole.slots),
        epoch=signed.epoch,
        generation=signed.generation,
        proof=replace(proof, renewals=(signed,)),
    )
    if match:
        team.place.slots.write_bytes(forged.authenticated(key).encoded())
        refused(team, team.kari, match)
    else:
        assert forged.standing(proof.roster.root, team.place.slots)


def test_renewals_in_another_order_are_refused(team: Team) -> None:
    team.ola().change_passphrase(OLA[0], NEW, kdf=FLOOR)
    team.lise().change_passphrase(LISE[0], NEW, kdf=FLOOR)
    key = sealed.unlock(team.folder, OLA[0], NEW)._database_key

    def turned(slots: SlotsFile) -> SlotsFile:
        proof = proof_of(slots)
        return replace(slots, proof=replace(proof, renewals=(*proof.renewals[2:], *proof.renewals[:2])))

    forge(team, turned, key)
    refused(team, team.kari, ORDER)


def test_a_renewal_of_another_branch_is_refused(team: Team) -> None:
    """What Ola signed on top of a roster that never came to be, or of another vault, is nothing on top of this one."""
    ola = team.ola()
    former = read_slots(team.place.slots)
    ola.change_passphrase(OLA[0], NEW, kdf=FLOOR)
    taken = proof_of(read_slots(team.place.slots)).renewals[:1]
    proof = proof_of(former)
    other = replace(proof.roster, epoch=proof.roster.epoch).signed(keys.new_seed())
    assert taken[0].is_signed(proof.roster, proof.roster.members[team.ola_id].verify)
    assert not taken[0].is_signed(other, proof.roster.members[team.ola_id].verify)


def test_there_is_an_end_to_renewals_and_a_leader_makes_room(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.vault.unlocked.MAXIMUM_RENEWALS", 2)
    ola = team.ola()
    ola.change_passphrase(OLA[0], NEW, kdf=FLOOR)
    with pytest.raises(TooManyRenewals, match="team leader"):
        ola.change_passphrase(OLA[0], "enda en ny passfrase", kdf=FLOOR)
    assert notes(sealed.unlock(team.folder, OLA[0], NEW)) == 300
    team.kari().add_slot("Siri", "words of Siri", kdf=FLOOR)
    ola.change_passphrase(OLA[0], "enda en ny passfrase", kdf=FLOOR)


# ---------------------------------------------------------------------- what the roster and the slots say


def missing(slots: SlotsFile) -> SlotsFile:
    return replace(slots, slots=slots.slots[:-1])


def unknown(slots: SlotsFile) -> SlotsFile:
    return replace(slots, slots=(*slots.slots, replace(slots.slots[0], id=new_id(), tag=bytes(16), root=b"")))


def another_key(slots: SlotsFile) -> SlotsFile:
    public = keys.public_of(keys.new_private())
    return replace(slots, slots=(*slots.slots[:-1], replace(slots.slots[-1], public=public)))


def future(slots: SlotsFile) -> SlotsFile:
    return replace(slots, epoch=slots.epoch + 1)


def later(slots: SlotsFile) -> SlotsFile:
    return replace(slots, generation=slots.generation + 1)


def unsigned_roster(slots: SlotsFile) -> SlotsFile:
    proof = proof_of(slots)
    return replace(slots, proof=replace(proof, roster=replace(proof.roster, signature=bytes(64))))


def root_without_former(slots: SlotsFile) -> SlotsFile:
    root = signing.Root(keys.new_seed(), proof_of(slots).roster.members)
    link = RootLink.signed(slots.vault_id, keys.new_seed(), root.pin)
    return replace(root, roots=(link,)).proved(slots, secrets.token_bytes(32))


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (missing, "is missing"),
        (unknown, "somebody who is not signed"),
        (another_key, "a key in it is not"),
        (future, "not of the time"),
        (later, "not of the time"),
        (unsigned_roster, "its signature does not fit"),
        (root_without_former, DOES_NOT_FOLLOW),
    ],
    ids=lambda value: getattr(value, "__name__", "said"),
)
def test_slots_that_are_not_what_is_signed_are_refused(
    team: Team, change: Callable[[SlotsFile], SlotsFile], match: str
) -> None:
    """By somebody who holds a key and makes the MAC fit; at the prompt, in a live session, and as the next slots."""
    lise, kari, whole = team.lise(), team.kari(), team.place.slots.read_bytes()
    forge(team, change, lise._database_key)
    for attempt in (team.kari, kari.connect, kari.reload):
        refused(team, attempt, match)
    # As next slots beside slots that do not open: what a rotation leaves that was killed when it was done.
    team.place.slots.rename(team.place.next_slots)
    team.place.slots.write_bytes(b"{}")
    with AsItIs(team), pytest.raises(DamagedSlots, match=match):
        kari.reload()
    # As next slots beside the true ones they are dropped.
    team.place.slots.write_bytes(whole)
    kari.reload()
    assert not team.place.next_slots.exists()
    assert notes(kari) == notes(team.ola()) == 300


def test_a_roster_of_another_vault_is_refused(team: Team, other: Vault) -> None:
    """Even one that the same root has signed, as a copied vault's has."""
    root = signing.Root(keys.new_seed(), {})
    slots = read_slots(team.place.slots)
    elsewhere = root.proved(replace(slots, vault_id=new_id(), slots=()), bytes(32))
    with pytest.raises(ChangedSlots, match="of another vault"):
        replace(slots, proof=elsewhere.proof).standing(root.pin, team.place.slots)
    mixed = replace(slots, proof=read_slots(other.place.slots).proof)
    team.place.slots.write_bytes(mixed.authenticated(team.lise()._database_key).encoded())
    refused(team, team.kari, DOES_NOT_FOLLOW)


def test_more_than_a_few_costs_are_refused_before_any_is_paid(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    derived: list[object] = []
    monkeypatch.setattr(keys, "passphrase_keys", lambda *arguments: derived.append(arguments))
    slots = read_slots(team.place.slots)
    dear = [
        Slot(new_id(), bytes([number]) * 16, KdfParameters(1024 * 1024, 16, number), bytes(60), bytes(32), bytes(80))
        for number in range(1, 5)
    ]
    team.place.slots.write_bytes(replace(slots, slots=(*slots.slots, *dear)).encoded())
    with AsItIs(team), pytest.raises(DamagedSlots, match="“kdf”"):
        team.kari()
    assert derived == []


def test_a_link_of_roots_is_of_one_vault() -> None:
    former, root = keys.new_seed(), keys.verify_key(keys.new_seed())
    link = RootLink.signed("a" * 32, former, root)
    assert link.follows("a" * 32, keys.verify_key(former))
    assert not link.follows("b" * 32, keys.verify_key(former))
