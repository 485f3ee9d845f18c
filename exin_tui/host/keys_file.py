"""Reading and replacing a file of keys: its folder by descriptor and through no link, whole or not at all."""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from config.errors import ExinError, ExitCode
from config.words import _

_MOST_BYTES: Final = 4 * 1024 * 1024
_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_OTHERS_WRITE: Final = 0o022
NEW_MODE: Final = 0o644
"""sshd reads the file as the account that is logged in to, so one of root's must be readable; it holds no secret."""


class KeysFileError(ExinError):
    """The file of keys cannot be read or written where it is; the text names it."""

    exit_code = ExitCode.UNSUITABLE


def read(file: Path) -> bytes:
    """What is in the file, nothing where it is not there; raises `KeysFileError`."""
    with _explained(file):
        try:
            folder = _open_folder(file.parent)
        except FileNotFoundError:
            return b""
        try:
            return _content(folder, file)[0]
        finally:
            os.close(folder)


def change(file: Path, changed: Callable[[bytes], bytes]) -> None:
    """Replace the content by what `changed` makes of it, one change after the other; raises `KeysFileError`.

    Owner and mode stay, but for others' right to write; a new file is its maker's, readable by all.
    """
    with _explained(file):
        folder = _open_folder(file.parent)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            _require_own(folder, file.parent)
            before, found = _content(folder, file)
            after = changed(before)
            if after != before:
                _replace(folder, file.name, after, found)
        finally:
            os.close(folder)


def _open_folder(folder: Path) -> int:
    """The folder as a descriptor, each part of its path a folder and no link."""
    handle = os.open("/", _FOLDER)
    try:
        for part in folder.absolute().parts[1:]:
            deeper = os.open(part, _FOLDER, dir_fd=handle)
            os.close(handle)
            handle = deeper
    except BaseException:
        os.close(handle)
        raise
    return handle


def _require_own(handle: int, folder: Path) -> None:
    found = os.fstat(handle)
    if found.st_uid not in (0, os.geteuid()) or found.st_mode & _OTHERS_WRITE:
        text = _("Others can write to the folder {folder}: whoever can lets themselves in, and sshd refuses it.")
        raise KeysFileError(text.format(folder=folder))


def _content(folder: int, file: Path) -> tuple[bytes, os.stat_result | None]:
    try:
        handle = os.open(file.name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    except FileNotFoundError:
        return b"", None
    with os.fdopen(handle, "rb") as source:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise KeysFileError(_("{file} is not a plain file.").format(file=file))
        content = source.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise KeysFileError(_("{file} is far too large for a file of keys.").format(file=file))
    return content, found


def _replace(folder: int, name: str, content: bytes, found: os.stat_result | None) -> None:
    fresh = f".{name}.{secrets.token_hex(4)}"
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600, dir_fd=folder)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            if found is not None and (found.st_uid, found.st_gid) != (os.geteuid(), os.getegid()):
                os.fchown(handle, found.st_uid, found.st_gid)
            os.fchmod(handle, stat.S_IMODE(found.st_mode) & ~_OTHERS_WRITE if found is not None else NEW_MODE)
            os.fsync(handle)
        os.replace(fresh, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with suppress(OSError):
            os.unlink(fresh, dir_fd=folder)
        raise
    os.fsync(folder)


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR):
            text = _("{file} is a link or lies behind one; name the place itself.")
            raise KeysFileError(text.format(file=file)) from error
        raise KeysFileError(_("{file}: {reason}.").format(file=file, reason=error.strerror)) from error
