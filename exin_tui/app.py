"""The app: holds the screens together, notices what colleagues save, locks, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import importlib
import time
from contextlib import suppress
from typing import Any, ClassVar, Final, cast

from textual import events
from textual.binding import BindingType
from textual.containers import Vertical
from textual.driver import Driver
from textual.screen import Screen
from textual.widgets import Input

from config import keymap, places, words
from config.errors import ExinError
from config.settings import Settings
from config.words import _
from exin_tui.safe_app import Colour, SafeApp
from exin_tui.stylesheet import KeptStylesheet
from models.clock import Clock
from models.store import Locked, Store
from models.vault.errors import Revoked
from screens.base import CaseScreen
from screens.board import BoardScreen
from screens.case import Case
from screens.widgets.board_columns import BoardColumns
from screens.widgets.board_list import BoardList
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.lines import Lines

LOOK_SECONDS: Final = 1.0
LATER_MODULES: Final = (
    "screens.participant",
    "screens.record_form",
    "screens.search",
    "screens.help",
    "screens.chooser",
    "screens.prompt",
    "screens.participant_form",
    "screens.lock",
)


class ExinApp(SafeApp[None]):
    """One person's session on one open vault; `store` is open when this starts and closed by whoever opened it."""

    TITLE = "EX/IN"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self, settings: Settings, store: Store, clock: Clock, *, driver_class: type[Driver] | None = None
    ) -> None:
        super().__init__(delta=settings.delta_display, colour=cast(Colour, settings.colour), driver_class=driver_class)
        words.use(settings.language)
        self.case = Case(
            store=store,
            settings=settings,
            programme=store.programme,
            keymap=keymap.build(settings.keys),
            clock=clock,
            private=settings.private,
        )
        self._touched = time.monotonic()
        self._locked = False

    # ------------------------------------------------------------------ start and end

    def get_default_screen(self) -> Screen[Any]:
        """The board is the first screen; nothing is pushed over it."""
        return BoardScreen(self.case)

    async def on_mount(self) -> None:
        self.set_interval(LOOK_SECONDS, self._look_around)
        self.call_after_refresh(self._first_drawn)

    def _first_drawn(self) -> None:
        """What the first board does not need comes now, beside the person's looking at it."""
        self.run_worker(self._get_ready())

    async def _get_ready(self) -> None:
        await asyncio.to_thread(_import_later)
        await self._offer_unfinished()
        await self._make_participant_screen()

    async def _make_participant_screen(self) -> None:
        """Have the screen that is opened most, laid out and out of sight, before it is asked for."""
        from screens.participant import ParticipantScreen

        kept = await self._installed("participant", ParticipantScreen)
        if not kept.is_running:
            self._load_screen_css(kept)
            await self._get_screen(kept)[1]
            kept._refresh_layout(self.size)
            # A timer's first round is a whole period long; the person need not wait for it.
            kept._update_timer.resume()

    async def _offer_unfinished(self) -> None:
        from screens.drafts import unfinished

        try:
            kept = await unfinished(self.case)
        except Locked:
            return
        screen = self.screen
        if kept and isinstance(screen, CaseScreen):
            key = self.case.keymap.shown("app.drafts")
            screen.say(_("{count} unfinished forms were kept: {key} shows them.").format(count=len(kept), key=key))

    async def on_hangup(self, number: int) -> None:
        """Keep what is half written, inside the vault, and close it."""
        await self._keep_forms()
        await asyncio.to_thread(self.case.store.close)

    async def _keep_forms(self) -> None:
        if self._locked:
            return
        for screen in self.screen_stack:
            keep = getattr(screen, "keep", None)
            if keep is not None:
                # A full disk is no reason to leave the vault open.
                with suppress(ExinError):
                    await keep()

    # ------------------------------------------------------------------ noticing

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste):
            self._touched = time.monotonic()
        await super().on_event(event)

    async def _look_around(self) -> None:
        """Lock after idle minutes; redraw when a colleague has saved."""
        if self._locked:
            return
        if time.monotonic() - self._touched > self.case.settings.idle_minutes * 60:
            await self.lock()
            return
        try:
            changed = await self.case.store.changed_elsewhere()
        except Revoked as error:
            self.exit(return_code=int(error.exit_code), message=error.text)
            return
        except Locked:
            return
        if changed and isinstance(self.screen, CaseScreen):
            await self.screen.read_again()

    # ------------------------------------------------------------------ what screens ask for

    async def go_back(self, screen: CaseScreen[Any]) -> None:
        """Leave a screen; from the first one, leave the program."""
        if self._locked:
            return
        if len(self.screen_stack) > 1:
            screen.dismiss()
        else:
            self.exit()

    async def lock(self) -> None:
        """Close the vault and cover everything; the same place is there again after the passphrase."""
        from screens.lock import LockScreen

        if self._locked:
            return
        await self._keep_forms()
        self._locked = True
        self.forget_clipboard()
        if "search" in self._installed_screens and self.get_screen("search") not in self.screen_stack:
            self.uninstall_screen("search")

        async def unlocked(_nothing: object) -> None:
            self._locked = False
            self._touched = time.monotonic()
            if isinstance(self.screen, CaseScreen):
                await self.screen.read_again()

        # Covered first: closing the vault may have to wait for what it is still doing.
        await self.push_screen(LockScreen(self.case, self._unlock), unlocked)
        await asyncio.to_thread(self.case.store.lock)

    async def _unlock(self, passphrase: str) -> None:
        await asyncio.to_thread(self.case.store.unlock_again, passphrase)

    async def open_help(self, screen: CaseScreen[Any]) -> None:
        """Show the help for a screen."""
        from screens.help import HelpScreen

        await self.push_screen(HelpScreen(self.case, screen))

    async def open_palette(self, screen: CaseScreen[Any]) -> None:
        """Offer a screen's actions by name."""
        from screens.palette import PaletteScreen

        await self.push_screen(PaletteScreen(self.case, screen))

    async def open_search(self) -> None:
        """Open the search, as it was left."""
        from screens.search import SearchScreen

        await self._push_installed("search", SearchScreen)

    async def open_drafts(self) -> None:
        """Show the forms that were not finished."""
        from screens.drafts import DraftsScreen

        await self.push_screen(DraftsScreen(self.case), self._after_form)

    async def open_settings(self) -> None:
        """Open the settings; what was changed holds at once."""
        from screens.settings import SettingsScreen

        await self.push_screen(SettingsScreen(self.case, places.settings_file()), self._settings_changed)

    async def _settings_changed(self, settings: Settings | None) -> None:
        if settings is None or settings == self.case.settings:
            return
        words.use(settings.language)
        self.case.settings, self.case.keymap = settings, keymap.build(settings.keys)
        self.delta_display = settings.delta_display
        await self._pop_to(self.screen_stack[0])
        for name in [name for name, kept in self._installed_screens.items() if isinstance(kept, CaseScreen)]:
            self.uninstall_screen(name)
        first = self.screen_stack[0]
        if isinstance(first, BoardScreen):
            await first.begin_anew()
        await self._make_participant_screen()

    async def _pop_to(self, screen: Screen[Any]) -> None:
        while self.screen is not screen:
            await self.pop_screen()

    async def open_participant(self, participant: int, entry: int | None = None) -> None:
        """Open a participant, on the screen that is kept for it."""
        from screens.participant import ParticipantScreen

        kept = await self._installed("participant", ParticipantScreen)
        assert isinstance(kept, ParticipantScreen)
        await kept.open(participant, entry)
        await self._bring_up(kept)

    async def open_record(self, participant: int, entry: int | None = None) -> None:
        """Open the form that records an entry, or shows and corrects one."""
        from screens.record_form import RecordForm

        async def saved(number: int | None) -> None:
            await self._after_form(number)
            screen = self.screen
            if number is not None and getattr(screen, "participant", None) == participant:
                await self.open_participant(participant, number)

        await self.push_screen(RecordForm(self.case, participant, entry=entry), saved)

    async def open_participant_form(self, participant: int | None) -> None:
        """Open the form for a participant, or for a new candidate."""
        from screens.participant_form import ParticipantForm

        await self.push_screen(ParticipantForm(self.case, participant), self._after_form)

    async def open_phases(self, participant: int) -> None:
        """Open the phases of a participant."""
        from screens.phases import PhasesScreen

        await self.push_screen(PhasesScreen(self.case, participant), self._after_form)

    async def open_checklists(self, participant: int) -> None:
        """Open a participant's checklists."""
        from screens.checklists import ChecklistsScreen

        await self.push_screen(ChecklistsScreen(self.case, participant), self._after_form)

    async def open_open_items(self) -> None:
        """Open what is left on the checklists across the caseload."""
        from screens.open_items import OpenItemsScreen

        await self.push_screen(OpenItemsScreen(self.case), self._after_form)

    async def open_people(self, contact: int | None = None) -> None:
        """Open the register of contact persons, with the mark on `contact` if one is named."""
        from screens.people import PeopleScreen

        await self.push_screen(PeopleScreen(self.case, contact))

    async def open_contact(self, contact: int | None = None) -> None:
        """Open the form for a contact person, or for a new one."""
        from screens.contact_form import ContactForm

        await self.push_screen(ContactForm(self.case, contact), self._after_form)

    async def open_network(self, participant: int) -> None:
        """Open the people around a participant."""
        from screens.network import NetworkScreen

        await self.push_screen(NetworkScreen(self.case, participant), self._after_form)

    async def open_involvement(self, participant: int, involvement: int | None = None) -> None:
        """Open the form for somebody's part in a case, or the unfinished one that would link somebody."""
        from screens.involvement_form import InvolvementForm

        form = InvolvementForm(self.case, participant, involvement=involvement)
        await self.push_screen(form, self._after_form)

    async def open_signals(self, participant: int | None = None) -> None:
        """Open what the program notices by itself, or about one participant."""
        from screens.signals import SignalsScreen

        await self.push_screen(SignalsScreen(self.case, participant), self._after_form)

    async def open_team_list(self) -> None:
        """Open the list of every participant with the contact person of each agency."""
        from screens.team_list import TeamListScreen

        await self.push_screen(TeamListScreen(self.case), self._after_form)

    async def open_intake(self, participant: int) -> None:
        """Open a participant's intake."""
        from screens.intake import IntakeScreen

        await self.push_screen(IntakeScreen(self.case, participant), self._after_form)

    async def open_intake_form(self, form: str, participant: int, subject: int) -> None:
        """Open the form of an intake that is kept under the name `form`."""
        from screens.intake_forms import form_named

        await self.push_screen(form_named(self.case, form, participant, subject), self._after_form)

    async def open_candidates(self) -> None:
        """Open the list of everybody in intake."""
        from screens.candidates import CandidatesScreen

        await self.push_screen(CandidatesScreen(self.case), self._after_form)

    async def open_goals(self, participant: int) -> None:
        """Open a participant's own goals."""
        from screens.goals import GoalsScreen

        await self.push_screen(GoalsScreen(self.case, participant), self._after_form)

    async def open_spending(self, participant: int) -> None:
        """Open the small spending on a participant."""
        from screens.spending import SpendingScreen

        await self.push_screen(SpendingScreen(self.case, participant), self._after_form)

    async def open_paper(self, participant: int) -> None:
        """Open what can be printed about a participant."""
        from screens.paper import PaperScreen

        await self.push_screen(PaperScreen(self.case, participant))

    async def open_consents(self, participant: int) -> None:
        """Open a participant's consents."""
        from screens.consents import ConsentsScreen

        await self.push_screen(ConsentsScreen(self.case, participant), self._after_form)

    async def open_consent_form(self, form: str, participant: int, subject: int) -> None:
        """Open the form about a consent that is kept under the name `form`."""
        from screens.consent_form import form_named

        await self.push_screen(form_named(self.case, form, participant, subject), self._after_form)

    async def open_disclosure(self, participant: int) -> None:
        """Open the form that records what was shared."""
        from screens.disclosure_form import DisclosureForm

        await self.push_screen(DisclosureForm(self.case, participant), self._after_form)

    async def open_agenda(self, participant: int | None = None) -> None:
        """Open the agenda, or one participant's."""
        from screens.agenda import AgendaScreen

        await self.push_screen(AgendaScreen(self.case, participant), self._after_form)

    async def open_suggested(self, participant: int) -> None:
        """Open the tasks that the programme suggests for a participant."""
        from screens.suggested import SuggestedScreen

        await self.push_screen(SuggestedScreen(self.case, participant), self._after_form)

    async def open_appointment(self, participant: int, appointment: int | None = None) -> None:
        """Open the form for an appointment, or for a new one."""
        from screens.appointment_form import AppointmentForm

        await self.push_screen(AppointmentForm(self.case, participant, appointment), self._after_form)

    async def open_attend(self, participant: int, appointment: int) -> None:
        """Open the form that records what happened at an appointment."""
        from screens.attend_form import AttendForm

        await self.push_screen(AttendForm(self.case, participant, appointment), self._after_form)

    async def open_task(self, participant: int | None, task: int | None = None) -> None:
        """Open the form for a task, or for a new one of a participant's or the team's."""
        from screens.task_form import TaskForm

        await self.push_screen(TaskForm(self.case, participant, task), self._after_form)

    async def open_applications(self, participant: int) -> None:
        """Open a participant's applications."""
        from screens.applications import ApplicationsScreen

        await self.push_screen(ApplicationsScreen(self.case, participant), self._after_form)

    async def open_application(self, participant: int, application: int | None = None) -> None:
        """Open the form for an application, or for a new one."""
        from screens.application_form import ApplicationForm

        await self.push_screen(ApplicationForm(self.case, participant, application), self._after_form)

    async def open_reviews(self, participant: int) -> None:
        """Open a participant's phase reviews."""
        from screens.reviews import ReviewsScreen

        await self.push_screen(ReviewsScreen(self.case, participant), self._after_form)

    async def open_review(self, review: int) -> None:
        """Open a phase review: to go on with it, or a sealed one to read."""
        from screens.reviews import screen_of

        await self.push_screen(await screen_of(self.case, review), self._after_form)

    async def open_phase_out(self, participant: int) -> None:
        """Open how a participant leaves the programme, and comes back."""
        from screens.phase_out import PhaseOutScreen

        await self.push_screen(PhaseOutScreen(self.case, participant), self._after_form)

    async def open_absences(self) -> None:
        """Open who is away and who covers."""
        from screens.absences import AbsencesScreen

        await self.push_screen(AbsencesScreen(self.case), self._after_form)

    async def open_hand_overs(self) -> None:
        """Open what was handed over."""
        from screens.hand_overs import HandOversScreen

        await self.push_screen(HandOversScreen(self.case), self._after_form)

    async def open_hand_over(self, participant: int) -> None:
        """Open the brief of a participant handed to this person, or the form that hands one over."""
        from screens.hand_overs import screen_for

        await self.push_screen(await screen_for(self.case, participant), self._after_form)

    async def open_monthly(self) -> None:
        """Open the figures and the minutes of the monthly meeting."""
        from screens.monthly import MonthlyScreen

        await self.push_screen(MonthlyScreen(self.case), self._after_form)

    async def open_meetings(self, participant: int | None = None) -> None:
        """Open the team's meetings, or those of one participant's support team."""
        from screens.meetings import MeetingsScreen

        await self.push_screen(MeetingsScreen(self.case, participant), self._after_screen)

    async def open_meeting(self, meeting: int) -> None:
        """Open a meeting: to hold it, or its minutes to read when it is closed."""
        from screens.meetings import screen_of

        await self.push_screen(await screen_of(self.case, meeting), self._after_screen)

    async def _after_screen(self, _result: object) -> None:
        """Back on a screen from one in which everything was saved as it was written."""
        if isinstance(self.screen, CaseScreen):
            await self.screen.read_again()

    async def _after_form(self, saved: object) -> None:
        screen = self.screen
        if isinstance(screen, CaseScreen):
            await screen.refresh_case()
            if saved:
                screen.say(_("Saved."))

    async def _installed(self, name: str, kind: type[CaseScreen[Any]]) -> CaseScreen[Any]:
        if name not in self._installed_screens:
            self.install_screen(kind(self.case), name)
        return cast(CaseScreen[Any], self.get_screen(name))

    async def _push_installed(self, name: str, kind: type[CaseScreen[Any]]) -> None:
        await self._bring_up(await self._installed(name, kind))

    async def _bring_up(self, kept: CaseScreen[Any]) -> None:
        """Show a kept screen: over the present one, or by going back to it where it lies below."""
        if kept in self.screen_stack:
            await self._pop_to(kept)
        else:
            await self.push_screen(kept)


def _import_later() -> None:
    for module in LATER_MODULES:
        importlib.import_module(module)


def prepare(colour: str) -> None:
    """Do ahead of the first board what needs no vault: the styles of it are parsed once in a process."""
    sheet = SafeApp[None](colour=cast(Colour, colour)).stylesheet
    if isinstance(sheet, KeptStylesheet):
        sheet.prepare((ExinApp, BoardScreen, Lines, Input, BoardList, BoardColumns, Vertical, SaidLine, KeyLine))
