"""No acknowledged entry is lost when writers are killed; `python -m tests.kill_writers 200` is the full run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL")
def test_killed_writers_lose_nothing_they_acknowledged() -> None:
    kills = os.environ.get("EXIN_TEST_KILLS", "8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.kill_writers", kills, "20261122"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{kills} kills" in done.stdout
    assert int(done.stdout.split("), ")[1].split()[0]) > 0, "nothing was acknowledged, so nothing was tried"
