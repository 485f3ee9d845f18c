"""What is opened by key from the board: of the participant under the mark, or of the whole team."""

from __future__ import annotations

from typing import Final

from models.board import BoardCard
from screens.frame.screen import CaseScreen

NEEDS_CARD: Final = ("board.open", "board.record", "board.reviews", "board.phase_out")
"""What is opened of a participant, so somebody must be under the mark."""


class BoardKeys(CaseScreen[None]):
    """A screen of cards."""

    @property
    def card(self) -> BoardCard | None:
        """The card under the mark."""
        raise NotImplementedError

    async def action_open(self) -> None:
        card = self.card
        if card is not None:
            await self.shell.open_participant(card.participant)

    async def action_record(self) -> None:
        card = self.card
        if card is not None:
            await self.shell.open_record(card.participant)

    async def action_phase_out(self) -> None:
        card = self.card
        if card is not None:
            await self.shell.open_phase_out(card.participant)

    async def action_agenda(self) -> None:
        await self.shell.open_agenda()

    async def action_people(self) -> None:
        await self.shell.open_people()

    async def action_meetings(self) -> None:
        await self.shell.open_meetings()

    async def action_team_list(self) -> None:
        await self.shell.open_team_list()

    async def action_candidates(self) -> None:
        await self.shell.open_candidates()

    async def action_reviews(self) -> None:
        card = self.card
        if card is not None:
            await self.shell.open_reviews(card.participant)

    async def action_signals(self) -> None:
        await self.shell.open_signals()

    async def action_absences(self) -> None:
        await self.shell.open_absences()

    async def action_hand_overs(self) -> None:
        await self.shell.open_hand_overs()

    async def action_add(self) -> None:
        await self.shell.open_participant_form(None)

    async def action_open_items(self) -> None:
        await self.shell.open_open_items()
