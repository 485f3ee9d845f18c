"""The agreements between agencies: which are in force, how often their steering groups met, and what is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult

from config.dates import format_date
from config.words import N_, _
from models.cooperation import agreements, reading, signs
from models.cooperation.reading import ACTIVE, STATES, Agreement
from models.signals.sign import Sign
from screens.cooperation.forms import AgreementForm
from screens.cooperation.paper import AgreementPaperScreen, SteeringAgendaScreen
from screens.frame.case import Case
from screens.frame.destinations import AGREEMENT, MEETING
from screens.frame.dialog import ChangedList
from screens.widgets.columns import Cell, ColumnedList, told
from screens.widgets.line import BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece, wrapped
from screens.widgets.lines import Lines

BELOW = 4


def in_force(agreement: Agreement) -> str:
    """The state of an agreement, with its last day."""
    state = _(STATES[agreement.state])
    if agreement.in_force_to is None:
        return state
    return _("{state} until {date}").format(state=state, date=format_date(agreement.in_force_to))


class AgreementList(ColumnedList[Agreement]):
    """One line an agreement."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("No cooperation agreement yet. n notes one."))
        self.case = case
        self.signs: Mapping[int, Sequence[Sign]] = {}

    def cells(self, row: Agreement, part: int) -> Sequence[Cell]:
        due = self.signs.get(row.id, ())
        met = _("met {held} of {expected}").format(held=row.held, expected=row.expected(self.case.today))
        return [
            told(row.title, BOLD),
            Cell((in_force(row), GOOD if row.state == ACTIVE else DIM), least=12),
            Cell((met if row.state == ACTIVE else "", DIM)),
            Cell((_("{count} due").format(count=len(due)) if due else "", WARN)),
        ]


class AgreementsScreen(ChangedList):
    """The result is 1 when something was changed."""

    SCOPE = "cooperation"
    HELP: ClassVar[str] = N_(
        "The agreements between agencies, those in force first. Each says how many meetings of its steering group the "
        "last twelve months had and should have had, and what is due. Enter opens the agreement."
    )
    moving: AgreementList

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.moving = AgreementList(case)

    def body(self) -> ComposeResult:
        yield Lines(2, id="cooperation-head")
        yield self.moving
        yield Lines(BELOW, id="cooperation-below")

    async def refresh_case(self) -> None:
        found, self.moving.signs = await self.case.store.ask(
            lambda read: (rows := reading.listing(read), {one.id: signs.of(read, one) for one in rows})
        )
        await self.moving.show_rows(found)
        self.query_one("#cooperation-head", Lines).show([[(" " + _("Cooperation agreements"), HEADING)]])
        self._draw_below()
        self.draw_foot()

    def on_windowed_list_marked(self) -> None:
        self._draw_below()

    def on_resize(self) -> None:
        if self.is_mounted and self.unread is None:
            self.call_after_refresh(self._draw_below)

    def _draw_below(self) -> None:
        """What is due in the agreement under the mark, a line or two each."""
        row, width = self.moving.row, self.app.size.width
        lines: list[list[Piece]] = [[("─" * width, DIM)]] if row is not None else []
        due = self.moving.signs.get(row.id, ()) if row is not None else ()
        for sign in due:
            lines += [[(" " + line, WARN)] for line in wrapped(sign.reason, width - 2)]
        if row is not None and not due:
            lines.append([(" " + _("Nothing is due."), PLAIN)])
        self.query_one("#cooperation-below", Lines).show(lines[:BELOW])

    # ------------------------------------------------------------------ keys

    async def action_open(self) -> None:
        """Open the agreement with all that belongs to it."""
        await self.open(AGREEMENT, self.moving.marked.id)

    async def action_add(self) -> None:
        """Note an agreement."""
        saved = await self.ask(AgreementForm(self.case))
        await self._saved(saved)

    async def action_edit(self) -> None:
        """Change what the agreement says."""
        saved = await self.ask(AgreementForm(self.case, self.moving.marked.id))
        await self._saved(saved)

    async def action_meet(self) -> None:
        """Open a meeting of the steering group, or join the one of today."""
        meeting = await self.case.store.change(agreements.convene, self.moving.marked.id)
        await self.open(MEETING, meeting)

    async def action_agenda(self) -> None:
        """Read the agenda of the next meeting."""
        await self.app.push_screen(SteeringAgendaScreen(self.case, self.moving.marked.id))

    async def action_paper(self) -> None:
        """Read the agreement as it is printed."""
        await self.app.push_screen(AgreementPaperScreen(self.case, self.moving.marked.id))

    async def action_remove(self) -> None:
        """Take away an agreement that was noted by mistake."""
        await self.case.store.change(agreements.remove, self.moving.marked.id, self.moving.marked.version)
        await self._changed()
        self.say(_("Taken away; u to undo."))
