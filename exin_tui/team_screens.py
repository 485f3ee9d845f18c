"""The ways to the screens across the caseload and of the team; each screen is imported when it is first opened."""

from __future__ import annotations

from exin_tui.navigation import Showing


class TeamScreens(Showing):
    """Opens what `Shell` promises for the whole caseload; some of it can be narrowed to one participant."""

    async def open_agenda(self, participant: int | None = None) -> None:
        """Open the agenda, or one participant's."""
        from screens.plans.agenda import AgendaScreen

        await self.push_screen(AgendaScreen(self.case, participant), self._after_form)

    async def open_signals(self, participant: int | None = None) -> None:
        """Open what the program notices by itself, or about one participant."""
        from screens.signals.screen import SignalsScreen

        await self.push_screen(SignalsScreen(self.case, participant), self._after_form)

    async def open_open_items(self) -> None:
        """Open what is left on the checklists across the caseload."""
        from screens.checklists.open_items import OpenItemsScreen

        await self.push_screen(OpenItemsScreen(self.case), self._after_form)

    async def open_people(self, contact: int | None = None) -> None:
        """Open the register of contact persons, with the mark on `contact` if one is named."""
        from screens.contacts.register import PeopleScreen

        await self.push_screen(PeopleScreen(self.case, contact))

    async def open_team_list(self) -> None:
        """Open the list of every participant with the contact person of each agency."""
        from screens.contacts.team_list import TeamListScreen

        await self.push_screen(TeamListScreen(self.case), self._after_form)

    async def open_candidates(self) -> None:
        """Open the list of everybody in intake."""
        from screens.intake.candidates import CandidatesScreen

        await self.push_screen(CandidatesScreen(self.case), self._after_form)

    async def open_absences(self) -> None:
        """Open who is away and who covers."""
        from screens.team.absences import AbsencesScreen

        await self.push_screen(AbsencesScreen(self.case), self._after_form)

    async def open_hand_overs(self) -> None:
        """Open what was handed over."""
        from screens.team.hand_overs import HandOversScreen

        await self.push_screen(HandOversScreen(self.case), self._after_form)

    async def open_monthly(self) -> None:
        """Open the figures and the minutes of the monthly meeting."""
        from screens.meetings.monthly import MonthlyScreen

        await self.push_screen(MonthlyScreen(self.case), self._after_form)

    async def open_meetings(self, participant: int | None = None) -> None:
        """Open the team's meetings, or those of one participant's support team."""
        from screens.meetings.list import MeetingsScreen

        await self.push_screen(MeetingsScreen(self.case, participant), self._after_screen)

    async def open_meeting(self, meeting: int) -> None:
        """Open a meeting: to hold it, or its minutes to read when it is closed."""
        from screens.meetings.list import screen_of

        await self.push_screen(await screen_of(self.case, meeting), self._after_screen)
