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
from models.storage.drafts import KeptForm
from models.store import Store
from models.values.clock import Clock
from models.values.own_name import masked


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
    saved: dict[int, KeptForm] = field(default_factory=dict)
    """What stood in each form that was saved in this session, by the number in the audit of the change it made."""
    given_back: dict[int, KeptForm] = field(default_factory=dict)
    """What became an unfinished form again, by the number in the audit of what took the change back."""

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

    def said(self, text: str, code: str, name: str) -> str:
        """What was written about a participant, as a screen may show it: while names are hidden with the code in place
        of the name. A form that it is changed in has it as it was written.
        """
        return masked(text, name, code) if self.private else text
