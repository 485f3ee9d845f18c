"""What an evaluation is about, in words and with its participant called as names may show."""

from __future__ import annotations

from msgspec import Struct

from config.dates import format_date
from config.programme.method.evaluations import PERIOD
from config.words import _
from models.evaluations import reading as evaluation_reading
from models.evaluations.reading import Evaluated, Evaluation
from models.paper.evaluation import ABOUT
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.storage.reading import Reading
from screens.frame.case import Case


class Shown(Struct, frozen=True):
    """An evaluation with what it comes to, and the participant whose support team it is about."""

    evaluated: Evaluated
    person: ParticipantFile | None

    @property
    def evaluation(self) -> Evaluation:
        """The evaluation itself."""
        return self.evaluated.evaluation

    def said(self, case: Case, text: str) -> str:
        """What somebody wrote, as it may show."""
        return case.said(text, self.person.code, self.person.name) if self.person else text


def shown(reading: Reading, evaluation: int) -> Shown:
    """One evaluation to be shown. Raises `EvaluationError` when there is none."""
    found = evaluation_reading.evaluated(reading, evaluation)
    participant = found.evaluation.participant
    return Shown(found, None if participant is None else participants.file_of(reading, participant))


def about_words(case: Case, about: str, person: ParticipantFile | None, evaluation: Evaluation | None = None) -> str:
    """As in "a gathering", "1.1.2026 – 30.6.2026" or "a support team · EX-014"."""
    if about == PERIOD and evaluation is not None and evaluation.first and evaluation.last:
        return f"{format_date(evaluation.first)} – {format_date(evaluation.last)}"
    words = _(ABOUT[about])
    return f"{words} · {case.called(person.code, person.name)}" if person else words
