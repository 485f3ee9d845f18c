"""What stands over another screen until it is answered or closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Generic, TypeVar

from config.actions import Action
from config.words import _
from models.participants import participants
from screens.frame.case import Case
from screens.frame.moving import ListKeys
from screens.frame.screen import CaseScreen

Result = TypeVar("Result")

_ELSEWHERE: Final = frozenset(
    {
        "app.search", "app.settings", "app.palette", "app.drafts", "app.undo", "app.redo", "app.open_restricted",
        "app.passphrase",
    }
)  # fmt: skip


class Dialog(CaseScreen[Result], Generic[Result]):
    """A screen that is to be answered first: from it nothing else is opened but help, and nothing is undone unseen."""

    def actions(self) -> list[Action]:
        return [action for action in super().actions() if action.id not in _ELSEWHERE]

    def why_not(self, action_id: str) -> str:
        return _("Close this first.") if action_id in _ELSEWHERE else ""

    async def hiding(self, *texts: str) -> Callable[[str], str]:
        """What hides in a text the names of the participants named in these, while names are hidden."""
        if not self.case.private:
            return str
        known = await self.case.store.ask(participants.named_in, " ".join(texts))

        def said(text: str) -> str:
            for code, name in known:
                text = self.case.said(text, code, name)
            return text

        return said


class ListScreen(ListKeys, CaseScreen[Result], Generic[Result]):
    """A list that is read when it is opened and whenever something changed; the foot follows the mark.

    Textual calls the handlers of every class of a screen, a subclass's before these.
    """

    async def on_mount(self) -> None:
        # What it is about may be gone, or hidden, since the list it was opened from was read.
        await self.read_again()
        self.set_focus(self.moving)

    def on_windowed_list_marked(self) -> None:
        self.draw_foot()


class ChangedList(ListScreen[int]):
    """A list in which something may be changed; the result is 1 when something was, else None."""

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self._touched = False

    async def _saved(self, number: int | None) -> None:
        """Back from a form, with None where nothing was saved."""
        if not number:
            return
        self._touched = True
        await self.catch_up()
        self.say(_("Saved."))

    def action_close(self) -> None:
        """Back to where it was opened."""
        self.dismiss(1 if self._touched else None)


class AboutParticipant(ChangedList):
    """A list about one participant, who is the result when something was changed here."""

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case)
        self.participant = participant

    @property
    def concerned(self) -> int:
        return self.participant

    def action_close(self) -> None:
        """Back to the participant."""
        self.dismiss(self.participant if self._touched else None)
