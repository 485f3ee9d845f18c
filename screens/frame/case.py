"""What every screen is given: the vault, the person's settings, the programme, the keys, and whether names may show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from config.keymap import Keymap
from config.outside import OutPlace
from config.programme.shapes import Programme
from config.settings import Settings
from models.board import BoardQuery
from models.store import Store
from models.values.clock import Clock


@dataclass
class Case:
    """The one thing screens share; `private` hides names everywhere at once, `board` is what the board shows.

    `outputs` is the one folder that files may go to, where the person has no other.
    """

    store: Store
    settings: Settings
    programme: Programme
    keymap: Keymap
    clock: Clock
    private: bool = False
    board: BoardQuery = field(default_factory=BoardQuery)
    outputs: Path | None = None

    @property
    def today(self) -> date:
        """Today's date where the team works."""
        return self.clock.today()

    @property
    def out_place(self) -> OutPlace:
        """Where files may be written."""
        return OutPlace(self.store.unlocked.place.folder, self.outputs)

    def called(self, code: str, name: str) -> str:
        """How a participant is called on a screen: by name, or by code while names are hidden."""
        return code if self.private or not name else name
