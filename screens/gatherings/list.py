"""The gatherings of the professional network: those to come on top, then what was held, with how many came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult

from config.dates import format_date, short_weekday
from config.words import N_, _
from models.gatherings import gatherings
from models.gatherings.gatherings import CANCELLED, STATES, GatheringLine, is_coming
from models.gatherings.stability import Share, Stability, stability
from models.storage.reading import Reading
from screens.frame.case import Case
from screens.frame.chooser import Option, agreed, choose
from screens.frame.dialog import ChangedList
from screens.frame.route import Route
from screens.gatherings.forms import GatheringForm
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.line import ALARM, BOLD, DIM, GOOD, HEADING, PLAIN, Piece
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

GATHERING: Final = Route[int]("screens.gatherings.page", "GatheringScreen", quiet=True)
ATTENDANCE: Final = Route[int]("screens.gatherings.attendance", "AttendanceScreen", quiet=True)


class GatheringList(ColumnedList[GatheringLine]):
    """One line a gathering."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("No gathering yet. n plans one."))
        self.case = case

    def cells(self, row: GatheringLine, part: int) -> Sequence[Cell]:
        kind = str(self.case.programme.choice("gathering_kind", row.gathering_kind).name)
        share = Share(row.came, row.invited)
        if row.noted and row.state != CANCELLED:
            came = share_cell(self.case, share)
        else:
            came = Cell((_(STATES[row.state]), ALARM if row.state == CANCELLED else DIM), least=8)
        return [
            Cell((f"{row.number} ", BOLD), at_right=True),
            Cell((days_of(row) + " ", PLAIN)),
            Cell((row.title, BOLD if is_coming(row) else PLAIN), least=12),
            Cell((row.place, DIM), least=6),
            Cell((kind, DIM), least=8),
            came,
        ]


def days_of(row: GatheringLine) -> str:
    """The days of a gathering, of which the last has the year."""
    last = f"{short_weekday(row.last)} {format_date(row.last)}"
    if row.first == row.last:
        return last
    return f"{short_weekday(row.first)} {format_date(row.first)[:-5]} – {last}"


def share_cell(case: Case, share: Share) -> Cell:
    """How many came of how many, and in per cent, good where the goal is reached."""
    return Cell(*share_pieces(case, share))


def share_pieces(case: Case, share: Share) -> list[Piece]:
    """As `share_cell`."""
    told = _("{came} of {asked}").format(came=share.came, asked=share.asked)
    if share.percent is None:
        return [("–", DIM)]
    reached = share.reaches(case.programme.limits.attendance_goal)
    return [(f"{share.percent} % ", GOOD if reached else BOLD), (f"({told})", DIM)]


class GatheringsScreen(ChangedList):
    """The network's gatherings; the result is 1 when something was changed here."""

    SCOPE = "gatherings"
    HELP: ClassVar[str] = N_(
        "The professional network across agencies: its gatherings, each with a programme, those invited, attendance "
        "by half day, tasks and a summary. On top stands how many of the stable members who were invited came to at "
        "least one half day, over all gatherings, against the goal."
    )
    OPENS: ClassVar = {
        "gatherings.members": Route[[]]("screens.gatherings.members", "MembersScreen", quiet=True),
        "gatherings.stability": Route[[]]("screens.gatherings.stability", "StabilityScreen"),
    }

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.moving = GatheringList(case)

    def body(self) -> ComposeResult:
        yield Lines(2, id="gatherings-head")
        yield self.moving

    async def refresh_case(self) -> None:
        rows, known = await self.case.store.ask(_overview)
        coming = sum(map(is_coming, rows))
        groups = [Group("coming", _("To come"), coming), Group("past", _("Held and cancelled"), len(rows) - coming)]
        await self.moving.show_rows(rows, [group for group in groups if group.count])
        head: list[Piece] = [(" " + _("The professional network"), HEADING)]
        if known.held:
            goal = _("goal {percent} %").format(percent=self.case.programme.limits.attendance_goal)
            head += [
                ("  " + _("stable members who came") + " ", PLAIN),
                *share_pieces(self.case, known.stable),
                (f" · {goal}", DIM),
            ]
        self.query_one("#gatherings-head", Lines).show([head])
        self.draw_foot()

    async def action_add(self) -> None:
        """Plan a gathering."""
        saved = await self.ask(GatheringForm(self.case))
        await self._saved(saved)

    async def action_edit(self) -> None:
        """Change the gathering under the mark."""
        saved = await self.ask(GatheringForm(self.case, self.moving.marked.id))
        await self._saved(saved)

    async def action_open(self) -> None:
        """Open the gathering under the mark."""
        await self.open(GATHERING, self.moving.marked.id)

    async def action_attendance(self) -> None:
        """Note who came to the gathering under the mark."""
        await self.open(ATTENDANCE, self.moving.marked.id)

    async def action_away(self) -> None:
        """Note that the gathering under the mark is cancelled, or take it away."""
        row = self.moving.marked
        options = [Option(CANCELLED, _("It is cancelled; it stays in the list"), "c")]
        options.append(Option("", _("It was entered by mistake; take it away"), "m"))
        answer = await choose(self, _("What about “{title}”?").format(title=row.title), options)
        if answer == CANCELLED:
            await self.case.store.change(gatherings.set_state, row.id, row.version, CANCELLED)
            await self._saved(row.id)
        elif answer is not None:
            question = _("Take this away? {what}").format(what=f"{row.number} {row.title}")
            if await agreed(self, question, no=_("No, keep it"), yes=_("Yes, take it away")):
                await self.case.store.change(gatherings.remove, row.id, row.version)
                await self._changed()
                self.say(_("Taken away; u to undo."))


def _overview(reading: Reading) -> tuple[list[GatheringLine], Stability]:
    return gatherings.listing(reading), stability(reading)
