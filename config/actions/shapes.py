"""What an action and a scope are, and the keys that every list has."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from config.words import N_

EVERYWHERE: Final = "everywhere"


class Action(Struct, frozen=True):
    """What a key starts; `instead_of` names the action from everywhere whose place it takes in its scope.

    What must hold for it: `writes` is for those who may write, `needs_row` says why not where no row is under the mark.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    explain: str
    scope: str
    footer: bool = True
    palette: bool = True
    instead_of: str = ""
    writes: bool = False
    needs_row: str = ""


class Scope(Struct, frozen=True):
    """Where actions hold; where `typing` is true text is typed, so a letter or a sign starts nothing."""

    id: str
    label: str
    typing: bool = False


def moves(scope: str, *, typing: bool = False) -> tuple[Action, ...]:
    """Up and down a list, by arrows and by letters; not in the footer, since people try arrows first.

    Where text is typed, letters are text and Home and End move in it.
    """
    rows = (
        ("up", ("up", "k"), N_("Up"), N_("Move one line up.")),
        ("down", ("down", "j"), N_("Down"), N_("Move one line down.")),
        ("page_up", ("pageup",), N_("Page up"), N_("Move one page up.")),
        ("page_down", ("pagedown",), N_("Page down"), N_("Move one page down.")),
        ("first", ("home", "g"), N_("First"), N_("Go to the first line.")),
        ("last", ("end", "G"), N_("Last"), N_("Go to the last line.")),
    )
    return tuple(
        Action(f"{scope}.{name}", keys[:1] if typing else keys, label, explain, scope, footer=False, palette=False)
        for name, keys, label, explain in rows
        if not typing or name not in ("first", "last")
    )
