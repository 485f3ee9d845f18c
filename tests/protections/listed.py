"""Every protection that is taken away in turn."""

from __future__ import annotations

from typing import Final

from tests.protections import of_the_case, of_the_outside, of_the_vault
from tests.protections.taken import Taken

TABLES: Final[dict[str, tuple[Taken, ...]]] = {
    "roster": of_the_vault.ROSTER,
    "slots": of_the_vault.SLOTS,
    "rotation": of_the_vault.ROTATION,
    "keys": of_the_vault.KEYS,
    "engine": of_the_vault.ENGINE,
    "files of the vault": of_the_vault.FILES,
    "audit": of_the_case.AUDIT,
    "last seen": of_the_case.SEEN,
    "who may": of_the_case.WHO,
    "consent": of_the_case.CONSENT,
    "outside door": of_the_outside.DOOR,
    "planted files": of_the_outside.FILES,
    "terminal": of_the_outside.TERMINAL,
    "process": of_the_outside.PROCESS,
    "served": of_the_outside.SERVED,
}
