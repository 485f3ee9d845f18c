"""Changing the database key, safe at every step.

The next slots are written beside the slots, the database is encrypted anew, the next slots come into force. Whoever
finds next slots under the lock finds a rotation that was killed, and settles it by what the database opens with.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace

from models.vault import files, keys
from models.vault.errors import DamagedSlots, NewerVersion, Revoked, VaultError
from models.vault.place import VaultPlace, explained
from models.vault.slots import SlotsFile, read_slots, sealing_data

Prove = Callable[[SlotsFile, bytes], SlotsFile]
"""The same slots with the proof that fits them and this database key."""


def resealed(slots: SlotsFile, database_key: bytes) -> SlotsFile:
    """The same ways in, around another database key and in the next epoch; needs nobody's passphrase.

    `slots` are such as were proved: whose keys stand in them, the new key is sealed to.
    """
    epoch = slots.epoch + 1
    return replace(
        slots,
        epoch=epoch,
        generation=slots.generation + 1,
        slots=tuple(
            replace(slot, sealed=keys.seal(database_key, slot.public, sealing_data(slots.vault_id, epoch, slot.id)))
            for slot in slots.slots
        ),
        recovery=replace(
            slots.recovery,
            sealed=keys.seal(database_key, slots.recovery.public, sealing_data(slots.vault_id, epoch, None)),
        ),
    )


def rotate(place: VaultPlace, kept: SlotsFile, old_key: bytes, prove: Prove) -> tuple[SlotsFile, bytes]:
    """Give the database a new key that only the ways in of `kept` lead to; the slots now in force and the new key.

    `prove` signs who that is.

    Only under the lock and with nothing left to settle. Not inside a transaction. Raises what `engine.rekey` raises,
    and then the old slots and the old key are in force.
    """
    from models.vault import engine

    new_key = secrets.token_bytes(keys.KEY_BYTES)
    following = prove(resealed(kept, new_key), new_key).authenticated(new_key)
    files.write_whole(place, place.next_slots, following.encoded())
    try:
        engine.rekey(place, old_key.hex(), new_key.hex())
    except VaultError:
        if not engine.opens(place, new_key.hex()):
            _abandon(place)
            raise
    files.put_in_force(place)
    return following, new_key


def settle(place: VaultPlace, take: Callable[[SlotsFile], bytes]) -> None:
    """Finish or undo a rotation that was killed; only under the lock. Nothing to do is the usual case.

    `take` gives the database key out of slots or raises a VaultError. Raises Revoked or DamagedSlots when the database
    has a new key this way in does not lead to; somebody else's will.
    """
    if not place.next_slots.exists():
        return
    from models.vault import engine

    problem: VaultError = Revoked(place.folder)
    for file, finish in ((place.slots, _abandon), (place.next_slots, files.put_in_force)):
        try:
            with explained(place):
                key = take(read_slots(file))
        except (DamagedSlots, NewerVersion, Revoked) as error:
            problem = error
            continue
        if engine.opens(place, key.hex()):
            finish(place)
            return
    raise problem


def _abandon(place: VaultPlace) -> None:
    with explained(place):
        place.next_slots.unlink(missing_ok=True)
        files.sync_folder(place.folder)
