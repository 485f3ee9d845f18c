"""The screen every other screen is built on: keys from the registry, the foot, and the actions that work everywhere."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import Screen

from config.actions import Action
from config.errors import ExinError
from config.words import _
from models.store import Locked
from screens.frame.case import Case
from screens.textual_inside.screen import draw_by_rows, take_keys
from screens.widgets.key_line import KeyHint, KeyLine, SaidLine
from screens.widgets.windowed_list import WindowedList

if TYPE_CHECKING:
    from screens.frame.shell import Shell

Result = TypeVar("Result")


class CaseScreen(Screen[Result], Generic[Result]):
    """A screen of the case; `SCOPE` names its actions in the key registry, `HELP` (a msgid) says what it is for.

    Each action `scope.name` is a method `action_name`. `why_not(action)` answers a sentence when it cannot be done
    just now: the foot shows it dim, and pressing the key says the sentence. What is over for good is `settled`.
    """

    SCOPE: ClassVar[str] = "everywhere"
    HELP: ClassVar[str] = ""
    AUTO_FOCUS: ClassVar[str | None] = None
    DEFAULT_CSS = "#foot { dock: bottom; height: auto; }"

    def __init__(self, case: Case) -> None:
        super().__init__()
        draw_by_rows(self)
        self.case = case
        self._as_of: tuple[int, bool, date] | None = self._known()
        self._behind = False
        self._resumed = False
        self.bind_keys()

    def bind_keys(self) -> None:
        """Take the keys from the registry in force."""
        take_keys(
            self,
            [
                Binding(",".join(action.keys), f"act('{action.id}')", _(action.label), show=False, id=action.id)
                for action in self.case.keymap.actions(self.SCOPE)
                if hasattr(self, f"action_{_name(action)}")
            ],
        )

    # ------------------------------------------------------------------ composing

    def compose(self) -> ComposeResult:
        yield from self.body()
        with Vertical(id="foot"):
            yield SaidLine()
            yield KeyLine()

    def body(self) -> ComposeResult:
        """The widgets between the top and the foot."""
        yield from ()

    async def on_mount(self) -> None:
        self.draw_foot()

    @on(events.ScreenResume)
    def come_to_front(self, event: events.ScreenResume) -> None:
        """Leave out styling every widget anew: the theme they follow does not change while screens are kept."""
        event.refresh_styles = event.refresh_styles and not self._resumed
        self._resumed = True
        self._behind = True
        self.call_later(self._back_in_front)

    async def _back_in_front(self) -> None:
        if self.is_current:
            await self.catch_up()
            self.draw_foot()

    def _known(self) -> tuple[int, bool, date]:
        """What makes old what is shown: a change, hiding the names, another day."""
        return self.case.store.changes, self.case.private, self.case.today

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read in here all that is shown: until something changes it is not read again, unless this fails."""
        # Before it is read: what changes meanwhile may be missing from it, and whoever asks meanwhile need not read.
        self._as_of, self._behind = self._known(), False
        try:
            yield
        except BaseException:
            self._as_of = None
            raise

    async def catch_up(self) -> None:
        """Read anew what is shown if it may be old; this alone reads for a change that was made on another screen."""
        self._behind = False
        if self._as_of != self._known():
            await self.read_again()

    async def read_again(self) -> None:
        """Do `refresh_case` where no key asked for it; an error is said, but for that the vault was just locked."""
        try:
            with self.reading():
                await self.refresh_case()
        except Locked:
            return
        except ExinError as error:
            self.say(error.text, warn=True)

    async def on_screen_suspend(self) -> None:
        # What this screen has changed itself it has shown; what it has not caught up with yet, it has not.
        if self._as_of is not None and not self._behind:
            self._as_of = *self._known()[:2], self._as_of[2]

    # ------------------------------------------------------------------ the foot

    @property
    def shell(self) -> Shell:
        """The app, as far as screens know it."""
        from typing import cast

        return cast("Shell", self.app)

    def say(self, text: str, *, warn: bool = False) -> None:
        """Say something at the foot of the screen."""
        self.query_one(SaidLine).say(text, warn=warn)

    def resting(self) -> str:
        """What stands at the foot while there is nothing to say: whose session this is."""
        who = self.case.store.actor.name
        return who + " · " + _("names hidden") if self.case.private else who

    def actions(self) -> list[Action]:
        """The actions that can be started from here, the screen's own first."""
        return [action for action in self.case.keymap.actions(self.SCOPE) if hasattr(self, f"action_{_name(action)}")]

    def draw_foot(self) -> None:
        """Bring the foot up to date with what can be done now."""
        hints = [
            KeyHint(self.case.keymap.shown(action.id, self.SCOPE), _(action.label), not self.why_not(action.id))
            for action in self.actions()
            if action.footer and not self.settled(action.id)
        ]
        hints.sort(key=lambda hint: hint.label == _("Help"))
        self.query_one(KeyLine).show(hints)
        self.query_one(SaidLine).rest(self.resting())

    def why_not(self, action_id: str) -> str:
        """Why an action cannot be done now, in a sentence; empty when it can."""
        return ""

    def settled(self, action_id: str) -> bool:
        """Whether an action is over here, whatever is under the mark: the foot leaves it out, the help keeps it."""
        return False

    # ------------------------------------------------------------------ acting

    async def action_act(self, action_id: str) -> None:
        """Do what a key of the registry stands for, or say why not; an error with a text is said, nothing is lost."""
        reason = self.why_not(action_id)
        self.say(reason, warn=bool(reason))
        if reason:
            return
        try:
            answer = getattr(self, f"action_{action_id.partition('.')[2]}")()
            if inspect.isawaitable(answer):
                await answer
        except ExinError as error:
            self.say(error.text, warn=True)

    @on(WindowedList.Unread)
    def _could_not_read(self, event: WindowedList.Unread) -> None:
        self.say(event.error.text, warn=True)

    async def refresh_case(self) -> None:
        """Read again what is shown: a colleague has saved something, or names were hidden."""

    async def action_help(self) -> None:
        """Show the keys of this screen and what they do."""
        await self.shell.open_help(self)

    async def action_palette(self) -> None:
        """Find an action by name."""
        await self.shell.open_palette(self)

    async def action_search(self) -> None:
        """Search everything."""
        await self.shell.open_search()

    async def action_lock(self) -> None:
        """Lock until the passphrase is given."""
        await self.shell.lock()

    async def action_privacy(self) -> None:
        """Hide names, or show them."""
        self.case.private = not self.case.private
        await self.refresh_case()
        self.draw_foot()

    def action_repaint(self) -> None:
        """Draw everything again."""
        self.shell.repaint_all()

    async def action_drafts(self) -> None:
        """Show the forms that were not finished."""
        await self.shell.open_drafts()

    async def action_settings(self) -> None:
        """Open the settings."""
        await self.shell.open_settings()

    async def action_quit_or_back(self) -> None:
        """Leave this screen."""
        await self.shell.go_back(self)

    async def action_undo(self) -> None:
        """Take back one's own last change."""
        await self.shell.take_back(self)


def _name(action: Action) -> str:
    return action.id.partition(".")[2]
