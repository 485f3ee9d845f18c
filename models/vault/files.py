"""Files of a vault written whole or not at all, one writer at a time."""

from __future__ import annotations

import errno
import os
import secrets
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from models.vault.errors import Busy, NotAPlainFile
from models.vault.place import VaultPlace, explained

WAIT_SECONDS: Final = 8.0
_PAUSE_SECONDS: Final = 0.02


@contextmanager
def exclusively(place: VaultPlace, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the vault's lock file; raises Busy when another session or thread holds it for `wait` seconds.

    Not reentrant. The lock goes with the process that held it, however that ends.
    """
    with explained(place):
        handle = _opened_lock(place)
    try:
        deadline = time.monotonic() + wait
        while not _locked(handle):
            if time.monotonic() >= deadline:
                raise Busy(place.lock)
            time.sleep(_PAUSE_SECONDS)
        try:
            yield
        finally:
            _unlock(handle)
    finally:
        os.close(handle)


def _opened_lock(place: VaultPlace) -> int:
    """The lock file, made where there is none; one that leads elsewhere is refused, or its target would be changed."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(place.lock, flags | getattr(os, "O_NONBLOCK", 0), place.file_mode())
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EISDIR, errno.ENXIO):
            raise NotAPlainFile(place.lock) from error
        raise
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
        os.close(handle)
        raise NotAPlainFile(place.lock)
    _share_handle(handle, place.file_mode())
    return handle


if sys.platform == "win32":
    import msvcrt

    def _locked(handle: int) -> bool:
        os.lseek(handle, 0, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

    def _share_handle(handle: int, mode: int) -> None:
        """Windows has no such modes; the folder's own access list rules."""

    def sync_folder(folder: Path) -> None:
        """Windows keeps folder entries by itself."""

else:
    import fcntl

    def _locked(handle: int) -> bool:
        # flock and not lockf: it belongs to the handle, so two threads exclude each other and closing another handle
        # of the same file does not let go of it.
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)

    def _share_handle(handle: int, mode: int) -> None:
        """Give the group its share whatever the umask, where the file is ours to change."""
        found = os.fstat(handle)
        if found.st_uid == os.geteuid() and found.st_mode & 0o777 != mode:
            os.fchmod(handle, mode)

    def sync_folder(folder: Path) -> None:
        """Make names that were put into or taken out of the folder survive a loss of power."""
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def create_file(file: Path, content: bytes = b"") -> None:
    """Make a new file, shared as its folder is, whatever the umask; raises FileExistsError where one is."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    mode = VaultPlace(file.parent).file_mode()
    handle = os.open(file, flags, mode)
    with os.fdopen(handle, "wb") as stream:
        _share_handle(handle, mode)
        stream.write(content)
        stream.flush()
        os.fsync(handle)


def write_whole(place: VaultPlace, file: Path, content: bytes) -> None:
    """Put `content` in the place of `file` in one step: after a crash there is the old or the new, never a mixture.

    Shares the file before it stands under its name, or the others would be locked out for a moment. Raises DiskFull,
    ReadOnlyPlace and the like, and then leaves nothing of its own behind.
    """
    temporary = file.with_name(f"slots.{secrets.token_hex(4)}.tmp")
    with explained(place):
        try:
            create_file(temporary, content)
            os.replace(temporary, file)
        except BaseException:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
        sync_folder(place.folder)


def put_in_force(place: VaultPlace) -> None:
    """Make the next slots the slots."""
    with explained(place):
        os.replace(place.next_slots, place.slots)
        sync_folder(place.folder)


def clear_strays(place: VaultPlace) -> None:
    """Remove half-written files of writers that were killed; only under the lock."""
    with explained(place):
        for stray in place.folder.glob("slots.*.tmp"):
            stray.unlink(missing_ok=True)
