"""Naming the damaged pages where the engine has only said that there are some."""

from __future__ import annotations

from typing import Any, Final

from config.errors import ExinError
from models.vault.engine_errors import ENGINE_ERRORS
from models.vault.errors import DamagedPages
from models.vault.place import VaultPlace

_NOT_LOOKED_AT: Final[tuple[type[Exception], ...]] = (*ENGINE_ERRORS, ExinError)


def with_pages(known: ExinError, database: Any, place: VaultPlace) -> ExinError:
    """The same error, with the damaged pages by number where they can be found."""
    if not isinstance(known, DamagedPages) or known.pages or database is None:
        return known
    from models.vault import health

    try:
        pages = sorted(health.suspect_pages(database))
    except _NOT_LOOKED_AT:
        return known
    return DamagedPages(place.database, pages) if pages else known
