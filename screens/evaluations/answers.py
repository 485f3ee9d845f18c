"""The open answers of an evaluation, question by question, and their themes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import ClassVar, Final

from textual.app import ComposeResult

from config.words import N_, _
from models.evaluations import evaluations
from models.evaluations import reading as evaluation_reading
from models.evaluations.reading import BETWEEN_THEMES, Answer, split_themes
from screens.evaluations.about import Shown, shown
from screens.evaluations.forms import AnswerForm
from screens.frame.case import Case
from screens.frame.dialog import ChangedList
from screens.frame.prompt import PromptScreen
from screens.widgets.columns import Cell, ColumnedList, told
from screens.widgets.line import DIM, HEADING, flat
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

THEMES_TOLD: Final = 8


class AnswersScreen(ChangedList):
    """The answers by question, in no order but that of their words."""

    SCOPE = "evaluation_answers"
    HELP: ClassVar[str] = N_(
        "What was written to the open questions, sorted by its words. Give each answer one or more themes of your "
        "own: the result gathers the answers under them and counts them."
    )

    def __init__(self, case: Case, evaluation: int) -> None:
        super().__init__(case)
        self.evaluation = evaluation
        self.participant: int | None = None
        self._shown: Shown | None = None
        self.moving: ColumnedList[Answer] = ColumnedList(self._cells)
        self.moving.empty = _("Nobody wrote anything.")

    def body(self) -> ComposeResult:
        yield Lines(2, id="answers-head")
        yield self.moving

    async def refresh_case(self) -> None:
        self._shown = await self.case.store.ask(shown, self.evaluation)
        self.participant = self._shown.evaluation.participant
        answers, form = self._shown.evaluated.answers, self._shown.evaluation.form
        count = {question: len(list(rows)) for question, rows in groupby(answers, lambda one: one.question)}
        groups = [Group(asked.id, str(asked.name), count[asked.id]) for asked in form.open if asked.id in count]
        await self.moving.show_rows(answers, groups)
        title = _("Open answers · {form}").format(form=form.name)
        self.query_one("#answers-head", Lines).show([[(" " + title, HEADING)]])
        if too_few := self._shown.evaluation.too_few:
            self.say(too_few, warn=True)
        self.draw_foot()

    def _cells(self, row: Answer, part: int) -> Sequence[Cell]:
        text, themes = (self._shown.said(self.case, one) if self._shown else "" for one in (row.text, row.themes))
        return [told(flat(text)), Cell((themes, DIM), least=20)]

    async def action_read(self) -> None:
        """Read all of the answer under the mark."""
        await self._form(to_read=True)

    async def action_edit(self) -> None:
        """Correct the answer under the mark."""
        await self._form(to_read=False)

    async def _form(self, *, to_read: bool) -> None:
        if self._shown is not None:
            form = AnswerForm(self.case, self._shown.evaluation, self.moving.marked)
            await self.app.push_screen(form.to_read() if to_read else form, self._saved)

    async def action_themes(self) -> None:
        """Give the answer under the mark themes."""
        row = self.moving.marked
        used = await self.case.store.ask(evaluation_reading.answers, self.evaluation)
        known = sorted({theme for one in used for theme in one.named_themes}, key=str.casefold)
        hint = _("With a semicolon between them.")
        if known:
            some = f"{BETWEEN_THEMES} ".join(known[:THEMES_TOLD])
            said = self._shown.said(self.case, some) if self._shown else ""
            hint += " " + _("Used so far: {themes}").format(themes=said)
        question = _("Which themes does this answer have?")
        typed = await self.ask(PromptScreen(self.case, question, split_themes, initial=row.themes, hint=hint))
        if typed is not None:
            themes = {"themes": BETWEEN_THEMES.join(typed)}
            await self.case.store.change(evaluations.change_answer, row.id, row.version, themes)
            await self._saved(row.id)
