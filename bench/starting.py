"""Starting, measured turn about with what it is compared with."""

from __future__ import annotations

import time

from bench.empty_app import READY
from bench.figures import Samples
from bench.programs import EMPTY, NOTHING, exin
from bench.terminal import Terminal
from bench.vaults import PASSPHRASE, USER, WEAKEST, BenchVault, environment
from models.vault import keys


def nothing(samples: Samples) -> None:
    """`python -c pass`, from its start to its end."""
    with Terminal(NOTHING) as terminal:
        while not terminal.ended:
            terminal.read(1.0)
        samples.add("nothing", (time.perf_counter() - terminal.started) * 1e3)


def prompt(samples: Samples, vault: BenchVault) -> None:
    """Our prompt for the passphrase, from the start of the process to the last byte of it."""
    with Terminal(exin(vault), environment=environment()) as terminal:
        terminal.wait(USER)
        samples.add("prompt", (terminal.last - terminal.started) * 1e3)


def empty(samples: Samples) -> None:
    """The empty app, from the start of the process to its text on the screen."""
    with Terminal(EMPTY) as terminal:
        shown, _bytes = terminal.wait(READY)
        samples.add("empty", (shown - terminal.started) * 1e3)
        terminal.settle()
        samples.add("empty bytes", terminal.total)
        samples.add("empty peak", terminal.peak)


def derivation() -> float:
    """Milliseconds the bench vaults' passphrase takes to become keys: the shortest of five."""
    salt = bytes(keys.SALT_BYTES)
    taken = []
    for _time in range(5):
        begun = time.perf_counter()
        keys.passphrase_keys(PASSPHRASE, salt, WEAKEST)
        taken.append((time.perf_counter() - begun) * 1e3)
    return min(taken)
