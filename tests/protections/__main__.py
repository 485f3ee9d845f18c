"""Take the protections away one by one, in a copy of the checkout, and see whether the tests find it.

`python -m tests.protections` tries all of them, which takes a good hour; `--only WORD …` those whose table, name or
file has one of the words, `--jobs N` so many at once, each in a copy of its own. Ends with 1 where one is not found.
"""

from __future__ import annotations

import argparse
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from tests.protections.listed import TABLES, Taken

ROOT: Final = Path(__file__).parents[2]
FOUND, SURVIVED = "found", "SURVIVED"
_LEFT_OUT: Final = shutil.ignore_patterns(".*", "__pycache__", "*.pyc")
_SECONDS: Final = 420
"""A test that hangs without its protection has found it, too."""


def outcome(taken: Taken, copy: Path) -> str:
    """What the tests say to the copy without this protection; the copy is as before afterwards."""
    file = copy / taken.file
    whole = file.read_text(encoding="utf-8")
    if whole.count(taken.text) != 1:
        return f"stands {whole.count(taken.text)} times in the file"
    file.write_text(whole.replace(taken.text, taken.instead), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:xdist", *(f"tests/{test}" for test in taken.tests)]
    environ = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    running = subprocess.Popen(
        command, cwd=copy, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, start_new_session=True,
    )  # fmt: skip
    try:
        told, _errors = running.communicate(timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, 9)
        running.communicate()
        return f"{FOUND} (hangs)"
    finally:
        file.write_text(whole, encoding="utf-8")
    # 3: so deep in an endless call that pytest itself could not tell of it.
    if running.returncode in (1, 3):
        return FOUND
    return SURVIVED if running.returncode == 0 else f"cannot be run: {told.strip().splitlines()[-1]}"


def main() -> int:
    """Print the table; answers 1 unless every protection that was tried is found to be missing."""
    parser = argparse.ArgumentParser(prog="python -m tests.protections", description=__doc__)
    parser.add_argument("--only", nargs="+", default=[""], metavar="WORD")
    parser.add_argument("--jobs", type=int, default=1, metavar="N")
    asked = parser.parse_args()
    rows = [
        (table, taken)
        for table, lines in TABLES.items()
        for taken in lines
        if any(word in f"{table} {taken.name} {taken.file}" for word in asked.only)
    ]
    copies: queue.SimpleQueue[Path] = queue.SimpleQueue()
    with tempfile.TemporaryDirectory(prefix="exin-protections-") as folder, ThreadPoolExecutor(asked.jobs) as jobs:
        for number in range(asked.jobs):
            copy = Path(folder) / str(number)
            shutil.copytree(ROOT, copy, ignore=_LEFT_OUT, symlinks=True)
            copies.put(copy)

        def tried(row: tuple[str, Taken]) -> str:
            copy, start = copies.get(), time.monotonic()
            found = outcome(row[1], copy)
            copies.put(copy)
            table, taken = row
            print(f"{table:20} {taken.name:60} {found}  ({time.monotonic() - start:.0f} s)", flush=True)
            return found

        told = list(jobs.map(tried, rows))
    left = [(taken, found) for (_table, taken), found in zip(rows, told, strict=True) if not found.startswith(FOUND)]
    print(f"\n{len(rows) - len(left)} of {len(rows)} are found to be missing")
    for taken, found in left:
        print(f"  {found}: {taken.name}\n    {taken.file}: {taken.text.strip()!r} -> {taken.instead.strip()!r}")
    return 1 if left else 0


if __name__ == "__main__":
    raise SystemExit(main())
