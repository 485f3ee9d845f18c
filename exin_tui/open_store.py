"""From an unlocked vault to an open store, for screens and commands alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from config import startup_settings
from models import limits
from models.storage.last_seen import Memory, OlderThanSeen
from models.storage.reading import FOUNDER
from models.store import Store
from models.team.staff import LEADER
from models.values import clock

if TYPE_CHECKING:
    from models.vault.sealed import Unlocked


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
    store = Store(unlocked, clock.oslo(), limits.in_force(unlocked.place), memory, place)
    try:
        try:
            store.open()
        except OlderThanSeen as error:
            if agrees is None or not agrees(error.text):
                raise
            store.open(accept_older=True)
        if unlocked.slot_id is not None and store.actor is FOUNDER and not founding:
            store.found_now(user, user, unlocked.role or LEADER)
        limits.keep(unlocked.place, store.programme)
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
