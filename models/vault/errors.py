"""What can be wrong with a vault, one class a situation, each with one sentence that names the file."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

from config import startup_settings
from config.errors import ExinError, ExitCode
from config.reasons import reason
from config.words import _, n_

_FULL: Final = "database or disk is full"
"""What the engine says of a full disk where it gives the error no name: while it copies."""
_INDEX_BYTES: Final = 64 * 1024


class VaultPaths(Protocol):
    """What an error may name of a vault's place: its folder and the files in it."""

    @property
    def folder(self) -> Path: ...
    @property
    def database(self) -> Path: ...
    @property
    def slots(self) -> Path: ...


class VaultError(ExinError):
    """The root of everything the vault refuses; its text is ready for the person."""

    exit_code = ExitCode.UNSUITABLE

    @property
    def trouble(self) -> str:
        """The sentence without what it says of a change; for where a part of one was done before."""
        return self.text


class NoVault(VaultError):
    """There is no vault in the folder."""

    def __init__(self, folder: Path) -> None:
        told = _(
            "There is no vault in {folder}. Another folder is named with --vault, or noted in the settings: {file}"
        )
        super().__init__(told.format(folder=folder, file=startup_settings.settings_file()))


class VaultExists(VaultError):
    """A vault was to be made where one already is."""

    def __init__(self, folder: Path) -> None:
        super().__init__(_("There is already a vault in {folder}; it was left as it is.").format(folder=folder))


class FolderNotEmpty(VaultError):
    """A vault was to be made in a folder that holds something else."""

    def __init__(self, folder: Path, found: str) -> None:
        super().__init__(
            _("A vault needs a folder of its own, and {folder} already holds “{found}”.").format(
                folder=folder, found=found
            )
        )


class NotOurFolder(VaultError):
    """A folder the vault was to make is a link to another one, or no folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("{folder} leads elsewhere; the vault's folders are folders of their own.").format(folder=folder)
        )


class NotAPlainFile(VaultError):
    """A file of the vault is a link or a device: whoever put it there meant another file to be changed."""

    exit_code = ExitCode.DAMAGED_VAULT

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{path} is not a plain file of its own, as the vault made it. Find out who changed it.").format(path=path)
        )


class NoSuchGroup(VaultError):
    """The vault cannot be given to this group."""

    exit_code = ExitCode.USAGE

    def __init__(self, group: str) -> None:
        super().__init__(
            _("The vault cannot be shared with the group {group}: there is none, or you are not in it.").format(
                group=group
            )
        )


class CannotUnlock(VaultError):
    """The user name is unknown or the passphrase is wrong; nobody is told which."""

    exit_code = ExitCode.CANNOT_UNLOCK

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("{folder} does not open with this user name and this passphrase together.").format(folder=folder)
        )


class Revoked(VaultError):
    """The key that was in use is no longer among those that open the vault."""

    exit_code = ExitCode.CANNOT_UNLOCK

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("Your access to {folder} has been withdrawn or made anew since you unlocked it.").format(folder=folder)
        )


class RecoveryKeyMistyped(VaultError):
    """The text cannot be any recovery key; `reason` is a translated sentence that says why."""

    exit_code = ExitCode.CANNOT_UNLOCK

    def __init__(self, reason: str) -> None:
        super().__init__(_("The recovery key is mistyped. {reason}").format(reason=reason))


class WrongRecoveryKey(VaultError):
    """A correctly typed recovery key, but not the one of this vault."""

    exit_code = ExitCode.CANNOT_UNLOCK

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _(
                "The recovery key is correctly typed, but it is not the one of {folder}: "
                "it belongs to another vault or has been renewed."
            ).format(folder=folder)
        )


class NotSigner(VaultError):
    """Who may open the vault was to be changed by somebody who cannot sign that."""

    exit_code = ExitCode.USAGE

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("Who may open {folder} is signed by a team leader's key or the recovery key; yours is neither.").format(
                folder=folder
            )
        )


class TooManyRenewals(VaultError):
    """A member has no room for a change of their own keys until the root signs again."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _(
                "Too many passphrases of {folder} were changed since a team leader last changed who may open it. "
                "A team leader can give you a new one."
            ).format(folder=folder)
        )


class LastLeader(VaultError):
    """The only team leader of a vault was to be one no longer."""

    exit_code = ExitCode.USAGE

    def __init__(self, folder: Path) -> None:
        super().__init__(_("That is the only team leader of {folder}. Make another one first.").format(folder=folder))


class DamagedVault(VaultError):
    """The root of what is wrong with the files themselves."""

    exit_code = ExitCode.DAMAGED_VAULT


class EmptyDatabase(DamagedVault):
    """The database file has no content."""

    def __init__(self, file: Path) -> None:
        super().__init__(_("{file} is empty; put a backup in its place.").format(file=file))


class ForeignFile(DamagedVault):
    """The file is whole, but not a database of this program."""

    def __init__(self, file: Path) -> None:
        super().__init__(_("{file} is not a database of this program.").format(file=file))


class DamagedPages(DamagedVault):
    """Parts of the database are not what was written; `pages` are their numbers, from 1, none when it was cut short."""

    def __init__(self, file: Path, pages: Sequence[int] = ()) -> None:
        if pages:
            text = n_("{file} is damaged in page {pages}.", "{file} is damaged in the pages {pages}.", len(pages))
            shown = ", ".join(str(page) for page in pages[:10]) + (" …" if len(pages) > 10 else "")
            super().__init__(text.format(file=file, pages=shown))
        else:
            super().__init__(_("{file} is damaged or has been cut short.").format(file=file))
        self.pages = tuple(pages)


class DamagedSlots(DamagedVault):
    """The slots file is not what was written; `reason` is a translated clause."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(_("{file} is damaged: {reason}.").format(file=file, reason=reason))


class ChangedSlots(DamagedSlots):
    """The slots file is whole and was not made by this program; `detail` is a translated clause that says how."""

    def __init__(self, file: Path, detail: str = "") -> None:
        changed = _("somebody other than this program has changed it")
        super().__init__(file, f"{changed}: {detail}" if detail else changed)


class SlotsDoNotFit(DamagedVault):
    """The slots are whole, but their key opens nothing of the database."""

    def __init__(self, slots: Path, database: Path) -> None:
        super().__init__(
            _(
                "{slots} and {database} do not belong together: one of them comes from another vault or is an "
                "older copy, or the beginning of the database is damaged."
            ).format(slots=slots, database=database)
        )


class OlderSlots(DamagedVault):
    """The slots file is older than the one last used with the database."""

    def __init__(self, slots: Path) -> None:
        super().__init__(
            _("An older copy of {slots} has been put back; put the newest one in its place.").format(slots=slots)
        )


class DatabaseMissing(DamagedVault):
    """The slots are there, the database is not."""

    def __init__(self, database: Path, slots: Path) -> None:
        super().__init__(_("{database} is missing, while {slots} is there.").format(database=database, slots=slots))


class SlotsMissing(DamagedVault):
    """The database is there, the slots are not."""

    def __init__(self, slots: Path, database: Path) -> None:
        super().__init__(
            _("{slots} is missing, and {database} cannot be opened without it.").format(slots=slots, database=database)
        )


class KeyNoLongerFits(DamagedVault):
    """The database did not open with the key at hand: rotated by a colleague (`Unlocked.reload` tells) or damaged."""

    def __init__(self, database: Path) -> None:
        super().__init__(_("{database} no longer opens with the key this session holds.").format(database=database))


class DiskTrouble(DamagedVault):
    """The disk itself refused; `name` is the engine's or the system's name of the error."""

    def __init__(self, file: Path, name: str) -> None:
        super().__init__(_("The disk could not read or write {file} ({name}).").format(file=file, name=name))


class NewerVersion(VaultError):
    """The file was written by a newer version of the program."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            _("{file} was written by a newer version of this program; update the program.").format(file=file)
        )


class NetworkFileSystem(VaultError):
    """The folder is on a file system on which the engine's shared memory does not work; `kind` is its name."""

    def __init__(self, folder: Path, kind: str) -> None:
        super().__init__(
            _("{folder} is on a network file system ({kind}), where a vault is not safe; use a local disk.").format(
                folder=folder, kind=kind
            )
        )


class ReadOnlyPlace(VaultError):
    """The folder or file cannot be written by this Unix user."""

    def __init__(self, path: Path) -> None:
        super().__init__(_("{path} cannot be written: the disk is read-only or you lack permission.").format(path=path))


class NoAccess(VaultError):
    """This Unix user may not look into the folder, so nothing can be said of what is in it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("You are not allowed to look into {folder}. Whoever looks after the vault can let you in.").format(
                folder=folder
            )
        )


class UnreadablePlace(VaultError):
    """The system refused the path for a `reason` of its own, in the system's words."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(_("{path} cannot be used: {reason}.").format(path=path, reason=reason))


class DiskFull(VaultError):
    """No room left; nothing of the change was kept."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("The disk that holds {folder} is full; nothing was changed. Make room and try again.").format(
                folder=folder
            )
        )
        self._folder = folder

    @property
    def trouble(self) -> str:
        """As in `VaultError`."""
        return _("The disk that holds {folder} is full.").format(folder=self._folder)


class Busy(VaultError):
    """Somebody else held the file for longer than anyone should."""

    def __init__(self, file: Path) -> None:
        super().__init__(_("{file} has been held by another session for too long; try again.").format(file=file))


class EngineTooOld(VaultError):
    """The linked SQLite has a fault that can damage a database several sessions write."""

    def __init__(self, found: str, needed: str) -> None:
        super().__init__(
            _(
                "The database engine {found} can damage a vault that several people use; version {needed} is needed."
            ).format(found=found, needed=needed)
        )


def explain(error: BaseException, place: VaultPaths, file: Path | None = None) -> VaultError | None:
    """The clear error behind one of the engine (Peewee, SQLCipher) or the system, or None when it is not of the vault.

    `file` is the database concerned, when it is not the vault's own but a copy. The engine's errors are told apart by
    `sqlite_errorname`, which Peewee keeps under `orig`.
    """
    if isinstance(error, VaultError):
        return error
    if isinstance(error, OSError):
        return _explain_system(error, place)
    name = getattr(getattr(error, "orig", None) or error, "sqlite_errorname", None)
    if name is None and str(error) == _FULL:
        name = "SQLITE_FULL"
    if name == "SQLITE_ERROR" and error.__context__ is not None:
        # Such as a savepoint that is gone because a full disk made the engine roll back: the disk is what to tell of.
        return explain(error.__context__, place, file)
    return _explain_engine(name, place, file or place.database) if isinstance(name, str) else None


def _explain_engine(name: str, place: VaultPaths, database: Path) -> VaultError | None:
    # After a rotation the first statement of a live connection meets NOTADB, but the next ones may meet READONLY.
    writable = os.access(database, os.W_OK) and os.access(database.parent, os.W_OK)
    known: tuple[tuple[str, VaultError], ...] = (
        ("SQLITE_BUSY", Busy(database)),
        ("SQLITE_LOCKED", Busy(database)),
        ("SQLITE_FULL", DiskFull(place.folder)),
        ("SQLITE_READONLY", KeyNoLongerFits(database) if writable else ReadOnlyPlace(database)),
        ("SQLITE_PERM", ReadOnlyPlace(database)),
        ("SQLITE_NOTADB", KeyNoLongerFits(database)),
        ("SQLITE_CORRUPT", DamagedPages(database)),
        ("SQLITE_IOERR", DiskFull(place.folder) if _is_full(place.folder) else DiskTrouble(database, name)),
    )
    if name.startswith("SQLITE_CANTOPEN"):
        if not database.exists():
            return DatabaseMissing(database, place.slots)
        return ReadOnlyPlace(database)
    return next((meant for prefix, meant in known if name.startswith(prefix)), None)


def _is_full(folder: Path) -> bool:
    """Whether the disk has no room for the log's index: a full disk then looks to the engine like a broken one."""
    try:
        return shutil.disk_usage(folder).free < _INDEX_BYTES
    except OSError:
        return False


def _explain_system(error: OSError, place: VaultPaths) -> VaultError:
    path = Path(error.filename) if isinstance(error.filename, str) else place.folder
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(place.folder)
    if error.errno in (errno.EACCES, errno.EPERM) and not _may_enter(place.folder):
        return NoAccess(place.folder)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return ReadOnlyPlace(path)
    if error.errno == errno.EIO:
        return DiskTrouble(path, "EIO")
    return UnreadablePlace(path, reason(error))


def _may_enter(folder: Path) -> bool:
    """Whether this Unix user may look into the folder; one that is not there is no matter of permission."""
    try:
        os.stat(os.path.join(folder, "."))
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EPERM)
    return True
