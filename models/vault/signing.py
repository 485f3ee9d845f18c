"""Signing who belongs to a vault: with the root, or as a member who changes nothing but their own keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from models.vault import keys
from models.vault.roster import LEADER, MAXIMUM_ROOTS, READER, Member, Members, Proof, Renewal, RootLink, Roster
from models.vault.slots import SlotsFile, root_data, seed_data


class Signer(Protocol):
    """Whoever proves a change; `pin` is the root that follows from it, None where there is none."""

    @property
    def pin(self) -> bytes | None: ...

    def proved(self, slots: SlotsFile, database_key: bytes) -> SlotsFile:
        """The same slots with the proof that fits them and this database key."""


class Nobody:
    """Leaves the slots as they are: those of format 1 prove nothing."""

    pin = None

    def proved(self, slots: SlotsFile, database_key: bytes) -> SlotsFile:
        """The same slots."""
        return slots


@dataclass(frozen=True, repr=False)
class Root:
    """Signs a roster of `members` with the `private` half of the root, and seals that to every leader among them."""

    private: bytes
    members: Members
    roots: tuple[RootLink, ...] = ()

    @property
    def pin(self) -> bytes:
        """The public half."""
        return keys.verify_key(self.private)

    def renewed(self, vault_id: str) -> Root:
        """A new root in the place of this one, which signs it."""
        private = keys.new_seed()
        link = RootLink.signed(vault_id, self.private, keys.verify_key(private))
        return Root(private, self.members, (*self.roots, link)[-MAXIMUM_ROOTS:])

    def proved(self, slots: SlotsFile, database_key: bytes) -> SlotsFile:
        """The same slots with a roster."""
        roster = Roster(
            vault_id=slots.vault_id,
            root=self.pin,
            epoch=slots.epoch,
            generation=slots.generation,
            fingerprint=keys.fingerprint(database_key, slots.vault_id),
            members=self.members,
            recovery=slots.recovery.public,
        ).signed(self.private)
        leading = {slot_id for slot_id, one in self.members.items() if one.role == LEADER}

        def sealed(to: bytes, slot_id: str | None) -> bytes:
            return keys.seal(self.private, to, root_data(slots.vault_id, roster.root, slot_id))

        return replace(
            slots,
            slots=tuple(
                replace(slot, root=sealed(slot.public, slot.id) if slot.id in leading else b"") for slot in slots.slots
            ),
            recovery=replace(slots.recovery, root=sealed(slots.recovery.public, None)),
            proof=Proof(roster, roots=self.roots),
        )


@dataclass(frozen=True, repr=False)
class Alone:
    """Signs, with the key `seed` a member had before, that `member` is what they are from here on."""

    proof: Proof
    slot_id: str
    member: Member
    seed: bytes

    @property
    def pin(self) -> bytes:
        """The root stays what it is."""
        return self.proof.roster.root

    def proved(self, slots: SlotsFile, database_key: bytes) -> SlotsFile:
        """The same slots with one renewal more."""
        fingerprint, member = keys.fingerprint(database_key, slots.vault_id), self.member
        renewal = Renewal(self.slot_id, member.public, member.verify, slots.epoch, slots.generation, fingerprint)
        renewals = (*self.proof.renewals, renewal.signed(self.proof.roster, self.seed))
        return replace(slots, proof=replace(self.proof, renewals=renewals))


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
