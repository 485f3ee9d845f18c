"""One session at the board and on a participant, everything of it measured by the key."""

from __future__ import annotations

from typing import Final

from bench.figures import Samples
from bench.programs import BOARD, start
from bench.terminal import Terminal
from bench.vaults import BenchVault

SIZES: Final = {"list": (80, 24), "columns": (120, 36)}
IDLE_SECONDS: Final = 10.0
_THERE_AND_BACK: Final = ("j", "j", "j", "k", "k", "k")
"""The shortest columns hold few cards, and a key that moves nothing measures nothing."""

_HELD: Final = ("j",) * 3 + ("k",) * 3
_ROUNDS: Final = 6
_SCREEN_SILENCE: Final = 0.3
"""A screen may come in two frames; the second must not be taken for another key's."""


_MARK_SILENCE: Final = 0.03
"""Half the time the mark must rest before its entry is shown."""


def run(samples: Samples, vault: BenchVault, view: str, kdf: float, *, idle: bool) -> None:
    """Open the vault, walk about and leave; figures are kept as `{view}/{what}`. `kdf` in ms is taken off the start."""
    columns, rows = SIZES[view]
    with start(vault, columns, rows) as terminal:
        before = terminal.total
        entered = terminal.press("enter")
        there, _bytes = terminal.wait(BOARD)
        terminal.settle()
        samples.add(f"{view}/enter", (there - entered) * 1e3 - kdf)
        samples.add(f"{view}/settled", (terminal.last - entered) * 1e3 - kdf)
        samples.add(f"{view}/first bytes", terminal.total - before)
        # What is imported after the first board must not be paid for by a key.
        terminal.idle(1.0)
        terminal.settle()
        _keys(samples, terminal, f"{view}/key", _THERE_AND_BACK)
        samples.add(f"{view}/behind", terminal.hold(_HELD))
        _pages(samples, terminal, view)
        _participant(samples, terminal, view)
        _search(samples, terminal, view)
        if idle:
            _idle(samples, terminal, view)
        samples.add(f"{view}/memory", terminal.held)
        samples.add(f"{view}/peak", terminal.peak)


def _keys(samples: Samples, terminal: Terminal, name: str, keys: tuple[str, ...]) -> None:
    for _round in range(_ROUNDS):
        for key in keys:
            answered = terminal.measure(key)
            samples.add(f"{name} ms", answered.last)
            samples.add(f"{name} bytes", answered.size)
            samples.add(f"{name} cpu", answered.cpu)


def _timeline(samples: Samples, terminal: Terminal, name: str, keys: tuple[str, ...]) -> None:
    """The mark's own answer, and by itself what follows when it rests: the text of the entry it stands on."""
    for _round in range(_ROUNDS):
        for key in keys:
            answered = terminal.measure(key, _MARK_SILENCE)
            samples.add(f"{name} ms", answered.last)
            samples.add(f"{name} bytes", answered.size)
            samples.add(f"{name} cpu", answered.cpu)
            total, used = terminal.total, terminal.cpu
            terminal.settle()
            samples.add(f"{name} entry bytes", terminal.total - total)
            samples.add(f"{name} entry cpu", (terminal.cpu - used) * 1e3)


def _pages(samples: Samples, terminal: Terminal, view: str) -> None:
    for key in ("pagedown", "pageup") * 2:
        answered = terminal.measure(key)
        samples.add(f"{view}/page ms", answered.last)
        samples.add(f"{view}/page bytes", answered.size)


def _participant(samples: Samples, terminal: Terminal, view: str) -> None:
    """Open one person after another: the way there, the timeline, the way back."""
    for count in range(4):
        opened = terminal.measure("enter", _SCREEN_SILENCE)
        samples.add(f"{view}/open ms", opened.last)
        samples.add(f"{view}/open bytes", opened.size)
        if count == 0:
            _timeline(samples, terminal, f"{view}/timeline", ("j", "j", "k", "k"))
        back = terminal.measure("q", _SCREEN_SILENCE)
        samples.add(f"{view}/back ms", back.last)
        samples.add(f"{view}/back bytes", back.size)
        terminal.measure("j" if count % 2 else "k" if count else "j")


def _search(samples: Samples, terminal: Terminal, view: str) -> None:
    """From the last letter to the last byte of the hits, the wait for more letters included; then back."""
    for word in ("bolig", "permisjon"):
        terminal.press("/")
        terminal.settle()
        for letter in word:
            sent = terminal.press(letter)
        terminal.settle(_SCREEN_SILENCE)
        samples.add(f"{view}/search ms", (terminal.last - sent) * 1e3)
        for _letter in word:
            terminal.press("backspace")
        terminal.settle(_SCREEN_SILENCE)
        terminal.press("escape")
        terminal.settle(_SCREEN_SILENCE)


def _idle(samples: Samples, terminal: Terminal, view: str) -> None:
    terminal.settle()
    total, used = terminal.total, terminal.cpu
    terminal.idle(IDLE_SECONDS)
    samples.add(f"{view}/idle bytes", terminal.total - total)
    samples.add(f"{view}/idle cpu", (terminal.cpu - used) * 1e3)
