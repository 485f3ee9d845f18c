"""The app in a real terminal: what is left behind by a crash, a signal, a hangup, a suspension."""

from __future__ import annotations

import os
import signal
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pyte
import pytest

from exin_tui import safe_app

pytestmark = pytest.mark.terminal

ROOT = Path(__file__).parents[2]
CANARY = "Kanarifugl-4711"
PROGRAM = """
    import os, sys
    sys.path.insert(0, {root!r})
    from exin_tui import guard, crash
    crash.install(); guard.scrub_environment(); guard.harden_process(); guard.require_terminal()
    from textual.widgets import Input, Static
    from exin_tui import safe_app
    from exin_tui.safe_app import SafeApp
    safe_app._HOOK_SECONDS, safe_app._LEAVE_SECONDS = {patience!r}

    class Trial(SafeApp):
        BINDINGS = [("f2", "fail", ""), ("f3", "fail_worker", ""), ("f4", "fail_task", ""), ("f5", "fail_thread", "")]

        def compose(self):
            yield Static("kjører")
            yield Static(os.environ.get("TRIAL_TEXT", ""), markup=False)
            yield Input("{canary}", id="entry")

        def action_fail(self):
            passphrase = "{canary}"
            raise ValueError("{canary}: " + passphrase)

        def action_fail_worker(self):
            async def work():
                self.action_fail()
            self.run_worker(work())

        def action_fail_task(self):
            import asyncio
            async def work():
                self.action_fail()
            asyncio.get_running_loop().create_task(work())
            self.set_timer(0.1, __import__("gc").collect)

        def action_fail_thread(self):
            self.run_worker(self.action_fail, thread=True)

        async def on_hangup(self, number):
            open("kept", "w").write(str(number))
            {hangup}

    app = Trial(**{options!r})
    app.run()
    sys.exit(app.return_code)
"""
SHOWN = "kjører"
PATIENCE = (safe_app._HOOK_SECONDS, safe_app._LEAVE_SECONDS)


class Session:
    """The program in a pseudo-terminal of 80x24, its output kept and interpreted."""

    def __init__(
        self, folder: Path, options: dict[str, object], hangup: str, patience: tuple[float, float], **environ: str
    ) -> None:
        self.folder = folder
        script = folder / "trial.py"
        script.write_text(
            textwrap.dedent(
                PROGRAM.format(
                    root=str(ROOT), canary=CANARY, options=options, hangup=hangup or "pass", patience=patience
                )
            )
        )
        clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLORTERM")}
        self.child = pexpect.spawn(
            sys.executable,
            ["-I", str(script)],
            cwd=str(folder),
            env={**clean, "TERM": "xterm-256color", "HOME": str(folder), **environ},
            dimensions=(24, 80),
            encoding="utf-8",
            timeout=15,
        )
        self.output = ""

    def read(self, until: Callable[[], bool], seconds: float = 15.0) -> str:
        """Read until `until` holds; fails after `seconds`."""
        end = time.monotonic() + seconds
        while not until():
            assert time.monotonic() < end, f"not within {seconds} s: {self.output[-500:]!r}"
            try:
                self.output += self.child.read_nonblocking(65536, timeout=0.1)
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                break
        return self.output

    def shown(self, text: str = SHOWN) -> None:
        self.read(lambda: text in self.output and "\x1b[?2026$p" in self.output)
        self.quiet()

    def quiet(self) -> None:
        """Read until nothing has come for a moment."""
        last = -1
        while last != len(self.output):
            last = len(self.output)
            try:
                self.output += self.child.read_nonblocking(65536, timeout=0.25)
            except (pexpect.TIMEOUT, pexpect.EOF):
                continue

    def ended(self) -> int | None:
        self.read(lambda: not self.child.isalive())
        self.quiet()
        self.child.close()
        return self.child.exitstatus

    def assert_restored(self) -> None:
        tail = self.output
        for on, off in (("?1049h", "?1049l"), ("?25l", "?25h"), ("?2004h", "?2004l"), ("?7l", "?7h")):
            assert tail.rfind(f"\x1b[{off}") > tail.rfind(f"\x1b[{on}"), f"{on} is still on"
        assert "\x1b[?1003h" not in tail, "the mouse was asked for"


Start = Callable[..., Session]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    sessions: list[Session] = []

    def run(
        *,
        options: dict[str, object] | None = None,
        hangup: str = "",
        patience: tuple[float, float] = PATIENCE,
        **environ: str,
    ) -> Session:
        session = Session(tmp_path, options or {}, hangup, patience, **environ)
        sessions.append(session)
        return session

    yield run
    for session in sessions:
        if session.child.child_fd >= 0 and not session.child.closed:
            session.child.close(force=True)


F2, F3, F4, F5 = "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~"


@pytest.mark.parametrize("key", [F2, F3, F4, F5], ids=["action", "worker", "task", "thread"])
def test_a_crash_shows_nothing_of_the_case(start: Start, key: str) -> None:
    session = start()
    session.shown()
    seen = len(session.output)
    session.child.send(key)
    assert session.ended() == 70
    session.assert_restored()
    after = session.output[seen:]
    assert CANARY not in after
    assert "Traceback" not in after
    assert "EX/IN" in after
    assert "ValueError" in after


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_calls_the_hook_and_gives_the_terminal_back(start: Start, number: signal.Signals) -> None:
    session = start()
    session.shown()
    session.child.kill(number)
    assert session.ended() == 128 + number
    session.assert_restored()
    assert (session.folder / "kept").read_text() == str(int(number))


def test_a_hook_that_hangs_holds_nothing_up(start: Start) -> None:
    session = start(hangup="import asyncio; await asyncio.sleep(3600)", patience=(0.5, PATIENCE[1]))
    session.shown()
    session.child.kill(signal.SIGTERM)
    assert session.ended() == 128 + signal.SIGTERM
    session.assert_restored()


def test_a_terminal_that_goes_away_ends_the_program(start: Start) -> None:
    session = start()
    session.shown()
    session.child.ptyproc.fileobj.close()
    session.child.closed = True
    deadline = time.monotonic() + 10
    while True:
        pid, status = os.waitpid(session.child.pid, os.WNOHANG)
        if pid:
            break
        assert time.monotonic() < deadline, "still running without a terminal"
        time.sleep(0.05)
    assert os.waitstatus_to_exitcode(status) == 128 + signal.SIGHUP
    assert (session.folder / "kept").read_text() == "1"


def test_the_program_is_gone_before_a_service_manager_would_kill_it() -> None:
    """Ten seconds is what the least patient of them give; the trials above and below wait shorter."""
    assert min(PATIENCE) >= 1
    assert sum(PATIENCE) < 10


def test_a_stalled_line_does_not_keep_the_program(start: Start) -> None:
    """Nobody reads what is written (a stopped ssh), the queue is full, and still SIGTERM ends it."""
    session = start(
        TRIAL_TEXT="x",
        hangup="[self._driver.write('y' * 100000) for _ in range(5)]",
        patience=(1.0, 1.0),
    )
    session.shown()
    session.child.kill(signal.SIGTERM)
    deadline = time.monotonic() + 20
    while True:
        pid, status = os.waitpid(session.child.pid, os.WNOHANG)
        if pid:
            break
        assert time.monotonic() < deadline, "still waiting for the line"
        time.sleep(0.1)
    session.child.ptyproc.fileobj.close()
    session.child.closed = True
    assert os.waitstatus_to_exitcode(status) == 128 + signal.SIGTERM


@pytest.mark.parametrize("delta", [True, False], ids=["delta", "plain"])
def test_control_codes_in_data_do_not_reach_the_terminal(start: Start, delta: bool) -> None:
    hostile = "A\x1b]0;eid\x07B\x9b31mC\x85D\u202eE\u2066F\x7fG\x08H[@click=app.quit]I[/]\u200fJ\x1b[2J\udce5K"
    text = hostile.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    session = start(options={"delta": delta}, TRIAL_TEXT=text)
    session.shown()
    session.read(lambda: "[@click=app.quit]" in session.output)
    assert "A]0;eidB31mCDEFGH[@click=app.quit]I[/]J[2J\ufffd" in session.output
    for code in ("\x07", "\x9b", "\x85", "\u202e", "\u2066", "\u200f", "\x7f", "\x1b]"):
        assert code not in session.output


def test_textuals_variables_write_no_file(start: Start) -> None:
    session = start(
        TEXTUAL="debug,devtools",
        TEXTUAL_LOG="log.txt",
        TEXTUAL_DEBUG="1",
        TEXTUAL_SCREENSHOT="0",
        TEXTUAL_SCREENSHOT_FILENAME="shot.svg",
        TEXTUAL_PRESS="q",
        TEXTUAL_DRIVER="nowhere:Driver",
    )
    session.shown()
    session.child.send("Ø")
    session.shown("Ø")
    session.child.kill(signal.SIGTERM)
    assert session.ended() == 128 + signal.SIGTERM
    assert sorted(path.name for path in session.folder.iterdir()) == ["kept", "trial.py"]


def test_no_copied_text_is_sent(start: Start) -> None:
    session = start()
    session.shown()
    session.child.send("\x1b[H\x1b[1;2F\x03\x18")
    session.quiet()
    assert "]52;" not in session.output


def test_after_a_suspension_everything_is_written_again(start: Start) -> None:
    session = start()
    session.shown()
    session.child.kill(signal.SIGTSTP)
    session.quiet()
    before = len(session.output)
    assert session.output.rfind("\x1b[?1049l") > session.output.rfind("\x1b[?1049h")
    session.child.kill(signal.SIGCONT)
    session.read(lambda: SHOWN in session.output[before:])
    session.quiet()
    screen = pyte.Screen(80, 24)
    pyte.Stream(screen).feed(session.output[before:].replace("\x1b[>25u", ""))
    assert any(SHOWN in line for line in screen.display)
    assert any(CANARY in line for line in screen.display)


def test_ctrl_l_clears_and_writes_everything(start: Start) -> None:
    session = start()
    session.shown()
    before = len(session.output)
    session.child.send("\x0c")
    session.read(lambda: SHOWN in session.output[before:])
    assert "\x1b[2J" in session.output[before:]


@pytest.mark.parametrize(
    ("environ", "colours"),
    [
        ({"TERM": "vt100"}, False),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, False),
        ({"TERM": "linux"}, True),
        ({"TERM": "screen-256color"}, True),
    ],
)
def test_colour_is_what_the_terminal_has(start: Start, environ: dict[str, str], colours: bool) -> None:
    session = start(**environ)
    session.shown()
    codes = [code for code in _sgr(session.output) if code.split(";")[0] in {*map(str, range(30, 50)), "90", "100"}]
    assert bool(codes) == colours
    if environ["TERM"] == "linux":
        assert not any(code.startswith(("38;", "48;")) for code in codes)


def _sgr(output: str) -> list[str]:
    import re

    return [code for found in re.findall(r"\x1b\[([0-9;]*)m", output) for code in [found.lstrip(";")] if code]
