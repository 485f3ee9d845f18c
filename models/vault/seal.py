"""The few rows the vault keeps inside the database to recognise what belongs together."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.vault.errors import ForeignFile

if TYPE_CHECKING:
    from models.vault.engine import SealedDatabase

AUDIT_KEY_BYTES = 32


@dataclass(frozen=True, repr=False)
class Seal:
    """Which vault the database is of, the newest slots it has been used with, and the key of the audit chain."""

    vault_id: str
    slots_generation: int
    audit_key: bytes

    @staticmethod
    def new(vault_id: str, generation: int) -> Seal:
        """The seal of a new vault, with a random audit key."""
        return Seal(vault_id, generation, secrets.token_bytes(AUDIT_KEY_BYTES))

    def rows(self) -> dict[str, str]:
        """The seal as it stands in the table `seal`."""
        return {
            "vault_id": self.vault_id,
            "slots_generation": str(self.slots_generation),
            "audit_key": self.audit_key.hex(),
        }


def read_seal(database: SealedDatabase) -> Seal:
    """The seal of an open database; raises ForeignFile when there is none."""
    if "seal" not in database.get_tables():
        raise ForeignFile(database.file)
    rows = dict(database.execute_sql("SELECT key, value FROM seal").fetchall())
    try:
        return Seal(rows["vault_id"], int(rows["slots_generation"]), bytes.fromhex(rows["audit_key"]))
    except (KeyError, ValueError) as error:
        raise ForeignFile(database.file) from error


def record_generation(database: SealedDatabase, generation: int) -> None:
    """Remember that slots of `generation` have been in use; never goes back."""
    with database.atomic():
        database.execute_sql(
            "UPDATE seal SET value = ? WHERE key = 'slots_generation' AND CAST(value AS INTEGER) < ?",
            (str(generation), generation),
        )


def noted(database: SealedDatabase, key: str) -> str:
    """What was noted beside the seal under `key`, empty where nothing was."""
    row = database.execute_sql("SELECT value FROM seal WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def note(database: SealedDatabase, key: str, value: str) -> None:
    """Note something about the whole vault beside its seal, inside a transaction."""
    database.execute_sql("INSERT OR REPLACE INTO seal (key, value) VALUES (?, ?)", (key, value))
