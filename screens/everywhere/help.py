"""Help for where one is: what the screen is for, its keys, the signs on the board, and the dates one may type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from rich.cells import cell_len
from textual.app import ComposeResult

from config.actions import EVERYWHERE, Action
from config.keymap import SCOPES, written
from config.words import N_, _
from models.signals.sign import FAMILIES, LEGEND
from screens.frame.case import Case
from screens.frame.dialog import Dialog
from screens.frame.moving import ListKeys
from screens.frame.screen import CaseScreen
from screens.widgets.line import BOLD, HEADING, PLAIN, Piece, cut, wrapped
from screens.widgets.text_lines import TitleLine
from screens.widgets.windowed_list import Group, WindowedList

DATES: Final = (
    ("22.11.2026", N_("day, month and year; 221126 and 2026-11-22 are read too")),
    ("22.11", N_("without the year: the one nearest today")),
    (N_("today"), N_("in words: yesterday, Monday, 3 Dec; Norwegian or English, short or long")),
    ("+3d", N_("days, weeks (w), months (m) or years (y) from today; -3d is back in time")),
    (N_("week 48"), N_("the Monday of a week; week 48 Friday and next Tuesday, of the week after this, are read too")),
    (N_("Friday 14-15"), N_("where an hour belongs to it: also Friday at 2 pm, 14.30, or tomorrow 9")),
)
_KEYS_MOST: Final = 20


HelpLine = tuple[str, ...]
"""One line as wide as the screen: running text, or what stands in each of the columns."""


class HelpList(WindowedList[HelpLine]):
    """The lines of the help; the mark shows where one is while reading."""

    def draw_row(self, row: HelpLine, width: int, part: int) -> Sequence[Piece]:
        first, *others = row
        return [(first, BOLD if others else PLAIN), *((text, PLAIN) for text in others)]

    def draw_heading(self, group: Group, width: int) -> Sequence[Piece]:
        return [(group.heading, HEADING)]


def columned(rows: Sequence[tuple[str, ...]], width: int) -> list[HelpLine]:
    """`rows` in columns as wide as their widest entry, the last one wrapped in what is left of `width`."""
    if not rows:
        return []
    sizes = [max(cell_len(row[place]) for row in rows) + 2 for place in range(len(rows[0]) - 1)]
    sizes[0] = min(sizes[0], _KEYS_MOST)
    left = max(16, width - sum(sizes))
    lines: list[HelpLine] = []
    for row in rows:
        for number, piece in enumerate(wrapped(row[-1], left)):
            cells = row[:-1] if number == 0 else ("",) * len(sizes)
            lines.append((*(cut(cell, size) for cell, size in zip(cells, sizes, strict=True)), piece))
    return lines


def _legend() -> list[tuple[str, str]]:
    """The families of signals by tag and name, below each what it tells."""
    rows: list[tuple[str, str]] = []
    for id, family in FAMILIES.items():
        rows.append((str(family.tag), _(family.name)))
        rows += [("", "– " + _(meaning)) for of, meaning in LEGEND.values() if of == id]
    return rows


class HelpScreen(ListKeys, Dialog[None]):
    """Everything one can do on the screen `of`, taken from the registry of keys alone."""

    CSS_PATH = "help.tcss"
    SCOPE = "list"
    HELP = N_("This is the help. Move with the arrows, leave with Esc.")

    def __init__(self, case: Case, of: CaseScreen[Any]) -> None:
        super().__init__(case)
        self._of = of
        self.moving: HelpList = HelpList()

    def body(self) -> ComposeResult:
        scope = next((scope.label for scope in SCOPES if scope.id == self._of.SCOPE), "")
        yield TitleLine(_("Help"), _(scope))
        yield self.moving

    async def on_mount(self) -> None:
        self.moving.focus()

    def actions(self) -> list[Action]:
        return [action for action in super().actions() if action.id not in ("list.open", "app.help")]

    async def on_resize(self) -> None:
        parts = self._parts(max(20, self.app.size.width - 2))
        await self.moving.show_rows(
            [line for _heading, lines in parts for line in lines],
            [Group(heading, heading, len(lines)) for heading, lines in parts if lines],
        )

    def _parts(self, width: int) -> list[tuple[str, list[HelpLine]]]:
        """The parts of the help in reading order, each with its heading."""
        actions = self._of.actions()
        purpose = wrapped(_(self._of.HELP), width) if self._of.HELP else []
        return [
            (_("What this is for"), [(line,) for line in purpose]),
            (_("Keys here"), self._keys([action for action in actions if action.scope != EVERYWHERE], width)),
            (_("Keys everywhere"), self._keys([action for action in actions if action.scope == EVERYWHERE], width)),
            (_("Signals and their tags"), columned(_legend(), width)),
            (_("Dates you may write"), columned([(_(example), _(meaning)) for example, meaning in DATES], width)),
        ]

    def _keys(self, actions: Iterable[Action], width: int) -> list[HelpLine]:
        def keys(action: Action) -> str:
            return " ".join(map(written, self.case.keymap.holding(action.id, self._of.SCOPE)))

        return columned([(keys(action), _(action.label), _(action.explain)) for action in actions], width)

    action_open = Dialog.action_close  # there is nothing to choose here

    async def action_help(self) -> None:
        """Leave by the key that came here."""
        self.dismiss(None)
