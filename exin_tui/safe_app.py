"""The App every screen runs in: nothing of a case leaves it except as cells on the person's own terminal."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import threading
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Final, Generic, Literal, TypeVar

from rich.console import RenderableType
from textual.app import ScreenError, SystemCommand
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.dom import NoScreen
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widget import MountError
from textual.worker import WorkerFailed

from config.errors import ExitCode
from config.words import N_
from exin_tui import crash, ending_signals
from exin_tui.display.clean import CleanFilter
from exin_tui.key_queue import TypedAhead
from exin_tui.printing import write_line
from exin_tui.textual_inside.app import InsideApp, NoActiveAppError
from exin_tui.textual_inside.quiet import QuietDisplay
from exin_tui.textual_inside.stylesheet import KeptStylesheet

Colour = Literal["auto", "ansi", "full", "none"]
Result = TypeVar("Result")

_GONE: Final = (NoMatches, NoScreen, ScreenError, NoActiveAppError, MountError)
"""What Textual raises where a widget, a screen or the app is missed."""

_HANGUP: Final = 1
_HOOK_SECONDS: Final = 5.0
"""How long `on_hangup` may take to keep the form and close the vault."""

_LEAVE_SECONDS: Final = 3.0
"""How long leaving may take after that: a stalled line must not keep an open vault in memory."""

_MONOCHROME: Final = re.compile(r"^(vt[0-9]|xterm-mono$|wy[0-9]|adm|tvi|ansi-m|.*-(m|mono)$)")
_ANSI_THEME: Final = "ansi-dark"


class SafeApp(QuietDisplay[Result], TypedAhead[Result], InsideApp[Result], Generic[Result]):
    """An App with the leaks of a general-purpose one closed, and the line kept quiet.

    `delta` draws only changed cells. `colour`: "auto" takes the terminal's own sixteen colours, and none where
    NO_COLOR or TERM says so; "full" leaves it to the theme.
    """

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "repaint_all", N_("Draw the screen again"), show=False, system=True, id="app.repaint")
    ]

    def __init__(
        self, *, delta: bool = True, colour: Colour = "auto", driver_class: type[Driver] | None = None
    ) -> None:
        self._clean_filter = CleanFilter()
        super().__init__(driver_class=driver_class, ansi_color=None if colour == "full" else True)
        self.delta_display = delta
        self.animation_level = "none"
        self._error: BaseException | None = None
        self._said = False
        self._leaving: asyncio.Task[None] | None = None
        self._deadline: threading.Timer | None = None
        self._handled: list[int] = []
        if colour != "full":
            self.theme = _ANSI_THEME
        self.stylesheet = KeptStylesheet(variables=self.get_css_variables())
        if colour == "none" or _MONOCHROME.match(os.environ.get("TERM", "").lower()):
            self.forgo_colour()

    async def on_hangup(self, number: int) -> None:
        """Keep what is half written and close the vault; called once, before leaving on signal `number`."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters after our own, which no widget's text gets past."""
        return [self._clean_filter, *super().get_line_filters()]

    def refresh_css(self, animate: bool = True) -> None:
        """Leave out what changes nothing: Textual styles everything again at the start, for the theme it began with."""
        sheet = self.stylesheet
        if isinstance(sheet, KeptStylesheet) and sheet.has_variables(self.get_css_variables()):
            self.styles_hold()
            return
        super().refresh_css(animate)

    def get_driver_class(self) -> type[Driver]:
        """The driver that survives a lost terminal, where there is a Unix to run it on."""
        if os.name != "posix":
            return super().get_driver_class()
        from exin_tui.textual_inside.driver import SturdyDriver

        return SturdyDriver

    # ------------------------------------------------------------------ what leaves the program

    def copy_to_clipboard(self, text: str) -> None:
        """Keep `text` for pasting inside this program; never sent to the terminal, never out of a password field."""
        if not getattr(self.focused, "password", False):
            self.set_clipboard(text)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """None of Textual's own, of which one writes the screen to a file."""
        return ()

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        """Nothing while the program runs for a person; tests, which run it without a terminal, get their picture."""
        return super().export_screenshot(title=title, simplify=simplify) if self.is_headless else ""

    def save_screenshot(self, *place: Any, **options: Any) -> str:
        """Do nothing and name no file: a picture of a case is a copy of it."""
        return ""

    def deliver_text(self, path_or_file: Any, **options: Any) -> str | None:
        """Do nothing, not even open the file."""
        return None

    def deliver_binary(self, path_or_file: Any, **options: Any) -> str | None:
        """Do nothing, not even open the file."""
        return None

    def action_repaint_all(self) -> None:
        """Clear the terminal and write everything, after something else wrote on it."""
        self.repaint_all()

    # ------------------------------------------------------------------ errors

    def met_error(self, error: Exception) -> None:
        """Leave at once with code 70; what is said about it comes when the terminal is itself again.

        Once the person has chosen to leave, the widgets go one by one: whatever a screen still at work misses of them
        is no error, and everything else is.
        """
        cause = error.error if isinstance(error, WorkerFailed) else error
        if self.is_leaving and isinstance(cause, _GONE):
            return
        if self._error is None:
            self._error = cause
        self.fail(int(ExitCode.CRASHED), error)

    def panic(self, *renderables: RenderableType) -> None:
        """Leave as after any error, whatever was to be shown."""
        if self._error is None:
            self._error = RuntimeError()
        self.fail(int(ExitCode.CRASHED))

    def say_last(self, messages: list[RenderableType]) -> None:
        """Say one neutral sentence about an error, or the plain text given to `exit`, on the restored terminal."""
        texts = [message for message in messages if isinstance(message, str)]
        if self._error is not None:
            if not self._said and not self.is_headless:
                self._said = True
                crash.say(self._error)
        elif texts and sys.__stderr__ is not None:
            write_line(texts[0])

    # ------------------------------------------------------------------ signals

    async def on_load(self) -> None:
        """Take over signals and stray reports before the terminal is taken."""
        crash.silence_logging()
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._on_loop_error)
        if threading.current_thread() is threading.main_thread():
            for number in (*ending_signals.ENDING, signal.SIGINT):
                try:
                    loop.add_signal_handler(number, self._on_signal, int(number))
                    self._handled.append(number)
                except (NotImplementedError, RuntimeError):
                    # Windows' loop knows no signals; its consoles close the process.
                    return

    def terminal_lost(self) -> None:
        """Leave as on a hangup: the terminal's other end is closed; called by the driver."""
        self._on_signal(_HANGUP)

    def _on_signal(self, number: int) -> None:
        if self._leaving is None:
            # Nobody may ever read what is still to be written, so the way out does not depend on it.
            self._deadline = threading.Timer(_HOOK_SECONDS + _LEAVE_SECONDS, self._leave_now, (number,))
            self._deadline.daemon = True
            self._deadline.start()
            self._leaving = asyncio.get_running_loop().create_task(self._leave(number))

    async def _leave(self, number: int) -> None:
        with self.as_active():
            try:
                await asyncio.wait_for(self.on_hangup(number), _HOOK_SECONDS)
            except TimeoutError:
                pass
            except Exception as error:  # noqa: BLE001 - leaving goes on whatever the hook met
                self.met_error(error)
                return
            self.exit(return_code=128 + number, message=ending_signals.sentence(number))

    def _leave_now(self, number: int) -> None:
        give_back = getattr(self.present_driver, "give_back", None)
        if give_back is not None:
            give_back()
        os._exit(128 + number)

    def gone_down(self) -> None:
        """Give back the signals and the loop, which may outlive this app in a test."""
        if self._deadline is not None:
            self._deadline.cancel()
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(None)
        for number in self._handled:
            loop.remove_signal_handler(number)
        self._handled.clear()

    def _on_loop_error(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """A task nobody awaited failed: end as after any error, where asyncio would log the message."""
        error = context.get("exception")
        if isinstance(error, Exception) and self.is_running:
            self.met_error(error)
