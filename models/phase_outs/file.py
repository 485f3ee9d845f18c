"""How somebody leaves the programme, as it is read: the reason's steps, who was told, and what is left of them.

Source: the EX/IN guide on phase-out. What is left is advice; a phase-out is closed in spite of it with a reason.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from msgspec import Struct

from config.programme.labels import Words
from config.programme.method.endings import Ending
from config.programme.shapes import Programme
from config.words import _, n_
from models.consents import answer as consent_answer
from models.participants import participants
from models.phase_outs.partners_told import ToldLine, told_lines, whom_words
from models.phases.numbers import PHASE_OUT
from models.phases.phases import PhaseSpan
from models.storage.reading import Reading
from models.tables import PhaseOut

OPEN, CLOSED, RETURNED = "open", "closed", "returned"


class PhaseOutLine(Struct, frozen=True):
    """One phase-out; `reason` is the id of an ending, `consents` the day on which all consents were ended."""

    id: int
    version: int
    reason: str
    began: date
    state: str
    words: str
    consents: date | None
    closing_talk: date | None
    last_message: date | None
    message_how: str
    hand_over: date | None
    summary: str
    closed: date | None
    closed_by: str
    closed_reason: str
    returned: date | None
    return_note: str
    told: tuple[ToldLine, ...]


class PhaseOutFile(Struct, frozen=True):
    """Everything about a participant's ways out and back.

    `current` is the phase-out that is open, or was closed while nothing was begun since; `former` are the others, the
    newest first. `attempts` are those since `last_contact`, the last one before the phase-out began, and
    `contact_since` is the last one after it did. `in_force` counts the consents that hold beyond today.
    """

    participant: int
    code: str
    name: str
    lasting: tuple[PhaseSpan, ...]
    current: PhaseOutLine | None
    former: tuple[PhaseOutLine, ...]
    attempts: int
    last_contact: date | None
    contact_since: date | None
    in_force: int

    @property
    def phased_out(self) -> bool:
        """Whether nothing is followed any more."""
        return not self.lasting


def ending(programme: Programme, reason: str) -> Ending:
    """The ending with this id; a neutral one without steps where the programme no longer has it, so old data shows."""
    for known in programme.method.endings:
        if known.id == reason:
            return known
    label, nothing = Words(reason, reason), Words("–", "–")
    return Ending(
        reason, label, nothing, nothing, (), consents_end=False, talk=False, message=False, hand_over=False
    )  # fmt: skip


def file_of(reading: Reading, participant: int) -> PhaseOutFile:
    """A participant's ways out and back. Raises `ParticipantError` when there is no such participant."""
    file = participants.file_of(reading, participant)
    lasting = tuple(span for span in file.phases if span.ended is None)
    lines = [_line(reading, row) for row in _rows(reading, participant)]
    current = next(
        (line for line in lines if line.state == OPEN or (line.state == CLOSED and not lasting and line is lines[0])),
        None,
    )
    attempts, before, since = _contact(reading, participant, current)
    in_force = sum(
        each.holds(reading.today) and each.valid_until > reading.today
        for each in consent_answer.held(reading, participant)
    )
    return PhaseOutFile(
        participant=participant,
        code=file.code,
        name=file.name,
        lasting=lasting,
        current=current,
        former=tuple(line for line in lines if line is not current),
        attempts=attempts,
        last_contact=before,
        contact_since=since,
        in_force=in_force,
    )


def lacking(reading: Reading, file: PhaseOutFile) -> tuple[str, ...]:
    """What of the reason's steps is left, a sentence each, without the name of any person."""
    line = file.current
    if line is None:
        return ()
    wanted = ending(reading.programme, line.reason)
    limit = reading.programme.limits.phase_out_attempts
    found = []
    if untold := [one for one in line.told if not one.settled]:
        # A partner is an agency and a role with a comma between.
        whom = "; ".join(dict.fromkeys(whom_words(reading.programme, one.agency, one.role) for one in untold))
        found.append(_("Not told yet: {whom}.").format(whom=whom))
    if wanted.consents_end and file.in_force:
        found.append(
            n_("{count} consent is still in force.", "{count} consents are still in force.", file.in_force)
            .format(count=file.in_force)
        )  # fmt: skip
    if wanted.talk and line.closing_talk is None:
        found.append(_("The closing talk was not held."))
    if wanted.message and file.attempts < limit:
        found.append(
            _("Attempts to reach the person in the timeline: {count} of {limit}.").format(
                count=file.attempts, limit=limit
            )
        )
    if wanted.message and line.last_message is None:
        found.append(_("The last message was not sent."))
    if wanted.hand_over and line.hand_over is None:
        found.append(_("The hand-over note was not made."))
    return tuple(found)


def advice(reading: Reading, participant: int, reason: str) -> tuple[str, ...]:
    """What speaks against a reason for a participant now; it may be chosen all the same."""
    wanted = ending(reading.programme, reason)
    file = file_of(reading, participant)
    found = []
    if wanted.phases and not {span.phase for span in file.lasting} & {*wanted.phases, PHASE_OUT}:
        usual = ", ".join(f"{number} {reading.programme.phase(number).name}" for number in wanted.phases)
        found.append(_("This reason usually follows {phases}.").format(phases=usual))
    limit = reading.programme.limits.phase_out_attempts
    if wanted.message and file.attempts < limit:
        found.append(
            _("Attempts to reach the person in the timeline: {count} of {limit}.").format(
                count=file.attempts, limit=limit
            )
        )
    return tuple(found)


# ---------------------------------------------------------------------- rows


def _rows(reading: Reading, participant: int) -> list[Any]:
    """The phase-outs of a participant, the newest first."""
    return reading.rows(PhaseOut.select().where(PhaseOut.participant == participant).order_by(PhaseOut.id.desc()))


def _line(reading: Reading, row: Any) -> PhaseOutLine:
    who = reading.value("SELECT name FROM staff WHERE id = ?", [row.closed_by]) if row.closed_by else ""
    return PhaseOutLine(
        id=row.id,
        version=row.version,
        reason=row.reason,
        began=row.began,
        state=row.state,
        words=row.words,
        consents=date.fromisoformat(row.consents) if row.consents else None,
        closing_talk=row.closing_talk,
        last_message=row.last_message,
        message_how=row.message_how,
        hand_over=row.hand_over,
        summary=row.summary,
        closed=row.closed,
        closed_by=who or "",
        closed_reason=row.closed_reason,
        returned=row.returned,
        return_note=row.return_note,
        told=told_lines(reading, row.participant, row.id),
    )


def _contact(reading: Reading, participant: int, line: PhaseOutLine | None) -> tuple[int, date | None, date | None]:
    """How many attempts there are since the last contact before the phase-out began, and the contact on either side.

    Without a phase-out, the attempts since the last contact until now.
    """
    end = _after(reading, line.began if line else reading.today)
    until = _after(reading, line.closed if line and line.closed else reading.today)
    contact = "participant_id = ? AND contact = 1 AND outcome != ''"
    before = reading.value(f"SELECT max(at) FROM entry WHERE {contact} AND at < ?", [participant, end])
    since = reading.value(
        f"SELECT max(at) FROM entry WHERE {contact} AND at >= ? AND at < ?", [participant, end, until]
    )
    attempts = reading.value(
        "SELECT count(*) FROM entry WHERE participant_id = ? AND contact = 0 AND outcome != '' "
        "AND outcome = 'attempted' AND at > ? AND at < ?",
        [participant, before or 0, until],
    )
    return int(attempts), _day(reading, before), _day(reading, since)


def _after(reading: Reading, day: date) -> int:
    """The first moment after a day."""
    return reading.clock.stored(datetime.combine(day + timedelta(days=1), time()))


def _day(reading: Reading, moment: int | None) -> date | None:
    return reading.clock.local(moment).date() if moment else None
