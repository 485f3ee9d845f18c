"""Reading a file that somebody may have planted: a plain one of a size that makes sense, or not at all.

A pipe would be waited at for ever, and a device has no end. Imported before the first prompt, so it imports nothing.
"""

from __future__ import annotations

import os
import stat

from config.words import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_TEXT = 256 * 1024
"""Bytes of a text file: what is larger was not written by a person."""

_FLAGS = sum(getattr(os, name, 0) for name in ("O_CLOEXEC", "O_NONBLOCK", "O_NOCTTY", "O_BINARY"))
_PIECE = 65536
_MARK = b"\xef\xbb\xbf"


class Unfit(OSError):
    """The file is not one to read; `strerror` is a clause in the person's language."""


def opened(path: str | os.PathLike[str]) -> int:
    """A descriptor of the plain file `path`, or of the one that a link leads to; the caller closes it.

    Raises `Unfit` for a folder, a pipe or a device, OSError for what cannot be opened. Waits for nobody.
    """
    name = os.fspath(path)
    # Looked at before: opening alone does something to some devices.
    if not stat.S_ISREG(os.stat(name).st_mode):
        raise _not_plain(name)
    handle = os.open(name, os.O_RDONLY | _FLAGS)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise _not_plain(name)
    return handle


def read(path: str | os.PathLike[str], most: int) -> bytes:
    """All of a plain file of at most `most` bytes; raises as `opened`, and `Unfit` for a longer one."""
    data = start(path, most + 1)
    if len(data) > most:
        text = _("it is larger than {count} bytes").format(count=most)
        raise Unfit(0, text, os.fspath(path))
    return data


def start(path: str | os.PathLike[str], count: int) -> bytes:
    """The first `count` bytes of a plain file, or all of a shorter one; raises as `opened`."""
    handle = opened(path)
    try:
        return b"".join(pieces(handle, count))
    finally:
        os.close(handle)


def decoded(data: bytes) -> str:
    """The text of a person's file: UTF-8, also with the mark that Notepad writes before it.

    Raises UnicodeDecodeError for anything else, UTF-16 too, whether marked or not.
    """
    if b"\0" in data:
        raise UnicodeDecodeError("utf-8", data, 0, len(data), "it holds null bytes")
    return data.removeprefix(_MARK).decode()


def pieces(handle: int, count: int) -> Iterator[bytes]:
    """What can be read from a descriptor, up to `count` bytes in all."""
    while count and (piece := os.read(handle, min(_PIECE, count))):
        count -= len(piece)
        yield piece


def _not_plain(name: str) -> Unfit:
    return Unfit(0, _("it is not a plain file"), name)
