"""A single way into a vault: made for a passphrase or a recovery key, and taken with a private key."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from config.words import _
from models.vault import keys
from models.vault.errors import ChangedSlots, NotSigner, Revoked
from models.vault.keys import KdfParameters
from models.vault.roster import Roster
from models.vault.slots import (
    RecoverySlot,
    Slot,
    SlotsFile,
    pin_data,
    root_data,
    sealing_data,
    seed_data,
    wrapping_data,
)


def passphrase_slot(
    slots: SlotsFile,
    slot_id: str,
    user: str,
    passphrase: str,
    kdf: KdfParameters,
    private: bytes,
    database_key: bytes,
    pin: bytes | None,
) -> Slot:
    """A slot for `private` and its pin under a user's passphrase, fit to be put into `slots`; slow, for it derives."""
    derived = keys.passphrase_keys(passphrase, keys.user_salt(slots.salt, user), kdf)
    public = keys.public_of(private)
    return Slot(
        id=slot_id,
        tag=derived.tag,
        kdf=kdf,
        wrapped=_wrapped(slots.vault_id, slot_id, kdf, private, pin, derived.wrapping),
        public=public,
        sealed=keys.seal(database_key, public, sealing_data(slots.vault_id, slots.epoch, slot_id)),
    )


def recovery_slot(vault_id: str, epoch: int, secret: bytes, database_key: bytes, pin: bytes | None) -> RecoverySlot:
    """The slot of a recovery secret, with its pin where there is one."""
    public = keys.public_of(keys.recovery_private(secret, vault_id, pinned=pin is not None))
    sealed = keys.seal(database_key, public, sealing_data(vault_id, epoch, None))
    wrapping = keys.recovery_wrapping(secret, vault_id)
    return RecoverySlot(public, sealed, pin=b"" if pin is None else keys.wrap(pin, wrapping, pin_data(vault_id)))


def with_slot(slots: SlotsFile, slot: Slot) -> SlotsFile:
    """The same with `slot` in the place of the one of its id, or at the end; not yet authenticated.

    ValueError when another slot has the same user name and the same passphrase.
    """
    others = [other for other in slots.slots if other.id != slot.id]
    if any(other.tag == slot.tag for other in others):
        raise ValueError("this user already has a way in with this passphrase")
    if slots.slot(slot.id) is None:
        return replace(slots, slots=(*others, slot))
    return replace(slots, slots=tuple(slot if other.id == slot.id else other for other in slots.slots))


def with_pin(slots: SlotsFile, slot_id: str | None, private: bytes, pin: bytes, wrapping: bytes) -> SlotsFile:
    """The same with `pin` inside a person's own wrapped blob (None: the recovery key's); not yet authenticated."""
    slot = slots.slot(slot_id) if slot_id is not None else None
    if slot is None:
        pinned = keys.wrap(pin, wrapping, pin_data(slots.vault_id))
        return replace(slots, recovery=replace(slots.recovery, pin=pinned))
    wrapped = _wrapped(slots.vault_id, slot.id, slot.kdf, private, pin, wrapping)
    return with_slot(slots, replace(slot, wrapped=wrapped))


def unwrapped(slots: SlotsFile, slot: Slot, wrapping: bytes, file: Path) -> tuple[bytes, bytes | None]:
    """The private key in a slot and the root pinned beside it, None in a slot of before pins.

    Raises ChangedSlots, for the tag has already told that the passphrase is right.
    """
    try:
        whole = keys.unwrap(slot.wrapped, wrapping, wrapping_data(slots.vault_id, slot.id, slot.kdf))
    except keys.DoesNotOpen as error:
        raise ChangedSlots(file) from error
    private, pin = whole[: keys.KEY_BYTES], whole[keys.KEY_BYTES :]
    if keys.public_of(private) != slot.public:
        raise ChangedSlots(file)
    return private, pin or None


def recovered(slots: SlotsFile, secret: bytes, file: Path) -> tuple[bytes, bytes | None] | None:
    """The private key of a recovery secret and the root it knows; None when the secret is another vault's.

    Raises ChangedSlots where the pin was taken away or is not what was written.
    """
    for pinned in (True, False):
        private = keys.recovery_private(secret, slots.vault_id, pinned=pinned)
        if keys.public_of(private) != slots.recovery.public:
            continue
        if not slots.recovery.pin:
            if pinned:
                raise ChangedSlots(file, _("what the recovery key knows of it was taken away"))
            return private, None
        try:
            wrapping = keys.recovery_wrapping(secret, slots.vault_id)
            return private, keys.unwrap(slots.recovery.pin, wrapping, pin_data(slots.vault_id))
        except keys.DoesNotOpen as error:
            raise ChangedSlots(file) from error
    return None


def database_key(slots: SlotsFile, roster: Roster | None, slot_id: str | None, private: bytes, file: Path) -> bytes:
    """The database key that a way in (None: the recovery key's) leads to; `roster` is who `slots` were proved to be of.

    Raises Revoked when the slots have no such way in for `private`, ChangedSlots when they are not what a holder of the
    database key wrote, or that key is not the one that was signed.
    """
    own = slots.recovery if slot_id is None else slots.slot(slot_id)
    if own is None or own.public != keys.public_of(private):
        raise Revoked(file.parent)
    try:
        key = keys.unseal(own.sealed, private, sealing_data(slots.vault_id, slots.epoch, slot_id))
    except keys.DoesNotOpen as error:
        raise ChangedSlots(file) from error
    if len(key) != keys.KEY_BYTES or not slots.is_authentic(key):
        raise ChangedSlots(file)
    if roster is not None and roster.fingerprint != keys.fingerprint(key, slots.vault_id):
        raise ChangedSlots(file, _("the key of the database in it is not the one that is signed"))
    return key


def root_of(slots: SlotsFile, roster: Roster, slot_id: str | None, private: bytes, file: Path) -> bytes:
    """The root's private half, as sealed to a way in.

    Raises NotSigner where it is not sealed to it, ChangedSlots where it does not open. Whether it is the root tells the
    proof of what it signs.
    """
    own = slots.recovery if slot_id is None else slots.slot(slot_id)
    if own is None or not own.root:
        raise NotSigner(file.parent)
    try:
        return keys.unseal(own.root, private, root_data(slots.vault_id, roster.root, slot_id))
    except keys.DoesNotOpen as error:
        raise ChangedSlots(file) from error


def seed_of(slots: SlotsFile, slot_id: str, private: bytes, file: Path) -> bytes:
    """The key a member signs with; raises ChangedSlots where what was sealed for them does not open."""
    own = slots.slot(slot_id)
    if own is None or not own.seed:
        return keys.member_seed(private)
    try:
        return keys.unseal(own.seed, private, seed_data(slots.vault_id, slot_id))
    except keys.DoesNotOpen as error:
        raise ChangedSlots(file) from error


def _wrapped(
    vault_id: str, slot_id: str, kdf: KdfParameters, private: bytes, pin: bytes | None, wrapping: bytes
) -> bytes:
    return keys.wrap(private + (pin or b""), wrapping, wrapping_data(vault_id, slot_id, kdf))
