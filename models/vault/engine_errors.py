"""What the engine raises, in one place, so that no floor above imports it."""

from __future__ import annotations

from typing import Final

import peewee
from sqlcipher3 import dbapi2 as sqlcipher

ENGINE_ERRORS: Final[tuple[type[Exception], ...]] = (peewee.DatabaseError, peewee.InterfaceError, sqlcipher.Error)
