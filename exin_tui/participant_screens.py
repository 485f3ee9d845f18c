"""The ways to the screens and forms of one participant; each screen is imported when it is first opened."""

from __future__ import annotations

from exin_tui.navigation import Showing


class ParticipantScreens(Showing):
    """Opens what `Shell` promises for one participant."""

    async def open_participant(self, participant: int, entry: int | None = None) -> None:
        """Open a participant, on the screen that is kept for it."""
        from screens.participant.screen import ParticipantScreen

        kept = await self._installed("participant", ParticipantScreen)
        assert isinstance(kept, ParticipantScreen)
        await kept.open(participant, entry)
        await self._bring_up(kept)

    async def open_record(self, participant: int, entry: int | None = None) -> None:
        """Open the form that records an entry, or shows and corrects one."""
        from screens.participant.record_form import RecordForm

        async def saved(number: int | None) -> None:
            await self._after_form(number)
            screen = self.screen
            if number is not None and getattr(screen, "participant", None) == participant:
                await self.open_participant(participant, number)

        await self.push_screen(RecordForm(self.case, participant, entry=entry), saved)

    async def open_participant_form(self, participant: int | None) -> None:
        """Open the form for a participant, or for a new candidate."""
        from screens.participant.form import ParticipantForm

        await self.push_screen(ParticipantForm(self.case, participant), self._after_form)

    async def open_phases(self, participant: int) -> None:
        """Open the phases of a participant."""
        from screens.phases.list import PhasesScreen

        await self.push_screen(PhasesScreen(self.case, participant), self._after_form)

    async def open_goals(self, participant: int) -> None:
        """Open a participant's own goals."""
        from screens.participant.goals import GoalsScreen

        await self.push_screen(GoalsScreen(self.case, participant), self._after_form)

    async def open_spending(self, participant: int) -> None:
        """Open the small spending on a participant."""
        from screens.participant.spending import SpendingScreen

        await self.push_screen(SpendingScreen(self.case, participant), self._after_form)

    async def open_paper(self, participant: int) -> None:
        """Open what can be printed about a participant."""
        from screens.paper.screen import PaperScreen

        await self.push_screen(PaperScreen(self.case, participant))

    async def open_consents(self, participant: int) -> None:
        """Open a participant's consents."""
        from screens.consents.matrix import ConsentsScreen

        await self.push_screen(ConsentsScreen(self.case, participant), self._after_form)

    async def open_suggested(self, participant: int) -> None:
        """Open the tasks that the programme suggests for a participant."""
        from screens.plans.suggested import SuggestedScreen

        await self.push_screen(SuggestedScreen(self.case, participant), self._after_form)

    async def open_appointment(self, participant: int, appointment: int | None = None) -> None:
        """Open the form for an appointment, or for a new one."""
        from screens.plans.appointment_form import AppointmentForm

        await self.push_screen(AppointmentForm(self.case, participant, appointment), self._after_form)

    async def open_attend(self, participant: int, appointment: int) -> None:
        """Open the form that records what happened at an appointment."""
        from screens.plans.attend_form import AttendForm

        await self.push_screen(AttendForm(self.case, participant, appointment), self._after_form)

    async def open_task(self, participant: int | None, task: int | None = None) -> None:
        """Open the form for a task, or for a new one of a participant's or the team's."""
        from screens.plans.task_form import TaskForm

        await self.push_screen(TaskForm(self.case, participant, task), self._after_form)

    async def open_applications(self, participant: int) -> None:
        """Open a participant's applications."""
        from screens.plans.applications import ApplicationsScreen

        await self.push_screen(ApplicationsScreen(self.case, participant), self._after_form)

    async def open_application(self, participant: int, application: int | None = None) -> None:
        """Open the form for an application, or for a new one."""
        from screens.plans.application_form import ApplicationForm

        await self.push_screen(ApplicationForm(self.case, participant, application), self._after_form)

    async def open_checklists(self, participant: int) -> None:
        """Open a participant's checklists."""
        from screens.checklists.list import ChecklistsScreen

        await self.push_screen(ChecklistsScreen(self.case, participant), self._after_form)

    async def open_network(self, participant: int) -> None:
        """Open the people around a participant."""
        from screens.contacts.network import NetworkScreen

        await self.push_screen(NetworkScreen(self.case, participant), self._after_form)

    async def open_intake(self, participant: int) -> None:
        """Open a participant's intake."""
        from screens.intake.screen import IntakeScreen

        await self.push_screen(IntakeScreen(self.case, participant), self._after_form)

    async def open_intake_talk(self, participant: int) -> None:
        """Open the form that records a talk of a participant's intake."""
        from screens.intake.forms import TalkForm

        await self.push_screen(TalkForm(self.case, participant), self._after_form)

    async def open_reviews(self, participant: int) -> None:
        """Open a participant's phase reviews."""
        from screens.reviews.list import ReviewsScreen

        await self.push_screen(ReviewsScreen(self.case, participant), self._after_form)

    async def open_review(self, review: int) -> None:
        """Open a phase review: to go on with it, or a sealed one to read."""
        from screens.reviews.list import screen_of

        await self.push_screen(await screen_of(self.case, review), self._after_form)

    async def open_phase_out(self, participant: int) -> None:
        """Open how a participant leaves the programme, and comes back."""
        from screens.phase_outs.screen import PhaseOutScreen

        await self.push_screen(PhaseOutScreen(self.case, participant), self._after_form)

    async def open_hand_over(self, participant: int) -> None:
        """Open the brief of a participant handed to this person, or the form that hands one over."""
        from screens.team.hand_overs import screen_for

        await self.push_screen(await screen_for(self.case, participant), self._after_form)
