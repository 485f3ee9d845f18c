"""Which engine is linked, for whoever has to tell what runs on a machine."""

from __future__ import annotations

from contextlib import closing

from sqlcipher3 import dbapi2 as sqlcipher


def engine() -> tuple[str, str]:
    """The versions of SQLCipher and of the SQLite inside it."""
    with closing(sqlcipher.connect(":memory:")) as connection:
        cipher = connection.execute("PRAGMA cipher_version").fetchone()[0]
    return str(cipher), str(sqlcipher.sqlite_version)
