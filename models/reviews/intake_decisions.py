"""The decisions of an intake that are the review of the move they made: 1 → 2 by enrolment, any → 6 by a refusal.

Source: the EX/IN guide, each transition has its review; intake ends with a decision of both sides, which is that one.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from models.intake.reading import ENDED
from models.phases.numbers import INTAKE, PHASE_OUT
from models.reviews.reading import END, MOVE
from models.storage.reading import Reading


class IntakeDecision(Struct, frozen=True):
    """One of them; `transition` is that of the move, empty where the programme has none."""

    intake: int
    participant: int
    transition: str
    decision: str
    outcome: str
    decided: date
    reason: str

    @property
    def id(self) -> int:
        """Its number in a list of reviews, whose own it never is."""
        return -self.intake


def of(reading: Reading, participant: int) -> tuple[IntakeDecision, ...]:
    """A participant's, the newest first."""
    rows = reading.sql(
        "SELECT id, outcome, phase, decided, reason FROM intake WHERE participant_id = ? AND outcome != '' "
        "ORDER BY decided DESC, id DESC",
        [participant],
    )
    found = []
    for intake, outcome, phase, decided, reason in rows:
        refused = outcome == ENDED
        known = reading.programme.method.reviews.between(INTAKE, PHASE_OUT if refused else phase)
        decision, day = END if refused else MOVE, date.fromisoformat(decided)
        found.append(IntakeDecision(intake, participant, known.id if known else "", decision, outcome, day, reason))
    return tuple(found)
