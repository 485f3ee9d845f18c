"""Intake: who referred a candidate, the criteria and how they are judged, the four talks, the decision of both sides.

Source: the EX/IN guide on intake. Order and criteria are advice: whoever goes on in spite of them says why, and that is
kept. Criteria and talks are written in `models.intake.intake_talks`, all of it is read in `models.intake.reading`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from config.dates import format_date
from config.words import N_, _
from models import timeline
from models.intake.intake_talks import FIELDS, IntakeError, decided_words, opened, written_meanwhile
from models.intake.reading import ENDED, ENROLLED, OUTCOMES, current, decision_warnings, fitting_phase
from models.participants import participants
from models.phase_outs import phase_outs
from models.phases import owed_review, phases
from models.phases.numbers import INTAKE, PHASE_OUT
from models.storage.actions import action
from models.storage.work import Work
from models.tables import Intake
from models.values.days import now_or_noon

YES: Final = "yes"
NO_BASIS: Final = "no_basis"


@action("intakes.refer", N_("the candidate who was referred"))
def refer(work: Work, values: Mapping[str, Any], referred_by: str, note: str = "") -> int:
    """Enter a candidate whom another team or agency refers; `values` as `participants.add`. Answers the participant."""
    said = FIELDS.checked({"referred_by": referred_by, "referral_note": note})
    if not said["referred_by"]:
        raise IntakeError(_("Referred by: say who refers the candidate."))
    participant = participants.add(work, values)
    intake = work.insert(Intake, participant=participant, opened=work.today, **said)
    who = {"who": said["referred_by"]}
    timeline.tell(work, participant, "intake_referred", work.clock.seconds(), who, f"intake:{intake}")
    return participant


@action("intakes.change_referral", N_("the change to the referral"))
def change_referral(work: Work, participant: int, version: int, changes: Mapping[str, str]) -> int:
    """Change who referred the candidate or what was said; answers the intake. Raises as `Work.update`."""
    row, _began = current(work, participant)
    checked = FIELDS.checked(changes)
    intake = row.id if row is not None else opened(work, participant, work.today)
    # Nobody had written in an intake that is only opened now, so there is nothing it could contradict.
    work.update(Intake, intake, version if row is not None else None, **checked)
    return int(intake)


@action("intakes.decide", N_("the decision of the intake"))
def decide(
    work: Work,
    participant: int,
    version: int | None,
    *,
    ours: str,
    theirs: str,
    decided: date,
    outcome: str,
    phase: int | None = None,
    reason: str = "",
) -> int:
    """Decide an intake: enrolled into `phase` (else the one that fits), or ended; answers the intake.

    `ours` and `theirs` are yes, no or empty. To enrol both must say yes; `reason` is then why the team went on in spite
    of the warnings, if there are any, and of an ending always the reason. Raises `IntakeError`, `PhaseError`, and
    `Conflict` where a colleague has decided meanwhile.
    """
    why = FIELDS.checked({"reason": reason})["reason"]
    _agree(outcome, ours, theirs, why)
    if decided > work.today:
        raise IntakeError(_("Decided: the date is in the future."))
    row, began = current(work, participant)
    values = {"ours": ours, "theirs": theirs, "decided": decided, "outcome": outcome, "reason": why}
    if row is not None and row.outcome:
        if row.version == version:
            raise IntakeError(decided_words(row.decided))
        written_meanwhile(work, Intake, row, values)
    _is_candidate(work, participant, began, decided)
    if outcome == ENROLLED and not why and (found := decision_warnings(work, participant)):
        raise IntakeError(_("Reason: say why you go on all the same. {warning}").format(warning=found[0]))
    intake = row.id if row is not None else opened(work, participant, decided)
    person = participants.file_of(work, participant)
    into = None
    if outcome == ENROLLED:
        into = phase or fitting_phase(person, work.programme.limits, decided)
    work.update(Intake, intake, version if row is not None and version else None, phase=into, **values)
    kind, detail = ("intake_ended", {"why": why}) if into is None else ("enrolled", {})
    timeline.tell(work, participant, kind, now_or_noon(work.clock, decided), detail, f"intake:{intake}")
    if into is None:
        phase_outs.begin(work, participant, NO_BASIS, began=decided, words=why, reviewed=True)
    else:
        _move(work, participant, into, decided, why)
    return int(intake)


def _agree(outcome: str, ours: str, theirs: str, why: str) -> None:
    """Enrolling is mutual, and an ending has a reason."""
    if outcome not in OUTCOMES:
        raise IntakeError(_("Outcome: choose whether the candidate is enrolled."))
    if outcome == ENROLLED and ours != YES:
        raise IntakeError(_("We say: nobody is enrolled unless both sides say yes."))
    if outcome == ENROLLED and theirs != YES:
        raise IntakeError(_("The candidate says: nobody is enrolled unless both sides say yes."))
    if outcome == ENDED and not why:
        raise IntakeError(_("Reason: say why there is no basis to go on."))


def _is_candidate(work: Work, participant: int, began: date | None, decided: date) -> None:
    lasting = participants.open_periods(work, participant)
    if began is None and PHASE_OUT in lasting:
        raise IntakeError(_("The participant is phased out; come back first, then the intake begins anew."))
    if began is None and not lasting:
        raise IntakeError(_("No open phase, so nobody is a candidate here; begin the intake phase first."))
    if began is not None and decided < began:
        words = _("Decided: the intake began {date}; it cannot be decided before.")
        raise IntakeError(words.format(date=format_date(began)))


def _move(work: Work, participant: int, into: int, decided: date, why: str) -> None:
    """Move to the phase that was chosen; one that lasts already goes on, and the intake phase ends.

    The decision of both sides is the review of that move.
    """
    if into not in participants.open_periods(work, participant):
        phases.begin(work, participant, into, decided, ending=(INTAKE,), reason=why, reviewed=True)
        return
    owed_review.decided_at_intake(work, participant, into)
    for span in phases.of(work, participant):
        if span.phase == INTAKE and span.ended is None:
            phases.end(work, span.id, span.version, decided)
