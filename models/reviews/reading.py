"""What the phase reviews say: a participant's, one whole, those owed, and the one to propose now.

And what one had decided whose sealing was taken back: it is open again, and the decision is not to be lost.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from msgspec import Struct

from config.programme.labels import Words
from config.programme.method.reviews import BACK, STAY, Prompt, ReviewMethod, Transition
from config.words import _
from models.phases import phases, way_out
from models.phases.numbers import AFTER_RELEASE, BEFORE_RELEASE, HIGH_SECURITY, PHASE_OUT
from models.phases.owed_review import SEALED, ReviewError, name_of
from models.phases.release import Release
from models.plans import tasks
from models.plans.tasks import ToDo
from models.storage.reading import Reading, struct

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


_ROWS: Final = (
    "SELECT r.*, r.participant_id AS participant, p.code, "
    "coalesce(nullif(trim(p.given_name || ' ' || p.family_name), ''), p.code) AS person, "
    "coalesce(o.initials, '') AS opened_by, coalesce(s.initials, '') AS sealed_by, "
    "(SELECT count(*) FROM review_answer a WHERE a.review_id = r.id AND a.text != '') AS answers, "
    "(SELECT count(*) FROM review_note n WHERE n.review_id = r.id) AS notes "
    "FROM review r JOIN participant p ON p.id = r.participant_id "
    "LEFT JOIN staff o ON o.id = r.opened_by_id LEFT JOIN staff s ON s.id = r.sealed_by_id "
)


def _line(reading: Reading, row: Mapping[str, Any]) -> ReviewLine:
    at = row["sealed_at"]
    return struct(ReviewLine, row, sealed=None if at is None else reading.clock.local(at).date())


def of(reading: Reading, participant: int) -> tuple[ReviewLine, ...]:
    """A participant's reviews: those owed or open first, the oldest on top, then the sealed, the newest first."""
    lines = [_line(reading, row) for row in reading.named(_ROWS + "WHERE r.participant_id = ?", [participant])]
    waiting = sorted((line for line in lines if line.state != SEALED), key=lambda line: (not line.owed, line.id))
    sealed = sorted((line for line in lines if line.state == SEALED), key=_sealed_key, reverse=True)
    return (*waiting, *sealed)


def _sealed_key(line: ReviewLine) -> tuple[date, int]:
    return line.sealed or line.opened, line.id


def last_held(reading: Reading, participant: int, before: int) -> ReviewLine | None:
    """The review that was sealed last, of those sealed before `before` where that one is; None for none."""
    sealed = [line for line in of(reading, participant) if line.state == SEALED]
    if this := next((line for line in sealed if line.id == before), None):
        sealed = [line for line in sealed if _sealed_key(line) < _sealed_key(this)]
    return sealed[0] if sealed else None


def file_of(reading: Reading, review: int) -> ReviewFile:
    """A review whole. Raises `ReviewError` when it is not here."""
    rows = reading.named(_ROWS + "WHERE r.id = ?", [review])
    if not rows:
        raise gone()
    line = _line(reading, rows[0])
    answers = {
        answer["prompt"]: struct(ReviewAnswered, answer)
        for answer in reading.named(
            "SELECT a.prompt, a.version, a.text, coalesce(s.initials, '') AS written_by, a.written_at "
            "FROM review_answer a LEFT JOIN staff s ON s.id = a.written_by_id WHERE a.review_id = ? ORDER BY a.id",
            [review],
        )
    }
    notes = reading.structs(
        NoteLine,
        "SELECT n.id, n.version, n.at, coalesce(s.initials, '') AS author, n.text FROM review_note n "
        "LEFT JOIN staff s ON s.id = n.author_id WHERE n.review_id = ? ORDER BY n.at, n.id",
        [review],
    )
    method = reading.programme.method.reviews
    name = name_of(reading, line.transition)
    return struct(
        ReviewFile,
        rows[0],
        line=line,
        name=name,
        transition=method.transition(line.transition)
        or Transition(line.transition, name, (), (), (), line.from_phase, line.to_phase),
        steps=_steps(method, line.transition, answers),
        required=method.first,
        answers=answers,
        notes=tuple(notes),
        tasks=tasks_of(reading, line.participant, review),
    )


def _steps(method: ReviewMethod, transition: str, answers: Mapping[str, ReviewAnswered]) -> tuple[Prompt, ...]:
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
    leading = phases.leading(phases.of(reading, participant))
    if leading is None:
        return BACK
    if leading.phase == 1 or _ripe(reading, participant, leading):
        found = reading.programme.method.reviews.between(leading.phase, leading.phase + 1)
        return found.id if found else STAY
    return STAY


def _ripe(reading: Reading, participant: int, span: phases.PhaseSpan) -> bool:
    """Whether the next phase is near: by the day of release up to the release, by contact and time after it."""
    limits, today, phase = reading.programme.limits, reading.today, reading.programme.phase(span.phase)
    if span.phase >= PHASE_OUT:
        return False
    long = bool(phase.long_days) and span.days(today) > phase.long_days
    if span.phase >= AFTER_RELEASE:
        contact = reading.value("SELECT contact_key FROM card WHERE participant_id = ?", [participant])
        since = reading.clock.local(contact).date() if contact else span.began
        silent = bool(phase.contact_days) and (today - since).days > phase.contact_days
        return long or (silent and span.phase > AFTER_RELEASE)
    out = way_out.of(reading, participant).day
    if out is None:
        return long
    high = reading.value("SELECT security_level FROM card WHERE participant_id = ?", [participant]) == HIGH_SECURITY
    lead = limits.before_release_days_high if high else limits.before_release_days_lower
    return out - timedelta(days=limits.verify_days if span.phase == BEFORE_RELEASE else lead) <= today


def gone() -> ReviewError:
    """For a review that is not here any more."""
    return ReviewError(_("This phase review is not here any more."))


class Undone(Struct, frozen=True):
    """A decision as it was sealed, empty or None where nothing was said; `tasks` are what, who and due."""

    ending: tuple[int, ...]
    release: Release
    tasks: tuple[tuple[str, int | None, date | None], ...]
    decision: str = ""
    to_phase: int | None = None
    effective: date | None = None
    next_review: date | None = None
    reason: str = ""
    present: str = ""


def undone(reading: Reading, review: int) -> Undone | None:
    """The decision of this review that was taken back last, None for one that was never sealed or still is.

    Its row is as it was before it was sealed, so the decision stands in the history of changes alone.
    """
    rows = reading.sql(
        'SELECT c.audit, c.before FROM change c JOIN audit a ON a.seq = c.audit JOIN review r ON r.id = c."row" '
        "WHERE c.\"table\" = 'review' AND c.\"row\" = ? AND c.operation = 'update' AND a.undoes IS NOT NULL "
        "AND r.state != ? ORDER BY c.id DESC",
        [review, SEALED],
    )
    for act, before in rows:
        was = _former(before)
        if was.get("state") == SEALED:
            return _undone(reading, act, was)
    return None


def _undone(reading: Reading, act: int, was: Mapping[str, Any]) -> Undone:
    """From the columns the review had, and what else was taken back with it in the same act."""
    changes = reading.sql('SELECT "table", "row", operation, before FROM change WHERE audit = ? ORDER BY "row"', [act])
    tasks = [_former(before) for table, _row, what, before in changes if (table, what) == ("task", "delete")]
    record: dict[str, Any] = {}
    ended = []
    for table, row, what, before in changes:
        if table == "participant":
            record |= _former(before)
        elif table == "phase_period" and what == "update" and _former(before).get("ended"):
            ended.append(int(reading.value("SELECT phase FROM phase_period WHERE id = ?", [row])))
    return struct(
        Undone,
        was,
        ending=tuple(sorted(ended)),
        release=Release(record.get("release_kind") or "", record.get("stays") or ""),
        tasks=[(one["text"], one["owner_id"], one["due"]) for one in tasks if one["source"].startswith("review:")],
    )


def _former(before: str) -> dict[str, Any]:
    """What the columns held before a change."""
    return {column: pair[0] for column, pair in json.loads(before or "{}").items()}
