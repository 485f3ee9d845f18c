"""A single way into a vault: made for a passphrase or a recovery key, and taken with a private key."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from config.words import _
from models.vault import keys
from models.vault.errors import DamagedSlots, Revoked
from models.vault.keys import KdfParameters
from models.vault.slots import RecoverySlot, Slot, SlotsFile, sealing_data, wrapping_data


def passphrase_slot(
    slots: SlotsFile,
    slot_id: str,
    user: str,
    passphrase: str,
    kdf: KdfParameters,
    private: bytes,
    database_key: bytes,
) -> Slot:
    """A slot for `private` under a user's passphrase, fit to be put into `slots`; slow, for it derives."""
    derived = keys.passphrase_keys(passphrase, keys.user_salt(slots.salt, user), kdf)
    public = keys.public_of(private)
    return Slot(
        id=slot_id,
        tag=derived.tag,
        kdf=kdf,
        wrapped=keys.wrap(private, derived.wrapping, wrapping_data(slots.vault_id, slot_id, kdf)),
        public=public,
        sealed=keys.seal(database_key, public, sealing_data(slots.vault_id, slots.epoch, slot_id)),
    )


def recovery_slot(vault_id: str, epoch: int, private: bytes, database_key: bytes) -> RecoverySlot:
    """The slot of a recovery key's private key."""
    public = keys.public_of(private)
    return RecoverySlot(public, keys.seal(database_key, public, sealing_data(vault_id, epoch, None)))


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


def unwrapped(slots: SlotsFile, slot: Slot, derived: keys.PassphraseKeys, file: Path) -> bytes:
    """The private key in a slot; raises DamagedSlots, for the tag has already told that the passphrase is right."""
    try:
        private = keys.unwrap(slot.wrapped, derived.wrapping, wrapping_data(slots.vault_id, slot.id, slot.kdf))
    except keys.DoesNotOpen as error:
        raise DamagedSlots(file, _changed()) from error
    if keys.public_of(private) != slot.public:
        raise DamagedSlots(file, _changed())
    return private


def database_key(slots: SlotsFile, slot_id: str | None, private: bytes, file: Path) -> bytes:
    """The database key that a way in (None: the recovery key's) leads to.

    Raises Revoked when the slots have no such way in for `private`, DamagedSlots when they are not what a holder of the
    database key wrote.
    """
    own = slots.recovery if slot_id is None else slots.slot(slot_id)
    if own is None or own.public != keys.public_of(private):
        raise Revoked(file.parent)
    try:
        key = keys.unseal(own.sealed, private, sealing_data(slots.vault_id, slots.epoch, slot_id))
    except keys.DoesNotOpen as error:
        raise DamagedSlots(file, _changed()) from error
    if len(key) != keys.KEY_BYTES or not slots.is_authentic(key):
        raise DamagedSlots(file, _changed())
    return key


def _changed() -> str:
    return _("somebody other than this program has changed it")
