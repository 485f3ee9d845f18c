"""The team's current list: every participant with each agency's contact person, in a table and on paper."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult

from config.words import N_, _, n_
from models.contacts import known, team_list
from models.contacts.team_list import TeamLine
from models.paper import team
from models.paper.document import Document
from models.roles.rights import Right
from models.values import phone
from screens.contacts.agency_paper import AgencyPaperScreen
from screens.contacts.known import gaps_told
from screens.contacts.telling import tell_each_other, told
from screens.frame.case import Case
from screens.frame.chooser import choose, named
from screens.frame.destinations import KNOWN, NETWORK, PARTICIPANT
from screens.frame.moving import ListKeys
from screens.frame.route import Route
from screens.frame.screen import CaseScreen
from screens.paper.document import DocumentScreen
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.line import ALARM, BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece, wrapped
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

NAME: Final = 20
CELL: Final = 19
LEAST: Final = 12
PAPER_CELL: Final = 16
GAPS: Final = 2


class TeamTable(ColumnedList[TeamLine]):
    """Two lines a participant: the names, below them the consents and the phones; `first` is the agency at the left.

    While names are hidden, participants are called by code and a contact person by the part they have.
    """

    LINES_A_ROW = 2

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Nobody yet."))
        self.case = case
        self.agencies = tuple(agency.id for agency in case.programme.agencies)
        self.first = 0
        self.chosen: list[int] = []
        """The participants who are marked."""

    @property
    def shown(self) -> int:
        """How many agencies there is room for."""
        width = self.size.width or self.app.size.width
        return max(1, min(len(self.agencies), (width - 1 - NAME) // CELL))

    def step(self, columns: int) -> None:
        """Scroll sideways by so many agencies, stopping at the ends."""
        first = max(0, min(self.first + columns, len(self.agencies) - self.shown))
        if first != self.first:
            self.first = first
            self.lay_out_anew()

    def heads(self) -> Sequence[Cell]:
        """The agencies, and on which sides there are more."""
        last = self.first + self.shown
        names = [str(self.case.programme.agency(agency).name) for agency in self.agencies[self.first : last]]
        more = ("‹" if self.first else " ") + ("›" if last < len(self.agencies) else "")
        return [Cell((more, BOLD)), *(Cell((name, HEADING), least=LEAST) for name in names)]

    def alike(self, row: TeamLine, part: int) -> Hashable:
        return ()

    def cells(self, row: TeamLine, part: int) -> Sequence[Cell]:
        called = self.case.called(row.code, row.name)
        under = " ".join(text for text in ("" if called == row.code else row.code, row.worker) if text)
        shown = self.agencies[self.first : self.first + self.shown]
        box = "[x] " if row.participant in self.chosen and not part else ""
        name = Cell((box, BOLD), (under if part else called, DIM if part else BOLD), least=LEAST)
        return [name, *(self._cell(row, agency, part) for agency in shown)]

    def _cell(self, row: TeamLine, agency: str, part: int) -> Cell:
        listed = row.contacts.get(agency)
        if listed is None:
            missing = agency in row.missing
            text = (_("missing") if missing else "–") if part == 0 else ""
            return Cell((text, ALARM if missing else DIM), least=LEAST)
        if part:
            sign: Piece = ("✓ ", GOOD) if listed.covered else ("– ", ALARM)
            return Cell(sign, ("" if self.case.private else phone.shown(listed.phone), PLAIN), least=LEAST)
        name = str(self.case.programme.role(listed.role).name) if self.case.private else listed.name
        more = f" +{listed.others}" if listed.others else ""
        return Cell((name + more, PLAIN), least=LEAST)

    def on_resize(self) -> None:
        self.step(0)
        super().on_resize()


class TeamListScreen(ListKeys, CaseScreen[None]):
    """Read in windows, whatever the size of the caseload; opens with the mark on `participant` where one is named."""

    SCOPE = "team_list"
    HELP: ClassVar[str] = N_(
        "Every participant the team follows, with the contact person of each agency and their phone; before it stands "
        "✓ where something may be shared with them today, within what the consent says, else –. Where several "
        "people of an agency are involved, the first is shown and the others are counted. An agency that should have "
        "somebody in this phase says so. Below stands which agencies around the participant do not know of others."
    )

    OPENS_OF: ClassVar[Mapping[str, Route[int]]] = {
        "team_list.open": NETWORK, "team_list.participant": PARTICIPANT, "team_list.known": KNOWN,
    }  # fmt: skip
    moving: TeamTable

    def __init__(self, case: Case, participant: int | None = None) -> None:
        super().__init__(case)
        self.moving = TeamTable(case)
        self._wanted = participant

    @property
    def concerned(self) -> int | None:
        return self.moving.row.participant if self.moving.row else None

    def body(self) -> ComposeResult:
        yield Lines(1, id="team-head")
        yield self.moving.titles
        yield self.moving
        yield Lines(GAPS, id="team-gaps")

    async def on_mount(self) -> None:
        await self.read_again()
        self.set_focus(self.moving)

    def on_resize(self) -> None:
        if self.is_mounted:
            self.call_after_refresh(self._draw_head)
            self.call_after_refresh(self._draw_gaps)

    def on_windowed_list_marked(self) -> None:
        self._draw_gaps()
        self.draw_foot()

    def _draw_gaps(self) -> None:
        """Which agencies around the participant under the mark do not know of which others."""
        row = self.moving.row
        text = " ".join(gaps_told(self.case.programme, row.gaps)) if row is not None else ""
        lines = wrapped(text, max(20, self.app.size.width - 2), GAPS) if text else []
        self.query_one("#team-gaps", Lines).show([[(" " + line, WARN)] for line in lines])

    async def refresh_case(self) -> None:
        ask = self.case.store.ask
        wanted, self._wanted = self._wanted, None
        count, place = await ask(
            lambda reading: (
                team_list.count(reading),
                team_list.place(reading, wanted) if wanted is not None else None,
            )
        )
        await self.moving.show(
            [Group("", "", count)], lambda offset, limit: ask(team_list.team_list, offset, limit), mark=place
        )
        self._draw_head()
        self.draw_foot()

    def _draw_head(self) -> None:
        table = self.moving
        count = n_("{count} participant", "{count} participants", table.count).format(count=table.count)
        place = _("agencies {first}–{last} of {all}").format(
            first=table.first + 1, last=min(table.first + table.shown, len(table.agencies)), all=len(table.agencies)
        )
        title: list[Piece] = [(" " + _("The team's list"), HEADING), (f"  {count}", PLAIN), (f"  {place}", DIM)]
        self.query_one("#team-head", Lines).show([title])

    def action_left(self) -> None:
        """One agency to the left."""
        self.moving.step(-1)
        self._draw_head()

    def action_right(self) -> None:
        """One agency to the right."""
        self.moving.step(1)
        self._draw_head()

    def action_mark(self) -> None:
        """Mark the participant or take the mark away, and go on to the next one."""
        row, chosen = self.moving.marked, self.moving.chosen
        if row.participant in chosen:
            chosen.remove(row.participant)
        else:
            chosen.append(row.participant)
        self.moving.lay_out_anew()
        self.moving.move(1)
        key = self.case.keymap.shown("team_list.tell", self.SCOPE)
        count = n_(
            "{count} marked: {key} notes that all around them know of each other.",
            "{count} marked: {key} notes for each that all around them know of each other.", len(chosen),
        )  # fmt: skip
        self.say(count.format(count=len(chosen), key=key) if chosen else "")

    async def action_tell(self) -> None:
        """Note that all around each one marked, or the one under the mark, know of each other from today."""
        people = self.moving.chosen or [self.moving.marked.participant]
        if count := await tell_each_other(self, await self.case.store.ask(known.around, people)):
            self.moving.chosen = []
            await self.catch_up()
            self.say(told(count))

    async def action_agency(self) -> None:
        """Choose the agency that is to have the list, and read it as that one may."""
        agencies = named(self.case.programme.agencies)
        if agency := await choose(self, _("Which agency is to have the list?"), agencies):
            await self.app.push_screen(AgencyPaperScreen(self.case, agency))

    async def action_paper(self) -> None:
        """Read the list as it is printed, and write it as a PDF."""
        await self.app.push_screen(TeamPaperScreen(self.case))

    def action_close(self) -> None:
        """Take the marks away first; then back to the board."""
        if self.moving.chosen:
            self.moving.chosen = []
            self.moving.lay_out_anew()
            self.say("")
        else:
            self.dismiss(None)


class TeamPaperScreen(DocumentScreen):
    """The list on paper; while names are hidden, it has codes and parts instead of names and phones, as the screen."""

    HELP: ClassVar[str] = N_(
        "The team's list as it is today: every participant with the contact person of each agency. Writing it "
        "makes a PDF file where you say; that file is not encrypted, so print it and delete it. While names are "
        "hidden the file has codes instead of names, and no phones. The audit keeps that it was written."
    )

    TAKES = Right.PRINT_LISTS

    async def read(self) -> Document:
        return await self._made(max(1, (self.app.size.width - 2 - NAME) // PAPER_CELL))

    async def to_print(self) -> Document:
        return await self._made(team.BESIDE)

    async def _made(self, beside: int) -> Document:
        names = not self.case.private
        return await self.case.store.ask(lambda reading: team.sheet(reading, names=names, beside=beside))

    def called(self) -> tuple[str, str]:
        return _("The team's list"), _("with codes") if self.case.private else _("with names")

    def stem(self, document: Document) -> str:
        return document.file

    def trace(self) -> str:
        return f"paper.write team_list {'codes' if self.case.private else 'names'}"

    async def on_resize(self) -> None:
        """As many agencies stand beside one another as there is room for."""
        if self.document is not None:
            await self.read_again()
