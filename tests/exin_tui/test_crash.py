"""An unforeseen error says its kind and place, and no value."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from exin_tui import crash
from exin_tui.guard import NotATerminal, require_terminal

ROOT = Path(__file__).parents[2]
CANARY = "Kanarifugl-4711"


def run(body: str) -> subprocess.CompletedProcess[str]:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from exin_tui import crash; crash.install()\n{body}"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30)


def test_the_place_is_our_innermost_frame(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NotATerminal) as caught:
        require_terminal()
    place = crash.place_of(caught.value)
    name, _colon, line = place.partition(":")
    assert name == "exin_tui.guard"
    source = (ROOT / "exin_tui" / "guard.py").read_text().splitlines()
    assert source[int(line) - 1].strip() == "raise NotATerminal(_(text))"


def test_foreign_code_has_no_place() -> None:
    with pytest.raises(ValueError) as caught:
        int(CANARY)
    assert crash.sentence(caught.value).count(CANARY) == 0
    assert "ValueError in ?" in crash.sentence(caught.value)


def test_the_main_thread_ends_with_70_and_no_value() -> None:
    done = run(f"secret = {CANARY!r}\nraise KeyError(secret) from ValueError(secret)")
    assert done.returncode == 70
    assert CANARY not in done.stdout + done.stderr
    assert "KeyError" in done.stderr
    assert "Traceback" not in done.stderr


def test_another_thread_says_no_value() -> None:
    failing = f"import threading\ndef fail(): raise KeyError({CANARY!r})\n"
    done = run(failing + "thread = threading.Thread(target=fail); thread.start(); thread.join()")
    assert "KeyError" in done.stderr
    assert CANARY not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_failing_finalizer_says_nothing() -> None:
    done = run(f"class Held:\n    def __del__(self): raise KeyError({CANARY!r})\nHeld()")
    assert done.returncode == 0
    assert done.stderr == ""


def test_an_interrupt_is_no_crash() -> None:
    done = run("raise KeyboardInterrupt")
    assert done.returncode == 130
    assert done.stderr == ""


def test_library_records_do_not_reach_the_terminal() -> None:
    done = run(f"crash.silence_logging(); import logging; logging.getLogger('asyncio').error({CANARY!r})")
    assert done.stderr == ""
