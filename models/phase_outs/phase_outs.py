"""Leaving the programme and coming back: a reason with its steps, everybody told, closed with a summary.

Source: the EX/IN guide on phase-out: independence, drop-out and no basis are ended in different ways, either side may
end it at any time, and whoever comes back finds everything as it was. Nothing is removed here.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from config.dates import format_date
from config.errors import ExinError
from config.words import N_, _
from models import timeline
from models.consents import consents, disclosures
from models.consents.answer import same_person
from models.phase_outs.file import (
    CLOSED,
    OPEN,
    RETURNED,
    ending,
    file_of,
    lacking,
    partners_around,
    told_lines,
    told_row,
    whom_words,
)
from models.phases import phases
from models.phases.numbers import PHASE_OUT
from models.storage.actions import action
from models.storage.required import require_row
from models.storage.work import Gone, Work
from models.tables import PhaseOut, PhaseOutTold
from models.values.days import now_or_noon
from models.values.text import clean_line, clean_text

TEXT_LIMIT: Final = 2_000
SUMMARY_LIMIT: Final = 6_000
TALK: Final = "talk"
"""The kind of entry in which a closing talk is recorded."""
LABELS: Final = {
    "reason": N_("Reason to end"),
    "began": N_("Began"),
    "words": N_("Why"),
    "told": N_("Told"),
    "how": N_("How"),
    "ground": N_("Ground"),
    "own_words": N_("Which ground"),
    "closing_talk": N_("Held"),
    "text": N_("What was said"),
    "last_message": N_("Sent"),
    "message_how": N_("How"),
    "hand_over": N_("Handed over"),
    "summary": N_("Summary"),
    "closed": N_("Closed"),
    "closed_reason": N_("Reason"),
    "returned": N_("Back since"),
    "phase": N_("Phase"),
    "return_note": N_("What changed"),
    "state": N_("State"),
    "consents": N_("Consents"),
    "closed_by": N_("Closed by"),
    "told_by": N_("Told by"),
}


class PhaseOutError(ExinError):
    """A phase-out cannot begin, go on or end as asked; the sentence begins with the field at fault, if one is."""


# ---------------------------------------------------------------------- leaving


@action("phase_outs.begin", N_("the phase-out that began"))
def begin(
    work: Work,
    participant: int,
    reason: str,
    began: date | None = None,
    words: str = "",
    *,
    reviewed: bool = False,
) -> int:
    """Begin a phase-out for `reason`, an ending of the programme; answers its id.

    Every other phase that lasts ends on the day `began` (today). Whoever is around the participant, or holds a consent,
    now or on that day is to be told; `reviewed` is as in `phases.begin`. Raises `PhaseOutError` for an unknown reason,
    a day to come or before the phase it leaves began, and for somebody who is being phased out or was.
    """
    day = began or work.today
    file = file_of(work, participant)
    why = clean_text(words, _(LABELS["words"]), TEXT_LIMIT).strip()
    if reason not in {known.id for known in work.programme.method.endings}:
        raise PhaseOutError(_("Reason: {reason} is not a reason of the programme.").format(reason=reason or "–"))
    if file.current is not None and file.current.state == OPEN:
        told, name = (
            _("A phase-out is under way since {date}: {reason}."),
            ending(work.programme, file.current.reason).name,
        )
        raise PhaseOutError(told.format(date=format_date(file.current.began), reason=name))
    if file.phased_out:
        raise PhaseOutError(_("The participant is phased out already; note the return first if they came back."))
    _not_to_come(work, day, "began")
    for span in file.lasting:
        if day < span.began:
            told, name = _("Began: {day} is before {phase} began, {date}."), work.programme.phase(span.phase).name
            raise PhaseOutError(told.format(day=format_date(day), phase=name, date=format_date(span.began)))
    others = tuple(span for span in file.lasting if span.phase != PHASE_OUT)
    if len(others) == len(file.lasting):
        named = str(ending(work.programme, reason).name)
        phases.begin(
            work, participant, PHASE_OUT, day,
            ending=tuple(span.phase for span in others), reason=f"{named}: {why}" if why else named,
            reviewed=reviewed,
        )  # fmt: skip
    else:
        for span in others:
            phases.end(work, span.id, span.version, day)
    phase_out = work.insert(PhaseOut, participant=participant, reason=reason, began=day, words=why)
    for one in partners_around(work, participant, day):
        work.insert(
            PhaseOutTold, phase_out=phase_out, participant=participant, agency=one.agency, role=one.role,
            person=one.person,
        )  # fmt: skip
    _note_down(
        work,
        participant,
        phase_out,
        "phase_out_began",
        day,
        {"ending": ending(work.programme, reason).name.by_language()},
    )
    return phase_out


# ---------------------------------------------------------------------- telling


@action("phase_outs.tell", N_("that a partner was told"))
def tell(
    work: Work, told: int, day: date | None, how: str, version: int | None, *, ground: str = "", own_words: str = ""
) -> None:
    """Note that a partner was told on `day` (today); it is recorded as what was shared with them, too.

    Where no consent covers it, `ground` is the legal ground as for `disclosures.record`. A partner may be told after
    the phase-out was closed. Raises `PhaseOutError`, `DisclosureError`, or `Conflict` as `Work.update`.
    """
    on = day or work.today
    _not_to_come(work, on, "told")
    row = _still_to_tell(work, told, version)
    parent = _row_of(work, row.phase_out, None, OPEN, CLOSED)
    said = clean_line(how, _(LABELS["how"]))
    work.update(PhaseOutTold, told, version, told=on, told_by=work.actor.staff_id or None, how=said)
    contact = next(one.contact for one in told_lines(work, row.participant, row.phase_out) if one.id == told)
    shared = {
        "agency": row.agency, "role": row.role, "person": row.person, "contact": contact, "day": on,
        "what": str(ending(work.programme, parent.reason).tell), "ground": ground, "own_words": own_words,
        # That somebody is no participant any more says no more than that they were one.
        "only_known": True,
    }  # fmt: skip
    disclosures.record(work, row.participant, shared)


@action("phase_outs.leave_out", N_("that a partner is not to be told"))
def leave_out(work: Work, told: int, version: int | None, why: str) -> None:
    """Note that a partner is not to be told, and why, also once it is closed; without words they are after all."""
    row = _still_to_tell(work, told, version)
    _row_of(work, row.phase_out, None, OPEN, CLOSED)
    work.update(PhaseOutTold, told, version, how=clean_line(why, _("Reason")))


def _still_to_tell(work: Work, told: int, version: int | None) -> Any:
    """The row of a partner not told yet; one the person saw otherwise is left for `Work.update` to refuse."""
    row = told_row(work, told)
    if row.told is not None and version in (None, row.version):
        raise PhaseOutError(_("Told: they were told already, {date}.").format(date=format_date(row.told)))
    return row


@action("phase_outs.add_partner", N_("the partner to be told"))
def add_partner(work: Work, phase_out: int, agency: str, role: str, person: str) -> int:
    """Add somebody who is to be told; answers the line's id. Raises `PhaseOutError` for one who is in the list."""
    row = _row_of(work, phase_out, None, OPEN)
    name = " ".join(clean_line(person, _("Person")).split())
    for one in told_lines(work, row.participant, phase_out):
        if (one.agency, one.role, same_person(one.person)) == (agency, role, same_person(name)):
            whom = whom_words(work.programme, agency, role)
            raise PhaseOutError(_("{whom} is in the list already.").format(whom=whom))
    return work.insert(
        PhaseOutTold, phase_out=phase_out, participant=row.participant, agency=agency, role=role, person=name
    )


# ---------------------------------------------------------------------- the other steps


@action("phase_outs.end_consents", N_("the ending of the consents"))
def end_consents(work: Work, phase_out: int, version: int | None, day: date | None = None) -> None:
    """End every consent on `day` (today), which itself is still covered, so that the partners can be told.

    Whoever comes to light by that is to be told too. Raises `ConsentError` where none is in force.
    """
    row, on = _row_of(work, phase_out, version, OPEN), day or work.today
    work.update(PhaseOut, phase_out, version, consents=on.isoformat())
    known = {(one.agency, one.role, same_person(one.person)) for one in told_lines(work, row.participant, phase_out)}
    to_tell = partners_around(work, row.participant, on)
    consents.end_all(work, row.participant, on)
    for one in to_tell:
        if (one.agency, one.role, same_person(one.person)) not in known:
            add_partner(work, phase_out, one.agency, one.role, one.person)


@action("phase_outs.talk", N_("the closing talk"))
def talk(work: Work, phase_out: int, version: int | None, day: date | None, text: str = "") -> None:
    """Note that the closing talk was held on `day` (today), which is contact; `text` is what was said."""
    row, on = _row_of(work, phase_out, version, OPEN), day or work.today
    _not_to_come(work, on, "closing_talk")
    work.update(PhaseOut, phase_out, version, closing_talk=on)
    timeline.record(work, row.participant, {"kind": TALK, "at": now_or_noon(work.clock, on), "text": text})
    _note_down(work, row.participant, phase_out, "closing_talk", on, {})


@action("phase_outs.message", N_("the last message"))
def message(work: Work, phase_out: int, version: int | None, day: date | None, how: str = "") -> None:
    """Note that the last message was sent on `day` (today), and how: follow-up ends, one may always come back."""
    row, on = _row_of(work, phase_out, version, OPEN), day or work.today
    _not_to_come(work, on, "last_message")
    said = clean_line(how, _(LABELS["message_how"]))
    work.update(PhaseOut, phase_out, version, last_message=on, message_how=said)
    _note_down(work, row.participant, phase_out, "last_message", on, {"how": said or "–"})


@action("phase_outs.hand_over", N_("the hand-over note of the move"))
def hand_over(work: Work, phase_out: int, version: int | None, day: date | None = None) -> None:
    """Note that the new place got the hand-over note on `day` (today)."""
    row, on = _row_of(work, phase_out, version, OPEN), day or work.today
    _not_to_come(work, on, "hand_over")
    work.update(PhaseOut, phase_out, version, hand_over=on)
    _note_down(work, row.participant, phase_out, "moved_note", on, {})


@action("phase_outs.close", N_("the phase-out that was closed"))
def close(
    work: Work, phase_out: int, version: int | None, summary: str, reason: str = "", *, day: date | None = None
) -> None:
    """Close a phase-out on `day` (today): every phase that lasts ends, and the summary stands in the file.

    Raises `PhaseOutError` without a summary, for a day to come or before it began, and where steps are left and
    `reason` does not say why it is closed all the same; `Conflict` as `Work.update`.
    """
    row, on = _row_of(work, phase_out, version, OPEN), day or work.today
    said = clean_text(summary, _(LABELS["summary"]), SUMMARY_LIMIT).strip()
    why = clean_text(reason, _(LABELS["closed_reason"]), TEXT_LIMIT).strip()
    _not_to_come(work, on, "closed")
    if on < row.began:
        told = _("Closed: {day} is before the phase-out began, {date}.")
        raise PhaseOutError(told.format(day=format_date(on), date=format_date(row.began)))
    if not said:
        raise PhaseOutError(_("Summary: write in a few words how it went; it stands in the participant's file."))
    file = file_of(work, row.participant)
    left = lacking(work.programme, file)
    work.update(
        PhaseOut, phase_out, version, state=CLOSED, summary=said, closed=on, closed_reason=why if left else "",
        closed_by=work.actor.staff_id or None,
    )  # fmt: skip
    if left and not why:
        raise PhaseOutError(_("Reason: say why it is closed though this is left. {left}").format(left=left[0]))
    for span in file.lasting:
        phases.end(work, span.id, span.version, on)
    detail = {"ending": ending(work.programme, row.reason).name.by_language(), "summary": said}
    _note_down(work, row.participant, phase_out, "phase_out_closed", on, detail)


# ---------------------------------------------------------------------- coming back


@action("phase_outs.come_back", N_("the return"))
def come_back(work: Work, phase_out: int, version: int | None, day: date | None, phase: int, note: str = "") -> None:
    """Take somebody up again who left, or was about to: `phase` begins on `day` (today), with everything as it was.

    Where the reason knows no way back, it was noted by mistake, and the note says how. Raises `PhaseOutError` for a day
    to come or before they left, a phase that is none to come back to, and one who is back already; `Conflict` as
    `Work.update`.
    """
    row, on = _row_of(work, phase_out, version, OPEN, CLOSED), day or work.today
    said = clean_text(note, _(LABELS["return_note"]), TEXT_LIMIT).strip()
    if not said and not ending(work.programme, row.reason).comes_back:
        label = _(LABELS["return_note"])
        raise PhaseOutError(_("{label}: say how it came to be noted by mistake.").format(label=label))
    _may_return(work, on, row.closed or row.began)
    work.update(PhaseOut, phase_out, version, state=RETURNED, returned=on, return_note=said)
    _begin_again(work, row.participant, phase_out, on, phase, said)


@action("phase_outs.take_up", N_("the return"))
def take_up(work: Work, participant: int, day: date | None, phase: int, note: str = "") -> None:
    """As `come_back` for somebody whose leaving is not recorded: their last phase was ended and no other begun."""
    file, on = file_of(work, participant), day or work.today
    if not file.phased_out:
        raise PhaseOutError(_("The participant is not phased out."))
    said = clean_text(note, _(LABELS["return_note"]), TEXT_LIMIT).strip()
    _may_return(work, on, max((span.ended for span in file.phases if span.ended), default=None))
    _begin_again(work, participant, 0, on, phase, said)


def _may_return(work: Work, day: date, left: date | None) -> None:
    _not_to_come(work, day, "returned")
    if left is not None and day < left:
        told = _("Back since: {day} is before they left, {date}.")
        raise PhaseOutError(told.format(day=format_date(day), date=format_date(left)))


def _begin_again(work: Work, participant: int, phase_out: int, day: date, phase: int, note: str) -> None:
    """The phase that fits begins, unless somebody has begun it by hand; phase-out, if it lasts, ends."""
    if phase == PHASE_OUT or phase not in {known.number for known in work.programme.phases}:
        raise PhaseOutError(_("Phase: choose the phase that fits where the participant is now."))
    lasting = {span.phase: span for span in phases.lasting(work, participant)}
    leaving = lasting.get(PHASE_OUT)
    if phase not in lasting:
        phases.begin(work, participant, phase, day, ending=(PHASE_OUT,) if leaving else (), reason=note, returning=True)
    elif leaving:
        phases.end(work, leaving.id, leaving.version, day)
    _note_down(work, participant, phase_out, "phase_out_returned", day, {"note": note or "–"})


# ---------------------------------------------------------------------- what every change asks, and tells


def _row_of(work: Work, phase_out: int, version: int | None, *states: str) -> Any:
    """The phase-out, in one of `states`; one the person saw otherwise is left for `Work.update` to refuse.

    Raises `PhaseOutError` in another state, `Gone` when it is not there.
    """
    row = require_row(work, PhaseOut, phase_out, Gone(_("This phase-out is not here any more.")))
    if version in (None, row.version) and row.state not in states:
        if row.state == RETURNED:
            raise PhaseOutError(_("They came back {date}.").format(date=format_date(row.returned)))
        raise PhaseOutError(_("The phase-out was closed {date}; it is changed no more.").format(
            date=format_date(row.closed)))  # fmt: skip
    return row


def _not_to_come(work: Work, day: date, field: str) -> None:
    """Raise `PhaseOutError` for a day that lies in the future; `field` is the one it stands in."""
    if day > work.today:
        label = _(LABELS[field])
        raise PhaseOutError(
            _("{field}: the date is in the future; record it when it has happened.").format(field=label)
        )


def _note_down(work: Work, participant: int, phase_out: int, kind: str, day: date, detail: dict[str, Any]) -> None:
    """Tell a change in the participant's timeline; `phase_out` is 0 where the leaving is not on record."""
    subject = f"phase_out:{phase_out}" if phase_out else ""
    told = {**detail, "date": day.isoformat()}
    timeline.tell(work, participant, kind, now_or_noon(work.clock, day), told, subject)
