"""Runs the tests that go by the real clock as if it were another moment; `python tests/at_other_moments.py --help`.

The tests themselves hold today; a day at the year's end, a leap day or a night in which the clocks change shows what
they and the program take for granted. A small library, compiled here and loaded before all others into the tests and
every program they start, adds a fixed number of seconds to what the system's clock says. Sleeping and measuring time
are left alone. Linux with a C compiler only.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent

# UTC; Oslo is an hour ahead of it in winter and two in summer.
MOMENTS: Final = {
    "2026-12-02T09:00:00": "a day of one figure",
    "2027-01-01T09:00:00": "New Year's Day",
    "2026-11-30T23:30:00": "Oslo is a day, and a month, ahead",
    "2026-11-30T22:59:48": "over midnight in Oslo",
    "2026-11-30T23:59:50": "over midnight in UTC",
    "2026-10-25T00:59:20": "into the hour that comes twice",
    "2027-03-28T00:59:20": "over the hour that is left out",
    "2028-02-29T12:00:00": "the leap day",
    "2026-12-31T22:30:00": "the last half hour of the year in Oslo",
    "2026-12-31T23:30:00": "the new year in Oslo only",
    "2028-12-24T23:30:00": "Christmas Day in Oslo, from Sunday to Monday",
    "2032-12-26T10:00:00": "St Stephen's Day, a Sunday in week 52",
    "2033-05-17T08:00:00": "Constitution Day",
}

# What asks the real clock: everything else is given one that stands still.
TESTS: Final = (
    "tests/journeys", "tests/exin_tui", "tests/models/test_store.py", "tests/models/test_random_work.py",
    "tests/models/storage/test_kills.py", "tests/screens/plans/test_agenda.py", "tests/screens/board/test_board.py",
)  # fmt: skip
LEFT_OUT: Final = ("tests/journeys/test_journey_hostile.py", "tests/exin_tui/test_display_journeys.py")

SHIFT: Final = r"""
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t which, struct timespec *to) {
    int failed = syscall(SYS_clock_gettime, which, to);
    if (!failed && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE)) to->tv_sec += SECONDS;
    return failed;
}
int gettimeofday(struct timeval *restrict to, void *restrict zone) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (to) *to = (struct timeval){now.tv_sec, now.tv_nsec / 1000};
    return 0;
}
time_t time(time_t *to) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (to) *to = now.tv_sec;
    return now.tv_sec;
}
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the tests once a moment; 1 when any failed."""
    options = parser().parse_args(arguments)
    compiler = shutil.which("cc")
    if not sys.platform.startswith("linux") or compiler is None:
        print("Another moment is made with a preloaded library: that takes Linux and a C compiler (cc).")
        return 1
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for moment in options.quick or MOMENTS:
            code, told, failed = at(moment, options.tests or [*TESTS], options.workers, Path(folder), compiler)
            bad |= code != 0
            print(f"{'ok  ' if code == 0 else 'FAIL'}  {moment}  {MOMENTS.get(moment, ''):45}  {told}", flush=True)
            for line in failed:
                print(f"      {line}", flush=True)
    return int(bad)


def parser() -> argparse.ArgumentParser:
    """The options."""
    made = argparse.ArgumentParser(description="The tests that go by the clock, at other moments than now.")
    made.add_argument("--quick", nargs="+", metavar="MOMENT", type=_moment, help="only these, as 2027-01-01T09:00:00")
    made.add_argument("--workers", default="2", help="how many tests at once")
    made.add_argument("tests", nargs="*", help="files instead of all that go by the clock (before --quick)")
    return made


def _moment(text: str) -> str:
    return datetime.fromisoformat(text).replace(tzinfo=None).isoformat()


def at(moment: str, tests: Sequence[str], workers: str, folder: Path, compiler: str) -> tuple[int, str, list[str]]:
    """The exit code, pytest's last line, and the tests that failed, each with the first line of why."""
    library = shift(moment, folder, compiler)
    there = {**os.environ, "LD_PRELOAD": str(library), "PYTHONPATH": str(ROOT)}
    asked = [sys.executable, "-c", "import datetime; print(datetime.datetime.now(datetime.UTC).date())"]
    day = subprocess.run(asked, env=there, capture_output=True, text=True, check=True).stdout.strip()
    if abs((datetime.fromisoformat(day) - datetime.fromisoformat(moment)).days) > 1:
        return 1, f"the clock could not be set; it says {day}", []
    left_out = [f"--ignore={each}" for each in LEFT_OUT]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", workers, "--tb=no", *left_out, *tests],
        env=there, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = [line for line in run.stdout.splitlines() if line.strip()]
    failed = [line for line in lines if re.match(r"(FAILED|ERROR) ", line)]
    return run.returncode, lines[-1] if lines else run.stderr.strip()[-300:], failed


def shift(moment: str, folder: Path, compiler: str) -> Path:
    """The library that makes it `moment` now."""
    seconds = round(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp() - time.time())
    source, library = folder / "shift.c", folder / f"shift-{seconds}.so"
    source.write_text(SHIFT)
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", f"-DSECONDS={seconds}L", "-o", str(library), str(source)], check=True
    )
    return library


if __name__ == "__main__":
    sys.exit(main())
