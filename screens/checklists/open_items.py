"""What is left on the checklists across the caseload, the nearest release first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from msgspec.structs import replace
from textual.app import ComposeResult

from config.dates import format_date
from config.words import N_, _, n_
from models.checklists import checklists, open_items
from models.checklists import upkeep as checklist_upkeep
from models.checklists.open_items import LeftItem, OpenLine, OpenQuery
from models.checklists.reading import WAITING
from models.phases.way_out import FULL_TERM
from screens.checklists.checklist import ChecklistScreen
from screens.frame.case import Case
from screens.frame.chooser import choose_whose
from screens.frame.destinations import PARTICIPANT
from screens.frame.moving import ListKeys
from screens.frame.route import Route
from screens.frame.screen import CaseScreen
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.facts import release_told
from screens.widgets.line import ALARM, BOLD, DIM, HEADING, PLAIN, WARN, Piece
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

BELOW: Final = 7
WHAT_NAMES: Final = {"open": N_("everything open"), "due": N_("overdue"), "unverified": N_("not verified")}


class OpenList(ColumnedList[OpenLine]):
    """One line a checklist: whose, how much is left, and when release is."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Nothing is left here."))
        self.case = case

    def cells(self, row: OpenLine, part: int) -> Sequence[Cell]:
        today = self.case.today
        out = row.release.day
        release = ("≤" if row.release.basis == FULL_TERM else "") + format_date(out) if out else "–"
        near = out is not None and 0 <= (out - today).days <= 14
        told: list[Piece] = []
        if row.due is not None:
            late = row.due <= today
            told.append((_("due {date}").format(date=format_date(row.due)), ALARM if late else WARN))
        if row.unverified:
            told.append((_("{count} not verified").format(count=row.unverified), WARN))
        if row.waiting:
            told.append((_("{count} waiting").format(count=row.waiting), DIM))
        return [
            Cell((self.case.called(row.code, row.name), BOLD), least=12),
            Cell((row.worker or "–", DIM)),
            Cell((str(row.checklist_name), PLAIN), least=12),
            Cell((_("{left} of {all}").format(left=row.remaining, all=row.items), PLAIN), at_right=True),
            Cell((release, ALARM if near else DIM)),
            Cell(*((" " * (place > 0) + text, style) for place, (text, style) in enumerate(told)), least=16),
        ]


class OpenItemsScreen(ListKeys, CaseScreen[int]):
    """The result is a participant when something was changed from here, else None."""

    SCOPE = "open_items"
    HELP: ClassVar[str] = N_(
        "Every checklist on which something is left, the nearest release first. Below stands what is left on the "
        "selected one. Enter opens it."
    )

    OPENS_OF: ClassVar[Mapping[str, Route[int]]] = {"open_items.participant": PARTICIPANT}

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.query_shown = OpenQuery(worker=case.board.worker)
        self.moving = OpenList(case)
        self._touched: int | None = None

    def body(self) -> ComposeResult:
        yield Lines(2, id="open-head")
        yield self.moving
        yield Lines(BELOW, id="open-left")

    async def on_mount(self) -> None:
        store = self.case.store
        due = await store.ask(checklist_upkeep.due)
        if due and store.actor.may_write:
            opened = await store.change(checklists.open_due)
            told = n_(
                "{count} checklist was opened: release is near.",
                "{count} checklists were opened: release is near.",
                opened,
            )
            self.say(told.format(count=opened))
        await self.read_again()
        self.set_focus(self.moving)

    @property
    def concerned(self) -> int | None:
        row = self.moving.row
        return row.participant if row is not None else None

    async def refresh_case(self) -> None:
        query = self.query_shown
        count, whose = await self.case.store.ask(
            lambda reading: (
                open_items.count(reading, query),
                reading.value("SELECT name FROM staff WHERE id = ?", [query.worker]),
            )
        )
        await self.moving.show([Group("", "", count)], self._fetch)
        head = _("What is left · {what} · {whose}").format(
            what=_(WHAT_NAMES[query.what]), whose=whose or _("the whole team")
        )
        self.query_one("#open-head", Lines).show([[(" " + head, HEADING), (f"  {count}", DIM)]])
        self.draw_foot()

    async def _fetch(self, offset: int, limit: int) -> Sequence[OpenLine]:
        return await self.case.store.ask(open_items.page, self.query_shown, offset, limit)

    async def on_windowed_list_marked(self) -> None:
        row = self.moving.row
        left = await self.case.store.ask(open_items.left, row.checklist) if row is not None else ()
        self.query_one("#open-left", Lines).show(self._left_lines(left, row))

    def _left_lines(self, left: Sequence[LeftItem], row: OpenLine | None) -> list[list[Piece]]:
        lines: list[list[Piece]] = []
        if row is not None and row.release.day is not None:
            lines.append([(" " + release_told(row.release.day, self.case.today, row.release.basis), DIM)])
        room = BELOW - len(lines)
        shown = left if len(left) <= room else left[: room - 1]
        for item in shown:
            pieces: list[Piece] = [(f"   {item.name}  ", PLAIN)]
            if item.due is not None:
                late = item.due <= self.case.today
                pieces.append((_("due {date}").format(date=format_date(item.due)) + "  ", ALARM if late else WARN))
            if item.unverified:
                pieces.append((_("not verified"), WARN))
            elif item.state == WAITING:
                pieces.append((_("waits") + (f": {item.reason}" if item.reason else ""), WARN))
            lines.append(pieces)
        if len(left) > len(shown):
            lines.append([("   " + _("and {count} more").format(count=len(left) - len(shown)), DIM)])
        return lines

    async def action_open(self) -> None:
        """Open the checklist under the mark."""
        self._touched = await self.ask(ChecklistScreen(self.case, self.moving.marked.checklist)) or self._touched
        await self.refresh_case()

    async def action_what(self) -> None:
        """Everything open, what is overdue, or what is to be verified."""
        kinds = list(WHAT_NAMES)
        await self._ask_for(what=kinds[(kinds.index(self.query_shown.what) + 1) % len(kinds)])

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

    def action_close(self) -> None:
        """Back to the board."""
        self.dismiss(self._touched)
