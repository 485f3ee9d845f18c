"""What the phase reviews say: a participant's, one whole, those owed, and the one to propose now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from config.programme.labels import Words
from config.programme.method.reviews import BACK, STAY, Prompt, Transition
from config.words import _
from models.phases import phases
from models.phases.numbers import AFTER_RELEASE, BEFORE_RELEASE, HIGH_SECURITY, PHASE_OUT
from models.phases.owed_review import SEALED, ReviewError, name_of
from models.plans import tasks
from models.plans.tasks import ToDo
from models.storage.reading import Reading, struct
from models.tables import Participant, Review

MOVE, GO_BACK, OVERLAP, STAYED, END = "move", "back", "overlap", "stay", "end"
DECISIONS: Final = (MOVE, GO_BACK, OVERLAP, STAYED, END)
LEAVES: Final = (MOVE, GO_BACK)
"""What leaves the phase one was in for another; to begin one and keep the other does not."""


class ReviewLine(Struct, frozen=True):
    """One review in a list; `transition` is its id. `opened_by` and `sealed_by` are initials, `sealed` the local day.

    `moved` is the day of a move made without it; `answers` and `notes` count what was written.
    """

    id: int
    version: int
    participant: int
    transition: str
    from_phase: int
    to_phase: int
    state: str
    opened: date
    opened_by: str
    moved: date | None
    decision: str
    effective: date | None
    next_review: date | None
    sealed: date | None
    sealed_by: str
    answers: int
    notes: int

    @property
    def owed(self) -> bool:
        """Whether a move was made that waits for it."""
        return self.moved is not None and self.state != SEALED


class ReviewAnswered(Struct, frozen=True):
    """What was said to one prompt; `written_at` is a stored moment, `written_by` initials."""

    version: int
    text: str
    written_by: str
    written_at: int


class NoteLine(Struct, frozen=True):
    """A note added after the review was sealed; `at` is a stored moment."""

    id: int
    version: int
    at: int
    author: str
    text: str


class ReviewFile(Struct, frozen=True):
    """A review whole; `steps` are the prompts in order, with those that were answered and are asked no more at the end.

    `name` is what the transition is called, `brief` what was known when it was sealed (JSON of
    `models.reviews.brief.Brief`), `tasks` what it decided.
    """

    line: ReviewLine
    code: str
    name: Words
    person: str
    transition: Transition
    steps: tuple[Prompt, ...]
    required: tuple[str, ...]
    answers: Mapping[str, ReviewAnswered]
    notes: tuple[NoteLine, ...]
    tasks: tuple[ToDo, ...]
    prompts_version: int
    reason: str
    present: str
    brief: str

    @property
    def unanswered(self) -> tuple[Prompt, ...]:
        """The headings that keep it from being sealed, because nothing stands under them."""
        return tuple(
            prompt
            for prompt in self.steps
            if prompt.id in self.required and not (prompt.id in self.answers and self.answers[prompt.id].text.strip())
        )


_LINE: Final = (
    "SELECT r.id, r.version, r.participant_id AS participant, r.transition, r.from_phase, r.to_phase, r.state, "
    "r.opened, coalesce(o.initials, '') AS opened_by, r.moved, r.decision, r.effective, r.next_review, r.sealed_at, "
    "coalesce(s.initials, '') AS sealed_by, "
    "(SELECT count(*) FROM review_answer a WHERE a.review_id = r.id AND a.text != '') AS answers, "
    "(SELECT count(*) FROM review_note n WHERE n.review_id = r.id) AS notes FROM review r "
    "LEFT JOIN staff o ON o.id = r.opened_by_id LEFT JOIN staff s ON s.id = r.sealed_by_id "
)


def of(reading: Reading, participant: int) -> tuple[ReviewLine, ...]:
    """A participant's reviews: those owed or open first, the oldest on top, then the sealed, the newest first."""
    lines = _lines(reading, "r.participant_id = ?", participant)
    waiting = sorted((line for line in lines if line.state != SEALED), key=lambda line: (not line.owed, line.id))
    sealed = sorted((line for line in lines if line.state == SEALED), key=_sealed_key, reverse=True)
    return (*waiting, *sealed)


def _sealed_key(line: ReviewLine) -> tuple[date, int]:
    return line.sealed or line.opened, line.id


def _lines(reading: Reading, which: str, number: int) -> list[ReviewLine]:
    return [
        struct(ReviewLine, row, sealed=None if at is None else reading.clock.local(at).date())
        for row in reading.named(f"{_LINE} WHERE {which}", [number])
        for at in (row["sealed_at"],)
    ]


def last_held(reading: Reading, participant: int, before: int | None = None) -> ReviewLine | None:
    """The review that was sealed last, of those sealed before `before` where that is a review; None for none."""
    sealed = [line for line in of(reading, participant) if line.state == SEALED]
    if before is not None and (this := next((line for line in sealed if line.id == before), None)) is not None:
        sealed = [line for line in sealed if _sealed_key(line) < _sealed_key(this)]
    return sealed[0] if sealed else None


def file_of(reading: Reading, review: int) -> ReviewFile:
    """A review whole. Raises `ReviewError` when it is not here."""
    found = _lines(reading, "r.id = ?", review)
    if not found:
        raise gone()
    line = found[0]
    row = reading.first(Review.select().where(Review.id == review))
    code, given, family = reading.sql(
        "SELECT code, given_name, family_name FROM participant WHERE id = ?", [line.participant]
    )[0]
    answers = {
        prompt: ReviewAnswered(*values)
        for prompt, *values in reading.sql(
            "SELECT a.prompt, a.version, a.text, coalesce(s.initials, ''), a.written_at FROM review_answer a "
            "LEFT JOIN staff s ON s.id = a.written_by_id WHERE a.review_id = ? ORDER BY a.id",
            [review],
        )
    }
    notes = reading.sql(
        "SELECT n.id, n.version, n.at, coalesce(s.initials, ''), n.text FROM review_note n "
        "LEFT JOIN staff s ON s.id = n.author_id WHERE n.review_id = ? ORDER BY n.at, n.id",
        [review],
    )
    assert row is not None
    method = reading.programme.method.reviews
    name = name_of(reading, line.transition)
    return ReviewFile(
        line=line,
        code=code,
        name=name,
        person=f"{given} {family}".strip() or code,
        transition=method.transition(line.transition)
        or Transition(line.transition, name, (), (), (), line.from_phase, line.to_phase),
        steps=_steps(reading, line.transition, answers),
        required=method.first,
        answers=answers,
        notes=tuple(NoteLine(*note) for note in notes),
        tasks=tasks_of(reading, line.participant, review),
        prompts_version=row.prompts_version,
        reason=row.reason,
        present=row.present,
        brief=row.brief,
    )


def _steps(reading: Reading, transition: str, answers: Mapping[str, ReviewAnswered]) -> tuple[Prompt, ...]:
    method = reading.programme.method.reviews
    steps = method.steps(transition)
    asked = {prompt.id for prompt in steps}
    left = [id for id, answer in answers.items() if id not in asked and answer.text]
    nothing = Words("", "")
    return (*steps, *(method.prompt(id) or Prompt(id, Words(id, id), nothing, heading=False) for id in left))


def tasks_of(reading: Reading, participant: int, review: int) -> tuple[ToDo, ...]:
    """The tasks that a review decided, and what became of them."""
    return tuple(task for task in tasks.of(reading, participant) if task.source == f"review:{review}")


def proposed(reading: Reading, participant: int) -> str:
    """The id of the transition to review now: one that is owed or begun, else the one that phase and dates suggest."""
    waiting = [line for line in of(reading, participant) if line.state != SEALED]
    if waiting:
        return waiting[0].transition
    spans = [span for span in phases.of(reading, participant) if span.ended is None]
    if not spans:
        return BACK
    leading = max(spans, key=lambda span: (span.began, span.phase))
    if leading.phase == 1 or _ripe(reading, participant, leading):
        found = reading.programme.method.reviews.between(leading.phase, leading.phase + 1)
        return found.id if found else STAY
    return STAY


def _ripe(reading: Reading, participant: int, span: phases.PhaseSpan) -> bool:
    """Whether the next phase is near: by the release date up to the release, by contact and time after it."""
    limits, today, phase = reading.programme.limits, reading.today, reading.programme.phase(span.phase)
    if span.phase >= PHASE_OUT:
        return False
    long = bool(phase.long_days) and span.days(today) > phase.long_days
    if span.phase >= AFTER_RELEASE:
        contact = reading.value("SELECT contact_key FROM card WHERE participant_id = ?", [participant])
        since = reading.clock.local(contact).date() if contact else span.began
        silent = bool(phase.contact_days) and (today - since).days > phase.contact_days
        return long or (silent and span.phase > AFTER_RELEASE)
    person = reading.first(Participant.select().where(Participant.id == participant))
    if person is None or person.release_date is None:
        return long
    lead = (
        limits.before_release_days_high if person.security_level == HIGH_SECURITY else limits.before_release_days_lower
    )
    before = limits.verify_days if span.phase == BEFORE_RELEASE else max(lead, limits.release_warning_days)
    return bool(person.release_date - timedelta(days=before) <= today)


def gone() -> ReviewError:
    """For a review that is not here any more."""
    return ReviewError(_("This phase review is not here any more."))
