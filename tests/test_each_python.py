"""The quick tests on every Python: which were found, which passed, and what the command then answers."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent.parent

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no make on Windows")


def _machine(tmp_path: Path, *versions: str) -> dict[str, str]:
    """A machine with these Pythons of pyenv and no other; what is run there says so and passes, but not on 3.13."""
    for version in versions:
        python = tmp_path / "pyenv/versions" / version / "bin/python"
        python.parent.mkdir(parents=True)
        python.write_text(f'#!/bin/sh\ncase "$2" in *print*) echo {version};; esac\n')
        python.chmod(0o755)
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("sh", "dirname"):
        found = shutil.which(tool)
        assert found is not None
        (tools / tool).symlink_to(found)
    make = tools / "make"
    make.write_text('#!/bin/sh\necho "$2 $4"\ncase "$2" in *3.13) exit 1;; esac\n')
    make.chmod(0o755)
    return {"PATH": str(tools), "PYENV_ROOT": str(tmp_path / "pyenv"), "HOME": str(tmp_path)}


def _run(environment: dict[str, str]) -> tuple[int, list[str]]:
    done = subprocess.run([ROOT / ".ci/each-python"], env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines()


def test_each_python_that_is_here_runs_the_tests_in_an_environment_of_its_own(tmp_path: Path) -> None:
    code, told = _run(_machine(tmp_path, "3.11.7", "3.12.1", "3.9.18"))
    assert code == 0
    assert [line for line in told if line.startswith("VENV")] == ["VENV=.venvs/3.11 quick", "VENV=.venvs/3.12 quick"]
    assert told[-1] == "passed: 3.11 3.12; failed: none; not here: 3.13 3.14"


def test_one_that_fails_fails_the_whole_and_the_others_still_run(tmp_path: Path) -> None:
    code, told = _run(_machine(tmp_path, "3.12.1", "3.13.0", "3.14.2"))
    assert code == 1
    assert told[-1] == "passed: 3.12 3.14; failed: 3.13; not here: 3.11"


def test_no_python_at_all_is_no_success(tmp_path: Path) -> None:
    code, told = _run(_machine(tmp_path))
    assert code == 1
    assert told == ["passed: none; failed: none; not here: 3.11 3.12 3.13 3.14"]
