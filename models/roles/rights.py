"""The table verb × role: what each right lets one do, which roles have it, and what everybody else is told.

A change names its right where it is declared (`models.storage.actions`), a witnessed act stands in `ACTS`, a key names
its right in `config/actions`. All of them are asked for here, and refused in `models.storage.work.Work` alone.
`docs/rights.md` holds the whole table as written by hand, and a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from config.errors import ExinError
from config.words import N_, _
from models.vault.roster import CASEWORKER, LEADER, READER, ROLES

__all__ = ["CASEWORKER", "LEADER", "READER", "ROLES"]


class NotAllowed(ExinError):
    """The person's role, or who a participant is restricted to, does not let them do this."""


class Right(StrEnum):
    """What one may be allowed to do; a key of `config/actions` names it by its value."""

    READ = "read"
    OWN = "own"
    WRITE = "write"
    PRINT = "print"
    PRINT_LISTS = "print_lists"
    EXPORT = "export"
    EXPORT_ALL = "export_all"
    TEAM = "team"
    ACCEPT_OLDER = "accept_older"
    ASK = "ask"
    RESTRICT = "restrict"
    OPEN = "open"
    REOPEN = "reopen"
    FIGURES = "figures"


HOLDERS: Final[Mapping[Right, frozenset[str]]] = {
    Right.READ: frozenset(ROLES),
    Right.OWN: frozenset(ROLES),
    Right.WRITE: frozenset({LEADER, CASEWORKER}),
    Right.PRINT: frozenset({LEADER, CASEWORKER}),
    Right.PRINT_LISTS: frozenset({LEADER, CASEWORKER}),
    Right.EXPORT: frozenset({LEADER, CASEWORKER}),
    Right.EXPORT_ALL: frozenset({LEADER}),
    Right.TEAM: frozenset({LEADER}),
    Right.ACCEPT_OLDER: frozenset({LEADER}),
    Right.ASK: frozenset({LEADER}),
    Right.RESTRICT: frozenset({LEADER}),
    Right.OPEN: frozenset(ROLES),
    Right.REOPEN: frozenset({LEADER}),
    Right.FIGURES: frozenset({LEADER}),
}
"""The roles that have each right. Facts of life are everybody's to write who writes at all: advice is no wall."""

_REFUSED: Final[Mapping[Right, str]] = {
    Right.WRITE: N_("You have read access only. Ask the team leader if you need to write."),
    Right.PRINT: N_("You have read access only, and paper leaves the vault. Ask a caseworker to print it."),
    Right.PRINT_LISTS: N_("You have read access only, and a list leaves the vault. Ask a caseworker to print it."),
    Right.EXPORT: N_("You have read access only, and a file leaves the vault. Ask a caseworker to write it."),
    Right.EXPORT_ALL: N_("Only a team leader can export everybody at once. Ask one, or export one participant."),
    Right.TEAM: N_("Only a team leader can change who is in the team. Ask one of them."),
    Right.ACCEPT_OLDER: N_("Only a team leader can go on with an older state of the vault. Ask one of them."),
    Right.ASK: N_("Only a team leader asks who has looked at whose file. Ask one of them."),
    Right.RESTRICT: N_("Only a team leader can restrict a participant and say who may see them. Ask one."),
    Right.REOPEN: N_("Only a team leader opens a closed meeting again. Ask one, or add to its minutes."),
    Right.FIGURES: N_("Only a team leader sees one colleague's figures and lets figures out of the vault. Ask one."),
}

ONE: Final = " …"
"""Behind the name of an act: it says whom or what it concerns."""
ACTS: Final[Mapping[str, Right]] = {
    "export.json": Right.EXPORT_ALL,
    "export.json" + ONE: Right.EXPORT,
    "export.calendar": Right.EXPORT,
    "export.calendar" + ONE: Right.EXPORT,
    "export.figures" + ONE: Right.FIGURES,
    "programme.changed" + ONE: Right.READ,
    "programme.limit" + ONE: Right.TEAM,
    "paper.print" + ONE: Right.PRINT,
    "paper.print figures" + ONE: Right.FIGURES,
    "paper.print team_list" + ONE: Right.PRINT_LISTS,
    "paper.print team_reviews" + ONE: Right.PRINT_LISTS,
    "paper.write" + ONE: Right.PRINT,
    "paper.write figures" + ONE: Right.FIGURES,
    "paper.write team_list" + ONE: Right.PRINT_LISTS,
    "paper.write team_reviews" + ONE: Right.PRINT_LISTS,
    "vault.accept_older" + ONE: Right.ACCEPT_OLDER,
    "user.passphrase": Right.OWN,
    "user.passphrase_given" + ONE: Right.TEAM,
    "user.recover" + ONE: Right.TEAM,
    "user.recovery_key": Right.TEAM,
    "user.unowned" + ONE: Right.TEAM,
}
"""The right to each act that is witnessed and changes nothing."""


def allows(role: str, right: Right) -> bool:
    """Whether the role has the right; a role that this version does not know has what a reader has."""
    return (role if role in ROLES else READER) in HOLDERS[right]


def refusal(role: str, right: Right) -> str:
    """Why the role may not, and whom to ask, in a sentence; empty where it may."""
    return "" if allows(role, right) else _(_REFUSED[right])


def require(role: str, right: Right) -> None:
    """Raise `NotAllowed` for a role that does not have the right."""
    if reason := refusal(role, right):
        raise NotAllowed(reason)


def restricted() -> str:
    """What whoever may not see a participant is told."""
    return _("This participant is restricted to some colleagues. Ask a team leader, or open them with a reason.")


def of_act(act: str) -> Right:
    """The right to a witnessed act, as the audit names it. Raises KeyError for one that stands in no table."""
    words = act.split()
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        if (found := ACTS.get(name if count == len(words) else name + ONE)) is not None:
            return found
    raise KeyError(f"the act {act} has no right of its own (models.roles.rights)")
