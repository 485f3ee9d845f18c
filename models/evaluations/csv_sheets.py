"""Sheets from a CSV file: a row a sheet, a column a question by its number; all of it is taken, or nothing.

The file is a spreadsheet's: comma, semicolon or tab between its cells, UTF-8. A cell has the step's number or its
words; an empty one, or 0, is no answer. The numbers in the first row are those on the form, the open questions last.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from config import plain_file
from config.errors import ExinError
from config.programme.method.evaluations import EvaluationForm, ScaledQuestion
from config.reasons import reason
from config.words import _, n_
from models.evaluations.sheets import SheetError, Tally, clean_answer
from models.values.text import fold

MOST_ROWS: Final = 2_000
FAULTS_TOLD: Final = 3


def read(path: Path, form: EvaluationForm) -> Tally:
    """The pile of sheets in a file. Raises `SheetError` with what is in the way, by row and column."""
    try:
        text = plain_file.decoded(plain_file.read(path, plain_file.MOST_TEXT))
    except UnicodeDecodeError as error:
        raise SheetError(_("{file} is not UTF-8 text: save it as “CSV UTF-8”.").format(file=path.name)) from error
    except OSError as error:
        raise SheetError(_("{file} cannot be read: {reason}.").format(file=path.name, reason=reason(error))) from error
    return parse(text, form)


def parse(text: str, form: EvaluationForm) -> Tally:
    """The pile of sheets in a text. Raises `SheetError` as `read`."""
    head = text.partition("\n")[0]
    between = max(";,\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True))
    except csv.Error as error:
        raise SheetError(_("This is no CSV file: {reason}.").format(reason=error)) from error
    questions = _columns(rows[0] if rows else [], form)
    sheets = [(number, row) for number, row in enumerate(rows[1:], 2) if any(cell.strip() for cell in row)]
    if not sheets:
        raise SheetError(_("There is no sheet in the file: the first row has the numbers of the questions."))
    if len(sheets) > MOST_ROWS:
        raise SheetError(_("The file is too long: at most {most} rows are taken in.").format(most=MOST_ROWS))
    pile, faults = Tally.empty(form), list[str]()
    for number, row in sheets:
        chosen, written = _sheet(number, row, questions, form, faults)
        pile = pile.with_sheet(chosen, written)
    if faults:
        told = " ".join(faults[:FAULTS_TOLD])
        rest = len(faults) - FAULTS_TOLD
        more = n_("And {count} more.", "And {count} more.", rest).format(count=rest) if rest > 0 else ""
        raise SheetError(_("Nothing was taken in. {faults}").format(faults=f"{told} {more}".strip()))
    return pile


def _columns(head: Sequence[str], form: EvaluationForm) -> list[str]:
    """The question of each column."""
    asked = [one.id for one in (*form.questions, *form.open)]
    found = []
    for place, cell in enumerate(head, 1):
        name = cell.strip()
        if not (name.isdecimal() and 1 <= int(name) <= len(asked)):
            told = _("Row 1, column {column}: “{given}” is no question; write its number, 1 to {most}.")
            raise SheetError(told.format(column=place, given=name, most=len(asked)))
        if asked[int(name) - 1] in found:
            told = _("Row 1, column {column}: question {number} stands there twice.")
            raise SheetError(told.format(column=place, number=name))
        found.append(asked[int(name) - 1])
    return found


def _sheet(
    number: int, row: Sequence[str], questions: Sequence[str], form: EvaluationForm, faults: list[str]
) -> tuple[dict[str, int], dict[str, str]]:
    """What one row answers; what is wrong in it is added to the `faults`."""
    scaled = {one.id: one for one in form.questions}
    chosen, written = dict[str, int](), dict[str, str]()
    if any(cell.strip() for cell in row[len(questions) :]):
        told = _("Row {row}: there are more cells than questions in the first row.")
        faults.append(told.format(row=number))
    for column, (question, cell) in enumerate(zip(questions, row, strict=False), 1):
        try:
            if question in scaled:
                chosen[question] = _step(scaled[question], cell.strip())
            else:
                written[question] = clean_answer(cell)
        except ExinError as error:
            told = _("Row {row}, column {column}: {fault}")
            faults.append(told.format(row=number, column=column, fault=error.text))
    return chosen, written


def _step(question: ScaledQuestion, given: str) -> int:
    """The step a cell names, 0 for none."""
    if not given:
        return 0
    if given.isdecimal() and int(given) <= len(question.steps):
        return int(given)
    for number, step in enumerate(question.steps, 1):
        if fold(given) in (fold(words) for words in step.name.every()):
            return number
    told = _("“{given}” is not on the scale, 1 to {steps}.")
    raise SheetError(told.format(given=given, steps=len(question.steps)))
