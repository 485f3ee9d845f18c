"""The sealed database as Peewee sees it, opened in the one order that is safe.

Imports Peewee and SQLCipher: import it late, where the time does not matter.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import peewee
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2 as sqlcipher

from config import plain_file
from models.vault.errors import (
    DamagedPages,
    DatabaseMissing,
    DiskFull,
    DiskTrouble,
    EmptyDatabase,
    EngineTooOld,
    ForeignFile,
    NotAPlainFile,
    SlotsDoNotFit,
    VaultError,
    explain,
)
from models.vault.place import VaultPlace

APPLICATION_ID: Final = 0x4558494E  # "EXIN"
BUSY_MILLISECONDS: Final = 8000
# Before this version a checkpoint could reset the log under another connection (https://sqlite.org/wal.html).
_OLDEST_SQLITE: Final = (3, 51, 3)
_PAGE_BYTES: Final = 4096
_PLAIN_HEADER: Final = b"SQLite format 3\0"
_PRAGMAS: Final = (
    ("temp_store", "2"),
    ("foreign_keys", "ON"),
    ("synchronous", "FULL"),
    ("secure_delete", "ON"),
    ("cell_size_check", "ON"),
    ("trusted_schema", "OFF"),
    ("cache_size", "-16000"),
    ("journal_mode", "WAL"),
)
_SEAL_TABLE: Final = "CREATE TABLE seal (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID"


class SealedDatabase(SqlCipherDatabase):
    """A connection per thread to the database of one vault, every error of opening it in plain words.

    Transactions are IMMEDIATE, for deferred ones of two sessions fail each other. Nothing connects by itself.
    """

    def __init__(self, place: VaultPlace, key: str, *, file: Path | None = None) -> None:
        """`key` has 64 hexadecimal digits; `file` is another database under the same key, such as a copy."""
        self.place = place
        self.file = file or place.database
        self._key = key
        self._literal = key_literal(key)
        super().__init__(_uri(self.file), lock_type="IMMEDIATE", autoconnect=False)

    def connect(self, reuse_if_open: bool = False) -> bool:
        """Open this thread's connection; raises a VaultError that names what is wrong."""
        with plainly(self.place, self.file):
            return bool(super().connect(reuse_if_open))

    def beside(self) -> SealedDatabase:
        """Another database on the same file under the same key, not yet open: a second connection in this thread."""
        return SealedDatabase(self.place, self._key, file=self.file)

    def rollback(self) -> None:
        """Roll back what is left to roll back; a full disk has made the engine do it already."""
        if self.is_closed() or self.connection().in_transaction:
            super().rollback()

    @contextmanager
    def unwaiting(self) -> Iterator[None]:
        """Wait for nobody else's writing in the block: it fails at once instead."""
        self.execute_sql("PRAGMA busy_timeout=0")
        try:
            yield
        finally:
            self.execute_sql(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")

    def copy_to(self, file: Path) -> SealedDatabase:
        """Fill the empty `file` with what this thread's connection sees, under the same key; the copy, not yet open.

        Raises DiskFull, DiskTrouble.
        """
        try:
            with closing(_keyed(file, self._literal)) as target:
                # All at once: page by page, every commit of a colleague would start it over.
                self.connection().backup(target, pages=-1)
        except sqlcipher.Error as error:
            raise (explain(error, self.place, file) or DiskTrouble(file, str(error))) from error
        return SealedDatabase(self.place, self._key, file=file)

    def _connect(self) -> Any:
        check_file(self.file, self.place)
        connection = _keyed(self.file, self._literal)
        try:
            _check_ours(connection, self.file)
            for pragma, value in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}={value}").fetchall()
            self._add_conn_hooks(connection)
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def plainly(place: VaultPlace, file: Path | None = None) -> Iterator[None]:
    """Turn an engine error of the block into the vault error it means, where it means one; `file` as in `explain`."""
    try:
        yield
    except (peewee.PeeweeException, sqlcipher.Error) as error:
        clear = explain(error, place, file)
        if clear is None:
            raise
        raise clear from error


def key_literal(key: str) -> str:
    """A raw key as SQLCipher takes it; anything but 64 hexadecimal digits would silently become a passphrase."""
    if not re.fullmatch(r"[0-9a-fA-F]{64}", key):
        raise ValueError("a database key has 64 hexadecimal digits")
    return f"x'{key}'"


def check_engine(version: tuple[int, ...] = sqlcipher.sqlite_version_info) -> None:
    """Raise EngineTooOld when the linked SQLite is one that can damage a shared database."""
    if version < _OLDEST_SQLITE:
        raise EngineTooOld(".".join(map(str, version)), ".".join(map(str, _OLDEST_SQLITE)))


def check_file(file: Path, place: VaultPlace) -> None:
    """Raise DatabaseMissing, NotAPlainFile, EmptyDatabase, ForeignFile or DamagedPages by what shows without a key."""
    if not file.exists():
        raise DatabaseMissing(file, place.slots)
    try:
        start = plain_file.start(file, len(_PLAIN_HEADER))
        log = file.with_name(file.name + "-wal")
        size, logged = file.stat().st_size, log.exists() and log.stat().st_size > 0
    except plain_file.Unfit as error:
        raise NotAPlainFile(file) from error
    except OSError as error:
        raise (explain(error, place) or error) from error
    if not size:
        raise EmptyDatabase(file)
    if start == _PLAIN_HEADER:
        raise ForeignFile(file)
    # With a log beside it, an unfinished last page is mended from there.
    if size % _PAGE_BYTES and not logged:
        raise DamagedPages(file, [size // _PAGE_BYTES + 1])


def make_database(place: VaultPlace, key: str, seal: Mapping[str, str]) -> None:
    """Fill the empty database file of a new vault with its mark and its seal, and close it."""
    with plainly(place), closing(_keyed(place.database, key_literal(key))) as connection:
        for pragma, value in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}={value}").fetchall()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(_SEAL_TABLE)
        connection.executemany("INSERT INTO seal (key, value) VALUES (?, ?)", list(seal.items()))
        connection.execute("COMMIT")


def opens(place: VaultPlace, key: str, file: Path | None = None) -> bool:
    """Whether the database, or the copy `file`, opens with this key; every other error is raised in plain words."""
    file = file or place.database
    check_file(file, place)
    try:
        with closing(_keyed(file, key_literal(key))) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except sqlcipher.Error as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
            return False
        raise (explain(error, place, file) or error) from error
    return True


def rekey(place: VaultPlace, old: str, new: str, file: Path | None = None) -> None:
    """Encrypt every page of the database, or of the copy `file`, anew, in one transaction.

    Raises Busy, DiskFull and the like, and then the old key still fits.
    Other sessions' connections fail from then on. The log is emptied, so that no page under the old key is left
    in it where no reader needs one.
    """
    file = file or place.database
    try:
        with closing(_keyed(file, key_literal(old))) as connection:
            # The rekeying reports every failure alike, so what can be foreseen is asked first: the lock and the room.
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
            if shutil.disk_usage(place.folder).free < 1.2 * file.stat().st_size:
                raise DiskFull(place.folder)
            connection.execute(f'PRAGMA rekey="{key_literal(new)}"').fetchall()
            # The rotation is done, and not worth waiting for readers any longer.
            connection.execute("PRAGMA busy_timeout=100").fetchall()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlcipher.Error as error:
        name = getattr(error, "sqlite_errorname", "SQLITE_ERROR")
        raise (explain(error, place, file) or DiskTrouble(file, name)) from error


def diagnose(place: VaultPlace, key: str) -> VaultError:
    """What is wrong with a database that no key opens: single pages, or all of it."""
    size = place.database.stat().st_size
    try:
        with closing(_keyed(place.database, key_literal(key))) as connection:
            lines = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check").fetchall()]
    except sqlcipher.Error as error:
        return explain(error, place) or DamagedPages(place.database)
    pages = page_numbers(lines)
    if len(pages) * _PAGE_BYTES >= size:
        return SlotsDoNotFit(place.slots, place.database)
    return DamagedPages(place.database, pages)


def with_pages(error: DamagedPages, place: VaultPlace, key: str) -> DamagedPages:
    """The same error with the numbers of the damaged pages, where they can be found."""
    found = error if error.pages else diagnose(place, key)
    return found if isinstance(found, DamagedPages) else error


def page_numbers(lines: list[str]) -> list[int]:
    """The pages that `PRAGMA cipher_integrity_check` names."""
    return [int(match[1]) for line in lines if (match := re.search(r"\bpage (\d+)\b", line))]


def _uri(file: Path) -> str:
    # mode=rw, or a missing database would become a new, empty one.
    return file.absolute().as_uri() + "?mode=rw"


def _keyed(file: Path, literal: str) -> Any:
    """A raw connection with its key set and nothing read yet."""
    check_engine()
    _silence()
    connection = sqlcipher.connect(_uri(file), uri=True, isolation_level=None, timeout=BUSY_MILLISECONDS / 1000)
    try:
        connection.execute(f'PRAGMA key="{literal}"').fetchall()
        connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def _silence() -> None:
    """Keep SQLCipher from writing its log to stderr, across the screen; the setting is of the process."""
    with closing(sqlcipher.connect(":memory:")) as connection:
        connection.execute("PRAGMA cipher_log_level=NONE").fetchall()


def _check_ours(connection: Any, file: Path) -> None:
    if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0:
        raise EmptyDatabase(file)
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise ForeignFile(file)
