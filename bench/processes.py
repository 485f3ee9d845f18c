"""What a running process has used, as the kernel counts it (Linux)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")
_HELD: Final = {name: re.compile(rf"^{name}:\s+(\d+) kB", re.MULTILINE) for name in ("VmHWM", "VmRSS")}


def cpu_seconds(pid: int) -> float:
    """CPU time of all threads the process has now, in seconds; 0 when it is gone."""
    nanoseconds = 0
    try:
        for thread in (_PROC / str(pid) / "task").iterdir():
            nanoseconds += int((thread / "schedstat").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        # A thread may end while it is counted; what it used is small here.
        return nanoseconds / 1e9
    return nanoseconds / 1e9


def peak_megabytes(pid: int) -> float:
    """The most memory the process has held at once, in MB; 0 when it is gone."""
    return _megabytes(pid, "VmHWM")


def held_megabytes(pid: int) -> float:
    """The memory the process holds now, in MB; 0 when it is gone."""
    return _megabytes(pid, "VmRSS")


def _megabytes(pid: int, name: str) -> float:
    try:
        found = _HELD[name].search((_PROC / str(pid) / "status").read_text())
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0
