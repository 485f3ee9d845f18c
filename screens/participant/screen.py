"""One participant: what matters now, the phases over the sentence, and the timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.timer import Timer

from config.dates import format_date
from config.words import N_, _, n_
from models import board, timeline
from models.board import BoardCard
from models.contacts import network
from models.contacts.network import Involved
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.restrictions import restrictions
from models.storage.reading import Reading
from models.timeline import TimelineQuery
from screens.forms.day_prompt import DayPrompt
from screens.frame.case import Case
from screens.frame.chooser import ChooserScreen, Option, choose
from screens.frame.destinations import (
    CONSENTS,
    INTAKE,
    NETWORK,
    PHASE_OUT,
    RECORD,
    RECORD_BEGUN,
    RESTRICT,
    REVIEWS,
    VISITS,
)
from screens.frame.moving import ListKeys
from screens.frame.places import go_to_source
from screens.frame.route import Route
from screens.frame.screen import CaseScreen
from screens.participant.card import COMPACT, card_lines, compact_lines
from screens.participant.head import head_lines, ribbon
from screens.participant.timeline_list import TimelineList, entry_lines, month_heading
from screens.participant.wrong_person import put_right
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, WARN, Piece
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group, WindowedList

PEOPLE: Final = "people"
"""In place of kinds of entries: all that people record, and no line of the program's."""
BESIDE_FROM: Final = 110
CARD_BESIDE_FROM: Final = 120
BELOW_LINES: Final = 5
REST_SECONDS: Final = 0.06
"""How long the mark rests before the entry under it is shown; a held key repeats twice as fast."""
READ_ENTRY: Final = Route[int, int]("screens.participant.record_form", "RecordForm", reads=True)


class ParticipantScreen(ListKeys, CaseScreen[None]):
    """Installed once and shown for one participant after the other."""

    SCOPE = "participant"
    CSS_PATH = "participant.tcss"
    HELP: ClassVar[str] = N_(
        "One participant. On top what matters now, then the phases over the sentence with its dates, then "
        "everything that happened, newest first. Below or beside stands the selected whole of the entry."
    )
    OPENS_OF: ClassVar[Mapping[str, Route[int]]] = {
        "participant.record": RECORD,
        "participant.edit": Route[int]("screens.participant.form", "ParticipantForm"),
        "participant.phases": Route[int]("screens.phases.list", "PhasesScreen"),
        "participant.checklists": Route[int]("screens.checklists.list", "ChecklistsScreen"),
        "participant.agenda": Route[int]("screens.plans.agenda", "AgendaScreen"),
        "participant.applications": Route[int]("screens.plans.applications", "ApplicationsScreen"),
        "participant.goals": Route[int]("screens.participant.goals", "GoalsScreen"),
        "participant.spending": Route[int]("screens.participant.spending", "SpendingScreen"),
        "participant.paper": Route[int]("screens.paper.screen", "PaperScreen"),
        "participant.meetings": Route[int]("screens.meetings.list", "MeetingsScreen", quiet=True),
        "participant.network": NETWORK,
        "participant.intake": INTAKE,
        "participant.signals": Route[int]("screens.signals.screen", "SignalsScreen"),
        "participant.hand_over": Route[int]("screens.team.hand_overs", "screen_for"),
        "participant.consents": CONSENTS,
        "participant.reviews": REVIEWS,
        "participant.phase_out": PHASE_OUT,
        "participant.visits": VISITS,
    }

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.moving = self.line = TimelineList(case, id="participant-timeline")
        self.line.empty = _("Nothing yet. r records the first thing that happened.")
        self.participant = 0
        self.shown_kinds: tuple[str, ...] = (PEOPLE,) if case.settings.timeline == PEOPLE else ()
        """What the timeline shows of anybody: kinds of entries, or what people did; everything if empty."""
        self.query_shown = TimelineQuery(0)
        self._file: ParticipantFile | None = None
        self._card: BoardCard | None = None
        self._people: Sequence[Involved] = ()
        self._drawn_card: tuple[tuple[int, int], list[list[Piece]]] | None = None
        """The card as it was drawn in so much room; None when it was read anew."""
        self._resting: Timer | None = None
        self._wanted: int | None = None
        """The entry that the mark goes to when it is first shown."""

    def body(self) -> ComposeResult:
        yield Lines(3, id="participant-head")
        yield Lines(2, id="participant-ribbon")
        yield Lines(COMPACT, id="participant-card")
        yield Lines(1, id="participant-filter")
        with Container(id="participant-body"):
            yield self.line
            yield Lines(BELOW_LINES, id="participant-entry")

    async def on_mount(self) -> None:
        self._lay_out()
        if self.participant:
            await self._show(self._wanted, meant=True)
        self.line.focus()

    async def on_screen_resume(self) -> None:
        # Giving the focus to what has it draws it a second time.
        if not self.line.has_focus:
            self.line.focus()

    def on_resize(self) -> None:
        self._lay_out()
        if self.is_mounted:
            self._draw()
            self._draw_entry()

    def _lay_out(self) -> None:
        beside = self.app.size.width >= BESIDE_FROM
        self.query_one("#participant-body").set_class(beside, "beside")
        pane = self.query_one("#participant-entry", Lines)
        pane.styles.height = "1fr" if beside else BELOW_LINES
        self.query_one("#participant-card").display = not self._card_beside

    @property
    def _card_beside(self) -> bool:
        """Whether the whole card has room beside the timeline; else the short one stands above it."""
        return self.app.size.width >= CARD_BESIDE_FROM

    # ------------------------------------------------------------------ what is shown

    async def turn_to(self, participant: int, entry: int | None = None) -> None:
        """Show a participant, with the mark on `entry` or on the newest."""
        if participant != self.participant:
            self.participant = participant
            self.query_shown = self._query()
        self._wanted = entry
        if self.is_mounted:
            await self._show(entry, first=entry is None, meant=True)

    def _query(self) -> TimelineQuery:
        if PEOPLE not in self.shown_kinds:
            return TimelineQuery(self.participant, self.shown_kinds)
        return TimelineQuery(self.participant, but=tuple(kind.id for kind in self.case.programme.kinds if kind.system))

    @property
    def concerned(self) -> int:
        return self.participant

    async def came_back(self, route: Route[...], answer: object) -> None:
        """The mark goes to the entry that was saved."""
        await super().came_back(route, answer)
        if route in (RECORD, RECORD_BEGUN) and isinstance(answer, int):
            await self.turn_to(self.participant, answer)

    async def refresh_case(self) -> None:
        row = self.line.row
        await self._show(row.id if row else None)

    async def _show(self, entry: int | None, *, first: bool = False, meant: bool = False) -> None:
        """Show everything, with the mark on `entry`: one that is `meant` also where its kind is not shown just now."""
        store, query = self.case.store, self.query_shown
        with self.reading():
            file, self._card, self._people, months, place = await store.ask(_load_participant, query, entry)
            if meant and entry is not None and place is None and self.shown_kinds:
                # What is remembered of the kinds stays.
                self.shown_kinds = ()
                query = self.query_shown = self._query()
                file, self._card, self._people, months, place = await store.ask(_load_participant, query, entry)
            self._file, self.line.about = file, (file.code, file.name)
            groups = [Group(month, month_heading(month), count) for month, count in months]
            mark = 0 if first else place
            await self.line.show(
                groups, lambda offset, limit: store.ask(timeline.page, query, offset, limit), mark=mark
            )
            self._draw()
            self._draw_entry()
            self.draw_foot()
        if self.is_current:
            self.log_look()

    # ------------------------------------------------------------------ drawing

    def _draw(self) -> None:
        if self._file is None:
            return
        width = self.app.size.width
        head = head_lines(self.case, self._file, self._card, self.case.today, width)
        self.query_one("#participant-head", Lines).show(head)
        self._drawn_card = None
        if not self._card_beside:
            short = compact_lines(self.case, self._file, self._people, width)
            self.query_one("#participant-card", Lines).show(short)
        lines = ribbon(self._file, self.case.today, max(10, width - 2))
        self.query_one("#participant-ribbon", Lines).show([[(" ", PLAIN), *line] for line in lines])
        self.query_one("#participant-filter", Lines).show([self._filter_pieces()])

    def _filter_pieces(self) -> list[Piece]:
        kinds = self.shown_kinds
        names = _("what people did") if PEOPLE in kinds else ", ".join(self._named(kind) for kind in kinds)
        pieces: list[Piece] = [(" " + _("Timeline"), HEADING), (f"  {self.line.count}", DIM)]
        if kinds:
            pieces.append(("  " + _("only: {kinds}").format(kinds=names), WARN))
        if self._file and (count := self._file.topics):
            later = n_("{count} topic for later", "{count} topics for later", count)
            pieces.append(("  " + later.format(count=count), BOLD))
        return pieces

    @on(WindowedList.Marked)
    def _draw_entry_soon(self) -> None:
        """Draw the entry when the mark rests: whoever runs down a slow line waits for no text."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST_SECONDS, self._rest)

    def _rest(self) -> None:
        self._draw_entry()
        self.draw_foot()

    def _draw_entry(self) -> None:
        row = self.line.row
        pane = self.query_one("#participant-entry", Lines)
        beside = self.query_one("#participant-body").has_class("beside")
        width, height = max(10, pane.size.width - 2), max(1, pane.size.height - (0 if beside else 1))
        card: list[list[Piece]] = []
        if self._card_beside and self._file is not None:
            room = width, max(4, height // 2)
            if self._drawn_card is None or self._drawn_card[0] != room:
                self._drawn_card = room, [*card_lines(self.case, self._file, self._people, *room), []]
            card = self._drawn_card[1]
        lines: list[list[Piece]] = []
        if row is not None and pane.size.height:
            lines = entry_lines(row, self.case, self.line.about, width, max(1, height - len(card)))
        if not pane.size.height or not (card or lines):
            pane.show([])
            return
        padded: list[list[Piece]] = [[(" ", PLAIN), *line] for line in (*card, *lines)]
        rule: list[list[Piece]] = [] if beside else [[("─" * pane.size.width, DIM)]]
        pane.show([*rule, *padded])

    # ------------------------------------------------------------------ keys

    async def action_restrict(self) -> None:
        """Say who may see the participant, or let everybody see them again."""
        if self._card is not None and self._card.restricted:
            title = _("Only some colleagues see this participant.")
            options = [Option("change", _("Change who may see"), "c"), Option("lift", _("Lift the restriction"), "l")]
            answer = await choose(self, title, options)
            if answer == "lift":
                await self.case.store.change(restrictions.lift, self.participant)
                await self.refresh_case()
                self.say(_("The whole team sees the participant again. u to undo."))
            if answer != "change":
                return
        await self.open(RESTRICT, self.participant)

    def why_not(self, action_id: str) -> str:
        if (
            action_id == "participant.misplaced"
            and (row := self.line.row)
            and self.case.programme.kind(row.kind).system
        ):
            return _("The program wrote this line; change the thing it tells of instead.")
        if action_id == "participant.topics" and not (self._file and self._file.topics):
            return _("No topics wait.")
        return ""

    def settled(self, action_id: str) -> bool:
        return action_id == "participant.clear" and not self.shown_kinds

    async def action_read(self) -> None:
        """Read the entry under the mark; from a line the program wrote, go to what it tells of where there is that."""
        row = self.line.marked
        if not (self.case.programme.kind(row.kind).system and await go_to_source(self, row)):
            await self.open(READ_ENTRY, self.participant, row.id)

    def _named(self, kind: str) -> str:
        return str(self.case.programme.kind(kind).name)

    async def action_misplaced(self) -> None:
        """The entry under the mark was about somebody else."""
        if (row := self.line.row) is not None:
            told = await put_right(self, "entry", row.id, row.version, self.participant)
            await self.refresh_case()
            self.say(told)

    async def action_kinds(self) -> None:
        """Choose which kinds the timeline shows: only what people did, or some of them."""
        used = await self.case.store.ask(timeline.kinds_used, self.participant)
        by_people = sum(count for kind, count in used if not self.case.programme.kind(kind).system)
        options = [Option(PEOPLE, _("Only what people did"), hint=str(by_people))]
        options += [Option(kind, self._named(kind), hint=str(count)) for kind, count in used]
        title, before = _("Which kinds? Nothing marked shows all."), self.shown_kinds
        answer = await self.ask(ChooserScreen(self.case, title, options, multiple=True, chosen=before))
        if isinstance(answer, tuple):
            await self._show_kinds(() if set(answer) >= {kind for kind, _count in used} else answer)

    async def _show_kinds(self, kinds: tuple[str, ...]) -> None:
        """Show these, now and of whoever is turned to; that it is what people did also the next time."""
        self.shown_kinds = kinds
        self.query_shown = self._query()
        wanted = PEOPLE if PEOPLE in kinds else "all"
        if wanted != self.case.settings.timeline:
            self.shell.remember(replace(self.case.settings, timeline=wanted))
        row = self.line.row
        await self._show(row.id if row else None)

    async def action_clear(self) -> None:
        """Show all of the timeline again; where it is shown already, go back."""
        if self.shown_kinds:
            await self._show_kinds(())
        else:
            await self.action_quit_or_back()

    async def action_close(self) -> None:
        """Go back."""
        await self.action_quit_or_back()

    async def action_date(self) -> None:
        """Jump to a date in the timeline."""
        question, hint = _("Jump to which date?"), _("22.11 · 22/11-26 · yesterday · -3w")
        answer = await self.ask(DayPrompt(self.case, question, "past", hint=hint))
        if answer is not None and (day := answer[0]) is not None:
            self.line.go(await self.case.store.ask(timeline.before, self.query_shown, day))

    async def action_topics(self) -> None:
        """The topics kept for later; choosing one notes that it was taken up."""
        waiting = await self.case.store.ask(timeline.topics, self.participant)
        said = self.case.said
        options = [Option(str(one.id), said(one.topic, *self.line.about), hint=format_date(one.day)) for one in waiting]
        chosen = await choose(self, _("Topics for later: Enter notes one as taken up"), options)
        if chosen is not None:
            await self.case.store.change(timeline.take_up_topic, int(chosen))
            await self.refresh_case()
            self.say(_("Noted as taken up. u to undo."))

    async def action_next(self) -> None:
        """The next participant in the board's order."""
        await self._neighbour(1)

    async def action_prev(self) -> None:
        """The participant before, in the board's order."""
        await self._neighbour(-1)

    async def _neighbour(self, step: int) -> None:
        found = await self.case.store.ask(board.neighbour, self.case.board, self.participant, step)
        if found is None:
            self.say(_("There is nobody further on the board in this direction."))
        else:
            await self.turn_to(found)


def _load_participant(
    reading: Reading, query: TimelineQuery, entry: int | None
) -> tuple[ParticipantFile, BoardCard | None, Sequence[Involved], list[tuple[str, int]], int | None]:
    """All that the screen shows but the entries themselves, in one visit to the vault."""
    there = entry is not None and timeline.shows(reading, query, entry)
    return (
        participants.file_of(reading, query.participant),
        board.card(reading, query.participant),
        network.involved(reading, query.participant),
        timeline.months(reading, query),
        timeline.position(reading, query, entry) if entry is not None and there else None,
    )
