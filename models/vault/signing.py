"""Signing who belongs to a vault: with the root, or as a member who changes nothing but their own keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from models.vault import keys
from models.vault.roster import (
    LEADER,
    MAXIMUM_ROOTS,
    READER,
    Member,
    Members,
    Proof,
    Renewal,
    RootLink,
    Roster,
)
from models.vault.slots import SlotsFile, root_data, seed_data

Prove = Callable[[SlotsFile, bytes], SlotsFile]
"""The same slots with the proof that fits them and this database key."""


def unsigned(slots: SlotsFile, _database_key: bytes) -> SlotsFile:
    """The same slots: those of format 1 prove nothing."""
    return slots


def by_root(root: bytes, members: Members, roots: tuple[RootLink, ...]) -> Prove:
    """Sign a roster of `members` with the private half of the root, and seal that to every leader among them."""
    public = keys.verify_key(root)

    def prove(slots: SlotsFile, database_key: bytes) -> SlotsFile:
        def sealed(to: bytes, slot_id: str | None) -> bytes:
            return keys.seal(root, to, root_data(slots.vault_id, public, slot_id))

        roster = Roster(
            vault_id=slots.vault_id,
            root=public,
            epoch=slots.epoch,
            generation=slots.generation,
            fingerprint=keys.fingerprint(database_key, slots.vault_id),
            members=members,
            recovery=slots.recovery.public,
        ).signed(root)
        return replace(
            slots,
            slots=tuple(
                replace(slot, root=sealed(slot.public, slot.id) if members[slot.id].role == LEADER else b"")
                for slot in slots.slots
            ),
            recovery=replace(slots.recovery, root=sealed(slots.recovery.public, None)),
            proof=Proof(roster, roots=roots),
        )

    return prove


def by_member(proof: Proof, slot_id: str, member: Member, seed: bytes) -> Prove:
    """Sign, with the key `seed` the member had before, that `member` is what they are from here on."""

    def prove(slots: SlotsFile, database_key: bytes) -> SlotsFile:
        fingerprint = keys.fingerprint(database_key, slots.vault_id)
        renewal = Renewal(slot_id, member.public, member.verify, slots.epoch, slots.generation, fingerprint)
        renewals = (*proof.renewals, renewal.signed(proof.roster, seed))
        return replace(slots, proof=replace(proof, renewals=renewals))

    return prove


def new_root(vault_id: str, former: bytes, roots: tuple[RootLink, ...]) -> tuple[bytes, tuple[RootLink, ...]]:
    """A root in the place of `former`, which signs it; its private half and the chain that leads to it."""
    root = keys.new_seed()
    link = RootLink.signed(vault_id, former, keys.verify_key(root))
    return root, (*roots, link)[-MAXIMUM_ROOTS:]


def introduced(
    slots: SlotsFile, roles: Mapping[str, str], own: str | None, private: bytes
) -> tuple[SlotsFile, Members]:
    """The ways in of a vault without a roster, and as what each is to stand in its first one.

    Only the key that the `own` way in signs with is known, so that every other is made one and has it sealed. A way in
    without a role gets the least.
    """
    members, ways = {}, []
    for slot in slots.slots:
        seed = keys.member_seed(private) if slot.id == own else keys.new_seed()
        members[slot.id] = Member(slot.public, keys.verify_key(seed), roles.get(slot.id, READER))
        sealed = b"" if slot.id == own else keys.seal(seed, slot.public, seed_data(slots.vault_id, slot.id))
        ways.append(replace(slot, seed=sealed))
    return replace(slots, slots=tuple(ways)), members
