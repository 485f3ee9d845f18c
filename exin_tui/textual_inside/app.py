"""Textual's App with names for those of its inner steps that the program takes over or asks for."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Generic, TypeVar

from rich.console import RenderableType
from textual._context import NoActiveAppError
from textual.app import App
from textual.driver import Driver
from textual.filter import NoColor
from textual.screen import Screen

__all__ = ["InsideApp", "NoActiveAppError"]

Result = TypeVar("Result")


class InsideApp(App[Result], Generic[Result]):
    """An App whose ends are hooks: `met_error`, `say_last` and `gone_down`, which a subclass fills.

    It neither shows pointers nor tooltips, writes no file, and reports no mouse: every movement would cost bytes both
    ways and take away the terminal's own marking of text.
    """

    def __init__(self, *, driver_class: type[Driver] | None, ansi_color: bool | None) -> None:
        super().__init__(driver_class=driver_class, ansi_color=ansi_color)
        # Neither is used: what is said is said at the foot, and there is no pointer.
        self._disable_tooltips = self._disable_notifications = True

    def met_error(self, error: Exception) -> None:
        """Deal with an error that nothing in the program has caught."""

    def say_last(self, messages: list[RenderableType]) -> None:
        """Say what was given to `exit`, on the terminal that is itself again."""

    def gone_down(self) -> None:
        """Give back what was taken for the run; the terminal has its own modes again."""

    # ------------------------------------------------------------------ what Textual calls

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """None below one that covers everything: Textual would draw the screen below at every change of it."""
        if self._screen_stack and self._screen_stack[-1].styles.background.a == 1:
            return []
        return super()._background_screens

    def _build_driver(self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None) -> Driver:
        return super()._build_driver(headless, inline, False, size)

    def _set_pointer_shape(self, shape: str) -> None:
        """Send no pointer shape: it is an OSC, and there is no pointer."""

    def _deliver_binary(self, binary: Any, **options: Any) -> str | None:
        """Do nothing, whichever of Textual's ways to write a file was taken."""
        return None

    def _handle_exception(self, error: Exception) -> None:
        self.met_error(error)

    def _fatal_error(self) -> None:
        """Leave without rendering anything: Textual would show the values of every local variable."""
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        messages = list(self._exit_renderables)
        self._exit_renderables.clear()
        self.say_last(messages)

    async def _shutdown(self) -> None:
        # Going down is leaving, whoever asked for it: the screens go while their workers may still be at work.
        self._exit = True
        await super()._shutdown()
        self.gone_down()

    # ------------------------------------------------------------------ what the program asks for

    @property
    def is_leaving(self) -> bool:
        """Whether the way out has begun."""
        return self._exit

    @property
    def present_driver(self) -> Driver | None:
        """What holds the terminal; None before and after the run."""
        return self._driver

    def fail(self, code: int, error: Exception | None = None) -> None:
        """Leave with `code` and nothing rendered; the first `error` is what a test's pilot raises."""
        if error is not None and self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._return_code = code
        self._close_messages_no_wait()

    def as_active(self) -> AbstractContextManager[None]:
        """Make this the app that widgets find, in a task that no message began."""
        return self._context()

    def set_clipboard(self, text: str) -> None:
        """Keep `text` for pasting inside this program; the terminal hears nothing of it."""
        self._clipboard = text

    def forgo_colour(self) -> None:
        """Draw in the terminal's two colours only."""
        self.no_color = True
        if not any(isinstance(present, NoColor) for present in self._filters):
            self._filters.append(NoColor())

    def styles_hold(self) -> None:
        """Let no screen style itself anew for the styles in force."""
        for screen in self.screen_stack:
            screen._css_update_count = self._css_update_count

    def installed(self) -> dict[str, Screen[Any]]:
        """The screens that are kept while others are shown, by name."""
        return {name: kept for name, kept in self._installed_screens.items() if isinstance(kept, Screen)}

    async def lay_out_ahead(self, screen: Screen[Any]) -> None:
        """Have an installed `screen` run and laid out, out of sight."""
        self._load_screen_css(screen)
        await self._get_screen(screen)[1]
        screen._refresh_layout(self.size)
        # A timer's first round is a whole period long; the person need not wait for it.
        screen._update_timer.resume()
