"""The demo's vault: sealed like any other, but under a passphrase everybody may know, and marked as what it is.

Opening one that is there must be quick, so what fills a vault is imported where it is needed.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from config import own_folder
from config.errors import ExinError, ExitCode
from config.words import _
from exin_tui import ending_signals
from exin_tui.demo.access import DEMO_PASSPHRASE, DEMO_USER, MEMBERS

if TYPE_CHECKING:
    from config.programme.shapes import Programme
    from models.store import Store
    from models.values.clock import Clock
    from models.vault.sealed import Unlocked

MARK: Final = "DEMO.txt"
_THROWN_AWAY: Final = "exin-demo-"


class NotADemo(ExinError):
    """The folder holds something that is not a demo vault; it is left as it was."""

    exit_code = ExitCode.UNSUITABLE


class Size(Struct, frozen=True):
    """What a demo vault is filled with; `entries` as in `exin_tui.demo.caseload.fill`."""

    participants: int = 40
    years: float = 2
    seed: int = 1
    entries: int | None = None


_WHY_RESTRICTED: Final = "I slekt med en i teamet; bare de som følger opp, skal se saken."
Progress = Callable[[float], None]


def _silent(_share: float) -> None:
    """Nobody is told how far the filling is."""


def make(folder: Path, size: Size, clock: Clock, programme: Programme, progress: Progress = _silent) -> Unlocked:
    """Make a demo vault in a new or empty folder and fill it; the way in of the user `demo`.

    The key derivation is the weakest that is allowed: the passphrase is no secret, and a demo should start at once.
    Raises what `models.vault.sealed.create` raises.
    """
    from exin_tui.demo import mappings, support_teams, together
    from exin_tui.demo.caseload import fill
    from models.store import Store
    from models.team import staff
    from models.vault import sealed
    from models.vault.keys import KdfParameters

    kdf = KdfParameters(memory_kib=16 * 1024, passes=2, lanes=1)
    unlocked, _recovery = sealed.create(folder, DEMO_USER, DEMO_PASSPHRASE, kdf=kdf)
    store = Store(unlocked, clock, programme)
    try:
        store.open()
        for member in MEMBERS:
            slot = unlocked.slot_id or ""
            if member.user != DEMO_USER:
                slot = unlocked.add_slot(member.user, DEMO_PASSPHRASE, role=member.role, kdf=kdf)
            store.change_now(staff.join, member.user, member.name, member.role, slot)
        fill(
            store,
            participants=size.participants,
            years=size.years,
            seed=size.seed,
            entries=size.entries,
            progress=progress,
        )
        store.change_now(support_teams.enter)
        store.change_now(mappings.enter)
        store.change_now(together.enter)
        _restrict_one(store)
    finally:
        store.close()
    _write_mark(folder)
    return unlocked


def _restrict_one(store: Store) -> None:
    """Let one participant of a caseworker's be seen by those responsible and by leaders alone."""
    from models.hand_overs import hand_overs
    from models.restrictions import restrictions
    from models.team import staff

    theirs = store.ask_now(hand_overs.caseload, store.ask_now(staff.by_user, MEMBERS[2].user).id)
    if theirs:
        may_see = store.ask_now(restrictions.proposed, theirs[-1])
        store.change_now(restrictions.restrict, theirs[-1], {"may_see": may_see, "reason": _WHY_RESTRICTED})


def open_or_make(
    folder: Path,
    size: Size,
    clock: Callable[[], Clock],
    programme: Callable[[], Programme],
    progress: Progress = _silent,
) -> Unlocked:
    """The demo vault in `folder`, as it is if one is there, else made; the way in of the user `demo`.

    It comes into the folder whole or not at all. `clock` and `programme` are asked for only where one is made. Raises
    `NotADemo` for a folder with anything else in it, and what `make` raises.
    """
    folder = folder.absolute()
    if (folder / MARK).is_file():
        return open_kept(folder)
    _check_empty(folder)
    own_folder.make(str(folder.parent))
    making = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".making", dir=folder.parent))
    try:
        make(making / folder.name, size, clock(), programme(), progress).forget()
        if folder.exists():
            folder.rmdir()
        (making / folder.name).rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return open_kept(folder)


def open_kept(folder: str | Path) -> Unlocked:
    """The way in of the user `demo` to the demo vault in `folder`; raises `NotADemo` where it is not one."""
    from models.vault import sealed
    from models.vault.errors import CannotUnlock

    try:
        return sealed.unlock(Path(folder), DEMO_USER, DEMO_PASSPHRASE)
    except CannotUnlock as error:
        raise NotADemo(_not_opened(Path(folder))) from error


@contextmanager
def throw_away(size: Size, clock: Clock, programme: Programme, progress: Progress = _silent) -> Iterator[Unlocked]:
    """A demo vault in a private folder that is gone when the block ends, also by a signal.

    Close the store inside the block. What a killed demo left behind is cleared away by the next one.
    """
    if threading.current_thread() is threading.main_thread():
        ending_signals.end_in_order()
    _clear_leftovers()
    private = Path(tempfile.mkdtemp(prefix=f"{_THROWN_AWAY}{os.getpid()}-"))
    try:
        yield make(private / "vault", size, clock, programme, progress)
    finally:
        with _undisturbed():
            shutil.rmtree(private, ignore_errors=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let no second signal cut the block short."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = {number: signal.signal(number, signal.SIG_IGN) for number in ending_signals.ENDING}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)


def _clear_leftovers() -> None:
    """Remove this user's thrown-away vaults whose process is gone; only where a process can be asked for."""
    if os.name != "posix":
        return
    for path in Path(tempfile.gettempdir()).glob(f"{_THROWN_AWAY}*-*"):
        process = path.name.removeprefix(_THROWN_AWAY).split("-", 1)[0]
        with suppress(OSError):
            found = path.lstat()
            # lstat: a link of that name leads to what may be anything.
            ours = found.st_uid == os.geteuid() and found.st_mode & 0o170000 == 0o040000
            if ours and process.isascii() and process.isdecimal() and not _runs(int(process)):
                shutil.rmtree(path, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _check_empty(folder: Path) -> None:
    from models.vault.place import VaultPlace

    if not folder.exists():
        return
    if not folder.is_dir():
        raise NotADemo(_("{folder} is not a folder. Name one for the demo.").format(folder=folder))
    if VaultPlace(folder).exists():
        raise NotADemo(
            _("In {folder} there is a vault, and it is not a demo. It was not touched; name another folder.").format(
                folder=folder
            )
        )
    first = next(folder.iterdir(), None)
    if first is not None:
        raise NotADemo(
            _("{folder} is not empty ({name} is in it). Name a new folder for the demo.").format(
                folder=folder, name=first.name
            )
        )


def _not_opened(folder: Path) -> str:
    return _("The vault in {folder} does not open with the demo's passphrase. Name another folder.").format(
        folder=folder
    )


def _write_mark(folder: Path) -> None:
    from models.vault.files import create_file

    users = ", ".join(member.user for member in MEMBERS)
    text = _(
        "This vault is a demo: everybody in it is made up, and its passphrase is public.\n"
        "Never record anything about a real person here.\n\n"
        "Users: {users}\nPassphrase: {passphrase}\n"
    ).format(users=users, passphrase=DEMO_PASSPHRASE)
    create_file(folder / MARK, text.encode())
