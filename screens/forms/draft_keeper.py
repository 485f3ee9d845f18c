"""Keeping what is half written inside the vault, soon or at once where nobody may come back, and offering it again.

Whatever keeps something declares it here, as a `DraftKind`: what it is called, whose it is, and how it is opened again.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence, Set
from contextlib import suppress
from typing import Any, Final

from msgspec import Struct
from textual.screen import Screen
from textual.timer import Timer

from config.dates import format_moment
from config.errors import ExinError
from config.words import _
from models.participants import participants
from models.storage import drafts
from models.storage.drafts import KeptForm
from models.storage.reading import Reading
from models.storage.writing import Writing
from screens.frame.case import Case
from screens.frame.screen import CaseScreen
from screens.widgets.line import DIM, WARN, Piece

Kept = Mapping[str, str]
KEEP_AFTER: Final = 1.0
KEEP_AT_LEAST_EVERY: Final = 5.0
AT_ONCE: Final = 0.01
"""A timer of no time at all ends the program: Textual divides by it where it is late."""


class Whose(Struct, frozen=True):
    """Whom an unfinished form is about; `participant` is 0 where it is no participant, `code` then says what."""

    participant: int
    code: str
    name: str


def whose(find: Callable[[Reading, int], int | None] | None = None) -> Callable[[Reading, KeptForm], Whose]:
    """A form kept under a participant's number, or one for which `find` answers it, with none about the team."""

    def owner(reading: Reading, kept: KeptForm) -> Whose:
        participant = find(reading, kept.subject) if find is not None else kept.subject
        if not participant:
            return teams(reading, kept)
        found = participants.file_of(reading, participant)
        return Whose(participant, found.code, found.name)

    return owner


def teams(reading: Reading, kept: KeptForm) -> Whose:
    """A form about the team."""
    return Whose(0, _("the team"), "")


def candidates(reading: Reading, kept: KeptForm) -> Whose:
    """A form about a participant, or about a candidate who is not entered yet."""
    if kept.subject > 0:
        return whose()(reading, kept)
    name = " ".join(kept.fields.get(key, "") for key in ("given_name", "family_name")).strip()
    return Whose(0, _("new candidate"), name)


class DraftKind(Struct, frozen=True):
    """The forms that are kept under one name, or under it and a colon and more; `title` is a msgid.

    `owner` raises an `ExinError` where what the form was about is gone; `reopen` answers the screen to go on with;
    where that screen itself opens what keeps the draft, it is a `Route`.
    """

    name: str
    title: str
    reopen: Callable[[Case, Whose, KeptForm], Screen[Any] | Awaitable[Screen[Any]]]
    owner: Callable[[Reading, KeptForm], Whose] = whose()


_KINDS: Final[dict[str, DraftKind]] = {}


def declare(kind: DraftKind) -> DraftKind:
    """Say what is kept, once; a name means one thing."""
    if kind.name in _KINDS:
        raise TypeError(f"Something is kept under the name {kind.name} already")
    _KINDS[kind.name] = kind
    return kind


def kinds() -> tuple[DraftKind, ...]:
    """All that was declared so far."""
    return tuple(_KINDS.values())


def kind_of(form: str) -> DraftKind | None:
    """What is kept under this name, as far as what keeps it has been imported."""
    return _KINDS.get(form.partition(":")[0])


class Keeper:
    """Keeps what `wanted` answers under `name`, a form's and the number of what it is about; None is nothing to keep.

    `kept` is what the vault holds of it, and `ended` says that nothing more is kept. With `several`, of a form about
    nobody yet, there may be more than one; `number` is then the one kept here, None while nothing is.
    """

    def __init__(
        self, screen: CaseScreen[Any], name: Callable[[], tuple[str, int]], wanted: Callable[[], Kept | None],
        *, several: bool = False,
    ) -> None:  # fmt: skip
        self._screen, self._name, self._wanted = screen, name, wanted
        self._timer: Timer | None = None
        self._unkept_since = 0.0
        self._turn = asyncio.Lock()
        self._acted = screen.case.store.acted
        self.several = several
        self.number: int | None = None
        self.kept: Kept | None = None
        self.ended = False

    async def found(self) -> KeptForm | None:
        """What was left unfinished before; of several, nothing until one of `all` is taken up."""
        form, subject = self._name()
        if kind_of(form) is None:
            raise LookupError(f"Nobody has declared what is kept under the name {form}")
        if self.several:
            return None
        found = await self._screen.case.store.ask(drafts.kept, form, subject)
        self.kept = found[0].fields if found else None
        return found[0] if found else None

    async def all(self) -> list[KeptForm]:
        """Of several, each that was left unfinished, the one begun last first."""
        return await self._screen.case.store.ask(drafts.about_nobody, self._name()[0])

    def take(self, kept: KeptForm | None) -> None:
        """Go on with one of several, or with none of them: a new one."""
        self.number = kept.subject if kept is not None else None
        self.kept = kept.fields if kept is not None else None

    def soon(self) -> None:
        """Keep it when the person pauses, and after a few seconds where they do not."""
        if self.ended:
            return
        now = time.monotonic()
        if self._timer is None:
            self._unkept_since = now
        else:
            self._timer.stop()
        left = self._unkept_since + KEEP_AT_LEAST_EVERY - now
        self._timer = self._screen.set_timer(max(AT_ONCE, min(KEEP_AFTER, left)), self.now_or_say)

    async def now_or_say(self) -> None:
        """Keep it, and say what hinders that."""
        try:
            await self.now()
        except ExinError as error:
            self._screen.say(error.text, warn=True)

    async def now(self) -> None:
        """Keep it as it stands; where the vault holds just that, it is not asked: it may be closed by now."""
        self._stop()
        async with self._turn:
            wanted = None if self.ended else self._wanted()
            if self.ended or wanted == self.kept:
                return
            if wanted is None:
                await self._drop()
                return
            form, subject = self._name()
            note, number = self._screen.case.store.note, self.number if self.several else subject
            if number is None:
                self.number = await note(drafts.keep_another, form, dict(wanted))
            else:
                await note(keep_whose, form, number, dict(wanted))
            self.kept = wanted

    def told(self, *, hidden: bool = False) -> str:
        """Where what was kept is, in a sentence; nothing where nothing was. Whom it is about may be `hidden` by now."""
        if self.kept is None:
            return ""
        if hidden:
            return _("What you had written is kept with the participant, and is there again once you may see them.")
        key = self._screen.case.keymap.shown("app.drafts")
        return _("What you had written is kept as an unfinished form: {key} shows it.").format(key=key)

    async def end(self) -> None:
        """It was saved: forget it, and keep nothing more of it."""
        self.leave()
        async with self._turn:
            if self.kept is not None:
                await self._drop()

    async def saved(self) -> None:
        """As `end`; what stood in it is remembered, for whoever takes the saving back."""
        case, wanted = self._screen.case, None if self.ended else self._wanted()
        if wanted is not None and case.store.acted > self._acted:
            form, subject = self._name()
            number = subject if not self.several else min(subject, 0)
            case.saved[case.store.acted] = KeptForm(0, form, number, dict(wanted), case.clock.seconds())
        await self.end()

    async def _drop(self) -> None:
        form, subject = self._name()
        number = self.number if self.number is not None else subject
        await self._screen.case.store.note(drafts.drop, form, number)
        self.number = self.kept = None

    def leave(self) -> None:
        """Keep nothing more of it; what is kept stays."""
        self.ended = True
        self._stop()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None


def keep_whose(writing: Writing, form: str, subject: int, fields: dict[str, str]) -> None:
    """Keep it with whom it is about, so that it is hidden with them."""
    kind, participant = kind_of(form), 0
    if kind is not None:
        # What it was about may be gone; what was written is kept all the same.
        with suppress(ExinError):
            participant = kind.owner(writing, KeptForm(0, form, subject, fields, 0)).participant
    drafts.keep(writing, form, subject, fields, participant)


class Offer:
    """Knows what `keeper` found: `kept` belongs to this form, and lies over it unless it was put aside, `emptied`.

    A form about nobody yet, of which there may be several, begins empty: what was left of another one is about somebody
    else. The `next` one is only named, and `take_up` is the one to begin with, by its row.
    """

    def __init__(self, case: Case, keeper: Keeper) -> None:
        self._case, self._keeper = case, keeper
        self.kept: KeptForm | None = None
        self.next: KeptForm | None = None
        self.emptied = False
        self.take_up = 0

    @property
    def found(self) -> KeptForm | None:
        """What there is to do something with."""
        return self.kept or self.next

    @property
    def laid(self) -> KeptForm | None:
        """What lies over the form."""
        return None if self.emptied else self.kept

    @property
    def only_named(self) -> bool:
        """Whether this is a new form, and another one was left unfinished."""
        return self.kept is None and self.next is not None

    async def find(self) -> None:
        """Look for what was left unfinished."""
        self.kept = await self._keeper.found()
        if self._keeper.several:
            begun = await self._keeper.all()
            self._take(next((one for one in begun if one.id == self.take_up), None), begun)

    async def go_on(self) -> None:
        """Keep what is written, and go on with the one begun before it; after the first of all comes a new form."""
        await self._keeper.now()
        here, begun = self._keeper.number, await self._keeper.all()
        self._take(_after(here, begun), begun)

    def forget(self, unsaved: Set[str]) -> None:
        """Offer nothing to put aside any more once all that was left unfinished, these fields aside, has been saved."""
        if self.laid is not None and not self.laid.fields.keys() & unsaved:
            self.kept = None

    def _take(self, kept: KeptForm | None, begun: Sequence[KeptForm]) -> None:
        self._keeper.take(kept)
        self.kept, self.next = kept, _after(kept.subject if kept is not None else None, begun)

    def told(self, key: str) -> list[Piece]:
        """The line that says so above the fields; `key` puts it aside, brings it back or takes it up."""
        if self.found is None:
            return []
        if self.kept is None:
            words = _("This form is new. You left another one unfinished {when}: {key} takes it up.")
        elif self.emptied:
            words = _("The form you left unfinished {when} is put aside; {key} brings it back.")
        else:
            words = _("You left this unfinished {when}; here it is. {key} puts it aside.")
        when = format_moment(self._case.clock.local(self.found.saved_at))
        return [(words.format(when=when, key=key), WARN if self.laid else DIM)]


def _after(number: int | None, begun: Sequence[KeptForm]) -> KeptForm | None:
    """Which of several was begun before the one of this number; the one begun last for a new form."""
    return next((one for one in begun if number is None or one.subject > number), None)
