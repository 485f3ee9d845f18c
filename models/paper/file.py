"""A printed document as a file: only where the person says, for its owner alone, never over another one unasked."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from config import out_folder
from config.errors import ExinError
from config.words import _


class PaperError(ExinError):
    """A file cannot be written where it was asked for."""


class AlreadyThere(PaperError):
    """There is a file with this name already."""


def place_of(text: str, vault: Path) -> Path:
    """Where the person wants the file; `.pdf` is added where it is left out.

    Raises `PaperError` for no name, a folder, a folder that is not there, or a place inside the vault,
    `config.out_folder.OutsideFolder` for a place that a served session may not write to.
    """
    plain = text.strip()
    if not plain:
        raise PaperError(_("Write where the file is to go."))
    try:
        # First of all, so that nothing is told of places a served session may not write to.
        path = out_folder.allowed(Path(plain).expanduser().absolute())
    except RuntimeError as error:
        raise PaperError(_("{file}: there is no such home folder.").format(file=plain)) from error
    if path.is_dir() or plain.endswith(("/", os.sep)):
        raise PaperError(_("{file} is a folder; add a name for the file.").format(file=plain))
    if path.suffix.lower() != ".pdf":
        path = path.with_name(path.name + ".pdf")
    if not path.parent.is_dir():
        raise PaperError(_("The folder {folder} is not there.").format(folder=path.parent))
    if path.resolve().is_relative_to(vault.resolve()):
        raise PaperError(_("This is inside the vault's folder, where only what is sealed belongs."))
    return path


def is_there(path: Path) -> bool:
    """Whether the name is taken, be it by a link to nowhere."""
    return os.path.lexists(path)


def write(path: Path, data: bytes, *, replace: bool = False) -> None:
    """Write `data` whole or not at all, readable by its owner alone.

    Raises `AlreadyThere` for an existing file unless `replace`, `PaperError` where it cannot be written.
    """
    name = ""
    try:
        handle, name = tempfile.mkstemp(prefix=".exin-", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        if replace:
            os.replace(name, path)
            name = ""
        else:
            _put(name, path)
    except FileExistsError as error:
        raise AlreadyThere(_("{file} is there already.").format(file=path)) from error
    except OSError as error:
        raise PaperError(_("{file} cannot be written: {reason}.").format(file=path, reason=error.strerror)) from error
    finally:
        if name:
            Path(name).unlink(missing_ok=True)


def _put(name: str, path: Path) -> None:
    """Give the finished file its name, unless somebody has taken the name meanwhile."""
    try:
        os.link(name, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links: the name is taken first, and then the whole file put over it.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        os.replace(name, path)
