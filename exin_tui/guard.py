"""What is made safe before anything else runs: environment, process, terminal. Imports next to nothing."""

from __future__ import annotations

import os
import sys

from config.errors import ExinError, ExitCode
from config.words import N_, _

MIN_COLUMNS = 40
MIN_ROWS = 10

_TEXTUAL = {"TEXTUAL_ANIMATIONS": "none", "TEXTUAL_SMOOTH_SCROLL": "0", "TEXTUAL_FPS": "60"}
_LEAKING = (
    "PYTHONASYNCIODEBUG",
    "PYTHONBREAKPOINT",
    "PYTHONDEVMODE",
    "PYTHONDUMPREFS",
    "PYTHONFAULTHANDLER",
    "PYTHONINSPECT",
    "PYTHONMALLOCSTATS",
    "PYTHONPROFILEIMPORTTIME",
    "PYTHONTRACEMALLOC",
    "PYTHONVERBOSE",
    "PYTHONWARNINGS",
)
_PR_SET_DUMPABLE = 4
_SIZE_DIGITS = 3
"""Of a window: none has a thousand columns."""
_REDIRECTED = (
    N_("EX/IN shows its screens in a terminal, but the input comes from elsewhere."),
    N_("EX/IN shows its screens in a terminal, but the output goes elsewhere."),
    N_("EX/IN shows its screens in a terminal, but the error output goes elsewhere, where they would be stored."),
)
"""What is said of each of the standard streams where it is no terminal."""
_UNSUITABLE_TERMS = frozenset({"", "dumb", "unknown", "emacs", "network", "dialup", "plugboard", "su"})


class NotATerminal(ExinError):
    """The place is not one the screens can be shown in."""

    exit_code = ExitCode.UNSUITABLE


def scrub_environment() -> None:
    """Drop what makes Textual or Python write down what is on the screen, and set what keeps the line quiet.

    Must run before the first import of textual, which reads the variables once.
    """
    for name in [name for name in os.environ if name.upper().startswith("TEXTUAL")]:
        del os.environ[name]
    for name in _LEAKING:
        os.environ.pop(name, None)
    for name in ("COLUMNS", "LINES"):
        # The terminal knows better, and a size that is none would be given room for.
        if not os.environ.get(name, "").isdecimal() or len(os.environ[name]) > _SIZE_DIGITS:
            os.environ.pop(name, None)
    os.environ.update(_TEXTUAL)


def speak_utf8() -> None:
    """Write UTF-8 on the standard streams, whatever the locale and `PYTHONIOENCODING` say.

    Textual draws on standard error, where a locale of Latin-1 would have a line of a frame written as `\\u2500`.
    Terminals are UTF-8; of one that is not, `exin doctor` tells.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors=stream.errors)


def other_charset() -> str:
    """The character set that the environment names where it is not UTF-8, else empty.

    The plain locale C says nothing of the terminal.
    """
    import locale

    named = os.environ.get("PYTHONIOENCODING", "").partition(":")[0] or locale.getencoding()
    plain = named.lower().replace("-", "").replace("_", "")
    return "" if plain in ("utf8", "cp65001", "ascii", "usascii", "ansix3.41968", "646") else named


def harden_process() -> None:
    """No core file, and whatever is made is its owner's alone; a vault gives a group its share itself.

    Must run before anything is made.
    """
    os.umask(0o077)
    try:
        import resource
    except ImportError:
        return
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        # A limit somebody already lowered cannot be set again everywhere; then it is what we want.
        return


def forbid_dumps() -> None:
    """Make the process undumpable (Linux), also for a core pattern that ignores limits and for a foreign debugger.

    Must run before a secret is read. Imports ctypes, which is slow: on the way to the screens it comes when the prompt
    is there and before anything is taken from the terminal.
    """
    if not sys.platform.startswith("linux"):
        return
    try:
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    except (ImportError, OSError, AttributeError):
        return


def give_back_memory() -> None:
    """Give what is not in use back to the system, which empties it: what is only freed keeps its text.

    Takes some tens of milliseconds. Python's own small blocks stay in the process.
    """
    import gc

    gc.collect()
    if not sys.platform.startswith("linux"):
        return
    try:
        import ctypes

        # Not every C library has it.
        ctypes.CDLL(None).malloc_trim(0)
    except (ImportError, OSError, AttributeError):
        return


def require_terminal() -> None:
    """Raise `NotATerminal` unless the three streams are a terminal that can show the screens.

    Standard error counts: frames are written there, and `2>file` would keep them in the clear.
    """
    for stream, text in zip((sys.stdin, sys.stdout, sys.stderr), _REDIRECTED, strict=True):
        if not is_terminal(stream):
            raise NotATerminal(_(text))
    term = os.environ.get("TERM", "").strip()
    if os.name == "posix" and term.lower() in _UNSUITABLE_TERMS:
        text = _("This terminal cannot move its cursor (TERM is “{term}”). Set TERM to what it is, such as xterm.")
        raise NotATerminal(text.format(term=term))
    require_room()


def require_room() -> None:
    """Raise `NotATerminal` when the window is known to be smaller than 40 columns by 10 rows."""
    try:
        columns, rows = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError):
        return
    # A serial line reports no size: then Textual assumes one.
    if (columns and columns < MIN_COLUMNS) or (rows and rows < MIN_ROWS):
        text = _("The window is {columns} x {rows}; EX/IN needs at least {min_columns} x {min_rows}.")
        raise NotATerminal(text.format(columns=columns, rows=rows, min_columns=MIN_COLUMNS, min_rows=MIN_ROWS))


def is_terminal(stream: object) -> bool:
    """Whether the file behind `stream` is a terminal; a closed or missing one is not."""
    fileno = getattr(stream, "fileno", None)
    try:
        return fileno is not None and os.isatty(fileno())
    except (OSError, ValueError):
        return False
