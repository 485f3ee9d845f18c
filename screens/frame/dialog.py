"""What stands over another screen until it is answered or closed."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Final, Generic, TypeVar

from config.actions import Action
from config.words import _
from screens.frame.case import Case
from screens.frame.moving import ListKeys
from screens.frame.screen import CaseScreen

Result = TypeVar("Result")

_ELSEWHERE: Final = frozenset({"app.search", "app.settings", "app.palette", "app.drafts", "app.undo"})


class Dialog(CaseScreen[Result], Generic[Result]):
    """A screen that is to be answered first: from it nothing else is opened but help, and nothing is undone unseen."""

    def actions(self) -> list[Action]:
        return [action for action in super().actions() if action.id not in _ELSEWHERE]

    def why_not(self, action_id: str) -> str:
        return _("Close this first.") if action_id in _ELSEWHERE else ""

    def action_close(self) -> Awaitable[None] | None:
        """Close without an answer."""
        self.dismiss(None)
        return None


class AboutParticipant(ListKeys, CaseScreen[int]):
    """A list about one participant; the result is the participant when something was changed here, else None.

    Textual calls the handlers of every class of a screen, a subclass's before these.
    """

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case)
        self.participant = participant
        self._touched = False

    @property
    def concerned(self) -> int:
        return self.participant

    async def on_mount(self) -> None:
        await self.refresh_case()
        self.set_focus(self.moving)

    def on_windowed_list_marked(self) -> None:
        self.draw_foot()

    async def _saved(self, number: int | None) -> None:
        """Back from a form, with None where nothing was saved."""
        if not number:
            return
        self._touched = True
        await self.catch_up()
        self.say(_("Saved."))

    def action_close(self) -> None:
        """Back to the participant."""
        self.dismiss(self.participant if self._touched else None)
