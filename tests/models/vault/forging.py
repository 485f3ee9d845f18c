"""What somebody can make of a vault's slots who writes the folder, with a key or without one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from models.vault import key_wrapping, keys, signing
from models.vault.errors import ChangedSlots
from models.vault.roster import Proof
from models.vault.slots import SlotsFile, read_slots, sealing_data
from models.vault.unlocked import Unlocked
from tests.models.vault.vault_sample import Vault

NEW = "helt ny passfrase 93"
DOES_NOT_FOLLOW = "does not follow from the one you know"


def notes(unlocked: Unlocked) -> int:
    database = unlocked.connect()
    try:
        return int(database.execute_sql("SELECT count(*) FROM note").fetchone()[0])
    finally:
        database.close()


def proof_of(slots: SlotsFile) -> Proof:
    assert slots.proof is not None
    return slots.proof


def refused(team: Vault, attempt: Callable[[], object], match: str) -> None:
    """With its own sentence, as damage, and nothing in the folder touched."""
    before = team.contents()
    with pytest.raises(ChangedSlots, match=match) as caught:
        attempt()
    assert caught.value.exit_code == 4
    assert team.contents() == before


def forge(team: Vault, change: Callable[[SlotsFile], SlotsFile], key: bytes) -> None:
    """Change the slots as a holder of the database key can, MAC and all."""
    slots = change(read_slots(team.place.slots))
    team.place.slots.write_bytes(slots.authenticated(key).encoded())


def sealed_anew(slots: SlotsFile, key: bytes) -> SlotsFile:
    """The same slots with another database key sealed to everybody, for which no secret is needed."""

    def to(public: bytes, slot_id: str | None) -> bytes:
        return keys.seal(key, public, sealing_data(slots.vault_id, slots.epoch, slot_id))

    return replace(
        slots,
        slots=tuple(replace(slot, sealed=to(slot.public, slot.id)) for slot in slots.slots),
        recovery=replace(slots.recovery, sealed=to(slots.recovery.public, None)),
    )


def own_root(slots: SlotsFile, key: bytes) -> SlotsFile:
    """Everybody as they were, signed by a root of the attacker's."""
    return signing.Root(keys.new_seed(), proof_of(slots).roster.members).proved(slots, key)


def as_ever(slots: SlotsFile, _key: bytes) -> SlotsFile:
    return slots


def planted_recovery(slots: SlotsFile, key: bytes, secret: bytes) -> SlotsFile:
    planted = key_wrapping.recovery_slot(slots.vault_id, slots.epoch, secret, key, proof_of(slots).roster.root)
    return replace(slots, recovery=replace(planted, root=slots.recovery.root))


class AsItIs:
    """Whatever happens in the block, no file of the vault is touched."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault

    def __enter__(self) -> None:
        self.before = self.vault.contents()

    def __exit__(self, *_error: object) -> None:
        assert self.vault.contents() == self.before
