"""The answers to a task's questions: as a list by question, or those of the agencies side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import ClassVar, Final

from msgspec import Struct
from rich.style import Style
from textual.app import ComposeResult

from config.words import N_, _, n_
from models.gatherings import tasks
from models.gatherings.tasks import Answer, Task
from models.storage.reading import Reading
from screens.frame.case import Case
from screens.frame.dialog import ChangedList
from screens.frame.moving import ReadKeys
from screens.frame.screen import CaseScreen
from screens.gatherings.fields import agency_name, called
from screens.gatherings.task_forms import AnswerForm
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.line import BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece, cut, flat, wrapped
from screens.widgets.lines import Lines
from screens.widgets.read_lines import ReadLines
from screens.widgets.windowed_list import Group

LEAST: Final = 24
"""So wide a column of answers is at least."""


def who_answers(case: Case, row: Answer) -> str:
    """Who answered: a member, an agency or a mixed group."""
    if row.group_number is not None:
        return _("Group {number}").format(number=row.group_number)
    agency = agency_name(case, row.agency)
    return f"{called(case, row.name, row.agency)}, {agency}" if row.invitation is not None else agency


class AnswerList(ColumnedList[Answer]):
    """One line an answer; of the question with two, a line each."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Nobody has answered yet. n writes an answer."))
        self.case = case

    def cells(self, row: Answer, part: int) -> Sequence[Cell]:
        text = flat(row.answer)
        pieces: list[Piece] = [(text, PLAIN)]
        if row.obstacle:
            pieces = [("+ " + text, PLAIN), ("  – " + flat(row.obstacle), DIM)]
        return [Cell((" " + who_answers(self.case, row), BOLD), least=18), Cell(*pieces, least=24, worth=1)]


class AnswersScreen(ChangedList):
    """The answers to one task, by question; the result is 1 when something was changed here."""

    moving: AnswerList
    SCOPE = "task_answers"
    HELP: ClassVar[str] = N_(
        "What members, agencies or mixed groups answered to each question of a task. Side by side they are shown by "
        "agency, and the question with two answers in two columns: advantages and obstacles."
    )

    def __init__(self, case: Case, task: int) -> None:
        super().__init__(case)
        self.number = task
        self.moving = AnswerList(case)

    def body(self) -> ComposeResult:
        yield Lines(2, id="answers-head")
        yield self.moving

    async def refresh_case(self) -> None:
        asked, found = await self.case.store.ask(_answers, self.number)
        shown = [
            Group(str(number), f"{number} {text}", sum(one.question == number for one in found))
            for number, text in enumerate(asked.asked, 1)
        ]
        await self.moving.show_rows(found, shown if found else [])
        count = n_("{count} answer", "{count} answers", len(found)).format(count=len(found))
        self.query_one("#answers-head", Lines).show([
            [(" " + _("Answers"), HEADING), (f"  {count}  ", PLAIN), (flat(asked.text), DIM)]
        ])  # fmt: skip
        self.draw_foot()

    async def action_add(self) -> None:
        """Write an answer, to the question under the mark."""
        question = self.moving.row.question if self.moving.row else 1
        saved = await self.ask(AnswerForm(self.case, self.number, question=question))
        await self._saved(saved)

    async def action_read(self) -> None:
        """Read all of the answer under the mark."""
        saved = await self.ask(AnswerForm(self.case, 0, self.moving.marked.id).to_read())
        await self._saved(saved)

    async def action_edit(self) -> None:
        """Change the answer under the mark."""
        saved = await self.ask(AnswerForm(self.case, 0, self.moving.marked.id))
        await self._saved(saved)

    async def action_away(self) -> None:
        """Take the answer under the mark away."""
        row = self.moving.marked
        await self.case.store.change(tasks.remove_answer, row.id, row.version)
        await self._changed()
        self.say(_("Taken away; u to undo."))

    async def action_side(self) -> None:
        """Show the answers of the agencies beside each other."""
        await self.app.push_screen(SideBySideScreen(self.case, self.number))


class Side(Struct, frozen=True):
    """One column: whose answers stand in it, and the answers, each with who gave it where that says more."""

    title: str
    answers: tuple[tuple[str, str], ...]


class SideBySideScreen(ReadKeys, CaseScreen[None]):
    """The answers to read, question by question, a column an agency or a group."""

    SCOPE = "read"
    HELP: ClassVar[str] = AnswersScreen.HELP

    def __init__(self, case: Case, task: int) -> None:
        super().__init__(case)
        self.number = task
        self.moving = ReadLines(id="answers-side")
        self._asked: Task | None = None
        self._found: list[Answer] = []

    def body(self) -> ComposeResult:
        yield Lines(2, id="side-head")
        yield self.moving

    async def on_mount(self) -> None:
        await self.read_again()
        self.moving.focus()

    async def refresh_case(self) -> None:
        asked, self._found = await self.case.store.ask(_answers, self.number)
        self._asked = asked
        self.query_one("#side-head", Lines).show([
            [(" " + _("Answers side by side"), HEADING), ("  " + flat(asked.text), DIM)]
        ])  # fmt: skip
        self.moving.show(self._lay)
        self.draw_foot()

    def _lay(self, width: int) -> Sequence[Sequence[Piece]]:
        lines: list[list[Piece]] = []
        asked = self._asked
        for number, text in enumerate(asked.asked if asked else (), 1):
            lines += [[(" " + line, BOLD)] for line in wrapped(f"{number} {text}", width - 2)]
            rows = [one for one in self._found if one.question == number]
            if not rows:
                lines.append([("   " + _("Nobody has answered this question yet."), DIM)])
            if asked and number == asked.split:
                lines += self._both(rows, width)
            else:
                lines += self._beside(rows, width)
            lines.append([])
        return lines

    def _beside(self, rows: Sequence[Answer], width: int) -> Iterator[list[Piece]]:
        """As many columns beside each other as have room, the others below them."""
        sides = self._sides(rows)
        at_once = max(1, (width - 2) // (LEAST + 2))
        for start in range(0, len(sides), at_once):
            some = sides[start : start + at_once]
            yield from _columns([(side.title, DIM, side.answers) for side in some], width)

    def _both(self, rows: Sequence[Answer], width: int) -> Iterator[list[Piece]]:
        """Advantages at the left, obstacles at the right, an agency or a group after the other."""
        for side, some in self._by_side(rows).items():
            yield [("  " + side, DIM)]
            yield from _columns(
                [
                    (_("Advantages"), GOOD, tuple(("", one.answer) for one in some if one.answer)),
                    (_("Obstacles"), WARN, tuple(("", one.obstacle) for one in some if one.obstacle)),
                ],
                width,
            )

    def _by_side(self, rows: Sequence[Answer]) -> dict[str, list[Answer]]:
        found: dict[str, list[Answer]] = {}
        for row in rows:
            group = row.group_number
            title = agency_name(self.case, row.agency) if group is None else who_answers(self.case, row)
            found.setdefault(title, []).append(row)
        return found

    def _sides(self, rows: Sequence[Answer]) -> list[Side]:
        return [
            Side(title, tuple(
                (called(self.case, one.name, one.agency) if one.invitation is not None else "", one.answer)
                for one in some
            ))
            for title, some in self._by_side(rows).items()
        ]  # fmt: skip


def _columns(columns: Sequence[tuple[str, Style, Sequence[tuple[str, str]]]], width: int) -> Iterator[list[Piece]]:
    """Columns of the same width, each with its title and its answers below each other."""
    room = (width - 2) // len(columns) - 2
    yield [("  ", PLAIN), *[(cut(title, room).ljust(room) + "  ", style) for title, style, _answers in columns]]
    texts: list[list[str]] = []
    for _title, _style, answers in columns:
        lines: list[str] = []
        for who, text in answers:
            lines += wrapped(f"{who}: {text}" if who else text, room)
        texts.append(lines)
    for line in zip_longest(*texts, fillvalue=""):
        yield [("  ", PLAIN), *((part.ljust(room) + "  ", PLAIN) for part in line)]


def _answers(reading: Reading, task: int) -> tuple[Task, list[Answer]]:
    return tasks.one(reading, task), tasks.answers_of(reading, task)
