"""The copies that lie in the vault's folder: they hold no slots, and follow the database to its new key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from models.vault.errors import VaultError
from models.vault.place import VaultPlace

_OTHER_KEY: Final = ".other-key.db"
_SLOTS: Final = ".slots.json"
HALF: Final = ".part"
"""How a copy is called that is not yet proved."""


def follow(place: VaultPlace, former: str, key: str) -> None:
    """Give every copy that opens with the `former` key the one of now; what does not fit is called so by its name.

    As far as that can be done: the copies are worth less than the change of the key that has already been made.
    """
    from models.vault import engine

    remove_slots(place)
    remove_halves(place)
    for copy in _files(place, ".db"):
        if copy.name.endswith(_OTHER_KEY):
            continue
        try:
            fits = engine.opens(place, former, copy)
            if fits:
                engine.rekey(place, former, key, copy)
        except (VaultError, OSError):
            fits = False
        if not fits:
            with suppress(OSError):
                copy.rename(copy.with_name(copy.name.removesuffix(".db") + _OTHER_KEY))


def remove_slots(place: VaultPlace) -> None:
    """Remove the slots that copies of before had beside them: with a passphrase of their time they open things."""
    for slots in _files(place, _SLOTS):
        with suppress(OSError):
            slots.unlink()


def remove_halves(place: VaultPlace) -> None:
    """Remove what is left of copies whose making was killed; only under the lock."""
    for half in _files(place, HALF):
        with suppress(OSError):
            half.unlink()


def free_name(place: VaultPlace, name: str) -> Path:
    """Where a copy called `name` may be made, with a number behind it where one of that second is there."""
    names = (f"{name}-{number}.db" for number in range(2, 1000))
    return next(file for file in map(place.copies.joinpath, (f"{name}.db", *names)) if not file.exists())


def with_other_key(place: VaultPlace) -> list[Path]:
    """The copies that did not open with the key that was changed, so that the vault's own does not open them."""
    return list(_files(place, _OTHER_KEY))


def with_slots(place: VaultPlace) -> list[Path]:
    """The slots of an earlier time that lie beside copies."""
    return list(_files(place, _SLOTS))


def _files(place: VaultPlace, ending: str) -> Iterator[Path]:
    """The plain files of that ending; nothing that a link leads to is ours to change."""
    with suppress(OSError):
        if not place.copies.is_symlink() and place.copies.is_dir():
            found = sorted(path for path in place.copies.iterdir() if path.name.endswith(ending))
            yield from (path for path in found if path.is_file() and not path.is_symlink())
