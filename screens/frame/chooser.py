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
from models import board
from models.team import staff
from models.values.text import words
from screens.frame.case import Case
from screens.frame.dialog import Dialog
from screens.frame.moving import ListKeys
from screens.frame.screen import CaseScreen
from screens.widgets.line import BOLD, DIM, PLAIN, Piece, cut
from screens.widgets.text_lines import TitleLine
from screens.widgets.typed_line import TypedLine
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


class TypedFilter(TypedLine):
    """The line a chooser is narrowed in; where several lines can be chosen, Space marks and is not typed."""

    def __init__(self, *, marks: bool) -> None:
        super().__init__()
        self._marks = marks

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        return not self._is_mark(key) and super().check_consume_key(key, character)

    def on_key(self, event: events.Key) -> None:
        if self._is_mark(event.key):
            event.prevent_default()

    def _is_mark(self, key: str) -> bool:
        return self._marks and key == "space"


class ChooserScreen(ListKeys, Dialog[str | tuple[str, ...]]):
    """Dismisses with the value chosen, with `multiple` a tuple of values in the options' order, None when it is closed.

    Typing narrows it to the lines in which each word typed begins a word, and Esc takes that back before it closes.
    Where lines have letters of their own these choose at once, and the keys are those of every list; so they are of a
    question that `narrows` nothing. Call participants
    by `Case.called`, and colleagues by name; names that are hidden while it stands there are hidden in it, too.
    """

    CSS_PATH = Path(__file__).with_name("chooser.tcss")  # screens in other rooms inherit it
    SCOPE = "chooser"
    HELP = N_(
        "Choose a line with the arrows and Enter. What you type narrows the list to the lines in which your words "
        "begin a word; Esc clears it, and closes the list when nothing is typed. A number or a letter before a line "
        "chooses it at once; where there are letters, nothing is narrowed. Where the lines have boxes, Space marks "
        "them and Enter takes all marked ones."
    )

    def __init__(
        self, case: Case, title: str, options: Sequence[Option], *, multiple: bool = False,
        chosen: Collection[str] = (), narrows: bool = True,
    ) -> None:  # fmt: skip
        self.multiple = multiple
        self._options = tuple(options)
        if not narrows or any(option.key.isalpha() for option in options):
            self.SCOPE = "list"
        super().__init__(case)
        self._title = self._title_said = title
        self._labelled = self._options
        self._words: list[str] | None = None
        self._stood = ""
        """The value of the line on which the mark stood last."""
        self._chosen = set(chosen) & {option.value for option in options}
        self.moving = OptionList(self._options, self._chosen if multiple else None)
        self._line = TypedFilter(marks=multiple)
        self._was_private = case.private

    def body(self) -> ComposeResult:
        yield TitleLine(self._title)
        yield self._line
        yield self.moving

    async def on_mount(self) -> None:
        self._line.display = False
        first = (number for number, option in enumerate(self._options) if option.value in self._chosen)
        await self.moving.show_rows(self._options, mark=next(first, 0))
        self.moving.focus()

    async def refresh_case(self) -> None:
        if self.case.private and not self._was_private:
            self._line.value = ""
        self._was_private = self.case.private
        said = await self.hiding(self._title, *(option.label for option in self._options))
        self._title_said = said(self._title)
        self._labelled = tuple(replace(option, label=said(option.label)) for option in self._options)
        self._words = None
        await self._show()

    # ------------------------------------------------------------------ narrowing

    async def _show(self) -> None:
        """Show the lines that fit what is typed, the mark on the first of them; of all, on the one it stood on."""
        typed = words(self._line.value)
        if self.moving.row is not None:
            self._stood = self.moving.row.value
        rows = [option for option, text in zip(self._labelled, self._spoken(), strict=True) if _fits(typed, text)]
        told = _("{done} of {all}").format(done=len(rows), all=len(self._options)) if typed else ""
        self.query_one(TitleLine).show(self._title_said, told)
        if self._options:
            self.moving.empty = _("Nothing here begins so. Esc shows all.")
        here = (place for place, row in enumerate(rows) if row.value == self._stood)
        await self.moving.show_rows(rows, mark=0 if typed else next(here, 0))
        self.draw_foot()

    def _spoken(self) -> list[str]:
        """The words of each line as they are looked in, made when something is typed first."""
        if self._words is None:
            self._words = [f" {' '.join(words(f'{option.label} {option.hint}'))}" for option in self._labelled]
        return self._words

    async def on_input_changed(self) -> None:
        self._line.display = bool(self._line.value)
        if not self._line.value:
            self.moving.focus()
        await self._show()

    async def on_input_submitted(self) -> None:
        await self.action_act(f"{self.SCOPE}.open")

    def on_key(self, event: events.Key) -> None:
        """A letter or number of a line's own chooses it; what else is typed on the list begins to narrow it."""
        if self._line.has_focus:
            return
        if event.key in ("home", "end"):
            (self.action_first if event.key == "home" else self.action_last)()
        if not event.is_printable or not event.character:
            return
        for option in self._options:
            if option.key == event.character and not self.multiple:
                event.stop()
                self.dismiss(option.value)
                return
        if self.SCOPE == "chooser" and event.key != "space":
            event.stop()
            self._type(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted narrows the list as what is typed does."""
        if self.SCOPE == "chooser" and (text := " ".join(event.text.split())):
            event.stop()
            self._type(text)

    def _type(self, text: str) -> None:
        self._line.display = True
        self._line.focus()
        self._line.insert_text_at_cursor(text)

    # ------------------------------------------------------------------ keys

    def actions(self) -> list[Action]:
        return [action for action in super().actions() if self.multiple or not action.id.endswith(".mark")]

    def on_a_row(self) -> bool:
        return bool(self._options)

    def why_not(self, action_id: str) -> str:
        name = action_id.removeprefix(f"{self.SCOPE}.")
        if name == "mark" and not self.multiple:
            return _("Only one can be chosen: Enter chooses it.")
        if name in ("mark", "open") and not self._options:
            return _("There is nothing to choose from.")
        if (name == "mark" or (name == "open" and not self.multiple)) and self.moving.row is None:
            return _("Nothing here begins so. Esc shows all.")
        return super().why_not(action_id)

    def action_mark(self) -> None:
        """Mark the line, or take its mark away."""
        self._chosen.symmetric_difference_update({self.moving.marked.value})
        self.moving.redraw_row(self.moving.mark)

    def action_open(self) -> None:
        """Answer with the line under the mark, or with all that are marked."""
        if self.multiple:
            self.dismiss(tuple(option.value for option in self._options if option.value in self._chosen))
        else:
            self.dismiss(self.moving.marked.value)

    def action_close(self) -> None:
        """Clear what is typed first, then close with no answer."""
        if self._line.value:
            self._line.value = ""
        else:
            self.dismiss(None)


def _fits(typed: Sequence[str], text: str) -> bool:
    return all(f" {word}" in text for word in typed)


async def choose(screen: CaseScreen[Any], title: str, options: Sequence[Option], *, chosen: str = "") -> str | None:
    """Ask by a few lines, from an action of `screen`: the value that was chosen, None where none was."""
    answer = await screen.ask(ChooserScreen(screen.case, title, options, chosen=(chosen,) if chosen else ()))
    return answer if isinstance(answer, str) else None


async def agreed(screen: CaseScreen[Any], question: str, *, no: str, yes: str) -> bool:
    """Ask whether something is to be done, from an action of `screen`, in words for either answer."""
    answers = [Option("no", no), Option("yes", yes)]
    return await screen.ask(ChooserScreen(screen.case, question, answers, narrows=False)) == "yes"


async def choose_whose(screen: CaseScreen[Any], title: str, shown: int | None = None) -> tuple[int | None] | None:
    """Ask whose caseload is to be shown: a colleague's number or None for the whole team, nothing where none was.

    The mark begins at the colleague `shown` now, or whose is what is under the mark.
    """
    team = await screen.case.store.ask(staff.team)
    options = [Option("", _("The whole team"))]
    options += [Option(str(one.id), one.name, hint=one.initials) for one in team if one.works]
    answer = await choose(screen, title, options, chosen=str(shown or ""))
    return None if answer is None else (int(answer) if answer else None,)


async def choose_participant(
    screen: CaseScreen[Any], title: str, *more: Option, whose: int | None = None, marked: int | None = None,
    but: int | None = None, closed: bool = False,
) -> str | None:  # fmt: skip
    """Ask for a participant, or one of `more`: the number as text, None where none was chosen.

    Everybody whom the person sees can be chosen, first those of the colleague `whose`, and those phased out last where
    they are `closed` too; not the one who is `but`. The mark begins on who is `marked`.
    """
    case = screen.case
    known = await case.store.ask(board.everybody, whose, closed=closed)
    options = [
        Option(str(number), case.called(code, name), hint="" if case.private or not name else code)
        for number, code, name in known
        if number != but
    ]
    return await choose(screen, title, [*more, *options], chosen=str(marked or ""))
