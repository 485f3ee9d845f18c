"""kanban-tui beside ours, where it is installed: a well-known board of the same toolkit."""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import Final

from bench.figures import Samples
from bench.terminal import Terminal

_PROGRAM: Final = "kanban-tui"
_SILENCE: Final = 0.5


def installed() -> str | None:
    """Where the program is, None when it is not installed."""
    return shutil.which(_PROGRAM) or shutil.which("ktui")


def measure(samples: Samples, program: str) -> None:
    """Its start to a settled first screen, its bytes, and its keys, on its own demonstration board."""
    with tempfile.TemporaryDirectory() as home:
        places = {f"XDG_{name}_HOME": home for name in ("CONFIG", "DATA", "STATE", "CACHE")}
        with Terminal([program, "demo"], environment={**os.environ, **places, "HOME": home}) as terminal:
            terminal.wait("Ready")
            terminal.settle()
            samples.add("kanban/start", (terminal.last - terminal.started) * 1e3)
            samples.add("kanban/first bytes", terminal.total)
            for key in ("j", "k") * 4:
                answered = terminal.measure(key, _SILENCE)
                samples.add("kanban/key ms", answered.last)
                samples.add("kanban/key bytes", answered.size)
                samples.add("kanban/key cpu", answered.cpu)
            samples.add("kanban/peak", terminal.peak)
