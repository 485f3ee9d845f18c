"""What the engine raises, in one place, so that no floor above imports it."""

from __future__ import annotations

from typing import Any, Final

import peewee
from sqlcipher3 import dbapi2 as sqlcipher

ENGINE_ERRORS: Final[tuple[type[Exception], ...]] = (peewee.DatabaseError, peewee.InterfaceError, sqlcipher.Error)


def is_wrong_key(error: BaseException) -> bool:
    """Whether the pages no longer fit the key: somebody has rotated it since this connection was opened."""
    origin: Any = getattr(error, "orig", None) or error.__cause__ or error
    return "SQLITE_NOTADB" in (getattr(error, "sqlite_errorname", ""), getattr(origin, "sqlite_errorname", ""))
