"""The programs that are started: ours, the empty app, and Python alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from bench import empty_app
from bench.terminal import BenchError, Terminal
from bench.vaults import PASSPHRASE, USER, BenchVault, environment

BOARD: Final = "Caseload board"
"""What stands on the screen once the board does; the cards are drawn in the same frame or the next."""

TYPING: Final = 2.0
"""Seconds a person takes for a passphrase."""

NOTHING: Final = (sys.executable, "-c", "pass")
EMPTY: Final = (sys.executable, empty_app.__file__)


def exin(vault: BenchVault) -> tuple[str, ...]:
    """The command that opens a bench vault."""
    return (str(Path(sys.executable).with_name("exin")), "--vault", str(vault.folder), "--user", USER)


def start(vault: BenchVault, columns: int, rows: int) -> Terminal:
    """Our program at its prompt, with the passphrase typed and Enter not yet pressed."""
    terminal = Terminal(exin(vault), columns, rows, environment())
    try:
        terminal.wait(USER)
        terminal.type(PASSPHRASE, TYPING)
    except BenchError:
        terminal.close()
        raise
    return terminal
