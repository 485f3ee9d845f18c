"""`python -m bench`: the table of figures against their targets."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from bench import coordinating, journey, kanban_baseline, line, rows, ssh_server, starting, storing
from bench.figures import Row, Samples, left_out, table
from bench.terminal import BenchError
from bench.vaults import BenchVault, vault

ENTRIES_EACH: Final = 100
MOST_ENTRIES: Final = 100_000
FULL: Final = 1_000_000
GROUPS: Final = ("start", "screen", "store", "coordination", "line", "kanban")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and answer 0: a figure over its target is a finding for a person, not an error."""
    options = parser().parse_args(arguments)
    if not sys.platform.startswith("linux"):
        print("The bench counts bytes, CPU and memory as Linux does; it does not run here.", file=sys.stderr)
        return 1
    groups = options.rows.split(",")
    if unknown := [group for group in groups if group not in GROUPS]:
        parser().error(f"no such rows: {', '.join(unknown)}; there are {', '.join(GROUPS)}")
    vaults = {size: vault(size, _entries(size, options)) for size in options.sizes}
    bench = Bench(vaults, groups, options.runs, ssh=options.ssh)
    bench.measure()
    print(table(bench.rows()))
    for problem in bench.problems:
        print(f"\n{problem}", file=sys.stderr)
    return 0


def parser() -> argparse.ArgumentParser:
    """The options."""
    made = argparse.ArgumentParser(prog="python -m bench", description="The figures against their targets.")
    made.add_argument("--sizes", type=_sizes, default=[40, 1000, 10_000], help="participants, as 40,1000,10000")
    made.add_argument(
        "--entries", type=int, help=f"entries in the largest; else {ENTRIES_EACH} a person, at most {MOST_ENTRIES:,}"
    )
    made.add_argument("--full", action="store_true", help=f"at most {FULL:,} entries instead")
    made.add_argument("--rows", default=",".join(GROUPS), help=f"some of {','.join(GROUPS)}")
    made.add_argument("--runs", type=int, default=3, help="sessions measured for each figure")
    made.add_argument("--ssh", action="store_true", help="fail where the rows over SSH cannot be measured")
    return made


def _sizes(text: str) -> list[int]:
    return sorted({int(size) for size in text.split(",")})


def _entries(size: int, options: argparse.Namespace) -> int:
    if options.entries is not None and size == max(options.sizes):
        return int(options.entries)
    return min(size * ENTRIES_EACH, FULL if options.full else MOST_ENTRIES)


class Bench:
    """One run of the bench: everything is measured turn about, so that a busy moment of the machine meets all."""

    def __init__(self, vaults: dict[int, BenchVault], groups: Sequence[str], runs: int, *, ssh: bool = False) -> None:
        self.problems: list[str] = []
        self._vaults, self._groups, self._runs = vaults, groups, runs
        self._shared = Samples()
        self._sizes = {size: Samples() for size in vaults}
        self._kanban = kanban_baseline.installed()
        self._no_line = ssh_server.missing()
        if ssh and self._no_line:
            raise SystemExit(self._no_line)

    def measure(self) -> None:
        """Take all samples; what fails is told in `problems` and leaves its rows out."""
        if {"start", "screen"} & set(self._groups):
            # The first start of each reads from the disk and compiles; nobody is to be judged by it.
            self._try(starting.prompt, Samples(), next(iter(self._vaults.values())))
            self._try(starting.empty, Samples())
        for run in range(self._runs):
            _say(f"run {run + 1} of {self._runs}")
            if "start" in self._groups:
                self._start()
            if {"start", "screen"} & set(self._groups):
                self._screens(idle=run == 0)
        if "store" in self._groups:
            for size, kept in self._vaults.items():
                self._try(storing.searching, self._sizes[size], kept)
                self._try(storing.saving, self._sizes[size], kept)
        if "coordination" in self._groups:
            for _run in range(self._runs):
                for size, kept in self._vaults.items():
                    self._try(coordinating.measure, self._sizes[size], kept)
        if "line" in self._groups and not self._no_line:
            self._try(line.measure, self._shared, self._vaults[max(self._vaults)])
        if "kanban" in self._groups and self._kanban:
            self._try(kanban_baseline.measure, self._shared, self._kanban)

    def _start(self) -> None:
        small = next(iter(self._vaults.values()))
        for _time in range(5):
            self._try(starting.nothing, self._shared)
            self._try(starting.prompt, self._shared, small)
        for _time in range(3):
            self._try(starting.empty, self._shared)

    def _screens(self, *, idle: bool) -> None:
        for size, kept in self._vaults.items():
            for view in journey.SIZES:
                _say(f"  {size:,} participants, {view}")
                self._try(journey.run, self._sizes[size], kept, view, starting.derivation(), idle=idle)

    def _try(self, measure: Callable[..., None], *arguments: object, **named: object) -> None:
        try:
            measure(*arguments, **named)
        except BenchError as problem:
            lines = [line.rstrip() for line in str(problem).splitlines() if line.strip()]
            told = "\n".join((f"{measure.__module__}.{measure.__name__}: {lines[0]}", *lines[1:]))
            if told not in self.problems:
                self.problems.append(told)

    def rows(self) -> Iterator[Row]:
        """The table's rows."""
        yield from rows.start_rows(self._shared, self._sizes)
        for size, samples in self._sizes.items():
            yield from rows.screen_rows(size, samples)
            yield from rows.store_rows(size, samples)
            yield from rows.coordination_rows(size, samples)
            yield from rows.signal_rows(size, samples)
            yield from rows.figure_rows(size, samples)
        if len(self._sizes) > 1:
            yield from rows.growth_rows(min(self._sizes), max(self._sizes), self._sizes)
        if "line" in self._groups:
            yield from rows.line_rows(self._shared, self._no_line)
        if "kanban" in self._groups:
            yield from rows.kanban_rows(self._shared, self._kanban is not None)
        if self.problems:
            yield left_out("not measured", f"{len(self.problems)} measurements failed; see below the table")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
