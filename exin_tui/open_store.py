"""From an unlocked vault to an open store, for screens and commands alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from config import plain_file, programme, startup_settings
from config.programme import last_good
from config.words import _
from models import limits
from models.storage.last_seen import Memory, OlderThanSeen
from models.storage.reading import FOUNDER
from models.store import Store
from models.team.staff import LEADER
from models.values import clock
from models.vault import files
from models.vault.errors import VaultError
from models.vault.place import VaultPlace

if TYPE_CHECKING:
    from models.vault.sealed import Unlocked

_MOST: Final = 64 * plain_file.MOST_TEXT
"""Bytes of all of a team's files together."""


def _programme_in_force(place: VaultPlace) -> programme.Programme:
    """The team's own programme; where it cannot be read, the last that could, else what is shipped, with its fault.

    Nobody is to be shut out in the morning by what a colleague mistyped the evening before.
    """
    try:
        found = limits.load(place)
    except programme.ProgrammeError as error:
        # Of what lies in the folder nothing is more trusted than the rest: it is checked as the files themselves are.
        last = last_good.unpacked(_kept(place), place.folder)
        which = _("What was in force before holds.") if last else _("What is shipped holds.")
        return replace(last or programme.load(), fault=f"{error.text} {which}")
    good = last_good.packed(found)
    if good != _kept(place):
        # A full disk or a folder that may not be written to takes nothing away now.
        with suppress(VaultError):
            files.write_whole(place, place.programme, good)
    return found


def _kept(place: VaultPlace) -> bytes:
    try:
        return plain_file.read(place.programme, _MOST)
    except OSError:
        return b""


def open_store(
    unlocked: Unlocked,
    user: str = "",
    *,
    founding: bool = False,
    remembered: bool = True,
    agrees: Callable[[str], bool] | None = None,
    place: str = "",
) -> Store:
    """The store, open, for the colleague the key belongs to; the caller closes it.

    A vault whose making was cut off before anybody was in the team gets `user`, as the roster has it, unless the caller
    is `founding` it just now. One that is `remembered` is compared with what was last seen of it here; an older state
    is gone on with where the person `agrees` to the sentence. `place` is where the session comes from, as in
    `models.team.sessions`. Raises what `Store.open` raises.
    """
    memory = Memory(Path(startup_settings.state_folder())) if remembered and not founding else None
    store = Store(unlocked, clock.oslo(), _programme_in_force(unlocked.place), memory, place)
    try:
        try:
            store.open()
        except OlderThanSeen as error:
            if agrees is None or not agrees(error.text):
                raise
            store.open(accept_older=True)
        if unlocked.slot_id is not None and store.actor is FOUNDER and not founding:
            store.found_now(user, user, unlocked.role or LEADER)
    except BaseException:
        store.close()
        raise
    return store


@contextmanager
def opened(
    unlocked: Unlocked,
    user: str = "",
    *,
    remembered: bool = True,
    agrees: Callable[[str], bool] | None = None,
    place: str = "",
) -> Iterator[Store]:
    """The same, closed at the end, its keys forgotten."""
    store = open_store(unlocked, user, remembered=remembered, agrees=agrees, place=place)
    try:
        yield store
    finally:
        try:
            store.close()
        finally:
            # Locking and unlocking may have put another in the place of the first.
            store.unlocked.forget()
