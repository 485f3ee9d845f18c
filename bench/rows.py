"""The rows of the table, each with its target; a row says so itself when what it rests on was not measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bench.figures import Row, Samples, against, left_out, number, plain
from bench.journey import IDLE_SECONDS

GROWTH: Final = 1.2
"""The most any figure may be on the large caseload, as a multiple of the small one."""

# Bytes are not among them: at 40 the screen is not full, and their targets hold for every size.
GROWING: Final = (
    ("enter", "Enter to board"), ("key ms", "cursor key"), ("timeline ms", "timeline key"),
    ("key cpu", "CPU a cursor key"), ("page ms", "page"), ("open ms", "open participant"), ("back ms", "back"),
)  # fmt: skip
COORDINATION: Final = (
    ("tick", "tick and untick"), ("network", "network map"), ("agenda mine", "agenda, mine"),
    ("agenda team", "agenda, team"), ("team list", "team list, first page"), ("team list end", "team list, last page"),
    ("consents", "consents matrix"),
)  # fmt: skip
LEAST: Final = {
    "enter": 20.0,
    "key ms": 2.0,
    "timeline ms": 2.0,
    "key cpu": 1.0,
    "page ms": 3.0,
    "open ms": 5.0,
    "back ms": 3.0,
    "tick": 2.0,
    "network": 0.5,
    "agenda mine": 2.0,
    "agenda team": 2.0,
    "team list": 1.0,
    "team list end": 1.0,
    "consents": 0.5,
}
"""Milliseconds by which the two must differ at least before a ratio means anything on a shared machine."""


FIGURES: Final = 2_000
"""Milliseconds for every figure of a year of ten thousand participants and a million entries."""
SIGNAL_CARD: Final = 10.0
MANY: Final = 1_000
"""Microseconds a card, so that ten thousand are looked at in a tenth of a second; with fewer it is mostly the start."""


def start_rows(shared: Samples, sizes: Mapping[int, Samples]) -> Iterator[Row]:
    """Before and at the first board."""
    if shared.has("prompt", "nothing"):
        yield against(
            "prompt for the passphrase", shared.median("prompt"), shared.median("nothing"), "python -c pass", 2.0
        )
    for size, samples in sizes.items():
        if samples.has("columns/enter") and shared.has("empty"):
            name = f"Enter to board less KDF, {size:,}"
            yield against(name, samples.median("columns/enter"), shared.median("empty"), "empty app", 0.5)
    for size, samples in sizes.items():
        for view in ("columns", "list"):
            if samples.has(f"{view}/first bytes"):
                name = f"bytes, first board ({view}), {size:,}"
                yield plain(name, samples.median(f"{view}/first bytes"), 6000, " B")


def screen_rows(size: int, samples: Samples) -> Iterator[Row]:
    """Keys, pages and screens on one caseload."""
    for view in ("columns", "list"):
        for what, key in ((f"board {view}", "key"), (f"timeline in {view}", "timeline")):
            yield from _key_rows(f"{what}, {size:,}", samples, f"{view}/{key}")
        rows: tuple[tuple[str, str, float | None, str], ...] = (
            ("entry shown when the mark rests", "timeline entry bytes", None, " B"),
            ("CPU of that", "timeline entry cpu", None, " ms"),
            ("60 presses at 30 Hz, behind at the end", "behind", 30, " ms"),
            ("bytes a page", "page bytes", 1500, " B"),
            ("opening a participant", "open ms", 50, " ms"),
            ("bytes of that", "open bytes", 5000, " B"),
            ("back to the board", "back ms", 10, " ms"),
            ("bytes of that", "back bytes", 6000, " B"),
            (f"idle {IDLE_SECONDS:.0f} s", "idle bytes", 0, " B"),
            ("CPU of that", "idle cpu", 20, " ms"),
            ("memory held", "memory", 65 if size <= 40 else 75, " MB"),
            ("memory, most (the key derivation's 16 MB among it)", "peak", None, " MB"),
        )
        for what, name, target, unit in rows:
            if samples.has(f"{view}/{name}"):
                yield plain(f"{what} ({view}), {size:,}", samples.median(f"{view}/{name}"), target, unit)


def _key_rows(what: str, samples: Samples, name: str) -> Iterator[Row]:
    if not samples.has(f"{name} ms", f"{name} bytes", f"{name} cpu"):
        return
    yield plain(f"cursor key, {what}: bytes", samples.median(f"{name} bytes"), 100, " B")
    yield plain(f"cursor key, {what}: CPU", samples.median(f"{name} cpu"), 4.5, " ms")
    yield plain(f"cursor key, {what}: p50", samples.median(f"{name} ms"), 5, " ms")
    yield plain(f"cursor key, {what}: p95", samples.high(f"{name} ms"), 12, " ms")


def store_rows(size: int, samples: Samples) -> Iterator[Row]:
    """Searching and saving."""
    if samples.has("search"):
        yield plain(f"search, first hits, {size:,}", samples.median("search"), 50, " ms")
    for view in ("columns", "list"):
        if samples.has(f"{view}/search ms"):
            name = f"search, last letter to hits drawn ({view}), {size:,}"
            yield plain(name, samples.median(f"{view}/search ms"), None, " ms")
    if samples.has("save"):
        yield against(
            f"save one entry, {size:,}", samples.median("save"), samples.median("bare insert"), "bare insert", 3.0
        )


def coordination_rows(size: int, samples: Samples) -> Iterator[Row]:
    """What people do together on one caseload, at the store; judged by how it grows."""
    for name, what in COORDINATION:
        if samples.has(name):
            yield plain(f"{what}, {size:,}", samples.median(name), None, " ms")


def signal_rows(size: int, samples: Samples) -> Iterator[Row]:
    """All signals of one caseload after a change, against what the board reads to draw itself anew; the first look."""
    if samples.has("signals", "board refresh"):
        yield against(
            f"all signals after a change, {size:,}",
            samples.median("signals"),
            samples.median("board refresh"),
            "board refresh",
            1.0,
        )
    if samples.has("signals a card"):
        target = SIGNAL_CARD if size >= MANY else None
        yield plain(f"all signals, first look, a card, {size:,}", samples.median("signals a card"), target, " µs")


def figure_rows(size: int, samples: Samples) -> Iterator[Row]:
    """All figures without persons of the last whole year."""
    if samples.has("figures"):
        target = FIGURES if size >= MANY else None
        yield plain(f"all figures of a year, {size:,}", samples.median("figures"), target, " ms")


def growth_rows(small: int, large: int, sizes: Mapping[int, Samples]) -> Iterator[Row]:
    """What the large caseload costs as a multiple of the small one."""
    for name, what in GROWING:
        for view in ("columns", "list"):
            yield from _growth(small, large, sizes, f"{view}/{name}", f"{what} ({view})", LEAST.get(name, 0.0))
    for name, what in COORDINATION:
        yield from _growth(small, large, sizes, name, what, LEAST[name])
    yield from _growth(small, large, sizes, "signals a card", "all signals, first look, a card", 0.0)
    yield from _growth(small, large, sizes, "save", "save one entry", 0.0)


def _growth(small: int, large: int, sizes: Mapping[int, Samples], name: str, what: str, least: float) -> Iterator[Row]:
    if sizes[small].has(name) and sizes[large].has(name):
        before, after = sizes[small].median(name), sizes[large].median(name)
        ratio = after / before if before else None
        # A difference below what this machine tells apart is no growth.
        judged = 1.0 if after - before < least else ratio
        yield Row(
            f"growth {small} to {large:,}: {what}", number(after), f"{small}: {number(before)}",
            ratio, judged, GROWTH, "x",
        )  # fmt: skip


def line_rows(samples: Samples, why_not: str) -> Iterator[Row]:
    """The slow line."""
    name = "64 kbit/s, 2x40 ms"
    if why_not:
        yield left_out(name, why_not)
    elif samples.has("line/settled"):
        yield plain(f"{name}: Enter to settled board", samples.median("line/settled"), 3000, " ms")
        yield plain(f"{name}: cursor key", samples.median("line/key"), 200, " ms")
        yield plain(f"{name}: page", samples.median("line/page"), 400, " ms")


def kanban_rows(samples: Samples, installed: bool) -> Iterator[Row]:
    """kanban-tui, for comparison only."""
    if not installed:
        yield left_out("kanban-tui", "not installed")
        return
    units = (
        ("start", " ms"),
        ("first bytes", " B"),
        ("key ms", " ms"),
        ("key bytes", " B"),
        ("key cpu", " ms"),
        ("peak", " MB"),
    )
    for what, unit in units:
        if samples.has(f"kanban/{what}"):
            yield plain(f"kanban-tui: {what}", samples.median(f"kanban/{what}"), None, unit)
