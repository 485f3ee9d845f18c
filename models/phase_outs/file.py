"""How somebody leaves the programme, as it is read: the reason's steps, who is told, and what is left of them.

Source: the EX/IN guide on phase-out. What is left is advice; a phase-out is closed in spite of it with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from msgspec import Struct

from config.programme.labels import Words
from config.programme.method.endings import Ending
from config.programme.shapes import Programme
from config.words import _, n_
from models.consents import answer as consent_answer
from models.consents import matrix as consent_matrix
from models.consents.answer import Answer, same_person
from models.consents.matrix import Partner
from models.participants import participants
from models.phases.numbers import PHASE_OUT
from models.phases.phases import PhaseSpan
from models.storage.reading import Reading, struct
from models.storage.required import require_row
from models.storage.work import Gone
from models.tables import PhaseOutTold

OPEN, CLOSED, RETURNED = "open", "closed", "returned"


class ToldLine(Struct, frozen=True):
    """A partner who is to be told; with `told` empty, `how` is why they are not to be told after all.

    `contact` is the contact person linked in this part, `answer` whether a consent covers telling them today.
    """

    id: int
    version: int
    agency: str
    role: str
    person: str
    told: date | None
    told_by: str
    how: str
    contact: int | None
    phone: str
    email: str
    answer: Answer

    @property
    def settled(self) -> bool:
        """Whether they were told, or are not to be told."""
        return self.told is not None or bool(self.how)


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

    code: str
    name: str
    phases: tuple[PhaseSpan, ...]
    current: PhaseOutLine | None
    former: tuple[PhaseOutLine, ...]
    attempts: int
    last_contact: date | None
    contact_since: date | None
    in_force: int

    @property
    def lasting(self) -> tuple[PhaseSpan, ...]:
        """The phases that have not ended."""
        return tuple(span for span in self.phases if span.ended is None)

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
    lasting = any(span.ended is None for span in file.phases)
    lines = _lines(reading, participant)
    current = next(
        (line for line in lines if line.state == OPEN or (line.state == CLOSED and not lasting and line is lines[0])),
        None,
    )
    attempts, before, since = _contact(reading, participant, current)
    held, today = consent_answer.held(reading, participant), reading.today
    return PhaseOutFile(
        code=file.code,
        name=file.name,
        phases=file.phases,
        current=current,
        former=tuple(line for line in lines if line is not current),
        attempts=attempts,
        last_contact=before,
        contact_since=since,
        in_force=sum(one.holds(today) and one.valid_until > today for one in held),
    )


def lacking(programme: Programme, file: PhaseOutFile) -> tuple[str, ...]:
    """What of the reason's steps is left, a sentence each, without the name of any person."""
    return () if file.current is None else tuple(_lacking(programme, file, file.current))


def _lacking(programme: Programme, file: PhaseOutFile, line: PhaseOutLine) -> Iterator[str]:
    wanted = ending(programme, line.reason)
    if untold := [one for one in line.told if not one.settled]:
        # A partner is an agency and a role with a comma between.
        whom = "; ".join(dict.fromkeys(whom_words(programme, one.agency, one.role) for one in untold))
        yield _("Not told yet: {whom}.").format(whom=whom)
    if wanted.consents_end and (count := file.in_force):
        yield n_("{count} consent is still in force.", "{count} consents are still in force.", count).format(
            count=count
        )
    if wanted.talk and line.closing_talk is None:
        yield _("The closing talk was not held.")
    yield from _few_attempts(programme, file, wanted)
    if wanted.message and line.last_message is None:
        yield _("The last message was not sent.")
    if wanted.hand_over and line.hand_over is None:
        yield _("The hand-over note was not made.")


def advice(programme: Programme, file: PhaseOutFile, reason: str) -> tuple[str, ...]:
    """What speaks against a reason for a participant now; it may be chosen all the same."""
    wanted = ending(programme, reason)
    found = []
    if wanted.phases and not {span.phase for span in file.lasting} & {*wanted.phases, PHASE_OUT}:
        usual = ", ".join(f"{number} {programme.phase(number).name}" for number in wanted.phases)
        found.append(_("This reason usually follows {phases}.").format(phases=usual))
    return (*found, *_few_attempts(programme, file, wanted))


def _few_attempts(programme: Programme, file: PhaseOutFile, wanted: Ending) -> Iterator[str]:
    limit = programme.limits.phase_out_attempts
    if wanted.message and file.attempts < limit:
        told = _("Attempts to reach the person in the timeline: {count} of {limit}.")
        yield told.format(count=file.attempts, limit=limit)


# ---------------------------------------------------------------------- rows


def _lines(reading: Reading, participant: int) -> list[PhaseOutLine]:
    """The phase-outs of a participant, the newest first."""
    rows = reading.named(
        "SELECT p.*, coalesce(s.name, '') AS closed_by FROM phase_out p LEFT JOIN staff s ON s.id = p.closed_by_id "
        "WHERE p.participant_id = ? ORDER BY p.id DESC",
        [participant],
    )
    return [
        struct(PhaseOutLine, row, consents=row["consents"] or None, told=told_lines(reading, participant, row["id"]))
        for row in rows
    ]


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


# ---------------------------------------------------------------------- who is to be told


def partners_around(reading: Reading, participant: int, day: date) -> list[Partner]:
    """Who is to be told: those around now, and those who were on `day` in a part that nobody has now."""
    now = consent_matrix.partners(reading, participant)
    parts = {(one.agency, one.role) for one in now}
    return [
        *now,
        *(one for one in consent_matrix.partners(reading, participant, day) if (one.agency, one.role) not in parts),
    ]


def told_lines(reading: Reading, participant: int, phase_out: int) -> tuple[ToldLine, ...]:
    """Who is to be told of a phase-out, in the programme's order of agencies."""
    rows = reading.named(
        "SELECT t.id, t.version, t.agency, t.role, t.person, t.told, coalesce(s.initials, '') AS told_by, t.how "
        "FROM phase_out_told t LEFT JOIN staff s ON s.id = t.told_by_id WHERE t.phase_out_id = ? ORDER BY t.id",
        [phase_out],
    )
    if not rows:
        return ()
    linked = {(one.agency, one.role, same_person(one.name)): one for one in consent_matrix.linked(reading, participant)}
    held, warning = consent_answer.held(reading, participant), reading.programme.limits.consent_warning_days
    found = []
    for row in rows:
        whom = row["agency"], row["role"], row["person"]
        known = linked.get((row["agency"], row["role"], same_person(row["person"])))
        contact, phone, email = (known.contact, known.phone, known.email) if known else (None, "", "")
        answer = consent_answer.judge(held, *whom, on=reading.today, warning_days=warning, contact=contact)
        found.append(struct(ToldLine, row, contact=contact, phone=phone, email=email, answer=answer))
    places = {agency.id: place for place, agency in enumerate(reading.programme.agencies)}
    return tuple(sorted(found, key=lambda one: places.get(one.agency, len(places))))


def owner_of(reading: Reading, told: int) -> int:
    """The participant of a line of those to be told. Raises `Gone` when it is not there."""
    return int(told_row(reading, told).participant)


def told_of(reading: Reading, told: int) -> ToldLine:
    """One line of those to be told. Raises `Gone` when it is not there."""
    row = told_row(reading, told)
    return next(one for one in told_lines(reading, row.participant, row.phase_out) if one.id == told)


def told_row(reading: Reading, told: int) -> Any:
    """The row of one line of those to be told. Raises `Gone` when it is not there."""
    return require_row(reading, PhaseOutTold, told, Gone(_("This line is not here any more.")))


def whom_words(programme: Programme, agency: str, role: str) -> str:
    """An agency and a role in words, once where they are called the same."""
    parts = (str(programme.agency(agency).name), str(programme.role(role).name) if role else "")
    return ", ".join(dict.fromkeys(part for part in parts if part))
