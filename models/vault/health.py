"""Whether a sealed database is whole, and copies of it that are proved to be."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import peewee
from msgspec import Struct
from sqlcipher3 import dbapi2 as sqlcipher

from config.words import _
from models.vault import copies, files
from models.vault.engine import SealedDatabase, page_numbers, plainly
from models.vault.errors import Busy, DamagedVault
from models.vault.place import explained

_FINDINGS_SHOWN: Final = 100
# Peewee wraps what a statement raises, but not what its rows raise.
_ENGINE_ERRORS: Final = (peewee.DatabaseError, sqlcipher.Error)


class Finding(Struct, frozen=True):
    """One thing that is wrong: where, and what in words for the person."""

    where: str
    text: str


class CopyDiffers(DamagedVault):
    """A fresh copy is not what was copied; it has been removed."""

    def __init__(self, copy: Path) -> None:
        super().__init__(_("The copy {copy} is not the same as the database and was removed.").format(copy=copy))


def damaged_pages(database: SealedDatabase) -> list[Finding]:
    """The pages whose authentication does not fit; needs an open connection, outside transactions.

    Raises Busy when pages look damaged while a colleague's reading keeps newer ones in the log: ask again.
    """
    suspects = suspect_pages(database)
    if suspects:
        # A colleague's commit may be on its way into the file just now: what is damaged stays so.
        suspects &= suspect_pages(database)
    return [
        Finding(database.file.name, _("Page {page} is damaged.").format(page=page))
        for page in sorted(suspects)[:_FINDINGS_SHOWN]
    ]


def damaged_structure(database: SealedDatabase) -> list[Finding]:
    """What the engine's own check finds wrong with tables and indexes; its words are the engine's, in English."""
    try:
        lines = [str(row[0]) for row in _rows(database, f"PRAGMA integrity_check({_FINDINGS_SHOWN})")]
    except _ENGINE_ERRORS as error:
        lines = [str(error.args[0])]
    return [
        Finding(database.file.name, _("The structure is damaged: {detail}.").format(detail=line))
        for line in lines
        if line != "ok"
    ]


def verified_copy(database: SealedDatabase, target: Path) -> None:
    """Write a copy under the same key to the new file `target`, shared with the group, and prove that it is whole.

    It has its name when it is proved: what a killed program leaves ends in `copies.HALF`. Works while others write.
    Raises CopyDiffers, DiskFull, ReadOnlyPlace, UnreadablePlace (also where `target` exists), and leaves no copy then.
    Not inside a transaction.
    """
    half = target.with_name(f"{target.name}.{secrets.token_hex(4)}{copies.HALF}")
    with explained(database.place):
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        files.create_file(half)
    try:
        with plainly(database.place):
            _copy(database, half, target)
        with explained(database.place):
            half.rename(target)
            files.sync_folder(target.parent)
    except BaseException:
        for ending in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                half.with_name(half.name + ending).unlink(missing_ok=True)
        raise


def _copy(database: SealedDatabase, half: Path, target: Path) -> None:
    # One read transaction around both, so that what is counted is what is copied.
    database.begin("DEFERRED")
    try:
        expected = _fingerprint(database)
        copy = database.copy_to(half)
    finally:
        database.rollback()
    copy.connect()
    try:
        whole = not (damaged_pages(copy) or damaged_structure(copy))
        if not whole or _fingerprint(copy) != expected:
            raise CopyDiffers(target)
    except _ENGINE_ERRORS as error:
        raise CopyDiffers(target) from error
    finally:
        copy.close()


def _fingerprint(database: SealedDatabase) -> list[Any]:
    """What a copy must share: versions, schema, and the number of rows of each table."""
    schema = _rows(database, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name")
    tables = [name for kind, name, _table, sql in schema if kind == "table" and "VIRTUAL" not in (sql or "")]
    counts = [_rows(database, f'SELECT count(*) FROM "{name.replace(chr(34), chr(34) * 2)}"')[0][0] for name in tables]
    versions = [_rows(database, f"PRAGMA {name}")[0][0] for name in ("user_version", "application_id")]
    return [versions, schema, counts]


def suspect_pages(database: SealedDatabase) -> set[int]:
    """The numbers of the pages whose authentication does not fit just now; raises Busy as `damaged_pages`."""
    # The check reads the file alone: what is still in the log, after a rotation even every page, must be in it first.
    _busy, logged, moved = _rows(database, "PRAGMA wal_checkpoint(PASSIVE)")[0]
    suspects = set(page_numbers([str(row[0]) for row in _rows(database, "PRAGMA cipher_integrity_check")]))
    if suspects and moved < logged:
        raise Busy(database.file)
    return suspects


def _rows(database: SealedDatabase, sql: str) -> list[Any]:
    return list(database.execute_sql(sql).fetchall())
