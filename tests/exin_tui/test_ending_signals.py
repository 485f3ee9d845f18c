"""Whatever signal ends the program, at the prompt: echo on again, the sentence, 128 + its number."""

from __future__ import annotations

import io
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from typing import Any

import pytest

from exin_tui.console import Console
from exin_tui.ending_signals import ENDING, Signalled
from exin_tui.terminal_prompt import Asker
from tests.exin_tui.command_line import House, build

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is Unix's")

NAMED = [number for number in ENDING if isinstance(number, signal.Signals)]
OTHERWISE = {"SIGINT", "SIGKILL", "SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL", "SIGPIPE", "SIGXFSZ"}
"""What ends a process and is dealt with otherwise, or not to be dealt with."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build(tmp_path_factory.mktemp("signals"))


def ends_a_process(number: int) -> bool:
    """What this system does by itself on signal `number`, tried."""
    pid = os.fork()
    if not pid:
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        os._exit(0)
    _pid, status = os.waitpid(pid, os.WUNTRACED)
    if os.WIFSTOPPED(status):
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return os.WIFSIGNALED(status)


def test_every_signal_that_ends_a_process_is_known() -> None:
    ending = {number for number in signal.valid_signals() if ends_a_process(number)}
    assert signal.SIGTERM in ending
    assert ending - set(ENDING) == {getattr(signal, name) for name in OTHERWISE}


class AtThePrompt:
    """`exin` asking for a passphrase in a terminal whose other end stays open, so that its modes can be asked for."""

    def __init__(self, house: House, *arguments: str) -> None:
        self.ours, self.its = pty.openpty()
        self.before = termios.tcgetattr(self.its)
        self.program = subprocess.Popen(
            house.command("--user", "kari", *arguments),
            env=house.environment,
            stdin=self.its,
            stdout=self.its,
            stderr=self.its,
            start_new_session=True,
        )
        self.shown = b""

    def wait(self, text: bytes) -> None:
        """Read until `text` was written, and no longer."""
        end = time.monotonic() + 30
        while text not in self.shown:
            assert time.monotonic() < end, self.shown
            if select.select([self.ours], [], [], 0.1)[0]:
                self.shown += os.read(self.ours, 4096)

    def ended(self) -> int:
        """The exit code; reads on meanwhile."""
        code = self.program.wait(timeout=30)
        while select.select([self.ours], [], [], 0)[0]:
            self.shown += os.read(self.ours, 4096)
        return code

    def close(self) -> None:
        self.program.kill()
        self.program.wait()
        os.close(self.ours)
        os.close(self.its)


def test_a_signal_while_the_echo_is_taken_away_leaves_it_on(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, its = pty.openpty()
    before, change, signals = termios.tcgetattr(its), termios.tcsetattr, [signal.SIGTERM]

    def change_and_be_told(*wanted: Any) -> None:
        change(*wanted)
        if signals:
            raise Signalled(signals.pop())

    monkeypatch.setattr(termios, "tcsetattr", change_and_be_told)
    with pytest.raises(Signalled), Asker(Console(its), io.StringIO()):
        raise AssertionError("the prompt was begun")
    assert termios.tcgetattr(its) == before
    os.close(ours)
    os.close(its)


@pytest.mark.terminal
@pytest.mark.parametrize("arguments", [(), ("user", "list")], ids=["screens", "command"])
@pytest.mark.parametrize("number", [*NAMED, signal.SIGRTMAX], ids=lambda number: f"{int(number)}")
def test_a_signal_the_moment_the_prompt_appears_leaves_the_echo_on(
    house: House, number: int, arguments: tuple[str, ...]
) -> None:
    prompt = AtThePrompt(house, *arguments)
    try:
        prompt.wait(b"Passphrase for kari: ")
        prompt.program.send_signal(number)
        assert prompt.ended() == 128 + number
        assert termios.tcgetattr(prompt.its) == prompt.before
        assert f"EX/IN was ended from outside (signal {int(number)})." in prompt.shown.decode()
    finally:
        prompt.close()


@pytest.mark.terminal
def test_a_signal_at_any_moment_of_the_start_leaves_the_echo_on(house: House) -> None:
    """Also while the echo is being taken away, and while the program is not yet ready for any signal."""
    codes = set()
    for moment in range(24):
        prompt = AtThePrompt(house)
        try:
            time.sleep(moment * 0.01)
            prompt.program.send_signal(signal.SIGTERM)
            codes.add(prompt.ended())
            assert termios.tcgetattr(prompt.its) == prompt.before, f"after {moment * 10} ms"
        finally:
            prompt.close()
    assert codes <= {-signal.SIGTERM, 128 + signal.SIGTERM}


NOHUP = """
import signal
from exin_tui import ending_signals
signal.signal(signal.SIGHUP, signal.SIG_IGN)
ending_signals.end_in_order()
print(signal.getsignal(signal.SIGHUP) is signal.SIG_IGN, callable(signal.getsignal(signal.SIGTERM)))
"""


def test_a_program_started_with_nohup_goes_on_ignoring_the_hangup() -> None:
    run = subprocess.run([sys.executable, "-c", NOHUP], capture_output=True, text=True, check=True)
    assert run.stdout == "True True\n"
