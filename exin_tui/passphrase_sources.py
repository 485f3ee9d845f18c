"""Passphrases that come without a terminal: from a private file or an open descriptor, never an argument."""

from __future__ import annotations

import os
import stat
import sys
from typing import Final

from config.errors import ExinError
from config.words import _

_MOST_BYTES: Final = 1024 * 1024


class SecretError(ExinError):
    """A passphrase file or descriptor cannot be used; the text names it and says why."""


def from_file(path: str) -> str:
    """The secret in a regular file that nobody else may read, less one line end; raises `SecretError`."""
    flags = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except OSError as error:
        raise _unreadable(path, error) from error
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise SecretError(_("{file} is not a plain file.").format(file=path))
        if sys.platform != "win32" and found.st_mode & 0o077:
            raise SecretError(
                _("{file} is open to others. Run `chmod 600` on it, and change the passphrase if it was read.").format(
                    file=path
                )
            )
        return _text(_all(handle, path), path)
    finally:
        os.close(handle)


def from_descriptor(number: int) -> str:
    """The secret that comes through descriptor `number` until its end, less one line end; raises `SecretError`."""
    name = _("descriptor {number}").format(number=number)
    try:
        if os.isatty(number):
            raise SecretError(
                _("{file} is a terminal, which would show the secret; leave the option out.").format(file=name)
            )
        data = _all(number, name)
        if number > 2:
            os.close(number)
    except OSError as error:
        raise _unreadable(name, error) from error
    return _text(data, name)


def _all(handle: int, name: str) -> bytes:
    data = b""
    try:
        while chunk := os.read(handle, 65536):
            data += chunk
            if len(data) > _MOST_BYTES:
                raise SecretError(_("{file} is far too long for a passphrase.").format(file=name))
    except OSError as error:
        raise _unreadable(name, error) from error
    return data


def _text(data: bytes, name: str) -> str:
    plain = data.removesuffix(b"\n").removesuffix(b"\r") if data.endswith(b"\n") else data
    if not plain:
        raise SecretError(_("{file} is empty.").format(file=name))
    try:
        return plain.decode()
    except UnicodeDecodeError:
        raise SecretError(_("{file} is not written in UTF-8.").format(file=name)) from None


def _unreadable(name: str, error: OSError) -> SecretError:
    return SecretError(_("{file} cannot be read: {reason}.").format(file=name, reason=error.strerror))
