"""The caseload board (Saksoversikt): who is where, what presses, and how much each colleague carries."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate
from typing import ClassVar, Final

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from config.errors import ExinError
from config.words import N_, _, n_
from models import board
from models.access import unusual
from models.board import BoardCard
from models.hand_overs import hand_overs
from models.restrictions import restrictions
from models.signals import listing as signals
from models.storage.reading import Reading
from models.team import absences, workload
from screens.board.cards import BoardList
from screens.board.columns import BoardColumns
from screens.board.filter_line import FilterLine
from screens.board.head import BoardHead, Overview
from screens.frame.case import Case
from screens.frame.destinations import (
    ABSENCES,
    GATHERINGS,
    HAND_OVERS,
    MEETINGS,
    PARTICIPANT,
    PHASE_OUT,
    READING,
    RECORD,
    RECORD_EACH,
    REVIEWS,
    TEAM_REVIEWS,
    USERS,
)
from screens.frame.moving import MoveKeys
from screens.frame.route import Route
from screens.frame.screen import CaseScreen
from screens.textual_inside.workers import run_beside
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group, WindowedList

AGENDA: Final = Route[int | None]("screens.plans.agenda", "near")
TEAM_LIST: Final = Route[int | None]("screens.contacts.team_list", "TeamListScreen")
COLUMNS_FROM: Final = 100
LOOKED_AT_ONCE: Final = 1_000
"""Cards looked at for signals in one visit to the vault, so that a key in between is not kept waiting."""
SORT_NAMES: Final = {
    "release": N_("release"),
    "name": N_("name"),
    "phase_days": N_("days in phase"),
    "contact": N_("last contact"),
}


class BoardScreen(MoveKeys, CaseScreen[None]):
    """Columns on a wide terminal, a list on a narrow one, over the same query; refreshes when a colleague saves."""

    moving: BoardColumns | BoardList
    SCOPE = "board"
    HELP: ClassVar[str] = N_(
        "Everybody the team follows, by phase. Each card says who is responsible, how long the phase has lasted, "
        "how far away release is (≤ where only the full term is known), and what is most urgent in words, with how "
        "many more signals there are. The workload says for each colleague how many participants of how many, and "
        "how many of them in the demanding phases; an exclamation mark stands where it is more. The filter finds "
        "parts of a name or code, a colleague by name or initials, a prison, an agency where there is a contact "
        "person, and a signal by its name; several words narrow, and what each stands for is said beside it."
    )
    OPENS: ClassVar[Mapping[str, Route[[]]]] = {
        "board.add": Route[[]]("screens.participant.form", "ParticipantForm"),
        "board.open_items": Route[[]]("screens.checklists.open_items", "OpenItemsScreen"),
        "board.people": Route[[]]("screens.contacts.register", "PeopleScreen"),
        "board.candidates": Route[[]]("screens.intake.candidates", "CandidatesScreen"),
        "board.team_reviews": TEAM_REVIEWS,
        "board.signals": Route[[]]("screens.signals.screen", "SignalsScreen"),
        "board.meetings": MEETINGS,
        "board.absences": ABSENCES,
        "board.hand_overs": HAND_OVERS,
        "board.gatherings": GATHERINGS,
        "board.users": USERS,
        "board.reading": READING,
        "board.restricted": Route[[]]("screens.restrictions.list", "RestrictedScreen"),
    }
    OPENS_OF: ClassVar[Mapping[str, Route[int]]] = {
        "board.open": PARTICIPANT,
        "board.checklist": Route[int]("screens.checklists.list", "nearest"),
        "board.reviews": REVIEWS,
        "board.phase_out": PHASE_OUT,
    }

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.view_chosen = case.settings.board_view
        self._overview = Overview({}, "", (), {}, 0, 0, 0, None, ())
        self._pressing: Mapping[int, int] = {}
        self._kept: int | None = None
        self.together: tuple[int, ...] = ()
        self._leaving = False

    def body(self) -> ComposeResult:
        yield BoardHead()
        yield FilterLine()
        yield Lines(1, id="board-titles")
        yield BoardList(id="board-list")
        yield BoardColumns(self.case.programme.phases, id="board-columns")

    async def on_mount(self) -> None:
        # A reader is responsible for nobody, so nobody would stand here.
        mine = self.case.settings.board_scope == "mine" and self.case.store.actor.may_write
        self.case.board = board.BoardQuery(
            worker=self.case.store.actor.staff_id if mine else None, sort=self.case.settings.board_sort
        )
        self.filter_line.display = False
        self._lay_out()
        await self.refresh_case()
        self.moving.focus()

    async def begin_anew(self) -> None:
        """Say everything anew after the language or the keys have changed; what is shown stays.

        The widgets stay, too: a window that changes at this moment, or signals that are counted, find all of them.
        """
        self.view_chosen = self.case.settings.board_view
        self.bind_keys()
        self.filter_line.field.placeholder = FilterLine.wanted()
        self.say("")
        self._lay_out()
        await self.read_again()
        self.draw_foot()
        self.moving.focus()

    async def on_resize(self) -> None:
        if self.is_mounted and self._lay_out():
            await self.read_again()

    async def on_screen_resume(self) -> None:
        # Giving the focus to what has it draws it a second time.
        if not self.filter_line.field.has_focus and not self.moving.has_focus:
            self.moving.focus()

    # ------------------------------------------------------------------ what is shown

    def _lay_out(self) -> bool:
        """Show the view that suits; answers whether it is another one than before."""
        wide = self.app.size.width >= COLUMNS_FROM if self.view_chosen == "auto" else self.view_chosen == "columns"
        in_columns = wide and not self.case.board.closed
        columns, rows = self.query_one(BoardColumns), self.query_one(BoardList)
        before = columns.display, rows.display
        columns.display, rows.display = in_columns, not in_columns
        self.query_one("#board-titles").display = not in_columns
        self.moving = columns if in_columns else rows
        return before != (in_columns, not in_columns)

    @property
    def card(self) -> BoardCard | None:
        """The card under the mark."""
        return self.moving.row if isinstance(self.moving, BoardList) else self.moving.card

    @property
    def concerned(self) -> int | None:
        card = self.card
        return card.participant if card else None

    async def refresh_case(self) -> None:
        """Read the board anew, the mark staying on the participant under it if the query still holds them."""
        await self._read(self.concerned or self._kept)

    async def _read(self, marked: int | None) -> None:
        store, query, view = self.case.store, self.case.board, self.moving
        with self.reading():
            self._overview = await store.ask(_overview, query, marked)
            counts, place = self._overview.counts, self._overview.place
            view.today, view.private, view.empty = self.case.today, self.case.private, self._empty()
            view.together = self.together
            if isinstance(view, BoardColumns):
                await view.show(counts, lambda windows: store.ask(board.columns, query, windows), place)
            else:
                groups = [
                    Group(str(phase.number), f"{phase.number} {phase.name}", counts[phase.number])
                    for phase in self.case.programme.phases
                    if counts.get(phase.number)
                ]
                if query.closed:
                    groups = [Group("0", _("Phased out"), counts.get(0, 0))]
                row = None if place is None else place[1] + sum(n for p, n in counts.items() if p < place[0])
                await view.show(groups, lambda offset, limit: store.ask(board.page, query, offset, limit), mark=row)
            self._draw_head()
            self.draw_foot()
        run_beside(self, self._count_signals, group="signals", exclusive=True, exit_on_error=False)

    async def came_back(self, route: Route[...], answer: object) -> None:
        """The mark goes to whom was entered just now; where they are not in what is shown, that is said.

        What was recorded with those marked needs them no more.
        """
        if route == RECORD_EACH and answer:
            self._choose(())
        await super().came_back(route, answer)
        if isinstance(answer, int) and route in (self.OPENS["board.add"], self.OPENS["board.candidates"]):
            await self._read(answer)
            if self._overview.place is None:
                self.say(_("Saved. They are not in what is shown here: {key} shows the whole team.").format(
                    key=self.case.keymap.shown("board.scope")
                ))  # fmt: skip

    def _empty(self) -> str:
        if self.case.board.text:
            return _("Nobody matches. Esc clears the filter.")
        if self.case.board.worker is not None and not self.case.store.actor.may_write:
            return _("Nobody here. m shows the whole team.")
        if self.case.board.worker is not None:
            return _("Nobody here. m shows the whole team, n adds a candidate.")
        return _("Nobody yet. n adds the first candidate.")

    # ------------------------------------------------------------------ the head

    def _draw_head(self) -> None:
        query = self.case.board
        about = [_("the whole team") if query.worker is None else self._overview.whose]
        order = _("by {order}").format(order=_(SORT_NAMES[query.sort])) if query.sort != board.SORTS[0] else ""
        if query.closed:
            about.append(_("phased out"))
        if query.text:
            about.append(_("filter: {text}").format(text="•••" if self.case.private else query.text))
        self.filter_line.tell(self._overview.meanings, private=self.case.private)
        width = self.app.size.width
        pressing = {} if query.closed else self._pressing
        self.query_one(BoardHead).tell(self._overview, about, order, pressing, self.case.today, width)
        self.query_one("#board-titles", Lines).show([self.query_one(BoardList).titles(width)])

    async def _count_signals(self) -> None:
        """Say what presses, after the cards are there: the first time everybody of the team is looked at for it."""
        store, worker = self.case.store, self.case.board.worker
        try:
            while worker is None and not await store.ask(signals.read_on, LOOKED_AT_ONCE):
                continue
            pressing = await store.ask(signals.severities, worker)
        except ExinError:
            # Whatever it is, the board has said it or will: it reads the same vault.
            return
        if worker == self.case.board.worker:
            self._pressing = pressing
            self._draw_head()

    def resting(self) -> str:
        """Beside whose session it is, what waits: openings to note, briefs to read, questions about reading."""
        told = [super().resting()]
        if count := len(self.together):
            marked = n_("{count} marked: {key}", "{count} marked: {key}", count)
            told.append(marked.format(count=count, key=self.case.keymap.shown("board.record", self.SCOPE)))
        if count := self._overview.opened:
            opened = n_("{count} restricted was opened: {key}", "{count} restricted were opened: {key}", count)
            told.append(opened.format(count=count, key=self.case.keymap.shown("board.restricted", self.SCOPE)))
        if count := self._overview.handed:
            key = self.case.keymap.shown("board.hand_overs", self.SCOPE)
            told.append(
                n_("{count} handed to you: {key}", "{count} handed to you: {key}", count).format(count=count, key=key)
            )
        if count := self._overview.reading:
            key = self.case.keymap.shown("board.reading", self.SCOPE)
            told.append(
                n_("{count} about reading: {key}", "{count} about reading: {key}", count).format(count=count, key=key)
            )
        return " · ".join(told)

    # ------------------------------------------------------------------ keys

    def why_not(self, action_id: str) -> str:
        if action_id == "board.record" and self.together:
            return ""
        if (action_id in self.OPENS_OF or action_id in ("board.record", "board.mark")) and self.concerned is None:
            return _("Nobody is selected.")
        return ""

    @on(BoardColumns.Marked)
    @on(WindowedList.Marked)
    def _marked(self) -> None:
        self._kept = self.concerned or self._kept

    def action_mark(self) -> None:
        """Mark the participant for what is recorded next, or take the mark away; then on to the next one."""
        if (here := self.concerned) is None:
            return
        taken = here in self.together
        self._choose(tuple(one for one in self.together if one != here) if taken else (*self.together, here))
        self.action_down()

    def _choose(self, together: tuple[int, ...]) -> None:
        self.together = self.moving.together = together
        self.moving.refresh()
        self.draw_foot()

    async def action_record(self) -> None:
        """Record what happened with the participant, or with each of those who are marked."""
        if self.together:
            await self.open(RECORD_EACH, self.together)
        elif self.concerned is not None:
            await self.open(RECORD, self.concerned)

    async def action_agenda(self) -> None:
        """One's own agenda, with the mark on what the participant under the mark has today."""
        await self.open(AGENDA, self.concerned)

    async def action_team_list(self) -> None:
        """The team's list, with the mark on the participant under it here."""
        await self.open(TEAM_LIST, self.concerned)

    def action_left(self) -> None:
        """One column to the left; in the list, the first card of the group before."""
        self._sideways(-1)

    def action_right(self) -> None:
        """One column to the right; in the list, the first card of the next group."""
        self._sideways(1)

    def _sideways(self, step: int) -> None:
        view = self.moving
        if isinstance(view, BoardColumns):
            view.step(step)
            return
        starts = [0, *accumulate(group.count for group in view.groups)]
        here = max((place for place, start in enumerate(starts[:-1]) if start <= view.mark), default=0)
        view.go(starts[max(0, min(here + step, len(starts) - 2))])

    async def action_scope(self) -> None:
        """Between one's own caseload and the whole team."""
        mine = self.case.store.actor.staff_id
        await self._ask_for(worker=None if self.case.board.worker == mine else mine)

    async def action_worker(self) -> None:
        """Choose whose caseload is shown."""
        from screens.frame.chooser import choose_whose

        card = self.card
        shown = card.worker if card is not None else self.case.board.worker
        whose = await choose_whose(self, _("Whose caseload?"), shown)
        if whose is not None:
            await self._ask_for(worker=whose[0])

    async def action_sort(self) -> None:
        """The next order."""
        orders = board.SORTS
        sort = orders[(orders.index(self.case.board.sort) + 1) % len(orders)]
        await self._ask_for(sort=sort)
        self.say(_("Sorted by {order}.").format(order=_(SORT_NAMES[sort])))

    async def action_view(self) -> None:
        """Between columns and list."""
        self.view_chosen = "list" if isinstance(self.moving, BoardColumns) else "columns"
        self._lay_out()
        await self.refresh_case()
        self.moving.focus()

    async def action_closed(self) -> None:
        """Between those who are followed and those phased out."""
        self.case.board = replace(self.case.board, closed=not self.case.board.closed)
        self._lay_out()
        await self.refresh_case()
        self.moving.focus()

    async def _ask_for(self, **changes: object) -> None:
        self.case.board = replace(self.case.board, **changes)
        await self.refresh_case()

    # ------------------------------------------------------------------ filter

    @property
    def filter_line(self) -> FilterLine:
        """The line in which the filter is typed."""
        return self.query_one(FilterLine)

    def action_filter(self) -> None:
        """Type part of a name, a worker, a prison and the like; Enter keeps the filter, Esc clears it."""
        self.filter_line.display = True
        self.filter_line.field.focus()

    @on(Input.Changed)
    async def _filter_typed(self, event: Input.Changed) -> None:
        if event.value != self.case.board.text:
            await self._ask_for(text=event.value)

    @on(Input.Submitted)
    def _filter_kept(self) -> None:
        self.filter_line.display = bool(self.case.board.text)
        self.moving.focus()

    async def action_quit(self) -> None:
        """Clear a filter first; then leave the program, at the second press: a stray Esc must not cost a login."""
        field = self.filter_line.field
        if field.has_focus or self.case.board.text:
            field.value = ""
            self.filter_line.display = False
            await self._ask_for(text="")
            self.moving.focus()
        elif self.together:
            self._choose(())
        elif self._leaving:
            await self.shell.go_back(self)
        else:
            self._leaving = True
            self.say(_("Once more leaves the program."))

    async def action_act(self, action_id: str) -> None:
        if action_id != "board.quit":
            self._leaving = False
        await super().action_act(action_id)


def _overview(reading: Reading, query: board.BoardQuery, keep: int | None) -> Overview:
    """What the head and the foot need, and where the kept card stands, in one visit to the vault."""
    whose = reading.value("SELECT name FROM staff WHERE id = ?", [query.worker]) if query.worker else ""
    return Overview(
        counts=board.counts(reading, query),
        whose=str(whose or ""),
        workload=workload.workload(reading, limit=24),
        away=absences.covers(reading, reading.today),
        handed=hand_overs.unread_count(reading),
        reading=unusual.to_see_to(reading),
        opened=restrictions.unnoted_count(reading),
        place=board.place(reading, query, keep) if keep is not None else None,
        meanings=board.meanings(reading, query),
    )
