"""How the program ends when it does not end by itself: the sentence, the exit code, the signal."""

from __future__ import annotations

import os
import sys
import threading
from typing import Final

from config.errors import ExinError, ExitCode
from exin_tui import crash, ending_signals
from exin_tui.ending_signals import Signalled
from exin_tui.printing import output_lost, write_line

_INTERRUPTED: Final = 130
_PIPE_CLOSED: Final = 141


def report(error: BaseException) -> int:
    """Say what the person is to know of `error`, and answer the exit code."""
    match error:
        case SystemExit(code=int(code)):
            return code
        case SystemExit(code=given):
            return ExitCode.DONE if given is None else ExitCode.USAGE
        case KeyboardInterrupt():
            return _INTERRUPTED
        case Signalled(number=number):
            write_line(ending_signals.sentence(number))
            return 128 + number
        case BrokenPipeError():
            return _PIPE_CLOSED
        case ExinError(text=text, exit_code=code):
            write_line(text)
            return code
        case _:
            crash.say(error)
            return crash.EXIT_CODE


def flush_output(code: int) -> int:
    """Bring out what is still to be written, and answer the exit code, another one when it could not be written."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _give_up_output()
        code = code or _PIPE_CLOSED
    except (OSError, ValueError) as error:
        _give_up_output()
        if code == ExitCode.DONE:
            code = report(output_lost(error))
    if any(thread.daemon for thread in threading.enumerate() if thread is not threading.main_thread()):
        # An interpreter that ends while another thread imports may not survive it.
        os._exit(code)
    return code


def _give_up_output() -> None:
    """Make the interpreter's own last flush a silent one."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
