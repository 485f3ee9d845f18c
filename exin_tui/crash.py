"""What is said when something unforeseen happens: one sentence, with no value, no message and no traceback in it."""

from __future__ import annotations

import os
import sys

from exin_tui.printing import write_line

TYPE_CHECKING = False
"""As in `typing`, which is slow to import and needed by nothing else before the prompt."""

if TYPE_CHECKING:
    import threading
    from types import TracebackType

EXIT_CODE = 70
"""`config.errors.ExitCode.CRASHED`, spelled out because this module is imported before anything else."""

_ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_OURS = ("exin_tui", "screens", "models", "config")


def place_of(error: BaseException) -> str:
    """The innermost of our own frames the error passed through, as `package.module:line`; `?` when there is none.

    An exception that was raised from another counts by its own traceback. No message and no value is read.
    """
    found = "?"
    traceback = error.__traceback__
    while traceback is not None:
        name = _module_name(traceback)
        if name:
            found = f"{name}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return found


def _module_name(traceback: TracebackType) -> str:
    """The dotted name when the frame is of our packages, by its file; a frame's globals may hold anything."""
    path = traceback.tb_frame.f_code.co_filename
    relative = path[len(_ROOT) + 1 :] if path.startswith(_ROOT + os.sep) else ""
    name = relative.removesuffix(".py").replace(os.sep, ".")
    return name if name.split(".", 1)[0] in _OURS else ""


def sentence(error: BaseException) -> str:
    """One sentence for the person: the class of the error and where in our code, nothing else."""
    # The words load gettext, which an orderly start has no use for before the first prompt.
    from config.words import _

    return _(
        "EX/IN stopped because of an error in the program ({kind} in {place}). Nothing more is shown here."
    ).format(kind=type(error).__name__, place=place_of(error))


def say(error: BaseException) -> None:
    """Write the sentence to the terminal; a terminal that is gone is no further error."""
    write_line(sentence(error))


def install() -> None:
    """Make every hook of the interpreter neutral: the main thread's, other threads', and `__del__`'s.

    The main thread's hook ends the process with `EXIT_CODE` (70).
    """
    sys.excepthook = _on_exception
    sys.unraisablehook = _on_unraisable
    # An import of threading is cheap, but not needed by the prompt where it is not yet loaded.
    import threading

    threading.excepthook = _on_thread_exception


def silence_logging() -> None:
    """Let no library write a log record to the terminal; for after the imports, since it loads `logging`."""
    import logging

    logging.raiseExceptions = False
    logging.lastResort = None


def _on_exception(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        os._exit(130)
    say(error)
    # The interpreter would answer 1 for any exception; the code is part of the command line's promise.
    os._exit(EXIT_CODE)


def _on_thread_exception(arguments: threading.ExceptHookArgs) -> None:
    if arguments.exc_value is not None:
        say(arguments.exc_value)


def _on_unraisable(unraisable: sys.UnraisableHookArgs) -> None:
    """Say nothing: the object's repr may hold anything, and nothing can be done about it."""
