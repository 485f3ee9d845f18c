"""Whom a form is about, and what may be shown of what was written about them."""

from __future__ import annotations

from collections.abc import Sequence

from models.participants import participants
from screens.frame.case import Case


class AboutWhom:
    """For a screen about one participant, or about nobody yet; `find_whom` is asked before the rest."""

    case: Case
    _whom = ("", "")

    async def find_whom(self, participant: int | None) -> None:
        """Find out what the participant is called."""
        if participant is not None:
            self._whom = await self.case.store.ask(participants.called, participant)

    def names_in_it(self) -> Sequence[tuple[str, str]]:
        """The code and the name of whom it is about, for what is asked of templates."""
        return (self._whom,)

    @property
    def called(self) -> str:
        """How the participant whom the form is about is called now."""
        return self.case.called(*self._whom)

    def said(self, text: str) -> str:
        """What was written about whom the form is about, as it may be shown outside the fields."""
        return self.case.said(text, *self._whom)

    def tells_who(self, text: str) -> bool:
        """Whether a text tells whom the form is about, while names are hidden."""
        return self.said(text) != text
