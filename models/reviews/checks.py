"""What a phase review may decide, and what is checked of it before it is sealed."""

from __future__ import annotations

from datetime import date

from config.programme.method.reviews import BACK, STAY, Transition
from config.words import _
from models.phases.numbers import AFTER_RELEASE, BEFORE_RELEASE, PHASE_OUT
from models.phases.owed_review import ReviewError
from models.reviews.move import Move
from models.reviews.reading import END, GO_BACK, MOVE, OVERLAP, STAYED, ReviewFile, file_of
from models.storage.reading import Reading


def decisions(transition: Transition) -> tuple[str, ...]:
    """What a review of this transition may decide, the most likely first."""
    if transition.id == STAY:
        return (STAYED, END)
    if transition.to_phase == PHASE_OUT:
        return (END, OVERLAP, STAYED)
    if (transition.from_phase, transition.to_phase) == (BEFORE_RELEASE, AFTER_RELEASE):
        return (MOVE, STAYED, END)
    return (GO_BACK if transition.id == BACK else MOVE, OVERLAP, STAYED, END)


def meant(transition: Transition, decision: str) -> str:
    """To move is to go back, or to end, where that is the way the transition goes."""
    if decision != MOVE:
        return decision
    return GO_BACK if transition.id == BACK else END if transition.to_phase == PHASE_OUT else MOVE


def whole(work: Reading, found: ReviewFile, decision: str, next_review: date | None) -> None:
    """Raise for a review that cannot be sealed as it is written."""
    if found.unanswered:
        names = ", ".join(str(prompt.name) for prompt in found.unanswered)
        raise ReviewError(_("A review covers its headings before it is sealed; nothing stands under: {names}.").format(
            names=names))  # fmt: skip
    allowed = decisions(found.transition)
    if decision not in allowed:
        names = ", ".join(str(work.programme.choice("review_decision", id).name) for id in allowed)
        raise ReviewError(_("This review decides one of these: {names}.").format(names=names))
    _next_day(work, decision, next_review)


def _next_day(work: Reading, decision: str, next_review: date | None) -> None:
    """Raise for a next review that is missing, or not to come."""
    if decision == STAYED and next_review is None:
        raise ReviewError(_("Next review: to stay, say when the team looks at it again."))
    if next_review is not None and next_review <= work.today:
        raise ReviewError(_("Next review: this day is not to come; choose one that is."))


def fault(
    reading: Reading,
    review: int,
    decision: str,
    *,
    effective: date | None = None,
    next_review: date | None = None,
    ending: tuple[int, ...] = (),
    to_phase: int | None = None,
) -> tuple[str, str] | None:
    """What `decide` would refuse of the days, before anything is sealed: the argument at fault, and why."""
    found = file_of(reading, review)
    way = meant(found.transition, decision)
    try:
        _next_day(reading, way, next_review)
    except ReviewError as error:
        return "next_review", error.text
    try:
        Move.of(reading, found, way, effective, to_phase, ending)
    except ReviewError as error:
        return "effective", error.text
    return None
