"""`exin` killed while it changes who belongs to a vault; `python -m tests.kills` does it three hundred times."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("there is no fork", allow_module_level=True)

from tests.kills import KINDS, run


@pytest.mark.slow
def test_after_a_kill_exactly_one_truth_opens(tmp_path: Path) -> None:
    counted, wrong = run(len(KINDS), 20261129, tmp_path)
    assert wrong == []
    assert {name for name, counts in counted.items() if counts["new"] + counts["old"] == 1} == {*KINDS}
