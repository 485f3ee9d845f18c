"""The app: holds the screens together, notices what colleagues save, locks, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import importlib
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final, ParamSpec, cast

from msgspec import structs
from textual import events
from textual.await_remove import AwaitRemove
from textual.containers import Vertical
from textual.driver import Driver
from textual.screen import Screen
from textual.widgets import Input
from textual.worker import Worker, WorkerFailed

from config import keymap, startup_settings, words
from config.errors import ExinError
from config.settings import LONGEST_IDLE, Settings
from config.words import _, n_
from exin_tui import guard
from exin_tui.safe_app import Colour, SafeApp
from exin_tui.textual_inside.stylesheet import KeptStylesheet
from models.roles.rights import restricted
from models.storage.reading import Reading
from models.store import Locked, Store
from models.values.clock import Clock
from models.vault.errors import Revoked, VaultError
from screens.board.cards import BoardList
from screens.board.columns import BoardColumns
from screens.board.screen import BoardScreen
from screens.frame.case import Case
from screens.frame.destinations import PARTICIPANT
from screens.frame.route import Route
from screens.frame.screen import CaseScreen
from screens.frame.sudden import take_away
from screens.textual_inside.workers import run_beside
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.lines import Lines

P = ParamSpec("P")

LOOK_SECONDS: Final = 1.0
MEETING_TIMES: Final = 3
"""How many times as long as otherwise a meeting may look at one screen without a key, names hidden after the first;
never longer than the setting itself may be.
"""
LATER_MODULES: Final = (
    "screens.participant.screen",
    "screens.participant.record_form",
    "screens.everywhere.search",
    "screens.everywhere.help",
    "screens.frame.chooser",
    "screens.frame.prompt",
    "screens.participant.form",
    "screens.everywhere.lock",
)


class ExinApp(SafeApp[None]):
    """One person's session on one open vault; `store` is open when this starts and closed by whoever opened it.

    `outputs` is the one folder that files may be written to, where the person has no other.
    """

    TITLE = "EX/IN"

    def __init__(
        self,
        settings: Settings,
        store: Store,
        clock: Clock,
        *,
        driver_class: type[Driver] | None = None,
        outputs: Path | None = None,
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
            outputs=outputs,
        )
        self._touched = time.monotonic()
        self.locked = False
        self._looking: Worker[None] | None = None
        self._changed = False
        self._hidden: set[int] = set()
        self._day = self.case.today
        self._remembering = asyncio.Lock()

    def get_default_screen(self) -> Screen[Any]:
        """The board is the first screen; nothing is pushed over it."""
        return BoardScreen(self.case)

    async def on_mount(self) -> None:
        self.set_interval(LOOK_SECONDS, self._look_around)
        self.call_after_refresh(lambda: run_beside(self, self._get_ready))

    async def _get_ready(self) -> None:
        """What the first board does not need comes after it is drawn, beside the person's looking at it."""
        self.case.store.be_seen()
        for module in LATER_MODULES:
            await asyncio.to_thread(importlib.import_module, module)
        await self._offer_unfinished()
        await self._tell()
        await self._make_participant_screen()

    async def _make_participant_screen(self) -> None:
        """Have the screen that is opened most, laid out and out of sight, before it is asked for."""
        kept = self._kept(PARTICIPANT)
        if not kept.is_running:
            await self.lay_out_ahead(kept)

    async def _tell(self) -> None:
        """Say what the opening has to tell, over what else is said: it matters more."""
        from models.team import sessions

        told = list(self.case.store.told)
        with suppress(ExinError):
            if await self.case.store.ask(sessions.passphrase_given):
                key = self.case.keymap.shown("app.passphrase")
                told.append(_("Somebody else chose your passphrase: {key} changes it.").format(key=key))
        if told and isinstance(self.screen, CaseScreen):
            self.screen.say(" ".join(told), warn=True)

    async def _offer_unfinished(self) -> None:
        from models.storage import drafts

        try:
            kept = await self.case.store.ask(drafts.kept)
        except ExinError:
            # Nobody has asked for it; what is in the way is told where somebody does.
            return
        screen = self.screen
        if kept and isinstance(screen, CaseScreen):
            key = self.case.keymap.shown("app.drafts")
            told = n_(
                "{count} unfinished form was kept: {key} shows it.",
                "{count} unfinished forms were kept: {key} shows them.",
                len(kept),
            )
            screen.say(told.format(count=len(kept), key=key))

    async def on_hangup(self, number: int) -> None:
        """Keep what is half written, inside the vault, and close it."""
        await self._keep_forms()
        # Whom could it be told that the end of the access log did not fit on the disk?
        with suppress(ExinError):
            await asyncio.to_thread(self.case.store.close)

    async def _keep_forms(self) -> None:
        for screen in self.screen_stack:
            keep = getattr(screen, "keep", None)
            if keep is not None:
                # A full disk is no reason to leave the vault open, and a locked one has kept them already.
                with suppress(ExinError):
                    await keep()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste):
            self._touched = time.monotonic()
            if (lost := self.case.store.lost) is not None:
                self._end(lost)
                return
        await super().on_event(event)

    def _end(self, error: VaultError) -> None:
        """End the session of somebody whose way in was taken away: what is on the screen is not theirs to see."""
        self.exit(return_code=int(error.exit_code), message=error.text)

    def met_error(self, error: Exception) -> None:
        """What the vault refuses while nobody waits for the answer is no error in the program: it has its sentence."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(cause, VaultError) and not self.is_leaving:
            self._end(cause)
        else:
            super().met_error(error)

    async def _look_around(self) -> None:
        """Lock after idle minutes; redraw when a colleague has saved, and at midnight."""
        if self.locked:
            return
        idle = time.monotonic() - self._touched
        minutes, meets = self.case.settings.idle_minutes, self._meets
        if idle > 60 * (max(minutes, min(MEETING_TIMES * minutes, LONGEST_IDLE)) if meets else minutes):
            # Nobody knows yet that what they begin to type is for the lock.
            self.deafen()
            await self.lock()
            return
        if meets and idle > minutes * 60 and not self.case.private and isinstance(front := self.screen, CaseScreen):
            run_beside(self, partial(front.hide_names, True))
        # Beside the keys: a vault that is at work must not hold up the one that hides everything.
        if self._looking is None or self._looking.is_finished:
            self._looking = run_beside(self, self._catch_up)
        self.case.store.be_seen()

    async def _catch_up(self) -> None:
        try:
            self._changed |= await self.case.store.changed_elsewhere()
            # How many days something is away is another number after midnight, also where nobody presses a key.
            self._changed |= self._day != self.case.today
            self._day = self.case.today
            if isinstance(front := self.screen, CaseScreen) and (self._changed or front.covered):
                if self._changed:
                    await self._leave_hidden()
                    self._changed = False
                if isinstance(self.screen, CaseScreen):
                    await self.screen.catch_up()
        except Revoked as error:
            self._end(error)
        except Locked:
            return
        except ExinError as error:
            # Looked at again at the next look: what is shown may be hidden by now.
            if isinstance(self.screen, CaseScreen):
                self.screen.say(error.text, warn=True)

    @property
    def _meets(self) -> bool:
        """Whether several people look at what is shown, and perhaps nobody types."""
        return any(isinstance(screen, CaseScreen) and screen.MEETS for screen in self.screen_stack)

    async def _leave_hidden(self) -> None:
        """Go back to the board where a screen tells of somebody who was restricted just now; forms are kept.

        What lies behind the screen in front shows nothing until it is read anew.
        """
        hidden = await self.case.store.ask(_hidden)
        if hidden - self._hidden:
            self._cover_behind()
        self._hidden = hidden
        # What is still being read to be shown first is read after this was asked.
        shown = [screen for screen in self.screen_stack[1:] if isinstance(screen, CaseScreen) and screen.is_mounted]
        about = {one for screen in shown if screen.unread is None for one in (screen.concerned, screen.looked_at)}
        if not about & hidden:
            return
        await take_away(cast(CaseScreen[Any], self.screen_stack[1]), restricted(), hidden=True)

    def put_aside(self, text: str) -> None:
        """Have the key that pastes put it into the next field, unless it was meant for one that shows nothing."""
        if not getattr(self.focused, "password", False):
            self.set_clipboard(text)

    def _cover_behind(self) -> None:
        for screen in self.screen_stack[:-1]:
            if isinstance(screen, CaseScreen):
                screen.cover()

    async def open(self, route: Route[P], *args: P.args, **kwargs: P.kwargs) -> None:
        """Show a screen over the present one; to one that is kept and lies below, go back where that is the way back.

        From what is about many, and from a meeting, one comes back: there another of the kept screen is shown on top.
        """
        if not route.kept:
            screen = await route(self.case, *args, **kwargs)
            await self.push_screen(screen, partial(self._came_back, route))
            # What it is about may be gone, or hidden, since it was looked for.
            if isinstance(screen, CaseScreen) and screen.unread is not None and self.screen is screen:
                await take_away(screen, screen.unread.text)
            return
        below = self._way_back(route, args)
        kept = below or self._kept(route)
        if below is None and kept in self.screen_stack:
            kept = route.load()(self.case)
        await kept.turn_to(*args, **kwargs)
        if below is not None:
            await self._pop_to(below)
            return
        await self.push_screen(kept)
        if (gone := kept.unread) is not None and self.screen is kept:
            kept.unread = None
            await take_away(kept, gone.text)

    def _way_back(self, route: Route[...], args: tuple[Any, ...]) -> CaseScreen[Any] | None:
        """The screen of a kept route that one goes back to for this: about the same as the one in front, or nobody."""
        front, kind = self.screen, route.load()
        if args and isinstance(front, CaseScreen) and (front.MEETS or front.looked_at != args[0]):
            return None
        lying = (each for each in reversed(self.screen_stack) if isinstance(each, CaseScreen) and type(each) is kind)
        return next((screen for screen in lying if not args or screen.looked_at == args[0]), None)

    def _kept(self, route: Route[...]) -> CaseScreen[Any]:
        if not self.is_screen_installed(route.name):
            self.install_screen(route.load()(self.case), route.name)
        return cast(CaseScreen[Any], self.get_screen(route.name))

    async def _pop_to(self, screen: Screen[Any]) -> None:
        while self.screen is not screen:
            await self.pop_screen()

    async def _came_back(self, route: Route[...], answer: object) -> None:
        if isinstance(self.screen, CaseScreen):
            await self.screen.came_back(route, answer)

    async def go_back(self, screen: CaseScreen[Any]) -> None:
        """Leave a screen; from the first one, leave the program."""
        if self.locked:
            return
        if len(self.screen_stack) > 1:
            screen.dismiss()
        else:
            self.exit()

    async def lock(self) -> None:
        """Close the vault and cover everything; the same place is there again after the passphrase."""
        from screens.everywhere.lock import LockScreen

        if self.locked:
            return
        self.locked = True
        self.set_clipboard("")

        async def unlocked(_nothing: object) -> None:
            self._touched, self._changed = time.monotonic(), True
            # Before anything is shown again: somebody may have been restricted meanwhile.
            await self._catch_up()
            self.locked = False
            if isinstance(self.screen, CaseScreen):
                await self.screen.back_in_front()
            self.case.store.be_seen()
            await self._tell()
            await self._make_participant_screen()

        async def unlock(passphrase: str) -> None:
            await closing.wait()
            await asyncio.to_thread(self.case.store.unlock_again, passphrase)

        # Covered first: what is half written is kept behind it, and both may have to wait for the vault.
        await self.push_screen(LockScreen(self.case, unlock), unlocked)
        self._cover_behind()
        closing = run_beside(self, self._close_vault)

    async def _close_vault(self) -> None:
        await self._keep_forms()
        # A session that is ended meanwhile has closed it.
        with suppress(Locked):
            await asyncio.to_thread(self.case.store.lock)
        await self._forget()

    async def _forget(self) -> None:
        """Let go of what is not needed to go on at the same place."""
        for gone in self._drop_kept([kept for kept in self._kept_screens() if kept not in self.screen_stack]):
            await gone
        await asyncio.to_thread(guard.give_back_memory)

    def _kept_screens(self) -> list[CaseScreen[Any]]:
        return [kept for kept in self.installed().values() if isinstance(kept, CaseScreen)]

    def _drop_kept(self, screens: list[CaseScreen[Any]]) -> list[AwaitRemove]:
        """Take away screens that are kept, with all they hold; they are made anew when they are opened.

        What is answered can be waited for, but not in a task of one of them.
        """
        for kept in screens:
            self.uninstall_screen(kept)
        return [kept.remove() for kept in screens if kept.is_running]

    async def take_back(self, screen: CaseScreen[Any]) -> None:
        """Take back the person's last change."""
        from screens.everywhere.taking_back import take_back

        await take_back(screen)

    async def do_again(self, screen: CaseScreen[Any]) -> None:
        """Do again what the person took back last."""
        from screens.everywhere.taking_back import do_again

        await do_again(screen)

    async def change_settings(self) -> None:
        """Open the settings; what was changed holds at once."""
        from screens.everywhere.settings import SettingsScreen

        file = Path(startup_settings.settings_file())
        await self.push_screen(SettingsScreen(self.case, file), self._settings_changed)

    def remember(self, settings: Settings) -> None:
        """Have settings that were changed by doing hold, and the next time too where they can be written."""
        before, self.case.settings = self.case.settings, settings
        run_beside(self, partial(self._remember, before, settings), group="settings")

    async def _remember(self, before: Settings, settings: Settings) -> None:
        from config import settings as config_settings

        # In their order, so that what was chosen last stands there.
        async with self._remembering:
            # A file with a fault is the person's to mend; it is not written over unasked.
            with suppress(config_settings.SettingsError):
                file = Path(startup_settings.settings_file())
                await asyncio.to_thread(config_settings.change, file, before, settings)

    async def _settings_changed(self, settings: Settings | None) -> None:
        if settings is None:
            return
        before = self.case.settings
        if settings == structs.replace(before, templates=settings.templates):
            # Templates are read where one is put in; nothing that is shown follows from them.
            self.case.settings = settings
            return
        words.use(settings.language)
        self.case.settings, self.case.keymap = settings, keymap.build(settings.keys)
        self.delta_display = settings.delta_display
        await self._pop_to(self.screen_stack[0])
        self._drop_kept(self._kept_screens())
        first = self.screen_stack[0]
        if isinstance(first, BoardScreen):
            await first.begin_anew()
        await self._make_participant_screen()


def _hidden(reading: Reading) -> set[int]:
    return set(reading.hidden)


def prepare(colour: str) -> None:
    """Do ahead of the first board what needs no vault: the styles of it are parsed once in a process."""
    sheet = SafeApp[None](colour=cast(Colour, colour)).stylesheet
    if isinstance(sheet, KeptStylesheet):
        sheet.prepare((ExinApp, BoardScreen, Lines, Input, BoardList, BoardColumns, Vertical, SaidLine, KeyLine))
