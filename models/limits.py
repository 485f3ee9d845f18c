"""Limits of the team's programme, changed from within the program, in the team's own file."""

from __future__ import annotations

from typing import Final

from config import programme as programmes
from config.programme import Programme, editing
from models.roles.rights import Right, require
from models.store import Store
from models.vault import files
from models.vault.place import VaultPlace

TEAM_FILE: Final = "programme.toml"


def load(place: VaultPlace) -> Programme:
    """The programme with the team's own files in the vault's folder, where there are any; raises `ProgrammeError`."""
    return programmes.load(place.folder / TEAM_FILE, place.folder / programmes.CHECKLISTS, missing_ok=True)


def change_now(store: Store, key: str, value: int) -> None:
    """Have `value`, a number or a bool, be the limit `key` from everybody's next opening on; what cannot be is refused.

    The file must be in order as it stands: whoever corrects a number is not to put a broken file in force. Raises
    `NotAllowed` for whoever is no team leader, `ProgrammeError` for what the programme cannot be, and `VaultError`.
    """
    require(store.actor.role, Right.TEAM)
    place = store.unlocked.place
    with files.exclusively(place):
        before = load(place)
        file = place.folder / TEAM_FILE
        source = editing.with_limit(file, before.team[0].text if before.team else "", key, value)
        programmes.laid_over([source], before.team_checklists)
        files.write_whole(place, file, source.text.encode())
    store.witness_now(f"programme.limit {key} {value}")
