"""A move between phases that no phase review stands behind: recorded at once, and the review owed until it is held.

Source: the EX/IN guide, a fixed routine for a review (drøft) at each transition, so that none goes unnoticed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from config.errors import ExinError
from config.programme.labels import Words
from models import timeline
from models.phases.numbers import INTAKE
from models.storage.reading import Reading
from models.storage.work import Work
from models.tables import Review

if TYPE_CHECKING:
    from config.programme.method.reviews import Transition

OWED: Final = "owed"
OPEN: Final = "open"
SEALED: Final = "sealed"


class ReviewError(ExinError):
    """A phase review cannot be begun, written or sealed as asked."""


def owe(work: Work, participant: int, from_phase: int, to_phase: int, moved: date) -> int:
    """Note that a move made on `moved` owes its review; answers the review's id, 0 where the programme has none.

    One of this transition that is being prepared becomes the one that is owed, with what stands in it.
    """
    transition = work.programme.method.reviews.between(from_phase, to_phase)
    if transition is None:
        return 0
    begun = work.value(
        "SELECT id FROM review WHERE participant_id = ? AND state = ? AND transition = ? AND moved IS NULL ORDER BY id",
        [participant, OPEN, transition.id],
    )
    move = {"from_phase": from_phase, "to_phase": to_phase, "moved": moved}
    if begun is not None:
        work.update(Review, begun, None, **move)
    review = int(begun) if begun is not None else enter(work, participant, transition, OWED, move)
    tell(work, participant, "review_owed", review, transition.id, {})
    return review


def settle(work: Work, participant: int, day: date) -> None:
    """Let nothing be owed any more for moves until `day`, on which somebody was back: that time is closed.

    A review on which something stands stays, as one that is open.
    """
    _let_go(work, "participant_id = ? AND moved <= ?", [participant, day.isoformat()])


def decided_at_intake(work: Work, participant: int, to_phase: int) -> None:
    """Let the decision of an intake be the review of the move to `to_phase` that was made before it."""
    which = "participant_id = ? AND from_phase = ? AND to_phase = ? AND moved IS NOT NULL"
    _let_go(work, which, [participant, INTAKE, to_phase])


def _let_go(work: Work, which: str, values: Sequence[object]) -> None:
    for review, state in work.sql(f"SELECT id, state FROM review WHERE state != ? AND {which}", [SEALED, *values]):
        if state == OWED:
            work.remove(Review, review, None)
        else:
            work.update(Review, review, None, moved=None)


def enter(work: Work, participant: int, transition: Transition, state: str, values: Mapping[str, Any]) -> int:
    """Enter a review of today; answers its id. `values` are the phases it is between, and the day of a move made."""
    return work.insert(
        Review, participant=participant, transition=transition.id, state=state, opened=work.today,
        opened_by=work.actor.staff_id or None, prompts_version=work.programme.method.reviews.version, **values,
    )  # fmt: skip


def tell(work: Work, participant: int, kind: str, review: int, transition: str, detail: Mapping[str, Any]) -> None:
    """Let the participant's line of time say what became of a review."""
    told = {"transition": name_of(work, transition).by_language(), **detail}
    timeline.tell(work, participant, kind, work.clock.seconds(), told, f"review:{review}")


def name_of(reading: Reading, transition: str) -> Words:
    """What a transition is called, its id where the programme no longer has it."""
    known = reading.programme.method.reviews.transition(transition)
    return known.name if known else Words(transition, transition)
