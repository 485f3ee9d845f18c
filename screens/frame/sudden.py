"""What comes over a screen by nobody's key there: what is still being typed is no answer to it."""

from __future__ import annotations

from typing import Any, ClassVar, Final, Generic, TypeVar

from textual import events
from textual.app import ComposeResult

from config.errors import ExinError
from config.words import N_, _
from screens.frame.case import Case
from screens.frame.dialog import Dialog
from screens.frame.screen import CaseScreen
from screens.widgets.text_lines import TextLines, TitleLine

Result = TypeVar("Result")

_EDITING: Final = frozenset({"backspace", "delete", "tab"})
"""Keys that belong to writing, beside those that put a character in."""


class Sudden(CaseScreen[Result], Generic[Result]):
    """A screen over a field in which somebody may be in the middle of a sentence.

    What was typed before it is drawn is forgotten. After that no letter does anything until Enter is pressed, which is
    `seen`; an Enter that follows a letter is part of the sentence. Keys that write nothing do what they do everywhere.
    """

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.awake = False
        self._writing = False

    async def on_mount(self) -> None:
        self.shell.deafen()
        self.call_after_refresh(self.shell.hear)

    def on_key(self, event: events.Key) -> None:
        if self.awake:
            return
        enter = event.key == "enter"
        if enter and not self._writing:
            event.stop()
            self.awake = True
            self.say("")
            self.seen()
        elif enter or event.is_printable or event.key in _EDITING:
            event.stop()
            self._writing = not enter
            self.say(_("What you go on typing is not put in anywhere. Read this first, then press Enter."), warn=True)

    def seen(self) -> None:
        """It was read: from here on its keys hold."""


async def take_away(screen: CaseScreen[Any], told: str, *, hidden: bool = False) -> None:
    """Close `screen`, and all that lies over it, though nobody here asked for it; `told` says why.

    What is half written is kept, with whom it is about where they are `hidden` by now. It is told where no letter is an
    answer, and with where the text is.
    """
    app, shell = screen.app, screen.shell
    shell.deafen()
    try:
        stack = app.screen_stack
        kept = []
        for left in reversed(stack[stack.index(screen) :]):
            if isinstance(left, CaseScreen):
                try:
                    kept.append(await left.put_by(hidden=hidden))
                except ExinError as error:
                    # What hinders it is told, and no reason to go on showing what is gone.
                    kept.append(error.text)
        while screen in app.screen_stack:
            # Not waited for: it may be a handler of one of them that found out.
            app.pop_screen()
        await app.push_screen(ToldScreen(screen.case, told, " ".join(filter(None, kept))))
    except BaseException:
        shell.hear()
        raise


class ToldScreen(Sudden[None], Dialog[None]):
    """Says what took away what the person was at, and where is what they were writing."""

    SCOPE = "told"
    HELP: ClassVar[str] = N_(
        "Something happened that you did not ask for, so that what you were writing in is gone from the screen. "
        "Letters do nothing here, so that the rest of a sentence starts nothing. Enter or Esc goes on."
    )

    def __init__(self, case: Case, told: str, kept: str = "") -> None:
        super().__init__(case)
        self._told, self._kept = told, kept

    def body(self) -> ComposeResult:
        yield TitleLine(_("Something came in between"))
        yield TextLines(self._told, id="told-what")
        yield TextLines(self._kept, id="told-kept")

    async def refresh_case(self) -> None:
        said = await self.hiding(self._told)
        self.query_one("#told-what", TextLines).show(said(self._told))

    def seen(self) -> None:
        self.dismiss(None)

    def action_close(self) -> None:
        """Go on where the program is now."""
        self.dismiss(None)
