"""The printer of this machine: a paper that was written can be sent to it, and nothing of it shows on the way.

What is printed goes in on standard input, and the job is called the same whatever it is: the list of processes and the
queue are read by others.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import Final

from config.errors import ExinError, ExitCode
from config.plain import plain
from config.reasons import reason
from config.words import _

_PROGRAM: Final = "lp"
_TITLE: Final = "exin"
_SECONDS: Final = 60
_TOLD: Final = 120


class NotPrinted(ExinError):
    """The printer did not take it."""

    exit_code = ExitCode.UNSUITABLE


def found() -> str:
    """The program that prints, whole; empty where this machine has none."""
    named = shutil.which(_PROGRAM) or ""
    # One that lies where somebody happens to stand is not the system's.
    return named if os.path.isabs(named) else ""


def send(data: bytes) -> None:
    """Hand `data` to the printer. Raises `NotPrinted` with what it said; waits a minute at most."""
    program = found()
    if not program:
        raise NotPrinted(_("There is no printer on this machine."))
    try:
        done = subprocess.run(
            [program, "-t", _TITLE], input=data, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=_SECONDS,
            check=False, start_new_session=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NotPrinted(_("The printer did not answer within a minute.")) from error
    except OSError as error:
        raise NotPrinted(_("Not printed: {reason}.").format(reason=reason(error))) from error
    if done.returncode:
        said = plain(" ".join(done.stderr.decode(errors="replace").split()))[:_TOLD].rstrip(".")
        raise NotPrinted(_("Not printed: {reason}.").format(reason=said or done.returncode))
