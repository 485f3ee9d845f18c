"""Whether another session has changed something, for one look at a file where nobody has."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any


class Hearing:
    """What this session has heard of the vault: its log's trace, its version, and the last act in its audit."""

    def __init__(self) -> None:
        self._seen: tuple[int, int] | None = None
        self._version = self._heard = 0

    def begin(self, database: Any, file: Path) -> None:
        """All that stands in `database` now, which was opened just now from `file`, is known."""
        self._version, self._heard = _data_version(database), _last_act(database)
        self._seen = _trace(file)

    def begin_anew(self) -> None:
        """A new connection counts versions anew, so that what comes next is news."""
        self._version = self._heard = -1

    def something_written(self, file: Path) -> bool:
        """Whether anybody has written since this was last asked."""
        trace = _trace(file)
        before, self._seen = self._seen, trace
        return trace != before

    def hear(self, database: Any) -> bool:
        """Whether what was written is another session's act; a visit or a draft is none."""
        version, act = _data_version(database), _last_act(database)
        changed = version != self._version and act != self._heard
        self._version, self._heard = version, act
        return changed

    def did(self, act: int | None) -> None:
        """This session's own act is no news, unless somebody else's came just before it."""
        if act == self._heard + 1:
            self._heard = act


def _last_act(database: Any) -> int:
    return int(database.execute_sql("SELECT coalesce(max(seq), 0) FROM audit").fetchone()[0])


def _data_version(database: Any) -> int:
    return int(database.execute_sql("PRAGMA data_version").fetchone()[0])


def _trace(file: Path) -> tuple[int, int] | None:
    """The write-ahead log's size and time: they move at every commit of anybody's."""
    try:
        found = os.stat(f"{file}-wal")
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
