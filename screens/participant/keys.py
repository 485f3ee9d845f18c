"""What is opened by key from a participant: each a screen or a form of its own."""

from __future__ import annotations

from screens.frame.case import Case
from screens.frame.screen import CaseScreen


class ParticipantKeys(CaseScreen[None]):
    """A screen of one participant, whose number is `participant`; 0 while nobody is shown."""

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.participant = 0

    async def action_record(self) -> None:
        await self.shell.open_record(self.participant)

    async def action_edit(self) -> None:
        await self.shell.open_participant_form(self.participant)

    async def action_phases(self) -> None:
        await self.shell.open_phases(self.participant)

    async def action_checklists(self) -> None:
        await self.shell.open_checklists(self.participant)

    async def action_agenda(self) -> None:
        await self.shell.open_agenda(self.participant)

    async def action_applications(self) -> None:
        await self.shell.open_applications(self.participant)

    async def action_goals(self) -> None:
        await self.shell.open_goals(self.participant)

    async def action_spending(self) -> None:
        await self.shell.open_spending(self.participant)

    async def action_paper(self) -> None:
        await self.shell.open_paper(self.participant)

    async def action_meetings(self) -> None:
        await self.shell.open_meetings(self.participant)

    async def action_network(self) -> None:
        await self.shell.open_network(self.participant)

    async def action_intake(self) -> None:
        await self.shell.open_intake(self.participant)

    async def action_signals(self) -> None:
        await self.shell.open_signals(self.participant)

    async def action_hand_over(self) -> None:
        await self.shell.open_hand_over(self.participant)

    async def action_consents(self) -> None:
        await self.shell.open_consents(self.participant)

    async def action_reviews(self) -> None:
        await self.shell.open_reviews(self.participant)

    async def action_phase_out(self) -> None:
        await self.shell.open_phase_out(self.participant)
