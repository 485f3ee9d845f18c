"""The screen every other screen is built on: keys from the registry, the foot, and the actions that work everywhere."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, ClassVar, Final, Generic, ParamSpec, TypeVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.css.query import NoMatches
from textual.screen import Screen

from config.actions import Action
from config.errors import ExinError
from config.words import _
from models.access.visits import OPENED
from models.roles import rights
from models.roles.rights import Right
from models.store import Locked
from screens.frame.asking import Answer, Conversation, Question
from screens.frame.case import Case
from screens.frame.destinations import OPENING, PARTICIPANT, SEARCH
from screens.frame.route import Route
from screens.frame.shell import Shell
from screens.textual_inside.screen import FOOT, cover, draw_by_rows, is_covered, take_keys
from screens.textual_inside.workers import run_beside
from screens.widgets.key_line import KeyHint, KeyLine, SaidLine
from screens.widgets.windowed_list import WindowedList

Result = TypeVar("Result")
P = ParamSpec("P")
PASTING: Final = "Ctrl+V"
"""The key of every field that puts in what was put aside; it is Textual's own."""


class CaseScreen(Screen[Result], Generic[Result]):
    """A screen of the case; `SCOPE` names its actions in the key registry, `HELP` (a msgid) says what it is for.

    Each action `scope.name` is a method `action_name`, or where it only opens another screen, its route in `OPENS`; in
    `OPENS_OF` a screen of the participant `concerned`. What its row in the registry asks for is seen to here; for the
    rest `why_not(action)` answers a sentence when it cannot be done just now: the foot does not offer it, and pressing
    the key says the sentence. What is over for good is `settled`. Several people look at one that `MEETS`.
    """

    MEETS: ClassVar[bool] = False
    SCOPE: str = "everywhere"
    HELP: ClassVar[str] = ""
    OPENS: ClassVar[Mapping[str, Route[[]]]] = {}
    OPENS_OF: ClassVar[Mapping[str, Route[int]]] = {}
    TAKES: ClassVar[Right | None] = None
    """The right to save or to write what stands here, where it is not the one the key names."""

    AUTO_FOCUS: ClassVar[str | None] = None
    DEFAULT_CSS = f"#{FOOT} {{ dock: bottom; height: auto; }}"

    def __init__(self, case: Case) -> None:
        super().__init__()
        draw_by_rows(self)
        self.case = case
        self._as_of: tuple[int, bool, date] | None = self._known()
        self._behind = False
        self._resumed = self._mounting = False
        self.unread: ExinError | None = None
        self.bind_keys()

    def bind_keys(self) -> None:
        """Take the keys from the registry in force."""
        take_keys(
            self,
            [
                Binding(",".join(action.keys), f"act('{action.id}')", _(action.label), show=False, id=action.id)
                for action in self.bound()
            ],
        )

    # ------------------------------------------------------------------ composing

    def compose(self) -> ComposeResult:
        yield from self.body()
        with Vertical(id=FOOT):
            yield SaidLine()
            yield KeyLine()

    def body(self) -> ComposeResult:
        """The widgets between the top and the foot."""
        yield from ()

    async def on_event(self, event: events.Event) -> None:
        """Say what has a text for the person; one that could not be mounted is `unread`, and `open` leaves it again."""
        self._mounting = self._mounting or isinstance(event, events.Mount)
        try:
            await super().on_event(event)
        except ExinError as error:
            if isinstance(event, events.Mount):
                self.unread = error
            self.say(error.text, warn=True)
        finally:
            self._mounting = self._mounting and not isinstance(event, events.Mount)

    async def on_mount(self) -> None:
        self.draw_foot()

    @on(events.ScreenResume)
    def come_to_front(self, event: events.ScreenResume) -> None:
        """Leave out styling every widget anew: the theme they follow does not change while screens are kept."""
        event.refresh_styles = event.refresh_styles and not self._resumed
        self._resumed = True
        self._behind = True
        self.call_later(self.back_in_front)

    async def back_in_front(self) -> None:
        """Bring what is shown up to date, now that nothing lies over it."""
        if self.is_current and self.unread is None and not self.shell.locked:
            await self.catch_up()
            self.draw_foot()
            self.log_look()

    @property
    def covered(self) -> bool:
        """Whether nothing but the foot is shown, because somebody it may tell of is hidden by now."""
        return is_covered(self)

    def cover(self) -> None:
        """Show nothing but the foot until what is shown was read anew."""
        cover(self, True)

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
        # What is not mounted yet reads by itself, and catches up once it is in front.
        if (self.covered or self._as_of != self._known()) and self.is_mounted and self.unread is None:
            await self.read_again()

    async def read_again(self) -> None:
        """Do `refresh_case` where no key asked for it; an error is said, but for that the vault was just locked.

        While the screen is mounted, when there is nothing yet that could be left standing, it is raised.
        """
        try:
            with self.reading():
                await self.refresh_case()
            cover(self, False)
        except Locked:
            return
        except ExinError as error:
            if self._mounting:
                raise
            if self._stands:
                self.say(error.text, warn=True)
        except NoMatches:
            # It was left while it was read, and is not there to be drawn.
            if self._stands:
                raise

    @property
    def _stands(self) -> bool:
        return self.is_attached and self in self.app.screen_stack

    async def on_screen_suspend(self) -> None:
        # What this screen has changed itself it has shown; what it has not caught up with yet, it has not.
        if self._as_of is not None and not self._behind:
            self._as_of = *self._known()[:2], self._as_of[2]

    # ------------------------------------------------------------------ other screens

    @property
    def shell(self) -> Shell:
        """The app, as far as screens know it."""
        return cast("Shell", self.app)

    @property
    def concerned(self) -> int | None:
        """The participant whom this screen is about, or who is under the mark."""
        return None

    @property
    def looked_at(self) -> int | None:
        """The participant whose file this screen shows, None for one that shows many, or nobody's.

        A screen that is made of a `participant` keeps the number under that name.
        """
        found = getattr(self, "participant", None)
        return found if isinstance(found, int) and found else None

    def log_look(self, participant: int | None = None, kind: str = OPENED) -> None:
        """Have the access log know that the file of `looked_at`, or of another participant, was opened here.

        It is written when what was asked for stands on the screen, beside whatever comes next.
        """
        seen = participant or self.looked_at
        if seen is not None and self.case.store.look(seen, kind):
            self.call_after_refresh(lambda: run_beside(self.app, self._write_looks, group="access log"))

    async def _write_looks(self) -> None:
        try:
            await self.case.store.write_looks()
        except Locked:
            # The lock writes it first, or keeps it.
            return
        except ExinError as error:
            if isinstance(front := self.app.screen, CaseScreen):
                front.say(error.text, warn=True)

    async def open(self, route: Route[P], *args: P.args, **kwargs: P.kwargs) -> None:
        """Open another screen, imported when it is opened first."""
        await self.shell.open(route, *args, **kwargs)

    async def turn_to(self, *args: Any, **kwargs: Any) -> None:
        """Show what a route asks for, on a screen that is kept from one opening to the next."""

    async def came_back(self, route: Route[...], answer: object) -> None:
        """Say that something was saved on the screen that was left; what is shown here is caught up with by itself."""
        if route == OPENING:
            if isinstance(answer, int):
                await self.open(PARTICIPANT, answer)
            return
        # What that screen has said itself tells more.
        if answer and not route.quiet and not self.query_one(SaidLine).said:
            self.say(_("Saved."))

    # ------------------------------------------------------------------ the foot

    def say(self, text: str, *, warn: bool = False) -> None:
        """Say something at the foot of the screen."""
        self.query_one(SaidLine).say(text, warn=warn)

    def say_below(self, text: str, *, warn: bool = False) -> None:
        """Say something on the screen that shows when this one is closed."""
        stack = self.app.screen_stack
        below = stack[stack.index(self) - 1] if self in stack and stack.index(self) else None
        if isinstance(below, CaseScreen):
            below.say(text, warn=warn)

    def resting(self) -> str:
        """What stands at the foot while there is nothing to say: whose session this is."""
        who = self.case.store.actor.name
        return who + " · " + _("names hidden") if self.case.private else who

    def actions(self) -> list[Action]:
        """The actions that can be started from here, the screen's own first."""
        return self.bound()

    def bound(self) -> list[Action]:
        """The actions whose keys hold here."""
        return [
            action
            for action in self.case.keymap.actions(self.SCOPE)
            if hasattr(self, _method(action.id)) or action.id in self.OPENS or action.id in self.OPENS_OF
        ]

    def draw_foot(self) -> None:
        """Bring the foot up to date with what can be done now, the most useful first."""
        hints = [
            KeyHint(self.case.keymap.shown(action.id, self.SCOPE), self.key_label(action))
            for action in sorted(self.actions(), key=lambda one: (one.id == "app.help", one.footer))
            if action.footer and not self.settled(action.id) and not self.refusal(action.id)
        ]
        self.query_one(KeyLine).show(hints)
        self.query_one(SaidLine).rest(self.resting())

    def key_label(self, action: Action) -> str:
        """What the key does now, in a word or two."""
        return _("Show names") if action.id == "app.privacy" and self.case.private else _(action.label)

    def refusal(self, action_id: str) -> str:
        """Why an action cannot be done now, in a sentence; empty when it can."""
        action = self.case.keymap.action(action_id)
        if reason := self.not_allowed(self.right_to(action)):
            return reason
        if action.needs_row and not self.on_a_row():
            return _(action.needs_row)
        if action.writes and self.unread is not None:
            return self.unread.text
        return self.why_not(action_id)

    def why_not(self, action_id: str) -> str:
        """What else is in the way of an action, as `refusal`."""
        return ""

    def right_to(self, action: Action) -> Right:
        """The right that an action takes here."""
        own = action.id == "form.save" or action.id.endswith((".write", ".template"))
        return self.TAKES if own and self.TAKES is not None else Right(action.right)

    def not_allowed(self, right: Right) -> str:
        """What whoever does not have the right is told; empty for everybody else."""
        return rights.refusal(self.case.store.actor.role, right)

    def only_reads(self) -> str:
        """What whoever may only read is told; empty for everybody else."""
        return self.not_allowed(self.TAKES or Right.WRITE)

    def on_a_row(self) -> bool:
        """Whether the mark stands on a row, where the screen has a list."""
        return True

    def settled(self, action_id: str) -> bool:
        """Whether an action is over here, whatever is under the mark: the foot leaves it out, the help keeps it."""
        return False

    # ------------------------------------------------------------------ acting

    async def action_act(self, action_id: str) -> None:
        """Do what a key of the registry stands for, or say why not; an error with a text is said, nothing is lost."""
        reason = self.refusal(action_id)
        self.say(reason, warn=bool(reason))
        if reason:
            self.shell.forget_ahead()
            return
        await Conversation(self._start(action_id), self, self._failed).go_on()

    async def _start(self, action_id: str) -> None:
        if action_id in self.OPENS:
            await self.open(self.OPENS[action_id])
        elif action_id in self.OPENS_OF:
            if (participant := self.concerned) is not None:
                await self.open(self.OPENS_OF[action_id], participant)
        else:
            answer = getattr(self, _method(action_id))()
            if inspect.isawaitable(answer):
                await answer

    def _failed(self, error: ExinError) -> None:
        self.say(error.text, warn=True)
        self.shell.forget_ahead()

    async def put_by(self, *, hidden: bool = False) -> str:
        """Keep what is being written here, since the screen is taken away; says where it is, nothing where it is not.

        Where whom it is about is `hidden` by now, it is kept, but is with them.
        """
        return ""

    def on_paste(self, event: events.Paste) -> None:
        """Put aside what was pasted where no field takes it."""
        event.stop()
        if event.text.strip():
            self.shell.put_aside(event.text)
            self.say(_("There is no field here for what was pasted. {key} puts it into one.").format(key=PASTING))

    async def ask(self, screen: Screen[Answer]) -> Answer | None:
        """Show another screen and go on with what it answers, None where it was closed; for what a key starts."""
        return await Question(screen)

    @on(WindowedList.Unread)
    def _could_not_read(self, event: WindowedList.Unread) -> None:
        self.say(event.error.text, warn=True)

    async def refresh_case(self) -> None:
        """Read again what is shown: a colleague has saved something, or names were hidden."""

    def action_close(self) -> Awaitable[None] | None:
        """Back to where it was opened, with no answer."""
        self.dismiss(None)
        return None

    async def action_help(self) -> None:
        """Show the keys of this screen and what they do."""
        await self.open(HELP_OF, self)

    async def action_palette(self) -> None:
        """Find an action by name."""
        await self.open(PALETTE_OF, self)

    async def action_search(self) -> None:
        """Search everything."""
        await self.open(SEARCH)

    async def action_lock(self) -> None:
        """Lock until the passphrase is given."""
        await self.shell.lock()

    async def action_privacy(self) -> None:
        """Hide names, or show them."""
        await self.hide_names(not self.case.private)

    async def hide_names(self, private: bool) -> None:
        """Hide names, or show them, on every screen."""
        self.case.private = private
        # Every screen at once, also those that are covered or kept: none is to come to the front with names on it.
        kept: list[Screen[Any]] = list(getattr(self.app, "installed", dict)().values())
        for screen in dict.fromkeys((self, *self.app.screen_stack, *kept)):
            if isinstance(screen, CaseScreen) and screen.is_mounted:
                await screen.follow_privacy()

    async def follow_privacy(self) -> None:
        """Show names, or hide them, in all that stands on this screen."""
        self.say("")
        await self.read_again()
        self.draw_foot()

    def action_repaint(self) -> None:
        """Draw everything again."""
        self.shell.repaint_all()

    async def action_drafts(self) -> None:
        """Show the forms that were not finished."""
        await self.open(DRAFTS)

    async def action_passphrase(self) -> None:
        """Change one's own passphrase."""
        await self.open(PASSPHRASE)

    async def action_settings(self) -> None:
        """Open the settings."""
        await self.shell.change_settings()

    async def action_open_restricted(self) -> None:
        """Open a restricted participant with a reason."""
        await self.open(OPENING, "")

    async def action_quit_or_back(self) -> None:
        """Leave this screen."""
        await self.shell.go_back(self)

    async def action_undo(self) -> None:
        """Take back one's own last change."""
        await self.shell.take_back(self)

    async def action_redo(self) -> None:
        """Do again what one has taken back last."""
        await self.shell.do_again(self)


HELP_OF: Final = Route[CaseScreen[Any]]("screens.everywhere.help", "HelpScreen")
PALETTE_OF: Final = Route[CaseScreen[Any]]("screens.everywhere.palette", "PaletteScreen")
PASSPHRASE: Final = Route[[]]("screens.everywhere.passphrase", "OwnPassphraseForm", quiet=True)
DRAFTS: Final = Route[[]]("screens.everywhere.drafts", "DraftsScreen")


def _method(action_id: str) -> str:
    return "action_" + action_id.partition(".")[2]
