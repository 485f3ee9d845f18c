"""What is loaded while the person types, and what never is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

CODE = """
import sys
read = []
sys.addaudithook(lambda event, given: event == "open" and str(given[0]).endswith("_words.toml") and read.append(given))
from exin_tui import guard
guard.scrub_environment()
from exin_tui.loading import Loading
loading = Loading()
loading.everything()
assert "textual.app" in sys.modules and "sqlcipher3" in sys.modules
print(sorted({"ssl", "_ssl", "zxcvbn", "argparse"} & set(sys.modules)), read)
import asyncio, ssl
asyncio.run(asyncio.sleep(0))
print(ssl.OPENSSL_VERSION[:7])
"""


def test_what_no_screen_needs_is_not_loaded_and_can_be_later() -> None:
    said = subprocess.run([sys.executable, "-c", CODE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.split("\n")[:2] == ["[] []", "OpenSSL"]
