"""The app as the screens know it: what they may ask of it."""

from __future__ import annotations

from typing import Any, Protocol

from textual.screen import Screen


class Shell(Protocol):
    """What a screen asks of the app around it."""

    def repaint_all(self) -> None:
        """Draw the whole terminal again."""

    async def go_back(self, screen: Screen[Any]) -> None:
        """Leave `screen`; from the first screen, leave the program."""

    async def lock(self) -> None:
        """Close the vault and cover the screen until the passphrase is given."""

    async def open_help(self, screen: Screen[Any]) -> None:
        """Show the help for `screen`."""

    async def open_palette(self, screen: Screen[Any]) -> None:
        """Offer the actions of `screen` by name."""

    async def take_back(self, screen: Screen[Any]) -> None:
        """Take back the person's last change; `screen` is asked and told."""

    async def open_search(self) -> None:
        """Open the search."""

    async def open_drafts(self) -> None:
        """Show the person's unfinished forms."""

    async def open_settings(self) -> None:
        """Open the settings."""

    async def open_participant(self, participant: int, entry: int | None = None) -> None:
        """Open a participant, with the mark on `entry` if one is named."""

    async def open_record(self, participant: int, entry: int | None = None) -> None:
        """Open the form that records an entry, or corrects `entry`."""

    async def open_participant_form(self, participant: int | None) -> None:
        """Open the form for a participant, or for a new candidate."""

    async def open_phases(self, participant: int) -> None:
        """Open the phases of a participant."""

    async def open_goals(self, participant: int) -> None:
        """Open a participant's own goals."""

    async def open_spending(self, participant: int) -> None:
        """Open the small spending on a participant."""

    async def open_paper(self, participant: int) -> None:
        """Open what can be printed about a participant."""

    async def open_consents(self, participant: int) -> None:
        """Open a participant's consents."""

    async def open_agenda(self, participant: int | None = None) -> None:
        """Open the agenda, or one participant's."""

    async def open_suggested(self, participant: int) -> None:
        """Open the tasks that the programme suggests for a participant."""

    async def open_appointment(self, participant: int, appointment: int | None = None) -> None:
        """Open the form for an appointment, or for a new one."""

    async def open_attend(self, participant: int, appointment: int) -> None:
        """Open the form that records what happened at an appointment."""

    async def open_task(self, participant: int | None, task: int | None = None) -> None:
        """Open the form for a task, or for a new one of a participant's or the team's."""

    async def open_applications(self, participant: int) -> None:
        """Open a participant's applications."""

    async def open_application(self, participant: int, application: int | None = None) -> None:
        """Open the form for an application, or for a new one."""

    async def open_checklists(self, participant: int) -> None:
        """Open a participant's checklists."""

    async def open_open_items(self) -> None:
        """Open what is left on the checklists across the caseload."""

    async def open_people(self, contact: int | None = None) -> None:
        """Open the register of contact persons, with the mark on `contact` if one is named."""

    async def open_network(self, participant: int) -> None:
        """Open the people around a participant."""

    async def open_team_list(self) -> None:
        """Open the list of every participant with the contact person of each agency."""

    async def open_intake(self, participant: int) -> None:
        """Open a participant's intake."""

    async def open_intake_talk(self, participant: int) -> None:
        """Open the form that records a talk of a participant's intake."""

    async def open_candidates(self) -> None:
        """Open the list of everybody in intake."""

    async def open_reviews(self, participant: int) -> None:
        """Open a participant's phase reviews."""

    async def open_review(self, review: int) -> None:
        """Open a phase review: to go on with it, or a sealed one to read."""

    async def open_phase_out(self, participant: int) -> None:
        """Open how a participant leaves the programme, and comes back."""

    async def open_signals(self, participant: int | None = None) -> None:
        """Open what the program notices by itself, or about one participant."""

    async def open_absences(self) -> None:
        """Open who is away and who covers."""

    async def open_hand_overs(self) -> None:
        """Open what was handed over."""

    async def open_hand_over(self, participant: int) -> None:
        """Open the brief of a participant handed to this person, or the form that hands one over."""

    async def open_monthly(self) -> None:
        """Open the figures and the minutes of the monthly meeting."""

    async def open_meetings(self, participant: int | None = None) -> None:
        """Open the team's meetings, or those of one participant's support team."""

    async def open_meeting(self, meeting: int) -> None:
        """Open a meeting: to hold it, or its minutes to read when it is closed."""
