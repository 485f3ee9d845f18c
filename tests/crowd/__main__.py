"""The full run: `python -m tests.crowd --sessions 20 --minutes 10`; answers 1 when anything is wrong."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, Final, cast

from tests.crowd import plan as plans
from tests.crowd.judging import Verdict, judge

ROOT: Final = Path(__file__).parents[2]
GRACE: Final = 90.0
"""Seconds that a session may take to its end after the time is over."""


def run(home: Path, sessions: int, seconds: float, seed: str, *, canaries: int = 6, participants: int = 30,
        pause: float = 0.15) -> Verdict:  # fmt: skip
    """Let so many sessions work on one new vault under `home`; what they did, and what is wrong."""
    plan = plans.make(home, sessions, canaries, participants)
    file = plan.write()
    children = []
    for one in plan.people:
        with (home / f"{one.user}.errors").open("w") as errors:
            children.append(
                subprocess.Popen(
                    [sys.executable, "-m", "tests.crowd.session", str(file), one.user, seed], cwd=ROOT, text=True,
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
                )
            )  # fmt: skip
    hung = []
    try:
        for child in children:
            cast(IO[str], child.stdout).readline()
        until = time.monotonic() + seconds
        for child in children:
            if child.poll() is None:
                _tell(child, f"{until} {pause}\n")
        for one, child in zip(plan.people, children, strict=True):
            try:
                child.wait(timeout=max(1.0, until + GRACE - time.monotonic()))
            except subprocess.TimeoutExpired:
                hung.append(one.user)
    finally:
        for child in children:
            child.kill()
            child.communicate()
    verdict = judge(plan)
    for one, child in zip(plan.people, children, strict=True):
        said = (home / f"{one.user}.errors").read_text().strip()
        # Whose way in was taken away is told so there.
        if child.returncode or "Traceback" in said:
            verdict.fault(f"{one.user}: ended with {child.returncode}{' (hung)' * (one.user in hung)}\n{said}")
    return verdict


def _tell(child: subprocess.Popen[str], text: str) -> None:
    into = cast(IO[str], child.stdin)
    into.write(text)
    into.flush()


def table(verdict: Verdict) -> str:
    """Acts with what was refused, then what was found."""
    lines = [f"{'act':<40} {'done':>7}  refused"]
    for name in sorted(verdict.acts):
        refused = ", ".join(
            f"{error} {count}" for (act, error), count in sorted(verdict.refused.items()) if act == name
        )
        lines.append(f"{name:<40} {verdict.acts[name]:>7}  {refused}".rstrip())
    lines += ["", *(f"{name:<40} {count:>7}" for name, count in verdict.told.items())]
    return "\n".join([*lines, f"{'wrong':<40} {len(verdict.wrong):>7}"])


def main() -> int:
    """Run, print, and leave nothing behind."""
    parser = argparse.ArgumentParser(prog="python -m tests.crowd")
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", default=str(time.time_ns() % 1_000_000))
    parser.add_argument("--keep", action="store_true", help="leave vault and journals where they are")
    given = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="exin-crowd-"))
    try:
        verdict = run(home, given.sessions, given.minutes * 60, given.seed)
    finally:
        if given.keep:
            print(home)
        else:
            shutil.rmtree(home, ignore_errors=True)
    print(f"{given.sessions} sessions, {given.minutes} minutes, seed {given.seed}")
    print(table(verdict))
    for text in verdict.wrong[:40]:
        print(text)
    return 1 if verdict.wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
