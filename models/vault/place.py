"""The folder a vault lives in: its files, their modes, and whether the place suits."""

from __future__ import annotations

import errno
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from config.words import _
from models.vault.errors import (
    DatabaseMissing,
    FolderNotEmpty,
    NetworkFileSystem,
    NoAccess,
    NoSuchGroup,
    NotOurFolder,
    NoVault,
    ReadOnlyPlace,
    SlotsMissing,
    UnreadablePlace,
    VaultExists,
    explain,
)

PRIVATE: Final = 0o700
SHARED: Final = 0o2770
"""The modes of a folder for its owner alone, and of one for a group: what comes into that is the group's, too."""

# File systems on which several machines may write, so that the engine's shared memory is not shared at all.
_NETWORK: Final = frozenset({
    "nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afs", "auristorfs", "ncp", "ncpfs", "coda", "ceph", "lustre",
    "beegfs", "gpfs", "orangefs", "ocfs2", "gfs2", "davfs", "fuse.sshfs", "fuse.glusterfs", "fuse.rclone",
    "fuse.s3fs", "fuse.davfs", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.cephfs", "fuse.ceph", "fuse.juicefs",
    "fuse.curlftpfs", "fuse.goofys", "fuse.smbnetfs", "fuse.gcsfuse", "fuse.ceph-fuse",
})  # fmt: skip
_ASIDE: Final = "unfinished-"
_MOUNTS: Final = Path("/proc/self/mountinfo")


class VaultPlace(Struct, frozen=True):
    """The paths of one vault, one in the `making` until its slots have their name; knows nothing of what is in them."""

    folder: Path
    making: bool = False

    @property
    def database(self) -> Path:
        """The sealed database."""
        return self.folder / "caseload.db"

    @property
    def slots(self) -> Path:
        """Who may open the database; without them there is no vault."""
        return self.folder / ("slots.making.json" if self.making else "slots.json")

    @property
    def next_slots(self) -> Path:
        """The slots that come into force when a rotation of the database key is done."""
        return self.folder / "slots.next.json"

    @property
    def lock(self) -> Path:
        """The file that is locked while the slots change; never replaced."""
        return self.folder / "vault.lock"

    @property
    def programme(self) -> Path:
        """The team's own programme as it could last be read, for sessions that cannot read what stands there now."""
        return self.folder / "programme.good.json"

    @property
    def unseen(self) -> Path:
        """Stands in the folder of a vault whose recovery key nobody may have seen: its making was broken off."""
        return self.folder / "vault.unfinished"

    @property
    def copies(self) -> Path:
        """The folder of verified copies."""
        return self.folder / "copies"

    def exists(self) -> bool:
        """Whether a vault, or what is left of one, is here; raises UnreadablePlace where nobody may look."""
        with explained(self):
            return _there(self.slots) or (_there(self.database) and not self._in_the_making())

    def _in_the_making(self) -> bool:
        return _there(replace(self, making=True).slots) or _there(self.unseen)

    def require(self) -> None:
        """Raise NoVault, DatabaseMissing or SlotsMissing unless both files of a finished vault are here."""
        with explained(self):
            if not self.exists():
                raise NoVault(self.folder)
            if not self.slots.exists():
                raise SlotsMissing(self.slots, self.database)
            if not self.database.exists():
                raise DatabaseMissing(self.database, self.slots)

    def check_suitable(self) -> None:
        """Raise NetworkFileSystem, NoAccess, ReadOnlyPlace or UnreadablePlace unless the place, or its parent, does."""
        with explained(self):
            nearest = _nearest_existing(self.folder)
            if not nearest.is_dir():
                raise UnreadablePlace(nearest, _("it is no folder"))
            kind = network_kind(nearest)
            if kind is not None:
                raise NetworkFileSystem(self.folder, kind)
            if not os.access(nearest, os.R_OK | os.X_OK):
                raise NoAccess(nearest)
            for path in (nearest, self.database, self.slots):
                if path.exists() and not os.access(path, os.W_OK | os.R_OK):
                    raise ReadOnlyPlace(path)

    def check_free(self) -> None:
        """Raise VaultExists or FolderNotEmpty unless a vault may be made here; one half made is no hindrance."""
        with explained(self):
            if not self.folder.exists():
                return
            if self.exists():
                raise VaultExists(self.folder)
            names = {path.name for path in self.folder.iterdir()} - {self.lock.name, *self._leftovers()}
            if foreign := sorted(name for name in names if not name.startswith(_ASIDE)):
                raise FolderNotEmpty(self.folder, foreign[0])

    def create_folder(self, group: str | None = None, *, shared: bool = False) -> None:
        """Make the folder, for its owner alone or shared with `group`, whatever the umask; its parents are the owner's.

        `shared` shares it with the group it has. A folder that is not ours, or is a group's already, keeps its mode
        unless a group is named. Raises `NotOurFolder` for a link, `NoSuchGroup` for one there is not or not for us.
        """
        with explained(self):
            for parent in reversed(self.folder.parents):
                if not parent.exists():
                    parent.mkdir(PRIVATE)
            with suppress(FileExistsError):
                self.folder.mkdir(PRIVATE)
            if sys.platform != "win32":
                _give(self.folder, group, SHARED if shared or group else PRIVATE)
            elif group is not None:
                raise NoSuchGroup(group)

    def file_mode(self) -> int:
        """What a file in the folder is to have: its owner's alone, or the group's, too, as the folder is."""
        return 0o660 if self.shared else 0o600

    @property
    def shared(self) -> bool:
        """Whether the folder is a group's."""
        return bool(self.folder.stat().st_mode & 0o020)

    def way_of_running(self) -> str:
        """What the folder's owner and mode mean for roles, the access log and the audit, as a sentence.

        Raises UnreadablePlace and the like.
        """
        with explained(self):
            if self.shared:
                return _(
                    "Shared folder: whoever is in its Unix group can destroy the vault and, with any key to it, read "
                    "all of it. Roles are a convention here."
                )
            return _(
                "Only the account that owns the folder can open its files: roles hold against everybody who comes "
                "through the program alone."
            )

    def put_aside(self) -> None:
        """Move what a killed making left behind into a folder of its own: somebody may have called it that wrongly."""
        with explained(self):
            left = self._left()
            if left:
                aside = self.folder / f"{_ASIDE}{secrets.token_hex(4)}"
                aside.mkdir(PRIVATE)
                for path in left:
                    path.rename(aside / path.name)

    def take_back(self) -> None:
        """Remove what this very making has made, which failed."""
        for path in self._left():
            path.unlink()

    def _left(self) -> list[Path]:
        names = self._leftovers()
        return [path for path in self.folder.iterdir() if path.name in names]

    def _leftovers(self) -> set[str]:
        database, made = self.database.name, replace(self, making=True)
        names = {self.unseen.name, made.slots.name, *(database + end for end in ("", "-wal", "-shm", "-journal"))}
        return names | {path.name for path in self.folder.glob("slots.*.tmp")}


def _there(path: Path) -> bool:
    """Whether there is a file, also a link to nowhere; not being allowed to look is an error, not a no."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


if sys.platform != "win32":

    def _give(folder: Path, group: str | None, mode: int) -> None:
        """Set the mode of a folder of ours by descriptor, so that no link can be put in its place meanwhile."""
        import grp

        try:
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.ENOTDIR):
                raise NotOurFolder(folder) from error
            raise
        try:
            found = os.fstat(handle)
            if group is not None:
                try:
                    os.fchown(handle, -1, grp.getgrnam(group).gr_gid)
                except (KeyError, PermissionError) as error:
                    raise NoSuchGroup(group) from error
            if group is not None or (found.st_uid == os.geteuid() and found.st_mode & 0o7777 != SHARED):
                os.fchmod(handle, mode)
        finally:
            os.close(handle)


@contextmanager
def explained(place: VaultPlace) -> Iterator[None]:
    """Turn an OSError of the block into the vault error it means."""
    try:
        yield
    except OSError as error:
        raise (explain(error, place) or error) from error


def network_kind(path: Path, mounts: str | None = None) -> str | None:
    """The network file system `path` is on, or None for a local one and where the system cannot tell.

    `mounts` is text in the form of Linux's /proc/self/mountinfo, read from there when None.
    """
    if mounts is None:
        if not _MOUNTS.exists():
            return None
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    kind = _file_system(path.resolve(), mounts)
    return kind if kind in _NETWORK else None


def _file_system(path: Path, mounts: str) -> str | None:
    """The type of the file system with the longest mount point above `path`; of several on one point the last."""
    best: tuple[int, str] | None = None
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(" "), after.split(" ")
        if len(fields) < 5 or not kinds[0]:
            continue
        point = Path(_unescaped(fields[4]))
        if path.is_relative_to(point) and (best is None or len(point.parts) >= best[0]):
            best = (len(point.parts), kinds[0])
    return best[1] if best else None


def _unescaped(text: str) -> str:
    """A mount point without the kernel's octal escapes of space, tab, newline and backslash."""
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, character)
    return text


def _nearest_existing(path: Path) -> Path:
    absolute = path.absolute()
    return next(candidate for candidate in (absolute, *absolute.parents) if candidate.exists())
