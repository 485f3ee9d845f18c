"""The forms a person did not finish: to go on with one, or to throw it away in two steps."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult

from config.dates import format_moment
from config.words import N_, _, n_
from models.storage import drafts
from models.storage.drafts import KeptForm
from screens.everywhere.draft_owners import Unfinished, all_unfinished, import_all
from screens.forms.form import FormScreen
from screens.frame.case import Case
from screens.frame.moving import ListKeys
from screens.frame.screen import CaseScreen
from screens.widgets.key_line import SaidLine
from screens.widgets.line import ALARM, BOLD, DIM, HEADING, PLAIN, Piece, cut, flat
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import WindowedList


async def unfinished(case: Case) -> list[KeptForm]:
    """The forms this person left unfinished, newest first."""
    return await case.store.ask(drafts.kept)


class DraftList(WindowedList[Unfinished]):
    """One line a form; the one that is to be thrown away says so."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Every form is finished."))
        self.case = case
        self.doomed = 0

    def draw_row(self, row: Unfinished, width: int, part: int) -> Sequence[Piece]:
        gone = _("(no longer here)") if row.kind else _("(not known)")
        who = self.case.called(row.whose.code, row.whose.name) if row.whose else gone
        if row.kept.id == self.doomed:
            state: Piece = (_("Throw away?"), ALARM)
        else:
            state = ("" if self.case.private else row.excerpt, DIM)
        form = _(row.kind.title) if row.kind else row.kept.form
        return [
            (cut(flat(form), 18) + " ", BOLD),
            (cut(flat(who), 23) + " ", PLAIN),
            (format_moment(self.case.clock.local(row.kept.saved_at)) + "  ", PLAIN),
            state,
        ]


class DraftsScreen(ListKeys, CaseScreen[int]):
    """Lists the unfinished forms; nothing is answered, since each form saves by itself."""

    SCOPE = "drafts"
    HELP: ClassVar[str] = N_(
        "Forms you left before they were saved. Nobody else sees them. Go on with one, or throw it away: one key marks "
        "it, another one does it."
    )

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self._list = DraftList(case)
        self.moving = self._list

    def body(self) -> ComposeResult:
        yield Lines(2, id="drafts-head")
        yield self.moving

    async def on_mount(self) -> None:
        import_all()
        await self.refresh_case()
        self.set_focus(self.moving)

    async def on_screen_resume(self) -> None:
        """A form that was opened from here may be finished now."""
        await self.refresh_case()

    async def refresh_case(self) -> None:
        found = await self.case.store.ask(all_unfinished)

        if self._list.doomed not in [each.kept.id for each in found]:
            self._list.doomed = 0
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
        if action_id == "drafts.confirm" and not self._list.doomed:
            key = self.case.keymap.shown("drafts.discard")
            return _("Mark a form with {key} first.").format(key=key)
        return ""

    def on_windowed_list_marked(self) -> None:
        """Moving on takes the mark for throwing away back."""
        row = self.moving.row
        if self._list.doomed and (row is None or row.kept.id != self._list.doomed):
            self._list.doomed = 0
            self.moving.refresh()
        self.draw_foot()

    async def action_open(self) -> None:
        """Go on with the form under the mark."""
        row = self.moving.row
        if row is None or row.kind is None or row.whose is None:
            return
        self._list.doomed = 0
        screen = row.kind.reopen(self.case, row.whose, row.kept)
        screen = await screen if inspect.isawaitable(screen) else screen
        if isinstance(screen, FormScreen):
            screen.offer.take_up = row.kept.id
        await self.app.push_screen(screen, self._left)

    async def _left(self, answer: str | int | None) -> None:
        """Back from a form: say what it has told, or that it was saved."""
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
        self._list.doomed = 0 if self._list.doomed == row.kept.id else row.kept.id
        self.moving.refresh()
        self.draw_foot()
        if self._list.doomed:
            key = self.case.keymap.shown("drafts.confirm")
            self.say(_("{key} throws this form away for good; any move keeps it.").format(key=key), warn=True)

    async def action_confirm(self) -> None:
        """Throw the marked form away."""
        row = self.moving.row
        if row is None or row.kept.id != self._list.doomed:
            return
        await self.case.store.note(drafts.drop, row.kept.form, row.kept.subject)
        self._list.doomed = 0
        await self.refresh_case()
        self.say(_("The unfinished form was thrown away."))

    def action_close(self) -> None:
        """Leave the forms as they are."""
        self.dismiss(None)
