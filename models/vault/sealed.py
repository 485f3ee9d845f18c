"""The sealed vault: made, and unlocked by a passphrase or the recovery key.

Peewee is not imported before `Unlocked.connect`, so that the passphrase can be asked for and tried early.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from models.vault import files, key_wrapping, keys, signing
from models.vault.errors import CannotUnlock, VaultExists, WrongRecoveryKey
from models.vault.keys import DEFAULT, KdfParameters
from models.vault.place import VaultPlace, explained
from models.vault.recovery import RecoveryKey
from models.vault.roster import LEADER, Member
from models.vault.seal import Seal
from models.vault.slots import SlotsFile, new_id, read_slots
from models.vault.unlocked import Unlocked

__all__ = ["Unlocked", "create", "unlock", "unlock_with_recovery"]


def create(
    folder: Path, user: str, passphrase: str, *, role: str = LEADER, kdf: KdfParameters = DEFAULT
) -> tuple[Unlocked, RecoveryKey]:
    """Make a vault with one user; the way in and the recovery key, which is kept nowhere; raises as `begin`."""
    unlocked, recovery = begin(folder, user, passphrase, role=role, kdf=kdf)
    finish(unlocked)
    return unlocked, recovery


def begin(
    folder: Path,
    user: str,
    passphrase: str,
    *,
    role: str = LEADER,
    kdf: KdfParameters = DEFAULT,
    group: str | None = None,
) -> tuple[Unlocked, RecoveryKey]:
    """A vault in the making, for its owner or for `group`: it counts as one, and can be opened, when it is finished.

    Until then the recovery key can be shown, so that there is no vault whose key nobody has seen. Raises VaultExists,
    FolderNotEmpty, NetworkFileSystem, ReadOnlyPlace, DiskFull, NoSuchGroup. What a killed making left is put aside.
    """
    place = VaultPlace(folder.absolute(), making=True)
    made = VaultPlace(place.folder)
    made.check_free()
    place.check_suitable()
    vault_id, salt, slot_id = new_id(), secrets.token_bytes(keys.SALT_BYTES), new_id()
    database_key, private, recovery = secrets.token_bytes(keys.KEY_BYTES), keys.new_private(), RecoveryKey.new()
    root = signing.Root(keys.new_seed(), {slot_id: Member.of(private, role)})
    recovery_slot = key_wrapping.recovery_slot(vault_id, 1, recovery.secret, database_key, root.pin)
    empty = SlotsFile(vault_id, salt, 1, 1, (), recovery_slot)
    slot = key_wrapping.passphrase_slot(empty, slot_id, user, passphrase, kdf, private, database_key, root.pin)
    slots = root.proved(replace(empty, slots=(slot,)), database_key).authenticated(database_key)
    roster = slots.standing(root.pin, place.slots)
    place.create_folder(group)
    with files.exclusively(place), explained(place):
        made.check_free()
        made.put_aside()
        _fill(place, slots, database_key)
    return Unlocked(place, slots, roster, slot_id, private, database_key, keys.user_salt(salt, user)), recovery


def finish(unlocked: Unlocked) -> None:
    """Let a vault in the making be one. Raises VaultExists where there is one meanwhile."""
    place = VaultPlace(unlocked.place.folder)
    with files.exclusively(place), explained(place):
        if place.exists():
            raise VaultExists(place.folder)
        unlocked.place.slots.rename(place.slots)
        files.sync_folder(place.folder)
    unlocked.place = place


def _fill(place: VaultPlace, slots: SlotsFile, database_key: bytes) -> None:
    from models.vault import engine

    try:
        # First, as the sign that there is no vault here yet.
        files.write_whole(place, place.slots, slots.encoded())
        # Made beforehand with its mode, which the engine then copies to its log and its shared memory.
        files.create_file(place.database)
        engine.make_database(place, database_key.hex(), Seal.new(slots.vault_id, slots.generation).rows())
        files.sync_folder(place.folder)
    except Exception:
        with suppress(OSError):
            place.take_back()
        raise


def unlock(folder: Path, user: str, passphrase: str) -> Unlocked:
    """Open the way in of a user; takes the third of a second the derivation is meant to take.

    Raises CannotUnlock for an unknown user and a wrong passphrase alike, at the same cost; NoVault, SlotsMissing,
    DatabaseMissing, DamagedSlots, NewerVersion, NetworkFileSystem, ReadOnlyPlace, and ChangedSlots where what the slots
    say does not follow from what this person knows.
    """
    place, slots = _opened_place(folder)
    salt = keys.user_salt(slots.salt, user)
    found = None
    for kdf in {slot.kdf for slot in slots.slots} or {DEFAULT}:
        derived = keys.passphrase_keys(passphrase, salt, kdf)
        slot = slots.find(derived.tag, kdf)
        if slot is not None:
            found = slot, derived
    if found is None:
        raise CannotUnlock(place.folder)
    slot, derived = found
    private, pin = key_wrapping.unwrapped(slots, slot, derived.wrapping, place.slots)
    return _proved(place, slots, slot.id, private, pin, derived.wrapping, salt)


def unlock_with_recovery(folder: Path, recovery: RecoveryKey) -> Unlocked:
    """Open the recovery key's way in; raises WrongRecoveryKey, and what `unlock` raises but CannotUnlock."""
    place, slots = _opened_place(folder)
    found = key_wrapping.recovered(slots, recovery.secret, place.slots)
    if found is None:
        raise WrongRecoveryKey(place.folder)
    return _proved(place, slots, None, *found, keys.recovery_wrapping(recovery.secret, slots.vault_id), None)


def _proved(
    place: VaultPlace,
    slots: SlotsFile,
    slot_id: str | None,
    private: bytes,
    pin: bytes | None,
    wrapping: bytes,
    salt: bytes | None,
) -> Unlocked:
    """A way in whose slots follow from what is pinned in it; nothing of them is used before that is known."""
    roster = slots.standing(pin, place.slots)
    database_key = key_wrapping.database_key(slots, roster, slot_id, private, place.slots)
    newest = roster is not None and roster.root == pin
    return Unlocked(place, slots, roster, slot_id, private, database_key, salt, wrapping=None if newest else wrapping)


def _opened_place(folder: Path) -> tuple[VaultPlace, SlotsFile]:
    place = VaultPlace(folder.absolute())
    place.require()
    place.check_suitable()
    with explained(place):
        return place, read_slots(place.slots)
