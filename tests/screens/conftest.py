"""A small app for one screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from exin_tui.safe_app import SafeApp
from screens.frame.screen import CaseScreen


class Stage(SafeApp[None]):
    """Shows one screen; `answers` are what screens dismissed with, `asked` what was asked of the shell."""

    # Textual's own palette has a key of its own, before any screen's.
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, screen: CaseScreen[Any]) -> None:
        super().__init__(colour="ansi")
        self.shown = screen
        self.answers: list[Any] = []
        self.asked: list[tuple[Any, ...]] = []

    async def on_mount(self) -> None:
        await self.push_screen(self.shown, self.answers.append)

    async def go_back(self, screen: CaseScreen[Any]) -> None:
        self.asked.append(("back",))
        self.pop_screen()

    async def lock(self) -> None:
        self.asked.append(("lock",))

    async def take_back(self, screen: CaseScreen[Any]) -> None:
        from screens.frame.taking_back import take_back

        await take_back(screen)

    async def open_help(self, screen: CaseScreen[Any]) -> None:
        from screens.everywhere.help import HelpScreen

        await self.push_screen(HelpScreen(screen.case, screen))

    async def open_palette(self, screen: CaseScreen[Any]) -> None:
        from screens.everywhere.palette import PaletteScreen

        await self.push_screen(PaletteScreen(screen.case, screen))

    async def open_search(self) -> None:
        self.asked.append(("search",))

    async def open_settings(self) -> None:
        self.asked.append(("settings",))

    async def open_participant(self, participant: int, entry: int | None = None) -> None:
        self.asked.append(("participant", participant, entry))

    async def open_record(self, participant: int, entry: int | None = None) -> None:
        self.asked.append(("record", participant, entry))

    async def open_participant_form(self, participant: int | None) -> None:
        self.asked.append(("participant form", participant))

    async def open_phases(self, participant: int) -> None:
        self.asked.append(("phases", participant))

    async def open_goals(self, participant: int) -> None:
        self.asked.append(("goals", participant))

    async def open_spending(self, participant: int) -> None:
        self.asked.append(("spending", participant))

    async def open_paper(self, participant: int) -> None:
        self.asked.append(("paper", participant))

    async def open_agenda(self, participant: int | None = None) -> None:
        self.asked.append(("agenda", participant))

    async def open_suggested(self, participant: int) -> None:
        self.asked.append(("suggested", participant))

    async def open_appointment(self, participant: int, appointment: int | None = None) -> None:
        self.asked.append(("appointment", participant, appointment))

    async def open_attend(self, participant: int, appointment: int) -> None:
        self.asked.append(("attend", participant, appointment))

    async def open_task(self, participant: int | None, task: int | None = None) -> None:
        self.asked.append(("task", participant, task))

    async def open_applications(self, participant: int) -> None:
        self.asked.append(("applications", participant))

    async def open_application(self, participant: int, application: int | None = None) -> None:
        self.asked.append(("application", participant, application))

    async def open_consents(self, participant: int) -> None:
        self.asked.append(("consents", participant))

    async def open_people(self, contact: int | None = None) -> None:
        self.asked.append(("people", contact))

    async def open_network(self, participant: int) -> None:
        self.asked.append(("network", participant))

    async def open_signals(self, participant: int | None = None) -> None:
        self.asked.append(("signals", participant))

    async def open_team_list(self) -> None:
        self.asked.append(("team list",))

    async def open_intake(self, participant: int) -> None:
        self.asked.append(("intake", participant))

    async def open_intake_talk(self, participant: int) -> None:
        self.asked.append(("intake talk", participant))

    async def open_candidates(self) -> None:
        self.asked.append(("candidates",))

    async def open_reviews(self, participant: int) -> None:
        self.asked.append(("reviews", participant))

    async def open_review(self, review: int) -> None:
        self.asked.append(("review", review))

    async def open_phase_out(self, participant: int) -> None:
        self.asked.append(("phase out", participant))

    async def open_absences(self) -> None:
        self.asked.append(("absences",))

    async def open_hand_overs(self) -> None:
        self.asked.append(("hand overs",))

    async def open_meetings(self, participant: int | None = None) -> None:
        self.asked.append(("meetings", participant))

    async def open_meeting(self, meeting: int) -> None:
        self.asked.append(("meeting", meeting))

    def text(self) -> str:
        """What is on the screen now, as text."""
        lines = self.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)


@pytest.fixture
def stage() -> Callable[[CaseScreen[Any]], Stage]:
    """Put a screen on a stage."""
    return Stage
