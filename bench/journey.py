"""One session at the board and on a participant, everything of it measured by the key."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Final

from bench.figures import Samples
from bench.programs import BOARD, start
from bench.terminal import SILENCE, BenchError, Terminal
from bench.vaults import BenchVault, opened
from models.storage.reading import Reading

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

ENTRIES: Final = 20
"""Whoever is measured has so many, a page of the timeline; in a large vault made of few entries not everybody does."""

_PEOPLE: Final = 4
_GROUPS: Final = 10
_LOOKED_AT: Final = 60
_CODE: Final = re.compile(r"\b[A-Z]+-\d+\b")


def run(samples: Samples, vault: BenchVault, view: str, kdf: float, *, idle: bool) -> None:
    """Open the vault, walk about and leave; figures are kept as `{view}/{what}`. `kdf` in ms is taken off the start.

    A part that fails costs its own figures alone; the others are taken, and BenchError tells of all that failed.
    """
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
        parts: list[tuple[Callable[..., None], tuple[object, ...]]] = [
            (_keys, (f"{view}/key", _THERE_AND_BACK)),
            (_held, (view,)),
            (_pages, (view,)),
            (_participants, (view, with_entries(vault))),
            (_search, (view,)),
            *([(_idle, (view,))] if idle else []),
        ]
        failed = [why for part, arguments in parts if (why := _why_not(terminal, part, samples, terminal, *arguments))]
        samples.add(f"{view}/memory", terminal.held)
        samples.add(f"{view}/peak", terminal.peak)
    if failed:
        raise BenchError("\n".join(failed))


def _why_not(terminal: Terminal, part: Callable[..., None], *arguments: object) -> str:
    """Measure one part; why it could not be, with the program back at the board for the next."""
    try:
        part(*arguments)
    except BenchError as problem:
        for _back in range(5):
            if BOARD in terminal.screen or terminal.ended:
                break
            terminal.press("escape")
            terminal.settle(_SCREEN_SILENCE)
        return f"{part.__name__.strip('_')}: {problem}"
    return ""


@functools.cache
def with_entries(vault: BenchVault) -> frozenset[str]:
    """The codes of those in this vault who have as many entries as a measurement needs."""

    def found(reading: Reading) -> frozenset[str]:
        return frozenset(
            code
            for (code,) in reading.sql(
                "SELECT p.code FROM participant p JOIN entry e ON e.participant_id = p.id "
                "GROUP BY p.id HAVING count(*) >= ?",
                [ENTRIES],
            )
        )

    with opened(vault.folder) as store:
        return store.ask_now(found)


def _held(samples: Samples, terminal: Terminal, view: str) -> None:
    samples.add(f"{view}/behind", terminal.hold(_HELD))


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


def _participants(samples: Samples, terminal: Terminal, view: str, enough: frozenset[str]) -> None:
    """Open one person after another of those with `enough` on their timeline: the way there, the timeline, back."""
    # Those who have been longest in the programme are the ones with a long timeline.
    for _group in range(_GROUPS):
        if not _moved(terminal, "right"):
            break
    measured = 0
    for _person in range(_LOOKED_AT):
        opened = terminal.measure("enter", _SCREEN_SILENCE)
        wanted = bool(enough.intersection(_CODE.findall(terminal.screen)))
        if wanted:
            samples.add(f"{view}/open ms", opened.last)
            samples.add(f"{view}/open bytes", opened.size)
            if not measured:
                _timeline(samples, terminal, f"{view}/timeline", ("j", "j", "k", "k"))
        back = terminal.measure("q", _SCREEN_SILENCE)
        if wanted:
            samples.add(f"{view}/back ms", back.last)
            samples.add(f"{view}/back bytes", back.size)
            measured += 1
        if measured == _PEOPLE:
            return
        # At a column's end, on in the one before it.
        _moved(terminal, "j") or _moved(terminal, "left")
    if not measured:
        raise BenchError(f"nobody of {_LOOKED_AT} in the last phases has {ENTRIES} entries\n{terminal.screen}")


def _moved(terminal: Terminal, key: str) -> bool:
    """Press a key that moves the mark; whether there was a place to move to."""
    before = terminal.total
    terminal.press(key)
    terminal.settle(SILENCE)
    return terminal.total > before


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
