"""The bench's terminal: what a program writes, answers and costs is what is counted."""

from __future__ import annotations

import signal
import sys

import pytest

pytest.importorskip("fcntl", reason="pseudo-terminals are a Unix matter")

from bench.answers import Answers
from bench.terminal import BenchError, Terminal

ECHO = """
import os, sys, termios, tty
tty.setraw(0)
os.write(1, b"ready")
while (byte := os.read(0, 1)) != b"q":
    if byte == b"j":
        os.write(1, b"12345")
"""


def test_a_key_is_counted_by_its_bytes() -> None:
    with Terminal([sys.executable, "-c", ECHO]) as terminal:
        _when, size = terminal.wait("ready")
        assert size == len("ready")
        answered = terminal.measure("j", 0.05)
        assert answered.size == 5
        assert 0 < answered.first <= answered.last
        assert terminal.peak > 1
        assert "ready12345" in terminal.screen


def test_a_key_without_an_answer_is_an_error() -> None:
    with Terminal([sys.executable, "-c", ECHO]) as terminal:
        terminal.wait("ready")
        with pytest.raises(BenchError, match="ready"):
            terminal.measure("x", 0.05)


def test_what_never_comes_is_an_error_with_the_screen() -> None:
    with Terminal([sys.executable, "-c", "print('other')"]) as terminal, pytest.raises(BenchError, match="other"):
        terminal.wait("ready", 0.5)


def test_closing_ends_a_program_that_does_not_want_to() -> None:
    code = "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    terminal = Terminal([sys.executable, "-c", code])
    terminal.wait("up")
    terminal.close()
    assert terminal.exit_code() == -signal.SIGKILL


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
        (b"\x1b[?9999$p", b"\x1b[?9999;0$y"),
        (b"\x1b[6n", b"\x1b[1;1R"),
        (b"\x1b[c", b"\x1b[?62;22c"),
        (b"text only \x1b[1m", b""),
    ],
)
def test_queries_are_answered_once(asked: bytes, answer: bytes) -> None:
    answers = Answers()
    assert answers.to(asked) == answer
    assert answers.to(b"more") == b""


def test_a_query_cut_in_two_is_answered() -> None:
    answers = Answers()
    assert answers.to(b"abc\x1b[?20") == b""
    assert answers.to(b"26$p") == b"\x1b[?2026;2$y"
