"""Evaluations of gatherings, periods and support teams. Source: the report on evaluation.

Anonymous by how they are kept: sheets come in as a pile that is added up already, of five at least, or of fewer
where they are all, which closes the evaluation. So the audit tells of piles, never of a sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from config.programme.labels import with_id
from config.programme.method.evaluations import PERIOD, SMALLEST, SUPPORT_TEAM
from config.words import N_, _
from models.evaluations.form import content_of
from models.evaluations.reading import (
    BETWEEN_THEMES,
    CLOSED,
    OPEN,
    Evaluation,
    EvaluationError,
    answer,
    answers,
    counts,
    one,
    split_themes,
    whose,
)
from models.evaluations.sheets import ANSWER_LIMIT, Tally, clean_answer, too_many
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.work import Work
from models.tables import Evaluation as EvaluationRow
from models.tables import EvaluationAnswer, EvaluationCount
from models.values.fields import Fields

FIELDS: Final = {
    "form": N_("Form"),
    "day": N_("Day"),
    "first": N_("From"),
    "last": N_("To"),
    "invited": N_("Invited"),
}
ANSWER_FIELDS: Final = {"text": N_("Answer"), "themes": N_("Themes")}
MOST_INVITED: Final = 10_000
_FIELDS: Final = Fields(FIELDS, EvaluationError)
_ANSWER: Final = Fields(
    ANSWER_FIELDS, EvaluationError, lines=("themes",), texts=("text",), trimmed=("text",), limits={"text": ANSWER_LIMIT}
)


@action("evaluations.begin", N_("the new evaluation"))
def begin(work: Work, about: str, subject: int | None, values: Mapping[str, Any]) -> int:
    """Begin an evaluation with the form as it is now; `values` holds `form` and any of `FIELDS`. Answers its id."""
    checked = _checked(work, about, {"day": None, "first": None, "last": None, "invited": None, **values})
    form = with_id(work.programme.method.evaluations, str(checked.pop("form", "")))
    if form is None or about not in form.about:
        raise _FIELDS.wrong("form", _("{field}: choose one that is made for this."))
    participant = whose(work, about, subject)
    if about == SUPPORT_TEAM and participant is None:
        raise EvaluationError(_("This support team is not here any more."))
    evaluation = work.insert(
        EvaluationRow,
        about=about,
        subject=subject,
        participant=participant,
        form=form.id,
        content=content_of(form),
        **checked,
    )
    rows = [
        {"evaluation": evaluation, "question": question.id, "step": step}
        for question in form.questions
        for step in range(1, len(question.steps) + 1)
    ]
    work.insert_many(EvaluationCount, rows)
    return evaluation


@action("evaluations.change", N_("the change to the evaluation"))
def change(work: Work, evaluation: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change days or how many were invited; the form stays. Answers the new version. Raises as `begin`."""
    found = one(work, evaluation)
    if "form" in changes:
        raise _FIELDS.wrong("form", _("{field}: an evaluation keeps the form it was begun with."))
    days = {"first": found.first, "last": found.last}
    checked = _checked(work, found.about, {**days, **changes})
    return work.update(EvaluationRow, evaluation, version, **checked)


@action("evaluations.enter", N_("the sheets that were entered"))
def enter(work: Work, evaluation: int, pile: Tally, *, last: bool = False) -> None:
    """Add a pile of sheets. Fewer than five are taken only where they are all, as the `last`, which closes it.

    Raises `EvaluationError`, or `SheetError` for a pile that cannot be.
    """
    found = _to_fill(work, evaluation)
    pile.check()
    if pile.sheets < SMALLEST and (found.returned or not last):
        raise EvaluationError(_("Fewer than five sheets at once could be told apart: they wait until there are five."))
    before = counts(work, evaluation)
    rows = _count_rows(work, evaluation)
    for question, added in pile.counts.items():
        for step, count in enumerate(added, 1):
            if count:
                total = before[question, step] + count
                work.update(EvaluationCount, rows[question, step], None, count=total)
    _add_answers(work, evaluation, pile)
    state = CLOSED if last else OPEN
    work.update(EvaluationRow, evaluation, None, returned=found.returned + pile.sheets, state=state)


@action("evaluations.set_counts", N_("the counts that were entered"))
def set_counts(work: Work, evaluation: int, version: int, total: Tally) -> int:
    """Let these be the sheets and the counts, in place of what is there; what is written is added.

    As many sheets as there are, or five more at least: the audit keeps what was there. Answers the new version.
    Raises as `enter`, or `Conflict`.
    """
    found = _to_fill(work, evaluation)
    total.check()
    if total.sheets != found.returned and total.sheets < found.returned + SMALLEST:
        raise EvaluationError(_("Fewer than five sheets more could be told apart from what was there before."))
    for number, (question, texts) in enumerate(total.answers.items(), len(total.counts) + 1):
        there = sum(one.question == question for one in answers(work, evaluation))
        if there + len(texts) > total.sheets:
            raise too_many(number, there + len(texts), total.sheets)
    now = work.update(EvaluationRow, evaluation, version, returned=total.sheets)
    for (question, step), row in _count_rows(work, evaluation).items():
        work.update(EvaluationCount, row, None, count=total.counts[question][step - 1])
    _add_answers(work, evaluation, total)
    return now


@action("evaluations.change_answer", N_("the change to the open answer"))
def change_answer(work: Work, number: int, version: int, changes: Mapping[str, Any]) -> int:
    """Give an open answer themes, or take out of it what tells who wrote it. Answers the new version."""
    answer(work, number)
    checked = _ANSWER.checked(changes)
    if not checked.get("text", "…").strip():
        raise _ANSWER.wrong("text", _("{field}: write … in place of what is taken out."))
    if "themes" in checked:
        checked["themes"] = f"{BETWEEN_THEMES} ".join(split_themes(checked["themes"]))
    return work.update(EvaluationAnswer, number, version, **checked)


@action("evaluations.close", N_("the evaluation that was closed"))
def close(work: Work, evaluation: int, version: int) -> None:
    """Take in no more sheets."""
    work.update(EvaluationRow, evaluation, version, state=CLOSED)


@action("evaluations.reopen", N_("the evaluation opened again"))
def reopen(work: Work, evaluation: int, version: int) -> None:
    """Take in sheets again."""
    work.update(EvaluationRow, evaluation, version, state=OPEN)


@action("evaluations.remove", N_("the evaluation that was taken away"))
def remove(work: Work, evaluation: int, version: int) -> None:
    """Take away an evaluation without sheets. Raises `EvaluationError` where there are some, or `Conflict`."""
    if one(work, evaluation).returned:
        raise EvaluationError(_("Only an evaluation without sheets can be taken away."))
    for row in _count_rows(work, evaluation).values():
        work.remove(EvaluationCount, row, None)
    work.remove(EvaluationRow, evaluation, version)


def _to_fill(work: Reading, evaluation: int) -> Evaluation:
    found = one(work, evaluation)
    if found.closed:
        raise EvaluationError(_("This evaluation is closed: open it again to enter more."))
    return found


def _count_rows(work: Reading, evaluation: int) -> dict[tuple[str, int], int]:
    rows = work.sql("SELECT question, step, id FROM evaluation_count WHERE evaluation_id = ? ORDER BY id", [evaluation])
    return {(question, step): id for question, step, id in rows}


def _add_answers(work: Work, evaluation: int, pile: Tally) -> None:
    """In the order of the pile, which is sorted: their numbers tell no more than that."""
    work.insert_many(
        EvaluationAnswer,
        [
            {"evaluation": evaluation, "question": question, "text": clean_answer(text)}
            for question, texts in pile.answers.items()
            for text in texts
        ],
    )


def _checked(work: Reading, about: str, values: Mapping[str, Any]) -> dict[str, Any]:
    checked = _FIELDS.checked(values)
    if "day" in checked:
        checked["day"] = checked["day"] or work.today
    first, last = checked.get("first"), checked.get("last")
    if about == PERIOD and (first is None or last is None):
        raise _FIELDS.wrong("last" if first else "first", _("{field}: a period has a first and a last day."))
    if first is not None and last is not None and last < first:
        raise _FIELDS.wrong("last", _("{field}: the last day lies before the first."))
    invited = checked.get("invited")
    if invited is not None and not 1 <= invited <= MOST_INVITED:
        raise _FIELDS.wrong("invited", _("{field}: a number from 1 to {most}, or nothing."), most=MOST_INVITED)
    return checked
