"""What an action and a scope are, and how a scope's rows are made."""

from __future__ import annotations

from functools import partialmethod
from typing import Final

from msgspec import Struct

from config.words import N_

EVERYWHERE: Final = "everywhere"
WRITE: Final = "write"
FIRST, WHERE_ROOM, NEVER = 1, 2, 0
"""Where the foot of a screen has an action: on eighty columns, behind those where there is room, nowhere."""


class Action(Struct, frozen=True):
    """What a key starts; `instead_of` names the action from everywhere whose place it takes in its scope.

    `footer` says whether the foot shows it: `FIRST`, `WHERE_ROOM` in the order of the registry, or `NEVER`.
    What must hold for it: `right` is the one it takes (`models/roles/rights.py`), `needs_row` says why not where no
    row is under the mark.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    explain: str
    scope: str
    footer: int = FIRST
    palette: bool = True
    instead_of: str = ""
    right: str = "read"
    needs_row: str = ""

    @property
    def writes(self) -> bool:
        """Whether it is for those who may write."""
        return self.right == WRITE


class Scope(Struct, frozen=True):
    """Where actions hold, and what makes them: the id of each is the scope's with a name of its own.

    Where `typing` is true text is typed, so a letter or a sign starts nothing.
    """

    id: str
    label: str
    typing: bool = False

    def key(
        self, name: str, keys: str, label: str, explain: str, *, footer: int = FIRST, palette: bool = True,
        instead_of: str = "", writes: bool = False, right: str = "read", needs_row: str = "",
    ) -> Action:  # fmt: skip
        """An action, its keys with a space between; one that `writes` takes the right to write."""
        id = f"{'app' if self.id == EVERYWHERE else self.id}.{name}"
        right = WRITE if writes else right
        return Action(id, tuple(keys.split()), label, explain, self.id, footer, palette, instead_of, right, needs_row)

    more = partialmethod(key, footer=WHERE_ROOM)
    """An action that the foot shows where there is room for it."""

    move = partialmethod(key, footer=NEVER, palette=False)
    """What goes from one line, column or field to another: people try the arrows first, and Tab."""

    def close(self, explain: str, label: str = N_("Close")) -> Action:
        """What takes the place of going back a screen."""
        keys = "escape f4" if self.typing else "escape q"
        return self.key("close", keys, label, explain, palette=False, instead_of="app.quit_or_back")

    def list_keys(self, explain: str, label: str = N_("Close")) -> tuple[Action, ...]:
        """What every list has: closing it, which the sentence explains, and moving in it."""
        return (self.close(explain, label), *self.moves())

    def moves(self) -> tuple[Action, ...]:
        """Up and down a list, by arrows and by letters.

        Where text is typed, letters are text and Home and End move in it.
        """
        rows = (
            ("up", "up", "k", N_("Up"), N_("Move one line up.")),
            ("down", "down", "j", N_("Down"), N_("Move one line down.")),
            ("page_up", "pageup", "", N_("Page up"), N_("Move one page up.")),
            ("page_down", "pagedown", "", N_("Page down"), N_("Move one page down.")),
            ("first", "home", "g", N_("First"), N_("Go to the first line.")),
            ("last", "end", "G", N_("Last"), N_("Go to the last line.")),
        )
        return tuple(
            self.move(name, key if self.typing else f"{key} {letter}", label, explain)
            for name, key, letter, label, explain in rows
            if not self.typing or name not in ("first", "last")
        )
