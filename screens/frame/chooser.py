"""A question answered by choosing: one of a few lines, or several of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult

from config.actions import Action
from config.words import N_, _
from models.team import staff
from screens.frame.case import Case
from screens.frame.dialog import Dialog
from screens.frame.moving import ListKeys
from screens.frame.screen import CaseScreen
from screens.widgets.line import BOLD, DIM, PLAIN, Piece, cut
from screens.widgets.text_lines import TitleLine
from screens.widgets.windowed_list import WindowedList


class Option(Struct, frozen=True):
    """One thing to choose: what is stored or answered, what is shown, and the letter that chooses it at once.

    `hint` stands dim after the label of a line.
    """

    value: str
    label: str
    key: str = ""
    hint: str = ""


def named(choices: Iterable[Any]) -> list[Option]:
    """An option for each that has an `id` and a `name`: what the programme lists, colleagues."""
    return [Option(str(one.id), str(one.name)) for one in choices]


class OptionList(WindowedList[Option]):
    """The options, with their letters and, where several can be chosen, their marks."""

    def __init__(self, options: Sequence[Option], chosen: set[str] | None) -> None:
        super().__init__(empty=_("There is nothing to choose from."))
        self.options, self.chosen = options, chosen
        self._label_width = max((cell_len(option.label) for option in options), default=0)
        self._keys = any(option.key for option in options)

    def draw_row(self, row: Option, width: int, part: int) -> Sequence[Piece]:
        pieces: list[Piece] = []
        if self._keys:
            pieces.append((f" {row.key or ' '} ", BOLD))
        if self.chosen is not None:
            pieces.append(("[x] " if row.value in self.chosen else "[ ] ", PLAIN))
        room = max(10, width - sum(len(text) for text, _style in pieces))
        label = self._label_width if row.hint and self._label_width + 12 <= room else room
        pieces.append((cut(row.label, min(label, room)), PLAIN))
        if row.hint:
            pieces.append(("  " + row.hint, DIM))
        return pieces


class ChooserScreen(ListKeys, Dialog[str | tuple[str, ...]]):
    """Dismisses with the value chosen, with `multiple` a tuple of values in the options' order, None when it is closed.

    An option's own letter wins over the list's letters, where one is chosen. Call participants by `Case.called`, and
    colleagues by name; names that are hidden while it stands there are hidden in it, too.
    """

    CSS_PATH = Path(__file__).with_name("chooser.tcss")  # screens in other rooms inherit it
    SCOPE = "list"
    HELP = N_(
        "Choose a line with the arrows and Enter. A letter before a line chooses it at once, also where that letter "
        "moves the mark in other lists. Where the lines have boxes, Space marks them and Enter takes all marked ones."
    )

    def __init__(
        self, case: Case, title: str, options: Sequence[Option], *, multiple: bool = False, chosen: Collection[str] = ()
    ) -> None:
        self.multiple = multiple
        super().__init__(case)
        self._title = title
        self._options = tuple(options)
        self._chosen = set(chosen) & {option.value for option in options}
        self.moving = OptionList(self._options, self._chosen if multiple else None)

    def body(self) -> ComposeResult:
        yield TitleLine(self._title)
        yield self.moving

    async def on_mount(self) -> None:
        first = (number for number, option in enumerate(self._options) if option.value in self._chosen)
        await self.moving.show_rows(self._options, mark=next(first, 0))
        self.moving.focus()

    async def refresh_case(self) -> None:
        said = await self.hiding(self._title, *(option.label for option in self._options))
        self.query_one(TitleLine).show(said(self._title))
        await self.moving.show_rows([replace(option, label=said(option.label)) for option in self._options])

    def actions(self) -> list[Action]:
        return [action for action in super().actions() if self.multiple or action.id != "list.mark"]

    def why_not(self, action_id: str) -> str:
        if action_id == "list.mark" and not self.multiple:
            return _("Only one can be chosen: Enter chooses it.")
        if action_id in ("list.mark", "list.open") and not self._options:
            return _("There is nothing to choose from.")
        return super().why_not(action_id)

    def on_key(self, event: events.Key) -> None:
        if self.multiple or not event.character:
            return
        for option in self._options:
            if option.key == event.character:
                event.stop()
                self.dismiss(option.value)
                return

    def action_mark(self) -> None:
        """Mark the line, or take its mark away."""
        option = self._options[self.moving.mark]
        self._chosen.symmetric_difference_update({option.value})
        self.moving.redraw_row(self.moving.mark)

    def action_open(self) -> None:
        """Answer with the line under the mark, or with all that are marked."""
        if self.multiple:
            self.dismiss(tuple(option.value for option in self._options if option.value in self._chosen))
        else:
            self.dismiss(self._options[self.moving.mark].value)


async def choose(screen: CaseScreen[Any], title: str, options: Sequence[Option], *, chosen: str = "") -> str | None:
    """Ask by a few lines, from an action of `screen`: the value that was chosen, None where none was."""
    answer = await screen.ask(ChooserScreen(screen.case, title, options, chosen=(chosen,) if chosen else ()))
    return answer if isinstance(answer, str) else None


async def agreed(screen: CaseScreen[Any], question: str, *, no: str, yes: str) -> bool:
    """Ask whether something is to be done, from an action of `screen`, in words for either answer."""
    return await choose(screen, question, [Option("no", no), Option("yes", yes)]) == "yes"


async def choose_whose(screen: CaseScreen[Any], title: str) -> tuple[int | None] | None:
    """Ask whose caseload is to be shown: a colleague's number or None for the whole team, nothing where none was."""
    team = await screen.case.store.ask(staff.team)
    options = [Option("", _("The whole team"))]
    options += [Option(str(one.id), one.name, hint=one.initials) for one in team if one.works]
    answer = await choose(screen, title, options)
    return None if answer is None else (int(answer) if answer else None,)
