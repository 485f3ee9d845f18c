"""The folder a vault lives in: its files, their modes, and whether the place suits."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from msgspec import Struct

from models.vault.errors import (
    DatabaseMissing,
    FolderNotEmpty,
    NetworkFileSystem,
    NoVault,
    ReadOnlyPlace,
    SlotsMissing,
    UnreadablePlace,
    VaultExists,
    explain,
)

FOLDER_MODE: Final = 0o2770
FILE_MODE: Final = 0o660

# File systems on which several machines may write, so that the engine's shared memory is not shared at all.
_NETWORK: Final = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb2",
        "smb3",
        "smbfs",
        "afs",
        "auristorfs",
        "ncp",
        "ncpfs",
        "coda",
        "ceph",
        "lustre",
        "beegfs",
        "gpfs",
        "orangefs",
        "ocfs2",
        "gfs2",
        "davfs",
        "fuse.sshfs",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.davfs",
        "fuse.davfs2",
        "fuse.gvfsd-fuse",
        "fuse.cephfs",
        "fuse.ceph",
        "fuse.juicefs",
        "fuse.curlftpfs",
        "fuse.goofys",
        "fuse.smbnetfs",
        "fuse.gcsfuse",
        "fuse.ceph-fuse",
    ]
)
_MOUNTS: Final = Path("/proc/self/mountinfo")


class VaultPlace(Struct, frozen=True):
    """The paths of one vault; knows nothing of what stands in them."""

    folder: Path

    @property
    def database(self) -> Path:
        """The sealed database."""
        return self.folder / "caseload.db"

    @property
    def slots(self) -> Path:
        """Who may open the database."""
        return self.folder / "slots.json"

    @property
    def next_slots(self) -> Path:
        """The slots that come into force when a rotation of the database key is done."""
        return self.folder / "slots.next.json"

    @property
    def lock(self) -> Path:
        """The file that is locked while the slots change; never replaced."""
        return self.folder / "vault.lock"

    @property
    def unfinished(self) -> Path:
        """Stands in the folder while a vault is being made; while it does, nothing there counts."""
        return self.folder / "vault.unfinished"

    @property
    def copies(self) -> Path:
        """The folder of verified copies."""
        return self.folder / "copies"

    def exists(self) -> bool:
        """Whether a finished vault, or what is left of one, is here."""
        return not self.unfinished.exists() and (self.database.exists() or self.slots.exists())

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
        """Raise NetworkFileSystem, ReadOnlyPlace or UnreadablePlace unless the place or its nearest parent will do."""
        with explained(self):
            nearest = _nearest_existing(self.folder)
            if not nearest.is_dir():
                raise UnreadablePlace(nearest, os.strerror(errno.ENOTDIR))
            kind = network_kind(nearest)
            if kind is not None:
                raise NetworkFileSystem(self.folder, kind)
            for path in (nearest, self.database, self.slots):
                wanted = os.W_OK | os.R_OK | (os.X_OK if path is nearest else 0)
                if path.exists() and not os.access(path, wanted):
                    raise ReadOnlyPlace(path)

    def check_free(self) -> None:
        """Raise VaultExists or FolderNotEmpty unless a vault may be made here; an unfinished one is no hindrance."""
        with explained(self):
            if not self.folder.exists():
                return
            if self.exists():
                raise VaultExists(self.folder)
            allowed = {self.lock.name}
            if self.unfinished.exists():
                allowed |= self._leftovers()
            foreign = sorted(path.name for path in self.folder.iterdir() if path.name not in allowed)
            if foreign:
                raise FolderNotEmpty(self.folder, foreign[0])

    def create_folder(self) -> None:
        """Make the folder, shared with its group whatever the umask; one that is not ours keeps its mode."""
        with explained(self):
            self.folder.mkdir(parents=True, exist_ok=True)
            if sys.platform != "win32" and self.folder.stat().st_uid == os.geteuid():
                self.folder.chmod(FOLDER_MODE)

    def clear_unfinished(self) -> None:
        """Remove what a killed creation left behind, but for the lock and the mark that it is unfinished."""
        with explained(self):
            if self.unfinished.exists():
                for name in self._leftovers() - {self.unfinished.name}:
                    (self.folder / name).unlink(missing_ok=True)

    def _leftovers(self) -> set[str]:
        database = self.database.name
        names = {self.unfinished.name, self.slots.name, database}
        names |= {database + ending for ending in ("-wal", "-shm", "-journal")}
        return names | {path.name for path in self.folder.glob(f"{self.slots.name}.*.tmp")}


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
