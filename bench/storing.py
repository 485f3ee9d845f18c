"""Searching and saving, measured at the store: no screen, the same sealed file."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from bench.figures import Samples
from bench.vaults import PASSPHRASE, USER, WEAKEST, BenchVault, opened
from models import timeline
from models.search import queries as search
from models.store import Store
from models.vault import sealed

QUERIES: Final = ("bo", "bolig", "ringte nav", "permisjon avslag", "per", "skolebygg xylofon")
"""Common and rare, one word and two, a name, and nothing at all."""

SAVES: Final = 30
_TEXT: Final = "Ringte om bolig. Han venter på svar fra NAV, og vi snakkes igjen på fredag.\nVil gjerne møte broren."


def searching(samples: Samples, vault: BenchVault) -> None:
    """The first fifty hits of each query, the worst query being the figure; once cold, then warm."""
    with opened(vault.folder) as store:
        store.ask_now(search.find, "oppvarming", 50)
        for _time in range(3):
            samples.add("search", max(_milliseconds(store.ask_now, search.find, query, 50) for query in QUERIES))


def saving(samples: Samples, vault: BenchVault) -> None:
    """One entry through the one door, and turn about one bare row of the same text committed by the same engine."""
    with tempfile.TemporaryDirectory(dir=vault.folder.parent) as beside, opened(vault.folder) as store:
        unlocked, _recovery = sealed.create(Path(beside) / "bare", USER, PASSPHRASE, kdf=WEAKEST)
        with closing(unlocked.connect()) as bare:
            bare.execute_sql("CREATE TABLE bare (id INTEGER PRIMARY KEY, at INTEGER, text TEXT)")
            person = int(store.ask_now(_newest))
            for count in range(SAVES):
                saved = _milliseconds(store.change_now, timeline.record, person, _values(store))
                written = _milliseconds(_insert, bare, count)
                if count >= SAVES // 5:
                    samples.add("save", saved)
                    samples.add("bare insert", written)


def _newest(reading: Any) -> int:
    return int(reading.value("SELECT max(id) FROM participant"))


def _values(store: Store) -> dict[str, object]:
    return {
        "kind": "phone", "at": store.clock.seconds(), "minutes": 10, "outcome": "reached", "text": _TEXT,
        "with_whom": "NAV Sagene", "topic": "",
    }  # fmt: skip


def _insert(bare: Any, count: int) -> None:
    with bare.atomic("IMMEDIATE"):
        bare.execute_sql("INSERT INTO bare (at, text) VALUES (?, ?)", (count, _TEXT))


def _milliseconds(task: Callable[..., Any], *arguments: Any) -> float:
    begun = time.perf_counter()
    task(*arguments)
    return (time.perf_counter() - begun) * 1e3
