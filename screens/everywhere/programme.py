"""The programme: the limits and lists that hold and where each comes from; a leader changes the numbers."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len
from textual.app import ComposeResult

from config.programme import ProgrammeError, in_force
from config.programme.in_force import Held
from config.words import N_, _, p_
from models import limits
from screens.frame.case import Case
from screens.frame.dialog import ListScreen
from screens.frame.prompt import PromptScreen
from screens.widgets.line import BOLD, DIM, GOOD, PLAIN, Piece, cut, right
from screens.widgets.text_lines import TextLines, TitleLine
from screens.widgets.windowed_list import Group, WindowedList

_VALUE: Final = 6
"""Digits of a limit, at most."""


class ProgrammeScreen(ListScreen[None]):
    """What stands in the team's files now; where they cannot be read, what is in force instead, and why."""

    SCOPE = "programme"
    HELP = N_(
        "The limits and lists that hold, and where each comes from: as shipped, or file and line in the team's own. "
        "Team leaders change a number with Enter; it is checked before it is saved, and holds for everybody from their "
        "next opening on. Lists are changed in the file."
    )

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.moving = WindowedList(self._draw_row)
        self._place_width = 0

    def body(self) -> ComposeResult:
        yield TitleLine(_("Programme"))
        self._told = TextLines(style=DIM, id="programme-told")
        yield self._told
        yield self.moving

    async def refresh_case(self) -> None:
        place = self.case.store.unlocked.place
        try:
            programme = await asyncio.to_thread(limits.load, place)
            file = place.folder / limits.TEAM_FILE
            self._told.show(_("The team's own file: {file}").format(file=file))
        except ProgrammeError as error:
            programme = self.case.programme
            self._told.show(programme.fault or error.text)
        rows = in_force.limits(programme)
        groups = [Group("limits", p_("of the programme", "Limits"), len(rows))]
        for name, entries in in_force.lists(programme):
            groups.append(Group(name, name, len(entries)))
            rows += entries
        self._place_width = max(cell_len(row.place or _("as shipped")) for row in rows)
        await self.moving.show_rows(rows, groups)
        self.draw_foot()

    def _draw_row(self, row: Held, width: int, part: int) -> Sequence[Piece]:
        place: Piece = (row.place, GOOD) if row.place else (_("as shipped"), DIM)
        room = width - self._place_width - 2
        if row.value is not None:
            return [
                (f" {right(_written(row.value), _VALUE)}  ", BOLD),
                (cut(_(row.name), room - _VALUE - 3) + "  ", PLAIN),
                place,
            ]
        id = min(cell_len(row.id), room // 2)
        return [(f" {cut(row.name, room - id - 2)} ", PLAIN), (cut(row.id, id) + "  ", DIM), place]

    def why_not(self, action_id: str) -> str:
        row = self.moving.row
        if action_id == "programme.change" and row is not None and row.value is None:
            return _("Lists are changed in the team's own file.")
        return super().why_not(action_id)

    async def action_change(self) -> None:
        """Write another number for the limit under the mark, or turn it to the other of two."""
        row = self.moving.marked
        if isinstance(row.value, bool):
            await asyncio.to_thread(limits.change_now, self.case.store, row.id, not row.value)
            await self._changed(row, not row.value)
            return
        before = str(row.value)

        def parse(text: str) -> int:
            plain = text.strip()
            if not (plain.isascii() and plain.isdecimal() and len(plain) <= _VALUE):
                raise ProgrammeError(_("Write a whole number."))
            return int(plain)

        async def change(number: int) -> None:
            await asyncio.to_thread(limits.change_now, self.case.store, row.id, number)

        hint = _("For everybody, from their next opening on.")
        number = await self.ask(PromptScreen(self.case, _(row.name), parse, initial=before, hint=hint, then=change))
        if number is not None:
            await self._changed(row, number)

    async def _changed(self, row: Held, value: int) -> None:
        await self.read_again()
        told = _("{what}: {number}, for everybody from their next opening on.")
        self.say(told.format(what=_(row.name), number=_written(value)))


def _written(value: int) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value)
