"""The team's programme in the vault's folder: what is in force, and its limits changed from within the program."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from msgspec.structs import replace

from config import plain_file
from config import programme as programmes
from config.programme import Programme, ProgrammeError, editing, last_good
from config.words import _
from models.roles.rights import Right, require
from models.store import Store
from models.vault import files
from models.vault.errors import VaultError
from models.vault.place import VaultPlace

TEAM_FILE: Final = "programme.toml"
_MOST: Final = 64 * plain_file.MOST_TEXT
"""Bytes of all of a team's files together."""


def load(place: VaultPlace) -> Programme:
    """The programme with the team's own files in the vault's folder, where there are any; raises `ProgrammeError`."""
    return programmes.load(place.folder / TEAM_FILE, place.folder / programmes.CHECKLISTS, missing_ok=True)


def in_force(place: VaultPlace) -> Programme:
    """The team's own programme; where it cannot be read, the last that could, else what is shipped, with its fault.

    Nobody is to be shut out in the morning by what a colleague mistyped the evening before.
    """
    try:
        found = load(place)
    except ProgrammeError as error:
        # Of what lies in the folder nothing is more trusted than the rest: it is checked as the files themselves are.
        last = last_good.unpacked(_kept(place), place.folder)
        which = _("What was in force before holds.") if last else _("What is shipped holds.")
        return replace(last or programmes.load(), fault=f"{error.text} {which}")
    last, known = last_good.unpacked(_kept(place), place.folder), {phase.number for phase in found.phases}
    gone = last is not None and any(phase.number not in known for phase in last.phases)
    return replace(found, former=last) if gone else found


def keep(place: VaultPlace, programme: Programme) -> None:
    """Have what was opened with be the last that was good, unless it is that already or is not what the files say."""
    good = last_good.packed(programme)
    if not programme.fault and good != _kept(place):
        # A full disk or a folder that may not be written to takes nothing away now.
        with suppress(VaultError):
            files.write_whole(place, place.programme, good)


def _kept(place: VaultPlace) -> bytes:
    try:
        return plain_file.read(place.programme, _MOST)
    except OSError:
        return b""


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
