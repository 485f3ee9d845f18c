"""Passphrases that come without a terminal: from a private file or an open descriptor, never an argument."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from config import plain_file
from config.errors import ExinError
from config.reasons import reason
from config.words import _

_MOST_BYTES: Final = 1024 * 1024


class SecretError(ExinError):
    """A passphrase file or descriptor cannot be used; the text names it and says why."""


def from_file(path: str) -> str:
    """The secret in a regular file that nobody else may read, less one line end; raises `SecretError`."""
    with _readable(path):
        handle = plain_file.opened(path)
        try:
            if sys.platform != "win32" and os.fstat(handle).st_mode & 0o077:
                text = _("{file} is open to others. Run `chmod 600` on it, and change the passphrase if it was read.")
                raise SecretError(text.format(file=path))
            return _text(handle, path)
        finally:
            os.close(handle)


def from_descriptor(number: int) -> str:
    """The secret that comes through descriptor `number` until its end, less one line end; raises `SecretError`."""
    name = _("descriptor {number}").format(number=number)
    with _readable(name):
        if os.isatty(number):
            text = _("{file} is a terminal, which would show the secret; leave the option out.")
            raise SecretError(text.format(file=name))
        found = _text(number, name)
        if number > 2:
            os.close(number)
        return found


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """Say of `name` why it cannot be read."""
    try:
        yield
    except OSError as error:
        raise SecretError(_("{file} cannot be read: {reason}.").format(file=name, reason=reason(error))) from error


def _text(handle: int, name: str) -> str:
    data = b"".join(plain_file.pieces(handle, _MOST_BYTES + 1))
    if len(data) > _MOST_BYTES:
        raise SecretError(_("{file} is far too long for a passphrase.").format(file=name))
    try:
        text = plain_file.decoded(data)
    except UnicodeDecodeError:
        raise SecretError(_("{file} is not written in UTF-8.").format(file=name)) from None
    plain = text.removesuffix("\n").removesuffix("\r") if text.endswith("\n") else text
    if not plain:
        raise SecretError(_("{file} is empty.").format(file=name))
    if plain.endswith(("\n", "\r")):
        # It would be part of the passphrase, which nobody can type.
        raise SecretError(
            _("{file} ends in an empty line. Take it away: the passphrase is one line.").format(file=name)
        )
    return plain
