"""The vaults that are measured: made once, kept in the user's cache until the code that made them changes."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import platformdirs
from msgspec import Struct

from config.programme import load
from exin_tui.demo import caseload
from models.store import Store
from models.team import staff
from models.values.clock import oslo
from models.vault import keys, sealed

USER: Final = "demo"
PASSPHRASE: Final = "korrekt hest batteri stift"
WEAKEST: Final = keys.KdfParameters(memory_kib=16 * 1024, passes=2, lanes=1)
"""The derivation is left out of the figures, so it had better be short."""

YEARS: Final = 3
_ROOT: Final = Path(__file__).resolve().parent.parent
_MAKERS: Final = (
    "exin_tui/demo/*.py",
    "models/schema/steps/*.py",
    "models/cards/upkeep.py",
    "models/search/index.py",
    "bench/vaults.py",
)
_SETTINGS: Final = 'language = "en"\nboard_scope = "team"\n'


class BenchVault(Struct, frozen=True):
    """A vault of `participants` people with about `entries` lines on their timelines together."""

    participants: int
    entries: int
    folder: Path


def cache() -> Path:
    """Where everything of the bench is kept."""
    return platformdirs.user_cache_path("exin-bench", appauthor=False)


def environment() -> dict[str, str]:
    """The variables that give the measured program settings of its own, made when they are not there."""
    home = cache() / "home"
    settings = home / "exin" / "settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(_SETTINGS, encoding="utf-8")
    return {"XDG_CONFIG_HOME": str(home), "XDG_STATE_HOME": str(home / "state"), "XDG_DATA_HOME": str(home / "data")}


def vault(participants: int, entries: int) -> BenchVault:
    """The vault of this size, from the cache or made now, which takes minutes for a million entries."""
    folder = cache() / f"{participants}-{entries}-{_version()}"
    if not (folder / "made").exists():
        for former in cache().glob(f"{participants}-{entries}-*"):
            shutil.rmtree(former)
        folder.mkdir(parents=True)
        print(f"Making a vault of {participants:,} participants and {entries:,} entries ...", flush=True)
        _make(folder / "vault", participants, entries)
        (folder / "made").touch()
    return BenchVault(participants, entries, folder / "vault")


def _make(folder: Path, participants: int, entries: int) -> None:
    unlocked, _recovery = sealed.create(folder, USER, PASSPHRASE, kdf=WEAKEST)
    founding = Store(unlocked, oslo(), load())
    founding.open()
    founding.change_now(staff.join, USER, "Kari Nordmann", "team_leader", unlocked.slot_id or "")
    founding.close()
    with opened(folder) as store:
        caseload.fill(store, participants=participants, years=YEARS, seed=1, entries=entries)


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    """The store of a bench vault."""
    store = Store(sealed.unlock(folder, USER, PASSPHRASE), oslo(), load())
    try:
        store.open()
        yield store
    finally:
        store.close()


def _version() -> str:
    digest = hashlib.sha256()
    for pattern in _MAKERS:
        for file in sorted(_ROOT.glob(pattern)):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
