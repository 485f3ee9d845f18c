"""The one place that writes lines to a terminal outside the screens: none of them can steer it.

Imported before anything else, so it imports next to nothing.
"""

from __future__ import annotations

import sys

from config.errors import ExinError, ExitCode
from config.plain import plain
from config.words import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

_LINES = "\n\t"
_OVER = "\r"
_ERASE = "\x1b[K"


class OutputLost(ExinError):
    """What was asked for could not be written to standard output."""

    exit_code = ExitCode.UNSUITABLE


def put(text: str) -> None:
    """Write data to standard output, whole; raises BrokenPipeError, or `OutputLost` for any other reason.

    JSON means the same afterwards, and lines stay lines: `put_line` is for one that holds what others have written.
    """
    if sys.stdout is None:
        raise OutputLost(_("There is no output to write to."))
    try:
        show(sys.stdout, text)
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        raise output_lost(error) from error


def put_line(*fields: str) -> None:
    """Write one line of standard output, of fields with tabs between them; raises as `put`."""
    put("\t".join(map(plain, fields)) + "\n")


def write_line(text: str) -> None:
    """Write a line to the real error output, if there is one to write to."""
    _tell(plain(text) + "\n")


def write_over(text: str) -> None:
    """Write over the line that stands on the error output; nothing erases it."""
    _tell(_OVER + (plain(text) or _ERASE))


def show(stream: TextIO, text: str) -> None:
    """Write lines of text to a stream; raises what the stream raises."""
    stream.write(plain(text, _LINES))
    stream.flush()


def output_lost(error: OSError | ValueError) -> OutputLost:
    """The sentence for output that could not be written."""
    from config.reasons import reason

    why = reason(error) if isinstance(error, OSError) else type(error).__name__
    return OutputLost(_("The output could not be written: {reason}.").format(reason=why))


def _tell(text: str) -> None:
    stream = sys.__stderr__
    if stream is None:
        return
    try:
        stream.write(text)
        stream.flush()
    except (OSError, ValueError):
        return
