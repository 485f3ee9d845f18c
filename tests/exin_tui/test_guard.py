"""What is refused and what is cleaned before anything else runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from exin_tui import guard

ROOT = Path(__file__).parents[2]
PROBE = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from exin_tui import guard
try:
    guard.require_terminal()
except guard.NotATerminal as error:
    print("refused:", error.text, int(error.exit_code))
else:
    print("accepted")
"""


def in_terminal(command: list[str], size: tuple[int, int] = (24, 80), **environ: str) -> str:
    """What `command` says in a terminal of `size` (rows, columns)."""
    child = pexpect.spawn(
        command[0],
        command[1:],
        env={**os.environ, "TERM": "xterm", **environ},
        dimensions=size,
        encoding="utf-8",
        timeout=15,
    )
    said = str(child.read())
    child.close()
    return said


def test_every_variable_of_textual_goes_and_three_come(monkeypatch: pytest.MonkeyPatch) -> None:
    leaking = {
        "TEXTUAL": "debug",
        "TEXTUAL_LOG": "x",
        "TEXTUAL_DEBUG": "1",
        "TEXTUAL_ANIMATIONS": "full",
        "TEXTUAL_NEW": "1",
    }
    monkeypatch.setattr(os, "environ", {**leaking, "PYTHONINSPECT": "1", "PYTHONASYNCIODEBUG": "1", "HOME": "/h"})
    guard.scrub_environment()
    assert dict(os.environ) == {
        "TEXTUAL_ANIMATIONS": "none",
        "TEXTUAL_SMOOTH_SCROLL": "0",
        "TEXTUAL_FPS": "60",
        "HOME": "/h",
    }


def test_textual_obeys_what_is_set() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from exin_tui import guard; guard.scrub_environment();"
        "from textual import constants as c;"
        "print(c.TEXTUAL_ANIMATIONS, c.SMOOTH_SCROLL, c.MAX_FPS);"
        "print(c.LOG_FILE, c.DEBUG, c.SCREENSHOT_DELAY, c.DRIVER, c.PRESS)"
    )
    environ = {
        "TEXTUAL_LOG": "l",
        "TEXTUAL_DEBUG": "1",
        "TEXTUAL_SCREENSHOT": "1",
        "TEXTUAL_DRIVER": "a:b",
        "TEXTUAL_PRESS": "q",
    }
    said = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environ}, capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["none", "False", "60", "None", "False", "-1", "None"]


def test_importing_the_guard_loads_neither_textual_nor_the_words() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r});"
        "import exin_tui.guard, exin_tui.crash; exin_tui.crash.install();"
        "print({'textual', 'rich', 'ctypes', 'gettext', 'asyncio', 'logging'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux about the process")
def test_the_process_leaves_no_core_and_cannot_be_dumped() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from exin_tui import guard; import os, resource, ctypes;"
        "guard.harden_process(); guard.forbid_dumps();"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), oct(os.umask(0)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "(0, 0) 0 0o77"


@pytest.mark.terminal
def test_a_terminal_is_accepted() -> None:
    assert in_terminal([sys.executable, "-c", PROBE]).strip() == "accepted"


@pytest.mark.terminal
@pytest.mark.parametrize("term", ["", "dumb", "unknown", "DUMB"])
def test_a_terminal_that_cannot_move_its_cursor_is_refused(term: str) -> None:
    said = in_terminal([sys.executable, "-c", PROBE], TERM=term)
    assert "refused:" in said
    assert f"“{term}”" in said
    assert said.strip().endswith(" 5")


@pytest.mark.terminal
@pytest.mark.parametrize("size", [(9, 80), (24, 39)])
def test_a_small_window_is_refused_with_both_sizes(size: tuple[int, int]) -> None:
    said = in_terminal([sys.executable, "-c", PROBE], size)
    assert f"{size[1]} x {size[0]}" in said
    assert "40 x 10" in said


@pytest.mark.terminal
@pytest.mark.parametrize("redirection", ["</dev/null", "2>{file}", ">{file}"])
def test_redirected_streams_are_refused(redirection: str, tmp_path: Path) -> None:
    script = tmp_path / "probe.py"
    script.write_text(PROBE)
    target = tmp_path / "kept.txt"
    said = in_terminal(["/bin/sh", "-c", f"{sys.executable} {script} {redirection.format(file=target)}"])
    answer = said + (target.read_text() if target.exists() else "")
    assert "refused: EX/IN shows its screens in a terminal" in answer
