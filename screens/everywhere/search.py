"""Searching names, codes and everything written, with the words found in their context."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.app import ComposeResult
from textual.timer import Timer

from config.dates import format_date
from config.errors import ExinError
from config.words import N_, _, n_
from models.access import visits
from models.restrictions.restrictions import hidden_code
from models.roles import rights
from models.search import queries as search
from models.search.queries import Hit
from models.storage.reading import Reading
from screens.forms.line_fields import HIDDEN
from screens.frame.case import Case
from screens.frame.destinations import (
    ABSENCES,
    ENTRY,
    HAND_OVERS,
    INTAKE,
    MEETING,
    MEETINGS,
    OPENING,
    PHASE_OUT,
    REVIEW,
)
from screens.frame.moving import ListKeys
from screens.frame.route import Route
from screens.frame.screen import CaseScreen
from screens.textual_inside.workers import run_beside
from screens.widgets.line import BOLD, DIM, FOUND, PLAIN, Piece, cut
from screens.widgets.text_lines import TitleLine
from screens.widgets.typed_line import TypedLine
from screens.widgets.windowed_list import WindowedList

QUIET_SECONDS: Final = 0.08
"""How long nobody types before the vault is asked."""

MOST: Final = 100
PARTS: Final = {
    "review": N_("Phase review"),
    "intake": N_("Intake"),
    "phase_out": N_("Phase-out"),
    "meeting": N_("Minutes of a meeting"),
    "hand_over": N_("Hand-over"),
    "snooze": N_("Signal put aside"),
    "absence": N_("Absence"),
}
"""What a hit that is no entry stands in, by `models.search.index.PARTS`."""

PEOPLE: Final = Route[int]("screens.contacts.register", "PeopleScreen")
SIGNALS: Final = Route[int | None]("screens.signals.screen", "SignalsScreen")


class HitList(WindowedList[Hit]):
    """Each hit in two lines: who, when and what, and below it the words in their context.

    While names are hidden the context is left out, for names stand in it too.
    """

    LINES_A_ROW = 2

    def __init__(self, case: Case) -> None:
        super().__init__(always_marked=True)
        self.case = case

    def draw_row(self, row: Hit, width: int, part: int) -> Sequence[Piece]:
        if part:
            return [("   ", PLAIN), *([] if self.case.private else marked(row.context, row.spans))]
        room = max(16, min(40, width - 46))
        if row.contact is not None:
            name = HIDDEN if self.case.private else row.name
            return [(" " + cut(name, room) + " " * 26, BOLD), (_("Contact person"), DIM)]
        if row.part:
            kind = _(PARTS[row.part])
        else:
            kind = _("Participant") if row.entry is None else str(self.case.programme.kind(row.kind).name)
        called = self.case.called(row.code, row.name) if row.code else _("The team")
        code = "" if called == row.code else row.code
        return [
            (" " + cut(called, room) + " ", BOLD),
            (cut(code, 12) + " ", PLAIN),
            (cut(format_date(row.day) if row.day else "", 10) + "  ", PLAIN),
            (kind, DIM),
        ]


def marked(text: str, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    """`text` with the spans, in order, marked as found."""
    pieces: list[Piece] = []
    done = 0
    for start, stop in spans:
        pieces += [(text[done:start], DIM), (text[start:stop], FOUND)]
        done = stop
    return [*pieces, (text[done:], DIM)]


class SearchScreen(ListKeys, CaseScreen[None]):
    """Stays installed, so that coming back shows the same search; opening and leaving go through the app."""

    CSS_PATH = "search.tcss"
    SCOPE = "search"
    HELP = N_(
        "Write the beginnings of one or more words: part of a name, a code, or anything that is written about anybody. "
        "What holds all of them is listed as you type, people first, then reviews, minutes and the like, then the "
        "entries. Accents and capitals do not matter, nor how a number is grouped."
    )

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.moving: HitList = HitList(case)
        self._answered: str | None = None
        self._restricted = ""
        self._timer: Timer | None = None
        self._was_private = case.private

    def body(self) -> ComposeResult:
        self._line = TypedLine()
        self._title = TitleLine(_("Search"))
        yield self._title
        yield self._line
        yield self.moving

    async def on_mount(self) -> None:
        self._line.focus()
        await self._search()

    async def turn_to(self) -> None:
        """Opened anew: what was looked for before is marked, so that typing replaces it."""
        if self.is_mounted:
            self._line.action_select_all()

    async def on_screen_resume(self) -> None:
        if self._answered is not None:
            await self.refresh_case()

    async def refresh_case(self) -> None:
        """Search again; a search that was written while names showed is emptied when they are hidden."""
        if self.case.private and not self._was_private:
            self._line.value = ""
        self._was_private = self.case.private
        await self._search(anew=False)

    # ------------------------------------------------------------------ searching

    def on_input_changed(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(QUIET_SECONDS, self._search_beside)

    def _search_beside(self) -> None:
        # Another screen may have come over this one meanwhile, and the vault be closed under a lock.
        if self.is_current:
            run_beside(self, self._search, group="search", exclusive=True)

    async def _search(self, *, anew: bool = True) -> None:
        """Ask for what is written; an answer that comes when something else stands there is dropped.

        `anew` puts the mark on the first hit, else it stays at its number.
        """
        text = self._line.value
        try:
            hits, self._restricted = await self.case.store.ask(_found, text)
        except ExinError as error:
            self.say(error.text, warn=True)
            return
        if text != self._line.value:
            return
        self._answered = text
        self.moving.empty = self._nothing(text)
        await self.moving.show_rows(hits, mark=0 if anew else None)
        self._title.show(_("Search"), self._how_many())
        self.draw_foot()

    def _nothing(self, text: str) -> str:
        """What stands in place of hits; a code is no name, so of a whole one it is said that it is restricted."""
        if self._restricted:
            return rights.restricted() + " " + _("Enter opens {code} so.").format(code=self._restricted)
        return _("Nothing found.") if text.strip() else _("Write part of a name, a code or a word.")

    def on_a_row(self) -> bool:
        return bool(self._restricted) or super().on_a_row()

    def _how_many(self) -> str:
        count = self.moving.count
        if not count:
            return ""
        if count == MOST:
            return _("the first {count}; write more to narrow it down").format(count=count)
        return n_("{count} found", "{count} found", count).format(count=count)

    # ------------------------------------------------------------------ acting

    async def on_input_submitted(self) -> None:
        if self._answered != self._line.value:
            # What is listed does not belong to what is written yet, and nobody has seen what Enter would open.
            await self._search()
            return
        await self.action_act("search.open")

    async def action_open(self) -> None:
        """Open what the words under the mark stand in."""
        hit = self.moving.row
        if hit is None:
            if self._restricted:
                await self.open(OPENING, self._restricted)
            return
        if hit.participant:
            self.log_look(hit.participant, visits.FOUND)
        match hit.part:
            case "review":
                await self.open(REVIEW, hit.opens)
            case "meeting" if hit.opens:
                await self.open(MEETING, hit.opens)
            case "meeting":
                # A topic that waits is seen where the meetings are.
                await self.open(MEETINGS)
            case "intake":
                await self.open(INTAKE, hit.participant)
            case "phase_out":
                await self.open(PHASE_OUT, hit.participant)
            case "snooze":
                await self.open(SIGNALS, hit.participant or None)
            case "absence":
                await self.open(ABSENCES)
            case "hand_over":
                await self.open(HAND_OVERS)
            case _ if hit.contact is not None:
                await self.open(PEOPLE, hit.contact)
            case _:
                await self.open(ENTRY, hit.participant, hit.entry)

    def action_new(self) -> None:
        """Empty the line."""
        self._line.value = ""

    async def action_close(self) -> None:
        """Go back, and keep the search."""
        await self.shell.go_back(self)


def _found(reading: Reading, text: str) -> tuple[list[Hit], str]:
    """Where the words stand, and the code that they are of somebody restricted."""
    return (search.find(reading, text, MOST) if text.strip() else []), hidden_code(reading, text)
