"""How stable the network is: a line a gathering, with the stable members in all and by agency, and the others apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from textual.app import ComposeResult

from config.words import N_, _
from models.gatherings.attendance import GUEST, MANAGER, MEMBER
from models.gatherings.stability import HeldGathering, Share, Stability, stability
from screens.frame.case import Case
from screens.frame.dialog import ListScreen
from screens.gatherings.fields import agency_name
from screens.gatherings.list import days_of, share_pieces
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, Piece, wrapped
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group


class ShareLine(Struct, frozen=True):
    """One line: a gathering, or an agency, with its share; `others` says what is counted apart."""

    name: str
    when: str
    share: Share
    others: str = ""


class ShareList(ColumnedList[ShareLine]):
    """The lines, with a bar where there is room."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("No attendance is noted yet."))
        self.case = case

    def cells(self, row: ShareLine, part: int) -> Sequence[Cell]:
        percent = row.share.percent or 0
        filled = percent // 10
        return [
            Cell((row.name, BOLD), least=18),
            Cell((row.when, DIM)),
            Cell(*share_pieces(self.case, row.share)),
            Cell(("█" * filled, PLAIN), ("░" * (10 - filled), DIM)),
            Cell((row.others, DIM), least=8),
        ]


class StabilityScreen(ListScreen[None]):
    """The gatherings with attendance, then the agencies over all of them."""

    SCOPE = "stability"
    HELP: ClassVar[str] = N_(
        "Of the stable members who were invited to a gathering, how many came to at least one half day of it. Only "
        "gatherings for which attendance is noted count. Guests, managers and other members are counted apart. What "
        "somebody was is what they were when they were invited."
    )

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.moving = ShareList(case)

    def body(self) -> ComposeResult:
        yield Lines(5, id="stability-head")
        yield self.moving

    async def refresh_case(self) -> None:
        known = await self.case.store.ask(stability)
        held = [self._gathering(one) for one in known.held]
        agencies = [ShareLine(agency_name(self.case, id), "", share) for id, share in known.agencies.items()]
        groups = [
            Group("held", _("By gathering"), len(held)), Group("agencies", _("By agency, over all"), len(agencies)),
        ]  # fmt: skip
        await self.moving.show_rows([*held, *agencies], groups if held else [])
        self._draw_head(known)
        self.draw_foot()

    def _gathering(self, one: HeldGathering) -> ShareLine:
        names = {MEMBER: _("others {count}"), GUEST: _("guests {count}"), MANAGER: _("managers {count}")}
        others = " · ".join(names[part].format(count=count) for part, count in one.others.items() if count)
        line = one.gathering
        return ShareLine(f"{line.number} {line.title}", days_of(line), one.stable, others)

    def _draw_head(self, known: Stability) -> None:
        goal = _("goal {percent} %").format(percent=self.case.programme.limits.attendance_goal)
        head: list[Piece] = [
            (" " + _("Stability of the network"), HEADING), ("  ", PLAIN), *share_pieces(self.case, known.stable),
            (f" · {goal}", DIM),
        ]  # fmt: skip
        told = _(
            "Of the stable members invited, those who came to at least one half day. Guests, managers and other "
            "members are counted apart; only gatherings with attendance noted count."
        )
        lines = [[(" " + line, DIM)] for line in wrapped(told, max(20, self.app.size.width - 2))]
        self.query_one("#stability-head", Lines).show([head, *lines])
