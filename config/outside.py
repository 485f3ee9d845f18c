"""Files outside the vault: the one door through which the program writes any, for their owner alone."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final, Literal

from msgspec import Struct

from config.errors import ExinError, ExitCode
from config.reasons import reason
from config.words import _

Kind = Literal[".pdf", ".ics", ".json", ".csv", ".svg"]
"""How the names of files outside end; no other ending is ever written."""

_MODE: Final = 0o600
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_FLAGS: Final = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_CLOEXEC", "O_NONBLOCK", "O_NOCTTY", "O_BINARY"))
_BY_HANDLE: Final = hasattr(os, "O_DIRECTORY") and {os.open, os.stat, os.unlink, os.rename} <= os.supports_dir_fd
"""Whether a folder can be held by a descriptor, so that nobody puts another in its place; on Windows it cannot."""


class OutsideError(ExinError):
    """A file cannot go where it was asked for; nothing was written."""


class AlreadyThere(OutsideError):
    """There is a file with this name already; it was left as it is."""


class NotWritten(OutsideError):
    """The place suits, but the file could not be written; nothing of it is left."""

    exit_code = ExitCode.UNSUITABLE


class OutPlace(Struct, frozen=True):
    """Where one person's files may go: nowhere in the folder `vault`, and with `only` into that folder and no other."""

    vault: Path | None = None
    only: Path | None = None

    def suggested(self, name: str) -> str:
        """What stands in the line where the person is asked for the file: in their home, unless they have no choice."""
        return name if self.only else f"~/{name}"

    def file(self, text: str, kind: Kind) -> OutFile:
        """The file that somebody named in `text`; the ending is added where it is left out.

        Raises `OutsideError` with what is in the way. Writing looks at all of it again.
        """
        plain = text.strip()
        if not plain:
            raise OutsideError(_("Write where the file is to go."))
        if not plain.isprintable():
            raise OutsideError(_("{file}: a file's name has no control characters.").format(file=plain))
        with _explained(plain):
            found = self._named(plain, kind)
            _check_name(found.name, plain)
            with _Folder(found):
                return found

    def _named(self, plain: str, kind: Kind) -> OutFile:
        if self.only is not None:
            if set(plain) & {"/", "\\", ":"} or plain == "..":
                raise OutsideError(_("{file}: write a name alone; it goes into your own folder.").format(file=plain))
            return OutFile(self.only, _ending(plain, kind), self)
        try:
            path = Path(plain).expanduser().absolute()
        except RuntimeError as error:
            raise OutsideError(_("{file}: there is no such home folder.").format(file=plain)) from error
        if plain.endswith(("/", os.sep)) or path.is_dir():
            raise OutsideError(_("{file} is a folder; add a name for the file.").format(file=plain))
        if not path.parent.is_dir():
            raise OutsideError(_("The folder {folder} is not there.").format(folder=path.parent))
        # Whoever writes `Documents` may mean a link; from here on it is the folder that it leads to now.
        return OutFile(path.parent.resolve(), _ending(path.name, kind), self)


class OutFile(Struct, frozen=True):
    """A file to be written, of a name that will do in a folder that is there; `replace` writes over one there is."""

    folder: Path
    name: str
    place: OutPlace
    replace: bool = False

    @property
    def shown(self) -> str:
        """What the person is told that it is called: the name alone where there is only one folder."""
        return self.name if self.place.only else str(self.folder / self.name)

    def is_there(self) -> bool:
        """Whether the name is taken, be it by a link to nowhere. Raises `OutsideError` where nobody may look."""
        with _explained(self.shown), _Folder(self) as folder:
            return folder.found(self.name) is not None

    def write(self, data: bytes) -> None:
        """Write `data`, whole or not at all; raises as `writing`."""
        with self.writing() as out:
            out.write(data)

    @contextmanager
    def writing(self) -> Iterator[BinaryIO]:
        """Write piece by piece; when the block ends the file is on the disk, and after an error none of it is left.

        Raises `AlreadyThere` for a name that is taken unless `replace` is set, `OutsideError`, `NotWritten`.
        """
        with _explained(self.shown), _Folder(self) as folder:
            if self.replace:
                folder.check_plain(self.name)
            fresh = f"exin-{secrets.token_hex(8)}.part" if self.replace else self.name
            handle = folder.made(fresh)
            try:
                with os.fdopen(handle, "wb") as out:
                    yield out
                    out.flush()
                    os.fsync(out.fileno())
                if self.replace:
                    folder.rename(fresh, self.name)
            except BaseException:
                with suppress(OSError):
                    folder.remove(fresh)
                raise
            folder.sync()


class _Folder:
    """The folder of a file, held open: what is done in it is done there, whatever is renamed meanwhile."""

    def __init__(self, file: OutFile) -> None:
        self._path, self._shown, self._place = file.folder, file.shown, file.place
        self._handle: int | None = None

    def __enter__(self) -> _Folder:
        if self._place.only is None and _is_hidden(self._path):
            raise OutsideError(_("{file}: not into a hidden folder.").format(file=self._shown))
        if _BY_HANDLE:
            self._handle = os.open(self._path, os.O_RDONLY | os.O_DIRECTORY | _FLAGS)
        try:
            self._check_outside()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _check_outside(self) -> None:
        """Raise where this folder or one above it is the vault's, by whatever link or mount it is reached."""
        if self._place.vault is None:
            return
        try:
            vault = os.stat(self._place.vault)
        except FileNotFoundError:
            return
        above, seen = self._at("."), None
        while (found := os.stat(above, dir_fd=self._handle)) and (found.st_dev, found.st_ino) != seen:
            if os.path.samestat(found, vault):
                raise OutsideError(_("This is inside the vault's folder, where only what is encrypted belongs."))
            above, seen = os.path.join(above, ".."), (found.st_dev, found.st_ino)

    def found(self, name: str) -> os.stat_result | None:
        """What is there under the name, None for nothing."""
        try:
            return os.stat(self._at(name), dir_fd=self._handle, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def check_plain(self, name: str) -> None:
        """Raise unless the name is free, or a plain file's."""
        there = self.found(name)
        if there is not None and not stat.S_ISREG(there.st_mode):
            raise OutsideError(
                _("{file} is a link, a folder or a device, and not written over.").format(file=self._shown)
            )

    def made(self, name: str) -> int:
        """A descriptor of a new plain file that only its owner may read."""
        try:
            handle = os.open(self._at(name), _NEW | _FLAGS, _MODE, dir_fd=self._handle)
        except FileExistsError as error:
            raise AlreadyThere(_("{file} is there already.").format(file=self._shown)) from error
        made = os.fstat(handle)
        if not stat.S_ISREG(made.st_mode) or made.st_nlink > 1:
            os.close(handle)
            raise OutsideError(
                _("{file} is a link, a folder or a device, and not written over.").format(file=self._shown)
            )
        return handle

    def rename(self, former: str, name: str) -> None:
        """Give a file in the folder another name, which may be that of another file."""
        os.replace(self._at(former), self._at(name), src_dir_fd=self._handle, dst_dir_fd=self._handle)

    def remove(self, name: str) -> None:
        """Remove a file in the folder."""
        os.unlink(self._at(name), dir_fd=self._handle)

    def sync(self) -> None:
        """Make the name outlive a loss of power, where a folder can be told to."""
        if self._handle is not None:
            with suppress(OSError):
                os.fsync(self._handle)

    def _at(self, name: str) -> str:
        return name if self._handle is not None else str(self._path / name)


def _is_hidden(folder: Path) -> bool:
    """Whether a folder, or one above it and below the person's home, is where programs keep what they go by."""
    home = Path(os.path.expanduser("~")).resolve()
    below = folder.relative_to(home) if folder.is_relative_to(home) else Path(folder.name)
    return any(part.startswith(".") for part in below.parts)


def _ending(name: str, kind: Kind) -> str:
    return name if Path(name).suffix.lower() == kind else name + kind


def _check_name(name: str, plain: str) -> None:
    if name.startswith("."):
        raise OutsideError(_("{file}: a name that begins with a dot is a hidden file's.").format(file=plain))
    if os.name == "nt" and ":" in name:
        raise OutsideError(_("{file}: a file's name has no colon here.").format(file=plain))


@contextmanager
def _explained(shown: str) -> Iterator[None]:
    """Say of the file why it cannot be written, in the place of an OSError."""
    try:
        yield
    except OSError as error:
        raise NotWritten(_("{file} cannot be written: {reason}.").format(file=shown, reason=reason(error))) from error
