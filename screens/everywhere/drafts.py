"""The forms a person did not finish, and whose each is: to go on with one, or to throw it away in two steps."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Sequence
from typing import ClassVar, Final

from msgspec import Struct
from textual.app import ComposeResult

import screens
from config.dates import format_moment
from config.errors import ExinError
from config.words import N_, _, n_
from models.storage import drafts
from models.storage.drafts import KeptForm
from models.storage.reading import Reading
from screens.forms.draft_keeper import DraftKind, Whose, kind_of
from screens.forms.form import FormScreen
from screens.frame.case import Case
from screens.frame.dialog import ListScreen
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.key_line import SaidLine
from screens.widgets.line import ALARM, BOLD, DIM, HEADING, PLAIN, Piece, flat
from screens.widgets.lines import Lines

EXCERPT: Final = 120
EXCERPT_OF: Final = (
    "text", "topic", "reason", "risk_areas", "unit", "with_whom", "place", "what", "scope", "withdrawal_kept", "title",
    "about", "note", "referral_note", "words", "summary", "return_note",
)  # fmt: skip
"""The fields in which something is written, less what a form fills in by itself."""


class Unfinished(Struct, frozen=True):
    """An unfinished form: `kind` is None where nothing here keeps one of its name, `whose` where that is not known."""

    kept: KeptForm
    kind: DraftKind | None
    whose: Whose | None

    @property
    def excerpt(self) -> str:
        """The beginning of what was written."""
        fields = self.kept.fields
        texts = [fields.get(key, "") for key in EXCERPT_OF]
        texts += [text for key, text in fields.items() if key.startswith("prompt_")]
        return flat(" ".join(text for text in texts if text))[:EXCERPT]


def import_all() -> None:
    """Import every module of the screens, so that each has declared what it keeps; most are imported when used."""
    for module in pkgutil.walk_packages(screens.__path__, screens.__name__ + "."):
        importlib.import_module(module.name)


def all_unfinished(reading: Reading) -> list[Unfinished]:
    """The forms this person left unfinished with whom each is about, newest first; after `import_all`."""
    return [_with_whom(reading, kept) for kept in drafts.kept(reading)]


def _with_whom(reading: Reading, kept: KeptForm) -> Unfinished:
    kind = kind_of(kept.form)
    if kind is None:
        return Unfinished(kept, None, None)
    try:
        return Unfinished(kept, kind, kind.owner(reading, kept))
    except ExinError:
        return Unfinished(kept, kind, None)


class DraftsScreen(ListScreen[int]):
    """Lists the unfinished forms; nothing is answered, since each form saves by itself."""

    SCOPE = "drafts"
    HELP: ClassVar[str] = N_(
        "Forms you left before they were saved. Nobody else sees them. Go on with one, or throw it away: one key marks "
        "it, another one does it."
    )

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.moving: ColumnedList[Unfinished] = ColumnedList(self._cells_of_form, empty=_("Every form is finished."))
        self._doomed = 0

    def body(self) -> ComposeResult:
        yield Lines(2, id="drafts-head")
        yield self.moving

    async def on_mount(self) -> None:
        import_all()

    def _cells_of_form(self, row: Unfinished, part: int) -> Sequence[Cell]:
        """One line a form; the one that is to be thrown away says so."""
        gone = _("(no longer here)") if row.kind else _("(not known)")
        who = self.case.called(row.whose.code, row.whose.name) if row.whose else gone
        if row.kept.id == self._doomed:
            state: Piece = (_("Throw away?"), ALARM)
        else:
            state = ("" if self.case.private else row.excerpt, DIM)
        form = _(row.kind.title) if row.kind else row.kept.form
        return [
            Cell((flat(form), BOLD), least=12),
            Cell((flat(who), PLAIN), least=12),
            Cell((format_moment(self.case.clock.local(row.kept.saved_at)), PLAIN)),
            Cell(state, least=20, worth=1),
        ]

    async def on_screen_resume(self) -> None:
        """A form that was opened from here may be finished now."""
        await self.refresh_case()

    async def refresh_case(self) -> None:
        found = await self.case.store.ask(all_unfinished)
        if self._doomed not in [each.kept.id for each in found]:
            self._doomed = 0
        await self.moving.show_rows(found)
        title = n_("{count} unfinished form", "{count} unfinished forms", len(found)).format(count=len(found))
        self.query_one("#drafts-head", Lines).show([[(" " + title, HEADING)]])
        self.draw_foot()

    def why_not(self, action_id: str) -> str:
        row = self.moving.row
        if action_id == "drafts.open" and row is not None and row.kind is None:
            return _("This program knows no form of this name. It can only be thrown away.")
        if action_id == "drafts.open" and row is not None and row.whose is None:
            return _("What this form was about is no longer here. It can only be thrown away.")
        if action_id == "drafts.confirm" and not self._doomed:
            key = self.case.keymap.shown("drafts.discard")
            return _("Mark a form with {key} first.").format(key=key)
        return ""

    def settled(self, action_id: str) -> bool:
        return action_id == "app.drafts"

    def on_windowed_list_marked(self) -> None:
        """Moving on takes the mark for throwing away back."""
        row = self.moving.row
        if self._doomed and (row is None or row.kept.id != self._doomed):
            self._doom(0)

    def _doom(self, form: int) -> None:
        self._doomed = form
        self.moving.refresh()
        self.draw_foot()

    async def action_open(self) -> None:
        """Go on with the form under the mark."""
        row = self.moving.row
        if row is None or row.kind is None or row.whose is None:
            return
        self._doomed = 0
        screen = row.kind.reopen(self.case, row.whose, row.kept)
        screen = await screen if inspect.isawaitable(screen) else screen
        if isinstance(screen, FormScreen):
            screen.offer.take_up = row.kept.id
        answer = await self.ask(screen)
        await self.refresh_case()
        if isinstance(answer, str):
            self.say(answer)
        elif answer and not self.query_one(SaidLine).said:
            self.say(_("Saved."))

    def action_discard(self) -> None:
        """Mark the form to throw away, or take that mark back."""
        row = self.moving.row
        if row is None:
            return
        self._doom(0 if self._doomed == row.kept.id else row.kept.id)
        if self._doomed:
            key = self.case.keymap.shown("drafts.confirm")
            self.say(_("{key} throws this form away for good; any move keeps it.").format(key=key), warn=True)

    async def action_confirm(self) -> None:
        """Throw the marked form away."""
        row = self.moving.row
        if row is None or row.kept.id != self._doomed:
            return
        await self.case.store.note(drafts.drop, row.kept.form, row.kept.subject)
        self._doomed = 0
        await self.refresh_case()
        self.say(_("The unfinished form was thrown away."))
