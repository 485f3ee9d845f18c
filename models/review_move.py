"""The move that a phase review decides: its day and phases checked, then made, with all that follows a release."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from config.dates import format_date
from config.words import _
from models import first_weeks, participants, phases
from models.phases import PhaseSpan
from models.reading import Reading
from models.review_owing import ReviewError
from models.review_reading import (
    AFTER_RELEASE,
    BEFORE_RELEASE,
    END,
    MOVE,
    PHASE_OUT,
    STAYED,
    ReviewFile,
)
from models.work import Work

RELEASE_FIELD: Final = "release_date"


class Move:
    """The move a review decides: from which phases to which, on which day; none for staying.

    `begins` says that it is yet to be made, `released` that it is the one out of prison.
    """

    def __init__(self, participant: int, day: date | None, to_phase: int, spans: Sequence[PhaseSpan]) -> None:
        self.participant = participant
        self.day = day
        self.to_phase = to_phase
        self.spans = spans
        self.ending: tuple[int, ...] = ()
        self.begins = False
        self.released = False

    @classmethod
    def of(
        cls,
        work: Work,
        found: ReviewFile,
        decision: str,
        effective: date | None,
        to_phase: int | None,
        ending: tuple[int, ...],
    ) -> Move:
        """Raises `ReviewError` for a day that cannot be, or somebody who is phased out."""
        line = found.line
        spans = [span for span in phases.of(work, line.participant) if span.ended is None]
        if decision == STAYED:
            return cls(line.participant, None, line.to_phase, spans)
        if line.moved is not None and (decision != END or line.to_phase == PHASE_OUT):
            move = cls(line.participant, line.moved, line.to_phase, spans)
            move.released = line.from_phase <= BEFORE_RELEASE and line.to_phase == AFTER_RELEASE
            return move
        reached = PHASE_OUT if decision == END else to_phase or line.to_phase
        if not spans or (reached == PHASE_OUT and any(span.phase == PHASE_OUT for span in spans)):
            raise phased_out()
        move = cls(line.participant, effective or work.today, reached, spans)
        lasting = tuple(span.phase for span in spans)
        if decision == END:
            move.ending = lasting
        elif decision == MOVE:
            move.ending = ending or tuple(phase for phase in lasting if phase == line.from_phase) or lasting
        if AFTER_RELEASE <= reached < PHASE_OUT:
            # Nothing of before the release lasts beside what comes after it.
            move.ending = tuple({*move.ending, *(phase for phase in lasting if phase <= BEFORE_RELEASE)})
        move.begins = True
        move.released = reached == AFTER_RELEASE and any(phase <= BEFORE_RELEASE for phase in lasting)
        move._days(work)
        return move

    def _days(self, work: Reading) -> None:
        assert self.day is not None
        if self.day > work.today:
            raise ReviewError(
                _(
                    "A transition cannot lie in the future. Stay until {date} and review it again, or move on the day."
                ).format(date=format_date(self.day))
            )
        for span in self.spans:
            if span.phase in self.ending and span.began > self.day:
                raise ReviewError(
                    _("{phase} began {began}; it cannot be left before that, {day}.").format(
                        phase=work.programme.phase(span.phase).name, began=format_date(span.began),
                        day=format_date(self.day),
                    )
                )  # fmt: skip
        start = work.value("SELECT sentence_start FROM participant WHERE id = ?", [self.participant])
        if self.released and start and date.fromisoformat(start) > self.day:
            raise ReviewError(_("A release on {day} is before the sentence began, {start}.").format(
                day=format_date(self.day), start=format_date(date.fromisoformat(start))))  # fmt: skip

    def make(self, work: Work, reason: str, release_kind: str) -> None:
        """Let the phases follow, and on the way out of prison the record and the plan of the first weeks."""
        if self.day is None:
            return
        if self.begins:
            phases.begin(
                work, self.participant, self.to_phase, self.day, ending=self.ending, reason=reason, reviewed=True
            )
        if self.released:
            self._release(work, self.day, release_kind)

    def _release(self, work: Work, day: date, kind: str) -> None:
        record = participants.file_of(work, self.participant)
        known = record.values[RELEASE_FIELD]
        changes: dict[str, Any] = {"release_kind": kind} if kind else {}
        # Of a move made before its review, the record may have been set right since; a plan that is overtaken was not.
        if known != day and (self.begins or known is None or known > work.today):
            changes[RELEASE_FIELD] = day
        if changes:
            participants.change(work, self.participant, record.version, changes)
        first_weeks.plan(work, self.participant, changes.get(RELEASE_FIELD) or known or day)


def phased_out() -> ReviewError:
    """For a move of somebody who is phased out."""
    return ReviewError(_("This participant is phased out already; let them come back first."))
