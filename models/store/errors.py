"""Why a session has no vault to work with."""

from __future__ import annotations

from config.errors import ExinError, ExitCode
from config.words import _


class Locked(ExinError):
    """The vault is not open in this session, so there is nothing to read or write."""

    def __init__(self) -> None:
        super().__init__(_("The vault is locked. Unlock it to go on."))


class SomebodyElses(ExinError):
    """The key opens the vault, but belongs to somebody else than whose session it is."""

    exit_code = ExitCode.CANNOT_UNLOCK

    def __init__(self) -> None:
        super().__init__(_("This passphrase opens the vault for somebody else now. Leave the program and start anew."))


class NotInTeam(ExinError):
    """The key opens the vault, but belongs to nobody in the team."""

    exit_code = ExitCode.CANNOT_UNLOCK

    def __init__(self) -> None:
        super().__init__(_("This key belongs to nobody in the team. Ask the team leader to give you access again."))
