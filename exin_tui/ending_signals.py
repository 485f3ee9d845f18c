"""The signals that end a program, each ending this one in order: the terminal as it was, a sentence, 128 + its number.

Imported before the first prompt, so it imports next to nothing.
"""

from __future__ import annotations

import signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Final, NoReturn

_NAMES: Final = (
    "SIGHUP", "SIGQUIT", "SIGTRAP", "SIGABRT", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGTERM", "SIGSTKFLT", "SIGXCPU",
    "SIGVTALRM", "SIGPROF", "SIGIO", "SIGPWR", "SIGSYS", "SIGEMT", "SIGBREAK",
)  # fmt: skip
"""SIGINT is a KeyboardInterrupt, SIGPIPE and SIGXFSZ are errors of what is written, and a fault of the machine such as
SIGSEGV cannot be gone on from."""

ENDING: Final = (
    *(number for number in (getattr(signal, name, None) for name in _NAMES) if number is not None),
    *range(getattr(signal, "SIGRTMIN", 0), getattr(signal, "SIGRTMAX", -1) + 1),
)
"""Every signal that would end the program then and there, and that can be waited with until the terminal is restored;
one that the system does not know is left out."""


class Signalled(BaseException):
    """A signal asks the program to end; the exit code is 128 and its `number`."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def end_in_order() -> None:
    """Let each of `ENDING` raise `Signalled` in the main thread; call it before the terminal is changed.

    The first one counts: another must not cut short what it has begun.
    """
    for number in ENDING:
        # A program started with nohup goes on ignoring the hangup.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _raise)


def sentence(number: int) -> str:
    """What is said at an end that somebody or something else has asked for."""
    from config.words import _

    return _("EX/IN was ended from outside (signal {number}).").format(number=int(number))


def _raise(number: int, frame: FrameType | None) -> NoReturn:
    for other in ENDING:
        if signal.getsignal(other) is _raise:
            signal.signal(other, signal.SIG_IGN)
    raise Signalled(number)
