"""The people of the vault tests, and a vault of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from models.vault import sealed
from models.vault.keys import KdfParameters
from models.vault.place import VaultPlace
from models.vault.recovery import RecoveryKey
from models.vault.sealed import Unlocked

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
