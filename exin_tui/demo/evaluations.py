"""The demo's evaluations: of the two gatherings that were held, and of the half year; all of it made up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from config.programme.labels import with_id
from config.programme.method.evaluations import EvaluationForm
from models.evaluations.form import content_of
from models.evaluations.reading import CLOSED
from models.storage.work import Work
from models.tables import Evaluation, EvaluationAnswer, EvaluationCount

FORM: Final = "network"
Counts = tuple[tuple[int, int, int, int], ...]
# Of 24 sheets, and of 21: not everybody answered everything.
_FIRST: Final[Counts] = ((0, 2, 10, 12), (1, 6, 12, 3), (0, 1, 13, 10), (1, 5, 12, 5), (0, 0, 7, 17), (0, 4, 14, 5))
_SECOND: Final[Counts] = ((0, 1, 7, 13), (0, 3, 11, 5), (0, 0, 9, 12), (0, 2, 9, 9), (0, 0, 4, 17), (0, 1, 9, 10))
_GAINED: Final = (
    ("Flere av oss prøvde samtaleteknikken på jobb allerede uka etter.", "Overføring til jobben"),
    ("Lettere å ringe når jeg har et ansikt.", "Lettere kontakt"),
    ("Nå vet jeg hva fengselet faktisk kan tilby.", "Kjennskap til andre instanser"),
    ("Nyttig å høre hvordan politiet tenker om de samme sakene.", "Kjennskap til andre instanser; Lettere kontakt"),
    ("Skulle gjerne hatt flere øvelser.", "Mer trening"),
)
_PROPOSALS: Final = (
    ("Fortsett med to samlinger i året.", "Fortsette"),
    ("Ta med friomsorgen og behandlingsstedene.", "Flere instanser"),
    ("Mer tid til enkeltsaker i blandede grupper.", "Gruppearbeid"),
)


def enter(work: Work, today: date) -> None:
    """Write the evaluations of the gatherings that were held; the same date gives the same."""
    form = with_id(work.programme.method.evaluations, FORM)
    if form is None:
        return
    held = work.sql("SELECT id, last FROM gathering WHERE state = 'held' ORDER BY first")
    for (gathering, last), counts, sheets in zip(held, (_FIRST, _SECOND), (24, 21), strict=False):
        columns = {"about": "gathering", "subject": gathering, "day": date.fromisoformat(last)}
        _write(work, form, columns, counts, sheets)
    began = today - timedelta(weeks=26)
    columns = {"about": "period", "first": began, "last": today - timedelta(days=7), "day": today - timedelta(days=5)}
    _write(work, form, columns, _SECOND, 21)


def _write(work: Work, form: EvaluationForm, columns: dict[str, object], counts: Counts, sheets: int) -> None:
    evaluation = work.insert(
        Evaluation, form=form.id, content=content_of(form), invited=26, returned=sheets, state=CLOSED, **columns
    )
    work.insert_many(
        EvaluationCount,
        [
            {"evaluation": evaluation, "question": question.id, "step": step, "count": count}
            for question, row in zip(form.questions, counts, strict=True)
            for step, count in enumerate(row, 1)
        ],
    )
    work.insert_many(
        EvaluationAnswer,
        [
            {"evaluation": evaluation, "question": question.id, "text": text, "themes": themes}
            for question, answers in zip(form.open, (_GAINED, _PROPOSALS), strict=True)
            for text, themes in answers
        ],
    )
