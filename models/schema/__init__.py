"""The schema's history: one numbered step a file, and the bringing of a vault up to date."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final

from models.vault.errors import NewerVersion

SCHEMA_VERSION: Final = 18
STEPS: Final = Path(__file__).parent / "steps"


def version(database: Any) -> int:
    """The schema version a vault has, 0 for one just made."""
    return int(database.execute_sql("PRAGMA user_version").fetchone()[0])


def bring_up_to_date(
    database: Any, lock: Callable[[], AbstractContextManager[object]], before_step: Callable[[int], None]
) -> bool:
    """Apply the steps a vault lacks, each in one transaction, under `lock`; `before_step(version)` is called first.

    A vault that is up to date costs one look and takes no lock. A new vault has nothing to copy, so nothing is called.
    Answers whether a vault that was in use has a newer schema now. Raises NewerVersion for one that a newer program
    has already brought further.
    """
    found = version(database)
    if found > SCHEMA_VERSION:
        raise NewerVersion(database.file)
    if found == SCHEMA_VERSION:
        return False
    from playhouse.migrations import Runner

    with lock():
        current = version(database)
        if current >= SCHEMA_VERSION:
            return False
        if current > 0:
            before_step(current)
        Runner(database, directory=str(STEPS), table_name="schema_step").up()
        return current > 0
