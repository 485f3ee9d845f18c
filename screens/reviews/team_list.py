"""The phase reviews of the whole team in one list, owed ones first, and the same list on paper."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, ClassVar, Final

from msgspec.structs import replace
from textual.app import ComposeResult

from config.dates import format_date, relative_days
from config.words import N_, _
from models.paper import team_reviews as paper
from models.paper.document import Document
from models.phases.owed_review import OPEN, OWED
from models.reviews import of_team
from models.reviews.of_team import SORTS, STATES, ReviewQuery, TeamReview
from models.roles.rights import Right
from screens.frame.case import Case
from screens.frame.chooser import Option, choose, choose_whose
from screens.frame.destinations import PARTICIPANT, REVIEW, REVIEWS
from screens.frame.dialog import ListScreen
from screens.frame.route import Route
from screens.paper.document import DocumentScreen
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.line import ALARM, BOLD, DIM, HEADING, PLAIN, WARN, Piece, wrapped
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

BELOW: Final = 4
NAME: Final = 18
STEP: Final = 5
TOLD: Final = 20
WIDE: Final = 115


class TeamReviewList(ColumnedList[TeamReview]):
    """One line a review: whose, between which phases, since when, and what waits or was decided."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("There is no phase review here."))
        self.case = case

    @property
    def _in_words(self) -> bool:
        """Whether there is room for what a transition is called, and not only for its phases."""
        return (self.size.width or self.app.size.width) >= WIDE

    def heads(self) -> Sequence[Cell]:
        step = _("Transition") if self._in_words else _("Phase")
        titles = _("Participant"), _("Who"), step, _("Day"), _("Next"), _("Missing or decided")
        return [Cell((title, DIM), least=len(title)) for title in titles]

    def alike(self, row: TeamReview, part: int) -> Hashable:
        return self._in_words

    def cells(self, row: TeamReview, part: int) -> Sequence[Cell]:
        style = ALARM if row.owed else WARN if row.state == OPEN else PLAIN
        programme = self.case.programme
        return [
            Cell((self.case.called(row.code, row.name), BOLD), least=NAME),
            Cell((row.worker or "–", DIM)),
            Cell((of_team.called(programme, row) if self._in_words else of_team.step(row), PLAIN), least=STEP),
            Cell((format_date(row.day), style)),
            Cell((format_date(row.next_review) if row.next_review else "–", self._next_style(row))),
            Cell((of_team.came_to(programme, row, self.case.today), style), least=TOLD),
        ]

    def _next_style(self, row: TeamReview) -> Any:
        if row.next_review is None or not row.awaited:
            return DIM
        return ALARM if row.next_review <= self.case.today else PLAIN


class TeamReviewsScreen(ListScreen[None]):
    """What is done to a review is done on its own screen; this one only shows them."""

    SCOPE = "team_reviews"
    HELP: ClassVar[str] = N_(
        "The phase reviews of the whole team, or of one caseload: those missing since a move was made without one, "
        "those that are open, and those that were held, the newest first, with what was decided and the day agreed "
        "for the next; a day that has come stands out. Enter opens the review: holds it, goes on with it, or reads "
        "it. f shows one state only, or the days agreed in their order."
    )
    OPENS_OF: ClassVar[Mapping[str, Route[int]]] = {
        "team_reviews.participant": PARTICIPANT, "team_reviews.reviews": REVIEWS,
    }  # fmt: skip
    moving: TeamReviewList

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.query_shown = ReviewQuery(worker=case.board.worker)
        self.moving = TeamReviewList(case)

    def body(self) -> ComposeResult:
        yield Lines(1, id="team-reviews-head")
        yield self.moving.titles
        yield self.moving
        yield Lines(BELOW, id="team-reviews-below")

    @property
    def concerned(self) -> int | None:
        return self.moving.row.participant if self.moving.row is not None else None

    def on_resize(self) -> None:
        if self.is_mounted and self.unread is None:
            self.call_after_refresh(self._draw_below)

    async def refresh_case(self) -> None:
        query, ask = self.query_shown, self.case.store.ask
        found, whose = await ask(
            lambda reading: (
                of_team.survey(reading, query),
                reading.value("SELECT name FROM staff WHERE id = ?", [query.worker]),
            )
        )
        numbers = [number for each in found.values() for number in each]
        await self.moving.show(
            [Group(state, _(paper.STATES[state]) if each else "", len(each)) for state, each in found.items()],
            lambda offset, limit: ask(of_team.lines, numbers[offset : offset + limit]),
        )
        head: list[Piece] = [
            (" " + _("Phase reviews · {whose}").format(whose=whose or _("the whole team")), HEADING),
            (f"  {len(numbers)}", BOLD),
        ]
        if query.state:
            head.append(("  " + _("only: {kinds}").format(kinds=_(paper.STATES[query.state])), WARN))
        if query.sort != SORTS[0]:
            head.append(("  " + _("by name"), PLAIN))
        self.query_one("#team-reviews-head", Lines).show([head])
        self._draw_below()
        self.draw_foot()

    def on_windowed_list_marked(self) -> None:
        self._draw_below()

    def _draw_below(self) -> None:
        """All of the review under the mark, in words."""
        row, width = self.moving.row, self.app.size.width
        lines: list[list[Piece]] = []
        if row is not None:
            lines = [[("─" * width, DIM)], [(" " + of_team.called(self.case.programme, row), HEADING)]]
            lines += [[(" " + line, PLAIN)] for line in wrapped(" · ".join(self._told(row)), width - 2)]
        self.query_one("#team-reviews-below", Lines).show(lines)

    def _told(self, row: TeamReview) -> Sequence[str]:
        today = self.case.today
        told = [of_team.came_to(self.case.programme, row, today)]
        if row.moved is not None and row.state != OWED:
            told.append(_("moved {date}").format(date=format_date(row.moved)))
        if row.sealed is not None:
            told.insert(0, _("held {date} by {who}").format(date=format_date(row.sealed), who=row.sealed_by or "–"))
        elif row.state == OPEN:
            told.append(_("begun {date} by {who}").format(date=format_date(row.opened), who=row.opened_by or "–"))
        if row.next_review is not None:
            when = relative_days(row.next_review, today) if row.awaited else _("settled since")
            told.append(_("next review {date} ({when})").format(date=format_date(row.next_review), when=when))
        return told

    # ------------------------------------------------------------------ keys

    async def action_open(self) -> None:
        """Hold the one that is owed, go on with an open one, read a sealed one."""
        await self.open(REVIEW, self.moving.marked.id)

    async def action_filter(self) -> None:
        """Choose in which state those are that are shown."""
        query = self.query_shown
        counts = await self.case.store.ask(of_team.counts, query.worker)
        options = [Option("", _("All reviews"), hint=str(sum(counts[state] for state in STATES)))]
        options += [Option(state, _(name), hint=str(counts[state])) for state, name in paper.STATES.items()]
        state = await choose(self, _("Which reviews?"), options, chosen=query.state)
        if state is not None:
            await self._ask_for(state=state)

    async def action_sort(self) -> None:
        """By day or by name."""
        await self._ask_for(sort=SORTS[(SORTS.index(self.query_shown.sort) + 1) % len(SORTS)])

    async def action_scope(self) -> None:
        """Between one's own caseload and the whole team."""
        mine = self.case.store.actor.staff_id
        await self._ask_for(worker=None if self.query_shown.worker == mine else mine)

    async def action_worker(self) -> None:
        """Choose whose caseload is shown."""
        if whose := await choose_whose(self, _("Whose caseload?"), self.query_shown.worker):
            await self._ask_for(worker=whose[0])

    async def _ask_for(self, **changes: Any) -> None:
        self.query_shown = replace(self.query_shown, **changes)
        self.moving.mark = 0
        await self.refresh_case()

    async def action_paper(self) -> None:
        """Read the list as it is printed, and write it as a PDF."""
        await self.app.push_screen(TeamReviewsPaperScreen(self.case, self.query_shown))


class TeamReviewsPaperScreen(DocumentScreen):
    """The list on paper, as it was chosen on the screen; while names are hidden, it has codes instead of names."""

    HELP: ClassVar[str] = N_(
        "The phase reviews as they were chosen in the list. Writing it makes a PDF file where you say; that file "
        "is not encrypted, so print it and delete it. While names are hidden the file has codes instead of names. "
        "The audit keeps that it was written."
    )

    TAKES = Right.PRINT_LISTS

    def __init__(self, case: Case, query: ReviewQuery | None = None) -> None:
        super().__init__(case)
        self.query_shown = query or ReviewQuery()

    async def read(self) -> Document:
        names = not self.case.private
        return await self.case.store.ask(lambda reading: paper.sheet(reading, self.query_shown, names=names))

    def called(self) -> tuple[str, str]:
        return _("The team's phase reviews"), _("with codes") if self.case.private else _("with names")

    def stem(self, document: Document) -> str:
        return document.file

    def trace(self) -> str:
        return f"paper.write team_reviews {'codes' if self.case.private else 'names'}"


def of_all(case: Case) -> TeamReviewsScreen:
    """The list over the whole team, whoever's caseload the board shows."""
    screen = TeamReviewsScreen(case)
    screen.query_shown = ReviewQuery()
    return screen
