"""Searching names, codes and everything written, with the words found in their context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    AGREEMENT,
    ENTRY,
    HAND_OVERS,
    INTAKE,
    KNOWN,
    MAPPINGS,
    MEETING,
    MEETINGS,
    OPENING,
    PHASE_OUT,
    REVIEW,
    SUPPORT_TEAM,
)
from screens.frame.moving import ListKeys
from screens.frame.places import MARKED
from screens.frame.route import Route
from screens.frame.screen import CaseScreen
from screens.textual_inside.workers import run_beside
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.line import BOLD, DIM, FOUND, PLAIN, Piece
from screens.widgets.text_lines import TitleLine
from screens.widgets.typed_line import TypedLine

QUIET_SECONDS: Final = 0.08
"""How long nobody types before the vault is asked."""

MOST: Final = 100
PARTS: Final = {
    "review": N_("Phase review"),
    "intake": N_("Intake"),
    "phase_out": N_("Phase-out"),
    "meeting": N_("Minutes of a meeting"),
    "hand_over": N_("Hand-over"),
    "snooze": N_("Snoozed signal"),
    "absence": N_("Absence"),
    "support_team": N_("Support team"),
    "mapping": N_("Mapping"),
    "individual_plan": N_("Individual plan"),
    "gathering": N_("Gathering"),
    "gathering_task": N_("Task of a gathering"),
    "agreement": N_("Cooperation agreement"),
    "network_member": N_("Member of the network"),
}
"""What a hit that is no entry stands in, by `models.search.index.PARTS`."""

REMEMBERED: Final = 9
CONTACT: Final = Route[int]("screens.contacts.forms", "ContactForm", reads=True)
LISTED: Final[Mapping[str, Route[[]]]] = {
    "absence": ABSENCES, "hand_over": HAND_OVERS,
    "network_member": Route[[]]("screens.gatherings.members", "MembersScreen"),
}  # fmt: skip
"""Where a hit is a line of a list, by the part of the method it is of."""
OF_ITS_OWN: Final[Mapping[str, Route[int]]] = {
    "review": REVIEW, "meeting": MEETING, "snooze": Route[int]("screens.signals.screen", "with_snooze"),
    "gathering": Route[int]("screens.gatherings.page", "GatheringScreen"), "agreement": AGREEMENT,
    "gathering_task": Route[int]("screens.gatherings.answers", "SideBySideScreen"),
}  # fmt: skip
"""Where a hit has a screen of its own, or is found by its own number."""
OF_PARTICIPANT: Final[Mapping[str, Route[int]]] = {
    "intake": INTAKE, "phase_out": PHASE_OUT, "support_team": SUPPORT_TEAM, "mapping": MAPPINGS,
    "individual_plan": KNOWN,
}  # fmt: skip


class HitList(ColumnedList[Hit]):
    """Each hit in two lines: who, when and what, and below it the words in their context.

    While names are hidden the context is left out, for names stand in it too.
    """

    LINES_A_ROW = 2

    def __init__(self, case: Case) -> None:
        super().__init__(always_marked=True)
        self.case = case

    def cells(self, row: Hit, part: int) -> Sequence[Cell]:
        if part:
            return [Cell(("   ", PLAIN), *([] if self.case.private else marked(row.context, row.spans)))]
        if row.contact is not None:
            name = HIDDEN if self.case.private else row.name
            return [Cell((" " + name, BOLD), least=16), Cell(), Cell(), Cell((_("Contact person"), DIM))]
        if row.part:
            kind = _(PARTS[row.part])
        else:
            kind = _("Participant") if row.entry is None else str(self.case.programme.kind(row.kind).name)
        called = self.case.called(row.code, row.name) if row.code else _("The team")
        code = "" if called == row.code else row.code
        return [
            Cell((" " + called, BOLD), least=16),
            Cell((code, PLAIN)),
            Cell((format_date(row.day) if row.day else "", PLAIN)),
            Cell((kind, DIM)),
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
        self._before: list[str] = []
        """What was looked for in this session, the latest last."""
        self._brought_back = ""

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
            self._remember()

    async def on_screen_resume(self) -> None:
        if self._answered is not None:
            await self.refresh_case()

    async def refresh_case(self) -> None:
        """Search again; what was looked for while names showed is forgotten when they are hidden."""
        if self.case.private and not self._was_private:
            self._line.value, self._before = "", []
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

        `anew` puts the mark on the first hit, else it stays on the hit it is on.
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
        marked = self.moving.row
        here = (place for place, hit in enumerate(hits) if marked is not None and _same(hit, marked))
        await self.moving.show_rows(hits, mark=0 if anew else next(here, None))
        self._title.show(_("Search"), self._how_many())
        self.draw_foot()

    def _nothing(self, text: str) -> str:
        """What stands in place of hits; a code is no name, so of a whole one it is said that it is restricted."""
        if self._restricted:
            return rights.restricted() + " " + _("Enter opens {code} so.").format(code=self._restricted)
        if text.strip():
            return _("Nothing found.")
        told = _("Write part of a name, a code or a word.")
        if self._before:
            key = self.case.keymap.shown("search.new", self.SCOPE)
            told += " " + _("{key} brings back “{text}”.").format(key=key, text=self._before[-1])
        return told

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
        self._remember()
        if hit.contact is not None:
            await self.open(CONTACT, hit.contact)
        elif hit.part == "meeting" and not hit.opens:
            # A topic that waits is seen where the meetings are.
            await self.open(MEETINGS)
        elif hit.part in LISTED:
            await self.open(MARKED, LISTED[hit.part], None, lambda row: row.id == hit.opens)
        elif hit.part in OF_ITS_OWN:
            await self.open(OF_ITS_OWN[hit.part], hit.opens)
        elif hit.part in OF_PARTICIPANT:
            await self.open(OF_PARTICIPANT[hit.part], hit.participant)
        else:
            await self.open(ENTRY, hit.participant, hit.entry)

    # ------------------------------------------------------------------ what was looked for before

    def _remember(self) -> None:
        """What is written was looked for: the next letter begins a new word, and this one can be brought back."""
        if (text := self._line.value.strip()) and not self.case.private:
            self._before = [*(one for one in self._before if one != text), text][-REMEMBERED:]
        self._brought_back = ""
        self._line.action_select_all()

    def action_new(self) -> None:
        """Empty the line; in an empty one, bring back what was looked for last, and once more what was before that."""
        here = self._line.value.strip()
        if here and here != self._brought_back:
            self._remember()
            self._line.value = ""
            return
        words = [*self._before, ""]
        self._line.value = self._brought_back = words[words.index(here) - 1]
        self._line.cursor_position = len(self._line.value)

    async def action_close(self) -> None:
        """Go back, and keep the search."""
        await self.shell.go_back(self)


def _same(one: Hit, other: Hit) -> bool:
    """Whether two hits are the same place, whatever is written there by now."""
    places = [(hit.participant, hit.contact, hit.entry, hit.part, hit.opens) for hit in (one, other)]
    return places[0] == places[1]


def _found(reading: Reading, text: str) -> tuple[list[Hit], str]:
    """Where the words stand, and the code that they are of somebody restricted."""
    return (search.find(reading, text, MOST) if text.strip() else []), hidden_code(reading, text)
