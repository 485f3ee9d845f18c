"""What was left unfinished before, as a form offers it: laid over the form, put aside, or named to be taken up."""

from __future__ import annotations

from collections.abc import Sequence

from config.dates import format_moment
from config.words import _
from models.storage.drafts import KeptForm
from screens.forms.draft_keeper import Keeper
from screens.frame.case import Case
from screens.widgets.line import DIM, WARN, Piece


class Offer:
    """Knows what `keeper` found: `kept` belongs to this form, and lies over it unless it was put aside, `emptied`.

    A form about nobody yet, of which there may be several, begins empty: what was left of another one is about somebody
    else. The `next` one is only named, and `take_up` is the one to begin with, by its row.
    """

    def __init__(self, case: Case, keeper: Keeper) -> None:
        self._case, self._keeper = case, keeper
        self.kept: KeptForm | None = None
        self.next: KeptForm | None = None
        self.emptied = False
        self.take_up = 0

    @property
    def found(self) -> KeptForm | None:
        """What there is to do something with."""
        return self.kept or self.next

    @property
    def laid(self) -> KeptForm | None:
        """What lies over the form."""
        return None if self.emptied else self.kept

    @property
    def only_named(self) -> bool:
        """Whether this is a new form, and another one was left unfinished."""
        return self.kept is None and self.next is not None

    async def find(self) -> None:
        """Look for what was left unfinished."""
        self.kept = await self._keeper.found()
        if self._keeper.several:
            begun = await self._keeper.all()
            self._take(next((one for one in begun if one.id == self.take_up), None), begun)

    async def go_on(self) -> None:
        """Keep what is written, and go on with the one begun before it; after the first of all comes a new form."""
        await self._keeper.now()
        here, begun = self._keeper.number, await self._keeper.all()
        self._take(_after(here, begun), begun)

    def _take(self, kept: KeptForm | None, begun: Sequence[KeptForm]) -> None:
        self._keeper.take(kept)
        self.kept, self.next = kept, _after(kept.subject if kept is not None else None, begun)

    def told(self, key: str) -> list[Piece]:
        """The line that says so above the fields; `key` puts it aside, brings it back or takes it up."""
        if self.found is None:
            return []
        if self.kept is None:
            words = _("This form is new. You left another one unfinished {when}: {key} takes it up.")
        elif self.emptied:
            words = _("The form you left unfinished {when} is put aside; {key} brings it back.")
        else:
            words = _("You left this unfinished {when}; here it is. {key} puts it aside.")
        when = format_moment(self._case.clock.local(self.found.saved_at))
        return [(words.format(when=when, key=key), WARN if self.laid else DIM)]


def _after(number: int | None, begun: Sequence[KeptForm]) -> KeptForm | None:
    """Which of several was begun before the one of this number; the one begun last for a new form."""
    return next((one for one in begun if number is None or one.subject > number), None)
