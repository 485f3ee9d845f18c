"""The people of the vault tests, and a vault of theirs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from models.vault import key_wrapping, keys, sealed
from models.vault.keys import KdfParameters
from models.vault.place import VaultPlace
from models.vault.recovery import RecoveryKey
from models.vault.sealed import Unlocked
from models.vault.slots import Slot, read_slots

ROOT = Path(__file__).parents[3]
FLOOR = KdfParameters(memory_kib=16 * 1024, passes=2, lanes=1)
KARI = ("Kari Nordby", "staple-battery-kari-91")
OLA = ("Ola Sørli", "staple-battery-ola-92")
PER = ("Per Moe", "staple-battery-per-93")
LISE = ("Lise Berg", "staple-battery-lise-94")
CANARY = "kanarifugl-Zq7"


@dataclass
class Vault:
    """The vault of one test; `kari` and `ola` unlock it."""

    folder: Path
    recovery: RecoveryKey
    ola_id: str

    @property
    def place(self) -> VaultPlace:
        return VaultPlace(self.folder)

    def kari(self) -> Unlocked:
        return sealed.unlock(self.folder, *KARI)

    def ola(self) -> Unlocked:
        return sealed.unlock(self.folder, *OLA)

    def contents(self) -> dict[str, bytes]:
        """Every file of the folder, but for the engine's shared memory."""
        found = (path for path in self.folder.rglob("*") if path.is_file() and not path.name.endswith("-shm"))
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in found}


@dataclass
class Team(Vault):
    """Kari and Per lead, Ola is a caseworker, Lise a reader."""

    per_id: str = ""
    lise_id: str = ""

    def per(self) -> Unlocked:
        return sealed.unlock(self.folder, *PER)

    def lise(self) -> Unlocked:
        return sealed.unlock(self.folder, *LISE)


def as_before_rosters(team: Team) -> None:
    """Turn the slots into those an earlier program made of the same keys: nothing signed, nothing pinned."""
    slots, key = read_slots(team.place.slots), team.kari()._database_key

    def bare(user: str, passphrase: str) -> Slot:
        way = sealed.unlock(team.folder, user, passphrase)
        own = next(slot for slot in slots.slots if slot.id == way.slot_id)
        return key_wrapping.passphrase_slot(slots, own.id, user, passphrase, own.kdf, way._private, key, None)

    ways = tuple(bare(*person) for person in (KARI, OLA, PER, LISE))
    recovery = key_wrapping.recovery_slot(slots.vault_id, slots.epoch, team.recovery.secret, key, None)
    before = replace(slots, slots=ways, recovery=recovery, proof=None).authenticated(key)
    assert all(len(slot.wrapped) == keys.WRAPPED_BYTES for slot in ways)
    team.place.slots.write_bytes(before.encoded())
