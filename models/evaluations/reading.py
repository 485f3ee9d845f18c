"""Evaluations as they are read: which there are, what they come to, and the open answers by theme."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from config.errors import ExinError
from config.programme.method.evaluations import SUPPORT_TEAM, EvaluationForm
from config.words import _
from models.evaluations.form import form_of
from models.evaluations.results import Result, results, too_few
from models.storage.reading import Reading
from models.storage.required import require_one

OPEN, CLOSED = "open", "closed"
BETWEEN_THEMES: Final = ";"


class EvaluationError(ExinError):
    """An evaluation cannot be noted or changed as asked."""


class Evaluation(Struct, frozen=True):
    """One evaluation; `content` is its form as it was begun, `invited` None where it is not known."""

    id: int
    version: int
    about: str
    subject: int | None
    participant: int | None
    first: date | None
    last: date | None
    content: str
    day: date
    invited: int | None
    returned: int
    state: str

    @property
    def form(self) -> EvaluationForm:
        """The form it was begun with."""
        return form_of(self.content)

    @property
    def closed(self) -> bool:
        """Whether no more sheets are taken in."""
        return self.state == CLOSED

    @property
    def too_few(self) -> str:
        """Why there is no result, empty where there is one."""
        return too_few(self.returned)


class Answer(Struct, frozen=True):
    """What somebody wrote to an open question, with its themes."""

    id: int
    version: int
    evaluation: int
    question: str
    text: str
    themes: str

    @property
    def named_themes(self) -> tuple[str, ...]:
        """Its themes one by one."""
        return split_themes(self.themes)


class Evaluated(Struct, frozen=True):
    """An evaluation with its results, none where there are too few sheets, and its open answers."""

    evaluation: Evaluation
    results: tuple[Result, ...]
    answers: tuple[Answer, ...]


_EVALUATION: Final = (
    "SELECT id, version, about, subject, participant_id AS participant, first, last, content, day, invited, returned, "
    "state FROM evaluation"
)


def of(reading: Reading, about: str, subject: int | None) -> list[Evaluation]:
    """The evaluations about one thing, or those about periods, the newest first."""
    which = f"{_EVALUATION} WHERE about = ? AND subject IS ? ORDER BY day DESC, id DESC"
    return reading.structs(Evaluation, which, [about, subject])


def whose(reading: Reading, about: str, subject: int | None) -> int | None:
    """The participant whose support team is evaluated, None for anything else."""
    if about != SUPPORT_TEAM:
        return None
    found: int | None = reading.value("SELECT participant_id FROM support_team WHERE id = ?", [subject])
    return found


def one(reading: Reading, evaluation: int) -> Evaluation:
    """One evaluation. Raises `EvaluationError` when there is none."""
    return require_one(reading.structs(Evaluation, f"{_EVALUATION} WHERE id = ?", [evaluation]), gone())


def comparable(reading: Reading, evaluation: int) -> list[Evaluation]:
    """The others with the same form that have a result, about whatever, the newest first."""
    found = f"{_EVALUATION} WHERE id != ? AND form = (SELECT form FROM evaluation WHERE id = ?) ORDER BY day DESC, id"
    return [other for other in reading.structs(Evaluation, found, [evaluation, evaluation]) if not other.too_few]


def counts(reading: Reading, evaluation: int) -> dict[tuple[str, int], int]:
    """How many chose what, by question and step."""
    rows = reading.sql("SELECT question, step, count FROM evaluation_count WHERE evaluation_id = ?", [evaluation])
    return {(question, step): count for question, step, count in rows}


def answers(reading: Reading, evaluation: int) -> list[Answer]:
    """The open answers, by question in the order of the form and by what was written."""
    found = reading.structs(
        Answer,
        "SELECT id, version, evaluation_id AS evaluation, question, text, themes FROM evaluation_answer "
        "WHERE evaluation_id = ?",
        [evaluation],
    )
    order = [asked.id for asked in one(reading, evaluation).form.open]
    return sorted(found, key=lambda answer: (order.index(answer.question), answer.text.casefold(), answer.id))


def answer(reading: Reading, number: int) -> Answer:
    """One open answer. Raises `EvaluationError` when there is none."""
    found = reading.structs(
        Answer,
        "SELECT id, version, evaluation_id AS evaluation, question, text, themes FROM evaluation_answer WHERE id = ?",
        [number],
    )
    return require_one(found, EvaluationError(_("This answer is not here any more.")))


def evaluated(reading: Reading, evaluation: int) -> Evaluated:
    """What an evaluation comes to. Raises `EvaluationError` when there is none."""
    found = one(reading, evaluation)
    if found.too_few:
        return Evaluated(found, (), ())
    come_to = results(found.form, counts(reading, evaluation), found.returned)
    return Evaluated(found, come_to, tuple(answers(reading, evaluation)))


def by_theme(answers: Sequence[Answer], question: str) -> list[tuple[str, list[Answer]]]:
    """The answers to a question under each of their themes, the commonest first; last, under "", those without one."""
    own = [one for one in answers if one.question == question]
    themes: dict[str, list[Answer]] = {}
    for one in own:
        for theme in one.named_themes:
            themes.setdefault(theme, []).append(one)
    bare = [one for one in own if not one.named_themes]
    found = sorted(themes.items(), key=lambda theme: (-len(theme[1]), theme[0].casefold()))
    return [*found, ("", bare)] if bare else found


def split_themes(written: str) -> tuple[str, ...]:
    """Themes that are written with a semicolon between them, each once."""
    named = (" ".join(one.split()) for one in written.split(BETWEEN_THEMES))
    return tuple(dict.fromkeys(one for one in named if one))


def forget_overwritten(reading: Reading) -> bool:
    """Empty the database's log, in which what was kept while sheets were typed stands until then.

    Answers whether it is empty: a colleague who reads just then still needs it, and it goes at the next time.
    """
    return bool(reading.value("PRAGMA wal_checkpoint(TRUNCATE)") == 0)


def gone() -> EvaluationError:
    """What is raised for an evaluation that is not there."""
    return EvaluationError(_("This evaluation is not here any more."))
