"""What a phase review may decide, what is checked of it, and the move it makes with all that follows a release."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from config.dates import days_told, format_date
from config.programme.method.reviews import BACK, STAY, Transition
from config.words import N_, _
from models.phases import phases
from models.phases import release as releases
from models.phases.numbers import AFTER_RELEASE, BEFORE_RELEASE, PHASE_OUT
from models.phases.owed_review import ReviewError
from models.phases.phases import PhaseSpan
from models.phases.release import Release
from models.plans import first_weeks
from models.reviews.reading import END, GO_BACK, LEAVES, MOVE, OVERLAP, STAYED, ReviewFile, file_of
from models.storage.reading import Reading
from models.storage.work import Work

AHEAD: Final = N_(
    "A transition cannot be dated in the future. Stay until {date} and review it again, or move on the day."
)


PHASED_OUT: Final = "phased_out"


class PhasedOut(ReviewError):
    """The participant was phased out while the review was open."""


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
        told = _("A review covers its headings before it is sealed; nothing stands under: {names}.")
        raise ReviewError(told.format(names=names))
    allowed = decisions(found.transition)
    if decision not in allowed:
        names = ", ".join(str(work.programme.choice("review_decision", id).name) for id in allowed)
        raise ReviewError(_("This review decides one of these: {names}.").format(names=names))
    _next_day(work, decision, next_review)


def _next_day(work: Reading, decision: str, next_review: date | None) -> None:
    """Raise for a next review that is missing, not to come, or so far ahead that nobody would look again."""
    if decision == STAYED and next_review is None:
        raise ReviewError(_("Next review: to stay, say when the team looks at it again."))
    if next_review is not None and next_review <= work.today:
        raise ReviewError(_("Next review: this day is not to come; choose one that is."))
    days = work.programme.limits.next_review_days
    if next_review is not None and (next_review - work.today).days > days:
        told = _("Next review: {date} is more than {time} ahead; check the year.")
        raise ReviewError(told.format(date=format_date(next_review), time=days_told(days)))


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
    """What `decide` would refuse of the days, before anything is sealed: the argument at fault, and why.

    In place of the argument stands `PHASED_OUT` for somebody who has left meanwhile.
    """
    found = file_of(reading, review)
    way = meant(found.transition, decision)
    at_fault = "next_review"
    try:
        _next_day(reading, way, next_review)
        at_fault = "effective"
        move_of(reading, found, way, effective, to_phase, ending)
    except PhasedOut as error:
        return PHASED_OUT, error.text
    except ReviewError as error:
        return at_fault, error.text
    return None


class Move(Struct, frozen=True):
    """The move a review decides: on which day to which phase, with the phases that last; no day for staying.

    `begins` says that it is yet to be made and ends `ending`, `released` that it is the one out of prison.
    """

    participant: int
    day: date | None
    to_phase: int
    spans: tuple[PhaseSpan, ...]
    ending: tuple[int, ...] = ()
    begins: bool = False
    released: bool = False

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
            # A move made at once may have left something of before the release going on.
            over = releases.ended_by(self.to_phase, (span.phase for span in self.spans if span.began <= day))
            for span in self.spans:
                if span.phase in over:
                    phases.end(work, span.id, span.version, day)
            # Since the move, the record may have been set right; a day that is still to come was overtaken.
            day = releases.record(work, self.participant, day, release, sure=False)
        if self.released:
            first_weeks.plan(work, self.participant, day)


def move_of(
    reading: Reading,
    found: ReviewFile,
    decision: str,
    effective: date | None,
    to_phase: int | None,
    ending: tuple[int, ...],
) -> Move:
    """The move of a decision. Raises `ReviewError` for a day that cannot be, or somebody who is phased out."""
    line, who = found.line, found.line.participant
    spans = phases.lasting(reading, who)
    if line.moved is None:
        _still_there(reading, found, spans)
    if decision == STAYED:
        return Move(who, None, line.to_phase, spans)
    if line.moved is not None and (decision != END or line.to_phase == PHASE_OUT):
        back = any(span.phase in releases.INSIDE and span.began > line.moved for span in spans)
        out = line.to_phase == AFTER_RELEASE and not back
        released = out and releases.left_prison(reading, who, (line.from_phase,), line.moved)
        if released and releases.open_day(reading, who) and (told := releases.too_early(reading, who, line.moved)):
            raise ReviewError(told)
        return Move(who, line.moved, line.to_phase, spans, released=released)
    reached = PHASE_OUT if decision == END else to_phase or line.to_phase
    if not spans or (reached == PHASE_OUT and any(span.phase == PHASE_OUT for span in spans)):
        raise phased_out()
    for span in spans:
        if span.phase == reached:
            told = _("{phase} has been open since {began}; there is no move to make. Stay, or discard this review.")
            name = reading.programme.phase(reached).name
            raise ReviewError(told.format(phase=name, began=format_date(span.began)))
    day = effective or reading.today
    over = ended_with(decision, line.from_phase, reached, tuple(span.phase for span in spans), ending)
    released = reached == AFTER_RELEASE and releases.left_prison(reading, who, over, day)
    _day_holds(reading, who, day, [span for span in spans if span.phase in over], released=released)
    return Move(who, day, reached, spans, over, begins=True, released=released)


def _still_there(reading: Reading, found: ReviewFile, spans: Sequence[PhaseSpan]) -> None:
    """Raise where the participant was phased out since the review began: it moves nobody back in unseen."""
    lasting, former = {span.phase for span in spans}, found.line.from_phase
    if former == PHASE_OUT or (lasting and (PHASE_OUT not in lasting or former in lasting)):
        return
    left = [span for span in phases.of(reading, found.line.participant) if span.phase == PHASE_OUT]
    if not left:
        raise phased_out()
    told = _("Phase-out began {date}: nothing is decided here unless they come back. What is written stays.")
    raise PhasedOut(told.format(date=format_date(left[-1].began)))


def _day_holds(reading: Reading, participant: int, day: date, over: Sequence[PhaseSpan], *, released: bool) -> None:
    """Raise for a day to come, before a phase that ends then began, or a release before the sentence."""
    if day > reading.today:
        raise ReviewError(_(AHEAD).format(date=format_date(day)))
    for span in over:
        if span.began > day:
            told = _("{phase} began {began}; it cannot be left before that, {day}.")
            name = reading.programme.phase(span.phase).name
            raise ReviewError(told.format(phase=name, began=format_date(span.began), day=format_date(day)))
    if released and (told := releases.too_early(reading, participant, day)):
        raise ReviewError(told)


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


def phased_out() -> PhasedOut:
    """For a move of somebody who is phased out."""
    return PhasedOut(_("This participant is phased out already; let them come back first."))
