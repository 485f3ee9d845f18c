"""The move that a phase review decides: its day and phases checked, then made, with all that follows a release."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from config.dates import format_date
from config.words import _
from models.phases import phases
from models.phases import release as releases
from models.phases.numbers import AFTER_RELEASE, PHASE_OUT
from models.phases.owed_review import ReviewError
from models.phases.phases import PhaseSpan
from models.phases.release import Release
from models.plans import first_weeks
from models.reviews.reading import END, LEAVES, STAYED, ReviewFile
from models.storage.reading import Reading
from models.storage.work import Work


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
        work: Reading,
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
            back = any(span.phase in releases.INSIDE and span.began > line.moved for span in spans)
            move.released = (
                line.to_phase == AFTER_RELEASE
                and not back
                and releases.left_prison(work, line.participant, (line.from_phase,), line.moved)
            )
            return move
        reached = PHASE_OUT if decision == END else to_phase or line.to_phase
        if not spans or (reached == PHASE_OUT and any(span.phase == PHASE_OUT for span in spans)):
            raise phased_out()
        day = effective or work.today
        move = cls(line.participant, day, reached, spans)
        lasting = tuple(span.phase for span in spans)
        move.ending = ended_with(decision, line.from_phase, reached, lasting, ending)
        move.begins = True
        move.released = reached == AFTER_RELEASE and releases.left_prison(work, line.participant, move.ending, day)
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

    def make(self, work: Work, reason: str, release: Release) -> None:
        """Let the phases follow, and on the way out of prison the record and the plan of the first weeks."""
        if self.day is None:
            return
        day = self.day
        if self.begins:
            phases.begin(
                work, self.participant, self.to_phase, day, ending=self.ending, reason=reason, reviewed=True,
                release=release if self.released else None,
            )  # fmt: skip
        elif self.released:
            self._end_what_is_over(work, day)
            # Since the move, the record may have been set right; a day that is still to come was overtaken.
            day = releases.record(work, self.participant, day, release, sure=False)
        if self.released:
            first_weeks.plan(work, self.participant, day)

    def _end_what_is_over(self, work: Work, day: date) -> None:
        """A move made at once may have left something of before the release going on."""
        over = releases.ended_by(self.to_phase, (span.phase for span in self.spans if span.began <= day))
        for span in self.spans:
            if span.phase in over:
                phases.end(work, span.id, span.version, day)


def ended_with(
    decision: str, from_phase: int, reached: int, lasting: tuple[int, ...], chosen: tuple[int, ...] = ()
) -> tuple[int, ...]:
    """Which of the phases that last end with a decision: those chosen, else the one that is left; all with the last."""
    ending: tuple[int, ...] = ()
    if decision == END:
        ending = lasting
    elif decision in LEAVES:
        ending = chosen or tuple(phase for phase in lasting if phase == from_phase) or lasting
    return tuple(sorted({*ending, *releases.ended_by(reached, lasting)}))


def phased_out() -> ReviewError:
    """For a move of somebody who is phased out."""
    return ReviewError(_("This participant is phased out already; let them come back first."))
