"""The floors of the house: nothing below the screens knows a terminal, and no screen knows the storage engine."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOWER_FLOORS = """
import importlib, pkgutil, sys
import config, models
for package in (config, models):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if ".steps." not in module.name and "locale" not in module.name:
            importlib.import_module(module.name)
print(sorted(name for name in sys.modules if name.split(".")[0] in ("textual", "rich", "screens", "exin_tui")))
"""

PROMPT = """
import sys
import exin_tui.__main__
print(sorted(name for name in sys.modules if name.split(".")[0] in ("textual", "rich", "peewee", "cryptography")))
"""


@pytest.mark.parametrize("program", [LOWER_FLOORS, PROMPT], ids=["case and settings", "prompt"])
def test_nothing_heavier_is_imported(program: str) -> None:
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
