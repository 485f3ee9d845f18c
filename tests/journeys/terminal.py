"""A person at a terminal: the real program in a pseudo-terminal, keys in, an interpreted screen out.

`Desk` is where the person sits (home, temporary folder, settings, vault); `Terminal` is one run of a program there.
Everything waits for what is to be seen and fails after `PATIENCE` seconds, so a slow machine only takes longer.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pyte

from bench.program import Program
from config import programme
from models.store import Store
from models.team import staff
from models.values import clock
from models.vault import sealed
from models.vault.keys import KdfParameters

PATIENCE: Final = float(os.environ.get("EXIN_TEST_PATIENCE", "45"))
WEAK: Final = KdfParameters(memory_kib=16 * 1024, passes=2, lanes=1)
EXIN: Final = (sys.executable, "-m", "exin_tui")
KARI: Final = ("kari", "Kari Nordmann", "team_leader", "korrekt hest batteri stift")
OLA: Final = ("ola", "Ola Berg", "caseworker", "femten grå måker flyr nordover")

KEPT: Final = (
    "PATH", "LD_LIBRARY_PATH", "LD_PRELOAD", "PYTHONPATH", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG",
)  # fmt: skip
"""What a run takes over from the tests' own surroundings; the coverage's where it is watched."""

ENTER, ESC, TAB, BACKTAB = "\r", "\x1b", "\t", "\x1b[Z"
UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
PAGE_DOWN, PAGE_UP = "\x1b[6~", "\x1b[5~"
F2, F3, F4, F6 = "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[17~"
CTRL_C, CTRL_L, CTRL_S, CTRL_U, CTRL_Z = "\x03", "\x0c", "\x13", "\x15", "\x1a"
PASTE: Final = "\x1b[200~{}\x1b[201~"

_ALTERNATE: Final = 1049


class ShownScreen(pyte.Screen):  # type: ignore[misc]  # pyte has no types
    """A pyte screen with the alternate screen that pyte leaves out, so that what is under it can be looked at."""

    def __init__(self, columns: int, lines: int) -> None:
        super().__init__(columns, lines)
        self.alternate = False
        self.modes_on: set[int] = set()
        self._under: tuple[Any, Any] | None = None

    def set_mode(self, *modes: int, **options: Any) -> None:
        if options.get("private"):
            self.modes_on.update(modes)
            if _ALTERNATE in modes and not self.alternate:
                self.alternate = True
                self._under = (self.buffer.copy(), (self.cursor.x, self.cursor.y))
                self.buffer.clear()
        super().set_mode(*modes, **options)

    def reset_mode(self, *modes: int, **options: Any) -> None:
        if options.get("private"):
            self.modes_on.difference_update(modes)
            if _ALTERNATE in modes and self.alternate:
                self.alternate = False
                self.buffer.clear()
                if self._under is not None:
                    self.buffer.update(self._under[0])
                    self.cursor.x, self.cursor.y = self._under[1]
        super().reset_mode(*modes, **options)

    def report_device_status(self, mode: int, **options: Any) -> None:
        """A terminal that does not answer, as several do not."""

    def report_device_attributes(self, mode: int = 0, **options: Any) -> None:
        """A terminal that does not answer, as several do not."""


class Terminal(Program):
    """One run of `command` in a pseudo-terminal of `size` (columns, rows); `raw` is every byte it wrote."""

    def __init__(
        self, command: Iterable[str], environ: Mapping[str, str], folder: Path, size: tuple[int, int] = (80, 24)
    ) -> None:
        self.raw = bytearray()
        self.keys = 0
        self._screen = ShownScreen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._stream.select_other_charset("G")
        super().__init__([*command], size, environ, folder)

    # ------------------------------------------------------------------ what is to be seen

    @property
    def text(self) -> str:
        """The screen as it stands, without space at the line ends."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def shown(self) -> ShownScreen:
        """The interpreted screen."""
        return self._screen

    def read(self, seconds: float = 0.05) -> bool:
        """Take in what comes within `seconds`; answers whether anything came."""
        data = self.bytes_within(seconds)
        if not data:
            return False
        self.raw += data
        self._stream.feed(data)
        return True

    def until(self, what: Callable[[], bool], told: str, seconds: float = PATIENCE) -> None:
        """Read until `what` holds; fails with the screen after `seconds` or when the program has ended meanwhile."""
        end = time.monotonic() + seconds
        while not what():
            if self.read():
                continue
            alive = self.exit_code() is None
            assert alive or self.read() or what(), f"the program ended before: {told}\n{self.text}"
            assert time.monotonic() < end, f"not within {seconds:.0f} s: {told}\n{self.text}"

    def wait(self, *texts: str, seconds: float = PATIENCE) -> None:
        """Wait until all of `texts` are on the screen."""
        self.until(lambda: all(text in self.text for text in texts), f"to see {texts}", seconds)

    def wait_gone(self, *texts: str, seconds: float = PATIENCE) -> None:
        """Wait until none of `texts` is on the screen."""
        self.until(lambda: not any(text in self.text for text in texts), f"not to see {texts} any more", seconds)

    def settle(self, quiet: float = 0.4) -> None:
        """Wait until nothing has come for a moment."""
        while self.read(quiet):
            pass

    # ------------------------------------------------------------------ what is done

    def send(self, *keys: str) -> None:
        """Press keys (a special key or a text, each at once), counted in `keys`."""
        for key in keys:
            self.keys += 1 if key.startswith("\x1b") else len(key)
            self.write(key.encode())

    def resize(self, columns: int, rows: int) -> None:
        """Make the window another size."""
        self._screen.resize(rows, columns)
        super().resize(columns, rows)

    def ended(self, seconds: float = PATIENCE) -> int:
        """Wait for the end; the exit code, negative for a signal that was not handled."""
        end = time.monotonic() + seconds
        while (code := self.exit_code()) is None:
            assert time.monotonic() < end, f"still running after {seconds:.0f} s\n{self.text}"
            if not self.read(0.02):
                time.sleep(0.01)
        self.settle(0.05)
        return code

    def close(self) -> None:
        """End the program whatever it does."""
        self.end(signal.SIGKILL)

    def assert_restored(self) -> None:
        """The terminal is as the shell wants it."""
        assert not self._screen.alternate, "the alternate screen was not left"
        on = self._screen.modes_on
        for mode, name in ((2004, "bracketed paste"), (1000, "the mouse"), (1003, "the mouse"), (1004, "focus")):
            assert mode not in on, f"{name} is still on"
        assert 25 in on or b"\x1b[?25" not in self.raw, "the cursor is hidden"


class Desk:
    """Where a person sits: everything the program may write to lies under `folder`."""

    def __init__(self, folder: Path, language: str = "en") -> None:
        self.folder = folder
        self.home, self.temporary, self.vault = folder / "home", folder / "tmp", folder / "vault"
        for each in (self.home, self.temporary, self.home / ".config" / "exin"):
            each.mkdir(parents=True, exist_ok=True)
        self.settings(language=language)
        self.terminals: list[Terminal] = []

    def settings(self, **values: str | int | bool) -> None:
        """Write the person's settings."""
        lines = [f"{name} = {_toml(value)}\n" for name, value in values.items()]
        (self.home / ".config" / "exin" / "settings.toml").write_text("".join(lines), encoding="utf-8")

    @property
    def environ(self) -> dict[str, str]:
        """An environment that names nothing outside the desk."""
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        return {
            **kept,
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "XDG_STATE_HOME": str(self.home / ".local" / "state"),
            "XDG_DATA_HOME": str(self.home / ".local" / "share"),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
        }

    def run(
        self,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        command: Iterable[str] = EXIN,
        environ: Mapping[str, str] | None = None,
    ) -> Terminal:
        """Start the program in a terminal of its own; closed with the desk."""
        terminal = Terminal((*command, *arguments), {**self.environ, **(environ or {})}, self.home, size)
        self.terminals.append(terminal)
        return terminal

    def log_in(self, person: tuple[str, str, str, str] = KARI, **options: Any) -> Terminal:
        """Start the screens as one of the team, and wait for the board."""
        terminal = self.run("--vault", str(self.vault), "--user", person[0], **options)
        unlock(terminal, person)
        return terminal

    def close(self) -> None:
        """End what still runs."""
        for terminal in self.terminals:
            terminal.close()


def today() -> date:
    """The team's present day, as the program in the terminal reckons it; asked when it is needed, never at import."""
    return clock.oslo().today()


def wait_past_midnight(needed: float = 120) -> None:
    """Where the team's midnight is nearer than `needed` seconds, wait for it: a journey tells of one day."""
    here = clock.oslo()
    now = here.local(here.seconds())
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), tzinfo=here.zone)
    left = midnight.timestamp() - now.timestamp()
    if left < needed:
        time.sleep(left + 1)


def unlock(terminal: Terminal, person: tuple[str, str, str, str] = KARI) -> None:
    """Answer the passphrase prompt and wait for the board."""
    terminal.wait(f"for {person[0]}")
    terminal.send(person[3] + ENTER)
    terminal.until(lambda: terminal.shown.alternate and "?" in terminal.text, "the board")
    terminal.wait(person[1])


def marked_field(terminal: Terminal) -> str:
    """What the field of a form with the focus is called, empty where none is to be seen."""
    found = re.search(r"^▌(.+?)(?:  |$)", terminal.text, re.MULTILINE)
    return found[1] if found else ""


def down_to(terminal: Terminal, label: str) -> None:
    """Go down a form to the field that is called so; each key is waited for, so that none is pressed too often.

    What was pressed before must be done: another key that moves, still on its way, would be taken for one of these.
    """
    terminal.settle(0.15)
    passed: list[str] = []
    while (here := marked_field(terminal)) != label:
        assert here not in passed, f"no field {label}\n{terminal.text}"
        passed.append(here)
        terminal.send(DOWN)
        terminal.until(lambda before=here: marked_field(terminal) not in ("", before), f"the field below {here}")
        # A line of which only some cells have come yet is the name of no field.
        terminal.settle(0.15)


def keep_mine(terminal: Terminal, *versions: str, said: str = "Saved.") -> None:
    """Where both versions are shown, read them and keep one's own; what was typed before they stood there is none."""
    terminal.wait("Read both, then press Enter", *versions)
    terminal.settle()
    terminal.send(ENTER)
    terminal.wait_gone("then press Enter")
    terminal.send("m")
    terminal.wait(said)


def leave(terminal: Terminal) -> None:
    """Leave the program from the board."""
    terminal.send("q")
    terminal.wait("Once more leaves the program.")
    terminal.send("q")
    assert terminal.ended() == 0, terminal.text
    terminal.assert_restored()


def found_vault(folder: Path, *people: tuple[str, str, str, str]) -> None:
    """A vault with these people in it, the first its founder, with cheap key derivation."""
    first, *others = people or (KARI,)
    unlocked, _recovery = sealed.create(folder, first[0], first[3], role=first[2], kdf=WEAK)
    store = Store(unlocked, clock.oslo(), programme.load())
    store.open()
    store.change_now(staff.join, first[0], first[1], first[2], unlocked.slot_id or "")
    store.close()
    for person in others:
        store = opened(folder, first)
        slot = store.unlocked.add_slot(person[0], person[3], role=person[2], kdf=WEAK)
        store.change_now(staff.join, *person[:3], slot)
        store.close()


def opened(folder: Path, person: tuple[str, str, str, str] = KARI) -> Store:
    """The vault open for one of the team, in this process; the caller closes it."""
    store = Store(sealed.unlock(folder, person[0], person[3]), clock.oslo(), programme.load())
    store.open()
    return store


def _toml(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, int) else f'"{value}"'
