"""What team leaders are shown: who opened a restricted participant and why, and who is restricted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult

from config.dates import format_date, format_moment
from config.words import N_, _, n_
from models.restrictions import restrictions
from models.restrictions.restrictions import Opened, Restricted
from models.storage.reading import Reading
from models.team import staff
from screens.frame.case import Case
from screens.frame.destinations import PARTICIPANT, RESTRICT
from screens.frame.dialog import ChangedList
from screens.frame.route import Route
from screens.widgets.columns import Cell, ColumnedList, told
from screens.widgets.line import ALARM, BOLD, DIM, HEADING, PLAIN, Piece, flat
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

Row = Opened | Restricted


class RestrictedList(ColumnedList[Row]):
    """One line an opening or a restriction; `names` are the colleagues' by number."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Nobody is restricted."))
        self.case = case
        self.names: Mapping[int, str] = {}

    def cells(self, row: Row, part: int) -> Sequence[Cell]:
        who = Cell((self.case.called(row.code, row.name), BOLD), least=12)
        reason = told("" if self.case.private else flat(row.reason), DIM)
        if isinstance(row, Opened):
            when = format_moment(self.case.clock.local(row.at))
            return [who, Cell((when, PLAIN)), Cell((row.who, ALARM), least=10), reason]
        seen_by = ", ".join(self.names.get(one, "–") for one in row.may_see) or _("team leaders only")
        return [who, Cell((format_date(row.since), PLAIN)), Cell((seen_by, PLAIN), least=12), reason]


class RestrictedScreen(ChangedList):
    """The openings nobody has noted yet first, then everybody who is restricted."""

    SCOPE = "restricted"
    HELP: ClassVar[str] = N_(
        "On top stands who opened a restricted participant, when and why, until a team leader notes it; below it whom "
        "only some colleagues may see, and which."
    )
    OPENS_OF: ClassVar[Mapping[str, Route[int]]] = {"restricted.open": PARTICIPANT, "restricted.change": RESTRICT}

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.moving: RestrictedList = RestrictedList(case)

    def body(self) -> ComposeResult:
        yield Lines(2, id="restricted-head")
        yield self.moving

    async def refresh_case(self) -> None:
        opened, restricted, self.moving.names = await self.case.store.ask(_listed)
        groups = [
            Group("opened", _("Opened with a reason, not noted") if opened else "", len(opened)),
            Group("restricted", _("Restricted") if restricted else "", len(restricted)),
        ]
        await self.moving.show_rows((*opened, *restricted), groups)
        count = n_("{count} to note", "{count} to note", len(opened)).format(count=len(opened))
        head: list[Piece] = [(" " + _("Restricted participants"), HEADING), ("  " + count, ALARM if opened else DIM)]
        self.query_one("#restricted-head", Lines).show([head])
        self.draw_foot()

    @property
    def concerned(self) -> int | None:
        row = self.moving.row
        return row.participant if row else None

    def why_not(self, action_id: str) -> str:
        if action_id == "restricted.note" and not isinstance(self.moving.row, Opened):
            return _("No opening is selected.")
        return super().why_not(action_id)

    async def action_note(self) -> None:
        """Note that the opening was seen."""
        row = self.moving.row
        if isinstance(row, Opened):
            await self.case.store.change(restrictions.note, row.id, row.version)
            await self.catch_up()
            self.say(_("Noted. u to undo."))


def _listed(reading: Reading) -> tuple[list[Opened], list[Restricted], dict[int, str]]:
    names = {one.id: one.name for one in staff.team(reading, active_only=False)}
    return restrictions.unnoted(reading), restrictions.everybody(reading), names
