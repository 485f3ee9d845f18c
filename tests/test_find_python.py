"""`make` takes whatever fitting Python the machine has, and says what is missing in one sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

FINDER: Final = Path(__file__).parent.parent / ".ci/find-python"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no make on Windows")


def machine(folder: Path, *pythons: tuple[str, str, bool]) -> Path:
    """A folder for the search path that holds these only: name, version, and whether venv is there."""
    for name, version, venv in pythons:
        major, minor, _micro = version.split(".")
        fits = (3, 11) <= (int(major), int(minor)) <= (3, 14)
        python = folder / name
        python.write_text(
            '#!/bin/sh\ncase "$2" in\n'
            f"*ensurepip*) exit {0 if venv else 1};;\n*print*) echo {version};;\n*) exit {0 if fits else 1};;\nesac\n"
        )
        python.chmod(0o755)
    return folder


def find(path: Path, python: str = "") -> tuple[int, str, str]:
    """Exit code, standard output and standard error of the search."""
    shell = shutil.which("sh")
    assert shell is not None
    environ = {"PATH": str(path), "PYTHON": python}
    run = subprocess.run([shell, str(FINDER)], capture_output=True, text=True, env=environ, check=False)
    return run.returncode, run.stdout.strip(), run.stderr.strip()


@pytest.mark.parametrize(
    ("pythons", "taken"),
    [
        ([("python3.12", "3.12.1", True)], "python3.12"),
        ([("python3", "3.14.0", True), ("python3.10", "3.10.13", True)], "python3"),
        ([("python3.11", "3.11.7", False), ("python3.13", "3.13.0", True)], "python3.13"),
        ([("python3.11", "3.11.7", True), ("python3.13", "3.13.0", True)], "python3.11"),
    ],
)
def test_the_first_that_fits_and_has_venv_is_taken(
    tmp_path: Path, pythons: list[tuple[str, str, bool]], taken: str
) -> None:
    assert find(machine(tmp_path, *pythons)) == (0, str(tmp_path / taken), "")


def test_a_named_one_is_taken(tmp_path: Path) -> None:
    path = machine(tmp_path, ("python3.11", "3.11.7", True), ("mine", "3.13.0", True))
    assert find(path, str(path / "mine"))[:2] == (0, str(path / "mine"))


@pytest.mark.parametrize(
    ("pythons", "named", "said"),
    [
        ([], "", "no Python"),
        ([("python3", "3.10.13", True)], "", "python3 (3.10.13)"),
        ([("python3", "3.15.0", True)], "", "python3 (3.15.0)"),
        ([("python3.12", "3.12.1", False)], "", "apt install python3.12-venv"),
        ([("python3.12", "3.12.1", True)], "python3.9", "PYTHON=python3.9"),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(
    tmp_path: Path, pythons: list[tuple[str, str, bool]], named: str, said: str
) -> None:
    code, out, told = find(machine(tmp_path, *pythons), named)
    assert (code, out) == (1, "")
    assert said in told
    assert len(told.splitlines()) == 1


def test_the_finder_can_be_run() -> None:
    assert os.access(FINDER, os.X_OK)
