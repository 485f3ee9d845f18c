"""The evaluations of a gathering, a support team, or of periods: which there are, and what each comes to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult

from config.dates import format_date
from config.outside import OutsideError
from config.programme.method.evaluations import PERIOD, SMALLEST, About
from config.words import N_, _, n_
from models.evaluations import csv_sheets, evaluations
from models.evaluations import reading as evaluation_reading
from models.evaluations.reading import Evaluation
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.storage.reading import Reading
from screens.evaluations.about import about_words
from screens.evaluations.answers import AnswersScreen
from screens.evaluations.forms import CountsForm, EvaluationForm, more_than_invited
from screens.evaluations.result import ReportScreen, ResultScreen, compare
from screens.evaluations.sheets import SheetsScreen
from screens.frame.case import Case
from screens.frame.chooser import agreed
from screens.frame.dialog import ChangedList
from screens.frame.prompt import PromptScreen
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.line import BOLD, DIM, GOOD, HEADING, PLAIN, WARN
from screens.widgets.lines import Lines


class EvaluationList(ColumnedList[Evaluation]):
    """One line an evaluation, the newest first."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("No evaluation yet. n begins one."))
        self.case = case

    def cells(self, row: Evaluation, part: int) -> Sequence[Cell]:
        sheets = n_("{count} sheet", "{count} sheets", row.returned).format(count=row.returned)
        if row.invited is not None:
            sheets = _("{sheets} of {invited}").format(sheets=sheets, invited=row.invited)
        period = about_words(self.case, PERIOD, None, row) if row.about == PERIOD else ""
        return [
            Cell((format_date(row.day), PLAIN)),
            Cell((str(row.form.name), BOLD), least=16),
            Cell((period, PLAIN)),
            Cell((sheets, WARN if row.too_few else PLAIN)),
            Cell((_("closed") if row.closed else _("open"), DIM if row.closed else GOOD)),
        ]


class EvaluationsScreen(ChangedList):
    """`about` what, and which row of it; the result is 1 when something was changed."""

    moving: EvaluationList
    SCOPE = "evaluations"
    HELP: ClassVar[str] = N_(
        "What people thought of it, answered on paper without a name. Type the sheets one by one, enter how many "
        "chose what, or take them from a CSV file with a row a sheet and the numbers of the questions in the first "
        "row. Nothing tells which sheet came from whom, when or in which order. Of fewer than five sheets there is "
        "no result."
    )

    def __init__(self, case: Case, about: About, subject: int | None) -> None:
        super().__init__(case)
        self.about, self.subject = about, subject
        self.participant: int | None = None
        self.moving = EvaluationList(case)

    def body(self) -> ComposeResult:
        yield Lines(2, id="evaluations-head")
        yield self.moving

    async def refresh_case(self) -> None:
        found, person = await self.case.store.ask(_listed, self.about, self.subject)
        self.participant = person.id if person else None
        await self.moving.show_rows(found)
        title = _("Evaluations of periods") if self.about == PERIOD else _("Evaluations of {what}")
        title = title.format(what=about_words(self.case, self.about, person))
        self.query_one("#evaluations-head", Lines).show([[(" " + title, HEADING)]])
        self.draw_foot()

    def why_not(self, action_id: str) -> str:
        row = self.moving.row
        if row is None:
            return ""
        if row.closed and action_id in ("evaluations.sheets", "evaluations.counts", "evaluations.csv"):
            return _("This evaluation is closed: open it again to enter more.")
        few_told = action_id in ("evaluations.answers", "evaluations.compare")
        if few_told or (action_id == "evaluations.counts" and row.returned):
            return row.too_few
        if action_id == "evaluations.remove" and row.returned:
            return _("Only an evaluation without sheets can be taken away.")
        return ""

    async def action_add(self) -> None:
        """Begin an evaluation."""
        await self.app.push_screen(EvaluationForm(self.case, self.about, self.subject), self._saved)

    async def action_edit(self) -> None:
        """Change the one under the mark."""
        form = EvaluationForm(self.case, self.about, self.subject, self.moving.marked)
        await self.app.push_screen(form, self._saved)

    async def action_read(self) -> None:
        """Show what the one under the mark comes to."""
        await self.app.push_screen(ResultScreen(self.case, self.moving.marked.id))

    async def action_sheets(self) -> None:
        """Type sheets."""
        await self.app.push_screen(SheetsScreen(self.case, self.moving.marked), self._saved)

    async def action_counts(self) -> None:
        """Enter how many chose what."""
        await self.app.push_screen(CountsForm(self.case, self.moving.marked), self._saved)

    async def action_csv(self) -> None:
        """Take in sheets from a file."""
        row = self.moving.marked
        hint = _("One row a sheet; the first row has the numbers of the questions. Nothing of it is kept but the sums.")
        pile = await self.ask(
            PromptScreen(
                self.case, _("Sheets from which CSV file?"), lambda text: csv_sheets.read(self._file(text), row.form),
                hint=hint,
            )
        )  # fmt: skip
        if pile is None:
            return
        last = False
        if pile.sheets < SMALLEST and not row.returned:
            question = _("Fewer than five sheets at once could be told apart later. Are these the last ones?")
            close = _("Yes, enter them and close the evaluation")
            last = await agreed(self, question, no=_("No, take in nothing now"), yes=close)
            if not last:
                return
        await self.case.store.change(evaluations.enter, row.id, pile, last=last)
        await self._saved(row.id)
        told = n_("{count} sheet was taken in.", "{count} sheets were taken in.", pile.sheets)
        total = row.returned + pile.sheets
        if row.invited is not None and total > row.invited:
            self.say(more_than_invited(total, row.invited), warn=True)
        else:
            self.say(told.format(count=pile.sheets))

    def _file(self, text: str) -> Path:
        """The file that is named; whoever may write to one folder only may read from no other."""
        plain, only = text.strip(), self.case.out_place.only
        if not plain:
            raise OutsideError(_("Write which file."))
        if only is None:
            return Path(plain).expanduser()
        if set(plain) & {"/", "\\", ":"} or plain == "..":
            raise OutsideError(_("{file}: write a name alone; it is looked for in your own folder.").format(file=plain))
        return only / plain

    async def action_answers(self) -> None:
        """Show the open answers."""
        await self.app.push_screen(AnswersScreen(self.case, self.moving.marked.id))

    async def action_paper(self) -> None:
        """Read it as it is printed."""
        await self.app.push_screen(ReportScreen(self.case, (self.moving.marked.id,)))

    async def action_compare(self) -> None:
        """Show it beside others."""
        await compare(self, self.moving.marked.id)

    async def action_close_or_open(self) -> None:
        """Take in no more sheets, or take them in again."""
        row = self.moving.marked
        await self.case.store.change(evaluations.reopen if row.closed else evaluations.close, row.id, row.version)
        await self._saved(row.id)
        self.say(_("Open again.") if row.closed else _("Closed; no more sheets are taken in."))

    async def action_remove(self) -> None:
        """Take away an evaluation without sheets."""
        row = self.moving.marked
        await self.case.store.change(evaluations.remove, row.id, row.version)
        await self._changed()
        self.say(_("Taken away; u to undo."))


def _listed(reading: Reading, about: str, subject: int | None) -> tuple[list[Evaluation], ParticipantFile | None]:
    """The evaluations, and the participant whose support team they are about."""
    participant = evaluation_reading.whose(reading, about, subject)
    person = None if participant is None else participants.file_of(reading, participant)
    return evaluation_reading.of(reading, about, subject), person


def of_periods(case: Case) -> EvaluationsScreen:
    """The evaluations of periods."""
    return EvaluationsScreen(case, PERIOD, None)
