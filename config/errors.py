"""The one root of every error that has a text for the person."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the command line answers to scripts; stable."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    CANNOT_UNLOCK = 3
    DAMAGED_VAULT = 4
    UNSUITABLE = 5
    OLDER_VAULT = 6
    CRASHED = 70


class ExinError(Exception):
    """Carries one clear sentence for the person, already in their language, naming what and where."""

    exit_code: ExitCode = ExitCode.USAGE

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
