"""Which terminals the program starts in, what it says in the others, and a window whose size changes."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from tests.journeys.terminal import CTRL_Z, ENTER, EXIN, KARI, Desk, Terminal, leave, unlock

pytestmark = pytest.mark.terminal


@pytest.mark.parametrize("term", ["xterm-256color", "screen-256color", "tmux-256color", "linux", "vt100"])
def test_the_board_is_shown(desk: Desk, term: str) -> None:
    terminal = desk.log_in(environ={"TERM": term})
    terminal.wait("Caseload board", "Nobody here")
    if term == "vt100":
        assert not _colours(terminal)
    leave(terminal)


def _colours(terminal: Terminal) -> bool:
    return any(f"\x1b[{number}m".encode() in terminal.raw for number in (*range(30, 38), *range(40, 48)))


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_cannot_move_its_cursor_is_refused(desk: Desk, term: str) -> None:
    terminal = desk.run("--vault", str(desk.vault), environ={"TERM": term})
    assert terminal.ended() == 5, terminal.text
    assert "Set TERM" in terminal.text
    assert "\x1b[" not in terminal.raw.decode()


def test_frames_kept_in_a_file_are_refused(desk: Desk) -> None:
    kept = desk.folder / "frames"
    script = f'exec {" ".join(EXIN)} --vault "{desk.vault}" --user kari 2>"{kept}"'
    terminal = desk.run("-c", script, command=["sh"])
    assert terminal.ended() == 5, terminal.text
    assert "error output goes elsewhere" in kept.read_text()
    assert "Passphrase" not in terminal.text


def test_a_pipe_is_refused(desk: Desk) -> None:
    done = subprocess.run(
        [*EXIN, "--vault", str(desk.vault), "--user", "kari"],
        env=desk.environ, input="words\n", capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 5
    assert done.stdout == ""
    assert "terminal" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("size", [(39, 24), (80, 9)])
def test_a_window_that_is_too_small_is_refused(desk: Desk, size: tuple[int, int]) -> None:
    terminal = desk.run("--vault", str(desk.vault), size=size)
    assert terminal.ended() == 5, terminal.text
    assert f"{size[0]} x {size[1]}" in " ".join(terminal.text.split())


def test_the_window_changes_size(desk: Desk) -> None:
    terminal = desk.log_in(size=(120, 36))
    terminal.send("n")
    terminal.wait("Given name")
    terminal.send("Tilfeldig")
    terminal.wait("Tilfeldig")
    for size in ((80, 24), (40, 10), (20, 5), (120, 36), (200, 60), (80, 24)):
        terminal.resize(*size)
        terminal.settle()
        if size[0] >= 80:
            terminal.wait("Tilfeldig")
    terminal.send("\x1bOQ")
    terminal.wait("Saved", "Tilfeldig")
    for size in ((40, 10), (120, 36), (80, 24)):
        terminal.resize(*size)
        terminal.settle()
        terminal.wait("Tilfeldig")
    leave(terminal)


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs a shell with job control")
def test_the_prompt_can_be_suspended_and_resumed(desk: Desk) -> None:
    terminal = desk.run("--norc", "-i", command=["bash"], environ={"PS1": "shell> "})
    terminal.wait("shell>")
    terminal.send(f'{" ".join(EXIN)} --vault "{desk.vault}" --user kari{ENTER}')
    terminal.wait("kari:")
    terminal.send(CTRL_Z)
    terminal.wait("Stopped")
    terminal.send("echo vis" + "ible" + ENTER)
    terminal.wait("\nvisible")
    terminal.send("fg" + ENTER)
    terminal.until(lambda: terminal.text.count("kari:") > 1, "the prompt again")
    unlock(terminal, KARI)
    terminal.send("qq")
    terminal.until(lambda: not terminal.shown.alternate, "the shell")
    terminal.until(lambda: terminal.text.rstrip().endswith("shell>"), "the shell's prompt")
    terminal.send("echo code=$?" + ENTER)
    terminal.wait("code=0")
