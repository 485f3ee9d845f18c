"""From an unlocked vault to an open store, for screens and commands alike."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from config import programme
from config.errors import ExinError, ExitCode
from config.words import _
from models import clock, staff
from models.reading import FOUNDER
from models.store import Store

if TYPE_CHECKING:
    from models.vault.sealed import Unlocked

_TEAM_FILE: Final = "programme.toml"


class NotInTeam(ExinError):
    """The key opens the vault, but belongs to nobody in the team."""

    exit_code = ExitCode.CANNOT_UNLOCK


def load_programme(folder: Path) -> programme.Programme:
    """The programme with the team's own `programme.toml` and checklists in the vault's folder, where there are any."""
    team_file = folder / _TEAM_FILE
    return programme.load(team_file if team_file.exists() else None, folder / programme.CHECKLISTS)


def open_store(unlocked: Unlocked, user: str = "", *, founding: bool = False) -> Store:
    """The store, open, for the colleague the key belongs to; the caller closes it.

    A vault whose making was cut off before anybody was in the team gets `user` as its team leader, unless the caller is
    `founding` it just now. Raises `NotInTeam`,
    `config.programme.ProgrammeError` and the errors of `models.vault.errors`.
    """
    store = Store(unlocked, clock.oslo(), load_programme(unlocked.place.folder))
    try:
        store.open()
        if unlocked.slot_id is not None and store.actor is FOUNDER and not founding:
            _find_place(store, unlocked.slot_id, user)
    except BaseException:
        store.close()
        raise
    return store


def _find_place(store: Store, slot: str, user: str) -> None:
    """Without this, a key that was left over would act with the founder's rights."""
    if store.ask_now(staff.team, active_only=False):
        raise NotInTeam(_("This key belongs to nobody in the team. Ask the team leader to give you access again."))
    store.change_now(staff.join, user, user, "team_leader", slot)
    store.actor = store.ask_now(staff.by_slot, slot) or FOUNDER
