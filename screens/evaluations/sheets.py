"""Typing sheets from paper: a digit a question, Enter after what is written, and the next sheet begins.

What is kept of them is only what they add up to; the one that is being typed is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult

from config.errors import ExinError
from config.programme.labels import Choice
from config.programme.method.evaluations import SMALLEST, ScaledQuestion
from config.words import N_, _, n_
from models.evaluations import evaluations
from models.evaluations import reading as evaluation_reading
from models.evaluations.form import has_changed
from models.evaluations.reading import Evaluation
from models.evaluations.sheets import ANSWER_LIMIT, Tally, off_scale
from models.storage.drafts import KeptForm
from screens.evaluations.forms import more_than_invited, owner_of
from screens.forms.draft_keeper import DraftKind, Keeper, Kept, Whose, declare, whose
from screens.frame.case import Case
from screens.frame.chooser import agreed
from screens.frame.screen import CaseScreen
from screens.widgets.line import BOLD, DIM, HEADING, MARK, PLAIN, WARN, Piece, wrapped
from screens.widgets.lines import Lines
from screens.widgets.read_lines import ReadLines
from screens.widgets.typed_line import TypedLine

SHEETS: Final = "evaluation_sheets"
PILE: Final = "pile"
Question = ScaledQuestion | Choice


class SheetsScreen(CaseScreen[int]):
    """The result is the evaluation's id where sheets were entered, else None."""

    SCOPE = "evaluation_sheets"
    HELP: ClassVar[str] = N_(
        "Type one sheet after the other: for a question with a scale the digit of the step, 0 or Enter where it was "
        "left open; for an open question what is written, then Enter. ↑ goes back to the question before. A sheet is "
        "added to the others when its last question is answered, and cannot be told from them any more; the one you "
        "are typing is kept nowhere. F2 enters them. Fewer than five wait here until there are five."
    )

    def __init__(self, case: Case, evaluation: Evaluation) -> None:
        super().__init__(case)
        self.evaluation, self.participant = evaluation, evaluation.participant
        self.form = evaluation.form
        self.questions: tuple[Question, ...] = (*self.form.questions, *self.form.open)
        self.pile = Tally.empty(self.form)
        self.place = 0
        self.chosen: dict[str, int] = {}
        self.written: dict[str, str] = {}
        self.keeper = Keeper(self, lambda: (SHEETS, evaluation.id), self._unfinished)
        self._text = ReadLines(id="sheet-questions")
        self._line = TypedLine(limit=ANSWER_LIMIT)

    def body(self) -> ComposeResult:
        yield Lines(3, id="sheet-head")
        yield self._text
        yield self._line

    async def on_mount(self) -> None:
        if kept := await self.keeper.found():
            self.pile = Tally.of(kept.fields[PILE], self.form)
        self._show()
        if self.pile.sheets:
            self.say(_("The sheets you typed before are still here."))

    def _unfinished(self) -> Kept | None:
        return {PILE: self.pile.text} if self.pile.sheets else None

    async def put_by(self, *, hidden: bool = False) -> str:
        await self.keeper.now()
        return self.keeper.told(hidden=hidden)

    # ------------------------------------------------------------------ what is shown

    @property
    def asked(self) -> Question:
        """The question that is answered next."""
        return self.questions[self.place]

    def _show(self) -> None:
        typed = n_("{count} sheet typed", "{count} sheets typed", self.pile.sheets).format(count=self.pile.sheets)
        entered = _("{count} entered before").format(count=self.evaluation.returned)
        changed = has_changed(self.case.programme, self.evaluation.content)
        self.query_one("#sheet-head", Lines).show([
            [(" " + _("Sheets · {form}").format(form=self.form.name), HEADING), (f"   {typed}", BOLD),
             (f" · {entered}", DIM)],
            [(" " + _(CHANGED), WARN)] if changed else [],
        ])  # fmt: skip
        self._text.show(self._lay)
        is_open = not isinstance(self.asked, ScaledQuestion)
        self._line.display = is_open
        if is_open:
            self._line.value = self.written.get(self.asked.id, "")
            self._line.focus()
        else:
            self.set_focus(None)
        self.draw_foot()

    def _lay(self, width: int) -> Sequence[Sequence[Piece]]:
        lines: list[list[Piece]] = []
        for place, question in enumerate(self.questions):
            here = place == self.place
            answer = self._answered(question)
            first, *others = wrapped(f"{place + 1} {question.name}", width - 26 if not here else width - 4)
            lines.append([(f" {first} ", MARK if here else PLAIN), (f" {answer}" if not here else "", BOLD)])
            if here:
                lines += [[(f"   {line} ", MARK)] for line in others]
                lines += self._scale(question, width)
            elif others:
                lines[-1] = [(f" {first}… ", PLAIN), (f" {answer}", BOLD)]
        return lines

    def _scale(self, question: Question, width: int) -> list[list[Piece]]:
        if not isinstance(question, ScaledQuestion):
            return [[("   " + _("Write what stands there, then Enter; Enter alone where nothing does."), DIM)]]
        steps = "   ".join(f"{number} {step.name}" for number, step in enumerate(question.steps, 1))
        return [[(f"   {line}", BOLD)] for line in wrapped(steps + "   0 –", width - 4)]

    def _answered(self, question: Question) -> str:
        if isinstance(question, ScaledQuestion):
            step = self.chosen.get(question.id)
            return "" if step is None else f"{step} {question.steps[step - 1].name}" if step else "–"
        return "…" if self.written.get(question.id) else ""

    # ------------------------------------------------------------------ keys

    async def on_key(self, event: events.Key) -> None:
        """A digit is the answer to a question with a scale."""
        if isinstance(self.asked, ScaledQuestion) and event.character and event.character.isdecimal():
            event.stop()
            await self._answer(int(event.character))

    async def _answer(self, step: int) -> None:
        steps = len(self.form.questions[self.place].steps)
        if step > steps:
            self.say(off_scale(self.place + 1, str(step), steps).text, warn=True)
            return
        self.chosen[self.asked.id] = step
        await self._go_on()

    async def on_input_submitted(self) -> None:
        await self.action_act("evaluation_sheets.next")

    async def action_next(self) -> None:
        """Leave the question open, or go on from what is written."""
        if isinstance(self.asked, ScaledQuestion):
            await self._answer(0)
            return
        self.written[self.asked.id] = self._line.value
        await self._go_on()

    async def _go_on(self) -> None:
        self.say("")
        self.place += 1
        if self.place == len(self.questions):
            self.pile = self.pile.with_sheet(self.chosen, self.written)
            self._begin_sheet()
            await self.keeper.now_or_say()
        self._show()

    def _begin_sheet(self) -> None:
        self.place, self.chosen, self.written = 0, {}, {}
        self._line.value = ""

    def action_back(self) -> None:
        """Go back to the question before, of the same sheet."""
        if not self.place:
            self.say(_("This is the first question; the sheet before cannot be told from the others any more."))
            return
        if not isinstance(self.asked, ScaledQuestion):
            self.written[self.asked.id] = self._line.value
        self.place -= 1
        self._show()

    async def action_enter(self) -> None:
        """Add what was typed to the evaluation."""
        if self.place:
            self.say(_("This sheet is not finished: answer what is left, or go back to its first question."), warn=True)
            return
        if not self.pile.sheets:
            self.say(_("No sheet is typed yet."), warn=True)
            return
        last = False
        if self.pile.sheets < SMALLEST and not self.evaluation.returned:
            question = _("Fewer than five sheets at once could be told apart later. Are these the last ones?")
            wait, close = _("No, let them wait here"), _("Yes, enter them and close the evaluation")
            last = await agreed(self, question, no=wait, yes=close)
            if not last:
                return
        await self.case.store.change(evaluations.enter, self.evaluation.id, self.pile, last=last)
        total = self.evaluation.returned + self.pile.sheets
        await self.keeper.saved()
        await self.case.store.ask(evaluation_reading.forget_overwritten)
        if self.evaluation.invited is not None and total > self.evaluation.invited:
            self.say_below(more_than_invited(total, self.evaluation.invited), warn=True)
        self.dismiss(self.evaluation.id)

    async def action_close(self) -> None:
        """Leave; what was typed is kept."""
        try:
            await self.keeper.now()
        except ExinError as error:
            self.say(error.text, warn=True)
            return
        if self.pile.sheets:
            self.say_below(self.keeper.told())
        self.dismiss(None)


CHANGED: Final = N_("The programme has another version of this form by now; this evaluation keeps the one it has.")


async def _again(case: Case, whom: Whose, kept: KeptForm) -> SheetsScreen:
    return SheetsScreen(case, await case.store.ask(evaluation_reading.one, kept.subject))


declare(DraftKind(SHEETS, N_("Sheets of an evaluation"), _again, whose(owner_of)))
