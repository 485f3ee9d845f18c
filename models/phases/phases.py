"""Phase periods: beginning and ending a phase, overlaps, and how long each has lasted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from config.errors import ExinError
from config.programme.shapes import Programme
from config.words import N_, _
from models import timeline
from models.phases import owed_review as review_owing
from models.phases import release as releases
from models.phases.numbers import AFTER_RELEASE, INTAKE, PHASE_OUT
from models.phases.release import Release
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.required import require_participant, require_row
from models.storage.work import Work
from models.tables import PhasePeriod
from models.values.days import now_or_noon
from models.values.text import clean_text


class PhaseError(ExinError):
    """A phase cannot begin or end as asked, because the dates contradict each other."""


class PhaseSpan(Struct, frozen=True):
    """One stretch of time in a phase; `ended` is None while it lasts."""

    id: int
    version: int
    phase: int
    began: date
    ended: date | None
    reason: str

    def days(self, today: date) -> int:
        """How many days it has lasted, or lasted until it ended; never stored."""
        return ((self.ended or today) - self.began).days


def of(reading: Reading, participant: int) -> tuple[PhaseSpan, ...]:
    """A participant's phase periods in order of time."""
    return tuple(
        reading.structs(
            PhaseSpan,
            "SELECT id, version, phase, began, ended, reason FROM phase_period WHERE participant_id = ? "
            "ORDER BY began, phase, id",
            [participant],
        )
    )


def lasting(reading: Reading, participant: int) -> tuple[PhaseSpan, ...]:
    """Those that have not ended, in order of time."""
    return tuple(span for span in of(reading, participant) if span.ended is None)


def leading(spans: Sequence[PhaseSpan]) -> PhaseSpan | None:
    """The period that began last of those that have not ended: the one the board shows the participant in."""
    still = [span for span in spans if span.ended is None]
    return max(still, key=lambda span: (span.began, span.phase), default=None)


def with_those_in_use(reading: Reading, programme: Programme) -> Programme:
    """The programme, or the one in force before where a phase that somebody is in is here no more, with why."""
    former, known = programme.former, {phase.number for phase in programme.phases}
    lasting = {phase for (phase,) in reading.sql("SELECT DISTINCT phase FROM phase_period WHERE ended IS NULL")}
    gone = [phase for phase in former.phases if phase.number in lasting - known] if former else []
    if former is None or not gone:
        return programme
    told = _("{file}: participants are in a phase that stands there no more: {phases}.")
    names = ", ".join(f"{phase.number} {phase.name}" for phase in gone)
    why, holds = told.format(file=former.team[0].path, phases=names), _("What was in force before holds.")
    return replace(former, fault=f"{why} {holds}")


@action("phases.begin", N_("the phase that began"))
def begin(
    work: Work,
    participant: int,
    phase: int,
    began: date,
    *,
    ending: tuple[int, ...] = (),
    reason: str = "",
    reviewed: bool = False,
    release: Release | None = None,
    returning: bool = False,
) -> int:
    """Begin a phase on `began`, ending the open periods `ending` the same day; the others go on beside it.

    From release on nothing of before it does, and the record says that the person is out; `release` is what else is
    known of that. Answers the period's id. Without `reviewed`, a move from another phase owes a phase review until it
    is held, but for one entered so long after its day that it is history. Raises `PhaseError` for a date in the future,
    a phase that lasts already, one of `ending` that began later, a release before the sentence began, or who is phased
    out and not `returning`. Source: the
    EX/IN guide, phases may overlap; 3 → 4 is the day of release; each transition has its review.
    """
    if began > work.today:
        raise PhaseError(_("A phase cannot begin in the future; record it on the day."))
    require_participant(work, participant, PhaseError)
    everything = of(work, participant)
    spans = [span for span in everything if span.ended is None]
    if any(span.phase == phase for span in spans):
        raise PhaseError(_("{phase} is open already.").format(phase=work.programme.phase(phase).name))
    if left_programme(everything) and not returning:
        raise PhaseError(_("This participant is phased out already; let them come back first."))
    # What began after this day is of a time since then: a phase entered as history ends nothing of it.
    over = {*ending, *releases.ended_by(phase, (span.phase for span in spans if span.began <= began))}
    for span in spans:
        if span.phase in over:
            end(work, span.id, span.version, began)
    why = clean_text(reason, _("Reason"), 2_000)
    period = work.insert(PhasePeriod, participant=participant, phase=phase, began=began, reason=why)
    _tell(work, participant, "phase_began", period, phase, began)
    _record(work, participant, phase, began, over, release)
    _come_back(work, participant, phase, began)
    former = left_behind(everything, began)
    # What is entered long afterwards is history: the caseload a team brings along owes no reviews.
    history = (work.today - began).days > work.programme.limits.owed_days
    if former not in (0, phase) and not reviewed and not history:
        review_owing.owe(work, participant, former, phase, began)
    return period


def _record(
    work: Work, participant: int, phase: int, day: date, ended: Collection[int], release: Release | None
) -> None:
    """Let the record follow a move out of prison, or back into it."""
    if releases.outside(phase) and (release or releases.left_prison(work, participant, ended, day)):
        if told := releases.too_early(work, participant, day):
            raise PhaseError(told)
        sure = phase == AFTER_RELEASE and (release is not None or set(ended) != {INTAKE})
        releases.record(work, participant, day, release or Release(), sure=sure)


def _come_back(work: Work, participant: int, phase: int, day: date) -> None:
    """Where the phase that began on `day` is a return, let the release and the reviews of before be settled by it."""
    back = last_return(of(work, participant))
    if back is None or back.day != day:
        return
    if phase in releases.INSIDE:
        releases.back_inside(work, participant, day, back.out)
    elif phase in (INTAKE, AFTER_RELEASE):
        releases.becomes_history(work, participant, day, None, before=back.left)
    review_owing.settle(work, participant, day)


class Return(Struct, frozen=True):
    """That somebody was back on `day`: inside again, or in the programme they had left.

    `out` is since when they had been outside, as far as the phases tell; `left` the day of the phase-out, if any.
    """

    day: date
    out: date | None
    left: date | None


def last_return(spans: Sequence[PhaseSpan]) -> Return | None:
    """The last time somebody was back, None for one who never was."""
    found, out, left = None, None, None
    for span in sorted(spans, key=lambda span: (span.began, span.id)):
        inside, outside = span.phase in releases.INSIDE, releases.outside(span.phase)
        again = left is not None and span.phase != PHASE_OUT
        if again or (inside and out is not None):
            found = Return(span.began, out, left)
        if outside:
            out = span.began if out is None or (again and span.phase == AFTER_RELEASE) else out
        elif inside:
            out = None
        left = span.began if span.phase == PHASE_OUT else None
    return found


def left_programme(spans: Sequence[PhaseSpan]) -> bool:
    """Whether nothing lasts after a phase-out; a gap between two other phases is not to have left."""
    if not spans or any(span.ended is None for span in spans):
        return False
    newest = max(span.ended for span in spans if span.ended)
    return any(span.phase == PHASE_OUT and span.ended == newest for span in spans)


def left_behind(spans: Sequence[PhaseSpan], day: date) -> int:
    """The phase somebody moves from on `day`: the newest that lasted then, else the last before it, else 0."""
    begun = [span for span in spans if span.began <= day]
    lasting = [span for span in begun if span.ended is None or span.ended >= day]
    if lasting:
        return max(lasting, key=lambda span: (span.began, span.phase)).phase
    return max(begun, key=lambda span: (span.ended or day, span.phase)).phase if begun else 0


@action("phases.end", N_("the phase that ended"))
def end(work: Work, period: int, version: int, ended: date) -> None:
    """End a phase period on `ended`. Raises `PhaseError` for one that has ended, a date before it began or to come."""
    row = require_row(work, PhasePeriod, period, PhaseError(_("This phase period is not here any more.")))
    name = work.programme.phase(row.phase).name
    if row.ended is not None and row.version == version:
        raise PhaseError(_("{phase} has ended already.").format(phase=name))
    if ended < row.began:
        raise PhaseError(_("{phase} cannot end before it began.").format(phase=name))
    if ended > work.today:
        raise PhaseError(_("A phase cannot end in the future; record it on the day."))
    work.update(PhasePeriod, period, version, ended=ended)
    _tell(work, row.participant, "phase_ended", period, row.phase, ended)


def _tell(work: Work, participant: int, kind: str, period: int, phase: int, day: date) -> None:
    moment = now_or_noon(work.clock, day)
    timeline.tell(work, participant, kind, moment, {"phase": phase}, f"phase_period:{period}")
